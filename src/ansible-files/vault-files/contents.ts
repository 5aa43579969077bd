import { isUtf8 } from 'node:buffer'
import { VaultError } from '../../errors.js'
import { isVaultText } from '../../vault/envelope.js'
import type { Source } from './operation.js'

/** The text of a file that is one vault text as a whole; undefined for any other. */
export function wholeVaultText({ bytes }: Source): string | undefined {
  const text = bytes.toString('latin1')
  return isVaultText(text) ? text : undefined
}

/**
 * The text of a file, a byte order mark kept.
 * @throws VaultError `K3SV_VAULT_SYNTAX`
 */
export function textOf({ name, bytes }: Source): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  throw new VaultError('K3SV_VAULT_SYNTAX', 'the file is not UTF-8 text', {
    location: { file: name },
    hint: 'encrypt the whole file instead',
  })
}
