// What Git has of a folder and what it would take, asked with plumbing that reads and runs nothing.
import { basename, dirname, join, relative } from 'node:path'
import type { Environment } from '../../environment.js'
import { askGit } from '../../files/git.js'
import { isFolder } from '../../files/look.js'
import { readIfThere } from '../files.js'

const EXECUTABLE = '100755'

/** One repository's view of paths that are relative to a folder in it. */
export class GitView {
  readonly #folder: string
  readonly #environment: Environment

  constructor(folder: string, environment: Environment) {
    this.#folder = folder
    this.#environment = environment
  }

  /** Whether the folder lies in a repository that Git trusts. */
  isRepository(): boolean {
    return this.#ask(['rev-parse', '--is-inside-work-tree']) === 'true\n'
  }

  /**
   * Git itself tells. Where there is no repository yet, or no Git, only the line counts that `init` itself writes, so that it
   * does not write it again.
   */
  isIgnored(path: string): boolean {
    // Git refuses to look from a folder that is not there.
    const file = join(this.#folder, path)
    const folder = nearestFolder(dirname(file))
    const args = ['check-ignore', '--quiet', '--', relative(folder, file)]
    const { status } = askGit({ folder, args, environment: this.#environment })
    if (status === 0 || status === 1) return status === 0
    const lines = [basename(path), path, `/${path}`]
    return this.#linesOf('.gitignore').some((line) => lines.includes(line.trim()))
  }

  /** Whether Git has a file there, or files below it. */
  isTracked(path: string): boolean {
    return (this.#ask(['ls-files', '-z', '--', literal(path)]) ?? '') !== ''
  }

  /** Whether the path lies in the repository, so that Git can have it. */
  isInside(path: string): boolean {
    return this.#ask(['ls-files', '-z', '--', literal(path)]) !== undefined
  }

  /** Whether every clone gets the file with its execute bit; undefined where Git does not have it. */
  isExecutable(path: string): boolean | undefined {
    const entry = this.#ask(['ls-files', '--stage', '-z', '--', literal(path)]) ?? ''
    return entry === '' ? undefined : entry.startsWith(EXECUTABLE)
  }

  /** Whether Git leaves the line ends of the file as they are on every machine. */
  keepsLineEnds(path: string): boolean {
    const answer = this.#ask(['check-attr', '-z', 'text', 'eol', '--', path])
    if (answer === undefined) {
      return this.#linesOf('.gitattributes').some((line) => /\seol=lf(?:\s|$)/.test(line))
    }
    const [, , text, , , eol] = answer.split('\0')
    return text === 'unset' || eol === 'lf'
  }

  #linesOf(name: string): string[] {
    return (readIfThere(join(this.#folder, name)) ?? '').split(/\r?\n/)
  }

  /** Undefined where Git does not answer. */
  #ask(args: readonly string[]): string | undefined {
    const folder = nearestFolder(this.#folder)
    if (folder !== this.#folder) return undefined
    const { status, stdout } = askGit({ folder, args, environment: this.#environment })
    return status === 0 ? stdout.toString() : undefined
  }
}

/** No pattern, whatever is in the path. */
function literal(path: string): string {
  return `:(literal)${path}`
}

/** The folder, or the nearest one above it that is there already. */
function nearestFolder(folder: string): string {
  return isFolder(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder))
}
