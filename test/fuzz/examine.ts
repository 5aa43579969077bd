// What every input is held to: our own errors alone come out, in bounded time, and nothing of a secret in any of them.
import { inspect } from 'node:util'
import { K3sVarsError } from '../../src/errors.js'
import { describeError, formatError } from '../../src/format-error.js'

/** Stands where a secret would. Longer than any name that an error may repeat. */
export const CANARY = 'CanaryQ7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jcX2vB7nM4qW9eR6tY3uI8oP5aS1d'
const SHOWN = 33
const PIECES = Array.from({ length: CANARY.length - SHOWN + 1 }, (_, at) =>
  CANARY.slice(at, at + SHOWN),
)

/** Milliseconds of processor time for any input. */
export const PATIENCE = 2000

export interface Target {
  readonly name: string
  readonly samples: readonly string[]
  /** Words that mean something in such a text. */
  readonly words: readonly string[]
  /**
   * Gives the text to the product and checks what comes out.
   * @returns what was told to people, if anything
   * @throws K3sVarsError where the product refuses the text; {@link Broken} where it does not do as it promises
   */
  readonly run: (text: string, folder: string) => Promise<string | void> | string | void
}

/** A promise that did not hold. */
export class Broken extends Error {}

/** @throws Broken unless the promise is kept */
export function hold(promise: string, isKept: boolean): asserts isKept {
  if (!isKept) throw new Broken(promise)
}

export interface Failure {
  readonly kind: 'broken promise' | 'foreign error' | 'slow' | 'secret shown' | 'hang' | 'memory'
  /** Holds nothing of the input. */
  readonly detail: string
}

/** Runs a target on a text. */
export async function examine(
  target: Target,
  text: string,
  folder: string,
): Promise<Failure | null> {
  const begun = process.cpuUsage()
  let told = ''
  let failure: Failure | null = null
  try {
    told = (await target.run(text, folder)) ?? ''
  } catch (error) {
    failure = failureOf(error)
    told = tell(error)
  }
  const { user, system } = process.cpuUsage(begun)
  const spent = Math.round((user + system) / 1000)
  if (failure) return failure
  if (PIECES.some((piece) => told.includes(piece))) {
    return { kind: 'secret shown', detail: told.replaceAll(/\s+/g, ' ').slice(0, 300) }
  }
  return spent > PATIENCE ? { kind: 'slow', detail: `${spent} ms` } : null
}

function failureOf(error: unknown): Failure | null {
  if (error instanceof Broken) return { kind: 'broken promise', detail: error.message }
  if (error instanceof K3sVarsError) return null
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '))
  return {
    kind: 'foreign error',
    detail: [String(error).slice(0, 80), ...frames.slice(0, 4)].join('\n'),
  }
}

/** Everything that could be printed of an error, by whatever means. */
function tell(error: unknown): string {
  return [
    ...formatError(error),
    JSON.stringify(describeError(error)),
    inspect(error, { depth: Infinity, showHidden: true, getters: true }),
  ].join('\n')
}
