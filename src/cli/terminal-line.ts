// A long sentence on a terminal: a terminal itself breaks it within a word. Elsewhere a line stays a line, for grep and for programs.
import type { Output } from './io.js'

/** What a sentence begins with; a row of a table has none of them, and keeps its columns. */
const SENTENCE = /^(?:error|warning|note|k3s_vars|hint|next| {2}hint): |^ *\d+\. /

/** What is copied as a whole stays whole: a command in backquotes. */
const WORDS = /(?:[^\s`]|`[^`]*`)+/g

const INDENT = '    '

/**
 * The line, broken at blanks where it is wider than the terminal that it is written to; what follows is indented.
 * @param line printable text without colours
 */
export function fitTerminal(line: string, { isTTY, columns }: Output): string {
  if (isTTY !== true || !columns || line.length <= columns || !SENTENCE.test(line)) return line
  const [head = ''] = /^ */.exec(line)!
  const lines: string[] = []
  for (const word of line.match(WORDS) ?? []) {
    const last = lines.at(-1)
    if (last === undefined) lines.push(head + word)
    else if (last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(INDENT + word)
  }
  return lines.join('\n')
}
