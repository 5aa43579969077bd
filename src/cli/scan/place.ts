// Where the file of a finding stands for others than the person at the terminal: in a baseline and in a code host's view.
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { uriOfPath } from '../../files/path-bytes.js'
import type { ScanFinding } from '../../scan/finding.js'

/** The nearest folder at or above `cwd` that Git takes for the top of a repository; `cwd` itself without one. */
export function sourceRoot(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (dirname(folder) === folder) return cwd
  }
}

/** Relative to the folder of a baseline, with forward slashes: the same on every machine and from every folder. */
export function locateIn(
  baseline: string,
  cwd: string,
): (finding: Pick<ScanFinding, 'file'>) => string {
  const folder = dirname(resolve(cwd, baseline))
  return ({ file }) => relative(folder, resolve(cwd, file)).split(sep).join('/')
}

/** A relative URI for what is below the root, else an absolute one. */
export function uriIn(root: string, cwd: string): (finding: Pick<ScanFinding, 'file'>) => string {
  return ({ file }) => {
    const path = relative(root, resolve(cwd, file))
    return path.split(sep)[0] === '..' ? `file://${uriOfPath(resolve(cwd, file))}` : uriOfPath(path)
  }
}
