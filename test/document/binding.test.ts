import { createHmac, hkdfSync } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { allGenerations } from '../../src/document/active.js'
import type { Generation } from '../../src/document/active.js'
import {
  codesOf,
  formatCodes,
  formatManifest,
  hasCodes,
  parseCodes,
  parseManifest,
} from '../../src/document/binding.js'
import type { ClusterDocument } from '../../src/document/document.js'
import {
  commitTokens,
  markRotated,
  markRotating,
  replaceCa,
  stageTokens,
} from '../../src/document/transitions.js'
import { Secret } from '../../src/secret.js'
import { lintToken } from '../../src/token/lint.js'
import { K3S_IO } from '../../src/role/k3s-io.js'
import { documents, first, LATER, NOW, tokens, writeId } from '../store/samples.js'

const mark = { writeId: writeId(2), now: LATER }
const secrets = { server: new Secret('a server token'), agent: new Secret('an agent token') }
const ca = { hash: 'a'.repeat(64), source: 'node' as const }
const known = replaceCa(first(), ca, mark)
const staged = stageTokens(known, { rotation: 'r1', tokens: tokens('second') }, mark)
const rotating = markRotating(staged, 'r1', mark)
const committed = commitTokens(markRotated(rotating, 'r1', mark), 'r1', mark)

const codes = (document: ClusterDocument, standing: Generation['standing'] = 'current'): string =>
  formatCodes(codesOf(document, find(document, standing), secrets))

function find(document: ClusterDocument, standing: Generation['standing']): Generation {
  return allGenerations(document).find((one) => one.standing === standing)!
}

/** A document with one thing changed that stands in it in the clear. */
const EDITS: readonly (readonly [string, (document: ClusterDocument) => ClusterDocument])[] = [
  ['the cluster', (document) => ({ ...document, cluster: 'dev' })],
  ['the write id', (document) => ({ ...document, writeId: writeId(3) })],
  ['the number', (document) => ({ ...document, generation: document.generation + 1 })],
  ['the phase', (document) => ({ ...document, phase: 'rotated' })],
  ['the CA', (document) => ({ ...document, ca: [{ ...document.ca[0]!, hash: 'b'.repeat(64) }] })],
  ['no CA', (document) => ({ ...document, ca: [] })],
  ['the CA twice', (document) => ({ ...document, ca: [...document.ca, ...document.ca] })],
  [
    'where the CA is known from',
    (document) => ({ ...document, ca: [{ ...document.ca[0]!, source: 'person' }] }),
  ],
  [
    'since when the CA is known',
    (document) => ({ ...document, ca: [{ ...document.ca[0]!, learnt: document.current.created }] }),
  ],
  ['no pending tokens', (document) => ({ ...document, pending: null })],
  [
    'the rotation',
    (document) => ({ ...document, pending: { ...document.pending!, rotation: 'r2' } }),
  ],
  [
    'the fingerprint of the pending tokens',
    (document) => ({ ...document, pending: { ...document.pending!, fingerprint: 'ffffffffffff' } }),
  ],
  [
    'a former generation',
    (document) => ({
      ...document,
      previous: [{ ...document.current, retired: document.current.created }],
    }),
  ],
  ['the date', (document) => withCurrent(document, { created: '2020-01-01T00:00:00Z' })],
  ['the origin', (document) => withCurrent(document, { origin: 'imported' })],
  ['the fingerprint', (document) => withCurrent(document, { fingerprint: '0123456789ac' })],
  ['a reason for none', (document) => withCurrent(document, { guessable: 'weak' })],
  [
    'no agent token',
    ({ current: { agent, ...rest }, ...document }) => ({ ...document, current: rest }),
  ],
]

function withCurrent(
  document: ClusterDocument,
  change: Partial<ClusterDocument['current']>,
): ClusterDocument {
  return { ...document, current: { ...document.current, ...change } }
}

