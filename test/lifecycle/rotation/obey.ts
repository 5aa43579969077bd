// The play on the model: it does what it is told, and may be killed before, within or after anything.
import type { Phase, RotationRecord } from '../../../src/document/document.js'
import { chosenServer, next } from '../../../src/lifecycle/rotation/next.js'
import type {
  NodeStep,
  Stop,
  StoreChange,
  Tried,
  View,
  Wish,
} from '../../../src/lifecycle/rotation/situation.js'
import type { KillPoint, ModelCluster, ModelServer } from './model.js'

export const WISH: Wish = { rotation: 'r1', kind: 'server', by: 'anna@ctl-1' }

/** What the document keeps. */
export interface ModelDocument {
  phase: Phase
  record: RotationRecord | undefined
  generation: number
}

export function idle(): ModelDocument {
  return { phase: 'idle', record: undefined, generation: 1 }
}

/** Where a run is broken off: after so many events; and what is killed with it. */
export interface Trouble {
  /** The controller dies after that many parts of steps. */
  readonly after?: number
  /** K3s on the server that is asked dies after that point of the request. */
  readonly kill?: KillPoint
  readonly away?: readonly string[]
}

export interface Run {
  readonly end: 'done' | 'killed' | Stop
  readonly steps: readonly string[]
  /** Parts of steps that were done. */
  readonly parts: number
}

/** Rounds of look, decide, obey, until the end; 60 rounds at most. */
export function runPlay(
  cluster: ModelCluster,
  document: ModelDocument,
  trouble: Trouble = {},
): Run {
  const going = play(cluster, document, trouble)
  let parts = 0
  for (;;) {
    const { done, value } = going.next()
    if (done) return { ...value, parts }
    if (parts++ === trouble.after) return { end: 'killed', steps: [], parts }
  }
}

/** Two controllers that know nothing of each other; `turns` says whose turn it is, the first for the rest. */
export function runTwo(
  cluster: ModelCluster,
  document: ModelDocument,
  turns: readonly boolean[],
): readonly Run['end'][] {
  const both = [play(cluster, document, {}), play(cluster, document, {})] as const
  const ends: (Run['end'] | undefined)[] = [undefined, undefined]
  for (const isSecond of turns) advance(isSecond ? 1 : 0)
  for (const index of [0, 1] as const) while (ends[index] === undefined) advance(index)
  return ends as Run['end'][]

  function advance(index: 0 | 1): void {
    if (ends[index] !== undefined) return
    const { done, value } = both[index].next()
    if (done) ends[index] = value.end
  }
}

/** Stops before each thing that cannot be divided. */
function* play(
  cluster: ModelCluster,
  document: ModelDocument,
  trouble: Trouble,
): Generator<void, Omit<Run, 'parts'>, void> {
  const tried: Tried[] = []
  const steps: string[] = []
  let { kill: point } = trouble
  let hasBegun = false
  const kill = (): KillPoint | undefined => {
    const once = point
    point = undefined
    return once
  }
  for (let round = 0; round < 60; round++) {
    // Another controller has ended it; whoever comes right after that begins no second one.
    if ((hasBegun || document.generation > 1) && document.phase === 'idle')
      return { end: 'done', steps }
    const view = viewOf(cluster, document, tried, trouble.away)
    const action = next(view)
    if (action.do === 'stop') return { end: action.stop, steps }
    yield
    hasBegun = true
    if (action.do === 'store') {
      // Compare and swap: what another one has changed meanwhile is read again.
      if (document.phase !== view.phase || document.generation !== view.generation) continue
      steps.push(action.change)
      change(document, view, action.change)
      if (action.change === 'commit') return { end: 'done', steps }
      continue
    }
    const { step } = action
    steps.push(`${step.name} ${step.why}: ${step.hosts.join(' ')}`)
    const outcomes: Record<string, string> = {}
    yield* obey(cluster, step, { outcomes, kill, document })
    tried.push({ step: step.name, why: step.why, outcomes })
  }
  return { end: { name: 'endless', message: '', hint: '' }, steps }
}

