import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatToken, secretPart } from '../../src/token/format.js'
import { parseToken } from '../../src/token/parse.js'
import type { Credentials, Token } from '../../src/token/token.js'
import { Secret } from '../../src/secret.js'

interface Row {
  readonly token: string
  readonly ca_hash?: string
  readonly user?: string
  readonly password?: string
  readonly bootstrap?: { readonly id: string; readonly secret: string }
  readonly error?: string
}

const HASH = '0f'.repeat(32)
const CODES: Readonly<Record<string, string>> = {
  'token must not be empty': 'K3SV_TOKEN_EMPTY',
  'invalid token format': 'K3SV_TOKEN_FORMAT',
  'invalid token CA hash length': 'K3SV_TOKEN_CA_HASH',
}
const vectors = JSON.parse(
  readFileSync(join(__dirname, '../vectors/k3s-tokens.json'), 'utf8').replaceAll('HASH', HASH),
) as { accept: Row[]; reject: Row[] }

/** A token with its secrets in the open, so that two can be compared. */
function reveal({ format, caHash, credentials }: Token): unknown {
  if (credentials.type === 'bootstrap') {
    return { format, caHash, id: credentials.id, secret: credentials.secret.reveal() }
  }
  return { format, caHash, user: credentials.user, password: credentials.password.reveal() }
}

describe('K3s own vectors', () => {
  test.each(vectors.accept)('$token is read', ({ token, ca_hash, user, password, bootstrap }) => {
    expect(reveal(parseToken(token))).toEqual({
      format: token.startsWith('K10') ? 'secure' : 'short',
      caHash: ca_hash,
      ...(bootstrap ?? { user, password }),
    })
  })

  test.each(vectors.accept)('$token is the same after writing and reading', ({ token }) => {
    const parsed = parseToken(token)
    expect(reveal(parseToken(formatToken(parsed).reveal()))).toEqual(reveal(parsed))
  })

  test.each(vectors.reject)('"$token" is refused: $error', ({ token, error }) => {
    expect(() => parseToken(token)).toThrow(expect.objectContaining({ code: CODES[error!] }))
  })
})

describe('the length of a CA hash', () => {
  test('counts bytes, as Go does', () => {
    const [token, tooLong] = [32, 64].map((count) => `K10${'\u00e9'.repeat(count)}::server:pw`)
    expect(parseToken(token!).caHash).toBe('\u00e9'.repeat(32))
    expect(() => parseToken(tooLong!)).toThrow(
      expect.objectContaining({ code: 'K3SV_TOKEN_CA_HASH' }),
    )
  })
})

describe('the secret part', () => {
  test.each([
    ['a password', `K10${HASH}::server:a:b`, 'a:b'],
    ['a bare password', 'a:b', 'a:b'],
    ['a bootstrap pair', `K10${HASH}::abcdef.0123456789abcdef`, 'abcdef.0123456789abcdef'],
  ])('of %s has neither hash nor user', (_, text, expected) => {
    expect(secretPart(parseToken(text)).reveal()).toBe(expected)
  })
})

describe('writing and reading are inverse', () => {
  const characters = (alphabet: string, length: number): fc.Arbitrary<string> =>
    fc.string({
      unit: fc.constantFrom(...alphabet),
      minLength: length,
      maxLength: length,
    })
  const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789'
  const bootstrap = fc
    .tuple(characters(LOWER, 6), characters(LOWER, 16))
    .map(([id, secret]): Credentials => ({ type: 'bootstrap', id, secret: new Secret(secret) }))
  const isShape = (text: string): boolean => /^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(text)
  const text = fc.string({ minLength: 1, unit: fc.constantFrom(...'K10:.ab "\\\n\u00e9') })
  const password = (user: string, value: string): Credentials => ({
    type: 'password',
    user,
    password: new Secret(value),
  })
  const secure = fc.oneof(
    bootstrap,
    fc.tuple(fc.constantFrom('', 'server', 'node'), text).map(([user, p]) => password(user, p)),
  )
  const short = fc.oneof(
    bootstrap,
    text
      .filter((value) => !value.startsWith('K10') && !isShape(value))
      .map((value) => password('', value)),
  )
  const tokens: fc.Arbitrary<Token> = fc.oneof(
    short.map((credentials): Token => ({ format: 'short', credentials })),
    fc
      .tuple(fc.constantFrom('', HASH), secure)
      .map(([caHash, credentials]): Token => ({ format: 'secure', caHash, credentials })),
  )

  test('for every token', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        expect(reveal(parseToken(formatToken(token).reveal()))).toEqual(reveal(token))
      }),
      { numRuns: 500 },
    )
  })
})
