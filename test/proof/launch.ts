// Processes of the real program, started by its launcher as Ansible and people start it.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { randomInt } from 'node:crypto'
import type { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { LAUNCHER } from '../support/project.js'
import type { ClusterProject } from './cluster-project.js'
import type { Bench } from './proof.js'
import { GATE, REPORT } from './world.js'
import type { World } from './world.js'

/** How a process ended. */
export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** Lines of the preload: `waiting` and `absent` at the gate, `memory KIB`. */
  readonly reports: readonly string[]
  readonly milliseconds: number
}

export interface LaunchOptions {
  readonly world?: readonly World[]
  /** A command that the launcher is run by, such as strace with its options. */
  readonly wrapper?: readonly string[]
  readonly environment?: NodeJS.ProcessEnv
}

/** A running process. */
export class Launched {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when it waits at the gate, or has ended without coming there. */
  readonly waiting: Promise<void>

  constructor(
    bench: Bench,
    project: ClusterProject,
    args: readonly string[],
    options: LaunchOptions,
  ) {
    const { world = [], wrapper = [], environment } = options
    const [command, ...rest] = [...wrapper, LAUNCHER, ...args]
    const start = performance.now()
    this.child = spawn(command!, rest, {
      cwd: project.folder,
      env: {
        ...project.environment,
        ...(world.length > 0 && {
          NODE_OPTIONS: `--require=${bench.preload}`,
          K3S_VARS_PROOF: world.join(','),
        }),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    })
    const report = this.child.stdio[REPORT]! as NodeJS.ReadableStream
    this.waiting = new Promise((resolve) => {
      report.once('data', () => resolve())
      report.once('end', () => resolve())
    })
    this.child.stdio[GATE]!.on('error', () => undefined)
    this.ended = this.#end(report, start)
  }

  open(): void {
    ;(this.child.stdio[GATE] as Writable).end('o')
  }

  async #end(report: NodeJS.ReadableStream, start: number): Promise<Ended> {
    const [stdout, stderr, reports, [status, signal]] = await Promise.all([
      text(this.child.stdout!),
      text(this.child.stderr!),
      text(report),
      once(this.child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
    ])
    const milliseconds = performance.now() - start
    return { status, signal, stdout, stderr, reports: reports.split('\n'), milliseconds }
  }
}

/** One process from start to end. */
export function launch(
  bench: Bench,
  project: ClusterProject,
  args: readonly string[],
  options: LaunchOptions = {},
): Promise<Ended> {
  return new Launched(bench, project, args, options).ended
}

/** Milliseconds of waiting that one process more costs the others, roughly. */
const TURN = 12

/**
 * Starts a process for each list of arguments, has all of them wait where they first look at the store, lets them go at
 * once, and kills about half of them at random moments after.
 * @returns how each ended, in the order of the arguments
 */
export async function stampede(
  bench: Bench,
  project: ClusterProject,
  calls: readonly (readonly string[])[],
  world: readonly World[] = [],
): Promise<readonly Ended[]> {
  const all = calls.map((args) => new Launched(bench, project, args, { world: ['gate', ...world] }))
  await Promise.all(all.map(({ waiting }) => waiting))
  for (const one of all) one.open()
  for (const { child } of all) {
    if (randomInt(2) === 1) setTimeout(() => child.kill('SIGKILL'), randomInt(calls.length * TURN))
  }
  return Promise.all(all.map(({ ended }) => ended))
}
