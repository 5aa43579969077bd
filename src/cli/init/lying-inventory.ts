// An inventory that lies in a project whose ansible.cfg names none, and that plays are started with by `-i`.
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { UsageError } from '../../errors.js'
import { isFile, isFolder } from '../../files/look.js'
import type { Call } from '../command.js'
import { among, askFor } from '../question.js'
import type { Project } from './project.js'

const INVENTORY = /^(?:hosts|inventory)(?:\.ini|\.ya?ml)?$/
const FOLDERS = ['inventory', 'inventories']

/** What a project ships to be copied and never plays with. */
export const SAMPLE = /sample|example/i

/**
 * The one inventory that lies there, or the one of several that a person names; undefined where there is none, or where the
 * project has a configuration, which says more.
 * @throws UsageError where there are several and nobody can be asked
 */
export function chooseLying({ folder, config, shown }: Project, call: Call): string | undefined {
  if (config !== undefined || call.input.text('way') === 'source') return undefined
  const found = lyingIn(folder).map(shown)
  if (found.length < 2) return found[0] === undefined ? undefined : join(folder, found[0])
  const asked = askFor(call.io, 'The one that you play with', {
    about: ['Several inventories lie here:', ...found.map((path) => `  ${path}`)],
    refuse: among(found),
  })
  if (asked !== undefined) return join(folder, asked)
  throw new UsageError('K3SV_USAGE', `several inventories lie here: ${found.join(', ')}`, {
    hint: `name the one that you play with: -i ${found[0]}; for one of our own: --way source`,
  })
}

function lyingIn(folder: string): string[] {
  const parents = FOLDERS.map((name) => join(folder, name))
  const folders = [folder, ...parents, ...parents.flatMap(pathsIn).filter(isFolder)]
  return folders
    .filter((one) => !SAMPLE.test(basename(one)) || one === folder)
    .flatMap(pathsIn)
    .filter((path) => INVENTORY.test(basename(path)) && isFile(path))
}

/** What lies in a folder, in order; nothing where that cannot be told. */
export function pathsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}
