import { describe, expect, test } from '@jest/globals'
import { createCipheriv, randomBytes } from 'node:crypto'
import { K3S_IO } from '../../src/role/k3s-io.js'
import { generateBootstrapToken } from '../../src/token/bootstrap.js'
import { formatToken } from '../../src/token/format.js'
import { draw, generateToken, symbolsFor } from '../../src/token/generate.js'
import type { RandomBytes, TokenRecipe } from '../../src/token/generate.js'
import { ALPHABETS } from '../../src/token/grammar.js'
import type { AlphabetName } from '../../src/token/grammar.js'
import { lintToken } from '../../src/token/lint.js'
import { parseToken } from '../../src/token/parse.js'

const SYMBOLS = symbolsFor(K3S_IO)
const NAMES = Object.keys(ALPHABETS) as AlphabetName[]
const LENGTHS = [16, 17, 23, 32, 43, 64, 100, 255]

function recipe(alphabet: AlphabetName, length: number): TokenRecipe {
  return alphabet === 'complex' ? { alphabet, length, symbols: SYMBOLS } : { alphabet, length }
}

/** Bytes of a counter: the same in every run, and each of the 256 equally often. */
function everyByte(rounds: number): Buffer {
  return Buffer.from(Array.from({ length: 256 * rounds }, (_, index) => index % 256))
}

/** Up to `total` bytes that look random and are the same in every run. */
function fixedSource(total: number): RandomBytes {
  const zero = Buffer.alloc(16)
  const bytes = createCipheriv('aes-128-ctr', zero, zero).update(Buffer.alloc(total))
  let at = 0
  return (size) => bytes.subarray(at, (at += size))
}

/** Pearson's statistic of the characters against all being equally likely. */
function chiSquare(text: string, alphabet: string): number {
  const expected = text.length / alphabet.length
  return [...alphabet]
    .map((one) => text.split(one).length - 1 - expected)
    .reduce((sum, off) => sum + off ** 2 / expected, 0)
}

/** Ten deviations above the mean: chance goes beyond it less than once in a hundred million runs, even for hex. */
function limit(alphabet: string): number {
  const freedom = alphabet.length - 1
  return freedom + 10 * Math.sqrt(2 * freedom)
}

/** A source that answers with the indexes that draw each text, one text after the other. */
function scripted(alphabet: string, first: string, texts: readonly string[]): RandomBytes {
  const bytes = texts.flatMap((text) => [
    first.indexOf(text[0]!),
    ...[...text.slice(1)].map((one) => alphabet.indexOf(one)),
  ])
  return (size) => Buffer.from(bytes.splice(0, size))
}

describe('drawing characters', () => {
  const COUNT = 100_000

  test.each(NAMES)('is even over the alphabet %s', (name) => {
    const alphabet = ALPHABETS[name]
    expect(chiSquare(draw(alphabet, COUNT, randomBytes), alphabet)).toBeLessThan(limit(alphabet))
  })

  test('the same check fails for bytes that are only taken modulo', () => {
    const alphabet = ALPHABETS.alphanumeric
    const biased = [...randomBytes(COUNT)].map((byte) => alphabet[byte % alphabet.length]).join('')
    expect(chiSquare(biased, alphabet)).toBeGreaterThan(limit(alphabet))
  })

  test('is even over bytes of a fixed sequence, where taking them modulo is not', () => {
    const alphabet = ALPHABETS.alphanumeric
    const drawn = draw(alphabet, COUNT, fixedSource(COUNT * 2))
    const biased = [...fixedSource(COUNT)(COUNT)].map((byte) => alphabet[byte % alphabet.length])
    expect(chiSquare(drawn, alphabet)).toBeLessThan(limit(alphabet))
    expect(chiSquare(biased.join(''), alphabet)).toBeGreaterThan(limit(alphabet))
  })

  test('uses each byte value of whole multiples equally often, and no other', () => {
    const text = draw(ALPHABETS.alphanumeric, 248, () => everyByte(1))
    expect(chiSquare(text, ALPHABETS.alphanumeric)).toBe(0)
  })
})

