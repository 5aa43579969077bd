import { describe, expect, test } from '@jest/globals'
import { K3S_IO } from '../../src/role/k3s-io.js'
import type { RoleProfile } from '../../src/role/profile.js'
import { inspectToken } from '../../src/token/inspect.js'
import { isSampleToken } from '../../src/token/samples.js'
import { estimateBits } from '../../src/token/strength.js'

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

  test.each([
    ['for nothing', '', expect.stringContaining('that it is taken from')],
    ['for a prefix alone', `K10${GOOD}`, expect.stringContaining('must not begin with K10')],
    ['for a wrong hash', `K10abc::server:${GOOD}`, expect.stringContaining('copy the whole token')],
  ])('what cannot be read has a hint, %s', (_, text, hint) => {
    const { problem } = inspectToken(text, PURPOSE)
    expect(problem?.hint).toEqual(hint)
  })

  test('does not put an internal error down to the token', () => {
    const broken = { ...K3S_IO, destinations: undefined } as unknown as RoleProfile
    expect(() => inspectToken(GOOD, { kind: 'server', role: broken })).toThrow(TypeError)
  })
})

test.each([
  ['changeme', true],
  ['Change-Me_change me!', true],
  ['token', true],
  ['my-shared-secret', true],
  ['changeme1', false],
  ['tokens', false],
  ['unchangeme', false],
])('%j is a sample: %s', (text, expected) => expect(isSampleToken(text)).toBe(expected))
