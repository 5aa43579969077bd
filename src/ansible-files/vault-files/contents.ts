import { isUtf8 } from 'node:buffer'
import { VaultError } from '../../errors.js'
import { isDamagedVaultText, isVaultText } from '../../vault/envelope.js'
import type { Source } from './operation.js'

const HEADER = '$ANSIBLE_VAULT'
/** A byte order mark, blanks, comments, directives and the beginning of a YAML document: nothing that says anything. */
const NOTHING = /^(?:\u00ef\u00bb\u00bf)?(?:[ \t\r\n]|[#%][^\n]*\n|---(?=\s))*$/
/** More than people write above a text. */
const LOOK = 64 * 1024

/** What is wrong with a text that was vault text, and what to do. */
type Damage = readonly [reason: string, hint: string]

const NOT_ASCII: Damage = [
  'the vault text is damaged: it holds bytes that are not ASCII',
  'bring back the text as it was written, from Git or a backup',
]
const NOT_FIRST: Damage = [
  'the vault text does not begin with the first byte of the file, so Ansible does not see it',
  'take away what stands before the header: a byte order mark, blanks, comments or ---',
]
const WIDE: Damage = [
  'the vault text is UTF-16, so Ansible does not see it',
  'write it as ASCII, without a byte order mark; PowerShell writes UTF-16 behind >',
]
const BEHEADED: Damage = [
  'the vault text is damaged: its header, or the beginning of it, is lost',
  'let the file begin with $ANSIBLE_VAULT;1.1;AES256 again; to a shell that is a variable, unless it is quoted',
]

/**
 * The text of a file that is one vault text as a whole; undefined for any other.
 * @throws VaultError `K3SV_VAULT_FORMAT` for one that Ansible no longer takes for vault text, which must neither pass for an
 * open file nor be sealed once more
 */
export function wholeVaultText({ name, bytes }: Source): string | undefined {
  const damage = damageOf(bytes)
  if (damage === undefined)
    return bytes.indexOf(HEADER) === 0 ? bytes.toString('latin1') : undefined
  const [reason, hint] = damage
  throw new VaultError('K3SV_VAULT_FORMAT', reason, { location: { file: name }, hint })
}

function damageOf(bytes: Buffer): Damage | undefined {
  const at = bytes.indexOf(HEADER)
  if (at === 0) return isVaultText(bytes.toString('latin1')) ? undefined : NOT_ASCII
  if (at > 0 && at <= LOOK && NOTHING.test(bytes.toString('latin1', 0, at)) && isText(bytes, at)) {
    return NOT_FIRST
  }
  if (isWide(bytes)) return WIDE
  const isSuspect = at < 0 && REST.test(bytes.toString('latin1', 0, REST_LOOK))
  return isSuspect && isDamagedVaultText(bytes.toString('latin1')) ? BEHEADED : undefined
}

/** How a file begins that has lost its header: a look at it spares the rest of every other one. */
const REST = /^\s{0,100}(?:[36][0-9a-fA-F]|\$?(?:ANSIBLE_VAULT)?;)/
const REST_LOOK = 128

/** Whether a body follows the header: a page about vault text may show no more than that. */
function isText(bytes: Buffer, at: number): boolean {
  return /^[^\n]{0,200}\n\s{0,100}[0-9a-f]{16}/.test(bytes.toString('latin1', at, at + 400))
}

/** Whether the header stands behind a byte order mark of UTF-16, of either kind. */
function isWide(bytes: Buffer): boolean {
  const start = Buffer.from(bytes.subarray(0, 2 + 2 * HEADER.length))
  const mark = start.toString('hex', 0, 2)
  if (mark !== 'fffe' && mark !== 'feff') return false
  const text = (mark === 'feff' && start.length % 2 === 0 ? start.swap16() : start).toString(
    'utf16le',
  )
  return text.slice(1) === HEADER
}

/**
 * Refuses a file that is one `!vault` value and nothing else, as `encrypt_string` writes it: it is sealed, though not as a
 * file, and Ansible takes no such file for one of variables.
 * @throws VaultError `K3SV_VAULT_FORMAT`
 */
export function refuseLoneValue({ name, bytes }: Source): void {
  const at = bytes.indexOf('!vault')
  if (at < 0 || at > LOOK || !NOTHING.test(bytes.toString('latin1', 0, at))) return
  throw new VaultError('K3SV_VAULT_FORMAT', 'the file is a single !vault value, without a key', {
    location: { file: name },
    hint: 'write a key in front of it, as in `token: !vault |`; to seal the file as a whole, decrypt it first',
  })
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
