import { isUtf8 } from 'node:buffer'
import { VaultError } from '../../errors.js'
import { isVaultText } from '../../vault/envelope.js'
import type { Source } from './operation.js'

/** The header behind a byte order mark, blank lines or the beginning of a YAML document, where Ansible sees none. */
const HIDDEN = /^(?:\u00ef\u00bb\u00bf)?\s*(?:---\s+)?\$ANSIBLE_VAULT/
const HEADER = '$ANSIBLE_VAULT'

/**
 * The text of a file that is one vault text as a whole; undefined for any other.
 * @throws VaultError `K3SV_VAULT_FORMAT` for one that Ansible no longer takes for vault text, which must neither pass for an
 * open file nor be sealed once more
 */
export function wholeVaultText({ name, bytes }: Source): string | undefined {
  // Most files are none, and some are large.
  if (!HIDDEN.test(bytes.toString('latin1', 0, LOOK))) return undefined
  const text = bytes.toString('latin1')
  if (isVaultText(text)) return text
  const isFirst = text.startsWith(HEADER)
  throw new VaultError(
    'K3SV_VAULT_FORMAT',
    isFirst
      ? 'the vault text is damaged: it holds bytes that are not ASCII'
      : 'the vault text does not begin with the first byte of the file, so Ansible does not see it',
    {
      location: { file: name },
      hint: isFirst
        ? 'bring back the text as it was written, from Git or a backup'
        : 'take away what stands before the header: a byte order mark, blank lines or ---',
    },
  )
}

/** More blank lines than people leave. */
const LOOK = 4096

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
