// Runs command lines for the test that started this thread: the program that is shipped, by its own `run`, with another
// working folder and environment each time and streams that collect. Every call gets the modules anew, as a process does.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { constants, Script } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import type { run } from '../../src/cli/main.js'
import type { Outcome } from './project.js'

export interface CliCall {
  readonly args: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  readonly input: string
  /** The launcher's path, as the program would be told of it. */
  readonly launcher: string
}

/** What goes with a call: where its {@link Outcome} is sent, and the number that becomes 1 then. */
export interface CliRequest {
  readonly call: CliCall
  readonly port: MessagePort
  readonly isDone: Int32Array
}

type Wrapper = (
  exports: { run?: typeof run },
  require: NodeJS.Require,
  module: object,
  filename: string,
  dirname: string,
) => void

const bundle = workerData as string
const require = createRequire(bundle)
const script = new Script(
  `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'utf8')}\n})`,
  { filename: bundle, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
)

function load(): typeof run {
  const module: { exports: { run?: typeof run } } = { exports: {} }
  ;(script.runInThisContext() as Wrapper)(module.exports, require, module, bundle, dirname(bundle))
  return module.exports.run!
}

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

async function answer({ args, cwd, environment, input, launcher }: CliCall): Promise<Outcome> {
  const [stdout, stderr] = [collector(), collector()]
  // What bypasses the streams that are handed on would be seen in a process, and is seen here.
  process.stdout.write = stdout.stream.write.bind(stdout.stream) as typeof process.stdout.write
  process.stderr.write = stderr.stream.write.bind(stderr.stream) as typeof process.stderr.write
  const status = await load()(args, {
    stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    environment: { variables: environment, cwd, home: environment['HOME'] },
    launcher,
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
