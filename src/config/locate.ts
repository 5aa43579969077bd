import { readlinkSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Environment } from '../environment.js'
import { ConfigError } from '../errors.js'
import { statIfThere } from '../files/look.js'
import { unreadable } from './text.js'

/** Where a call comes from. */
export interface ConfigSearch {
  readonly environment: Environment
  /** The launcher's path as it was called, links not followed. */
  readonly launcher?: string
}

const NAMES = ['k3s_vars.yml', 'k3s_vars.yaml']
const WORLD_WRITABLE = 0o002
/** As many as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40

/**
 * The absolute path of the configuration: `K3S_VARS_CONFIG`; the current folder; the launcher's folder and its parent, the
 * link's own place first, then where it points.
 * @throws ConfigError when there is none, two beside each other, or one in a folder that everybody can write
 */
export function locateConfig(search: ConfigSearch): string {
  const { variables, cwd } = search.environment
  const named = variables['K3S_VARS_CONFIG']
  if (named !== undefined && named !== '') {
    const file = resolve(cwd, named)
    if (isFile(file)) return file
    throw new ConfigError(
      'K3SV_CONFIG_NOT_FOUND',
      'K3S_VARS_CONFIG names a file that is not there',
      {
        location: { file },
        hint: 'correct the variable, or unset it to have k3s_vars.yml looked for',
      },
    )
  }
  const looked = new Set<string>()
  for (const folder of placesOf(search)) {
    if (looked.has(folder)) continue
    const found = filesIn(folder)
    if (found.length > 0) return requireSafe(folder, found)
    looked.add(folder)
  }
  // Nobody keeps one where packages are installed.
  const told = [...looked].filter((folder) => !/\/node_modules(?:\/|$)/.test(folder))
  throw new ConfigError('K3SV_CONFIG_NOT_FOUND', `there is no k3s_vars.yml in ${told.join(', ')}`, {
    hint: hintOf(search.environment.cwd),
  })
}

/** Who stands in a folder of a project means that project, and has no ansible.cfg there either. */
function hintOf(cwd: string): string {
  for (let folder = dirname(cwd); ; folder = dirname(folder)) {
    const [file] = filesIn(folder)
    if (file !== undefined) {
      return `there is ${file}: run it in that folder, as Ansible has to be for its ansible.cfg, or name the file in K3S_VARS_CONFIG`
    }
    if (folder === dirname(folder)) break
  }
  return 'write one with `k3s-vars init`, or name one in K3S_VARS_CONFIG'
}

function requireSafe(folder: string, found: readonly string[]): string {
  const [file, other] = found
  if (other !== undefined) {
    throw new ConfigError(
      'K3SV_CONFIG_COMBINATION',
      'there are k3s_vars.yml and k3s_vars.yaml side by side',
      {
        location: { file: other },
        hint: 'remove one of them',
      },
    )
  }
  // Ansible passes over an ansible.cfg in such a folder for the same reason: anybody could have put it there.
  if ((statSync(folder).mode & WORLD_WRITABLE) !== 0) {
    throw new ConfigError(
      'K3SV_CONFIG_WORLD_WRITABLE',
      'the configuration lies in a folder that everybody can write',
      {
        location: { file },
        hint: 'take the right away with `chmod o-w` on the folder, or name the file in K3S_VARS_CONFIG',
      },
    )
  }
  return file!
}

/** One after the other, since most projects are found in the first place. */
function* placesOf({ environment: { cwd }, launcher }: ConfigSearch): Iterable<string> {
  yield cwd
  if (launcher === undefined) return
  let link = launcher === '' ? undefined : resolve(cwd, launcher)
  for (let hops = 0; link !== undefined && hops <= MOST_LINKS; hops++) {
    yield dirname(link)
    yield dirname(dirname(link))
    link = targetOf(link)
  }
  // A folder on the way can be a link, too.
  const real = realPathOf(resolve(cwd, launcher))
  if (real === undefined) return
  yield dirname(real)
  yield dirname(dirname(real))
}

function filesIn(folder: string): string[] {
  const prefix = folder === '/' ? '/' : `${folder}/`
  return NAMES.map((name) => prefix + name).filter(isFile)
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function targetOf(path: string): string | undefined {
  try {
    return resolve(dirname(path), readlinkSync(path))
  } catch {
    return undefined
  }
}

/** @throws ConfigError `K3SV_CONFIG_UNREADABLE` where that cannot be told: another configuration would not be the one meant */
function isFile(path: string): boolean {
  try {
    return statIfThere(path)?.isFile() ?? false
  } catch (error) {
    throw unreadable(path, error)
  }
}
