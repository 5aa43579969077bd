import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { K3sVarsError } from '../../src/errors.js'
import { isSplitForm, takeApart } from '../../src/token/configured.js'
import { secretPart } from '../../src/token/format.js'
import { parseToken } from '../../src/token/parse.js'

const HASH = '0123456789abcdef'.repeat(4)

/** What K3s did with a text; see the file. */
interface Row {
  readonly token: string
  readonly error?: string
  readonly ca_hash?: string
  readonly user?: string
  readonly password?: string
  readonly bootstrap?: unknown
  readonly server_start_and_rotate?: string | { readonly secret: string }
  readonly passwd_server?: string
  readonly split?: string
  readonly passwd_node_if_agent_token?: string
}

const { vectors } = JSON.parse(
  readFileSync(join(__dirname, '../vectors/k3s-token-parse.json'), 'utf8'),
) as { vectors: Row[] }

const rows = vectors.map((row) => ({ ...row, name: JSON.stringify(row.token).slice(0, 90) }))
const read = rows.filter(({ error, bootstrap }) => error === undefined && bootstrap === undefined)
const isHex = ({ ca_hash: hash = '' }: Row): boolean => /^(?:[0-9a-f]{64})?$/.test(hash)

function taken(text: string, kind: 'server' | 'agent'): string | undefined {
  try {
    return takeApart(text, kind, 'a test').secret.reveal()
  } catch (error) {
    return void (error as K3sVarsError).code
  }
}

describe('what K3s did with a text', () => {
  test.each(rows)('$name: read alike', ({ token, error, user, password, ca_hash, bootstrap }) => {
    if (error !== undefined) expect(() => parseToken(token)).toThrow()
    else {
      const parsed = parseToken(token)
      expect(parsed.caHash ?? '').toBe(ca_hash)
      if (bootstrap === undefined) {
        expect(parsed.credentials).toMatchObject({ type: 'password', user })
        expect(secretPart(parsed).reveal()).toBe(password)
      } else expect(parsed.credentials.type).toBe('bootstrap')
    }
  })

  // The text as --token of a server: both halves of K3s have to see the same secret in it.
  test.each(read)('$name: as a server token', (row) => {
    const isWhole = row.split === undefined && row.passwd_server === row.password
    expect(taken(row.token, 'server')).toBe(isWhole && isHex(row) ? row.password : undefined)
  })

  test.each(read)('$name: as an agent token', (row) => {
    const isWhole = row.passwd_node_if_agent_token === row.password
    expect(taken(row.token, 'agent')).toBe(isWhole && isHex(row) ? row.password : undefined)
  })
})

describe('taking a token apart', () => {
  test.each([
    ['a secure server token', `K10${HASH}::server:pw`, { caHash: HASH }, 'pw'],
    ['one without a hash', 'K10::server:pw', {}, 'pw'],
    ['a bare password', 'a:b', {}, 'a:b'],
    ['a bootstrap token', `K10${HASH}::abcdef.0123456789abcdef`, {}, 'abcdef.0123456789abcdef'],
  ])('of %s', (_, text, expected, secret) => {
    const { secret: taken, ...rest } = takeApart(text, 'server', '--file')
    expect([taken.reveal(), rest]).toEqual([secret, expected])
  })

  test.each<[string, string, RegExp]>([
    ['K10:::pw', 'K3SV_TOKEN_REFUSED', /split-form.*lets no server join/],
    ['K10:pw', 'K3SV_TOKEN_REFUSED', /split-form/],
    ['K10server:pw', 'K3SV_TOKEN_REFUSED', /split-form/],
    [`K10${HASH}:::pw`, 'K3SV_TOKEN_REFUSED', /split-form/],
    [`K10${HASH}::SERVER:pw`, 'K3SV_TOKEN_REFUSED', /split-form/],
    [`K10${HASH}::node:pw`, 'K3SV_TOKEN_REFUSED', /is not the server token/],
    [`K10${HASH.toUpperCase()}::server:pw`, 'K3SV_TOKEN_CA_HASH', /0-9 and a-f/],
    [`K10${HASH.slice(1)}::server:pw`, 'K3SV_TOKEN_CA_HASH', /63 characters instead of 64/],
    [`K10${HASH}::server`, 'K3SV_TOKEN_FORMAT', /no user and password/],
  ])('refuses %s', (text, code, message) => {
    expect(() => takeApart(text, 'server', '--file')).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    )
  })

  test.each(['pw', 'K10::server:pw', 'K10::node:pw', `K10${HASH}::abcdef.0123456789abcdef`])(
    '%s is no split form',
    (text) => expect(isSplitForm(text, parseToken(text))).toBe(false),
  )
})
