// The words of a line as Python's shlex.split() finds them.

export interface Word {
  /** Without its quotes and escapes. */
  readonly text: string
  /** Offsets in the line, quotes included. */
  readonly start: number
  readonly end: number
  /** Whether the word has no escape and no quote but one pair around everything behind its `=`. */
  readonly isClear: boolean
}

const WHITE = ' \t\r\n'

/**
 * The words of a line; undefined where a quote is not closed.
 * @param comments whether a # begins a comment, as it then does even within a word
 */
export function splitWords(
  line: string,
  comments: 'comments' | 'no comments',
): readonly Word[] | undefined {
  const words: Word[] = []
  const ends = comments === 'comments' ? `${WHITE}#` : WHITE
  for (let at = 0; at < line.length;) {
    if (line[at] === '#' && comments === 'comments') return words
    if (WHITE.includes(line[at]!)) {
      at++
      continue
    }
    const word = readWord(line, at, ends)
    if (word === undefined) return undefined
    words.push(word)
    at = word.end
  }
  return words
}

function readWord(line: string, start: number, ends: string): Word | undefined {
  let text = ''
  let at = start
  for (; at < line.length && !ends.includes(line[at]!); at++) {
    const character = line[at]!
    if (character === '\\') {
      if (at + 1 === line.length) return undefined
      text += line[++at]!
    } else if (character === "'" || character === '"') {
      const quoted = readQuoted(line, at)
      if (quoted === undefined) return undefined
      text += quoted.text
      at = quoted.end
    } else text += character
  }
  const isClear = /^[^'"\\]*(?:=(?:'[^'\\]*'|"[^"\\]*"))?$/.test(line.slice(start, at))
  return { text, start, end: at, isClear }
}

/** @returns the text between the quotes, and where the closing one stands */
function readQuoted(
  line: string,
  open: number,
): { readonly text: string; readonly end: number } | undefined {
  const quote = line[open]!
  let text = ''
  for (let at = open + 1; at < line.length; at++) {
    const character = line[at]!
    if (character === quote) return { text, end: at }
    // Within double quotes a backslash escapes itself and the quote alone; it stays before all else.
    if (quote === '"' && character === '\\' && '"\\'.includes(line[at + 1] ?? ' ')) {
      text += line[++at]!
    } else text += character
  }
  return undefined
}
