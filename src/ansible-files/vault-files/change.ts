import type { VaultError } from '../../errors.js'
import { isShowable } from '../vars-file/key-name.js'

/** A value, or a whole file, that an operation changes or would change. */
export interface Change {
  /** The dotted path of its keys; undefined for the whole file. */
  readonly key: string | undefined
  /** Where it stands, from 1. */
  readonly line: number
  /** The vault id that it is sealed with before; undefined: it lies open. */
  readonly from: string | undefined
  /** The vault id that it is sealed with afterwards; undefined: it lies open, or nothing tells. */
  readonly to: string | undefined
}

/** Something that the operation leaves as it is, or that the user should know. */
export interface Note {
  readonly key: string | undefined
  readonly line: number
  readonly text: string
}

/** Why a file is left as it is. */
export interface Left {
  /**
   * - `done`: it is as it was asked for already
   * - `nothing`: nothing in it is what was asked for
   * - `other`: it is sealed in another way than was asked for
   */
  readonly why: 'done' | 'nothing' | 'other'
  /** Goes on behind `the input`: `is already encrypted`. */
  readonly text: string
  /** What to do where nothing else was meant. */
  readonly hint: string
}

/** What an operation makes of the content of a file. */
export interface Outcome {
  readonly changes: readonly Change[]
  readonly notes: readonly Note[]
  /** Why the file cannot be changed; then it is left whole. */
  readonly refusals: readonly VaultError[]
  /** What is wrong with single values, and keeps none of the others from being changed. */
  readonly faults: readonly VaultError[]
  /** Absent where something changes, or is wrong. */
  readonly left?: Left
  /** The new content; undefined where it stays, or where nobody asked for it. */
  readonly content: Buffer | undefined
}

/**
 * A path as it is shown: `clusters.prod.tokens[0]`, with `…` for what may be a token in a key's place; `.` for a value that is
 * all there is.
 */
export function formatPath(path: readonly (string | number)[]): string {
  if (path.length === 0) return '.'
  return path
    .map((step, index) =>
      typeof step === 'number'
        ? `[${step}]`
        : `${index === 0 ? '' : '.'}${isShowable(step) ? step : '…'}`,
    )
    .join('')
}
