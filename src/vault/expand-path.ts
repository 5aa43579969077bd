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
  const lastBrace = path.lastIndexOf('}')
  let expanded = ''
  let at = 0
  for (;;) {
    const dollar = path.indexOf('$', at)
    if (dollar < 0) return expanded + path.slice(at)
    const isBraced = path[dollar + 1] === '{' && lastBrace > dollar
    const end = isBraced ? path.indexOf('}', dollar) + 1 : endOfWord(path, dollar + 1)
    const name = isBraced ? path.slice(dollar + 2, end - 1) : path.slice(dollar + 1, end)
    expanded += path.slice(at, dollar) + (variables[name] ?? path.slice(dollar, end))
    at = end
  }
}

function endOfWord(text: string, start: number): number {
  let end = start
  while (/\w/.test(text.charAt(end))) end++
  return end
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
