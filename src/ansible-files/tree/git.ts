import type { Environment } from '../../environment.js'
import { askGit } from '../../files/git.js'
import { bytesOfPath, textOfPath } from '../../files/path-bytes.js'

/** What Git says of a folder. */
export interface GitListing {
  /** Relative to the folder. */
  readonly paths: readonly string[]
  /** False where Git could not look everywhere, as into a folder that it may not read. */
  readonly isWhole: boolean
}

/**
 * The files below a folder that Git has or would take: tracked ones, and untracked ones that no ignore rule of it excludes
 * (.gitignore, .git/info/exclude, core.excludesFile); a repository inside it, such as a submodule, is one path. Null where there is
 * no Git, no repository, or one that Git does not trust; `late` where it gave no answer in time.
 * @param patience milliseconds; as always if undefined
 */
export function listByGit(
  folder: string,
  environment: Environment,
  patience?: number,
): GitListing | 'late' | null {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.']
  const { status, stdout, hasWarned, isLate } = askGit({
    folder,
    args,
    environment,
    ...(patience !== undefined && { patience }),
  })
  if (status !== 0) return isLate ? 'late' : null
  // While a merge is in conflict, a path is listed once for each side.
  return { paths: [...new Set(namesOf(stdout))], isWhole: !hasWarned }
}

/** Those of the paths, relative to the folder, that Git does not ignore; all where it does not tell. */
export function withoutIgnored(
  folder: string,
  paths: readonly string[],
  environment: Environment,
): readonly string[] {
  const input = Buffer.concat(paths.flatMap((path) => [bytesOfPath(path), Buffer.of(0)]))
  const args = ['check-ignore', '-z', '--stdin']
  const ignored = new Set(namesOf(askGit({ folder, args, environment, input }).stdout))
  return paths.filter((path) => !ignored.has(path))
}

/** Names are bytes, each with a zero byte behind it. */
function namesOf(listed: Buffer): string[] {
  const names: string[] = []
  for (let start = 0; start < listed.length;) {
    const end = listed.indexOf(0, start)
    if (end > start) names.push(textOfPath(listed.subarray(start, end)))
    start = end < 0 ? listed.length : end + 1
  }
  return names
}
