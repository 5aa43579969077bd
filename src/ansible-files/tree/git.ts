import type { Environment } from '../../environment.js'
import { askGit } from '../../files/git.js'

/**
 * The files below a folder that Git has or would take: tracked ones, and untracked ones that no ignore rule of it excludes
 * (.gitignore, .git/info/exclude, core.excludesFile). Paths are relative to the folder; a repository inside it, such as a
 * submodule, is one path. Null where there is no Git, no repository, or one that Git does not trust.
 */
export function listByGit(folder: string, environment: Environment): readonly string[] | null {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.']
  const { status, stdout } = askGit({ folder, args, environment })
  if (status !== 0) return null
  // While a merge is in conflict, a path is listed once for each side.
  return [
    ...new Set(
      stdout
        .toString()
        .split('\0')
        .filter((path) => path !== ''),
    ),
  ]
}
