import { describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { K3S_IO } from '../../src/role/k3s-io.js'
import { Secret } from '../../src/secret.js'
import { fingerprintOf } from '../../src/token/fingerprint.js'
import { inspectToken } from '../../src/token/inspect.js'
import { isSampleToken } from '../../src/token/samples.js'
import { classesOf, estimateBits } from '../../src/token/strength.js'

const GOOD = 'vQ3xT7mZp9Lk2Ws8Rb5Ny4Hd6Jc1Gf0aUeXiOoEtBqA'
const HASH = '0f'.repeat(32)
const PURPOSE = { kind: 'server', role: K3S_IO } as const

describe('the report of', () => {
  test.each([
    ['a server token', `K10${HASH}::server:${GOOD}`, ['server', 'secure', true]],
    ['an agent token', `K10${HASH}::node:${GOOD}`, ['agent', 'secure', true]],
    ['a token without CA', `K10::server:${GOOD}`, ['server', 'secure', false]],
    ['a password', GOOD, ['password', 'short', false]],
  ])('%s', (_, text, [kind, format, caPinned]) => {
    expect(inspectToken(text, PURPOSE)).toEqual({
      kind,
      format,
      caPinned,
      length: 43,
      classes: ['lower', 'upper', 'digit'],
      bits: estimateBits(GOOD),
      problem: null,
      findings: [],
    })
  })

  test.each([
    ['bare', 'abcdef.0123456789abcdef', 'short', false],
    ['secure', `K10${HASH}::abcdef.0123456789abcdef`, 'secure', true],
  ])('a bootstrap token, %s', (_, text, format, caPinned) => {
    const report = inspectToken(text, PURPOSE)
    expect(report).toMatchObject({ kind: 'bootstrap', format, caPinned, problem: null })
    expect(report.findings[0]).toMatchObject({ rule: 'bootstrap-shape', severity: 'error' })
  })

  test.each([
    ['nothing', '', 'K3SV_TOKEN_EMPTY'],
    ['a prefix alone', `K10${GOOD}`, 'K3SV_TOKEN_FORMAT'],
    ['a wrong hash', `K10abc::server:${GOOD}`, 'K3SV_TOKEN_CA_HASH'],
  ])('%s says why K3s cannot read it', (_, text, code) => {
    expect(inspectToken(text, PURPOSE)).toMatchObject({
      kind: 'unknown',
      format: null,
      caPinned: false,
      length: text.length,
      problem: { code },
      findings: [],
    })
  })
})

describe('the fingerprint', () => {
  test.each([GOOD, `${GOOD}é`, '0123456789abcdef'.repeat(2)])(
    'of %s is the SHA-256 begun',
    (text) => {
      const digest = createHash('sha256').update(text, 'utf8').digest('hex')
      expect(fingerprintOf(new Secret(text))).toBe(digest.slice(0, 12))
    },
  )

  test.each(['', 'a'.repeat(64), GOOD.slice(0, 16), 'changeme!'.repeat(8), 'defaultSecret12345'])(
    'of %j is withheld: it could be guessed',
    (text) => expect(fingerprintOf(new Secret(text))).toBeNull(),
  )
})

describe('strength', () => {
  test.each([
    ['', [], 0],
    ['abcdefghijklmnop', ['lower'], 75],
    ['0123456789abcdef', ['lower', 'digit'], 64],
    ['a'.repeat(50), ['lower'], 0],
    ['MySuperSecureToken', ['lower', 'upper'], 0],
    ['é-é', ['symbol'], 4],
  ])('of %j', (text, classes, bits) => {
    expect(classesOf(text)).toEqual(classes)
    expect(estimateBits(text)).toBe(bits)
  })

  test('43 letters and digits drawn at random have about 256 bits', () => {
    expect(estimateBits(GOOD)).toBeGreaterThanOrEqual(250)
  })
})

test.each([
  ['changeme', true],
  ['Change-Me_change me!', true],
  ['token', true],
  ['changeme1', false],
  ['tokens', false],
])('%j is a sample: %s', (text, expected) => expect(isSampleToken(text)).toBe(expected))
