// A fingerprint is tried against a million guesses a second. What somebody brings may look drawn at random and be a phrase all the
// same, in another notation: each gets no fingerprint, with the control that the same notation of what was drawn keeps its own.
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { Project } from '../support/project.js'
import { Secret } from '../../src/secret.js'
import { fingerprintOf } from '../../src/token/fingerprint.js'
import { looksDrawn } from '../../src/token/drawn.js'

const PHRASES = [
  'MyClusterTokenForProduction2024',
  'correct horse battery staple home',
  'this is the token of our cluster\n',
  'Größenwahn-im-Rechenzentrum-2024!',
  '{"user":"admin","pass":"hunter2!"}',
  'export K3S_TOKEN=my-shared-secret',
]

const fingerprint = (text: string): string | null => fingerprintOf(new Secret(text), 'brought')

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

type Notation = readonly [string, (bytes: Buffer) => string]
const NOTATIONS: readonly Notation[] = [
  ['hex', (bytes) => bytes.toString('hex')],
  ['HEX', (bytes) => bytes.toString('hex').toUpperCase()],
  ['hex with colons', (bytes) => bytes.toString('hex').replace(/..(?=.)/g, '$&:')],
  ['Base64', (bytes) => bytes.toString('base64')],
  ['Base64 for URLs', (bytes) => bytes.toString('base64url')],
  ['Base32', base32],
  ['Base32 in lower case', (bytes) => base32(bytes).toLowerCase()],
  ['Base64 twice', (bytes) => Buffer.from(bytes.toString('base64')).toString('base64')],
  ['Base64 of hex', (bytes) => Buffer.from(bytes.toString('hex')).toString('base64')],
  [
    'Base64 seven times',
    (bytes) =>
      Array.from({ length: 7 })
        .reduce<Buffer>((text) => Buffer.from(text.toString('base64')), bytes)
        .toString(),
  ],
]

describe.each(NOTATIONS)('%s', (_, encode) => {
  test.each(PHRASES)('of %j gets none', (phrase) => {
    expect(fingerprint(encode(Buffer.from(phrase)))).toBeNull()
  })

  test('control: of 32 bytes that were drawn it gets one', () => {
    const drawn = Array.from({ length: 200 }, () => encode(randomBytes(32)))
    // The model of words errs now and then; the notation must not.
    expect(drawn.filter((text) => fingerprint(text) === null).length).toBeLessThan(80)
  })
})

test('control: some of these notations look drawn to the model of words alone', () => {
  const fooled = NOTATIONS.flatMap(([, encode]) =>
    PHRASES.map((phrase) => looksDrawn(encode(Buffer.from(phrase)))),
  )
  expect(fooled.filter(Boolean).length).toBeGreaterThan(20)
})

test.each([
  ['a UUID of a clock and a network card', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
  ['one of a name', '886313e1-3b8a-5372-9b90-0c9aee199e5d'],
  ['one of version 7', '018f3a1c-7b5e-7c21-9f3a-2b1c4d5e6f70'],
  ['addresses of network cards', '00:1a:2b:3c:4d:5e-00:1a:2b:3c:4d:5f'],
  ['a short text that was drawn, made longer', Buffer.from('xK9mQ2vT7').toString('base64')],
])('%s gets none', (_, text) => expect(fingerprint(text)).toBeNull())

test('a UUID that was drawn gets one', () => {
  expect(fingerprint('7e0f1a9c-4b7d-4e2f-a6c3-91d85b3f02ea')).not.toBeNull()
})

test('neither a document, a status nor a scan shows one for such a token', () => {
  const project = new Project()
  try {
    const token = Buffer.from(PHRASES[1]!).toString('base64')
    const input = { input: token }
    expect(runCli(project, ['token', 'import', 'home', '--stdin'], input).status).toBe(0)
    project.write('group_vars/all.yml', `k3s_token: ${token}\n`)
    const shown = ['status', 'token show', 'scan'].map(
      (words) => runCli(project, [...words.split(' '), '--json']).stdout,
    )
    const digits = fingerprintOf(new Secret(token), 'drawn')!
    for (const text of shown) expect(text).not.toContain(digits)
    expect(runCli(project, ['vault', 'view', 'k3s_tokens']).stdout).not.toContain(digits)
  } finally {
    project.remove()
  }
})
