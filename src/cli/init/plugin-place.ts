// Where the vars plugin lies, and how an ansible.cfg names that place.
import { realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { isFile } from '../../files/look.js'
import type { PluginPlace } from './cfg-lines.js'

const NAME = 'k3s_vars'
const COLLECTION_NAME = 'k3s_vars.token.k3s_vars'
const COLLECTION = join('ansible_collections', 'k3s_vars', 'token')
const PLUGINS = join('node_modules', 'k3s-vars', 'plugins', 'vars')
/** Where npx keeps a package that it has fetched for one call. */
const FOR_ONE_CALL = join(sep, '_npx', sep)

export interface FoundPlugin extends PluginPlace {
  /**
   * Whether others who clone the project have it in the same place once they have installed what it asks for; `missing`: the
   * project has yet to ask for it.
   */
  readonly shared: 'yes' | 'no' | 'missing'
}

/**
 * The plugin of the package that is installed in the folder or above it, or else the one of this very program.
 * @param folder of ansible.cfg, absolute
 * @param launcher the program as it was called
 */
export function findPlugin(folder: string, launcher: string | undefined): FoundPlugin {
  const own = launcher === undefined ? undefined : pluginsOf(launcher)
  if (own?.includes(COLLECTION)) return { name: COLLECTION_NAME, shared: 'yes' }
  const above = findAbove(folder)
  if (above !== undefined) return { name: NAME, folder: relative(folder, above), shared: 'yes' }
  if (own === undefined || own.includes(FOR_ONE_CALL)) {
    return { name: NAME, folder: PLUGINS, shared: 'missing' }
  }
  return { name: NAME, folder: own, shared: 'no' }
}

/**
 * Where an editor finds the JSON Schema of the configuration, as the folder of `k3s_vars.yml` names it; undefined where others who
 * clone the project would look in vain.
 */
export function findSchema(folder: string, launcher: string | undefined): string | undefined {
  const { folder: plugins, shared } = findPlugin(folder, launcher)
  if (plugins === undefined || shared === 'no') return undefined
  return join(plugins, '../../dist/k3s_vars.schema.json')
}

function findAbove(folder: string): string | undefined {
  const plugins = join(folder, PLUGINS)
  if (isPlugins(plugins)) return plugins
  return dirname(folder) === folder ? undefined : findAbove(dirname(folder))
}

/** The folder of vars plugins beside the real launcher; undefined where there is none. */
function pluginsOf(launcher: string): string | undefined {
  try {
    const plugins = join(dirname(realpathSync(launcher)), 'vars')
    return isPlugins(plugins) ? plugins : undefined
  } catch {
    return undefined
  }
}

function isPlugins(folder: string): boolean {
  return isFile(join(folder, 'k3s_vars.py'))
}
