// Replaces values in YAML text and leaves every other byte as it was.
import { nextLine } from '../../yaml/tree.js'
import type { Span } from '../../yaml/tree.js'
import type { YamlValue } from '../vars-file/yaml-values.js'
import type { Rendered } from './scalar-style.js'

/** A value and what takes its place; the lines of a block are indented from the column of its key. */
export interface ValueEdit {
  readonly value: YamlValue
  readonly rendered: Rendered
}

/** A stretch of the text and what takes its place. */
export interface Splice extends Span {
  readonly text: string
}

/** `text` with the splices made; they must not overlap. Of several insertions at one place the first one given comes first. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const sorted = [...splices].sort((a, b) => a.start - b.start || a.end - b.end)
  const parts: string[] = []
  let at = 0
  for (const { start, end, text: inner } of sorted) {
    parts.push(text.slice(at, start), inner)
    at = end
  }
  return parts.join('') + text.slice(at)
}

/** The splices that put `rendered` in the place of a value. */
export function replaceValue(text: string, { value, rendered }: ValueEdit): readonly Splice[] {
  const { tagSpan, core } = value
  const tag = rendered.tag === '' ? '' : `${rendered.tag} `
  const splices: Splice[] = [
    { ...core, text: (tagSpan === undefined ? tag : '') + rendered.core },
    ...bodySplices(text, value, rendered.body),
  ]
  if (tagSpan === undefined) return splices
  const space = /^[ \t\r\n]*/.exec(text.slice(tagSpan.end))![0]
  const end = tag === '' ? tagSpan.end + space.length : tagSpan.end
  return [{ start: tagSpan.start, end, text: rendered.tag }, ...splices]
}

function bodySplices(
  text: string,
  value: YamlValue,
  lines: readonly string[] | undefined,
): readonly Splice[] {
  const newline = newlineAt(text, value.core.end)
  const start = value.body?.start ?? nextLine(text, value.core.end)
  const end = value.body?.end ?? start
  const pad = ' '.repeat(Math.max(value.indent, 0))
  const block = (lines ?? []).map((line) => (line === '' ? '' : pad + line)).join(newline)
  // Where the text ends without a newline, it does so afterwards.
  const isOpen = text[end - 1] !== '\n' && end === text.length
  if (!isOpen)
    return start === end && lines === undefined
      ? []
      : [{ start, end, text: block + (lines ? newline : '') }]
  if (lines !== undefined) {
    return [{ start, end, text: (value.body === undefined ? newline : '') + block }]
  }
  const before = /\r?\n$/.exec(text.slice(0, start))?.[0].length ?? 0
  return value.body === undefined ? [] : [{ start: start - before, end, text: '' }]
}

/** The line end of the line that `offset` is on; of the first line where that one has none. */
function newlineAt(text: string, offset: number): string {
  const end = [text.indexOf('\n', offset), text.indexOf('\n')].find((index) => index >= 0)
  return end !== undefined && text[end - 1] === '\r' ? '\r\n' : '\n'
}
