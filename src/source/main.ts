// The inventory source: what Ansible runs at every start. Begin here: this is one call, from its arguments to what is printed.
// Nothing of the command line may be loaded from here. start.ts runs before it and chooses between the two bundles,
// prefetch.ts, code-cache.ts and keep-code.ts make a start fast, question.ts is what is asked and answer.ts what is answered.
import { writeSync } from 'node:fs'
import { loadConfig } from '../config/load.js'
import { createLifecycle } from '../lifecycle/create.js'
import type { Environment } from '../environment.js'
import type { DerivedKey } from '../vault/derived-key.js'
import { offerKey } from '../vault/engine.js'
import { exitStatusOf, formatError } from '../format-error.js'
import { answerHost, answerList, answerPlugins } from './answer.js'
import type { CompiledBundle } from './code-cache.js'
import { keepCode, tellCode } from './keep-code.js'
import { readQuestion } from './question.js'
import { readInput } from './read-input.js'
import { outputFault, writeAll } from './write-all.js'

const STDOUT = 1
const STDERR = 2

/** One call of the inventory source. */
export interface SourceCall {
  /** The arguments behind the launcher's path. */
  readonly arguments: readonly string[]
  readonly launcher: string
  readonly environment: Environment
  /** Gives what stands on standard input, if a plugin asks; absent: nothing. */
  readonly input?: () => string
  /** Milliseconds that the lock of another process is waited for; absent: as long as a store waits by itself. */
  readonly patience?: number | undefined
}

/** Writes to a descriptor: 1 the answer, 2 errors. */
type Write = (descriptor: number, text: string) => void

/**
 * Answers one call. stdout gets the whole JSON document or nothing; errors go to stderr.
 * @returns the exit status
 */
export async function main(call: SourceCall, write: Write): Promise<number> {
  try {
    const answer = await respond(call)
    print(`${JSON.stringify(answer)}\n`, write)
    return 0
  } catch (error) {
    complain(`${formatError(error).join('\n')}\n`, write)
    return exitStatusOf(error)
  }
}

function print(text: string, write: Write): void {
  try {
    write(STDOUT, text)
  } catch (error) {
    const fault = outputFault(error)
    if (fault !== undefined) throw fault
  }
}

function complain(text: string, write: Write): void {
  try {
    write(STDERR, text)
  } catch {
    // The exit status tells what is left to be told.
  }
}

/** What start.ts has for a run. */
export interface Start {
  /** A key that this run will probably need. */
  readonly early: DerivedKey | undefined
  readonly compiled: CompiledBundle
  /** What it has loaded besides, once it has. */
  readonly parts: readonly CompiledBundle[]
}

/** Runs {@link main} on the process itself, and ends it. */
export async function run(call: SourceCall, { early, compiled, parts }: Start): Promise<never> {
  if (early) offerKey(early)
  const write: Write = (descriptor, text) => writeAll(text, (bytes) => writeSync(descriptor, bytes))
  const status = await main({ input: readInput, ...call }, write)
  // Of a run that answered, since it has what the next ones need.
  const told = [compiled, ...parts].map((one) => {
    const opens = one !== compiled || early !== undefined
    return tellCode(one, status === 0 ? keepCode(one, opens) : undefined)
  })
  if (isDebugged(call.environment))
    for (const line of told) complain(`k3s_vars: code cache: ${line}\n`, write)
  // All is written and nothing is to be waited for: to take Node apart bit by bit costs a millisecond.
  // eslint-disable-next-line no-restricted-properties -- writeAll is synchronous, so no document is cut short
  process.exit(status)
}

function isDebugged({ variables }: Environment): boolean {
  return variables['NODE_DEBUG']?.split(',').includes('k3s_vars') === true
}

async function respond(call: SourceCall): Promise<object> {
  const { environment, launcher, patience } = call
  const question = readQuestion(call.arguments, call.input ?? (() => ''))
  const config = loadConfig({ environment, launcher })
  const lifecycle = createLifecycle({ environment, config, patience })
  switch (question.kind) {
    case 'list':
      return answerList(config, lifecycle)
    case 'host':
      return answerHost(config, lifecycle, question.host)
    case 'plugins':
      return answerPlugins(config, lifecycle, question.asked)
  }
}
