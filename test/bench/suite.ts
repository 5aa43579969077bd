// What a part of the benchmark is made of.
import type { Times } from './measure.js'

/** One command that is timed as a whole process. */
export interface Contestant {
  readonly name: string
  readonly program: string
  readonly arguments: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  /** Brings the world back to where the run has to begin; not timed. */
  readonly before?: () => void
}

/** A line of the table: one contestant against another in the same rounds. */
export interface Comparison {
  readonly what: string
  readonly contestant: string
  readonly against: string
  /** The ratio that must not be exceeded; absent where there is no budget. */
  readonly limit?: number
}

/** A figure that is no ratio of two times, with what it is compared with. */
export interface Figure {
  readonly what: string
  readonly value: number
  /** `MB`, `files`, … */
  readonly unit: string
  readonly limit?: number
  /** What the value is made of: `38 MB of Node's own, 4 MB of document`. */
  readonly note?: string
}

/** Contestants that take turns. */
export interface Suite {
  readonly title: string
  /** What the floor is, and why it cannot be beaten. */
  readonly floor: string
  /** Done once before all turns; not timed. */
  readonly prepare?: () => Promise<void>
  readonly contestants: readonly Contestant[]
  readonly comparisons: readonly Comparison[]
  /** Figures that need no turns, measured once, or that come from the turns. */
  readonly figures?: (times: Times) => readonly Figure[]
  /** At most so many rounds, for what takes long. */
  readonly mostRounds?: number
}
