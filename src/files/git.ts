// The one way in which Git is asked. A repository can name programs in its own configuration (core.fsmonitor, hooks, the
// far side of a lazy fetch), and we look into repositories that are not ours to trust: nothing that a tree names is run.
// Only plumbing that reads: porcelain such as `git log` may run a pager or gpg, `git status` a filter.
import { childVariables } from '../environment.js'
import { errnoOf } from './file-error.js'
import type { Environment } from '../environment.js'
import { STORE_VARIABLES } from '../token-environment.js'

export interface GitQuestion {
  /** Absolute; Git looks for the repository from here upwards. */
  readonly folder: string
  /** The command and its arguments: `['ls-files', '-z']`. */
  readonly args: readonly string[]
  readonly environment: Environment
  /** Given to Git on standard input; nothing if absent. */
  readonly input?: string | Buffer
  /** Milliseconds; {@link PATIENCE_MS} if absent. */
  readonly patience?: number
}

/** What Git said. `status` is null where it did not end by itself: no Git, out of time, killed. */
export interface GitAnswer {
  readonly status: number | null
  readonly stdout: Buffer
  /** Whether it also warned of something. */
  readonly hasWarned: boolean
  /** Whether it gave no answer in time. */
  readonly isLate: boolean
}

/**
 * Git reads files of the tree, such as .gitignore, and waits for ever where one is a pipe. The largest repositories are listed within
 * seconds.
 */
const PATIENCE_MS = 60_000

const MAX_BYTES = 1024 * 1024 * 1024

/** Settings that beat those of the repository. */
const SETTINGS = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.askPass=',
  // A bare repository inside a tree is content, and its configuration is, too (Git 2.38 and later).
  'safe.bareRepository=explicit',
  'protocol.allow=never',
]

/**
 * Asks Git. What it writes on standard error is dropped: it may quote the tree. Where the folder's name is no text, it cannot be
 * asked: status null.
 */
export function askGit({
  folder,
  args,
  environment,
  input,
  patience = PATIENCE_MS,
}: GitQuestion): GitAnswer {
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  if (!folder.isWellFormed())
    return { status: null, stdout: Buffer.alloc(0), hasWarned: false, isLate: false }
  const { status, stdout, stderr, error } = spawnSync(
    'git',
    ['--no-pager', ...SETTINGS.flatMap((setting) => ['-c', setting]), '-C', folder, ...args],
    {
      maxBuffer: MAX_BYTES,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: gitVariables(environment),
      ...(input !== undefined && { input }),
      timeout: patience,
    },
  )
  return {
    status,
    stdout: stdout ?? Buffer.alloc(0),
    hasWarned: (stderr?.length ?? 0) > 0,
    isLate: errnoOf(error) === 'ETIMEDOUT',
  }
}

/**
 * A hook of Git's runs us with GIT_DIR and the like set: the question is about the folder, not about that repository. Nobody is
 * connected to, so what stores are logged in to by is not handed on.
 * An object that a partial clone lacks is fetched by a program that its configuration names; GIT_ALLOW_PROTOCOL forbids
 * every transport in all versions, GIT_NO_LAZY_FETCH the attempt (2.45 and later).
 */
function gitVariables(environment: Environment): NodeJS.ProcessEnv {
  const own = Object.entries(childVariables(environment)).filter(
    ([name]) => !name.startsWith('GIT_') && !STORE_VARIABLES.test(name),
  )
  return {
    ...Object.fromEntries(own),
    GIT_ALLOW_PROTOCOL: '',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
}
