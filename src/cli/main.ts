// The only place that sets the exit status; by process.exitCode, because exit() cuts a piped document short.
import { randomBytes } from 'node:crypto'
import { processEnvironment } from '../environment.js'
import { EXIT_STATUS } from '../errors.js'
import { run } from './run.js'

export { run }

/** Does {@link run} with the process itself. */
export async function main(): Promise<void> {
  // A reader that has seen enough, such as `head`, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exitCode = error.code === 'EPIPE' ? EXIT_STATUS.done : EXIT_STATUS.internal
  })
  process.exitCode = await run(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: processEnvironment(),
    launcher: process.argv[1],
    now: () => new Date(),
    randomBytes,
  })
}
