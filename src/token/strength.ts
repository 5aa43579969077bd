// An estimate from what can be seen of a token. It cannot know how one was made: `Password1Password1` looks strong enough.
import { CLASSES } from './grammar.js'
import { isSampleToken } from './samples.js'

const SYMBOLS = 32

/** The classes of characters that a text has. */
export function classesOf(text: string): readonly string[] {
  const known = Object.entries(CLASSES)
    .filter(([, characters]) => [...text].some((character) => characters.includes(character)))
    .map(([name]) => name)
  return /[^A-Za-z0-9]/.test(text) ? [...known, 'symbol'] : known
}

/**
 * Bits of strength at most: length × log2 of the alphabet that the text seems to be drawn from, but never more than its
 * distinct characters allow; 0 for a well-known sample.
 */
export function estimateBits(text: string): number {
  if (text === '' || isSampleToken(text)) return 0
  const alphabet = /^[0-9a-f]+$/.test(text)
    ? 16
    : classesOf(text).reduce(
        (sum, name) =>
          sum + (name in CLASSES ? CLASSES[name as keyof typeof CLASSES].length : SYMBOLS),
        0,
      )
  const distinct = new Set(text).size
  const perCharacter = Math.min(Math.log2(alphabet), Math.log2(distinct) * 1.35)
  return Math.floor(text.length * perCharacter)
}
