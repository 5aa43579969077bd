import { VaultError } from '../errors.js'
import type { Location } from '../errors.js'
import { Secret } from '../secret.js'
import { openBytes, sealBytesChecked } from './engine.js'
import { DEFAULT_ID, parseEnvelope } from './envelope.js'
import { chooseSecret, openWith } from './keyring.js'
import type { Keyring, Opened } from './keyring.js'
import { loadKeyring } from './passwords.js'
import type { PasswordAccess } from './passwords.js'
import { readSettings } from './settings.js'
import type { VaultSettings } from './settings.js'
import { listSources } from './sources.js'
import type { GivenSource } from './sources.js'
import type { VaultSecret } from './vault.js'

/** Where a keychain's passwords come from, besides Ansible's settings. */
export interface KeychainOptions {
  readonly access: PasswordAccess
  /** Sources of the command line, in their order. */
  readonly given: readonly GivenSource[]
}

/**
 * The vault passwords that a command over files works with: those that Ansible would have, and those that the command line
 * names. Content is bytes here, and each opening tells which password it was. Keys are derived in the thread pool.
 */
export class Keychain {
  readonly #settings: VaultSettings
  readonly #keyring: Keyring

  /** @throws VaultError when there is no password, see {@link loadKeyring} */
  constructor({ access, given }: KeychainOptions) {
    this.#settings = readSettings(access.environment)
    this.#keyring = loadKeyring(this.#settings, access, given)
  }

  /** @throws VaultError for anything that is not vault text which one of the passwords opens */
  open(text: string, place?: Location): Promise<Opened> {
    return openWith(this.#keyring, parseEnvelope(text, place), this.#settings, place)
  }

  /** The password that seals: of this id, or else the one that `ansible-vault encrypt` would choose. */
  choose(id: string | undefined): VaultSecret {
    return chooseSecret(this.#keyring, this.#settings, id)
  }

  /** Whether what `secret` seals gets opened with it here, as Ansible would. */
  opens(secret: VaultSecret): boolean {
    return this.#keyring.secrets.some(
      (mine) => mine.id === secret.id && mine.password.equals(secret.password),
    )
  }
}

/** The password ids that the settings and the options name, without reading any password. */
export function namedIds({ access, given }: KeychainOptions): readonly string[] {
  return listSources(readSettings(access.environment), access.environment, given).map(
    ({ id }) => id,
  )
}

/**
 * The password of one source alone.
 * @throws VaultError when the source has none
 */
export function loadOne(access: PasswordAccess, source: GivenSource): VaultSecret {
  const none = { identityList: undefined, passwordFile: undefined, askPassword: undefined }
  return loadKeyring({ ...readSettings(access.environment), ...none }, access, [source]).secrets[0]!
}

/**
 * Vault text of `content`, ending in a newline; the id of the secret stands in the header. It was opened again before it is
 * answered.
 * @throws VaultError `K3SV_VAULT_WRONG_PASSWORD` where it does not open, which only a faulty machine brings about
 */
export async function sealWith(secret: VaultSecret, content: Buffer): Promise<string> {
  const text = await sealBytesChecked(new Secret(content), secret.password, secret.id)
  if (text !== undefined) return text
  throw new VaultError('K3SV_VAULT_WRONG_PASSWORD', 'what was sealed does not open again', {
    hint: 'nothing was written; test the memory of this machine',
  })
}

/** What is inside vault text if this very secret opens it; undefined if not. */
export async function tryOpen(
  text: string,
  secret: VaultSecret,
  place?: Location,
): Promise<Buffer | undefined> {
  return openBytes(parseEnvelope(text, place), secret.password, place)
}

/** The id in the header of vault text; `default` where there is none. */
export function idOf(text: string, place?: Location): string {
  return parseEnvelope(text, place).label || DEFAULT_ID
}
