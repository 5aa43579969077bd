import { describe, expect, test } from '@jest/globals'
import fc from '../../support/properties.js'
import { editValues, isStyleKept } from '../../../src/ansible-files/vault-files/edit-values.js'
import { readYamlFile } from '../../../src/ansible-files/vault-files/yaml-file.js'
import type { YamlFile } from '../../../src/ansible-files/vault-files/yaml-file.js'
import { yamlText } from '../vars-file/yaml-text.js'

const VAULT = '$ANSIBLE_VAULT;1.1;AES256\n6162\n6364\n'
const SEALED = '!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n  6364\n'

const read = (text: string): YamlFile => readYamlFile('file.yml', text)

/** Every string that stands there itself and is no template, which nobody encrypts. */
function strings(file: YamlFile): YamlFile['values'] {
  return file.values.filter(
    ({ type, style, text, tag, isVault, aliases }) =>
      (!text.includes('{{') || tag === '!unsafe') &&
      type === 'string' &&
      style !== 'alias' &&
      text !== '' &&
      !isVault &&
      aliases === 0,
  )
}

function seal(text: string, mode: 'keep-style' | 'none' = 'keep-style'): string {
  const file = read(text)
  const results = strings(file).map((value) => ({ value, result: { vaultText: VAULT } }))
  return editValues(file, results, mode)
}

function open(sealed: string, texts: readonly string[]): string {
  const file = read(sealed)
  const vaulted = file.values.filter(({ isVault, style }) => isVault && style !== 'alias')
  const results = vaulted.map((value, index) => ({ value, result: { text: texts[index]! } }))
  return editValues(file, results, 'keep-style')
}

describe('a value becomes vaulted', () => {
  test.each([
    ['a bare word', 'a: x\n', `a: ${SEALED}`],
    ['the last line without its newline', 'b: 1\na: x', `b: 1\na: ${SEALED.trimEnd()}`],
    [
      'quotes, which a comment keeps',
      'a: "x" # c\n',
      `a: ${SEALED.replace('|', '| # k3s-vars: "..." # c')}`,
    ],
    [
      'in place of a block',
      'a: |-\n    x\n    y\n\nb: 1\n',
      `a: ${SEALED.replace('|', '| # k3s-vars: |- indented 4')}\nb: 1\n`,
    ],
    ['behind an anchor', 'a: &n x\n', `a: &n ${SEALED}`],
    ['in place of another tag', 'a: !unsafe "{{ x }}"\n', `a: ${SEALED}`],
    ['in Windows line ends', 'a: x\r\nb: 1\r\n', `a: ${SEALED}b: 1\n`.replaceAll('\n', '\r\n')],
    ['in a list', '- x\n', `- ${SEALED}`],
    [
      'deeper than a comment that follows',
      'a: x\n    # c\n',
      `a: ${SEALED.replaceAll('\n  ', '\n      ')}    # c\n`,
    ],
    [
      'on one line in a flow mapping',
      '{a: x}\n',
      '{a: !vault "$ANSIBLE_VAULT;1.1;AES256\\n6162\\n6364\\n"}\n',
    ],
  ])('%s', (_what, text, expected) => {
    expect(seal(text)).toBe(expected)
  })

  test('without a comment where none is wanted', () => {
    expect(seal('a: "x" # c\n', 'none')).toBe(`a: ${SEALED.replace('|', '| # c')}`)
  })
})

describe('a vaulted value is written back', () => {
  test.each([
    ['a word', 'word', 'word'],
    ['what reads as another type', 'yes', '"yes"'],
    ['a number', '12', '"12"'],
    ['quotes and backslashes', 'a"b\\c', '"a\\"b\\\\c"'],
    ['lines', 'a\nb\n', '|\n  a\n  b'],
    ['lines without the last newline', 'a\nb', '|-\n  a\n  b'],
    ['lines that begin with blanks', ' a\nb', '" a\\nb"'],
    ['a template that must not become one', '{{ x }}', '!unsafe "{{ x }}"'],
    ['control characters', 'a\u0000\u007f\u0085b', '"a\\x00\\x7f\\x85b"'],
    ['letters of any script', 'ключ 🔑', '"ключ 🔑"'],
    ['nothing', '', '""'],
  ])('%s', (_what, text, expected) => {
    expect(open(`a: ${SEALED}b: 1\n`, [text])).toBe(`a: ${expected}\nb: 1\n`)
  })

  test.each([
    ['the value became a number', '...', '12', '"12"'],
    ['the value became a template', '"..."', '{{ x }}', '!unsafe "{{ x }}"'],
    ['the value got lines', "'...'", 'a\nb', '|-\n  a\n  b'],
    ['the comment is no longer ours', '!!int ...', 'x', 'x'],
  ])('in another spelling than the comment has, since %s', (_what, comment, text, expected) => {
    const sealed = `a: ${SEALED.replace('|', `| # k3s-vars: ${comment}`)}b: 1\n`
    expect(open(sealed, [text])).toBe(`a: ${expected}\nb: 1\n`)
  })

  test('one of two on a line keeps the spelling of the other', () => {
    const sealed = seal('{a: "x", b: \'y\', c: z}\n')
    const file = read(sealed)
    const [first] = file.values
    const once = editValues(file, [{ value: first!, result: { text: 'x' } }], 'keep-style')
    expect(once).toContain(`# k3s-vars: '...', -\n`)
    expect(open(once, ['y', 'z'])).toBe('{a: "x", b: \'y\', c: z}\n')
  })
})

describe('there and back again', () => {
  test.each([
    'a: "x\\u0041"\n',
    'a: x\n   y\n',
    'a: >\n  x\n  y\n',
    'a: "x\n  y"\n',
    'a: !unsafe  x\n',
  ])('%j keeps its value, and says if it loses its spelling', (text) => {
    const file = read(text)
    const [value] = file.values
    const back = open(seal(text), [value!.text])
    expect(read(back).values[0]!.text).toBe(value!.text)
    expect(back === text).toBe(isStyleKept(file, value!))
  })

  test('brings every byte back', () => {
    fc.assert(
      fc.property(yamlText(), (text) => {
        const file = read(text)
        const values = strings(file)
        fc.pre(values.every((value) => isStyleKept(file, value)))
        fc.pre(!file.values.some(({ isVault }) => isVault))
        const sealed = seal(text)
        expect(
          open(
            sealed,
            values.map((value) => value.text),
          ),
        ).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  test('changes nothing but the values, whatever the file', () => {
    fc.assert(
      fc.property(yamlText(), (text) => {
        const file = read(text)
        const targets = new Set(strings(file))
        const after = read(seal(text)).values
        expect(after).toHaveLength(file.values.length)
        after.forEach((value, index) => {
          const before = file.values[index]!
          expect(value.path).toEqual(before.path)
          if (targets.has(before)) expect(value.isVault).toBe(true)
          else expect([value.text, value.type]).toEqual([before.text, before.type])
        })
      }),
      { numRuns: 300 },
    )
  })
})
