import { describe, expect, test } from '@jest/globals'
import { commentsOf, editYaml } from '../../src/yaml/edit.js'

const BLOCK = 'map:\n  new: |\n    line\n'

describe('editYaml', () => {
  test.each([
    ['a value and nothing else', 'a: 1\nb: 2\n', 'a: 9\n', 'a: 9\nb: 2\n'],
    ['the last value of a text without a final newline', 'b: 2\na: 1', 'a: 9\n', 'b: 2\na: 9'],
    ['a value with the comment behind it', 'a: 1 # why\nb: 2\n', 'a: 9\n', 'a: 9 # why\nb: 2\n'],
    [
      'a value between comments and blank lines',
      '# x\n\na: 1\n\n# y\nb: 2\n',
      'a: 9\n',
      '# x\n\na: 9\n\n# y\nb: 2\n',
    ],
    [
      'a quoted value that looks like a comment',
      'a: "1 # no"\nb: 2\n',
      'a: "9"\n',
      'a: "9"\nb: 2\n',
    ],
    ['a mapping by a value', 'a:\n  x: 1\n  y: 2\nb: 2\n', 'a: null\n', 'a: null\nb: 2\n'],
    ['a value by a mapping', 'a: null\nb: 2\n', 'a:\n  x: 1\n', 'a:\n  x: 1\nb: 2\n'],
    ['a block scalar', 'a: |\n  x\n  y\nb: 2\n', 'a: |\n  z\n', 'a: |\n  z\nb: 2\n'],
    ['a key without a value', 'a:\nb: 2\n', 'a: 9\n', 'a: 9\nb: 2\n'],
    ['a flow mapping', 'a: { x: 1 } # why\nb: 2\n', 'a: 9\n', 'a: 9 # why\nb: 2\n'],
    ['a tagged scalar', 'a: !vault |\n  x\nb: 2\n', 'a: 9\n', 'a: 9\nb: 2\n'],
    ['in a file with a byte order mark', '\ufeffa: 1\nb: 2\n', 'a: 9\n', '\ufeffa: 9\nb: 2\n'],
    [
      'in a file with Windows line ends',
      'a: 1\r\nb: 2\r\n',
      'a:\n  x: 1\n',
      'a:\r\n  x: 1\r\nb: 2\r\n',
    ],
    [
      'a key in a document with its start marked',
      '---\na: 1\nb: 2\n',
      'a: 9\n',
      '---\na: 9\nb: 2\n',
    ],
  ])('replaces %s', (_what, text, pair, expected) => {
    expect(editYaml(text, [{ key: 'a', pair }])).toBe(expected)
  })

  test.each([
    [
      'inside a mapping',
      'map: # of\n  # in\n  x: 1 # end\n# next\nb: 2\n',
      `# of\n# in\n# end\n${BLOCK}# next\nb: 2\n`,
    ],
    [
      'on the header of a block scalar',
      'map:\n  x: | # hdr\n    # text\nb: 2\n',
      `# hdr\n${BLOCK}b: 2\n`,
    ],
    ['behind a value that becomes a block', 'map: null # why\nb: 2\n', `# why\n${BLOCK}b: 2\n`],
    ['behind the last value of the text', 'map: null # why', `# why\n${BLOCK.slice(0, -1)}`],
  ])('moves a comment %s above the new value', (_what, text, expected) => {
    expect(editYaml(text, [{ key: 'map', pair: BLOCK }])).toBe(expected)
  })

  test.each([
    [
      'indented',
      'l:\n  # in\n  - a: 1\n  - b: 2\n',
      'l:\n  # in\n  - n: |\n      t\n  - a: 1\n  - b: 2\n',
    ],
    ['not indented', 'l:\n- a: 1 # one\n', 'l:\n- n: |\n    t\n- a: 1 # one\n'],
    ['with Windows line ends', 'l:\r\n - a\r\n', 'l:\r\n - n: |\r\n     t\r\n - a\r\n'],
  ])('puts items in front of a list that is %s', (_what, text, expected) => {
    expect(editYaml(text, [{ key: 'l', items: '- n: |\n    t\n' }])).toBe(expected)
  })

  test('makes several edits at once', () => {
    const edits = [
      { key: 'a', pair: 'a: 100\n' },
      { key: 'c', pair: 'c:\n  d: 1\n' },
      { key: 'l', items: '- 0\n' },
    ]
    expect(editYaml('l:\n  - 1\nc: 3\n# k\na: 1\n', edits)).toBe(
      'l:\n  - 0\n  - 1\nc:\n  d: 1\n# k\na: 100\n',
    )
  })

  test.each([
    ['a mapping on one line', '{ a: 1, b: 2 }\n'],
    ['a list', '- a\n'],
    ['no text', ''],
    ['a text without the key', 'b: 2\n'],
    ['invalid YAML', 'a: [\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['two documents', 'a: 1\n---\na: 1\n'],
    ['an alias', 'b: &x 1\na: *x\n'],
    ['an anchor before the key', '&x a: 1\n'],
    ['an indented document', '  a: 1\n  b: 2\n'],
    ['brackets without end', `a: ${'['.repeat(20_000)}`],
    ['a list in a list without end', `a:\n  ${'- '.repeat(20_000)}`],
    ['questions without end', `a:\n  ${'? '.repeat(20_000)}`],
  ])('leaves %s to its caller', (_what, text) => {
    expect(editYaml(text, [{ key: 'a', pair: 'a: 9\n' }])).toBeNull()
  })

  test.each([
    ['a flow list', 'a: [1]\n'],
    ['no list', 'a: 1\n'],
    ['an empty list', 'a: []\n'],
  ])('puts no items into %s', (_what, text) => {
    expect(editYaml(text, [{ key: 'a', items: '- 1\n' }])).toBeNull()
  })
})

test('commentsOf finds comments and nothing that only looks like one', () => {
  const text = '# a\nk: "# b" # c\nl: |\n  # d\nm: x#e\r\nn: [ 1, # f\r\n 2 ]\no: \'# g\'\n#\n# h'
  expect(commentsOf(text)).toEqual(['# a', '# c', '# f', '#', '# h'])
})
