import { VaultError } from '../errors.js'
import type { Location } from '../errors.js'
import type { Secret } from '../secret.js'
import { decodeText, sealText } from './engine.js'
import { parseEnvelope } from './envelope.js'
import { chooseSecret, openWith, openWithSync } from './keyring.js'
import type { Keyring } from './keyring.js'
import { loadKeyring } from './passwords.js'
import type { PasswordAccess, RefusedSource } from './passwords.js'
import { readSettings } from './settings.js'
import type { VaultSettings } from './settings.js'
import { describeSource, listSources } from './sources.js'
import type { PasswordSource, SourceReport } from './sources.js'
import type { Environment } from '../environment.js'
import type { Vault, VaultSecret } from './vault.js'

/** What is configured here, told without reading, running or asking for a password. */
export interface VaultReport {
  /** The ansible.cfg in use; undefined: none. */
  readonly cfgFile: string | undefined
  /** An ansible.cfg that Ansible leaves out because everybody can write its folder. */
  readonly ignoredCfgFile: string | undefined
  /** In the order of trial; empty when no password is configured. */
  readonly sources: readonly SourceReport[]
  /** vault_encrypt_identity. */
  readonly encryptIdentity: string | undefined
  readonly idMatch: boolean
}

/** A vault with the passwords that Ansible would have in this environment, looked up at the first call. */
export function createVault(access: PasswordAccess): Vault {
  return new AnsibleVault(access)
}

/**
 * The settings and password sources that a vault of this environment uses.
 * @throws VaultError `K3SV_VAULT_CONFIG` where Ansible refuses ansible.cfg
 */
export function describeVault(environment: Environment): VaultReport {
  const settings = readSettings(environment)
  return {
    cfgFile: settings.cfg.file,
    ignoredCfgFile: settings.cfg.ignored,
    sources: listSources(settings, environment).map(describeSource),
    encryptIdentity: settings.encryptIdentity,
    idMatch: settings.idMatch,
  }
}

interface Loaded {
  readonly settings: VaultSettings
  readonly keyring: Keyring
}

class AnsibleVault implements Vault {
  readonly #access: PasswordAccess
  #load: (() => Loaded) | undefined

  constructor(access: PasswordAccess) {
    this.#access = access
  }

  openSync(sealed: string, place?: Location): Secret {
    const envelope = parseEnvelope(sealed, place)
    const { keyring, settings } = this.#loaded()
    return decodeText(openWithSync(keyring, envelope, settings, place), place)
  }

  async open(sealed: string, place?: Location): Promise<Secret> {
    const envelope = parseEnvelope(sealed, place)
    const { keyring, settings } = this.#loaded()
    const { bytes } = await openWith(keyring, envelope, settings, place)
    return decodeText(bytes, place)
  }

  async seal(secret: Secret, id?: string): Promise<string> {
    const { keyring, settings } = this.#loaded()
    const chosen = chooseSecret(keyring, settings, id)
    return sealText(secret, chosen.password, chosen.id)
  }

  passwordsThat(
    test: (password: Secret<Buffer>) => boolean,
  ): readonly Omit<VaultSecret, 'password'>[] {
    try {
      const { secrets } = this.#load ? this.#load().keyring : this.#fromFiles()
      return secrets
        .filter(({ password }) => test(password))
        .map(({ id, origin }) => ({ id, origin }))
    } catch (error) {
      // Whoever opens something is told why there is no password.
      if (error instanceof VaultError) return []
      throw error
    }
  }

  #fromFiles(): Keyring {
    const { environment } = this.#access
    return loadKeyring(readSettings(environment), { environment, refuse: ofProgram })
  }

  /** A failure is kept like a keyring, so that no script runs and nobody is asked once more for every value. */
  #loaded(): Loaded {
    this.#load ??= once(() => {
      const settings = readSettings(this.#access.environment)
      return { settings, keyring: loadKeyring(settings, this.#access) }
    })
    return this.#load()
  }
}

function ofProgram(source: PasswordSource): RefusedSource | undefined {
  return describeSource(source).kind === 'file'
    ? undefined
    : { reason: 'is no file', hint: 'nothing is run here' }
}

/** Calls `action` now; the result answers what it answered, or throws what it threw, each time. */
function once<T>(action: () => T): () => T {
  try {
    const value = action()
    return () => value
  } catch (error) {
    return () => {
      throw error
    }
  }
}
