import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import type { ClusterDocument } from '../../src/document/document.js'
import {
  abortTokens,
  addAgentToken,
  replaceCa,
  replaceTokens,
  commitTokens,
  markRotated,
  markRotating,
  stageTokens,
} from '../../src/document/transitions.js'
import { writeId, documents, first, LATER, NOW, tokens } from '../store/samples.js'

const mark = { writeId: writeId(9), now: LATER }

const STEPS = {
  stage: (document: ClusterDocument, rotation: string) =>
    stageTokens(document, { rotation, tokens: tokens('second') }, mark),
  rotating: (document: ClusterDocument, rotation: string) => markRotating(document, rotation, mark),
  rotated: (document: ClusterDocument, rotation: string) => markRotated(document, rotation, mark),
  commit: (document: ClusterDocument, rotation: string) => commitTokens(document, rotation, mark),
  abort: (document: ClusterDocument, rotation: string) => abortTokens(document, rotation, mark),
  adopt: (document: ClusterDocument) => replaceTokens(document, tokens('living'), mark),
}
type Step = keyof typeof STEPS

function after(...steps: Step[]): ClusterDocument {
  return steps.reduce<ClusterDocument>((document, step) => STEPS[step](document, 'r1'), first())
}

const PHASES = {
  idle: after(),
  staged: after('stage'),
  rotating: after('stage', 'rotating'),
  rotated: after('stage', 'rotating', 'rotated'),
}

describe('a first document', () => {
  test('is idle, generation 1, and dated to the second in UTC', () => {
    expect(first()).toEqual({
      cluster: 'prod',
      writeId: writeId(1),
      generation: 1,
      phase: 'idle',
      ca: [],
      current: { ...tokens('first'), created: '2026-11-24T10:00:00Z' },
      pending: null,
      previous: [],
    })
  })
})

describe('a step of a rotation', () => {
  test.each<[Step, keyof typeof PHASES, string]>([
    ['stage', 'idle', 'staged'],
    ['stage', 'staged', 'itself'],
    ['stage', 'rotating', 'refused'],
    ['stage', 'rotated', 'refused'],
    ['rotating', 'idle', 'refused'],
    ['rotating', 'staged', 'rotating'],
    ['rotating', 'rotating', 'itself'],
    ['rotating', 'rotated', 'refused'],
    ['rotated', 'idle', 'refused'],
    ['rotated', 'staged', 'refused'],
    ['rotated', 'rotating', 'rotated'],
    ['rotated', 'rotated', 'itself'],
    ['commit', 'idle', 'refused'],
    ['commit', 'staged', 'refused'],
    ['commit', 'rotating', 'refused'],
    ['commit', 'rotated', 'idle'],
    ['abort', 'idle', 'refused'],
    ['abort', 'staged', 'idle'],
    ['abort', 'rotating', 'refused'],
    ['abort', 'rotated', 'refused'],
    ['adopt', 'idle', 'idle'],
    ['adopt', 'staged', 'refused'],
    ['adopt', 'rotating', 'refused'],
    ['adopt', 'rotated', 'refused'],
  ])('%s in phase %s leads to: %s', (step, phase, expected) => {
    const document = PHASES[phase]
    const run = () => STEPS[step](document, 'r1')
    if (expected === 'refused') {
      expect(run).toThrow(
        expect.objectContaining({
          code: 'K3SV_STORE_CONFLICT',
          hint: expect.stringMatching(/\w/),
        }),
      )
    } else if (expected === 'itself') {
      expect(run()).toBe(document)
    } else {
      expect(run()).toMatchObject({ phase: expected, writeId: mark.writeId })
    }
  })

  test.each<[Step, keyof typeof PHASES]>([
    ['stage', 'staged'],
    ['rotating', 'staged'],
    ['rotating', 'rotating'],
    ['rotated', 'rotating'],
    ['commit', 'rotated'],
    ['abort', 'staged'],
  ])('%s in phase %s refuses the id of another rotation', (step, phase) => {
    expect(() => STEPS[step](PHASES[phase], 'r2')).toThrow(
      expect.objectContaining({ code: 'K3SV_STORE_CONFLICT' }),
    )
  })

  test.each(['', 'a b', 'ä', 'x'.repeat(129)])('staging refuses %j as an id', (rotation) => {
    expect(() => STEPS.stage(first(), rotation)).toThrow(
      expect.objectContaining({ code: 'K3SV_STORE_CONFLICT' }),
    )
  })

  test('committing makes the pending tokens current and keeps the former in front', () => {
    expect(after('adopt', 'stage', 'rotating', 'rotated', 'commit')).toEqual({
      ...first(),
      writeId: mark.writeId,
      generation: 3,
      current: { ...tokens('second'), created: '2026-12-01T08:30:00Z' },
      previous: [
        { ...tokens('living'), created: '2026-12-01T08:30:00Z', retired: '2026-12-01T08:30:00Z' },
        { ...tokens('first'), created: '2026-11-24T10:00:00Z', retired: '2026-12-01T08:30:00Z' },
      ],
    })
  })

  test.each<[Step, keyof typeof PHASES, RegExp]>([
    ['commit', 'staged', /in their order/],
    ['commit', 'rotating', /no way back/],
    ['abort', 'rotating', /no way back/],
    ['rotating', 'rotated', /no way back/],
    ['rotating', 'idle', /finished or aborted/],
    ['adopt', 'staged', /abort or finish the rotation first/],
  ])('%s in phase %s is refused with a way out', (step, phase, hint) => {
    expect(() => STEPS[step](PHASES[phase], 'r1')).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(hint) }),
    )
  })

  test('committing tokens that agents share brings no empty token for agents', () => {
    const { agent, ...shared } = tokens('shared')
    expect(agent).toBeDefined()
    const staged = stageTokens(first(), { rotation: 'r1', tokens: shared }, mark)
    const rotated = markRotated(markRotating(staged, 'r1', mark), 'r1', mark)
    expect(Object.keys(commitTokens(rotated, 'r1', mark).current).sort()).toEqual([
      'created',
      'fingerprint',
      'origin',
      'server',
    ])
  })

  test('aborting leaves what was there before', () => {
    expect(after('stage', 'abort')).toEqual({ ...first(), writeId: mark.writeId })
  })
})

