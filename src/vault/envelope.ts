// House rules: this file reads vault text as tolerantly and as strictly as Ansible does (parsing/vault/__init__.py,
// ansible-core 2.15 to 2.21) and knows nothing of passwords. What stands in a text never enters a message.
import { VaultError } from '../errors.js'

import type { Location } from '../errors.js'

const HEADER = '$ANSIBLE_VAULT'
const CIPHER = 'AES256'
const LINE_WIDTH = 80
/** How the last field of a header ends that the body stands behind. */
const JOINED = / [0-9a-fA-F]+$/

/** The id that Ansible never writes into a header. */
export const DEFAULT_ID = 'default'

/** The parts of a vault text. Nothing of it is authenticated but the ciphertext, by `hmac`. */
export interface Envelope {
  /** The vault id in the header; undefined when the header has none, `''` when its field is empty. */
  readonly label: string | undefined
  readonly salt: Buffer
  readonly hmac: Buffer
  readonly ciphertext: Buffer
}

/** Whether Ansible takes `text` for vault text: pure ASCII, the header's name at the very first character. */
export function isVaultText(text: string): boolean {
  return text.startsWith(HEADER) && Buffer.byteLength(text) === text.length
}

/** A header whose beginning is lost: unquoted, `$ANSIBLE_VAULT` is a variable to a shell, and empty. */
const BEHEADED = /^\s{0,100}\$?(?:ANSIBLE_VAULT)?;1\.\d;AES/
/** Hex digits of the hex digits of a salt, an HMAC and one block. */
const SHORTEST_BODY = 324

/**
 * Whether a text that Ansible does not take for vault text was one: its header moved or lost a part, or is missing. What
 * passes for plain text would be sealed once more, and nobody could tell any more what is in it.
 */
export function isDamagedVaultText(text: string): boolean {
  if (isVaultText(text)) return false
  return text.includes(HEADER) || BEHEADED.test(text) || isBody(text)
}

function isBody(text: string): boolean {
  if (text.length < SHORTEST_BODY || !/^\s{0,100}[36][0-9a-fA-F]/.test(text)) return false
  const hex = text.replace(/\s/g, '')
  const payload = Buffer.from(hex, 'hex')
  if (hex.length < SHORTEST_BODY || payload.length * 2 !== hex.length) return false
  return /^[0-9a-fA-F]{64}\n[0-9a-fA-F]{64}\n[0-9a-fA-F]+$/.test(payload.toString('latin1'))
}

/**
 * The parts of `text`. The version field is never looked at, the body may be wrapped at any width, and hex digits may be
 * of either case.
 * @throws VaultError `K3SV_VAULT_NOT_VAULT`, `K3SV_VAULT_FORMAT` or `K3SV_VAULT_CIPHER`
 */
export function parseEnvelope(text: string, place?: Location): Envelope {
  if (!isVaultText(text)) throw notVault(text, place)
  const [header, ...body] = text.split(/\r\n|\n|\r/)
  const [, , cipher, label] = header!.split(';').map((field) => field.trim())
  if (cipher === undefined) {
    throw damaged('the header has no version or no cipher', place)
  }
  if (body.join('') === '' && JOINED.test(label ?? cipher)) {
    throw new VaultError(
      'K3SV_VAULT_FORMAT',
      'the lines of the vault text were joined into one, as YAML joins them behind >',
      { location: place, hint: 'write !vault | where !vault > stands' },
    )
  }
  if (cipher !== CIPHER) {
    throw new VaultError(
      'K3SV_VAULT_CIPHER',
      `the vault text names a cipher other than ${CIPHER}`,
      {
        location: place,
        hint: 'decrypt it with the Ansible that wrote it, and encrypt it anew',
      },
    )
  }
  const payload = decodeHex(body.join(''), 'the body', place).toString('latin1').split('\n')
  if (payload.length !== 3) {
    throw damaged('the body does not consist of salt, HMAC and ciphertext', place)
  }
  const [salt, hmac, ciphertext] = payload as [string, string, string]
  return {
    label,
    salt: decodeHex(salt, 'the salt', place),
    hmac: decodeHex(hmac, 'the HMAC', place),
    ciphertext: decodeHex(ciphertext, 'the ciphertext', place),
  }
}

/**
 * Vault text of a payload, as Ansible writes it: 80 columns, a final newline, format 1.2 with a label, else 1.1.
 * @param payload salt, HMAC and ciphertext in hex, joined by newlines
 * @param label the vault id; `default` and the empty id are not written
 */
export function formatEnvelope(payload: string, label: string): string {
  const named = label !== '' && label !== DEFAULT_ID
  const lines = [[HEADER, named ? '1.2' : '1.1', CIPHER, ...(named ? [label] : [])].join(';')]
  const hex = Buffer.from(payload, 'latin1').toString('hex')
  for (let start = 0; start < hex.length; start += LINE_WIDTH) {
    lines.push(hex.slice(start, start + LINE_WIDTH))
  }
  return `${lines.join('\n')}\n`
}

/** Buffer.from() stops at the first character that is no hex digit and drops an odd one, so the length tells. */
function decodeHex(hex: string, part: string, place: Location | undefined): Buffer {
  const bytes = Buffer.from(hex, 'hex')
  if (bytes.length * 2 !== hex.length) {
    throw damaged(`${part} is not an even number of hex digits`, place)
  }
  return bytes
}

function notVault(text: string, place: Location | undefined): VaultError {
  return new VaultError('K3SV_VAULT_NOT_VAULT', 'the text is not Ansible Vault text', {
    location: place,
    hint: hintFor(text),
  })
}

/** What was sealed and lost a part is never to be sealed once more. */
function hintFor(text: string): string {
  if (text.includes(HEADER)) {
    return `let the text begin with ${HEADER}: no indentation, no !vault tag, no BOM`
  }
  return isDamagedVaultText(text)
    ? `its header is lost: let it begin with ${HEADER};1.1;AES256 and a line end, or bring it back from Git`
    : `it begins with ${HEADER}; \`k3s-vars vault encrypt\` makes it of plain text`
}

function damaged(reason: string, place: Location | undefined): VaultError {
  return new VaultError('K3SV_VAULT_FORMAT', `the vault text is damaged: ${reason}`, {
    location: place,
    hint: 'bring back the text as it was written, from Git or a backup',
  })
}
