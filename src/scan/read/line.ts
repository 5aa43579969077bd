import type { Target } from '../forms/files.js'
import type { Gather } from './gather.js'
import type { Piece } from './piece.js'

/** What is known of a text before it is read. */
export interface Setting {
  /** A comment or a usage text, where values are examples. */
  readonly isComment: boolean
  /** The file that the text is written into, as far as it is told. */
  readonly target?: Target | undefined
  /** Where a key `token:` is one of K3s' configuration. */
  readonly isConfig?: boolean
  /** What is assigned is handed to Ansible as an argument. */
  readonly isExtraVars?: boolean
  /** What stands in it is handed to K3s as its arguments. */
  readonly isOfK3s?: boolean
  /** How many texts are around it. */
  readonly depth?: number
}

/** One logical line, or a stretch of one: what a backslash continues is part of it. */
export interface Line extends Setting {
  readonly piece: Piece
  readonly gather: Gather
  /** Reads the text of a word, or of a value, as lines of their own. */
  readonly readInner: (inner: Piece, setting: Partial<Setting>) => void
}
