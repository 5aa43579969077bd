import type { Secret } from '../secret.js'
import type { FormId } from './forms/forms.js'

/** A text that may be a token. Lines and columns count from 1. */
export interface Candidate {
  readonly text: Secret
  /** What found it. */
  readonly form: FormId
  readonly line: number
  readonly column: number
  /** The line of its name, where a comment may allow it as well. */
  readonly nameLine?: number
  /** What it stands under: a path of keys, a variable, an option; empty for one that stands alone. */
  readonly key: string
  /** Where people write examples: a comment, a usage text. */
  readonly isComment: boolean
  /** Its place alone does not say enough: it counts only if it looks drawn at random. */
  readonly isGuess?: boolean
}
