// The lines of ansible.cfg without which a play would not have the token, or would run on without it.
import { delimiter } from 'node:path'
import type { IniSections } from '../../vault/ini.js'
import { isTrue, splitList } from '../../vault/setting.js'

/** One line, `key = value`, below `[section]`. */
export interface CfgLine {
  readonly section: string
  readonly key: string
  readonly value: string
  /** The value that stands there now and makes way. */
  readonly instead?: string
}

/** The vars plugin, as ansible.cfg names it. */
export interface PluginPlace {
  /** `k3s_vars`, or its full name in the collection. */
  readonly name: string
  /** The folder that it is found in, relative to ansible.cfg or absolute; absent: in a collection. */
  readonly folder?: string
}

export interface CfgNeeds {
  /** Absent: the tokens come from our inventory source. */
  readonly plugin?: PluginPlace
  /** Our inventory source, where none of ours is among the sources; absent: the tokens come from the plugin. */
  readonly source?: string
  /** The sources before ours, where `inventory` does not say any; empty: none, or it is left unsaid. */
  readonly others: readonly string[]
  /** The vault password file; absent: passwords are configured. */
  readonly passwordFile?: string
}

/** How words of ansible.cfg are understood, relative to its folder. */
export interface CfgWords {
  readonly isOurSource: (word: string) => boolean
  readonly isSamePath: (one: string, other: string) => boolean
}

/** The lines that `cfg` lacks, in the order in which a file would have them. */
export function missingLines(cfg: IniSections, needs: CfgNeeds, words: CfgWords): CfgLine[] {
  return [
    ...sourceLines(cfg, needs, words),
    ...(needs.plugin === undefined ? [] : pluginLines(cfg, needs.plugin, words)),
    ...passwordLines(needs),
    ...failureLines(cfg),
  ]
}

/** A later source wins, so ours has to be the last one. */
function sourceLines(
  cfg: IniSections,
  { source, others }: CfgNeeds,
  { isOurSource }: CfgWords,
): CfgLine[] {
  const set = cfg.get('defaults')?.get('inventory')
  const present = set === undefined ? others : splitList(set)
  const own = source === undefined ? [] : [present.find(isOurSource) ?? source]
  const wanted = [
    ...(own.length === 0 ? present : present.filter((one) => !isOurSource(one))),
    ...own,
  ]
  const isWell = set !== undefined && wanted.at(-1) === present.at(-1)
  if (isWell || wanted.length === 0) return []
  return [lineOf({ section: 'defaults', key: 'inventory', value: wanted.join(', ') }, set)]
}

const OTHERS_BY_DEFAULT = ['host_group_vars']

function pluginLines(
  cfg: IniSections,
  { name, folder }: PluginPlace,
  { isSamePath }: CfgWords,
): CfgLine[] {
  const lines: CfgLine[] = []
  const path = cfg.get('defaults')?.get('vars_plugins')
  const folders = path === undefined || path === '' ? [] : path.split(delimiter)
  if (folder !== undefined && !folders.some((one) => isSamePath(one, folder))) {
    const value = [...folders, folder].join(delimiter)
    lines.push(lineOf({ section: 'defaults', key: 'vars_plugins', value }, path))
  }
  const enabled = cfg.get('defaults')?.get('vars_plugins_enabled')
  const names = enabled === undefined ? OTHERS_BY_DEFAULT : splitList(enabled)
  // Whoever comes later wins.
  if (names.at(-1) !== name) {
    const value = [...names.filter((one) => one !== name && one !== ''), name].join(', ')
    lines.push(lineOf({ section: 'defaults', key: 'vars_plugins_enabled', value }, enabled))
  }
  return lines
}

function passwordLines({ passwordFile }: CfgNeeds): CfgLine[] {
  if (passwordFile === undefined) return []
  return [{ section: 'defaults', key: 'vault_password_file', value: passwordFile }]
}

function failureLines(cfg: IniSections): CfgLine[] {
  const key = 'any_unparsed_is_failed'
  const set = cfg.get('inventory')?.get(key)
  if (set !== undefined && isTrue(set)) return []
  return [lineOf({ section: 'inventory', key, value: 'true' }, set)]
}

function lineOf(line: CfgLine, instead: string | undefined): CfgLine {
  return instead === undefined || instead === '' ? line : { ...line, instead }
}

/** Whether the vars plugin is enabled, by either of its names. */
export function namesPlugin(cfg: IniSections): boolean {
  const enabled = cfg.get('defaults')?.get('vars_plugins_enabled')
  return enabled !== undefined && splitList(enabled).some((name) => /(?:^|\.)k3s_vars$/.test(name))
}
