import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import type { ClusterDocument, StoredTokens } from '../../src/document/document.js'
import { parseDocument, renderDocument } from '../../src/document/text.js'
import { rewriteDocument } from '../../src/document/rewrite.js'
import {
  replaceCa,
  replaceTokens,
  commitTokens,
  markRotated,
  markRotating,
  stageTokens,
} from '../../src/document/transitions.js'
import { commentsOf } from '../../src/yaml/edit.js'
import { writeId, documents, first, LATER, revealed, tokens } from '../store/samples.js'

const mark = { writeId: writeId(2), now: LATER }
const staged = stageTokens(first(), { rotation: 'r1', tokens: tokens('second') }, mark)
const rotated = markRotated(markRotating(staged, 'r1', mark), 'r1', mark)
const committed = commitTokens(rotated, 'r1', mark)

/** The document as schema 1 can say it. */
function withoutNews(document: ClusterDocument): ClusterDocument {
  const strip = <Tokens extends StoredTokens>({
    origin,
    guessable,
    binding,
    ...known
  }: Tokens): Omit<Tokens, 'origin' | 'guessable' | 'binding'> => known
  return {
    ...document,
    ca: [],
    current: strip(document.current),
    pending: document.pending && strip(document.pending),
    previous: document.previous.map(strip),
  }
}

