// Ansible's own effective configuration: ansible.cfg, environment and defaults, as `ansible-config` tells them.
import { parseJson } from './json.js'

/** One setting with where its value comes from. */
export interface PlaySetting<T> {
  readonly value: T
  /** The path of an ansible.cfg, or the name of a variable; undefined: Ansible's default. */
  readonly origin: string | undefined
}

/** The settings that decide what reaches the hosts of a play. */
export interface PlaySettings {
  /** The ansible.cfg that is used; undefined: none. */
  readonly configFile: string | undefined
  /** The sources that are used where no `-i` is given, absolute. */
  readonly sources: PlaySetting<readonly string[]>
  /** Whether a play stops where one of several sources cannot be read. */
  readonly anyUnparsedIsFailed: PlaySetting<boolean>
  /** The vars plugins by name; they run in this order, and the later one wins. */
  readonly varsPlugins: PlaySetting<readonly string[]>
  /** Folders in which vars plugins are found by their path, absolute. */
  readonly varsPluginPath: PlaySetting<readonly string[]>
  /** Folders in which roles are found, absolute. */
  readonly rolesPath: PlaySetting<readonly string[]>
  /** From ansible-core 2.19 on: whether a condition may be something other than true or false. */
  readonly allowBrokenConditionals: PlaySetting<boolean>
}

/**
 * The settings in what `ansible-config dump --format json` prints.
 * @throws ClusterError `K3SV_CLUSTER_ANSIBLE`
 */
export function parseSettings(text: string): PlaySettings {
  const dumped = parseJson(text, 'ansible-config')
  const entries = new Map(
    (Array.isArray(dumped) ? (dumped as Entry[]) : []).map((entry) => [entry?.name, entry]),
  )
  const list = (name: string): PlaySetting<readonly string[]> => {
    const entry = entries.get(name)
    const value = Array.isArray(entry?.value) ? entry.value : []
    return { value: value.filter((item) => typeof item === 'string'), origin: originOf(entry) }
  }
  const flag = (name: string): PlaySetting<boolean> => {
    const entry = entries.get(name)
    return { value: entry?.value === true, origin: originOf(entry) }
  }
  const configFile = entries.get('CONFIG_FILE')?.value
  return {
    configFile: typeof configFile === 'string' ? configFile : undefined,
    sources: list('DEFAULT_HOST_LIST'),
    anyUnparsedIsFailed: flag('INVENTORY_ANY_UNPARSED_IS_FAILED'),
    varsPlugins: list('VARIABLE_PLUGINS_ENABLED'),
    varsPluginPath: list('DEFAULT_VARS_PLUGIN_PATH'),
    rolesPath: list('DEFAULT_ROLES_PATH'),
    allowBrokenConditionals: flag('ALLOW_BROKEN_CONDITIONALS'),
  }
}

/** Settings of plugins and servers stand among them, in another shape. */
interface Entry {
  readonly name?: unknown
  readonly value?: unknown
  readonly origin?: unknown
}

/** `env: ANSIBLE_INVENTORY`, a path, or `default`. */
function originOf(entry: Entry | undefined): string | undefined {
  const origin = entry?.origin
  if (typeof origin !== 'string' || origin === 'default' || origin === '') return undefined
  return origin.replace(/^env: /, '')
}
