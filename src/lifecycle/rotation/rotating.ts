// The phase in which the datastore is keyed anew. It is over as soon as its key says so, whatever else is wrong; nothing but the one
// server that the document names is ever asked for it.
import { awaitServer, keysOf, mergeKeys, startWithOld, stopAtKeys } from './keys.js'
import { isNew, isOld, rotatingServer, servers, stop, timesTried } from './situation.js'
import type { Action, NodeState, Rule, View } from './situation.js'
import { exchange, keyAnew, layBeside, restart, winners } from './steps.js'
import { stopOf } from './stops.js'

export const ROTATING: readonly Rule[] = [
  nobodyIsThere,
  stopAtKeys,
  keyIsNew,
  theServerIsAway,
  nobodyTellsTheKey,
  mergeKeys,
  bringUp,
  awaitIt,
  repairDisk,
  anotherIsAway,
  layWhatIsMissing,
  rotate,
]

function nobodyIsThere(view: View): Action | undefined {
  if (view.record === undefined) return stop(stopOf('no-record'))
  return servers(view).length === 0 ? stop(stopOf('no-servers')) : undefined
}

function keyIsNew(view: View): Action | undefined {
  const keys = keysOf(view)
  return keys?.length === 1 && isNew(keys[0]) ? { do: 'store', change: 'rotated' } : undefined
}

function theServerIsAway(view: View): Action | undefined {
  return rotatingServer(view) === undefined
    ? stop(stopOf('rotating-server-away', view.record?.node))
    : undefined
}

/** Only a server that runs tells; those that were not the rotating one start with what they have. */
function nobodyTellsTheKey(view: View): Action | undefined {
  if (keysOf(view) !== undefined) return undefined
  const server = rotatingServer(view)!
  const down = servers(view).filter(({ process }) => process === undefined)
  const running = servers(view).find(({ process }) => process !== undefined)
  const [next] = [...down.filter((one) => one !== server), ...down]
  if (next === undefined) return awaitServer(view, running!)
  return servers(view).length === 1 ? trySingle(view, server) : startOne(view, next)
}

/**
 * The only server, killed half-way: nobody can tell whether its datastore has the new key already. A start with the other token ends
 * after some seconds and spoils nothing, so both are tried, the former one first.
 */
function trySingle(view: View, server: NodeState): Action {
  const isSwitched = winners(server).every(({ which }) => isNew(which))
  const [before, after] = [
    timesTried(view, 'restart', 'start-old', server.name),
    timesTried(view, 'restart', 'start-new', server.name),
  ]
  if (before > 0 && after > 0) return stop(stopOf('server-refuses', server.name))
  if (before === 0 && !isSwitched) return startWithOld(view, server)
  if (before > 0 && !isSwitched) {
    const missing = layWhatIsMissing(view)
    return missing ?? { do: 'nodes', step: exchange(view, [server], 'new') }
  }
  if (after === 0)
    return { do: 'nodes', step: restart('start-new', [server], { isForgetting: true }) }
  return { do: 'nodes', step: exchange(view, [server], 'old') }
}

function startOne(view: View, server: NodeState): Action {
  const tries = timesTried(view, 'restart', 'start-old', server.name)
  if (tries > 1) return stop(stopOf('quorum-lost'))
  const isForgetting = server === rotatingServer(view) || tries > 0
  return { do: 'nodes', step: restart('start-old', [server], { gate: 'old', isForgetting }) }
}

/** Every server is up before the datastore is keyed anew: one that was down then does not come up with the new token. */
function bringUp(view: View): Action | undefined {
  const down = servers(view).filter(({ process }) => process === undefined)
  const server = rotatingServer(view)!
  if (down.includes(server)) return startWithOld(view, server)
  const [first] = down
  if (first === undefined) return undefined
  const tries = timesTried(view, 'restart', 'start-old', first.name)
  if (tries > 1) return stop(stopOf('server-refuses', first.name))
  const how = { gate: 'old', isForgetting: tries > 0 } as const
  return { do: 'nodes', step: restart('start-old', [first], how) }
}

function awaitIt(view: View): Action | undefined {
  const waiting = servers(view).find(({ isReady }) => !isReady)
  return waiting && awaitServer(view, waiting)
}

/** Half applied, and alive: by the password in its memory it is rotated to the token that the datastore is keyed with. */
function repairDisk(view: View): Action | undefined {
  const server = rotatingServer(view)!
  if (isOld(server.passwd.server) || server.passwd.server === 'unknown') return undefined
  return timesTried(view, 'rotate', 'repair', server.name) > 1
    ? { do: 'nodes', step: restart('forget', [server], { gate: 'old', isForgetting: true }) }
    : { do: 'nodes', step: keyAnew(server, 'repair', 'old') }
}

function anotherIsAway(view: View): Action | undefined {
  const away = view.nodes.find(({ answer }) => answer !== 'looked-at')
  return away && stop(stopOf('server-away', away.name))
}

/** A node that was made anew meanwhile. */
export function layWhatIsMissing(view: View): Action | undefined {
  const lacking = view.nodes.filter(
    (node) =>
      node.answer === 'looked-at' &&
      winners(node).some(({ which, option }) => !isNew(which) && !node.side.includes(option)),
  )
  return lacking.length === 0 ? undefined : { do: 'nodes', step: layBeside(view, lacking) }
}

function rotate(view: View): Action | undefined {
  return { do: 'nodes', step: keyAnew(rotatingServer(view)!, 'rotate', 'new') }
}
