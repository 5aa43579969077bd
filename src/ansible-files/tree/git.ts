import { spawnSync } from 'node:child_process'
import { childVariables } from '../../environment.js'
import type { Environment } from '../../environment.js'

const MAX_BYTES = 1024 * 1024 * 1024

/**
 * The files below a folder that Git has or would take: tracked ones, and untracked ones that no ignore rule of it excludes
 * (.gitignore, .git/info/exclude, core.excludesFile). Paths are relative to the folder; a repository inside it, such as a
 * submodule, is one path. Null where there is no Git, no repository, or one that Git does not trust.
 */
export function listByGit(folder: string, environment: Environment): readonly string[] | null {
  // A repository's own settings may name a program for core.fsmonitor; nothing in a tree is run just to look at it.
  const args = ['-c', 'core.fsmonitor=false', '-C', folder, 'ls-files', '-z']
  const { status, stdout } = spawnSync(
    'git',
    [...args, '--cached', '--others', '--exclude-standard', '--', '.'],
    {
      encoding: 'utf8',
      maxBuffer: MAX_BYTES,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: childVariables(environment),
    },
  )
  if (status !== 0) return null
  // While a merge is in conflict, a path is listed once for each side.
  return [...new Set(stdout.split('\0').filter((path) => path !== ''))]
}
