// Runs command lines for the test that started this thread: the bundles that are shipped, by their own functions, with another
// working folder and environment each time and streams that collect. Every call gets the modules anew, as a process does.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { constants, Script } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import type * as cli from '../../src/cli/main.js'
import { load } from '../../src/source/code-cache.js'
import type * as source from '../../src/source/main.js'
import type { Outcome } from './project.js'

export interface CliCall {
  readonly args: readonly string[]
  readonly cwd: string
  readonly variables: Readonly<Record<string, string>>
  readonly input: string
  /** Milliseconds that a lock is waited for. */
  readonly patience?: number | undefined
  /** The launcher's path, as the program would be told of it. */
  readonly launcher: string
}

/** As `src/source/start.ts` tells the two programs apart. */
const INVENTORY_CALL = /^--(?:list$|plugins$|host$|host=)/

/** What goes with a call: where its {@link Outcome} is sent, and the number that becomes 1 then. */
export interface CliRequest {
  readonly call: CliCall
  readonly port: MessagePort
  readonly isDone: Int32Array
}

const dist = workerData as string
const require = createRequire(join(dist, 'cli.cjs'))

/** A bundle, compiled once, whose modules each use makes anew. */
function prepare<T extends object>(name: string): () => T {
  const bundle = join(dist, name)
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'utf8')}\n})`
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  const script = new Script(source, { filename: bundle, importModuleDynamically })
  return () => load<T>(bundle, script, require)
}

const loadCli = prepare<typeof cli>('cli.cjs')
const loadSource = prepare<typeof source>('inventory.cjs')

/** A stream, and the text that came into it. */
function collector(): { readonly stream: Writable; text(): string } {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') }
}

async function answer({ args, input, launcher, patience, ...call }: CliCall): Promise<Outcome> {
  const { cwd, variables } = call
  const environment = { variables, cwd, home: variables['HOME'] }
  const [stdout, stderr] = [collector(), collector()]
  // What bypasses the streams that are handed on would be seen in a process, and is seen here.
  process.stdout.write = stdout.stream.write.bind(stdout.stream) as typeof process.stdout.write
  process.stderr.write = stderr.stream.write.bind(stderr.stream) as typeof process.stderr.write
  const status = INVENTORY_CALL.test(args[0] ?? '')
    ? await loadSource().main(
        { arguments: args, launcher, environment, patience, input: () => input },
        (descriptor, text) => {
          ;[stdout, stderr][descriptor - 1]!.stream.write(text)
        },
      )
    : await loadCli().run(args, {
        stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
        stdout: stdout.stream,
        stderr: stderr.stream,
        environment,
        launcher,
        patience,
        now: () => new Date(),
        randomBytes,
      })
  return { status, stdout: stdout.text(), stderr: stderr.text() }
}

parentPort!.on('message', ({ call, port, isDone }: CliRequest) => {
  void answer(call)
    .catch((error: unknown): Outcome => ({ status: null, stdout: '', stderr: String(error) }))
    .then((outcome) => {
      port.postMessage(outcome)
      port.close()
      Atomics.store(isDone, 0, 1)
      Atomics.notify(isDone, 0)
    })
})
