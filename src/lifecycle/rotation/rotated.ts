// The phase after the datastore has its new key: every place of every node follows, then every process. There is only the way forward,
// and each rule does nothing where nothing is left to do, so that whoever comes later goes on from what the nodes have.
import { awaitServer, keysOf, mergeKeys, stopAtKeys } from './keys.js'
import { isAll } from './node-state.js'
import { restartOrder } from './order.js'
import { layWhatIsMissing } from './rotating.js'
import { agents, isNew, isOld, rotatingServer, servers, stop, timesTried } from './situation.js'
import type { Action, NodeState, Rule, StepName, View } from './situation.js'
import {
  cleanUp,
  exchange,
  keyAnew,
  restart,
  restartAgents,
  snapshot,
  snapshotName,
  winners,
} from './steps.js'
import { bringBack, catchUp } from './bring-back.js'
import { stopOf } from './stops.js'

export const ROTATED: readonly Rule[] = [
  nobodyIsThere,
  stopAtKeys,
  keyWentBack,
  mergeKeys,
  catchUp,
  hasNoSource,
  layWhatIsMissing,
  exchangeAll,
  bringBack,
  serverIsAway,
  repairDisk,
  restartServers,
  restartAllAgents,
  agentIsAway,
  saveAfterAgentToken,
  proveAgentToken,
  snapshotAfter,
  clean,
  () => ({ do: 'store', change: 'commit' }),
]

function nobodyIsThere(view: View): Action | undefined {
  if (view.record === undefined) return stop(stopOf('no-record'))
  return servers(view).length === 0 ? stop(stopOf('no-servers')) : undefined
}

function keyWentBack(view: View): Action | undefined {
  const keys = keysOf(view)
  return keys?.length === 1 && keys[0] === 'old' ? stop(stopOf('key-went-back')) : undefined
}

function hasNoSource(view: View): Action | undefined {
  const bare = [...servers(view), ...agents(view)].find(({ missing }) => missing.length > 0)
  return bare && stop(stopOf('no-source', bare.name))
}

/** All at once: no server is restarted before every one of them would come up with the new token. */
function exchangeAll(view: View): Action | undefined {
  const behind = [...servers(view), ...agents(view)].filter(({ sources }) =>
    sources.some(({ which }) => !isNew(which)),
  )
  if (behind.length === 0) return undefined
  for (const { name, sources } of behind) {
    const unclear = sources.find(({ which, isWritable }) => !isNew(which) && !isWritable)
    if (unclear !== undefined) return stop(stopOf('source-unclear', `${name}: ${unclear.path}`))
    if (timesTried(view, 'switch', 'new', name) > 3) return stop(stopOf('switch-failed', name))
  }
  return { do: 'nodes', step: exchange(view, behind, 'new') }
}

function serverIsAway(view: View): Action | undefined {
  // What kind a node is that cannot be looked at, nobody tells; with an agent a server would only wait for nothing.
  const away = view.nodes.find(({ answer }) => answer !== 'looked-at')
  const isAnyBehind = servers(view).some((server) => !isDone(server))
  return away && isAnyBehind ? stop(stopOf('server-away', away.name)) : undefined
}

/** A request that came half-way to another server: it is rotated to the token of the datastore, by what it has in memory. */
function repairDisk(view: View): Action | undefined {
  const half = servers(view).find(
    (server) =>
      server.isReady &&
      isOld(server.memory.server) &&
      server.passwd.server === 'other' &&
      timesTried(view, 'rotate', 'repair', server.name) < 2,
  )
  return half && { do: 'nodes', step: keyAnew(half, 'repair', 'new') }
}

/** One after another, each behind the gate of the one before. */
function restartServers(view: View): Action | undefined {
  const order = restartOrder(servers(view))
  const waiting = order.find((server) => isAll(server.memory, isNew) && !server.isReady)
  if (waiting !== undefined) return awaitServer(view, waiting)
  const behind = order.filter((server) => !isDone(server))
  const [first] = behind
  if (first === undefined) return undefined
  // It was started and does not say yet which token it has.
  if (first.memory.server === 'unknown') return awaitServer(view, first)
  if (timesTried(view, 'restart', 'restart', first.name) > 3)
    return stop(stopOf('server-refuses', first.name))
  return { do: 'nodes', step: restart('restart', behind) }
}

