import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { Secret } from '../../src/secret.js'
import { fingerprintOf, keyName } from '../../src/token/fingerprint.js'
import { draw, generateToken } from '../../src/token/generate.js'
import { ALPHABETS } from '../../src/token/grammar.js'
import { classesOf, estimateBits } from '../../src/token/strength.js'

const GOOD = 'vQ3xT7mZp9Lk2Ws8Rb5Ny4Hd6Jc1Gf0aUeXiOoEtBqA'

describe('the fingerprint', () => {
  test.each([GOOD, `${GOOD}\u00e9`, '8f3a0c6d2b917e45a1c8d07f6e3b5294'])(
    'of %s is the beginning of its SHA-256',
    (text) => {
      const digest = createHash('sha256').update(text, 'utf8').digest('hex')
      expect(fingerprintOf(new Secret(text), 'brought')).toBe(digest.slice(0, 12))
      expect(keyName(new Secret(text))).toBe(digest.slice(0, 12))
    },
  )

  test.each([
    ['', 'nothing'],
    ['a'.repeat(64), 'one character'],
    [`${'a'.repeat(100)}b`, 'two characters'],
    ['ab'.repeat(64), 'a short text repeated'],
    ['hunter2'.repeat(9), 'a word repeated'],
    ['0123456789abcdef'.repeat(4), 'the digits repeated'],
    ['changeme!'.repeat(8), 'a sample'],
    ['defaultSecret12345', 'a sample'],
    [GOOD.slice(0, 16), 'too short'],
    ['73920518462039175846120937581640', '32 decimal digits are 106 bits'],
    ['8F3A0C6D2B917E45A1C8D07F6', '25 hex digits are 100 bits, in upper case, too'],
  ])('of %j is withheld: %s', (text) => {
    expect(fingerprintOf(new Secret(text), 'brought')).toBeNull()
    expect(fingerprintOf(new Secret(text), 'drawn')).toBeNull()
  })

  test('of what a person made up is withheld, unless it is known to be drawn', () => {
    const made = new Secret('MyClusterTokenForProduction2024x')
    expect(fingerprintOf(made, 'brought')).toBeNull()
    expect(fingerprintOf(made, 'drawn')).toBe(keyName(made))
  })

  test('is shown for each minted token of 43 characters', () => {
    for (const alphabet of ['alphanumeric', 'hex', 'url-safe'] as const) {
      const token = generateToken({ alphabet, length: 43 }, randomBytes)
      expect(fingerprintOf(token, 'drawn')).toMatch(/^[0-9a-f]{12}$/)
    }
  })
})

describe('strength', () => {
  test.each([
    ['', [], 0],
    ['abcdefghijklmnop', ['lower'], 75],
    ['ABCDEFGHIJKLMNOP', ['upper'], 75],
    ['9081726354918273', ['digit'], 53],
    ['0123456789abcdef', ['lower', 'digit'], 64],
    ['0123456789ABCDEF', ['upper', 'digit'], 64],
    ['abc-def_ghi-jkl_', ['lower', 'symbol'], 76],
    ['xyxy', ['lower'], 9],
    ['ab', ['lower'], 8],
    ['aaab', ['lower'], 16],
    ['xyxyx', ['lower'], 23],
    ['xxyxxyxxy', ['lower'], 14],
    ['MySuperSecureToken', ['lower', 'upper'], 0],
    ['my-shared-secret', ['lower', 'symbol'], 0],
    ['\u00e9-\u00e9', ['symbol'], 3],
  ])('of %j', (text, classes, bits) => {
    expect(classesOf(text)).toEqual(classes)
    expect(estimateBits(text)).toBe(bits)
  })

  test.each(['alphanumeric', 'hex', 'url-safe'] as const)(
    'of random %s is never above what it was drawn with',
    (alphabet) => {
      const perCharacter = Math.log2(ALPHABETS[alphabet].length)
      for (let length = 16; length <= 128; length++) {
        const bits = estimateBits(draw(ALPHABETS[alphabet], length, randomBytes))
        expect(bits).toBeLessThanOrEqual(length * perCharacter)
      }
    },
  )

  test('of 43 letters and digits is 256', () => expect(estimateBits(GOOD)).toBe(256))
})
