import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import type { ClusterDocument } from '../../src/document/document.js'
import { findBreak } from '../../src/document/succession.js'
import {
  abortTokens,
  addAgentToken,
  commitTokens,
  markRotated,
  markRotating,
  replaceCa,
  replaceTokens,
  stageTokens,
} from '../../src/document/transitions.js'
import { first, LATER, sealed, tokens, writeId } from '../store/samples.js'

const stamp = { writeId: writeId(2), now: LATER }
const idle = first()
const staged = stageTokens(idle, { rotation: 'r1', tokens: tokens('second') }, stamp)
const rotating = markRotating(staged, 'r1', stamp)
const rotated = markRotated(rotating, 'r1', stamp)
const committed = commitTokens(rotated, 'r1', stamp)
const aborted = abortTokens(staged, 'r1', stamp)
const bound = (document: ClusterDocument): ClusterDocument => ({
  ...document,
  current: { ...document.current, binding: { form: 'keyed', server: '', agent: '' } },
})
const other = (document: ClusterDocument): ClusterDocument => ({
  ...document,
  current: { ...document.current, fingerprint: 'ffffffffffff' },
})
const { agent, ...alone } = idle.current

describe('a document', () => {
  test.each<[string, ClusterDocument, ClusterDocument]>([
    ['itself', idle, idle],
    ['a staged rotation', idle, staged],
    ['an aborted one', staged, aborted],
    ['a step', rotating, rotated],
    ['a whole rotation', idle, committed],
    ['a rotation from any phase', rotating, committed],
    ['another token', idle, replaceTokens(idle, tokens('third'), stamp)],
    ['a CA', idle, replaceCa(idle, { hash: 'a'.repeat(64), source: 'node' }, stamp)],
    [
      'an agent token',
      { ...idle, current: alone },
      addAgentToken({ ...idle, current: alone }, sealed('x'), stamp),
    ],
    ['a binding', idle, bound(idle)],
    [
      'a fingerprint that was not shown before',
      { ...idle, current: { ...idle.current, fingerprint: null } },
      idle,
    ],
  ])('can be followed by %s', (_what, earlier, later) => {
    expect(findBreak(earlier, later)).toBeUndefined()
  })

  test.each<[string, string, ClusterDocument, ClusterDocument]>([
    ['older', 'one of a former generation', committed, idle],
    ['older', 'a rotation that is done, undone', rotated, idle],
    ['older', 'a rotation that is done, staged', rotated, staged],
    ['older', 'a rotation that is done, under way', rotated, rotating],
    ['older', 'a rotation under way, aborted', rotating, aborted],
    ['other', 'another token of the same number', idle, other(idle)],
    [
      'other',
      'a token of another day',
      idle,
      { ...idle, current: { ...idle.current, created: '2026-12-01T08:30:00Z' } },
    ],
    [
      'other',
      'another former token',
      idle,
      { ...committed, previous: [{ ...committed.previous[0]!, fingerprint: 'ffffffffffff' }] },
    ],
    ['lost', 'one without the former token', idle, { ...committed, previous: [] }],
    ['unbound', 'one without binding', bound(idle), idle],
    ['unbound', 'one whose former token is not bound', bound(idle), committed],
  ])('is %s for %s', (expected, _what, earlier, later) => {
    expect(findBreak(earlier, later)).toBe(expected)
  })

  test('goes forward with every step, and never back', () => {
    const line = [idle, staged, rotating, rotated, committed]
    fc.assert(
      fc.property(fc.nat(4), fc.nat(4), (one, two) => {
        const found = findBreak(line[one]!, line[two]!)
        // Staging can be taken back, as long as nothing was done.
        const isForward = one <= two || (one === 1 && two === 0)
        expect(found).toBe(isForward ? undefined : 'older')
      }),
    )
  })
})
