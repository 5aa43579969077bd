// The one place where text is made fit for a terminal and a log. Names of files and keys come from trees that others made: a
// line end in one forges a second line, an escape steers the terminal, a bidirectional control shows another name than there
// is, and a line that begins with `::` or `##[` is a command to the runners of GitHub and Azure.

const RUNNER_COMMAND = /^(?=\s*(?:::|##))/

/** Text within one line: what steers is shown as an escape, `\x1b` or `\u202e`. */
export function printable(text: string): string {
  // Controls, formats (bidirectional ones and invisible characters among them), Unicode's own line ends, half a pair. Written
  // where it is used: V8 looks all of Unicode through for it, and a start that has nothing to tell need not pay for that.
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escapeOf)
}

/** A whole line of an answer: as {@link printable}, and no command to a runner. */
export function printableLine(text: string): string {
  return printable(text).replace(RUNNER_COMMAND, './')
}

/** JSON of a document: the very same values, and nothing in it that steers. */
export function printableJson(document: unknown, indent = 0): string {
  // As above, but for the line ends of JSON's own lines.
  return JSON.stringify(document, null, indent).replace(
    /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    escapeUnits,
  )
}

function escapeUnits(character: string): string {
  return Array.from(
    character.length === 1 ? character : [character[0]!, character[1]!],
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ).join('')
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0)!
  // A byte of a name that is no text, as path-bytes.ts keeps it.
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`
}
