// A server that does not run after the datastore has its new key. It was killed half-way, or it was down meanwhile, and then its own copy
// of the datastore still has the former key. What helps was found on real servers, and is tried in the order of its harm: none.
import { joinsThrough } from './order.js'
import { isAll } from './node-state.js'
import { isNew, servers, stop, timesTried } from './situation.js'
import type { Action, NodeState, View } from './situation.js'
import { exchange, restart } from './steps.js'
import { stopOf } from './stops.js'

export function bringBack(view: View): Action | undefined {
  const down = servers(view).filter(({ process }) => process === undefined)
  // Whoever joins through another one that is down comes after it.
  const server = down.find((one) => !down.some((other) => joinsThrough(one, other))) ?? down[0]
  return server && bringBackOne(view, server)
}

/** The former token is in its places already, for one start. */
function startsWithOldOnce(view: View, server: NodeState): boolean {
  const last = view.tried.at(-1)
  return last?.step === 'switch' && last.why === 'old' && last.outcomes[server.name] === 'done'
}

function bringBackOne(view: View, server: NodeState): Action {
  const tries = (why: string): number => timesTried(view, 'restart', why, server.name)
  // What it remembers of passwords is made again from the datastore.
  if (tries('start') === 0)
    return { do: 'nodes', step: restart('start', [server], { isForgetting: true }) }
  if (tries('catch-up') === 0 && timesTried(view, 'switch', 'old', server.name) === 0)
    return { do: 'nodes', step: exchange(view, [server], 'old') }
  if (tries('start') < 2 && tries('catch-up') > 0)
    return { do: 'nodes', step: restart('start', [server], { isForgetting: true }) }
  const helper = servers(view).find(
    (one) => one !== server && one.isReady && isAll(one.memory, isNew),
  )
  const url = helper === undefined ? undefined : urlOf(helper)
  if (tries('through') === 0 && url !== undefined)
    return { do: 'nodes', step: restart('through', [server], { isForgetting: true, via: url }) }
  return stop(stopOf('server-refuses', server.name))
}

/** One start with the former token: it ends by itself after some seconds, and its copy of the datastore has caught up. */
export function catchUp(view: View): Action | undefined {
  const server = servers(view).find(
    (one) => one.process === undefined && startsWithOldOnce(view, one),
  )
  return (
    server && {
      do: 'nodes',
      step: restart('catch-up', [server], { gate: 'old', expect: 'end', isForgetting: true }),
    }
  )
}

/** Where others reach it. */
function urlOf({ addresses, name, port, program }: NodeState): string | undefined {
  // A name of its own need not be known to others.
  const address = addresses.find((one) => /^[0-9.]+$|:/.test(one)) ?? name
  const host = address.includes(':') ? `[${address}]` : address
  return `https://${host}:${port ?? (program === 'rke2' ? 9345 : 6443)}`
}