describe('adding an agent token', () => {
  const { server, agent } = tokens('first')
  const shared = first('prod', 1, { fingerprint: '0123456789ab', server })
  const add = (document: ClusterDocument) => addAgentToken(document, agent!, mark)

  test('changes nothing but the write id: no generation ends, and none begins', () => {
    expect(add(shared)).toEqual({
      ...shared,
      writeId: mark.writeId,
      current: { ...shared.current, agent },
    })
    expect(shared.current).not.toHaveProperty('agent')
  })

  test('keeps the former generations as they are', () => {
    const { fingerprint } = tokens('living')
    const replaced = replaceTokens(shared, { fingerprint, server: tokens('living').server }, mark)
    expect(add(replaced)).toMatchObject({ generation: 2, previous: replaced.previous })
  })

  test('is refused where there is one, whatever the phase would say', () => {
    expect(() => add(first())).toThrow(
      expect.objectContaining({
        code: 'K3SV_STORE_OCCUPIED',
        hint: expect.stringContaining('k3s-vars token show'),
      }),
    )
  })

  test('is refused during a rotation, whose pending tokens would not have it', () => {
    const { fingerprint } = tokens('second')
    const staged = stageTokens(
      shared,
      { rotation: 'r1', tokens: { fingerprint, server: tokens('second').server } },
      mark,
    )
    const rotating = markRotating(staged, 'r1', mark)
    for (const document of [staged, rotating, markRotated(rotating, 'r1', mark)]) {
      expect(() => add(document)).toThrow(expect.objectContaining({ code: 'K3SV_STORE_CONFLICT' }))
    }
  })
})

describe('a CA', () => {
  const [one, other] = ['a', 'b'].map((digit) => ({
    hash: digit.repeat(64),
    source: 'token' as const,
  }))

  test('comes in with its date, and changes nothing else', () => {
    expect(replaceCa(PHASES.rotating, one!, mark)).toEqual({
      ...PHASES.rotating,
      writeId: mark.writeId,
      ca: [{ ...one, learnt: '2026-12-01T08:30:00Z' }],
    })
  })

  test('that is known alone stays as it was learnt; another one takes its place', () => {
    const known = replaceCa(first(), one!, mark)
    expect(replaceCa(known, { ...one!, source: 'node' }, mark)).toBe(known)
    expect(replaceCa(known, other!, mark).ca).toMatchObject([other!])
    const two = { ...known, ca: [...known.ca, ...replaceCa(known, other!, mark).ca] }
    expect(replaceCa(two, one!, mark).ca).toMatchObject([one!])
  })

  test('survives a rotation', () => {
    const known = replaceCa(first(), one!, mark)
    const steps: Step[] = ['stage', 'rotating', 'rotated', 'commit']
    const last = steps.reduce((document, step) => STEPS[step](document, 'r1'), known)
    expect(last.ca).toBe(known.ca)
  })
})

describe('any run of steps', () => {
  const steps = fc.constantFrom(...(Object.keys(STEPS) as Step[]))

  test('forgets no former token, counts each new one, and leaves the given document as it was', () => {
    fc.assert(
      fc.property(documents, fc.array(steps, { maxLength: 12 }), (start, run) => {
        let document = start
        for (const step of run) {
          // There is no number behind the last, and none is written (rewrite.test.ts).
          if (document.generation === Number.MAX_SAFE_INTEGER) return
          const before = document
          const frozen = structuredClone(stripped(before))
          try {
            document = STEPS[step](before, before.pending?.rotation ?? 'r1')
          } catch {
            continue
          }
          expect(stripped(before)).toEqual(frozen)
          const hasNew = document.generation - before.generation
          expect([0, 1]).toContain(hasNew)
          expect(document.previous.slice(hasNew)).toEqual(before.previous)
          const { binding, ...former } = before.current
          if (hasNew === 1) {
            expect(document.previous[0]).toMatchObject(former)
            expect(document.previous[0]).not.toHaveProperty('binding')
          } else expect(document.current).toBe(before.current)
          expect(document.pending === null).toBe(document.phase === 'idle')
        }
      }),
    )
  })
})

/** Secrets cannot be cloned; what the steps could change is all the rest. */
function stripped(document: ClusterDocument): unknown {
  return JSON.parse(JSON.stringify(document))
}

test('a date keeps the second that it was given', () => {
  expect(first().current.created).toBe(`${NOW.toISOString().slice(0, 19)}Z`)
})
