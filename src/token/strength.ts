// An estimate from what can be seen of a token, on the low side, because fingerprints are shown on its word. It cannot know
// how a token was made: words and keyboard rows look stronger than they are.
import { CLASSES } from './grammar.js'
import { isSampleToken } from './samples.js'

/** 64 hex digits have each digit four times on average; a text that repeats more is not counted beyond that. */
const MEAN_REPEATS = 4

/** The classes of characters that a text has. */
export function classesOf(text: string): readonly string[] {
  const known = Object.entries(CLASSES)
    .filter(([, characters]) => [...text].some((character) => characters.includes(character)))
    .map(([name]) => name)
  return /[^A-Za-z0-9]/.test(text) ? [...known, 'symbol'] : known
}

/**
 * Bits of strength: length × log2 of the alphabet that the text seems to be drawn from. A text that repeats a shorter one
 * counts as that one, and none counts for more than four times its distinct characters; a well-known sample has 0.
 */
export function estimateBits(text: string): number {
  if (text === '' || isSampleToken(text)) return 0
  const length = Math.min(periodOf(text), MEAN_REPEATS * new Set(text).size)
  return Math.floor(length * Math.log2(alphabetSize(text)))
}

/**
 * The length of the shortest text that makes up the whole by being repeated: 2 of `abab`. By the border of each beginning,
 * as Knuth, Morris and Pratt found it, because searching for the text in its own double can take quadratic time.
 */
function periodOf(text: string): number {
  const borders = new Uint32Array(text.length)
  for (let end = 1, border = 0; end < text.length; end++) {
    while (border > 0 && text[end] !== text[border]) border = borders[border - 1]!
    if (text[end] === text[border]) border++
    borders[end] = border
  }
  const period = text.length - borders[text.length - 1]!
  return text.length % period === 0 ? period : text.length
}

/** Letters and digits count by whole classes; symbols only as seen, because few generators use all of them. */
export function alphabetSize(text: string): number {
  if (/^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text)) return /^[0-9]+$/.test(text) ? 10 : 16
  const classes = Object.values(CLASSES).filter((set) => [...text].some((one) => set.includes(one)))
  const symbols = new Set(text.replace(/[A-Za-z0-9]/g, '')).size
  return classes.reduce((sum, { length }) => sum + length, symbols)
}
