// What this folder is: the values of one file that Ansible reads variables from, each with the place where it is written.
// Where to begin: here, at what is known of a value. yaml-values.ts reads YAML and JSON, ini-values.ts an INI inventory, on
// words.ts, which splits a line as a shell does; key-name.ts tells the keys that may be shown.
import type { PlainType } from '../../yaml-types.js'
import type { Span } from '../../yaml/tree.js'

/**
 * One scalar value of a file that Ansible reads variables from, with its place. Offsets count characters of the text
 * (UTF-16 units, a byte order mark included), so `text.slice(span.start, span.end)` is the value as it is written.
 */
export interface FileValue {
  /** The keys and indices that lead to the value, as they are written. */
  readonly path: readonly (string | number)[]
  /** The nearest key: that of the list for an item; empty where there is none. */
  readonly key: string
  /** What Ansible reads: escapes resolved, lines folded, a final newline kept. Vault text for a vaulted value. */
  readonly text: string
  /** The type that Ansible gives the value; `string` for vaulted and unsafe ones. */
  readonly type: PlainType
  /** Whether the value is tagged `!vault`. */
  readonly isVault: boolean
  /** The whole value with its tag and anchor. */
  readonly span: Span
  /** Of the beginning of `span`, from 1. */
  readonly line: number
  readonly column: number
}
