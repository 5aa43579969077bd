// What this folder is: which files a command over a tree works on. Where to begin: here, at the list; git.ts asks Git for
// what it does not ignore.
import { lstatSync, readlinkSync, statSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Environment } from '../../environment.js'
import { errnoOf } from '../../files/file-error.js'
import { compileGlobs } from '../../files/glob.js'
import { statIfThere } from '../../files/look.js'
import { namesIn, realPath, systemPath, textOfPath } from '../../files/path-bytes.js'
import { listByGit, withoutIgnored } from './git.js'

export interface ListOptions {
  /** Relative paths start from its folder. */
  readonly environment: Environment
  /** Globs of what is left out, relative to the folder that was named; they do not apply to a file that was named. */
  readonly ignore: readonly string[]
  /** Whether what Git ignores is left out. */
  readonly gitIgnored: 'skip' | 'include'
  /** Milliseconds that Git is waited for; as long as always if absent. */
  readonly patience?: number
}

export interface TreeFile {
  /** As it is shown: below the path that was given. */
  readonly path: string
  /** Absolute. */
  readonly file: string
  /** Whether Git has it or would take it; undefined outside a repository, and for a file that was named. */
  readonly inGit: boolean | undefined
  /** Positions of the paths given, from 0, that lead to it. */
  readonly roots: readonly number[]
}

export interface Listing {
  /** In order, each file once. */
  readonly files: readonly TreeFile[]
  /** What could not be looked at: positions of the paths given, from 0, and paths below them. */
  readonly problems: readonly TreeProblem[]
}

export interface TreeProblem {
  /** Index of the path given. */
  readonly root: number
  /** Undefined for the path given itself, which may be a secret in the wrong place and is not repeated. */
  readonly path: string | undefined
  readonly reason: 'missing' | 'unreadable' | 'not a file'
}

/** Never looked into: what is in them is not the user's. */
const SKIPPED = new Set(['.git', '.hg', '.svn', 'node_modules'])

/**
 * The regular files at and below the paths. In a Git repository Git itself tells which are ignored. A link is followed
 * where it ends in the same tree.
 */
export function listFiles(paths: readonly string[], options: ListOptions): Listing {
  const walk = new Walk(options)
  paths.forEach((path, index) => walk.addRoot(path, index))
  return { files: [...walk.files.values()], problems: walk.problems }
}

class Walk {
  /** By real path. */
  readonly files = new Map<string, TreeFile & { readonly roots: number[] }>()
  readonly problems: TreeProblem[] = []
  readonly #options: ListOptions
  readonly #isIgnored: (path: string) => boolean
  #root = { index: 0, shown: '', real: '' }

  constructor(options: ListOptions) {
    this.#options = options
    this.#isIgnored = compileGlobs(options.ignore)
  }

