import { describe, expect, test } from '@jest/globals'
import { formatBaseline, unknownTo } from '../../src/scan/baseline.js'
import { findingOf } from '../../src/scan/finding.js'
import type { Hit, ScanFinding } from '../../src/scan/finding.js'

const locate = ({ place }: ScanFinding): string => place.file

function finding(hit: Partial<Hit>, path = 'a.yml'): ScanFinding {
  return findingOf({ rule: 'plain-token', key: 'token', ...hit }, { path, file: `/x/${path}` })
}

const known = [
  finding({ line: 1, fingerprint: 'aaaaaaaaaaaa' }),
  finding({ line: 5, rule: 'weak-token' }),
  finding({ line: 9, rule: 'weak-token' }),
]
const text = formatBaseline(known, locate)

test('a baseline is readable and always the same', () => {
  expect(JSON.parse(text)).toEqual({
    version: 1,
    findings: [
      { rule: 'plain-token', file: 'a.yml', key: 'token', fingerprint: 'aaaaaaaaaaaa', count: 1 },
      { rule: 'weak-token', file: 'a.yml', key: 'token', fingerprint: null, count: 2 },
    ],
  })
  expect(formatBaseline([...known].reverse(), locate)).toBe(text)
})

test('what it knows is not told again, wherever the lines moved', () => {
  const moved = known.map((one) => ({
    ...one,
    place: { ...one.place, line: 100, column: 3 },
  }))
  expect(unknownTo(text, moved, locate)).toEqual([])
  expect(unknownTo(text, [], locate)).toEqual([])
})

test.each<[string, ScanFinding]>([
  ['another strong token in its place', finding({ fingerprint: 'bbbbbbbbbbbb' })],
  ['another file', finding({ fingerprint: 'aaaaaaaaaaaa' }, 'b.yml')],
  ['another key', finding({ key: 'k3s_token', fingerprint: 'aaaaaaaaaaaa' })],
  ['another rule', finding({ rule: 'sample-token' })],
  ['one more of a kind', finding({ rule: 'weak-token' })],
])('%s is new', (_what, extra) => {
  expect(unknownTo(text, [...known, extra], locate)).toEqual([extra])
})

describe('what is no baseline is refused', () => {
  test.each([
    '',
    '[]',
    'null',
    '{"version":2,"findings":[]}',
    '{"version":1}',
    '{"version":1,"findings":[{"rule":"toString","file":"a","key":"","fingerprint":null,"count":1}]}',
    '{"version":1,"findings":[null]}',
  ])('%s', (wrong) => {
    expect(unknownTo(wrong, [], locate)).toBeUndefined()
  })
})
