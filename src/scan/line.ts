// A line of a file and what is read from it. House rule of all files that read lines: every pattern is linear. It is sticky,
// anchored or begins where no other match could begin, and looks no further than a token can be long.
import { Secret } from '../secret.js'
import type { Candidate, Via } from './candidate.js'
import type { FileTraits } from './file-traits.js'

/** A line with what stands around it. */
export interface Line {
  readonly text: string
  /** The line behind it; empty behind the last. */
  readonly next: string
  /** From 1. */
  readonly number: number
  readonly file: FileTraits
  /** Whether names that YAML's structure would tell are looked for: not where the structure is read. */
  readonly isLoose: boolean
  readonly isComment: boolean
}

export interface LineValue {
  readonly text: string
  /** Index of its first character in the line. */
  readonly start: number
}

/** No value reaches further: a line of megabytes is not read anew from each name in it. */
export const REACH = 1100
const SHELL_END = /[\s;&|)"'`,\\]/
const YAML_END = /\s#|["'],?\s*$|,\s|[}\]]\s*$/
/** Has blanks and brackets inside. */
const SUBSTITUTION = /^(?:\$\{\{|\{\{|\$\(|`)/

/**
 * The value that begins at `start`: up to its closing quote, or else as far as a shell would read.
 * @param outer the quote that the whole assignment stands in: `"NAME=value"`
 */
export function readShellValue(line: string, start: number, outer?: string): LineValue {
  const rest = line.slice(start, start + REACH)
  if (outer !== undefined) return cut(rest, start, rest.indexOf(outer))
  if (SUBSTITUTION.test(rest)) return cut(rest, start, -1)
  return readQuoted(rest, start) ?? cut(rest, start, rest.search(SHELL_END))
}

/** The value of `key: value` that begins at `start`: quoted, or up to a comment or the end of its flow mapping. */
export function readYamlValue(line: string, start: number): LineValue {
  const rest = line.slice(start, start + REACH)
  return readQuoted(rest, start) ?? cut(rest, start, rest.search(YAML_END))
}

function readQuoted(rest: string, start: number): LineValue | undefined {
  const quote = rest[0]
  if (quote !== '"' && quote !== "'") return undefined
  return cut(rest.slice(1), start + 1, rest.indexOf(quote, 1) - 1)
}

/** @param end negative: the value ends with the text */
function cut(rest: string, start: number, end: number): LineValue {
  return { text: (end < 0 ? rest : rest.slice(0, end)).trim(), start }
}

/** What stands behind `at`, as far as a pattern needs to look. */
export function after(line: string, at: number): string {
  return line.slice(at, at + REACH)
}

export function candidateAt(
  { number, isComment }: Line,
  { text, start }: LineValue,
  key: string,
  via: Via,
): Candidate {
  return { text: new Secret(text), line: number, column: start + 1, key, via, isComment }
}

/** The match of a sticky pattern right at an index. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}