  addRoot(path: string, index: number): void {
    const file = join(path.startsWith('/') ? '' : this.#options.environment.cwd, path)
    const found = lookAt(file)
    if (typeof found === 'string') return this.#fail(found, undefined, index)
    const { stats, real } = found
    if (!stats.isFile() && !stats.isDirectory()) return this.#fail('not a file', undefined, index)
    this.#root = { index, shown: path === '.' ? '' : path, real }
    if (stats.isFile()) return this.#keep(real, { path, file, inGit: undefined })
    this.#addFolder(file, '')
  }

  /** @param below the folder's path below the root; empty for the root itself */
  #addFolder(folder: string, below: string): void {
    const { environment, gitIgnored, patience } = this.#options
    const listed = gitIgnored === 'skip' ? listByGit(folder, environment, patience) : null
    // Something that it reads is a pipe, or endless: then all is looked at, and somebody told.
    if (listed === 'late') this.#fail('unreadable', join(below, '.git'))
    if (listed === null || listed === 'late') return this.#walk(folder, below)
    for (const name of listed.paths) {
      const path = join(below, name)
      if (name.split('/').some((part) => SKIPPED.has(part)) || this.#isIgnored(path)) continue
      const file = join(folder, name)
      const stats = this.#look(file, path)
      if (stats?.isDirectory()) this.#addFolder(file, path.replace(/\/$/, ''))
      else if (stats !== undefined) this.#addEntry(file, path, { stats, inGit: true })
    }
    if (!listed.isWhole) this.#tellClosed(folder, below)
  }

  /** Git passes over folders that it may not read, with a word to nobody but the terminal. */
  #tellClosed(folder: string, below: string): void {
    const closed = withoutIgnored(folder, this.#closedIn(folder, ''), this.#options.environment)
    for (const name of closed) this.#fail('unreadable', join(below, name))
  }

  /** The folders that cannot be read, relative to the first one. */
  #closedIn(folder: string, below: string): string[] {
    let names: string[]
    try {
      names = namesIn(folder)
    } catch {
      return [below]
    }
    return names.flatMap((name) => {
      const path = join(below, name)
      if (SKIPPED.has(name) || this.#isIgnored(path)) return []
      const file = join(folder, name)
      return this.#look(file, path)?.isDirectory() === true ? this.#closedIn(file, path) : []
    })
  }

  #walk(folder: string, below: string): void {
    let names: string[]
    try {
      names = namesIn(folder)
    } catch {
      return this.#fail('unreadable', below)
    }
    for (const name of names) {
      const path = join(below, name)
      if (SKIPPED.has(name) || this.#isIgnored(path)) continue
      const file = join(folder, name)
      const stats = this.#look(file, path)
      if (stats?.isDirectory()) this.#walk(file, path)
      else if (stats !== undefined) this.#addEntry(file, path, { stats, inGit: undefined })
    }
  }

  /** Undefined for what has gone meanwhile, and for what cannot be looked at, which is told. */
  #look(file: string, below: string): Stats | undefined {
    try {
      return lstatSync(systemPath(file))
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') this.#fail('unreadable', below)
      return undefined
    }
  }

  #addEntry(
    file: string,
    below: string,
    { stats, inGit }: { stats: Stats; inGit: boolean | undefined },
  ): void {
    const path = join(this.#root.shown, below)
    // No folder on the way is a link: such folders are not entered.
    if (stats.isFile()) this.#keep(join(this.#root.real, below), { path, file, inGit })
    const target = stats.isSymbolicLink() ? this.#fileInside(file, below) : undefined
    if (target !== undefined) this.#keep(target, { path, file, inGit })
  }

  /**
   * The real path of the regular file in this tree that a link leads to; undefined where it leads elsewhere, or to nothing. One
   * that cannot be followed is told: what it leads to may be in the tree.
   */
  #fileInside(link: string, below: string): string | undefined {
    try {
      const target = realPath(link)
      return this.#isInside(target) && statSync(systemPath(target)).isFile() ? target : undefined
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT' && this.#mayLeadInside(link)) this.#fail('unreadable', below)
      return undefined
    }
  }

  #isInside(path: string): boolean {
    return relative(this.#root.real, path).split(sep)[0] !== '..'
  }

  /** By what is written in the link. */
  #mayLeadInside(link: string): boolean {
    try {
      const written = textOfPath(readlinkSync(systemPath(link), 'buffer'))
      return this.#isInside(resolve(realPath(dirname(link)), written))
    } catch {
      return true
    }
  }

  #keep(real: string, entry: Omit<TreeFile, 'roots'>): void {
    const known = this.files.get(real) ?? { ...entry, roots: [] }
    if (!known.roots.includes(this.#root.index)) known.roots.push(this.#root.index)
    this.files.set(real, known)
  }

  #fail(reason: TreeProblem['reason'], below: string | undefined, root = this.#root.index): void {
    const path = below === undefined ? undefined : join(this.#root.shown, below)
    const isTold = this.problems.some((one) => one.root === root && one.path === path)
    if (path === undefined || !isTold) this.problems.push({ root, path, reason })
  }
}

/** What was named, links followed, and where it really is. */
function lookAt(
  file: string,
): { readonly stats: Stats; readonly real: string } | 'missing' | 'unreadable' {
  try {
    const stats = statIfThere(file)
    return stats === undefined ? 'missing' : { stats, real: realPath(file) }
  } catch {
    return 'unreadable'
  }
}
