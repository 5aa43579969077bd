// Ansible Vault as Ansible itself would use it here. Begin here: this is what the rest of the program sees. create.ts makes a
// vault; settings.ts, ansible-cfg.ts and sources.ts find what Ansible would find, passwords.ts and script.ts load it,
// keyring.ts chooses among passwords, envelope.ts and engine.ts read and write the text. keychain.ts is for commands over files.
import type { Location } from '../errors.js'
import type { Secret } from '../secret.js'

/** One vault password as Ansible holds it: the bytes, the id it goes by, and where it came from (a path, never a value). */
export interface VaultSecret {
  readonly id: string
  readonly password: Secret<Buffer>
  readonly origin: string
}

/**
 * Opens and seals Ansible Vault text with the passwords that Ansible itself would use. All methods throw `VaultError`;
 * passwords are looked up at the first call, so building a vault costs nothing and asks nothing.
 */
export interface Vault {
  /**
   * The text inside `sealed` (Ansible Vault text, header first).
   * @param place where the text stands, for the error
   */
  openSync(sealed: string, place?: Location): Secret

  /** As {@link openSync}, in the thread pool: use it from the second value on. */
  open(sealed: string, place?: Location): Promise<Secret>

  /**
   * Vault text of `secret`, ending in a newline.
   * @param id the vault id to seal with and to write into the header; absent: what `ansible-vault encrypt` would choose
   */
  seal(secret: Secret, id?: string): Promise<string>

  /**
   * The passwords that a test is true of, without their values: those that were looked up already, or else those that stand in
   * files. No script is run for it and nobody is asked. Never throws.
   */
  passwordsThat(
    test: (password: Secret<Buffer>) => boolean,
  ): readonly Omit<VaultSecret, 'password'>[]
}
