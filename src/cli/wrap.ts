// Text within the width of a terminal, broken between words.

/** What terminals have at least. */
export const COLUMNS = 80

/**
 * The lines of a text, each at most `width` characters long; a word that is longer has a line for itself.
 * @param head what stands before the first line; below it, the others are indented as far
 */
export function wrap(text: string, head = '', width = COLUMNS): readonly string[] {
  const indent = ' '.repeat(head.length)
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && head.length + last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`
    } else lines.push(word)
  }
  return lines.map((line, index) => (index === 0 ? head : indent) + line)
}
