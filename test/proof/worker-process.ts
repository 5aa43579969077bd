import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Bench } from './proof.js'
import type { Answer, Command } from './worker.js'
import type { World } from './world.js'

/** A running worker. */
export class WorkerProcess {
  readonly child: ChildProcess
  readonly #lines: AsyncIterator<string>

  /** @param wrapper command to run the worker under, such as strace */
  constructor(bench: Bench, world: readonly World[] = [], wrapper: readonly string[] = []) {
    const preload = world.length > 0 ? [`--require=${bench.preload}`] : []
    const [command, ...args] = [...wrapper, process.execPath, ...preload, bench.worker]
    this.child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], K3S_VARS_PROOF: world.join(',') },
    })
    // A killed worker no longer reads.
    this.child.stdin!.on('error', () => undefined)
    this.#lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]()
  }

  /** Resolves when the worker waits for commands. */
  async start(): Promise<this> {
    await this.#lines.next()
    return this
  }

  /** The worker's answer, or null if it died. */
  async ask(command: Command): Promise<Answer | null> {
    this.child.stdin!.write(`${JSON.stringify(command)}\n`)
    const { value, done } = await this.#lines.next()
    return done === true ? null : (JSON.parse(value) as Answer)
  }

  /** Ends the worker and waits until it is gone. */
  async stop(signal?: NodeJS.Signals): Promise<void> {
    const gone =
      this.child.exitCode !== null || this.child.signalCode !== null || once(this.child, 'exit')
    if (signal) this.child.kill(signal)
    else this.child.stdin!.end()
    await gone
  }
}

/** Does `action` with a number of workers that wait for commands, and ends them. */
export async function withWorkers<T>(
  workers: readonly WorkerProcess[],
  action: (workers: readonly WorkerProcess[]) => Promise<T>,
): Promise<T> {
  try {
    return await action(await Promise.all(workers.map((worker) => worker.start())))
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
  }
}
