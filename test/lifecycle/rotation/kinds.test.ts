// What is planned for each kind of rotation, and what each of the nodes' states stops or repairs: rows for what no run of the model meets.
import { describe, expect, test } from '@jest/globals'
import { next } from '../../../src/lifecycle/rotation/next.js'
import { overviewOf } from '../../../src/lifecycle/rotation/overview.js'
import { plan } from '../../../src/lifecycle/rotation/plan.js'
import { restartOrder } from '../../../src/lifecycle/rotation/order.js'
import { findFaults } from '../../../src/lifecycle/rotation/preflight.js'
import type { NodeState, Tried, View, Which } from '../../../src/lifecycle/rotation/situation.js'
import { ModelCluster } from './model.js'
import { idle, viewOf, WISH } from './obey.js'

const SHAPE = {
  servers: [{ name: 'l1' }, { name: 'l2', join: 'l1' }, { name: 'l3', join: 'l1' }],
  agents: 7,
}

/** Servers with a second option for the agents' token. */
function separate(view: View): View {
  const nodes = view.nodes.map((node): NodeState => {
    if (node.kind !== 'server') return node
    const [token] = node.sources
    return { ...node, sources: [token!, { ...token!, option: 'agent-token', token: 'agent' }] }
  })
  return { ...view, isSeparate: true, nodes }
}

const start = (): View => viewOf(new ModelCluster(SHAPE), idle())
const agents = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7']
const said = (view: View): string[] =>
  plan(view).steps.map(({ step, why, where }) => `${step} ${why}: ${where.join(' ')}`.trim())

describe('the plan of a rotation of', () => {
  test('the agent token: no request, options everywhere, then the server token to itself, and a proof', () => {
    const view = separate({ ...start(), wish: { ...WISH, kind: 'agent', snapshots: 'none' } })
    const everybody = ['l1', 'l2', 'l3', ...agents].join(' ')
    expect(said(view)).toEqual([
      'stage :',
      `side-files lay: ${everybody}`,
      'rotating :',
      'rotated :',
      `switch new: ${everybody}`,
      'restart restart: l1 l2 l3',
      `restart-agents restart: ${agents.join(' ')}`,
      'rotate save: l3',
      'restart prove: l3',
      `cleanup clean: ${everybody}`,
      'commit :',
    ])
  })

  test('both: the request, and after all restarts the server token to itself, and a proof', () => {
    const view = separate({ ...start(), wish: { ...WISH, kind: 'both', snapshots: 'none' } })
    expect(said(view).map((line) => line.split(':')[0])).toEqual([
      'stage ',
      'side-files lay',
      'rotating ',
      'rotate rotate',
      'rotated ',
      'switch new',
      'restart restart',
      'restart-agents restart',
      'rotate save',
      'restart prove',
      'cleanup clean',
      'commit ',
    ])
  })

  test('the server token, where agents have their own: no agent is touched', () => {
    const steps = said(separate(start()))
    expect(steps.filter((line) => /\ba1\b/.test(line))).toEqual([])
    expect(steps).toContain('switch new: l1 l2 l3')
  })

  test('the secure form: the CA stands in front of each, by the user of its kind', () => {
    const hash = 'c'.repeat(64)
    const view = separate({ ...start(), caHash: hash, isSecure: true })
    const staged: View = {
      ...view,
      phase: 'staged',
      record: { kind: 'both', node: 'l3', by: 'x' },
    }
    const action = next(staged)
    expect(action).toMatchObject({ do: 'nodes', step: { name: 'side-files' } })
    const { perHost } = (action as Extract<typeof action, { do: 'nodes' }>).step
    expect(perHost['l1']!['files']).toEqual([
      { option: 'token', token: 'server', prefix: `K10${hash}::server:` },
      { option: 'agent-token', token: 'agent', prefix: `K10${hash}::node:` },
    ])
    expect(perHost['a1']!['files']).toEqual([
      { option: 'token', token: 'agent', prefix: `K10${hash}::node:` },
    ])
  })
})

test('servers are restarted in the order of who joins through whom, a control plane alone last', () => {
  const cluster = new ModelCluster({
    servers: [
      { name: 'c1', join: 'l2', controlPlane: true },
      { name: 'l2', join: 'l1' },
      { name: 'l1' },
      { name: 'l3', join: 'l1' },
    ],
  })
  expect(restartOrder(cluster.look()).map(({ name }) => name)).toEqual(['l2', 'l1', 'l3', 'c1'])
})

/** One server of three is as told; the others are as the phase has them. */
function viewIn(
  phase: View['phase'],
  more: Partial<NodeState>,
  tried: readonly Tried[] = [],
): View {
  const view = start()
  const record = { kind: 'server', node: 'l3', by: 'x', snapshots: 'none' } as const
  const nodes = view.nodes.map((node) => (node.name === 'l3' ? { ...node, ...more } : node))
  return { ...view, phase, record, nodes, tried }
}

const pair = (which: Which) => ({ server: which, agent: which })
const down = { process: undefined, isReady: false, keys: undefined, memory: pair('unknown') }
const laid = { side: ['token'] }
const NEW_KEY = { keys: ['new'] as const }

const toldOf = (view: View): string => {
  const action = next(view)
  if (action.do === 'store') return action.change
  if (action.do === 'stop') return `stop: ${action.stop.name}`
  return `${action.step.name} ${action.step.why}: ${action.step.hosts.join(' ')}`
}

