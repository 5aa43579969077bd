import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Answer, Command } from './worker.js'

const ROOT = join(__dirname, '../..')

/** Bundles the worker the way the product is bundled, and gives the path of the program. */
export function buildWorker(folder: string): string {
  const program = join(folder, 'worker.cjs')
  execFileSync(join(ROOT, 'node_modules/.bin/esbuild'), [
    join(ROOT, 'test/store/worker.ts'),
    '--bundle',
    '--platform=node',
    '--target=node20.19',
    '--log-level=warning',
    `--outfile=${program}`,
  ])
  return program
}

/** A running worker. */
export class WorkerProcess {
  readonly child: ChildProcess
  readonly #lines: AsyncIterator<string>

  /** @param wrapper command to run the worker under, such as strace */
  constructor(program: string, wrapper: readonly string[] = []) {
    const [command, ...args] = [...wrapper, process.execPath, program]
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
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

/** As many workers as asked for, all waiting for commands. */
export function startWorkers(
  program: string,
  count: number,
  wrapper?: readonly string[],
): Promise<WorkerProcess[]> {
  return Promise.all(
    Array.from({ length: count }, () => new WorkerProcess(program, wrapper).start()),
  )
}

/** One command in a process of its own. */
export async function runOnce(
  program: string,
  command: Command,
  wrapper?: readonly string[],
): Promise<Answer | null> {
  const worker = await new WorkerProcess(program, wrapper).start()
  const answer = await worker.ask(command)
  await worker.stop()
  return answer
}

/** The text of a document that an answer carries. */
export function textOf(answer: Answer | null): string | null {
  return answer !== null && 'text' in answer ? answer.text : null
}
