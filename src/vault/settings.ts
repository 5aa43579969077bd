// Ansible's vault settings (config/base.yml and config/manager.py of ansible-core 2.21; where versions differ, the newest).
import { dirname } from 'node:path'
import { VaultError } from '../errors.js'
import { readAnsibleCfg } from './ansible-cfg.js'
import type { AnsibleCfg } from './ansible-cfg.js'
import { DEFAULT_ID } from './envelope.js'
import { expandPath } from './expand-path.js'
import type { Environment } from '../environment.js'
import { strip } from './ini.js'

/** A setting's value and where it comes from: the name of a variable, or the path of an ansible.cfg. */
export interface Sourced<T> {
  readonly value: T
  readonly origin: string
}

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

/** What stands in a text where its file has no UTF-8. */
const NOT_UTF8 = '\ufffd'

const TRUE_WORDS = ['y', 'yes', 'on', '1', 'true', 't']

/**
 * The vault settings that Ansible would have here: a variable, even an empty one, beats ansible.cfg.
 * @throws VaultError `K3SV_VAULT_CONFIG` where Ansible refuses ansible.cfg, or a vault setting in it is not UTF-8
 */
export function readSettings(environment: Environment): VaultSettings {
  const cfg = readAnsibleCfg(environment)
  const find = (key: string): Sourced<string> | undefined => findSetting(key, environment, cfg)
  const list = find('vault_identity_list')
  const file = find('vault_password_file')
  const ask = find('ask_vault_pass')
  return {
    cfg,
    identityList: list && { ...list, value: splitList(list.value) },
    passwordFile: file && resolveFile(file, environment, cfg),
    askPassword: ask && isTrue(ask.value) ? { ...ask, value: true } : undefined,
    identity: word(find('vault_identity'), cfg) ?? DEFAULT_ID,
    encryptIdentity: word(find('vault_encrypt_identity'), cfg) || undefined,
    // base.yml gives this setting no type, so that every word switches it on, even `false`.
    idMatch: (word(find('vault_id_match'), cfg) ?? '') !== '',
  }
}

function findSetting(
  key: string,
  { variables }: Environment,
  cfg: AnsibleCfg,
): Sourced<string> | undefined {
  const variable = `ANSIBLE_${key.toUpperCase()}`
  const value = variables[variable]
  if (value !== undefined) return { value, origin: variable }
  const configured = cfg.defaults.get(key)
  if (configured?.includes(NOT_UTF8)) throw notText(key, cfg)
  return configured === undefined ? undefined : { value: configured, origin: cfg.file! }
}

/** Ansible would use the bytes as they are, which a path of Node's cannot hold. */
function notText(key: string, { file }: AnsibleCfg): VaultError {
  return new VaultError('K3SV_VAULT_CONFIG', 'the setting is not UTF-8 text', {
    location: { file, key },
    hint: 'save ansible.cfg as UTF-8, or use ASCII alone there',
  })
}

/** Relative to ansible.cfg when it stands there, else to the current folder. */
function resolveFile(
  setting: Sourced<string>,
  environment: Environment,
  cfg: AnsibleCfg,
): Sourced<string> {
  const base = setting.origin === cfg.file ? dirname(setting.origin) : environment.cwd
  const path = setting.value.replaceAll('{{CWD}}', environment.cwd)
  return { ...setting, value: expandPath(path, base, environment) }
}

/** ansible.cfg may quote a word (from 2.19 on); a variable may not. */
function word(setting: Sourced<string> | undefined, cfg: AnsibleCfg): string | undefined {
  return setting && (setting.origin === cfg.file ? unquote(setting.value) : setting.value)
}

function splitList(value: string): string[] {
  return value.split(',').map((item) => unquote(strip(item)))
}

/** Ansible's parsing/quoting.py: one pair of equal quotes, the last one not escaped. */
function unquote(text: string): string {
  const isQuoted =
    text.length > 1 && text[0] === text.at(-1) && `"'`.includes(text[0]!) && text.at(-2) !== '\\'
  return isQuoted ? text.slice(1, -1) : text
}

function isTrue(value: string): boolean {
  return TRUE_WORDS.includes(strip(value.toLowerCase()))
}
