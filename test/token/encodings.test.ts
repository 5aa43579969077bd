import { describe, expect, test } from '@jest/globals'
import type { Encoding } from '../../src/role/profile.js'
import { ENCODINGS } from '../../src/role/profile.js'
import { carries, HARMS } from '../../src/token/encodings.js'

// A harm, a text that it is about, and one that is nearly so.
type Row = readonly [encoding: Encoding, id: string, text: string, near: string]

const each = (encoding: Encoding, id: string, characters: string): Row[] =>
  [...characters].map((one): Row => [encoding, id, `abc${one}def`, 'abc#=+@^,.:-_def'])

const ROWS: readonly Row[] = [
  ['to_nice_yaml', 'number', '12345678901234e5', '12345678901234f5'],
  ['to_nice_yaml', 'number', '0123456789012345678', '0123456701234567'],
  ['to_nice_yaml', 'number', '12345678901234e+5', '12345678901234.e+5'],
  ['to_nice_yaml', 'number', '0o12345671234567', '0o12345671234568'],
  ['to_nice_yaml', 'number', '0X123456789ABCDEF', '0x123456789ABCDEF'],
  ['to_nice_yaml', 'word', 'y', 'yes'],
  ['yaml-unquoted', 'number', '0123456', '0123456a'],
  ['yaml-unquoted', 'number', '1e10', '1e10x'],
  ['yaml-unquoted', 'number', '0x1f', '0x1g'],
  ['yaml-unquoted', 'number', '1_000', '1-000'],
  ['yaml-unquoted', 'word', 'yes', 'yess'],
  ['yaml-unquoted', 'word', '~', 'a~'],
  ['yaml-unquoted', 'word', '.inf', 'inf'],
  ['yaml-unquoted', 'word', '<<', '<<a'],
  ...[...'#*&!@`%[]{}|>\'",'].map((one): Row => [
    'yaml-unquoted',
    'first-character',
    `${one}abc`,
    `abc${one}`,
  ]),
  ['yaml-unquoted', 'first-character', '- abc', '-abc'],
  ['yaml-unquoted', 'first-character', '? abc', '?abc'],
  ['yaml-unquoted', 'first-character', '-', '-a'],
  ['yaml-unquoted', 'comment', 'abc #def', 'abc#def'],
  ['yaml-unquoted', 'mapping', 'abc: def', 'abc:def'],
  ['yaml-unquoted', 'mapping', 'abc:', 'abc'],
  ['systemd-environment-file', 'quotes', '"abc"', 'abc"'],
  ['systemd-environment-file', 'quotes', "'abc", "x'abc"],
  ['systemd-environment-file', 'backslash', 'abc\\x', 'abc/x'],
  ['systemd-exec-start', 'percent', 'abc%def', 'abc&def'],
  ['systemd-exec-start', 'dollar', 'abc$def', 'abc&def'],
  ['systemd-exec-start', 'blank', 'abc def', 'abc_def'],
  ...each('systemd-exec-start', 'quotes', '\'"'),
  ['systemd-exec-start', 'backslash', 'abc\\def', 'abc/def'],
  ...each('openrc-sourced-file', 'expansion', '$`'),
  ...each('openrc-sourced-file', 'blank', ' \t'),
  ...each('openrc-sourced-file', 'operator', ';&|()<>'),
  ...each('openrc-sourced-file', 'quotes', '\'"'),
  ...each('openrc-sourced-file', 'backslash', '\\'),
  ['openrc-sourced-file', 'tilde', '~abc', 'x~abc'],
  ['openrc-sourced-file', 'tilde', 'abc:~x', 'abc:x~'],
  ['install-script', 'backslash', 'abc\\def', 'abc/def'],
  ['install-script', 'blanks', 'abc  def', 'abc def'],
  ['install-script', 'blanks', 'abc\tdef', 'abc def'],
  ['install-script', 'quotes', 'abc"def', "abc'def"],
  ['command-module', 'blank', 'abc def', 'abc-def'],
  ...each('command-module', 'quotes', '\'"'),
  ['command-module', 'backslash', 'abc\\def', 'abc/def'],
  ['command-module', 'dollar', 'abc$def', 'abc%def'],
  ['command-module', 'tilde', '~abc', 'abc~'],
  ['doubled-percent', 'percent', 'abc%def', 'abc&def'],
  ...each('shell', 'expansion', '$`'),
  ['shell', 'blank', 'abc def', 'abc-def'],
  ...each('shell', 'operator', ';&|()<>'),
  ...each('shell', 'quotes', '\'"'),
  ...each('shell', 'backslash', '\\'),
  ...each('shell', 'pattern', '*?[{'),
  ['shell', 'first-character', '~abc', 'abc~'],
  ['shell', 'first-character', '#abc', 'abc#'],
  ['cut-at-colons', 'colon', 'abc:def', 'abc;def'],
  ['plain-file', 'white-space', ' abc', 'a bc'],
  ['plain-file', 'white-space', 'abc\n', 'abc'],
]

function idsOf(encoding: Encoding, text: string): readonly string[] {
  return HARMS[encoding].filter(({ matches }) => matches(text)).map(({ id }) => id)
}

describe('each way of writing a token', () => {
  test.each(ROWS)('%s has %s for %j, not for %j', (encoding, id, text, near) => {
    expect(idsOf(encoding, text)).toContain(id)
    expect(carries(encoding, text)).toBe(false)
    expect(idsOf(encoding, near)).not.toContain(id)
  })

  test('has a row for every harm', () => {
    const known = ENCODINGS.flatMap((encoding) =>
      HARMS[encoding].map(({ id }) => `${encoding} ${id}`),
    )
    const rows = new Set(ROWS.map(([encoding, id]) => `${encoding} ${id}`))
    expect([...rows].sort()).toEqual(known.sort())
  })

  test.each(ENCODINGS)(
    '%s says why it breaks and what the node sees, and carries a minted token',
    (encoding) => {
      for (const { reason, sees } of HARMS[encoding]) expect([reason, sees]).not.toContain('')
      expect(carries(encoding, 'vQ3xT7mZp9Lk2Ws8Rb5Ny4Hd6Jc1Gf0aUeXiOoEtBqA')).toBe(true)
      expect(carries(encoding, 'vQ3xT7mZp9-k2Ws8Rb5_y4Hd6Jc1Gf0a')).toBe(true)
    },
  )
})
