import type { Failure } from './examine.js'

/** What a worker is told. */
export interface Job {
  readonly target: string
  readonly seed: number
  /** It ends at whichever comes first. */
  readonly inputs: number
  readonly seconds: number
  /** A folder of its own. */
  readonly folder: string
  /** Inputs that failed once. */
  readonly known: readonly string[]
  /** Inputs that ended a worker before: not to be tried again in this run. */
  readonly fatal: readonly string[]
  /** Two 32-bit numbers, the count of inputs and the length of the current one, and then its UTF-16 units. */
  readonly shared: SharedArrayBuffer
}

export interface Progress {
  readonly tried: number
  /** Inputs that reached something new. */
  readonly kept: number
  readonly blocks: number
}

/** An input that made a promise fail. */
export interface Finding extends Failure {
  readonly target: string
  readonly input: string
}
