import { expect, test } from '@jest/globals'
import { wrap } from '../../src/cli/wrap.js'

test.each<[string, string, string, number, readonly string[]]>([
  ['a text that fits', 'one two', '', 7, ['one two']],
  ['one that does not', 'one two', '', 6, ['one', 'two']],
  ['lines below a head', 'one two three', '1. ', 10, ['1. one two', '   three']],
  ['a word that is longer than a line', 'a abcdefgh b', '', 4, ['a', 'abcdefgh', 'b']],
  ['nothing', '', '- ', 4, ['- ']],
])('%s', (_title, text, head, width, expected) => {
  expect(wrap(text, head, width)).toEqual(expected)
})
