import type { Secret } from '../secret.js'

/**
 * How a value came to stand where it stands, which decides the rule: a variable or a setting, an argument of a command, a
 * secret of a token document of ours, or nothing but its own shape (`K10…`).
 */
export type Via = 'variable' | 'argument' | 'document' | 'shape'

/** A text that may be a token. Lines and columns count from 1. */
export interface Candidate {
  readonly text: Secret
  readonly line: number
  readonly column: number
  /** What it stands under: a path of keys, a variable, an option; empty for one that stands alone. */
  readonly key: string
  readonly via: Via
  /** In a comment, where people write examples. */
  readonly isComment: boolean
}