describe('a generated token', () => {
  const cases = NAMES.flatMap((alphabet) => LENGTHS.map((length) => ({ alphabet, length })))

  test.each(cases)('of $length from $alphabet has no error', ({ alphabet, length }) => {
    for (let count = 0; count < 50; count++) {
      const token = generateToken(recipe(alphabet, length), randomBytes)
      const text = token.reveal()
      expect(text).toHaveLength(length)
      expect(text).toMatch(/^[A-Za-z].*[A-Za-z0-9]$/)
      for (const kind of ['server', 'agent'] as const) {
        const errors = lintToken(token, { kind, role: K3S_IO })
        expect(errors.filter(({ severity }) => severity === 'error')).toEqual([])
      }
      expect(parseToken(text)).toMatchObject({ format: 'short', credentials: { user: '' } })
    }
  })

  test.each(['alphanumeric', 'hex', 'url-safe'] as const)('keeps to alphabet %s', (alphabet) => {
    const { length } = generateToken({ alphabet, length: 200 }, randomBytes)
      .reveal()
      .split('')
      .filter((one) => !ALPHABETS[alphabet].includes(one))
    expect(length).toBe(0)
  })

  test.each(LENGTHS)('that is complex has all four classes in %i characters', (length) => {
    const text = generateToken(recipe('complex', length), randomBytes).reveal()
    for (const pattern of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/]) expect(text).toMatch(pattern)
    expect([...text.replace(/[A-Za-z0-9]/g, '')].every((one) => SYMBOLS.includes(one))).toBe(true)
  })

  test('that is complex has - or _ where no symbols are named', () => {
    const text = generateToken({ alphabet: 'complex', length: 64 }, randomBytes).reveal()
    expect(text).toMatch(/^[A-Za-z0-9_-]+$/)
    expect(text).toMatch(/[_-]/)
  })

  test.each(cases.filter(({ alphabet, length }) => alphabet !== 'hex' || length >= 20))(
    'of $length from $alphabet has no finding at all',
    ({ alphabet, length }) => {
      // Not random: one in a million tokens of 16 letters and digits is all lower case, and is rightly called weak.
      const source = fixedSource(length * 400)
      for (let count = 0; count < 50; count++) {
        const token = generateToken(recipe(alphabet, length), source)
        expect(lintToken(token, { kind: 'server', role: K3S_IO })).toEqual([])
      }
    },
  )

  test('of 16 hex digits is called weak, for it has 64 bits', () => {
    const token = generateToken(recipe('hex', 16), randomBytes)
    expect(lintToken(token, { kind: 'server', role: K3S_IO })[0]).toMatchObject({ rule: 'weak' })
  })

  test.each([15, 1, 0, -1, 16.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'of %i characters is refused',
    (length) => {
      expect(() => generateToken({ alphabet: 'alphanumeric', length }, randomBytes)).toThrow(
        expect.objectContaining({ code: 'K3SV_USAGE' }),
      )
    },
  )

  test('that is complex is refused where no symbol is allowed', () => {
    const none = { alphabet: 'complex', length: 43, symbols: '' } as const
    expect(() => generateToken(none, randomBytes)).toThrow(
      expect.objectContaining({ code: 'K3SV_USAGE' }),
    )
  })
})

describe('what K3s or YAML would misread is drawn anew', () => {
  const LETTERS = ALPHABETS.alphanumeric.slice(0, 52)

  test.each([
    ['begins with K10', 'alphanumeric', 'K10abcdefghijklm', 'Kx0abcdefghijklm'],
    ['ends with a symbol', 'url-safe', 'abcdefghijklmno-', 'abcdefghijklmn-o'],
  ] as const)('when it %s', (_, alphabet, bad, good) => {
    const source = scripted(ALPHABETS[alphabet], LETTERS, [bad, good])
    expect(generateToken({ alphabet, length: 16 }, source).reveal()).toBe(good)
  })

  test('when it lacks a class', () => {
    const source = scripted(`${ALPHABETS.complex}-`, LETTERS, [
      'abcdefghijklmn-0',
      'Abcdefghijkl-m0n',
    ])
    const complex = { alphabet: 'complex', symbols: '-', length: 16 } as const
    expect(generateToken(complex, source).reveal()).toBe('Abcdefghijkl-m0n')
  })

  test('and hex begins with a letter even where every byte asks for a digit', () => {
    const text = generateToken({ alphabet: 'hex', length: 16 }, (size) =>
      Buffer.alloc(size),
    ).reveal()
    expect(text).toBe(`a${'0'.repeat(15)}`)
  })

  test('the symbols of k3s-io are those that its files and Jinja leave alone', () => {
    expect(SYMBOLS).toBe('-_.+=@^/,')
  })
})

test('a bootstrap token has the shape that K3s reads as one', () => {
  const token = generateBootstrapToken(randomBytes)
  expect(parseToken(formatToken(token).reveal())).toMatchObject({
    format: 'short',
    credentials: { type: 'bootstrap' },
  })
})
