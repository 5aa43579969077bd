// The group_vars and host_vars files that can win over an inventory source, in Ansible's order of precedence, highest first
// (vars/manager.py and plugins/vars/host_group_vars.py, ansible-core 2.15 to 2.21).
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isFile, isFolder } from '../../files/look.js'

/** Where Ansible looks for the variables of one host. */
export interface VarsSearch {
  readonly host: string
  /** The host's groups, the nearest first, without `all`. */
  readonly groups: readonly string[]
  /** Absolute paths in the order they were named. */
  readonly sources: readonly string[]
  readonly playbookDir: string
}

const EXTENSIONS = ['', '.yml', '.yaml', '.json']

/** The files that hold variables of the host, the one that wins first. */
export function findVarsFiles({ host, groups, sources, playbookDir }: VarsSearch): string[] {
  // A playbook's folder beats those of the sources, and a later source beats an earlier one.
  const folders = [...new Set([playbookDir, ...sources.map(folderOf).reverse()])]
  const entitiesOf = (kind: string, name: string): string[] =>
    folders.flatMap((folder) => filesOf(join(folder, kind), name))
  return [
    ...entitiesOf('host_vars', host),
    ...groups.flatMap((group) => entitiesOf('group_vars', group)),
    ...entitiesOf('group_vars', 'all'),
  ]
}

function folderOf(source: string): string {
  return isFolder(source) ? source : dirname(source)
}

/** `<folder>/<name>` with any extension, and all files below a folder of that name; the last read wins. */
function filesOf(folder: string, name: string): string[] {
  // A name with a separator, such as one made from a path, would leave the folder.
  if (name.includes('/')) return []
  return EXTENSIONS.flatMap((extension) => expand(join(folder, name + extension))).reverse()
}

function expand(path: string): string[] {
  if (!isFolder(path)) return isFile(path) ? [path] : []
  return namesIn(path)
    .filter((name) => !name.startsWith('.') && !name.endsWith('~'))
    .sort()
    .flatMap((name) => expand(join(path, name)))
}

/** Of a folder that we may not list Ansible itself tells more than we could. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
