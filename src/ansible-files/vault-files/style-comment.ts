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

const MARK = ' # k3s-vars: '
/** Where the next comment begins. */
const NEXT = /[ \t]#/

/** The line that `value`, or the indicator of its block, ends on. */
export function codeLineOf(text: string, value: YamlValue, comments: readonly Comment[]): CodeLine {
  const { end } = value.core
  const newline = text.indexOf('\n', end)
  const lineEnd = newline < 0 ? text.length : newline
  const comment = comments.find(({ start }) => start >= end && start < lineEnd)
  const code = text.slice(end, comment?.start ?? lineEnd).trimEnd()
  const start = end + code.length
  const written = textOfComment(text.slice(start, lineEnd))
  const entries = written?.split(', ').map((entry) => (entry === '-' ? null : parseStyle(entry)))
  if (entries === undefined || entries.includes(undefined)) {
    return { comment: { start, end: start }, entries: undefined }
  }
  return {
    comment: { start, end: start + MARK.length + written!.length },
    entries: entries.map((entry) => entry ?? undefined),
  }
}

/** What a style comment says that the rest of a line begins with; undefined where there is none. */
function textOfComment(rest: string): string | undefined {
  if (!rest.startsWith(MARK)) return undefined
  const text = rest.slice(MARK.length)
  const next = text.search(NEXT)
  return (next < 0 ? text : text.slice(0, next)).trimEnd()
}

/** The comment for these entries; empty where none of them says anything. */
export function formatComment(entries: readonly (ScalarStyle | undefined)[]): string {
  if (entries.every((entry) => entry === undefined)) return ''
  const texts = entries.map((entry) => (entry === undefined ? '-' : formatStyle(entry)))
  return `${MARK}${texts.join(', ')}`
}
