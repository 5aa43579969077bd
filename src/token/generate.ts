import { Secret } from '../secret.js'
import { UsageError } from '../errors.js'
import type { RoleProfile } from '../role/profile.js'
import { ALPHABETS, BOOTSTRAP_PATTERN, CLASSES, SECURE_PREFIX, SHORTEST } from './grammar.js'
import type { AlphabetName } from './grammar.js'
import { carries } from './encodings.js'
import { readsAsOtherType } from '../yaml-types.js'

export type RandomBytes = (size: number) => Buffer

export interface TokenRecipe {
  /** Characters; 16 or more. */
  readonly length: number
  readonly alphabet: AlphabetName
  /** The symbols of alphabet `complex`, see {@link symbolsFor}; `-` and `_` if absent. */
  readonly symbols?: string
}

/** Symbols that a password policy may ask for and that Jinja, globs, history and unit specifiers have no use for. */
const CANDIDATE_SYMBOLS = '-_.+=@^/,;&|<>()\'"`\\'

/** The symbols that reach every node unharmed with this role; empty where none does. */
export function symbolsFor({ destinations }: RoleProfile): string {
  return [...CANDIDATE_SYMBOLS]
    .filter((symbol) => destinations.every(({ encoding }) => carries(encoding, `a${symbol}b`)))
    .join('')
}

/**
 * A new token: begins with a letter, every other character drawn without bias; never one that K3s or a YAML reader would
 * take for something else. 43 alphanumeric characters have 256 bits.
 * @throws UsageError for a length that is no whole number of 16 or more, and for `complex` without symbols
 */
export function generateToken(recipe: TokenRecipe, randomBytes: RandomBytes): Secret {
  const { length, alphabet } = recipe
  if (!Number.isSafeInteger(length) || length < SHORTEST) {
    throw new UsageError('K3SV_USAGE', `a token needs ${SHORTEST} characters or more`, {
      hint: 'leave the length out for 43 characters, which are 256 bits',
    })
  }
  const symbols = alphabet === 'complex' ? (recipe.symbols ?? '-_') : ''
  if (alphabet === 'complex' && symbols === '') {
    throw new UsageError('K3SV_USAGE', 'a complex token needs symbols, and none is allowed', {
      hint: 'take another alphabet, or allow a symbol',
    })
  }
  const characters = ALPHABETS[alphabet] + symbols
  const letters = [...ALPHABETS[alphabet]].filter((one) => /[A-Za-z]/.test(one)).join('')
  for (;;) {
    const text = draw(letters, 1, randomBytes) + draw(characters, length - 1, randomBytes)
    // A whole new one instead of a mended one keeps every allowed token equally likely.
    if (!isMisread(text) && (symbols === '' || isComplex(text, symbols))) return new Secret(text)
  }
}

/** `count` characters, each equally likely: bytes beyond the last whole multiple of the alphabet's size are thrown away. */
export function draw(characters: string, count: number, randomBytes: RandomBytes): string {
  const limit = 256 - (256 % characters.length)
  let text = ''
  while (text.length < count) {
    for (const byte of randomBytes(count - text.length)) {
      if (byte < limit) text += characters[byte % characters.length]
    }
  }
  return text
}

function isMisread(text: string): boolean {
  const isEdgeSymbol = /[^A-Za-z0-9]$/.test(text)
  return (
    text.startsWith(SECURE_PREFIX) ||
    BOOTSTRAP_PATTERN.test(text) ||
    readsAsOtherType(text) ||
    isEdgeSymbol
  )
}

function isComplex(text: string, symbols: string): boolean {
  return [...Object.values(CLASSES), symbols].every((set) =>
    [...text].some((one) => set.includes(one)),
  )
}
