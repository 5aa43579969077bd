// Time grows with the text and not faster, whatever it holds, and nothing that is thrown or told holds text of a file.
import fc from '../support/properties.js'
import { describe, expect, test } from '@jest/globals'
import { findingOf } from '../../src/scan/finding.js'
import { inspectText } from '../../src/scan/inspect-text.js'
import { kindOfValue, looksRandom } from '../../src/scan/value.js'
import { STRONG } from './trees.js'

const SIZE = 100_000
/** In milliseconds of the processor: many times what it takes, and a small part of what a pattern that is quadratic in a line would. */
const LIMIT = 3_000

describe('a line without an end takes no time without an end', () => {
  test.each([
    'a',
    'token',
    'token ',
    'token=',
    'token: ',
    '"token": "',
    'K3S_TOKEN',
    'K3S_TOKEN=',
    'K3S_TOKEN="',
    '${K3S_TOKEN:-',
    'export K3S_TOKEN ',
    '--token ',
    '--token=',
    '--agent-token "',
    '--extra-vars token=',
    'ansible -e "k3s_token=',
    'K10',
    'K10::',
    `K10${'a'.repeat(64)}::x`,
    'k3s_',
    'k3sk3srke2',
    'k3s_token',
    '# k3s-vars: allow a, ',
    'a-b.c/d ',
    '    ',
    '"\' ',
    '<',
    '{{ ',
    '$',
  ])('%j', (piece) => {
    const line = piece.repeat(Math.ceil(SIZE / piece.length))
    for (const path of ['a.yml', 'hosts', '.bash_history', 'a.tf', 'a.ts', 'a.xml', 'a.sh']) {
      const started = process.cpuUsage()
      inspectText(path, `k3s token\n${line}\n`)
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(LIMIT)
    }
  })

  test.each(['a', 'ab', 'a-', 'A1', '/a', 'a.', '<', ' ', 'change-me-'])(
    'a value of many %j',
    (piece) => {
      const started = process.cpuUsage()
      kindOfValue(`${piece.repeat(SIZE / piece.length)}!`)
      looksRandom(`${piece.repeat(1024 / piece.length)}!`)
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(LIMIT)
    },
  )
})

const words = fc.constantFrom(
  ...['token', ': ', '=', '\n', '  ', '- ', '"', "'", '{{', '}}', '!vault |', '$ANSIBLE_VAULT'],
  ...['K3S_TOKEN', '--token', '--extra-vars', 'K10', '::', '#', '&a', '*a', '\t', '\r', '\\', '\0'],
  ...['k3s', 'vars', 'hosts', '[', ']', '{', '}', ',', '|', '>', '---', 'a', '1', 'ü', '\u{1f600}'],
)
const texts = fc.array(words, { maxLength: 60 }).map((parts) => parts.join(''))
const paths = fc.constantFrom('a.yml', 'a.json', 'a.sh', 'hosts', 'a.tf', 'a.md', '.zsh_history')

test('no text breaks it, and a place is always one of the text', () => {
  fc.assert(
    fc.property(paths, texts, (path, text) => {
      const { hits, others, sealed } = inspectText(path, text)
      const lines = text.split(/\r\n|\n|\r/)
      for (const { line, column } of [...hits, ...others, ...sealed]) {
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(lines.length)
        expect(column).toBeGreaterThanOrEqual(1)
      }
    }),
    { numRuns: 1500 },
  )
})

test('what is told of a finding never holds the secret, even where it is a key', () => {
  const keys = [STRONG, `x.${STRONG}`, `K10${STRONG}`, `a\n${STRONG}`, 'x'.repeat(200)]
  for (const key of keys) {
    const finding = findingOf({ rule: 'plain-token', key }, { path: 'a', file: '/a' })
    expect(finding.place).not.toHaveProperty('key')
  }
  const { hits } = inspectText('a.yml', `token: ${STRONG}\n${STRONG}: {token: ${STRONG}}\n`)
  const told = hits.map((hit) => findingOf(hit, { path: 'a.yml', file: '/a.yml' }))
  expect(told.length).toBeGreaterThan(0)
  expect(JSON.stringify(told)).not.toContain(STRONG)
})

test('a weak token has no fingerprint, because it could be guessed from one', () => {
  const { hits } = inspectText('a.yml', 'token: kubernetes\n')
  expect(hits.every(({ fingerprint }) => fingerprint === undefined)).toBe(true)
  expect(inspectText('a.yml', `token: ${STRONG}\n`).hits[0]!.fingerprint).toMatch(/^[0-9a-f]{12}$/)
})
