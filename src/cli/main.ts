// The only place that sets the exit status; by process.exitCode, because exit() cuts a piped document short.
import { randomBytes } from 'node:crypto'
import type { Environment } from '../environment.js'
import { outputFault } from '../source/write-all.js'
import { reportOf, run } from './run.js'

export { run }

/** Does {@link run} with the process itself. */
export async function main(environment: Environment): Promise<void> {
  const { argv, stdin, stdout, stderr } = process
  const [, launcher, ...args] = argv
  let fault: unknown
  stdout.on('error', (error) => {
    fault ??= error
  })
  // Where an error cannot be told, the exit status still tells that there was one.
  stderr.on('error', () => undefined)
  const now = (): Date => new Date()
  const status = await run(args, { stdin, stdout, stderr, environment, launcher, now, randomBytes })
  await new Promise<void>((resolve) => {
    stdout.write('', () => resolve())
  })
  const unwritten = fault === undefined ? undefined : outputFault(fault)
  if (unwritten !== undefined) reportOf(args, stderr, environment).error(unwritten)
  process.exitCode = unwritten?.exitStatus ?? status
}
