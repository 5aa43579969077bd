import { isUtf8 } from 'node:buffer'
import { VaultError } from '../../errors.js'
import { tryOpen, sealWith } from '../../vault/keychain.js'
import type { VaultSecret } from '../../vault/vault.js'
import { isVaultText } from '../../vault/envelope.js'
import type { OperationOptions, Source } from './operation.js'

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

/**
 * Vault text of the content, which this very password has opened again before it is answered.
 * @throws VaultError `K3SV_VAULT_WRONG_PASSWORD` where it does not open, which only a faulty machine brings about
 */
export async function sealChecked(
  content: Buffer,
  secret: VaultSecret,
  { pace }: Pick<OperationOptions, 'pace'>,
): Promise<string> {
  const text = await pace.run(() => sealWith(secret, content))
  const opened = await pace.run(() => tryOpen(text, secret))
  if (opened?.equals(content)) return text
  throw new VaultError('K3SV_VAULT_WRONG_PASSWORD', 'what was sealed does not open again', {
    hint: 'nothing was written; test the memory of this machine',
  })
}
