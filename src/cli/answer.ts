// What goes to standard output: the answer, as text for people or as one JSON document.
import type { Call } from './command.js'

/** Writes the answer in the form that was asked for; with `--quiet`, text for people is left out. */
export function answer({ input, io }: Call, document: unknown, lines: readonly string[]): void {
  if (input.has('json')) io.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
  else if (!input.has('quiet') && lines.length > 0) io.stdout.write(`${lines.join('\n')}\n`)
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
