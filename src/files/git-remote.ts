// The one way in which Git is asked about another repository. Unlike git.ts it connects: with the user's own keys, credential helpers
// and settings of ssh, but never to a place that a tree names, without a prompt, and without running a hook.
import type { ChildProcess } from 'node:child_process'
import { childVariables } from '../environment.js'
import type { Environment } from '../environment.js'

export interface RemoteQuestion {
  /** Absolute; Git looks for the repository, and with it for its settings, from here upwards. */
  readonly folder: string
  /** The command and its arguments. */
  readonly args: readonly string[]
  readonly environment: Environment
  /** Milliseconds. */
  readonly patience: number
  /** Has Git also write on standard error what it and the far side say to each other. */
  readonly trace?: 'packets' | undefined
}

export interface RemoteAnswer {
  /** Null where it did not end by itself: no Git, out of time, killed. */
  readonly status: number | null
  readonly stdout: string
  /** For comparing alone: it quotes the far side. */
  readonly stderr: string
  readonly failure: 'late' | 'no git' | undefined
}

/** Those of Git's variables that say how to connect and as whom. All others say which repository, or what to log. */
const OF_CONNECTIONS =
  /^GIT_(?:SSH(?:_COMMAND|_VARIANT)?|ASKPASS|SSL_(?:CAINFO|CAPATH|CERT|KEY|CERT_PASSWORD_PROTECTED|VERSION|CIPHER_LIST)|PROXY_\w+|HTTP_(?:USER_AGENT|LOW_SPEED_\w+)|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+|PARAMETERS))$/

/** Settings that beat those of the repository and the user. */
const SETTINGS = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'safe.bareRepository=explicit',
  'http.sslVerify=true',
  'protocol.allow=never',
  'protocol.ssh.allow=always',
  'protocol.https.allow=always',
  'protocol.http.allow=always',
  'protocol.file.allow=always',
  'push.gpgSign=false',
  'push.followTags=false',
  'push.recurseSubmodules=no',
  'fetch.writeCommitGraph=false',
]

/** Those that end a process as a rule. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The time from asking it to end until it is ended. */
const GRACE_MS = 500

/** Asks Git; it and whatever it starts are gone when this is answered. */
export async function askRemote(question: RemoteQuestion): Promise<RemoteAnswer> {
  const { folder, args, environment, patience, trace } = question
  const { spawn } = process.getBuiltinModule('node:child_process')
  const settings = SETTINGS.flatMap((setting) => ['-c', setting])
  listenForSignals()
  const child = spawn('git', ['--no-pager', ...settings, '-C', folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...variablesFor(environment), ...(trace && { GIT_TRACE_PACKET: '2' }) },
    // A session of its own has no terminal to ask on, and ends as a whole: ssh, and the helpers of https, too.
    detached: true,
  })
  running.add(child)
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  let failure: RemoteAnswer['failure']
  const timers = [
    setTimeout(() => {
      failure = 'late'
      end(child.pid, 'SIGTERM')
      timers.push(setTimeout(() => end(child.pid, 'SIGKILL'), GRACE_MS))
    }, patience),
  ]
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', () => {
      failure = 'no git'
      resolve(null)
    })
    child.once('close', resolve)
  })
  forget(child)
  for (const timer of timers) clearTimeout(timer)
  return {
    status: failure === undefined ? status : null,
    stdout: Buffer.concat(stdout).toString(),
    stderr: Buffer.concat(stderr).toString('latin1'),
    failure,
  }
}

const running = new Set<ChildProcess>()

/**
 * Their sessions are none of ours, so a signal of the terminal, or of whoever ends us, does not reach them: they are ended before we
 * are. Called before one is started, since a signal in between would end us alone. This stands in several bundles, none of which
 * knows who else listens.
 */
function listenForSignals(): void {
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, endAll)
}

function forget(child: ChildProcess): void {
  running.delete(child)
  if (running.size === 0) for (const signal of SIGNALS) process.off(signal, endAll)
}

function endAll(signal: NodeJS.Signals): void {
  for (const { pid } of running) end(pid, 'SIGTERM')
  for (const one of SIGNALS) process.off(one, endAll)
  // Whoever else listens has its own way to end us.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
}

function end(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Gone already.
  }
}

function variablesFor(environment: Environment): NodeJS.ProcessEnv {
  const kept = Object.entries(childVariables(environment)).filter(
    ([name]) => !name.startsWith('GIT_') || OF_CONNECTIONS.test(name),
  )
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', LANGUAGE: '' }
}
