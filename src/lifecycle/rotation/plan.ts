// Everything that a rotation is going to do, in advance: the same rules decide on nodes that always do what they are told.
import type { TokenPair } from '../../token-pair.js'
import { mapPair } from '../../token-pair.js'
import type { TokenKind } from '../../role/profile.js'
import { chosenServer, next } from './next.js'
import { isNew } from './situation.js'
import type { Action, NodeState, NodeStep, StoreChange, Stop, View, Which } from './situation.js'

/** A step of a plan, for people and programs. */
export interface PlannedStep {
  /** `rotate`, or a mark in the store. */
  readonly step: NodeStep['name'] | StoreChange
  /** Tells steps of one name apart. */
  readonly why: string
  /** The nodes in their order; empty for what is done in the store. */
  readonly where: readonly string[]
}

export interface Plan {
  readonly steps: readonly PlannedStep[]
  /** Where it would stop by itself. */
  readonly stop?: Stop
}

/** No rotation is longer; a rule that went in circles would be. */
const MOST_STEPS = 100

export function plan(view: View): Plan {
  const steps: PlannedStep[] = []
  let now: View = view
  for (let count = 0; count < MOST_STEPS; count++) {
    const action = next(now)
    if (action.do === 'stop') return { steps, stop: action.stop }
    steps.push(
      action.do === 'store'
        ? { step: action.change, why: '', where: [] }
        : { step: action.step.name, why: action.step.why, where: action.step.hosts },
    )
    if (action.do === 'store' && action.change === 'commit') return { steps }
    now = predict(now, action)
  }
  throw new TypeError('a plan without an end')
}

/** What there is after an action that does what it should. */
function predict(view: View, action: Exclude<Action, { do: 'stop' }>): View {
  if (action.do === 'store') return afterChange(view, action.change)
  const { step } = action
  const outcomes = Object.fromEntries(step.hosts.map((host) => [host, 'done']))
  return {
    ...view,
    tried: [...view.tried, { step: step.name, why: step.why, outcomes }],
    nodes: view.nodes.map((node) =>
      step.hosts.includes(node.name) ? afterStep(node, step) : spread(node, step),
    ),
  }
}

function afterChange(view: View, change: StoreChange): View {
  if (change !== 'stage') return { ...view, phase: change === 'commit' ? 'idle' : change }
  const { rotation, ...wish } = view.wish
  const record = { ...wish, node: chosenServer(view)! }
  const stays: readonly TokenKind[] =
    record.kind === 'both' ? [] : [record.kind === 'server' ? 'agent' : 'server']
  const keep = view.isSeparate || record.kind === 'server' ? stays : []
  const nodes = view.nodes.map((node) => whereKept(node, view.isSeparate ? keep : []))
  return { ...view, rotation, phase: 'staged', record, nodes }
}

/** The tokens that a rotation leaves alone are old and new at once. */
function whereKept(node: NodeState, kept: readonly TokenKind[]): NodeState {
  const turn = (which: Which, kind: TokenKind): Which =>
    kept.includes(kind) && which === 'old' ? 'both' : which
  const pair = (one: TokenPair<Which>): TokenPair<Which> => mapPair(one, turn)
  return {
    ...node,
    memory: pair(node.memory),
    passwd: pair(node.passwd),
    keys: node.keys?.map((key) => turn(key, 'server')),
    sources: node.sources.map((one) => ({ ...one, which: turn(one.which, one.token) })),
  }
}

/** What a step on one server does to the datastore of all. */
function spread(node: NodeState, step: NodeStep): NodeState {
  if (step.name !== 'rotate' || node.keys === undefined) return node
  const to = Object.values(step.perHost)[0]?.['to'] as Which
  return { ...node, keys: node.keys.map((key) => (key === 'both' ? key : to)) }
}

function afterStep(node: NodeState, step: NodeStep): NodeState {
  const told = step.perHost[node.name]!
  const to = (told['to'] ?? told['gate'] ?? 'new') as Which
  const set = (which: Which): Which => (which === 'both' ? which : to)
  switch (step.name) {
    case 'side-files': {
      const options = (told['files'] as readonly { readonly option: string }[]).map(
        ({ option }) => option,
      )
      return { ...node, side: [...new Set([...node.side, ...options])], hasLeftovers: true }
    }
    case 'snapshot':
      return { ...node, snapshots: [...node.snapshots, `${told['name'] as string}-planned`] }
    case 'rotate': {
      const after = spread(node, step)
      return { ...after, passwd: { ...node.passwd, server: set(node.passwd.server) } }
    }
    case 'switch':
      return {
        ...node,
        sources: node.sources.map(({ changed: _, ...one }) => ({ ...one, which: set(one.which) })),
      }
    case 'restart':
      return restarted(node, step)
    case 'restart-agents':
      return { ...node, process: { pid: 1, started: 1 } }
    case 'cleanup':
      return { ...node, side: [], hasLeftovers: false }
    case 'wait':
      return node
  }
}

function restarted(node: NodeState, step: NodeStep): NodeState {
  const told = step.perHost[node.name]!
  if (told['expect'] === 'end') return { ...node, process: undefined, isReady: false }
  const memory = mapPair(node.memory, (which, kind): Which => {
    const source = node.sources.find((one) => one.wins && one.token === kind)
    return source?.which ?? (isNew(which) ? which : (told['gate'] as Which))
  })
  return {
    ...node,
    memory,
    passwd: memory,
    isReady: true,
    process: { pid: 1, started: (node.process?.started ?? 0) + 1 },
  }
}
