import type { Tally } from './tally.js'

/** How much of everything is done. */
export interface Effort {
  /** Processes that start at once. */
  readonly processes: number
  /** Times that a race is run. */
  readonly rounds: number
  /** Of the calls that only look, every how-manieth is tried as a place to be killed at. */
  readonly step: number
  /** One violation is enough: the rest need not be tried. */
  readonly isForOne?: boolean
}

/** What stands on a machine for proofs to work with. */
export interface Bench {
  /** A folder of the run's own, without blanks in its path. */
  readonly folder: string
  /** The bundled `worker.ts`. */
  readonly worker: string
  /** The bundled `preload.ts`. */
  readonly preload: string
}

export type Trial = (bench: Bench, effort: Effort) => Promise<Tally>

/** One promise with its trial. */
export interface Proof {
  /** `group/name`. */
  readonly name: string
  /** What is tried, as a row of the table says it. */
  readonly what: string
  readonly run: Trial
  /** The same trial on a product without its care, or in a world without trouble, which has to violate the promise. */
  readonly control: { readonly what: string; readonly run: Trial }
  /** Why it cannot be tried on this machine; undefined: it can. */
  readonly skip?: string | undefined
}