describe('the codes of a generation', () => {
  test('are the same for the same, whatever its secrets are sealed to', () => {
    const other = { server: tokens('sealed anew').server, agent: tokens('sealed anew').agent! }
    expect(codes(withCurrent(staged, other))).toBe(codes(staged))
  })

  test.each(EDITS)('change with %s', (_what, edit) => {
    expect(codes(edit(staged))).not.toBe(codes(staged))
    // Both of them: the agent token is bound to the same.
    const [before, after] = [staged, edit(staged)].map((one) => parseCodes(codes(one))!)
    expect(after!.agent).not.toBe(before!.agent)
    expect(after!.server).not.toBe(before!.server)
  })

  test('are no others for two documents that differ in the clear', () => {
    const clear = (document: ClusterDocument) => {
      const part = ({ server, agent, binding, ...rest }: ClusterDocument['current']) => ({
        ...rest,
        agent: agent !== undefined,
      })
      return JSON.stringify({
        ...document,
        current: part(document.current),
        pending: document.pending && part(document.pending),
        previous: document.previous.map((one) => [part(one), one.binding !== undefined]),
      })
    }
    fc.assert(
      fc.property(documents, documents, (one, other) => {
        expect(codes(one) === codes(other)).toBe(clear(one) === clear(other))
        expect(codes(one)).toBe(codes(one))
      }),
    )
  })

  test('change with either token, the agent code alone with the agent token', () => {
    const generation = find(staged, 'current')
    const of = (server: string, agent: string) =>
      codesOf(staged, generation, { server: new Secret(server), agent: new Secret(agent) })
    const own = of('s', 'a')
    expect(of('s', 'b').server).toBe(own.server)
    expect(of('s', 'b').agent).not.toBe(own.agent)
    expect(of('t', 'a').server).not.toBe(own.server)
    expect(of('t', 'a').agent).not.toBe(own.agent)
    expect(of('a', 's')).not.toEqual(own)
  })

  test('are others for each place and number', () => {
    const all = [
      codes(rotating),
      codes(rotating, 'pending'),
      codes(committed),
      codes(committed, 'former'),
    ]
    expect(new Set(all).size).toBe(4)
  })

  test('of a former generation stay, whatever follows', () => {
    const before = codes(committed, 'former')
    const next = stageTokens(committed, { rotation: 'r2', tokens: tokens('third') }, mark)
    const last = markRotated(markRotating(next, 'r2', mark), 'r2', mark)
    expect(codes(replaceCa(last, { ...ca, hash: 'b'.repeat(64) }, mark), 'former')).toBe(before)
    const later = commitTokens(last, 'r2', mark)
    const [, , oldest] = allGenerations(later)
    expect(oldest).toMatchObject({ number: 1, key: 'previous.1' })
    expect(formatCodes(codesOf(later, oldest!, secrets))).toBe(before)
    expect(codes(later, 'former')).not.toBe(before)
  })

  test('of a former generation change with its number, its dates and its cluster', () => {
    const [former] = committed.previous
    for (const edited of [
      { ...committed, cluster: 'dev' },
      { ...committed, generation: 3 },
      { ...committed, previous: [{ ...former!, retired: '2020-01-01T00:00:00Z' }] },
      { ...committed, previous: [{ ...former!, created: '2020-01-01T00:00:00Z' }] },
    ]) {
      expect(codes(edited, 'former')).not.toBe(codes(committed, 'former'))
    }
  })

  test('tell which former generations are bound', () => {
    const [former] = committed.previous
    const bound = { ...former!, binding: { form: 'keyed' as const, server: '', agent: '' } }
    expect(codes({ ...committed, previous: [bound] })).not.toBe(codes(committed))
  })

  test('are made with HKDF and HMAC, as Node has them', () => {
    const generation = find(first(), 'current')
    const domain = 'k3s_vars document binding 1'
    const key = Buffer.from(hkdfSync('sha256', 'a server token', domain, 'key', 32))
    const statement = [
      'prod',
      1,
      'current',
      [NOW_TEXT, 'minted', '0123456789ab', null, true, null, null],
      writeId(1),
      1,
      'idle',
      [],
      [NOW_TEXT, 'minted', '0123456789ab', null, true, null, null],
      null,
      [],
    ]
    const code = (...message: unknown[]): string =>
      createHmac('sha256', key).update(JSON.stringify(message)).digest('hex').slice(0, 32)
    expect(codesOf(first(), generation, secrets)).toEqual({
      server: code('server', statement),
      agent: code('agent', statement, 'an agent token'),
    })
  })
})

const NOW_TEXT = `${NOW.toISOString().slice(0, 19)}Z`
const [ONE, OTHER] = ['0', 'f'].map((digit) => digit.repeat(32)) as [string, string]

describe('hasCodes', () => {
  test.each([
    [true, 'the same', { server: ONE }, { server: ONE }],
    [true, 'the same pair', { server: ONE, agent: OTHER }, { server: ONE, agent: OTHER }],
    [true, 'an agent token that was not opened', { server: ONE, agent: OTHER }, { server: ONE }],
    [false, 'another server', { server: OTHER, agent: OTHER }, { server: ONE, agent: OTHER }],
    [false, 'another agent', { server: ONE, agent: ONE }, { server: ONE, agent: OTHER }],
    [false, 'an agent without a code', { server: ONE }, { server: ONE, agent: OTHER }],
    [false, 'a part', { server: ONE.slice(1) }, { server: ONE }],
    [false, 'nothing', { server: '' }, { server: ONE }],
  ])('is %s for %s', (expected, _what, found, wanted) => {
    expect(hasCodes(found, wanted)).toBe(expected)
  })
})

describe('a manifest', () => {
  const pair = { server: ONE, agent: OTHER }

  test('holds codes, and nothing else is one', () => {
    expect(parseManifest(formatManifest(pair))).toEqual(pair)
    expect(parseManifest(formatManifest({ server: ONE }))).toEqual({ server: ONE })
    for (const text of [
      formatCodes(pair),
      `${formatManifest(pair)}\n`,
      `x${formatManifest(pair)}`,
      '',
    ]) {
      expect(parseManifest(text)).toBeUndefined()
    }
    expect(parseCodes(`${ONE}  ${OTHER}`)).toBeUndefined()
  })

  test('is no token by a rule that holds for every role', () => {
    const [found] = lintToken(new Secret(formatManifest(pair)), {
      kind: 'agent',
      role: K3S_IO,
      isInUse: true,
    })
    expect(found).toMatchObject({ rule: 'line-break', severity: 'error' })
  })
})
