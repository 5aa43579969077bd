// What the datastore is keyed with, and what follows where that is not the one key that it should be. The tables are those of a real K3s
// that was killed after each of its steps.
import { isNew, isOld, rotatingServer, servers, stop, timesTried } from './situation.js'
import type { Action, NodeState, View, Which } from './situation.js'
import { keyAnew, restart, waitFor } from './steps.js'
import { stopOf } from './stops.js'

/** Undefined where no server tells; `both` stands for a rotation that leaves the server token as it is. */
export function keysOf(view: View): readonly Which[] | undefined {
  const told = servers(view).flatMap(({ keys }) => (keys === undefined ? [] : [keys]))
  return told.length === 0 ? undefined : [...new Set(told.flat())]
}

/** Where keys are there that nobody can go on with: nothing is restarted then. */
export function stopAtKeys(view: View): Action | undefined {
  const keys = keysOf(view)
  if (keys === undefined) return undefined
  if (keys.length === 0) return stop(stopOf('no-key'))
  return keys.every((key) => isOld(key) || isNew(key)) ? undefined : stop(stopOf('other-key'))
}

/** The key of the former token was not deleted yet: the same rotation once more deletes it. */
export function mergeKeys(view: View): Action | undefined {
  const keys = keysOf(view)
  const server = rotatingServer(view)
  if (keys === undefined || keys.length < 2 || server === undefined) return undefined
  if (server.process === undefined) return startWithOld(view, server)
  if (!server.isReady) return awaitServer(view, server)
  if (timesTried(view, 'rotate', 'again', server.name) === 0)
    return { do: 'nodes', step: keyAnew(server, 'again', 'new') }
  if (timesTried(view, 'rotate', 'again', server.name) > 2) return stop(stopOf('two-keys'))
  // What it has on the disk does not go with what it has in memory.
  return isOld(server.passwd.server)
    ? { do: 'nodes', step: keyAnew(server, 'again', 'new') }
    : { do: 'nodes', step: restart('forget', [server], { gate: 'old', isForgetting: true }) }
}

/** A server that was killed half-way: what it remembers of passwords on the disk goes, and it starts with the token of the key. */
export function startWithOld(view: View, server: NodeState): Action {
  if (timesTried(view, 'restart', 'start-old', server.name) > 1)
    return stop(stopOf('server-refuses', server.name))
  const how = { gate: 'old', isForgetting: true } as const
  return { do: 'nodes', step: restart('start-old', [server], how) }
}

const WAIT_SECONDS = 5
const MOST_WAITS = 24

/** A server that has just been started answers nothing yet. */
export function awaitServer(view: View, server: NodeState): Action {
  const waits = view.tried.filter(({ step, why }) => step === 'wait' && why === server.name)
  return waits.length >= MOST_WAITS
    ? stop(stopOf('not-ready', server.name))
    : { do: 'nodes', step: waitFor(server.name, WAIT_SECONDS) }
}
