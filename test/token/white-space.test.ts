import { describe, expect, test } from '@jest/globals'
import { trimAsK3s } from '../../src/token/white-space.js'

describe('white space around a token in a file', () => {
  test.each(['\t', '\n', '\v', '\f', '\r', ' ', '\u0085', '\u00a0', '\u2028', '\u3000'])(
    'is cut off: %j',
    (space) => expect(trimAsK3s(`${space}${space}a${space}b${space}`)).toBe(`a${space}b`),
  )

  test.each(['\ufeff', '\u200b', '\u180e', '\u0000', '\u001c'])(
    'is not what K3s leaves: %j',
    (one) => expect(trimAsK3s(`${one}a${one}`)).toBe(`${one}a${one}`),
  )

  test.each([
    ['', ''],
    [' \n', ''],
    ['a', 'a'],
  ])('of %j leaves %j', (text, expected) => expect(trimAsK3s(text)).toBe(expected))
})
