// House rules: the one importer of the npm package `ansible-vault`, which salts, derives keys, encrypts and authenticates.
// Set right here is what its version 1.3 does not do as Ansible does: it reads hex leniently and refuses version fields
// (so envelope.ts reads and writes the envelope), compares the MAC with Buffer.compare, takes wrong padding for none, and
// replaces what is not UTF-8. The overridden methods are its own steps, so a text costs one key derivation and not two.
import type * as ansibleVault from 'ansible-vault'
import { VaultError } from '../errors.js'
import type { Location } from '../errors.js'
import { REDACTED, Secret } from '../secret.js'
import type { DerivedKey as EarlyKey } from './derived-key.js'
import { formatEnvelope, parseEnvelope } from './envelope.js'
import type { Envelope } from './envelope.js'

const BLOCK = 16

interface DerivedKey {
  readonly key: Buffer
  readonly hmacKey: Buffer
  readonly iv: Buffer
}

/** What we use of the package's class. Its own types know text passwords only and hide the steps. */
interface PackageVault {
  /** Text is sealed in UTF-8; bytes pass through its own Buffer.from() as they are. */
  encrypt(content: string | Buffer, label: string): Promise<string>
  decrypt(envelope: Envelope): Promise<Buffer | undefined>
  decryptSync(envelope: Envelope): Buffer | undefined
  _hmac(key: Buffer, ciphertext: Buffer): Buffer
  _derivedKey(salt: Buffer): Promise<DerivedKey>
  _deriveKey(derived: Buffer): DerivedKey
}
type PackageVaultClass = new (options: { password: Buffer }) => PackageVault
type EngineClass = new (password: Secret<Buffer>) => PackageVault

let engine: EngineClass | undefined
let early: EarlyKey | undefined

/** Takes a key that was derived beforehand, for {@link openBytes} to use where password and salt are the same. */
export function offerKey(offered: EarlyKey): void {
  early = offered
}

/**
 * The bytes inside `envelope`, or undefined when `password` is not the one that sealed it or the text is damaged.
 * @throws VaultError `K3SV_VAULT_PADDING`
 */
export function openBytesSync(
  envelope: Envelope,
  password: Secret<Buffer>,
  place?: Location,
): Buffer | undefined {
  const padded = loadEngine(password).decryptSync(envelope)
  return padded && removePadding(padded, place)
}

/** As {@link openBytesSync}, with the key derived in the thread pool. */
export async function openBytes(
  envelope: Envelope,
  password: Secret<Buffer>,
  place?: Location,
): Promise<Buffer | undefined> {
  const padded = await loadEngine(password).decrypt(envelope)
  return padded && removePadding(padded, place)
}

/**
 * Vault text of `secret` with a random salt, ending in a newline; the key is derived in the thread pool.
 * @param label the vault id for the header; `default` and `''` write none
 * @throws VaultError `K3SV_VAULT_NOT_TEXT` when the secret holds half a surrogate pair, which UTF-8 cannot
 */
export async function sealText(
  secret: Secret,
  password: Secret<Buffer>,
  label: string,
): Promise<string> {
  if (/\p{Surrogate}/u.test(secret.reveal()))
    throw notText('what is to be sealed is not Unicode text')
  return loadEngine(password).encrypt(secret.reveal(), label)
}

/**
 * As {@link sealText} for bytes of any kind. The finished text is read and opened again, as anybody will who finds it in a file;
 * only the key is not derived anew, where the text has the very salt that it was derived with.
 * @returns undefined where the text does not open to the same bytes
 */
export async function sealBytesChecked(
  content: Secret<Buffer>,
  password: Secret<Buffer>,
  label: string,
): Promise<string | undefined> {
  const engine = loadEngine(password)
  const text = await engine.encrypt(content.reveal(), label)
  const padded = await engine.decrypt(parseEnvelope(text))
  return padded && unpad(padded)?.equals(content.reveal()) ? text : undefined
}

/**
 * The text that `bytes` encode in UTF-8, a BOM kept.
 * @throws VaultError `K3SV_VAULT_NOT_TEXT`
 */
export function decodeText(bytes: Buffer, place?: Location): Secret {
  // Cheaper at the first call than a TextDecoder, which every start would pay for.
  if (process.getBuiltinModule('node:buffer').isUtf8(bytes)) return new Secret(bytes.toString())
  throw notText('the vault text opens, but what it holds is not UTF-8 text', place)
}

function loadEngine(password: Secret<Buffer>): PackageVault {
  engine ??= defineEngine()
  return new engine(password)
}

/** Loaded at first use: the package loads node:crypto, which `emit: vaulted` must not pay for. */
function defineEngine(): EngineClass {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() cannot be awaited by the synchronous calls
  const { Vault } = require('ansible-vault') as typeof ansibleVault
  const { createDecipheriv, timingSafeEqual } = process.getBuiltinModule('node:crypto')

  return class extends (Vault as unknown as PackageVaultClass) {
    readonly #password: Secret<Buffer>
    /** The one that was derived last. */
    #derived: { readonly salt: Buffer; readonly key: DerivedKey } | undefined

    constructor(password: Secret<Buffer>) {
      super({ password: password.reveal() })
      this.#password = password
    }

    /** The package keeps the password in a property that printers show. */
    [Symbol.for('nodejs.util.inspect.custom')](): string {
      return REDACTED
    }

    _unpack(envelope: Envelope): Envelope {
      return envelope
    }

    _pack(label: string, payload: string): string {
      return formatEnvelope(payload, label)
    }

    override async _derivedKey(salt: Buffer): Promise<DerivedKey> {
      if (this.#derived?.salt.equals(salt)) return this.#derived.key
      const isAnswered = early?.salt.equals(salt) && early.password.equals(this.#password)
      const offered = isAnswered ? await early?.key : undefined
      const key = offered ? this._deriveKey(offered.reveal()) : await super._derivedKey(salt)
      this.#derived = { salt: Buffer.from(salt), key }
      return key
    }

    /** The bytes with their padding, or undefined when the MAC is another. */
    _decipher(
      { hmac, ciphertext }: Envelope,
      { key, hmacKey, iv }: DerivedKey,
    ): Buffer | undefined {
      const expected = this._hmac(hmacKey, ciphertext)
      if (hmac.length !== expected.length || !timingSafeEqual(hmac, expected)) return undefined
      const decipher = createDecipheriv('aes-256-ctr', key, iv)
      return Buffer.concat([decipher.update(ciphertext), decipher.final()])
    }
  }
}

function removePadding(padded: Buffer, place: Location | undefined): Buffer {
  const bytes = unpad(padded)
  if (bytes !== undefined) return bytes
  throw new VaultError('K3SV_VAULT_PADDING', 'the vault text opens, but its padding is wrong', {
    location: place,
    hint: 'whatever wrote it did not write Ansible Vault: encrypt the content anew',
  })
}

/** PKCS7 as strict as Python's `cryptography`. The MAC has been checked, so there is no oracle to guard against. */
function unpad(padded: Buffer): Buffer | undefined {
  const count = padded.at(-1) ?? 0
  const isValid =
    padded.length % BLOCK === 0 &&
    count >= 1 &&
    count <= BLOCK &&
    padded.subarray(-count).every((byte) => byte === count)
  return isValid ? padded.subarray(0, -count) : undefined
}

function notText(message: string, place?: Location): VaultError {
  return new VaultError('K3SV_VAULT_NOT_TEXT', message, {
    location: place,
    hint: 'encrypt the content anew, as UTF-8 text',
  })
}
