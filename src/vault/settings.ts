// Ansible's vault settings (config/base.yml and config/manager.py of ansible-core 2.21; where versions differ, the newest).
import { readAnsibleCfg } from './ansible-cfg.js'
import type { AnsibleCfg } from './ansible-cfg.js'
import { DEFAULT_ID } from './envelope.js'
import type { Environment } from '../environment.js'
import { findSetting, isTrue, resolvePath, splitList, word } from './setting.js'
import type { Sourced } from './setting.js'

export interface VaultSettings {
  readonly cfg: AnsibleCfg
  /** `vault_identity_list`: `label@source` or `source`, in the order of trial; relative to the current folder always. */
  readonly identityList: Sourced<readonly string[]> | undefined
  /** `vault_password_file`, absolute. */
  readonly passwordFile: Sourced<string> | undefined
  /** `ask_vault_pass`; undefined when it is off. */
  readonly askPassword: Sourced<true> | undefined
  /** `vault_identity`: the id of a password, and of a text, without a label. */
  readonly identity: string
  /** `vault_encrypt_identity`; undefined when unset or empty. */
  readonly encryptIdentity: string | undefined
  /** `vault_id_match`: try only the passwords whose id is the text's label. */
  readonly idMatch: boolean
}

/**
 * The vault settings that Ansible would have here: a variable, even an empty one, beats ansible.cfg.
 * @throws VaultError `K3SV_VAULT_CONFIG` where Ansible refuses ansible.cfg, or a vault setting in it is not UTF-8
 */
export function readSettings(environment: Environment): VaultSettings {
  const cfg = readAnsibleCfg(environment)
  const find = (key: string): Sourced<string> | undefined =>
    findSetting(
      { section: 'defaults', key, variable: `ANSIBLE_${key.toUpperCase()}` },
      environment,
      cfg,
    )
  const list = find('vault_identity_list')
  const file = find('vault_password_file')
  const ask = find('ask_vault_pass')
  return {
    cfg,
    identityList: list && { ...list, value: splitList(list.value) },
    passwordFile: file && {
      ...file,
      value: resolvePath(file.value, file.origin, environment, cfg),
    },
    askPassword: ask && isTrue(ask.value) ? { ...ask, value: true } : undefined,
    identity: word(find('vault_identity'), cfg) ?? DEFAULT_ID,
    encryptIdentity: word(find('vault_encrypt_identity'), cfg) || undefined,
    // base.yml gives this setting no type, so that every word switches it on, even `false`.
    idMatch: (word(find('vault_id_match'), cfg) ?? '') !== '',
  }
}
