// What goes to standard output: the answer, as text for people or as one JSON document. Nothing that a name in it could hold
// forges a line or steers the terminal.
import { styleText } from 'node:util'
import { printable, printableJson, printableLine } from '../printable.js'
import type { Call } from './command.js'
import type { Output } from './io.js'
import { byMeaning } from './line.js'
import type { Line, Styled } from './line.js'
import { hasColours } from './report.js'
import { schemaId } from './schema-id.js'
import { fitTerminal } from './terminal-line.js'

export type { Line, Style } from './line.js'

/**
 * Writes the answer in the form that was asked for; with `--quiet`, text for people is left out.
 * @param form what tells this form of the command's answer from its usual one
 */
export function answer(call: Call, document: object, lines: readonly Line[], form?: string): void {
  const { input, io } = call
  if (input.has('json')) answerJson(call, document, form)
  else if (!input.has('quiet') && lines.length > 0) io.stdout.write(renderLines(call, lines))
}

/** Lines for people as standard output takes them, with colours where it shows any. */
export function renderLines({ io }: Call, lines: readonly Line[]): string {
  const isColoured = hasColours(io.stdout, io.environment)
  return lines.map((line) => `${render(line, isColoured, io.stdout)}\n`).join('')
}

/** The answer as JSON, which names its published form first; secrets are in it only where they were asked for. */
export function answerJson({ name, io }: Call, document: object, form?: string): void {
  const schema = schemaId(form === undefined ? name : `${name}-${form}`)
  io.stdout.write(`${printableJson({ schema, ...document }, 2)}\n`)
}

function render(given: Line, isColoured: boolean, stream: Output): string {
  const line = typeof given === 'string' && isColoured ? byMeaning(given) : given
  if (typeof line === 'string') return fitTerminal(printableLine(line), stream)
  const plain = printableLine(line.map((part) => textOf(part)).join(''))
  const fitted = fitTerminal(plain, stream)
  if (!isColoured) return fitted
  // A sentence has its colour at its beginning, and is broken behind that.
  const [first] = line
  if (fitted !== plain && typeof first === 'object' && fitted.startsWith(first.text)) {
    const { style, text } = first
    return styleText(style, text, { validateStream: false }) + fitted.slice(text.length)
  }
  const shown = line.map((part) => {
    const text = printable(textOf(part))
    return typeof part === 'string' ? text : styleText(part.style, text, { validateStream: false })
  })
  return (
    (plain.startsWith('./') && !textOf(line[0] ?? '').startsWith('./') ? './' : '') + shown.join('')
  )
}

function textOf(part: string | Styled): string {
  return typeof part === 'string' ? part : part.text
}

/** Rows in columns, the first row as head; without trailing blanks. */
export function formatTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]!.length)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
}

/** Names with their values, the values in one column. */
export function formatFields(fields: readonly (readonly [string, string])[]): string[] {
  return formatTable(fields.map(([name, value]) => [`${name}:`, value]))
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const

/** How long ago an RFC 3339 date was, in its largest unit: `12d`; `0m` for less than a minute. */
export function formatAge(created: string, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(created)) / 1000)
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? ['m', 60]
  return `${Math.floor(seconds / size)}${unit}`
}
