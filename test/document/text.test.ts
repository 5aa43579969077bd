import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { StoreError } from '../../src/errors.js'
import { holdsPlainSecret, parseDocument, renderDocument } from '../../src/document/text.js'
import {
  commitTokens,
  markRotated,
  markRotating,
  stageTokens,
} from '../../src/document/transitions.js'
import {
  writeId,
  documents,
  first,
  LATER,
  NOW,
  plain,
  plainTokens,
  revealed,
  sealed,
  tokens,
} from '../store/samples.js'

const EXPECTED = { cluster: 'prod', file: '/etc/tokens/prod.yml' }
const CANARY = 'CanarySecret'

function fault(text: string): StoreError {
  try {
    parseDocument(text, EXPECTED)
  } catch (error) {
    if (error instanceof StoreError) return error
    throw error
  }
  throw new Error('the text was accepted')
}

const mark = { writeId: writeId(2), now: LATER }
const staged = stageTokens(first(), { rotation: 'r1', tokens: tokens('second') }, mark)
const rotated = markRotated(markRotating(staged, 'r1', mark), 'r1', mark)
const TEXT = renderDocument(first('prod', 1, plainTokens(CANARY)))
const FORMER = TEXT.replace('schema: 2', 'schema: 1')
  .replace('ca: []\n', '')
  .replace(/ {2}(origin|guessable): .*\n/g, '')
const CA = `\n  - hash: "${'0'.repeat(64)}"\n    source: token\n    learnt: "2026-11-24T10:00:00Z"\n`

describe('renderDocument', () => {
  test('writes the form that people review in Git', () => {
    const committed = commitTokens(rotated, 'r1', mark)
    const [server, agent] = ['d', 'e'].map((digit) => digit.repeat(32))
    const bound = {
      ...committed,
      ca: [{ hash: 'c'.repeat(64), source: 'token' as const, learnt: '2026-11-24T10:00:00Z' }],
      current: {
        ...committed.current,
        binding: { form: 'keyed' as const, server: server!, agent: agent! },
      },
    }
    expect(renderDocument(bound)).toBe(
      `\
# Tokens of a K3s cluster, kept by k3s_vars. Commit this file where its secrets are sealed: every controller needs
# the same one. Never edit or delete a secret: former tokens restore the snapshots of their time.
schema: 2
cluster: "prod"
attempt: "00000000000000000000000000000002"
generation: 2
phase: idle
ca:
  - hash: "${'c'.repeat(64)}"
    source: token
    learnt: "2026-11-24T10:00:00Z"
current:
  created: "2026-12-01T08:30:00Z"
  origin: minted
  fingerprint: "0123456789ab"
  server: !vault |
    $ANSIBLE_VAULT;1.1;AES256
    3132
    7365636f6e642d736572766572
  agent: !vault |
    $ANSIBLE_VAULT;1.1;AES256
    3132
    7365636f6e642d6167656e74
  binding: "${'d'.repeat(32)} ${'e'.repeat(32)}"
pending: null
previous:
  - retired: "2026-12-01T08:30:00Z"
    created: "2026-11-24T10:00:00Z"
    origin: minted
    fingerprint: "0123456789ab"
    server: !vault |
      $ANSIBLE_VAULT;1.1;AES256
      3132
      66697273742d736572766572
    agent: !vault |
      $ANSIBLE_VAULT;1.1;AES256
      3132
      66697273742d6167656e74
`,
    )
  })

  test.each([
    ['lines of visible ASCII', '$ANSIBLE_VAULT;1.1;AES256\n61 62\n', '!vault |\n    $'],
    ['no newline at its end', '$ANSIBLE_VAULT;1.1;AES256\n61', '!vault "$'],
    ['an empty line', '$ANSIBLE_VAULT;1.1;AES256\n\n61\n', '!vault "$'],
    ['an empty line at its end', '$ANSIBLE_VAULT;1.1;AES256\n61\n\n', '!vault "$'],
    ['an indented line', '$ANSIBLE_VAULT;1.1;AES256\n  61\n', '!vault "$'],
    ['a control character before a good line', '$ANSIBLE_VAULT;\x07\n61\n', '!vault "$'],
    ['Windows line ends', '$ANSIBLE_VAULT;1.1;AES256\r\n61\r\n', '!vault "$'],
  ])('keeps vault text with %s as it is', (_what, text, expected) => {
    const document = first('prod', 1, { fingerprint: null, server: { form: 'sealed', text } })
    const rendered = renderDocument(document)
    expect(rendered).toContain(`server: ${expected}`)
    expect(revealed(parseDocument(rendered, EXPECTED))).toEqual(revealed(document))
  })

  test('gives every document a text that reads as the same document', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const expected = { cluster: document.cluster, file: 'f' }
        const read = parseDocument(renderDocument(document), expected)
        expect(revealed(read)).toEqual(revealed(document))
      }),
    )
  })
})

