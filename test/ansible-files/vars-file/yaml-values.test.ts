import { describe, expect, test } from '@jest/globals'
import { readYamlValues } from '../../../src/ansible-files/vars-file/yaml-values.js'
import type { YamlValue } from '../../../src/ansible-files/vars-file/yaml-values.js'
import { YamlSyntaxError } from '../../../src/yaml/read.js'

const only = (text: string): YamlValue => {
  const values = readYamlValues(text)
  expect(values).toHaveLength(1)
  return values[0]!
}
const headOf = (text: string): string => {
  const { span, core } = only(text)
  return text.slice(span.start, core.end)
}
const bodyOf = (text: string): string | undefined => {
  const { body } = only(text)
  return body && text.slice(body.start, body.end)
}

describe('readYamlValues', () => {
  test.each<readonly [string, string, YamlValue['path'], string, string]>([
    ['a bare word', 'a: b c # d\n', ['a'], 'b c', 'string'],
    ['a number', 'a: 0644\n', ['a'], '0644', 'number'],
    ['a quoted number', 'a: "0644"\n', ['a'], '0644', 'string'],
    ['a tagged number', 'a: !!str 0644\n', ['a'], '0644', 'string'],
    ['a word that is a boolean', 'a: yes\n', ['a'], 'yes', 'boolean'],
    ['a date', 'a: 2024-01-02\n', ['a'], '2024-01-02', 'date'],
    ['nothing', 'a:\n', ['a'], '', 'null'],
    [
      'an unsafe value',
      'a: !unsafe {{ b }}x\n'.replace('{{ b }}x', '"{{ b }}"'),
      ['a'],
      '{{ b }}',
      'string',
    ],
    ['a nested value', 'a:\n  b:\n  - c: x\n', ['a', 'b', 0, 'c'], 'x', 'string'],
    ['a value of a flow mapping', 'a: {b: [x]}\n', ['a', 'b', 0], 'x', 'string'],
    ['a folded block', 'a: >-\n  x\n  y\n', ['a'], 'x y', 'string'],
    ['a block with its newline', 'a: |\n  x\n\nb:\n'.replace('b:\n', ''), ['a'], 'x\n', 'string'],
    ['a block that the text ends in', 'a: |\n  x', ['a'], 'x', 'string'],
    ['an escaped value', 'a: "x\\u0041\\n"\n', ['a'], 'xA\n', 'string'],
    ['a value of another line', 'a:\n  b\n  c\n', ['a'], 'b c', 'string'],
    ['a key of its own kind', '? a\n: b\n', ['a'], 'b', 'string'],
  ])('reads %s', (_what, text, path, value, type) => {
    expect(only(text)).toMatchObject({ path, text: value, type })
  })

  test.each([
    ['a: b # c\n', 'b', undefined],
    ['a:   &x !unsafe "b"\n', '&x !unsafe "b"', undefined],
    ['a: !vault |  # c\n    x\n    y\n\n', '!vault |', '    x\n    y\n'],
    ['a: |+\n  x\n\n', '|+', '  x\n\n'],
    ['a: |\r\n  x\r\n\r\n', '|', '  x\r\n'],
    ['a: >2-\n   x', '>2-', '   x'],
    ['a: |\n\n\n', '|', ''],
    ['a:\n  !vault\n  |\n  x\n', '!vault\n  |', '  x\n'],
  ])('splits %j', (text, head, body) => {
    expect(headOf(text)).toBe(head)
    expect(bodyOf(text)).toBe(body)
  })

  test('counts lines and columns without the byte order mark', () => {
    const values = readYamlValues('\ufeffa: 1\r\nb:\r\n  - x\r\n  - {c: y}\r\n')
    expect(values.map(({ line, column, indent }) => [line, column, indent])).toEqual([
      [1, 4, 0],
      [3, 5, 2],
      [4, 9, 5],
    ])
  })

  test('tells documents and keys that stand twice apart', () => {
    const values = readYamlValues('a: 1\na: 2\n---\na: 3\n')
    expect(values.map(({ document, text }) => [document, text])).toEqual([
      [0, '1'],
      [0, '2'],
      [1, '3'],
    ])
  })

  test('counts the aliases of a value, and follows them', () => {
    const [value, first, second] = readYamlValues('a: &x s\nb: *x\nc: [*x]\n')
    expect(value).toMatchObject({ anchor: '&x', aliases: 2, style: 'plain' })
    expect(first).toMatchObject({ path: ['b'], text: 's', style: 'alias' })
    expect(second).toMatchObject({ path: ['c', 0], key: 'c', text: 's', isFlow: true })
  })

  test.each(['!vault', '!vault-encrypted'])('knows %s', (tag) => {
    expect(only(`a: ${tag} |\n  x\n`).isVault).toBe(true)
  })

  test.each(['a: [', 'a: "', 'a: b: c: d', '\ta: 1\n  b', '['.repeat(20_000)])(
    'refuses %.12j without a word of it',
    (text) => {
      expect(() => readYamlValues(text)).toThrow(YamlSyntaxError)
    },
  )
})
