// A line for people, and what colours in it mean.

export type Style = 'bold' | 'red' | 'yellow' | 'cyan' | 'green'

/** A part of a line that has a style on a terminal. */
export interface Styled {
  readonly style: Style
  readonly text: string
}

/** A line for people, whole or in parts. */
export type Line = string | readonly (string | Styled)[]

/** What the first word of a line means, and its colour. Each has a mark or a word, so nobody needs the colour. */
const MEANINGS: Readonly<Record<string, Style>> = {
  'error:': 'red',
  'warning:': 'yellow',
  'note:': 'cyan',
  '× wrong': 'red',
  '? unknown': 'yellow',
  '√ sound': 'green',
  'STATE ': 'bold',
  '  hint:': 'cyan',
}

/** A line of text in its parts, the first of which has the colour of what it means. */
export function byMeaning(line: string): Line {
  const word = Object.keys(MEANINGS).find((one) => line.startsWith(one))
  if (word === undefined) return line
  const style = MEANINGS[word]!
  // A head is bold as a whole.
  const end = style === 'bold' ? line.length : word.length
  return [{ style, text: line.slice(0, end) }, line.slice(end)]
}
