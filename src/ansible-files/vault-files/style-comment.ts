// The comment that keeps the style of the vaulted values on a line: ` # k3s-vars: "..."`, right behind the code and in front
// of whatever comment is there. It has one entry for each vaulted value of the line; `-` is one that needs none.
import type { YamlValue } from '../vars-file/yaml-values.js'
import type { Comment, Span } from '../../yaml/tree.js'
import { formatStyle, parseStyle } from './scalar-style.js'
import type { ScalarStyle } from './scalar-style.js'

/** One line of code that vaulted values end on. */
export interface CodeLine {
  /** Where its style comment stands, or would stand. */
  readonly comment: Span
  /** Entries of the comment that is there; undefined without one. */
  readonly entries: readonly (ScalarStyle | undefined)[] | undefined
}

const PATTERN = /^ # k3s-vars: ([^\r\n]+?)(?=[ \t]+#|[ \t]*\r?(?:\n|$))/

/** The line that `value`, or the indicator of its block, ends on. */
export function codeLineOf(text: string, value: YamlValue, comments: readonly Comment[]): CodeLine {
  const { end } = value.core
  const newline = text.indexOf('\n', end)
  const lineEnd = newline < 0 ? text.length : newline
  const comment = comments.find(({ start }) => start >= end && start < lineEnd)
  const code = text.slice(end, comment?.start ?? lineEnd).trimEnd()
  const start = end + code.length
  const found = PATTERN.exec(text.slice(start, lineEnd))
  const entries = found?.[1]?.split(', ').map((entry) => (entry === '-' ? null : parseStyle(entry)))
  if (entries === undefined || entries.includes(undefined)) {
    return { comment: { start, end: start }, entries: undefined }
  }
  return {
    comment: { start, end: start + found![0].length },
    entries: entries.map((entry) => entry ?? undefined),
  }
}

/** The comment for these entries; empty where none of them says anything. */
export function formatComment(entries: readonly (ScalarStyle | undefined)[]): string {
  if (entries.every((entry) => entry === undefined)) return ''
  const texts = entries.map((entry) => (entry === undefined ? '-' : formatStyle(entry)))
  return ` # k3s-vars: ${texts.join(', ')}`
}
