import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { readYaml, YamlSyntaxError } from '../../src/yaml/read.js'
import type { Path } from '../../src/yaml/read.js'

describe('placeOf', () => {
  const rows: readonly (readonly [
    string,
    string,
    Path,
    readonly [line: number, column: number],
  ])[] = [
    ['a key below a key', 'a: 1\nb:\n  c: 2\n', ['b', 'c'], [3, 3]],
    ['a key behind a key without a value', 'a:\nb: 1\n', ['b'], [2, 1]],
    ['a quoted key', '"q k": 1\n\'r\': 2', ['r'], [2, 1]],
    ['a key after a block of text', 'a: |\n  x: 1\n\n  y\n# c\nb: 2', ['b'], [6, 1]],
    ['a key after a quoted text of two lines', 'a:\n  c: "x\n   y"\n  d: 1', ['a', 'd'], [4, 3]],
    ['a key after comments', '---\n# c\n\na:\n\n  # d\n  b: {}\n', ['a', 'b'], [7, 3]],
    ['a key of an anchored mapping', 'a: &m\n  b: 1\n  c: 2', ['a', 'c'], [3, 3]],
    ['a key beside a merge key', 'x: &x {p: 1}\ny:\n  <<: *x\n  q: 2', ['y', 'q'], [4, 3]],
    ['a key after sealed text', 'a: !vault |\n  x\nb: 1', ['b'], [3, 1]],
    ['a key of a flow mapping', 'a: {"b":1,"c":2}', ['a', 'c'], [1, 11]],
    ['a key of a flow mapping at the top', '{a: {x: 1}, b: {c: 1}}', ['b', 'c'], [1, 17]],
    ['a key behind one without a colon', '{a, b: {c: 1}}', ['b', 'c'], [1, 9]],
    ['a key behind one without a value', '{a: , b: 1}', ['b'], [1, 7]],
    ['a key of a flow mapping on its own line', 'a:\n  {b: 1, c: 2}', ['a', 'c'], [2, 10]],
    ['a key of an anchored flow mapping', 'a:\n  &m {b: 1, c: 2}', ['a', 'c'], [2, 13]],
    ['an item', 'l:\n-   x\n-\n  y\n', ['l', 1], [4, 3]],
    ['a key of an item', 'l:\n  - x\n  - y: 1\n    z: 2\n', ['l', '1', 'z'], [4, 5]],
    ['an item of an item', '- x\n-\n  - z\n', [1, 0], [3, 5]],
    ['an item of a flow list', 'l: [\n  x,\n  y ]', ['l', 1], [3, 3]],
    ['a number as a key', '1: a\n0x10: b', ['16'], [2, 1]],
    ['the whole', '# c\na: 1', [], [2, 1]],
  ]
  test.each(rows)('finds %s', (_, text, path, [line, column]) => {
    expect(readYaml(text).placeOf(path)).toEqual({ line, column })
  })

  test.each<readonly [string, string, Path]>([
    ['a key that is not there', 'a: 1', ['b']],
    ['a key behind a merge key', 'x: &x {p: 1}\ny: { <<: *x, q: 1 }', ['y', 'p']],
    ['a key behind an alias', 'x: &x {p: 1}\ny: *x', ['y', 'p']],
    ['a key of a text', 'a: b', ['a', 'b']],
    ['a key beside a value with a toString', '{a: {toString: 1}, b: 1}', ['c']],
  ])('has no place for %s', (_, text, path) => {
    expect(readYaml(text).placeOf(path)).toBeUndefined()
  })
})

describe('readYaml', () => {
  test.each([
    ['an integer that JavaScript cannot hold', '9007199254740993', '9007199254740993'],
    ['the largest that it can', '9007199254740991', 9007199254740991],
    ['digits that are none', '0x_', '0x_'],
    ['octal as in modes', '0644', 420],
    ['a time as sexagesimal', '1:30', 90],
    ['sealed text without text', '!vault', { __ansible_vault: '' }],
    ['a date as its text', '2024-01-02', '2024-01-02'],
  ])('reads %s', (_, text, value) => {
    expect(readYaml(text).value).toEqual(value)
  })

  const reversed = (length: number, left: string, right: string) =>
    Array.from({ length }, (_, index) => {
      const value = index === 0 ? 'x' : `*a${index - 1}`
      // Keys that are whole numbers come first in JavaScript, in their order: the deepest of these is met first.
      return `${length - index}: &a${index} ${left}${value}${right}`
    }).join('\n')

  test.each([
    ['brackets', '['.repeat(200), 'nested too deeply'],
    ['aliases of aliases', reversed(30_000, '[', ']'), 'nested too deeply'],
    ['aliases in brackets', reversed(10, '['.repeat(20), ']'.repeat(20)), 'nested too deeply'],
    [
      'merge keys that multiply',
      `a0: &a0 { k0: 1 }\n${Array.from({ length: 1500 }, (_, n) => `a${n + 1}: &a${n + 1} { <<: *a${n}, k${n + 1}: 1 }`).join('\n')}`,
      'merge keys bring in too many values',
    ],
  ])('refuses nesting by %s', (_, text, reason) => {
    expect(() => readYaml(text)).toThrow(expect.objectContaining({ reason }))
  })

  test('reads five thousand clusters that merge in what they share', () => {
    const text = `x: &x { a: 1, b: 2, c: 3 }\n${Array.from({ length: 5000 }, (_, n) => `c${n}: { <<: *x }\n`).join('')}`
    expect(readYaml(text).value).toMatchObject({ c4999: { a: 1, b: 2, c: 3 } })
  })

  test('quotes nothing of the input in any error', () => {
    const mark = 'zqzq'
    const around = fc.array(fc.constantFrom(...'{}[]:,!&*|>%@"\'\\- \n\t#?<ax~'.split('')), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(around, around, (before, after) => {
        const text = [...before, mark, ...after].join('')
        try {
          readYaml(text)
        } catch (error) {
          expect(error).toBeInstanceOf(YamlSyntaxError)
          expect((error as YamlSyntaxError).reason).not.toMatch(/zqzq|[^a-z ,;()-]/)
          expect((error as YamlSyntaxError).line).toBeLessThanOrEqual(text.split('\n').length + 1)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