describe('parseDocument', () => {
  test.each([
    ['an empty file', '', undefined],
    ['a list', '- 1\n', undefined],
    ['text after a merge conflict', `<<<<<<< HEAD\n${TEXT}`, undefined],
    ['a key twice', `${TEXT}phase: idle\n`, undefined],
    ['another cluster', TEXT.replace('"prod"', '"test"'), 'cluster'],
    ['a cluster that reads as a number', TEXT.replace('"prod"', '7'), 'cluster'],
    ['no cluster', TEXT.replace(/^cluster.*\n/m, ''), 'cluster'],
    ['no schema', TEXT.replace(/^schema.*\n/m, ''), 'schema'],
    ['a schema in words', TEXT.replace('schema: 2', `schema: ${CANARY}`), 'schema'],
    ['schema 0', TEXT.replace('schema: 2', 'schema: 0'), 'schema'],
    ['a schema that is no whole number', TEXT.replace('schema: 2', 'schema: 1.5'), 'schema'],
    [
      'a schema beyond all counting',
      TEXT.replace('schema: 2', 'schema: 9007199254740993'),
      'schema',
    ],
    ['a schema in quotes', TEXT.replace('schema: 2', 'schema: "1"'), 'schema'],
    ['a list of schemas', TEXT.replace('schema: 2', 'schema: [1]'), 'schema'],
    ['an attempt of 33 digits', TEXT.replace(/^attempt: "/m, 'attempt: "0'), 'attempt'],
    ['an attempt with more behind it', TEXT.replace(/^(attempt: .*)"/m, '$1g"'), 'attempt'],
    ['a short attempt', TEXT.replace(/^attempt.*/m, 'attempt: "0a"'), 'attempt'],
    ['an attempt without quotes', TEXT.replace(/^attempt.*/m, `attempt: ${writeId(1)}`), 'attempt'],
    ['a generation of 0', TEXT.replace('generation: 1', 'generation: 0'), 'generation'],
    ['a broken generation', TEXT.replace('generation: 1', 'generation: 1.5'), 'generation'],
    [
      'a generation beyond all counting',
      TEXT.replace('generation: 1', 'generation: 9007199254740993'),
      'generation',
    ],
    ['a generation in quotes', TEXT.replace('generation: 1', 'generation: "1"'), 'generation'],
    ['no list of CAs', TEXT.replace('ca: []\n', ''), 'ca'],
    ['a CA that is none', TEXT.replace('ca: []', `ca: [${CANARY}]`), 'ca.0'],
    [
      'a CA hash in upper case',
      TEXT.replace(' []\ncurrent', `${CA.replace('"0', '"A')}current`),
      'ca.0.hash',
    ],
    [
      'a CA from nowhere',
      TEXT.replace(' []\ncurrent', `${CA.replace('source: token', `source: ${CANARY}`)}current`),
      'ca.0.source',
    ],
    [
      'a CA of no day',
      TEXT.replace(' []\ncurrent', `${CA.replace(/learnt: .*/, `learnt: "${CANARY}"`)}current`),
      'ca.0.learnt',
    ],
    ['an unknown origin', TEXT.replace('origin: imported', `origin: ${CANARY}`), 'current.origin'],
    [
      'an unknown word for guessable',
      TEXT.replace('guessable: weak', `guessable: ${CANARY}`),
      'current.guessable',
    ],
    [
      'guessable beside a fingerprint',
      TEXT.replace('fingerprint: null', 'fingerprint: "0123456789ab"'),
      'current.guessable',
    ],
    [
      'a short binding',
      TEXT.replace('pending:', `  binding: "${'0'.repeat(31)}"\npending:`),
      'current.binding',
    ],
    [
      'a binding for an agent that is not there',
      TEXT.replace('pending:', `  binding: "${'0'.repeat(32)} ${'0'.repeat(32)}"\npending:`),
      'current.binding',
    ],
    [
      'no binding for an agent that is there',
      TEXT.replace('pending:', `  agent: x\n  binding: "${'0'.repeat(32)}"\npending:`),
      'current.binding',
    ],
    [
      'a binding that is null',
      TEXT.replace('pending:', '  binding: null\npending:'),
      'current.binding',
    ],
    ['a CA in schema 1', FORMER.replace('current:', 'ca: []\ncurrent:'), undefined],
    [
      'an origin in schema 1',
      FORMER.replace('fingerprint:', 'origin: minted\n  fingerprint:'),
      'current',
    ],
    ['an unknown phase', TEXT.replace('phase: idle', `phase: ${CANARY}`), 'phase'],
    ['a phase without its pending token', TEXT.replace('phase: idle', 'phase: staged'), 'pending'],
    [
      'idle with a pending token',
      renderDocument(staged).replace('phase: staged', 'phase: idle'),
      'pending',
    ],
    [
      'a date without quotes that YAML reads as one',
      TEXT.replace(/created: .*/, 'created: 2026-11-24'),
      'current.created',
    ],
    ['a date in quotes without its time', TEXT.replace('T10:00:00Z', ''), 'current.created'],
    ['a word for a date', TEXT.replace(/created: .*/, `created: "${CANARY}"`), 'current.created'],
    ['a year of six digits', TEXT.replace('"2026-', '"+012026-'), 'current.created'],
    ['the 30th of February', TEXT.replace('2026-11-24', '2026-02-30'), 'current.created'],
    ['a local time', TEXT.replace('00Z"', '00+01:00"'), 'current.created'],
    [
      'a fingerprint of another length',
      TEXT.replace('fingerprint: null', 'fingerprint: "0a"'),
      'current.fingerprint',
    ],
    [
      'a fingerprint of thirteen digits',
      TEXT.replace('fingerprint: null', 'fingerprint: "0123456789abc"'),
      'current.fingerprint',
    ],
    [
      'a fingerprint with more before it',
      TEXT.replace('fingerprint: null', 'fingerprint: "x0123456789ab"'),
      'current.fingerprint',
    ],
    [
      'an upper case fingerprint',
      TEXT.replace('fingerprint: null', 'fingerprint: "0123456789AB"'),
      'current.fingerprint',
    ],
    ['an empty secret', TEXT.replace(`"${CANARY}"`, '""'), 'current.server'],
    ['a secret that is a number', TEXT.replace(`"${CANARY}"`, '12345678'), 'current.server'],
    ['no secret', TEXT.replace(/ {2}server: .*\n/, ''), 'current.server'],
    [
      'vault text without its tag',
      TEXT.replace(`"${CANARY}"`, `"$ANSIBLE_VAULT;1.1;AES256\\n${CANARY}"`),
      'current.server',
    ],
    [
      'vault text behind a damaged tag',
      TEXT.replace(`"${CANARY}"`, `vault |\n    $ANSIBLE_VAULT;1.1;AES256\n    ${CANARY}`),
      'current.server',
    ],
    [
      'vault text behind a word',
      TEXT.replace(`"${CANARY}"`, `sealed $ANSIBLE_VAULT;1.1;AES256 ${CANARY}`),
      'current.server',
    ],
    [
      'a tag on text that is no vault text',
      TEXT.replace(`"${CANARY}"`, `!vault ${CANARY}`),
      'current.server',
    ],
    [
      'vault text that is a number',
      TEXT.replace(`"${CANARY}"`, '{ __ansible_vault: 7 }'),
      'current.server',
    ],
    [
      'vault text with something beside it',
      TEXT.replace(`"${CANARY}"`, `{ __ansible_vault: $ANSIBLE_VAULT, ${CANARY}: 1 }`),
      'current.server',
    ],
    ['tokens that are null', TEXT.replace(/current:\n( {2}.*\n)+/, 'current: null\n'), 'current'],
    ['tokens in a list', TEXT.replace(/current:\n( {2}.*\n)+/, 'current: []\n'), 'current'],
    ['a former token that is null', TEXT.replace(/\[\]\n$/, '[null]'), 'previous.0'],
    ['an agent that is null', TEXT.replace('pending:', '  agent: null\npending:'), 'current.agent'],
    ['no list of former tokens', TEXT.replace('previous: []', 'previous: null'), 'previous'],
    ['a former token that is none', TEXT.replace(/\[\]\n$/, `[${CANARY}]`), 'previous.0'],
    ['an unknown key', `${TEXT}${CANARY}: ${CANARY}\n`, undefined],
    ['an unknown key inside', TEXT.replace('pending:', `  ${CANARY}: 1\npending:`), 'current'],
    ['__proto__', `${TEXT}__proto__: { polluted: true }\n`, undefined],
    [
      '__proto__ instead of a key',
      TEXT.replace('generation: 1', '__proto__: { generation: 1 }'),
      'generation',
    ],
  ])('refuses %s and repeats nothing of it', (_what, text, key) => {
    const error = fault(text)
    expect(error.code).toBe('K3SV_STORE_CORRUPT')
    expect(error.location).toMatchObject({ file: EXPECTED.file })
    expect(error.location?.key).toBe(key)
    expect(error.hint).toMatch(/restore the document from Git or a backup/)
    expect(JSON.stringify([error.message, error.hint, error.location, error.stack])).not.toContain(
      CANARY,
    )
    expect(Object.prototype).not.toHaveProperty('polluted')
  })

  test('names the line of a damaged value', () => {
    expect(fault(TEXT.replace('generation: 1', 'generation: x')).location).toMatchObject({
      line: 6,
      key: 'generation',
    })
  })

  test('names the line of a key that does not belong there, and not the key', () => {
    const lines = TEXT.split('\n').length
    expect(fault(`${TEXT}more: 1\n`).location).toMatchObject({ line: lines, key: undefined })
    expect(fault(TEXT.replace('pending:', '  more: 1\npending:')).location).toMatchObject({
      line: TEXT.slice(0, TEXT.indexOf('pending:')).split('\n').length,
      key: 'current',
    })
  })

  test('says of the whole what it must be, and of a part which one', () => {
    expect(fault('- 1\n').message).toBe('the token document must be a mapping')
    expect(fault(TEXT.replace('phase: idle', 'phase: x')).message).toBe(
      'phase of the token document must be idle, staged, rotating, rotated',
    )
    expect(fault(TEXT.replace('previous: []', 'previous: [1]')).message).toBe(
      'previous.0 of the token document must be a mapping',
    )
  })

  test('names the line where the text is no YAML, and what may have happened', () => {
    const error = fault(TEXT.replace('phase: idle', '<<<<<<< HEAD'))
    expect(error).toMatchObject({
      message: 'the token document is not valid YAML',
      location: { file: EXPECTED.file, line: expect.any(Number), column: expect.any(Number) },
      hint: expect.stringContaining('conflict marks'),
    })
  })

  test('tells a newer form from a damaged one before it looks at anything else', () => {
    const error = fault('schema: 3\nclusters: {}\n')
    expect(error.code).toBe('K3SV_STORE_SCHEMA')
    expect(error.location).toMatchObject({ file: EXPECTED.file, line: 1, key: 'schema' })
    expect(error.hint).toContain('update k3s_vars')
  })

  test('reads a document that people reformatted', () => {
    const { writeId: attempt, ...fields } = first('prod', 1)
    const text = JSON.stringify({
      schema: 1,
      ...{ ...fields, ca: undefined },
      attempt,
      current: { created: '2026-11-24T10:00:00Z', fingerprint: null, server: 'x' },
    })
    expect(revealed(parseDocument(text, EXPECTED))).toMatchObject({
      generation: 1,
      current: { server: { form: 'plain', secret: 'x' } },
    })
  })
})

describe('a document of schema 1', () => {
  test('is read as what it is: no CA, no origin, no reason, no binding', () => {
    const { origin, guessable, ...current } = first('prod', 1, plainTokens(CANARY)).current
    expect([origin, guessable]).toEqual(['imported', 'weak'])
    expect(revealed(parseDocument(FORMER, EXPECTED))).toEqual(
      revealed({ ...first('prod', 1, plainTokens(CANARY)), current }),
    )
  })

  test('is written as schema 2', () => {
    expect(renderDocument(parseDocument(FORMER, EXPECTED))).toBe(
      TEXT.replace(/ {2}(origin|guessable): .*\n/g, ''),
    )
  })
})

describe('holdsPlainSecret', () => {
  test.each([
    [false, 'nothing plain', first()],
    [
      false,
      'a sealed token for all',
      first('prod', 1, { ...plainTokens(''), server: sealed('x') }),
    ],
    [true, 'a plain server token', first('prod', 1, plainTokens('x'))],
    [true, 'a plain agent token', first('prod', 1, { ...tokens('a'), agent: plain('x') })],
    [
      true,
      'a plain pending token',
      stageTokens(
        first(),
        { rotation: 'r', tokens: plainTokens('x') },
        { writeId: writeId(1), now: NOW },
      ),
    ],
    [
      true,
      'a plain former token',
      {
        ...first(),
        previous: [{ ...first().current, retired: '2026-11-24T10:00:00Z', server: plain('x') }],
      },
    ],
  ])('is %s for %s', (expected, _what, document) => {
    expect(holdsPlainSecret(document)).toBe(expected)
  })
})
