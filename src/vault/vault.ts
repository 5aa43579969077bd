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
}