describe('rewriteDocument', () => {
  test.each([
    ['staging', first(), staged],
    ['committing', rotated, committed],
    ['adopting', committed, replaceTokens(committed, tokens('third'), mark)],
    ['nothing', committed, committed],
  ])('writes after %s what a fresh document would have', (_what, before, next) => {
    expect(rewriteDocument(renderDocument(before), next, 'f')).toBe(renderDocument(next))
  })

  test('keeps what people wrote where they wrote it', () => {
    const text = renderDocument(committed)
      .replace('generation: 2', 'generation:   2 # second since the audit')
      .replace('current:', '\n# see ticket 42\ncurrent:')
      .replace('  - retired', '  # for the snapshots of 2026\n  - retired')
      .concat('# the end\n')
    const next = replaceTokens(committed, tokens('third'), mark)
    const rewritten = rewriteDocument(text, next, 'f')
    expect(revealed(parseDocument(rewritten, { cluster: 'prod', file: 'f' }))).toEqual(
      revealed(next),
    )
    expect(rewritten).toContain('generation: 3 # second since the audit\n')
    expect(rewritten).toContain('\n\n# see ticket 42\ncurrent:\n')
    expect(rewritten).toContain('previous:\n  # for the snapshots of 2026\n  - retired')
    expect(rewritten.endsWith('\n# the end\n')).toBe(true)
  })

  test('leaves what does not change as people wrote it, and adds the first former token in place', () => {
    const text = renderDocument(first())
      .replace('cluster:', '# ours\ncluster:  ')
      .replace('phase: idle', 'phase:    idle')
      .replace('previous: []', 'previous:   [ ]  # none yet')
    expect(rewriteDocument(text, staged, 'f')).toContain('\nprevious:   [ ]  # none yet\n')
    const rewritten = rewriteDocument(text, replaceTokens(first(), tokens('second'), mark), 'f')
    expect(rewritten).toContain('\n# ours\ncluster:   "prod"\n')
    expect(rewritten).toContain('\nphase:    idle\n')
    expect(rewritten).toContain('# none yet\nprevious:\n  - retired: ')
  })

  test('keeps the bytes of former tokens as people indented them', () => {
    const body = renderDocument(committed)
    const [head, list] = [
      body.slice(0, body.indexOf('  - retired')),
      body.slice(body.indexOf('  - retired')),
    ]
    const flat = list.replace(/^ {2}/gm, '')
    const rewritten = rewriteDocument(
      head + flat,
      replaceTokens(committed, tokens('third'), mark),
      'f',
    )
    expect(rewritten.endsWith(flat)).toBe(true)
  })

  test('refuses what could not be read again', () => {
    const last = { ...first(), generation: Number.MAX_SAFE_INTEGER }
    const next = replaceTokens(last, tokens('second'), mark)
    expect(() => rewriteDocument(renderDocument(last), next, 'f')).toThrow(
      expect.objectContaining({
        code: 'K3SV_STORE_CORRUPT',
        location: { file: 'f' },
        hint: expect.stringContaining('restore the document'),
      }),
    )
  })

  test.each([
    [
      'on one line',
      JSON.stringify({ schema: 2, ...(revealed(first('prod', 1)) as object) })
        .replace('"writeId"', '"attempt"')
        .replaceAll(/\{"form":"sealed","text":("[^"]*")\}/g, '!vault $1'),
    ],
    [
      'with an alias',
      renderDocument(first())
        .replace('cluster: "prod"', 'cluster: &n "prod"')
        .replace('phase: idle', 'phase: &p idle'),
    ],
  ])('writes a document %s afresh or in place, and right either way', (_what, text) => {
    const rewritten = rewriteDocument(`# ours\n${text}`, staged, 'f')
    expect(revealed(parseDocument(rewritten, { cluster: 'prod', file: 'f' }))).toEqual(
      revealed(staged),
    )
    expect(rewritten.startsWith('# ours\n')).toBe(true)
  })

  test('brings a document of schema 1 forward and leaves what people wrote', () => {
    const text = renderDocument(committed)
      .replace('schema: 2', 'schema: 1 # since 2026')
      .replace('ca: []\n', '')
      .replace(/ {2,4}origin: .*\n/g, '')
      .replace('phase: idle', 'phase:   idle # at last')
      .replace('current:', '# see ticket 42\ncurrent:')
      .replace('  - retired', '  # for the snapshots of 2026\n  - retired')
    const before = parseDocument(text, { cluster: 'prod', file: 'f' })
    const adopted = replaceTokens(before, tokens('third'), mark)
    const next = replaceCa(adopted, { hash: 'a'.repeat(64), source: 'node' }, mark)
    const rewritten = rewriteDocument(text, next, 'f')
    expect(revealed(parseDocument(rewritten, { cluster: 'prod', file: 'f' }))).toEqual(
      revealed(next),
    )
    expect(rewritten).toContain('\nschema: 2 # since 2026\n')
    expect(rewritten).toContain('\nphase:   idle # at last\nca:\n  - hash: "aaaa')
    expect(rewritten).toContain('\n# see ticket 42\ncurrent:\n')
    expect(rewritten).toContain('previous:\n  # for the snapshots of 2026\n  - retired')
    expect(rewriteDocument(rewritten, next, 'f')).toBe(rewritten)
  })

  test('brings every document of schema 1 forward, with all its comments', () => {
    fc.assert(
      fc.property(documents, documents, (document, other) => {
        const text = renderDocument(withoutNews(document))
          .replace('schema: 2', '# ours\nschema: 1')
          .replace('ca: []\n', '# none known\n')
        const next = { ...other, cluster: document.cluster }
        const rewritten = rewriteDocument(text, next, 'f')
        expect(revealed(parseDocument(rewritten, { cluster: next.cluster, file: 'f' }))).toEqual(
          revealed(next),
        )
        expect(commentsOf(rewritten).sort()).toEqual(commentsOf(text).sort())
      }),
    )
  })

  test('refuses to write over a damaged document', () => {
    expect(() => rewriteDocument('schema: 1\n', first(), 'f')).toThrow(
      expect.objectContaining({ code: 'K3SV_STORE_CORRUPT' }),
    )
  })

  test('gets from any document to any other and loses no comment, wherever it stands', () => {
    fc.assert(
      fc.property(documents, documents, fc.infiniteStream(fc.boolean()), (before, other, coins) => {
        const text = renderDocument(before)
          .split('\n')
          .map((line, index) => {
            // Inside vault text a comment would be text.
            const isOpen = /^ *(- )?\w+: ("|null$|\w+$|\[\]$)/.test(line)
            return isOpen && coins.next().value ? `${line} # note ${index}` : line
          })
          .join('\n')
        const next = { ...other, cluster: before.cluster }
        const rewritten = rewriteDocument(text, next, 'f')
        expect(revealed(parseDocument(rewritten, { cluster: next.cluster, file: 'f' }))).toEqual(
          revealed(next),
        )
        expect(commentsOf(rewritten).sort()).toEqual(commentsOf(text).sort())
      }),
    )
  })
})