function isDone(server: NodeState): boolean {
  return server.isReady && isAll(server.memory, isNew)
}

/** An agent whose process is older than the file with its token. */
function restartAllAgents(view: View): Action | undefined {
  const behind = agents(view).filter((agent) => isBehind(view, agent))
  const failed = behind.find(({ name }) => timesTried(view, 'restart-agents', 'restart', name) > 2)
  if (failed !== undefined) return stop(stopOf('server-refuses', failed.name))
  return behind.length === 0 ? undefined : { do: 'nodes', step: restartAgents(behind) }
}

export function isBehind(view: View, agent: NodeState): boolean {
  if (agent.process === undefined) return true
  const { since } = agent.process
  // Where the rotation leaves this token alone, so it does the agent.
  const changing = winners(agent).filter(({ which }) => which === 'new')
  return changing.some(({ changed }) =>
    since === undefined || changed === undefined
      ? timesTried(view, 'restart-agents', 'restart', agent.name) === 0
      : since < changed,
  )
}

function agentIsAway(view: View): Action | undefined {
  const away = view.nodes.find(({ answer }) => answer !== 'looked-at')
  return away && stop(stopOf('agent-away', away.name))
}

/**
 * After a change of the agent token the second restart of a server ends, because what it has written is newer than the datastore. The
 * server token rotated to itself, on the server that was restarted last, saves it there.
 */
function saveAfterAgentToken(view: View): Action | undefined {
  const server = rotatingServer(view)
  if (view.record?.kind === 'server') return undefined
  if (server === undefined) return stop(stopOf('rotating-server-away', view.record?.node))
  if (hasCome(view, 'rotate', 'save', server.name)) return undefined
  return timesTried(view, 'rotate', 'save', server.name) > 2
    ? stop(stopOf('no-progress', 'rotate to itself'))
    : { do: 'nodes', step: keyAnew(server, 'save', 'new') }
}

function proveAgentToken(view: View): Action | undefined {
  const server = rotatingServer(view)!
  if (view.record?.kind === 'server' || hasCome(view, 'restart', 'prove', server.name))
    return undefined
  return timesTried(view, 'restart', 'prove', server.name) > 2
    ? stop(stopOf('server-refuses', server.name))
    : { do: 'nodes', step: restart('prove', [server]) }
}

function hasCome(view: View, step: StepName, why: string, node: string): boolean {
  return view.tried.some(
    (one) => one.step === step && one.why === why && one.outcomes[node] === 'done',
  )
}

function snapshotAfter(view: View): Action | undefined {
  const server = rotatingServer(view)
  return server && takeSnapshot(view, server, 'new')
}

/** Undefined where it is there, or none is taken. */
export function takeSnapshot(view: View, server: NodeState, of: 'old' | 'new'): Action | undefined {
  if ((view.record ?? view.wish).snapshots === 'none' || !hasDatabase(server)) return undefined
  const name = snapshotName(view, of)
  if (server.snapshots.some((one) => one.startsWith(name))) return undefined
  const step = snapshot(view, server, of)
  if (hasCome(view, 'snapshot', step.why, server.name)) return undefined
  const tries = timesTried(view, 'snapshot', step.why, server.name)
  return tries > 1 ? stop(stopOf('no-snapshot', server.name)) : { do: 'nodes', step }
}

/** K3s saves etcd; an SQL database of one's own is saved by its own means. */
export function hasDatabase({ datastore }: NodeState): boolean {
  return datastore === 'etcd' || datastore === 'sqlite'
}

function clean(view: View): Action | undefined {
  const left = view.nodes.filter(({ hasLeftovers }) => hasLeftovers)
  const again = left.find(({ name }) => timesTried(view, 'cleanup', 'clean', name) > 2)
  if (again !== undefined) return stop(stopOf('no-progress', 'cleanup'))
  return left.length === 0 ? undefined : { do: 'nodes', step: cleanUp(left) }
}
