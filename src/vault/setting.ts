// One setting of Ansible's: from a variable, or else from ansible.cfg (config/manager.py of ansible-core 2.21).
import { dirname } from 'node:path'
import type { Environment } from '../environment.js'
import { VaultError } from '../errors.js'
import type { AnsibleCfg } from './ansible-cfg.js'
import { expandPath } from './expand-path.js'
import { strip } from './ini.js'

/** A setting's value and where it comes from: the name of a variable, or the path of an ansible.cfg. */
export interface Sourced<T> {
  readonly value: T
  readonly origin: string
}

/** Where a setting can stand. */
export interface SettingName {
  readonly section: string
  /** In lower case. */
  readonly key: string
  /** The variable that beats ansible.cfg. */
  readonly variable: string
}

/** What stands in a text where its file has no UTF-8. */
const NOT_UTF8 = '\ufffd'

const TRUE_WORDS = ['y', 'yes', 'on', '1', 'true', 't']

/**
 * The text of a setting; a variable, even an empty one, beats ansible.cfg.
 * @throws VaultError `K3SV_VAULT_CONFIG` where it is not UTF-8 in ansible.cfg
 */
export function findSetting(
  { section, key, variable }: SettingName,
  { variables }: Environment,
  cfg: AnsibleCfg,
): Sourced<string> | undefined {
  const value = variables[variable]
  if (value !== undefined) return { value, origin: variable }
  const configured = cfg.sections.get(section)?.get(key)
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

/** An absolute path: relative to ansible.cfg when it stands there, else to the current folder. */
export function resolvePath(
  path: string,
  origin: string,
  environment: Environment,
  cfg: AnsibleCfg,
): string {
  const base = origin === cfg.file ? dirname(origin) : environment.cwd
  return expandPath(path.replaceAll('{{CWD}}', environment.cwd), base, environment)
}

/** ansible.cfg may quote a word (from 2.19 on); a variable may not. */
export function word(setting: Sourced<string> | undefined, cfg: AnsibleCfg): string | undefined {
  return setting && (setting.origin === cfg.file ? unquote(setting.value) : setting.value)
}

/** The items of a list, which commas divide. */
export function splitList(value: string): string[] {
  return value.split(',').map((item) => unquote(strip(item)))
}

/** Ansible's parsing/quoting.py: one pair of equal quotes, the last one not escaped. */
function unquote(text: string): string {
  const isQuoted =
    text.length > 1 && text[0] === text.at(-1) && `"'`.includes(text[0]!) && text.at(-2) !== '\\'
  return isQuoted ? text.slice(1, -1) : text
}

/** Whether a word stands for yes; every other one is no. */
export function isTrue(value: string): boolean {
  return TRUE_WORDS.includes(strip(value.toLowerCase()))
}
