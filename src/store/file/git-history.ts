// What Git knows of documents that are not there: a checkout of another branch, or a deleted folder, makes a store look new.
// Only asked before a token is minted. Whatever Git cannot tell for certain is an answer of its own, and never "nothing".
import { existsSync, lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Environment } from '../../environment.js'
import { askGit } from '../../files/git.js'
import type { GitAnswer, GitHistory } from '../store.js'

/** Milliseconds for each question. A large repository's whole history takes some seconds. */
const PATIENCE = 60_000
/** A path is a path, whatever stars it has. */
const LITERAL = '--literal-pathspecs'
/** How `git config` ends where no setting has the name. */
const NOTHING_FOUND = 1

/** Asks Git once about the whole folder, at the first call, and then answers from memory: a fleet has thousands of documents. */
export function gitHistory(folder: string, environment: Environment): GitHistory {
  let known: Known | undefined
  return (cluster) => {
    known ??= lookUp(folder, environment)
    if (known.kind !== 'repository') return known.kind
    return answerFor(`${cluster}.yml`, known)
  }
}

interface Repository {
  readonly kind: 'repository'
  readonly ask: Ask
  /** The folder as paths of Git's output begin, a letter for each byte; empty at the top. */
  readonly prefix: string
  /** The folder, relative to where Git is asked. */
  readonly path: string
  /** Every path below the folder that there is or was; not known where the clone is incomplete. */
  readonly names: ReadonlySet<string> | 'incomplete' | 'silent'
}

type Known = Repository | { readonly kind: 'outside' | 'silent' }

/** A question to Git in the folder: its answer, a letter for each byte, or null and the status where that is not 0. */
type Ask = (args: readonly string[], input?: string) => string | Failure

interface Failure {
  /** Null where Git did not end by itself. */
  readonly status: number | null
}

function answerFor(name: string, { ask, prefix, path, names }: Repository): GitAnswer {
  if (typeof names !== 'string' && !names.has(prefix + name)) return 'never'
  // Git counts a file as ignored only while it does not track it.
  const ignored = ask(['check-ignore', '--quiet', '--', join(path, name)])
  if (typeof ignored === 'string') return 'ignored'
  return typeof names === 'string' ? names : 'had'
}

function lookUp(folder: string, environment: Environment): Known {
  const place = nearestFolder(folder)
  if (place === null) return { kind: 'silent' }
  const ask: Ask = (args, input) => {
    const { status, stdout } = askGit({
      folder: place.there,
      // No commit is replaced by another.
      args: ['--no-replace-objects', ...args],
      environment,
      patience: PATIENCE,
      ...(input !== undefined && { input }),
    })
    return status === 0 ? stdout.toString('latin1') : { status }
  }
  const top = ask([
    'rev-parse',
    '--is-inside-work-tree',
    '--is-shallow-repository',
    '--show-prefix',
  ])
  if (typeof top !== 'string') {
    return { kind: hasRepository(place.there) ? 'silent' : 'outside' }
  }
  const [isInside, isShallow, ...prefix] = top.slice(0, -1).split('\n')
  // Within `.git` itself, which no commit can have.
  if (isInside !== 'true') return { kind: 'silent' }
  const path = place.rest === '' ? '.' : place.rest
  const isComplete = isShallow === 'false' && !isPartial(ask)
  return {
    kind: 'repository',
    ask,
    path,
    prefix: prefix.join('\n') + asBytes(place.rest === '' ? '' : `${place.rest}/`),
    names: isComplete ? (namesIn(path, ask) ?? 'silent') : 'incomplete',
  }
}

/** A clone without all objects, from which nothing is fetched here. */
function isPartial(ask: Ask): boolean {
  const settings = String.raw`^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$`
  const found = ask(['config', '--get-regexp', settings])
  return typeof found === 'string' || found.status !== NOTHING_FOUND
}

/** Null where Git fails or takes too long. */
function namesIn(path: string, ask: Ask): ReadonlySet<string> | null {
  const indexed = ask([LITERAL, 'ls-files', '-z', '--cached', '--full-name', '--', path])
  // Commits that a reset or a dropped stash left are in the reflogs; a side branch counts, even if a merge took nothing of it.
  const commits = ask([LITERAL, 'rev-list', '--all', '--reflog', '--full-history', '--', path])
  if (typeof indexed !== 'string' || typeof commits !== 'string') return null
  const changed = commits === '' ? '' : ask([...DIFF, '--', path], commits)
  if (typeof changed !== 'string') return null
  return new Set([...indexed.split('\0'), ...changed.split('\0')])
}

/** What each commit changed against every parent; the first commit of all, too. */
const DIFF = [
  LITERAL,
  'diff-tree',
  '--stdin',
  '--no-commit-id',
  '--name-only',
  '--root',
  '-r',
  '-m',
  '-z',
]

/**
 * The nearest folder above that is there, without links, and the way on from it. Null where links lead nowhere or a folder
 * cannot be entered.
 */
function nearestFolder(folder: string): { readonly there: string; readonly rest: string } | null {
  try {
    let [there, rest] = [folder, '']
    while (!isThere(there) && dirname(there) !== there) {
      rest = rest === '' ? basename(there) : join(basename(there), rest)
      there = dirname(there)
    }
    return { there: realpathSync(there), rest }
  } catch {
    return null
  }
}

/** A link that points nowhere is there. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Whether a folder or one above it is a repository, whatever Git thinks of it. */
function hasRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true
  return dirname(folder) !== folder && hasRepository(dirname(folder))
}

function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}