export function viewOf(
  cluster: ModelCluster,
  document: ModelDocument,
  tried: readonly Tried[] = [],
  away: readonly string[] = [],
): View {
  const nodes = cluster.look(away)
  return {
    cluster: 'prod',
    phase: document.phase,
    wish: WISH,
    record: document.record,
    rotation: 'r1',
    isSeparate: false,
    isSecure: false,
    caHash: undefined,
    generation: document.generation,
    fingerprints: { old: 'aaaaaaaaaaaa', new: 'bbbbbbbbbbbb' },
    nodes,
    tried,
    faults:
      document.phase === 'idle' || document.phase === 'staged'
        ? nodes
            .filter(({ answer, process }) => answer !== 'looked-at' || process === undefined)
            .map(({ name }) => ({ name: 'not-running', message: '', hint: '', node: name }))
        : [],
  }
}

function change(document: ModelDocument, view: View, mark: StoreChange): void {
  if (mark === 'stage') {
    const { rotation, ...wish } = view.wish
    Object.assign(document, { phase: 'staged', record: { ...wish, node: chosenServer(view)! } })
  } else if (mark === 'commit') {
    Object.assign(document, {
      phase: 'idle',
      record: undefined,
      generation: document.generation + 1,
    })
  } else document.phase = mark
}

export interface Doing {
  readonly outcomes: Record<string, string>
  readonly document: ModelDocument
  /** After which point of the request K3s dies. */
  readonly kill: () => KillPoint | undefined
}

/** Does a step, stopping before each thing that cannot be divided. */
export function* obey(
  cluster: ModelCluster,
  step: NodeStep,
  doing: Doing,
): Generator<void, void, void> {
  for (const host of step.hosts) {
    yield
    doing.outcomes[host] = 'done'
    const told = step.perHost[host]!
    const server = cluster.servers.find((one) => one.name === host)
    const agent = cluster.agents.find((one) => one.name === host)
    const node = server ?? agent
    switch (step.name) {
      case 'wait':
        break
      case 'side-files':
        // Nobody hands over the tokens of a rotation that has ended.
        if (doing.document.phase === 'idle') doing.outcomes[host] = 'failed'
        else node!.side = true
        break
      case 'cleanup':
        node!.side = false
        break
      case 'snapshot':
        cluster.snapshots = [...cluster.snapshots, `${told['name'] as string}-${host}-1`]
        break
      case 'switch':
        if (told['to'] === 'new' && !node!.side) doing.outcomes[host] = 'no-side-file'
        else node!.source = told['to'] === 'new' ? 'NEW' : 'OLD'
        if (agent) agent.changed = ++cluster.time
        break
      case 'rotate': {
        if (doing.document.phase === 'idle') {
          doing.outcomes[host] = 'failed'
          break
        }
        const textOf = (word: unknown) => (word === 'new' ? 'NEW' : 'OLD')
        // Once: whoever kills it again and again needs no program.
        const kill = step.why === 'rotate' ? doing.kill() : undefined
        const status = cluster.put(server!, textOf(told['with']), textOf(told['to']), kill)
        doing.outcomes[host] = { 200: 'done', 401: 'refused', 0: 'no-answer' }[status] ?? 'failed'
        break
      }
      case 'restart':
        doing.outcomes[host] = yield* restart(cluster, server!, told)
        if (doing.outcomes[host] !== 'done') return
        break
      case 'restart-agents':
        agent!.started = ++cluster.time
        agent!.isRunning = true
        break
    }
  }
}

function* restart(
  cluster: ModelCluster,
  server: ModelServer,
  told: Readonly<Record<string, unknown>>,
): Generator<void, string, void> {
  const others = cluster.servers.filter((one) => one !== server && one.hasDatabase)
  if (cluster.isRunning(server) && others.some((one) => !cluster.isRunning(one))) return 'not-now'
  cluster.kill(server)
  yield
  if (told['delete_passwd'] === true) cluster.forget(server)
  yield
  const via = told['via'] as string | null
  const name = via === null ? undefined : new URL(via).hostname
  const started = cluster.start(server, name)
  if (told['expect'] === 'end') {
    if (started === 'ready') cluster.kill(server)
    return 'done'
  }
  return started === 'ready' ? 'done' : 'ended'
}
