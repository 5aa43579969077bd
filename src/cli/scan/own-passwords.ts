// A scan runs nothing, and believes nothing that the tree says which it looks at: an ansible.cfg in it could name any program
// as a vault password script. What opens is a password file outside, named by a configuration outside.
import { realpathSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import type { Environment } from '../../environment.js'
import { isFolder } from '../../files/look.js'
import type { PasswordAccess } from '../../vault/passwords.js'
import { describeSource } from '../../vault/sources.js'
import { sourceRoot } from './place.js'

const HINT = 'if you believe this project as you would to run its plays: --trust-project'

/** Refuses the vault passwords that would have a scan of these paths run something, or believe the project that they are of. */
export function ownPasswordsOnly(
  paths: readonly string[],
  environment: Environment,
): NonNullable<PasswordAccess['refuse']> {
  const folders = [...new Set(paths.flatMap((path) => projectOf(path, environment)))]
  const isOfProject = (path: string): boolean =>
    folders.some((folder) => isWithin(path, folder) || isWithin(realPathOf(path), folder))
  return (source) => {
    const { origin, path } = source
    if (path === undefined) return undefined
    if ((origin.startsWith('/') && isOfProject(origin)) || isOfProject(path)) {
      return { reason: 'belongs to the scanned project, which a scan does not believe', hint: HINT }
    }
    const { kind } = describeSource(source)
    if (kind !== 'script' && kind !== 'client script') return undefined
    return { reason: 'is a script, and a scan runs nothing', hint: HINT }
  }
}

/**
 * The folders whose files a scanned path may have beside it: its repository, or itself and the current folder around it. The
 * home of the user is no project unless it is what is scanned.
 */
function projectOf(path: string, { cwd, home }: Environment): readonly string[] {
  const absolute = resolve(cwd, path)
  const folder = isFolder(absolute) ? absolute : dirname(absolute)
  return [folder, realPathOf(folder)].flatMap((place) => {
    const around = [sourceRoot(place), ...(isWithin(place, realPathOf(cwd)) ? [cwd] : [])]
    return [place, ...around.filter((each) => home === undefined || !isWithin(home, each))]
  })
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
