// Plain text behind the tag of a vaulted value: somebody wrote `!vault` and meant it to be sealed by that.
import { VaultError } from '../../errors.js'
import type { Location } from '../../errors.js'
import { isDamagedVaultText, isVaultText } from '../../vault/envelope.js'
import { isShowable } from '../vars-file/key-name.js'
import type { YamlValue } from '../vars-file/yaml-values.js'
import { formatPath } from './change.js'

/** Whether plain text stands behind the tag of a vaulted value. Ansible reads such a file, and fails where the value is used. */
export function isPlain({ isVault, text }: Pick<YamlValue, 'isVault' | 'text'>): boolean {
  return isVault && !isVaultText(text) && !isDamagedVaultText(text)
}

/** The one error for such a value. */
export function plainError(file: string, value: YamlValue): VaultError {
  const { key, text } = value
  const isNamed = isShowable(key) && /^[\w-]+$/.test(key)
  const seal = `k3s-vars vault encrypt --key ${isNamed ? key : 'KEY'} ${/^[\w./-]+$/.test(file) ? file : 'FILE'}`
  const [message, hint] =
    text.trim() === ''
      ? ['nothing stands behind !vault', `write the value there, then seal it: ${seal}`]
      : [
          '!vault stands before plain text: nothing is sealed here, and Ansible cannot open it',
          `seal it: ${seal}`,
        ]
  return new VaultError('K3SV_VAULT_PLAIN', message, {
    location: placeOf(file, value),
    hint: hint,
  })
}

export function placeOf(
  file: string,
  { line, column, path }: YamlValue,
): Location & {
  readonly file: string
} {
  return { file, line, column, key: formatPath(path) }
}
