import { expect, test } from '@jest/globals'
import {
  formatRehearsal,
  formatRehearsed,
  newRehearsal,
  parseRehearsed,
  readRehearsal,
  REHEARSAL_VARIABLE,
} from '../../src/token/rehearsal.js'
import { parseToken } from '../../src/token/parse.js'

const NOW = new Date('2026-11-26T10:00:00Z')
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000)
const rehearsal = newRehearsal((size) => Buffer.alloc(size, 7), NOW)
const variables = { [REHEARSAL_VARIABLE]: formatRehearsal(rehearsal) }

const PLACE = {
  way: 'plugin',
  cluster: 'prod',
  kind: 'agent',
  config: '/a b/k3s_vars.yml',
} as const

test('a rehearsal is read from its variable, until it is over', () => {
  expect(readRehearsal({}, NOW)).toBeUndefined()
  expect(readRehearsal(variables, later(599))).toEqual(rehearsal)
  const bare = { ...rehearsal, isBare: true }
  expect(readRehearsal({ [REHEARSAL_VARIABLE]: formatRehearsal(bare) }, NOW)).toEqual(bare)
  expect(() => readRehearsal(variables, later(601))).toThrow(
    expect.objectContaining({ code: 'K3SV_USAGE' }),
  )
})

test.each(['', '1', 'true', 'x'.repeat(32), `${'0'.repeat(32)}.`, `${'0'.repeat(32)}.1x`])(
  'a variable that says %j stops the source',
  (value) => {
    expect(() => readRehearsal({ [REHEARSAL_VARIABLE]: value }, NOW)).toThrow(
      'no rehearsal goes on',
    )
  },
)

test('a text in place of a token tells where it belongs, to the one who asked alone', () => {
  const text = formatRehearsed(rehearsal, PLACE)
  expect(parseRehearsed(rehearsal, text)).toEqual(PLACE)
  const other = newRehearsal((size) => Buffer.alloc(size, 8), NOW)
  expect(parseRehearsed(other, text)).toBeUndefined()
  expect(parseRehearsed(rehearsal, 'changeme!')).toBeUndefined()
})

test.each(['/a b/k3s_vars.yml', '/a:b', '/::server:password', ''])(
  'K3s refuses it as a token, whatever the path %j',
  (config) => {
    expect(() => parseToken(formatRehearsed(rehearsal, { ...PLACE, config }))).toThrow(
      expect.objectContaining({ code: 'K3SV_TOKEN_CA_HASH' }),
    )
  },
)
