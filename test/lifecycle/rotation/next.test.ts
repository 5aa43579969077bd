import { describe, expect, test } from '@jest/globals'
import fc from '../../support/properties.js'
import type { Phase } from '../../../src/document/document.js'
import { STOPS } from '../../../src/lifecycle/rotation/stops.js'
import { plan } from '../../../src/lifecycle/rotation/plan.js'
import { KILL_POINTS, ModelCluster } from './model.js'
import type { Text } from './model.js'
import { idle, runPlay, runTwo, viewOf, WISH } from './obey.js'
import type { ModelDocument } from './obey.js'

type Shape = ConstructorParameters<typeof ModelCluster>[0]

/** As on the real ones: the first has no join URL, the others join through it. */
const SHAPES = {
  'three servers and two agents': {
    servers: [{ name: 'l1' }, { name: 'l2', join: 'l1' }, { name: 'l3', join: 'l1' }],
    agents: 2,
  },
  'five servers': {
    servers: [{ name: 'l1' }, ...['l2', 'l3', 'l4', 'l5'].map((name) => ({ name, join: 'l1' }))],
  },
  'three servers and one with a control plane alone': {
    servers: [
      { name: 'l1' },
      { name: 'l2', join: 'l1' },
      { name: 'l3', join: 'l1' },
      { name: 'c1', join: 'l2', controlPlane: true },
    ],
  },
  'one server with etcd': { servers: [{ name: 'l1' }] },
  'one server with sqlite and an agent': {
    servers: [{ name: 'l1' }],
    agents: 1,
    datastore: 'sqlite',
  },
} as const satisfies Readonly<Record<string, Shape>>

const shapes = Object.entries(SHAPES).map(([name, shape]) => [name, shape as Shape] as const)

function expectRotated(cluster: ModelCluster, document: ModelDocument): void {
  expect(document).toEqual({ phase: 'idle', record: undefined, generation: 2 })
  expect(cluster.keys).toEqual(['NEW'])
  for (const server of cluster.servers) {
    expect(server).toMatchObject({ memory: 'NEW', source: 'NEW', passwd: 'NEW', side: false })
    // The next restart holds, too.
    cluster.kill(server)
    expect(cluster.start(server)).toBe('ready')
  }
  for (const agent of cluster.agents) {
    expect(agent).toMatchObject({ source: 'NEW', side: false, isRunning: true })
    expect(agent.started).toBeGreaterThan(agent.changed)
  }
}

describe.each(shapes)('a rotation of %s', (_, shape) => {
  test('goes through, no two servers down at once, and does what its plan says', () => {
    const [cluster, document] = [new ModelCluster(shape), idle()]
    const planned = plan(viewOf(cluster, document))
    const run = runPlay(cluster, document)
    expect(run.end).toBe('done')
    expect(cluster.mostDown).toBeLessThanOrEqual(1)
    expectRotated(cluster, document)
    const said = planned.steps.map(({ step, why, where }) =>
      where.length === 0 ? step : `${step} ${why}: ${where.join(' ')}`,
    )
    expect(run.steps).toEqual(said)
  })

  test('ends in the same when the controller is killed before, within and after any step', () => {
    const { parts } = runPlay(new ModelCluster(shape), idle())
    expect(parts).toBeGreaterThan(8)
    for (let after = 0; after < parts; after++) {
      const [cluster, document] = [new ModelCluster(shape), idle()]
      expect(runPlay(cluster, document, { after }).end).toBe('killed')
      const again = runPlay(cluster, document)
      // Killed before the rotation began, a server that was not started is a person's matter.
      expect([after, again.end, again.steps]).toEqual([after, 'done', again.steps])
      expectRotated(cluster, document)
    }
  })

  test.each(KILL_POINTS)('ends in the same when K3s is killed after %s', (kill) => {
    const [cluster, document] = [new ModelCluster(shape), idle()]
    const run = runPlay(cluster, document, { kill })
    expect([run.end, run.steps]).toEqual(['done', run.steps])
    expectRotated(cluster, document)
  })

  test.each(KILL_POINTS)('ends in the same when both are killed, K3s after %s', (kill) => {
    const first = runPlay(new ModelCluster(shape), idle(), { kill })
    for (let after = 0; after < first.parts; after++) {
      const [cluster, document] = [new ModelCluster(shape), idle()]
      expect(runPlay(cluster, document, { kill, after }).end).toBe('killed')
      const again = runPlay(cluster, document)
      expect([after, again.end, again.steps]).toEqual([after, 'done', again.steps])
      expectRotated(cluster, document)
    }
  })

  test('ends in the same when two controllers do it at once', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 120 }), (turns) => {
        const [cluster, document] = [new ModelCluster(shape), idle()]
        const ends = runTwo(cluster, document, turns)
        // One that is stopped, because the other one restarts a server just now, leaves it to that.
        if (!ends.includes('done')) expect(runPlay(cluster, document).end).toBe('done')
        expectRotated(cluster, document)
      }),
      { numRuns: 300 },
    )
  })
})

const TEXTS = ['OLD', 'NEW', 'NEW2'] as const satisfies readonly Text[]

interface Mixed {
  readonly phase: Phase
  readonly keys: readonly Text[]
  readonly away: readonly string[]
  readonly states: readonly {
    readonly source: Text
    readonly memory: Text | undefined
    readonly passwd: Text | undefined
    readonly isNewer: boolean
    readonly copy: readonly Text[]
    readonly side: boolean
  }[]
}

const text = fc.constantFrom(...TEXTS)
const mixed: fc.Arbitrary<Mixed> = fc.record({
  phase: fc.constantFrom<Phase>('idle', 'staged', 'rotating', 'rotated'),
  keys: fc.uniqueArray(text, { maxLength: 2 }),
  away: fc.subarray(['l1', 'l2', 'l3', 'a1'], { maxLength: 2 }),
  states: fc.array(
    fc.record({
      source: text,
      memory: fc.option(text, { nil: undefined }),
      passwd: fc.option(text, { nil: undefined }),
      isNewer: fc.boolean(),
      copy: fc.uniqueArray(text, { minLength: 1, maxLength: 2 }),
      side: fc.boolean(),
    }),
    { minLength: 3, maxLength: 3 },
  ),
})

describe('from any document and any mix of nodes', () => {
  test.each(shapes)('a run on %s ends in done or in a stop that has a name', (_, shape) => {
    const names = [...Object.keys(STOPS), 'not-running']
    const seen = new Set<string>()
    fc.assert(
      fc.property(mixed, ({ phase, keys, away, states }) => {
        const cluster = new ModelCluster(shape)
        cluster.keys = keys
        states.forEach((state, index) => Object.assign(cluster.servers[index] ?? {}, state))
        const { rotation: _id, ...record } = WISH
        const last = cluster.servers.findLast(({ hasDatabase }) => hasDatabase)!
        const document: ModelDocument = {
          phase,
          record: phase === 'idle' ? undefined : { ...record, node: last.name },
          generation: 1,
        }
        const { end } = runPlay(cluster, document, { away })
        if (end === 'done') {
          expect(cluster.keys).toEqual(['NEW'])
          for (const server of cluster.servers)
            expect([server.memory, server.source]).toEqual(['NEW', 'NEW'])
          seen.add('done')
        } else {
          expect(names).toContain((end as { name: string }).name)
          seen.add((end as { name: string }).name)
        }
      }),
      { numRuns: 2000 },
    )
    expect(seen).toContain('done')
    expect(seen).toContain('other-key')
  })
})
