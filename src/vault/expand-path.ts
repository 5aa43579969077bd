// Paths as Ansible resolves them (utils/path.py unfrackpath with follow=False, config/manager.py resolve_path).
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Environment } from '../environment.js'

/**
 * The absolute path of `path`: `$NAME`, `${NAME}`, `~` and `~user` expanded, `.` and `..` taken out, links not followed.
 * @param base the folder that a relative path starts from
 */
export function expandPath(path: string, base: string, environment: Environment): string {
  return resolve(base, expandUser(expandVariables(path, environment), environment.home))
}

/** Python's os.path.expandvars: one pass, and unset variables stay as they are. */
function expandVariables(path: string, { variables }: Environment): string {
  if (!path.includes('$')) return path
  const expand = (part: string, pattern: RegExp): string =>
    part.replace(
      pattern,
      (whole, bare: string | undefined, braced: string | undefined) =>
        variables[bare ?? braced ?? ''] ?? whole,
    )
  // Behind the last brace none is closed; looking for the end of each would take quadratic time.
  const end = path.lastIndexOf('}') + 1
  return (
    expand(path.slice(0, end), /\$(?:(\w+)|\{([^}]*)\})/g) + expand(path.slice(end), /\$(\w+)/g)
  )
}

function expandUser(path: string, home: string | undefined): string {
  if (!path.startsWith('~')) return path
  const user = path.slice(1).split('/', 1)[0]!
  const folder = user === '' ? home : homeOf(user)
  return folder === undefined ? path : folder + path.slice(user.length + 1)
}

/** Node asks the system only for the user's own home, so another user's comes from the file; undefined if it is not there. */
function homeOf(user: string): string | undefined {
  try {
    const entries = readFileSync('/etc/passwd', 'utf8').split('\n')
    return entries.map((entry) => entry.split(':')).find(([name]) => name === user)?.[5]
  } catch {
    return undefined
  }
}
