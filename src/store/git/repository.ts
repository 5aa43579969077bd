// The objects of the local repository: what a commit holds, and a new commit that differs in one file. No work tree, no index.
import type { Environment } from '../../environment.js'
import { askGit } from '../../files/git.js'
import { localFault } from './fault.js'
import type { Place } from './where.js'

/** A file of a commit. */
export interface FoundFile {
  readonly object: string
  readonly bytes: Buffer
}

export interface NewCommit {
  /** Null: the first one of all. */
  readonly parent: string | null
  readonly file: string
  readonly text: string
  readonly message: string
}

export class Repository {
  readonly #place: Place
  readonly #environment: Environment

  constructor(place: Place, environment: Environment) {
    this.#place = place
    this.#environment = environment
  }

  /** Whether the commit is here, with its tree. */
  has(commit: string): boolean {
    return this.#ask(['cat-file', '-e', `${commit}^{tree}`]) !== undefined
  }

  /** What was seen last at the remote; null: nothing yet. */
  seen(): string | null {
    const found = this.#ask(['rev-parse', '--quiet', '--verify', `${this.#place.seen}^{commit}`])
    return found?.trim() ?? null
  }

  remember(commit: string): void {
    this.#require(['update-ref', this.#place.seen, commit])
  }

  isAncestor(older: string, newer: string): boolean {
    return this.#ask(['merge-base', '--is-ancestor', older, newer]) !== undefined
  }

  /** Whether a file stood in any commit that led to this one; `incomplete`: not all of those are here. */
  everHad(commit: string, file: string): boolean | 'incomplete' {
    const changes = this.#require(['rev-list', '--full-history', commit, '--', file])
    if (changes !== '') return true
    const roots = this.#require(['rev-list', '--max-parents=0', commit]).trim().split('\n')
    // A shallow clone takes a commit for the first one whose parents it does not have; the commit itself knows better.
    const isCut = roots.some((root) =>
      /^parent /m.test(this.#require(['cat-file', 'commit', root])),
    )
    return isCut ? 'incomplete' : false
  }

  /** How many files there are. */
  count(commit: string): number {
    return (
      this.#require(['ls-tree', '-z', '--full-tree', '--name-only', commit]).split('\0').length - 1
    )
  }

  /** The files of these names; undefined for one that the commit does not have. */
  read(commit: string, files: readonly string[]): readonly (FoundFile | undefined)[] {
    const input = files.map((file) => `${commit}:${file}\n`).join('')
    const answer = this.#bytes(['cat-file', '--batch'], input)
    if (answer === undefined) throw localFault()
    let at = 0
    const found = files.map((): FoundFile | undefined => {
      const end = answer.indexOf(0x0a, at)
      if (end < 0) throw localFault()
      const line = answer.toString('latin1', at, end)
      at = end + 1
      if (line.endsWith(' missing')) return undefined
      const [object = '', kind, size] = line.split(' ')
      const bytes = answer.subarray(at, at + Number(size))
      at += Number(size) + 1
      // A folder has that name.
      return { object, bytes: kind === 'blob' ? bytes : Buffer.alloc(0) }
    })
    const missing = files.filter((_, index) => found[index] === undefined)
    if (missing.length > 0) this.#requireAbsent(commit, missing)
    return found
  }

  /** A partial clone lacks objects that its trees name: those are not absent. */
  #requireAbsent(commit: string, files: readonly string[]): void {
    const names = new Set(
      this.#require(['ls-tree', '-z', '--full-tree', '--name-only', commit]).split('\0'),
    )
    if (files.some((file) => names.has(file))) throw localFault()
  }

  /** The commit, and the object of its one changed file. */
  commit({ parent, file, text, message }: NewCommit): {
    readonly commit: string
    readonly object: string
  } {
    const object = this.#require(['hash-object', '-w', '--stdin'], text).trim()
    const former = parent === null ? '' : this.#require(['ls-tree', '-z', '--full-tree', parent])
    const kept = former.split('\0').filter((line) => line !== '' && !line.endsWith(`\t${file}`))
    const lines = [...kept, `100644 blob ${object}\t${file}`]
    const tree = this.#require(['mktree', '-z'], lines.map((line) => `${line}\0`).join('')).trim()
    const parents = parent === null ? [] : ['-p', parent]
    const args = [...identity(), 'commit-tree', ...parents, tree]
    return { commit: this.#require(args, message).trim(), object }
  }

  #require(args: readonly string[], input?: string): string {
    const answer = this.#ask(args, input)
    if (answer === undefined) throw localFault()
    return answer
  }

  #ask(args: readonly string[], input?: string): string | undefined {
    return this.#bytes(args, input)?.toString('utf8')
  }

  /** Undefined where Git fails. */
  #bytes(args: readonly string[], input?: string): Buffer | undefined {
    const { folder, inRepository } = this.#place
    const { status, stdout } = askGit({
      folder,
      args: [...inRepository, '--literal-pathspecs', '--no-replace-objects', ...args],
      environment: this.#environment,
      ...(input !== undefined && { input }),
    })
    return status === 0 ? stdout : undefined
  }
}

/** Who wrote: a program, for a user of a machine. */
function identity(): readonly string[] {
  const { hostname, userInfo } = process.getBuiltinModule('node:os')
  let user = 'unknown'
  try {
    user = userInfo().username
  } catch {
    // A container's user without a name.
  }
  const email = `${user}@${hostname()}`.replace(/[^A-Za-z0-9@._-]/g, '_')
  return [
    '-c',
    'user.name=k3s_vars',
    '-c',
    `user.email=${email}`,
    '-c',
    'i18n.commitEncoding=UTF-8',
  ]
}
