// The only place that sets the exit status; by process.exitCode, because exit() cuts a piped document short.
import { randomBytes } from 'node:crypto'
import type { Environment } from '../environment.js'
import type { CompiledBundle } from '../source/code-cache.js'
import { keepCode } from '../source/keep-code.js'
import { outputFault } from '../source/write-all.js'
import { reportOf, run } from './run.js'

export { run }

export interface Code {
  /** This bundle, whose code is kept for the next scan: that stands before every commit. */
  readonly compiled: CompiledBundle
  /** What it has loaded besides, once it has; kept whenever it was of use. */
  readonly parts: readonly CompiledBundle[]
}

/** Does {@link run} with the process itself. */
export async function main(environment: Environment, { compiled, parts }: Code): Promise<void> {
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
  const isKept = args[0] === 'scan'
  for (const one of [...(isKept ? [compiled] : []), ...(status === 0 ? parts : [])])
    keepCode(one, true)
}
