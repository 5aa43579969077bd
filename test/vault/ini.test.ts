import { describe, expect, test } from '@jest/globals'
import { parseIni, strip } from '../../src/vault/ini.js'

const valueOf = (text: string, key = 'a') =>
  parseIni(`[defaults]\n${text}`, 'ansible.cfg').get('defaults')?.get(key)

describe('parseIni', () => {
  test.each([
    ['an equals sign', 'a = b', 'b'],
    ['a colon', 'a: b', 'b'],
    ['whichever of both comes first', 'a: b = c', 'b = c'],
    ['no spaces at all', 'a=b', 'b'],
    ['a key in other letters', 'A = b', 'b'],
    ['an empty value', 'a =', ''],
    ['quotes, which belong to the value', 'a = "b"', '"b"'],
    ['a percent sign, which interpolates nothing', 'a = %(home)s', '%(home)s'],
    ['a semicolon behind a space as a comment', 'a = b ; c', 'b'],
    ['a semicolon behind a tab as a comment', 'a = b\t;c', 'b'],
    ['a semicolon without a space as part of the value', 'a = b;c', 'b;c'],
    ['the first semicolon that stands behind a space', 'a = b;c ;d', 'b;c'],
    ['a hash behind a space as part of the value', 'a = b # c', 'b # c'],
    ['Windows line ends', 'a = b\r\n\r\n', 'b'],
    ['a deeper line as continuation', 'a = b,\n  c', 'b,\nc'],
    ['a deeper line that looks like a key as continuation', 'a = b\n c = d', 'b\nc = d'],
    ['a deeper line that looks like a section as continuation', 'a = b\n [c]', 'b\n[c]'],
    ['a continuation behind an empty line', 'a = b\n\n c', 'b\n\nc'],
    ['a continuation behind a comment, which leaves no line', 'a = b\n# x\n c', 'b\nc'],
    ['empty lines at the end of a value as nothing', 'a = b\n\n\n', 'b'],
    ['an indented key, and the next one at its depth', '  z = y\n  a = b', 'b'],
    ['a less indented line as a new key', '  z = y\n a = b', 'b'],
    ['a comment that begins a line', '# a = c\n; a = d\na = b', 'b'],
    ['an indented comment', 'a = b\n   # c', 'b'],
    ['brackets as part of a value', 'a = [b]', '[b]'],
    ['a key behind a value that is white space alone', 'z = \n\t\na = b', 'b'],
    ['white space that Unicode knows around a value', 'a =\u2003b\u00a0', 'b'],
  ])('reads %s', (_, text, expected) => {
    expect(valueOf(text)).toBe(expected)
  })

  test('keeps sections apart, and takes a header up to its last bracket', () => {
    const sections = parseIni('[defaults]\na=1\n[other] ; x\na=2\n[x]y]z\na=3', 'ansible.cfg')
    expect([...sections].map(([name, keys]) => [name, keys.get('a')])).toEqual([
      ['defaults', '1'],
      ['other', '2'],
      ['x]y', '3'],
    ])
  })

  test('lets [DEFAULT] stand twice', () => {
    const sections = parseIni('[DEFAULT]\na=1\n[DEFAULT]\nb=2', 'ansible.cfg')
    expect(sections.get('DEFAULT')?.size).toBe(2)
  })

  test.each([
    ['a key before any section', 'a = canary', 1],
    ['a BOM', '\ufeff[defaults]\na = canary', 1],
    ['a key twice', '[defaults]\na = canary\nA = canary', 3],
    ['a key twice in [DEFAULT]', '[DEFAULT]\na = canary\na = canary', 3],
    ['a section twice', '[defaults]\n[b]\n[defaults]', 3],
    ['a line without delimiter', '[defaults]\ncanary', 2],
    ['a line without key', '[defaults]\n= canary', 2],
    ['a section without name', '[defaults]\n[]', 2],
    ['a continuation of nothing', '[defaults]\n  canary', 2],
  ])('refuses %s by its line and without its text', (_, text, line) => {
    const parse = () => parseIni(text, 'ansible.cfg')
    expect(parse).toThrow(
      expect.objectContaining({
        code: 'K3SV_VAULT_CONFIG',
        location: { file: 'ansible.cfg', line },
      }),
    )
    expect(parse).not.toThrow(/canary/)
  })

  test('strips as Python does: the separators, and not the BOM', () => {
    expect(strip('\x1c\x85 \ufeffa\u3000')).toBe('\ufeffa')
  })
})