describe('what follows', () => {
  const all = (view: View, more: Partial<NodeState>): View => ({
    ...view,
    nodes: view.nodes.map((node) => ({ ...node, ...more })),
  })

  test.each<[string, View, string]>([
    [
      'its disk has the new token, the datastore not',
      viewIn('rotating', { passwd: pair('new') }),
      'rotate repair: l3',
    ],
    [
      'its disk has a token of nobody',
      viewIn('rotating', { passwd: pair('other') }),
      'rotate repair: l3',
    ],
    ['it was killed', viewIn('rotating', { ...down }), 'restart start-old: l3'],
    ['two keys are there', viewIn('rotating', { keys: ['old', 'new'] }), 'rotate again: l3'],
    ['a key of nobody is there', viewIn('rotating', { keys: ['old', 'other'] }), 'stop: other-key'],
    ['no key is there', all(viewIn('rotating', {}), { keys: [] }), 'stop: no-key'],
    [
      'it cannot be reached',
      viewIn('rotating', { answer: 'unreachable', kind: 'none' }),
      'stop: rotating-server-away',
    ],
    ['it is not ready', viewIn('rotating', { isReady: false }), 'wait l3: localhost'],
    ['the key is new', all(viewIn('rotating', {}), NEW_KEY), 'rotated'],
    ['the key went back', all(viewIn('rotated', {}), laid), 'stop: key-went-back'],
    [
      'a place cannot be exchanged',
      {
        ...all(viewIn('rotated', {}), { ...NEW_KEY, ...laid }),
        nodes: all(viewIn('rotated', {}), { ...NEW_KEY, ...laid }).nodes.map((node) => ({
          ...node,
          sources: node.sources.map((one) => ({ ...one, isWritable: false })),
        })),
      },
      'stop: source-unclear',
    ],
    [
      'nothing gives it a token',
      all(viewIn('rotated', {}), { ...NEW_KEY, missing: ['token'] }),
      'stop: no-source',
    ],
    ['the document names no server', { ...start(), phase: 'rotating' }, 'stop: no-record'],
  ])('where %s', (_, view, expected) => {
    expect(toldOf(view)).toBe(expected)
  })

  test('the last way up is through a server that has the new token, by its address', () => {
    const tried = (['start', 'catch-up', 'start'] as const).map(
      (why) => ({ step: 'restart', why, outcomes: { l3: 'ended' } }) as const,
    )
    const view = all(viewIn('rotated', {}, tried), { ...NEW_KEY, ...laid, memory: pair('new') })
    const nodes = view.nodes.map((node) => ({
      ...node,
      sources: node.sources.map((one) => ({ ...one, which: 'new' as const })),
      ...(node.name === 'l3' ? down : { addresses: ['l1.lan', '10.0.0.1'] }),
    }))
    const action = next({ ...view, nodes })
    expect(action).toMatchObject({ do: 'nodes', step: { name: 'restart', why: 'through' } })
    const { perHost } = (action as Extract<typeof action, { do: 'nodes' }>).step
    expect(perHost['l3']).toMatchObject({ via: 'https://10.0.0.1:6443', delete_passwd: true })
  })

  test('nothing is done for ever', () => {
    const outcomes = { l3: 'failed' }
    const tried = Array.from(
      { length: 6 },
      () => ({ step: 'rotate', why: 'rotate', outcomes }) as const,
    )
    const ready = all(viewIn('rotating', {}, tried), laid)
    expect(toldOf(ready)).toBe('stop: no-progress')
  })
})

describe('what is looked at before', () => {
  const faultsOf = (more: Partial<NodeState>, view = start()): string[] => {
    const nodes = view.nodes.map((node) => (node.name === 'l2' ? { ...node, ...more } : node))
    return findFaults({ ...view, nodes }, [], []).map(({ name, node = '' }) =>
      `${name} ${node}`.trim(),
    )
  }

  test.each<[string, Partial<NodeState>, string]>([
    ['a clock that is a minute off', { clock: 60 }, 'clocks-differ'],
    ['an old release', { version: 'v1.27.6+k3s1' }, 'old-version l2'],
    ['a very old release', { version: 'v1.24.17+k3s1' }, 'old-version l2'],
    ['another version', { version: 'v1.35.0+k3s1' }, 'versions-differ'],
    ['a full disk', { free: 1024 }, 'disk-full l2'],
    [
      'a disk with less than the database needs',
      { free: 100_000_000, database: 50_000_000 },
      'disk-full l2',
    ],
    ['a folder of snapshots that cannot be written', { canSnapshot: false }, 'no-snapshot l2'],
    ['an external database', { datastore: 'external' }, 'no-snapshot l2'],
    ['a server that is not ready', { isReady: false }, 'not-ready l2'],
    ['no configured token', { missing: ['token'] }, 'no-source l2'],
  ])('%s', (_, more, expected) => {
    const view = start()
    const nodes = view.nodes.map((node) => ({ ...node, clock: 0 }))
    expect(faultsOf(more, { ...view, nodes })).toContain(expected)
    expect(faultsOf({}, { ...view, nodes })).toEqual([])
  })

  test('the secure form without a CA', () => {
    expect(faultsOf({}, { ...start(), isSecure: true })).toEqual(['no-ca'])
  })
})

test('who has which token is told in two columns, trouble first, with counts', () => {
  const cluster = new ModelCluster({ ...SHAPE, agents: 1 })
  cluster.keys = ['NEW']
  for (const one of cluster.servers) one.source = 'NEW'
  cluster.kill(cluster.server('l1'))
  cluster.server('l2').memory = 'NEW'
  const document = { phase: 'rotated', record: undefined, generation: 3 } as const
  const { rows, files, processes } = overviewOf(viewOf(cluster, document, [], ['a1']))
  expect(
    rows.map(({ node, file, process, state }) => `${node} ${file} ${process} ${state}`),
  ).toEqual(['l1 new none wrong', 'a1 ? ? wrong', 'l3 new old to-do', 'l2 new new ok'])
  expect([files, processes]).toEqual([
    { done: 3, of: 4 },
    { done: 1, of: 4 },
  ])
})
