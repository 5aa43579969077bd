// What each step needs on each node. Nothing in it is secret: `old` and `new` are handed over on the node's own way.
import { SECURE_PREFIX, HASH_SEPARATOR, USERS } from '../../token/grammar.js'
import type { TokenKind } from '../../role/profile.js'
import { isNew } from './situation.js'
import type { NodeState, NodeStep, Source, StepName, View } from './situation.js'

const TIMEOUT_SECONDS = 120
/** Of all agents that have to be restarted. */
const AGENTS_AT_ONCE = 5

type PerNode = (node: NodeState) => Readonly<Record<string, unknown>>

function stepOn(
  name: StepName,
  why: string,
  nodes: readonly NodeState[],
  of: PerNode = () => ({}),
): NodeStep {
  const perHost = Object.fromEntries(nodes.map((node) => [node.name, of(node)]))
  return { name, why, hosts: nodes.map((node) => node.name), perHost }
}

/** Lays the new token beside, for every option that a node has one from. */
export function layBeside(view: View, nodes: readonly NodeState[]): NodeStep {
  return stepOn('side-files', 'lay', nodes, (node) => ({
    rotation: view.rotation,
    files: winners(node).map((source) => ({
      option: source.option,
      token: valueOf(view, source.token),
      prefix: prefixOf(view, node, source),
    })),
  }))
}

/** Has every place of the nodes hold one and the same token. */
export function exchange(view: View, nodes: readonly NodeState[], to: 'old' | 'new'): NodeStep {
  return stepOn('switch', to, nodes, (node) => ({
    rotation: view.rotation,
    to,
    places: node.sources.map((source) => ({
      place: source.place,
      path: source.path,
      line: source.line,
      option: source.option,
      token: valueOf(view, source.token),
      style: null,
      prefix: prefixOf(view, node, winnerOf(node, source)),
    })),
  }))
}

/** One request to a server; the outcome is read from the datastore afterwards, and not from its answer. */
export function keyAnew(
  node: NodeState,
  why: 'rotate' | 'again' | 'repair' | 'save',
  to: 'old' | 'new',
): NodeStep {
  // It is authorized by what the process has in memory, whatever stands on its disk.
  const remembered = isNew(node.memory.server) ? 'new' : 'old'
  return stepOn('rotate', why, [node], () => ({ ...machineOf(node), with: remembered, to }))
}

export interface Restart {
  readonly gate?: 'old' | 'new'
  /** Whether what K3s remembers of passwords on the disk goes first: it is made again from the datastore. */
  readonly isForgetting?: boolean
  readonly expect?: 'ready' | 'end'
  /** The server that it joins through for this one start. */
  readonly via?: string
}

export function restart(why: string, nodes: readonly NodeState[], how: Restart = {}): NodeStep {
  const { gate = 'new', isForgetting = false, expect = 'ready', via } = how
  return stepOn('restart', why, nodes, (node) => ({
    ...machineOf(node),
    service: node.service,
    was: processOf(node),
    gate,
    delete_passwd: isForgetting,
    expect,
    via: via ?? null,
    timeout: TIMEOUT_SECONDS,
  }))
}

export function restartAgents(nodes: readonly NodeState[]): NodeStep {
  const step = stepOn('restart-agents', 'restart', nodes, (node) => ({
    ...machineOf(node),
    service: node.service,
    was: processOf(node),
    timeout: TIMEOUT_SECONDS,
  }))
  return { ...step, batch: AGENTS_AT_ONCE }
}

export function snapshot(view: View, node: NodeState, of: 'old' | 'new'): NodeStep {
  return stepOn('snapshot', of === 'old' ? 'before' : 'after', [node], () => ({
    ...machineOf(node),
    name: snapshotName(view, of),
    datastore: node.datastore,
  }))
}

/** `prod-3-0f1e2d3c4b5a-ROTATION`: the generation that restores it, its fingerprint where it has one, and by which rotation. */
export function snapshotName(view: View, of: 'old' | 'new'): string {
  const generation = view.generation + (of === 'new' ? 1 : 0)
  return `${snapshotPrefix(view.cluster, generation, view.fingerprints[of])}-${view.rotation}`
}

/** What a snapshot's name tells of the token that restores it; `none`: the token could be guessed by its fingerprint. */
export function snapshotPrefix(
  cluster: string,
  generation: number,
  fingerprint: string | null | undefined,
): string {
  return `${cluster.replace(/[^A-Za-z0-9.-]/g, '-')}-${generation}-${fingerprint ?? 'none'}`
}

export function cleanUp(nodes: readonly NodeState[]): NodeStep {
  return stepOn('cleanup', 'clean', nodes)
}

/** Waits on the controller; the nodes that are waited for are counted by their names. */
export function waitFor(why: string, seconds: number): NodeStep {
  return { name: 'wait', why, hosts: ['localhost'], perHost: { localhost: { seconds } } }
}

/** The places that decide. */
export function winners(node: NodeState): readonly Source[] {
  return node.sources.filter(({ wins }) => wins)
}

function winnerOf(node: NodeState, source: Source): Source {
  return winners(node).find(({ option }) => option === source.option) ?? source
}

/** Agents have the server token where they have none of their own. */
function valueOf({ isSeparate }: View, token: TokenKind): TokenKind {
  return isSeparate ? token : 'server'
}

/** What stands in front of the password in the secure form; the form that a place has is kept. */
function prefixOf(view: View, node: NodeState, source: Source): string {
  const isWanted = view.isSecure || view.record?.form === 'secure' || source.isSecure
  const hash = view.caHash ?? node.caHash
  if (!isWanted || hash === undefined) return ''
  const user = USERS[valueOf(view, source.token)]
  return `${SECURE_PREFIX}${hash}${HASH_SEPARATOR}${user}:`
}

function machineOf({ program, dataDir, port }: NodeState): Readonly<Record<string, unknown>> {
  return { program, data_dir: dataDir, port: port ?? DEFAULT_PORTS[program] ?? 6443 }
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { k3s: 6443, rke2: 9345 }

function processOf({ process }: NodeState): unknown {
  return process === undefined ? null : { pid: process.pid, started: process.started }
}
