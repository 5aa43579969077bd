import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { isBareForPyYaml, isGoNumber, isYamlWord, readsAsOtherType } from '../src/yaml-types.js'

/** Words that PyYAML writes bare and Go reads as numbers. */
function recorded(): string[] {
  const file = join(__dirname, 'vectors/k3s-yaml-numbers.json')
  const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: { text: string }[] }
  return vectors.map(({ text }) => text)
}

// What PyYAML 6 and gopkg.in/yaml.v2 2.4 made of `token: TEXT`.

/** Numbers for both: PyYAML quotes them when it writes a string. */
const OF_BOTH = [
  ...['0', '7', '12345', '-12345', '+12345', '1_000', '1__0', '0777'],
  ...['0b1', '0b101', '-0b101', '0x1f', '0xFF_FF'],
  ...['1.', '1.5', '1.55', '+1.5', '-1.5', '1_0.5_5', '.5', '.555'],
  ...['1.5e+10', '1.5e-3', '.5E+10', '.1_2E+5'],
]

/** Numbers for Go alone. */
const OF_GO = [
  ...['1e5', '12e34', '1e+10', '.5e5', '1.5e5', '1.55e5'],
  ...['0o17', '0O17', '0X1F', '0B101', '089', '+_1', '-_1_'],
  ...['0b-1', '0b+1', '0b-1_0', '.1_2e5', '.1e1_0'],
  ...recorded(),
]

/** Numbers and moments for PyYAML alone. */
const OF_PYYAML = [
  ...['190:20:30', '190:2:3', '-190:20:30', '+190:20:30', '190:20:30.15', '.5_'],
  ...['2026-01-01', '2026-01-01T10:00:00', '2026-01-01 10:00:00'],
]

/** Words for both; that of y is Go's alone. */
const WORDS = [
  ...['~', 'null', 'Null', 'true', 'FALSE', 'yes', 'No', 'on', 'OFF', 'y', 'Y', 'n'],
  ...['.inf', '.Inf', '-.inf', '+.INF', '.nan', '.NaN', '.NAN'],
]

/** Texts for both, each nearly one of those above. */
const TEXTS = [
  ...[
    '0b',
    '0b12',
    '-0b-1',
    '0B-1',
    '0b--1',
    '0x-1f',
    '0o-17',
    '.1_e5',
    '.1__2e5',
    '.1e_5',
    '0x',
    '0x1g',
    '0o8',
    '_1',
    '._5',
    '__1e5',
    '1a',
    'a1',
  ],
  ...['a1.5', '1.5x', 'x1e5', '1e', '1e+', '1e5x', '12.34.56'],
  ...['x190:20:30', '190:20:60', '190:20:30.15x', '190:', 'x2026-01-01', '2026-01-01x'],
  ...['a~', 'yess', 'xyes', 'a<<', '<<a', 'x.inf', '.infx', 'x.nan', 'x.NAN', '.nanx', '+.nan'],
]

describe('a bare word', () => {
  test.each([...OF_BOTH, ...OF_GO])('%j is a number that Go reads', (text) => {
    expect([isGoNumber(text), isYamlWord(text), readsAsOtherType(text)]).toEqual([
      true,
      false,
      true,
    ])
  })

  test.each(OF_PYYAML)('%j is a number or a moment for YAML 1.1 alone', (text) => {
    expect([isGoNumber(text), isYamlWord(text), readsAsOtherType(text)]).toEqual([
      false,
      false,
      true,
    ])
  })

  test.each(WORDS)('%j has a meaning of its own', (text) => {
    expect([isGoNumber(text), isYamlWord(text), readsAsOtherType(text)]).toEqual([
      false,
      true,
      true,
    ])
  })

  test('<< is the merge key, and a text where it is a value', () => {
    expect([isYamlWord('<<'), readsAsOtherType('<<')]).toEqual([true, false])
  })

  test.each(TEXTS)('%j is a text', (text) => {
    expect([isGoNumber(text), isYamlWord(text), readsAsOtherType(text)]).toEqual([
      false,
      false,
      false,
    ])
  })
})

describe('PyYAML', () => {
  test.each(OF_GO)('writes %j without quotes, though Go reads a number', (text) => {
    expect(isBareForPyYaml(text)).toBe(true)
  })

  test.each([...OF_BOTH, ...OF_PYYAML, ...WORDS, ...TEXTS])(
    'quotes %j, or Go reads no number',
    (text) => expect(isBareForPyYaml(text)).toBe(false),
  )
})
