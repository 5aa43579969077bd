// What is wrong with what K3s itself has of the token: written files, its memory, the key of its datastore.
import { nameOf } from './comparison.js'
import type { ComparedPlace, Comparison } from './comparison.js'
import { unknown } from './finding.js'
import type { DriftFinding } from './finding.js'
import type { NodeFacts } from './node-facts.js'

export function findInWritten({ places, kind }: Comparison): DriftFinding[] {
  if (kind !== 'server') return []
  return places
    .filter(({ place }) => place.startsWith('server/') || place === 'cred/passwd')
    .flatMap((place): DriftFinding[] => {
      const { match, token, state, reason } = place
      const on = `${place.path}${place.place === 'cred/passwd' ? ` (${token})` : ''}`
      if (state === 'unreadable' || state === 'absent') {
        return [
          {
            ...unknown(
              'written-unreadable',
              `what K3s has written is not to be had (${reason})`,
              'a server that never started has none',
            ),
            on,
          },
        ]
      }
      if (match === undefined || match.expected !== 'refused') return []
      return [
        {
          rule: `written-${match.is}`,
          severity: 'error',
          message: `K3s has written ${nameOf(match, token)}`,
          on,
          hint:
            match.is === 'former'
              ? 'it was not restarted since the rotation, or a rotation stopped half-way: look at its datastore key first'
              : 'was the cluster rotated by hand? Then bring its token: k3s-vars token import CLUSTER --replace',
        },
      ]
    })
}

export function findInMemory(
  { places, kind }: Comparison,
  { isRunning }: NodeFacts,
): DriftFinding[] {
  if (!isRunning) {
    return [
      {
        rule: 'not-running',
        severity: 'error',
        message: `its ${kind} does not run`,
        hint: 'look at the end of its log; with a token that the datastore is not keyed with, K3s ends after a few seconds',
      },
    ]
  }
  return places.filter(({ place }) => place === 'memory').flatMap(findInAnswer)
}

function findInAnswer({ token, match, state, reason }: ComparedPlace): DriftFinding[] {
  const on = 'memory'
  // An agent token that nobody has written down here is told by the configuration already.
  if (state === 'refused' && token === 'agent') return []
  if (state === 'refused') {
    return [
      {
        rule: 'memory-other',
        severity: 'error',
        message: `its process has another ${token} token in memory than any place of the node`,
        on,
        hint: 'the files were changed after its start: see that they are right, then restart it',
      },
    ]
  }
  if (match === undefined) {
    const message = `its process does not tell which ${token} token it has (${reason})`
    return [{ ...unknown('memory-unclear', message, 'ask again when it is up'), on }]
  }
  if (match.expected !== 'refused') return []
  return [
    {
      rule: `memory-${match.is}`,
      severity: 'error',
      message: `its process has ${nameOf(match, token)}`,
      on,
      hint: 'restart it, after its configuration has the right token',
    },
  ]
}

export function findInDatastore({ datastore }: Comparison, facts: NodeFacts): DriftFinding[] {
  const { keys, kind, state } = datastore
  const on = `datastore (${kind})`
  if (state === 'absent' || !facts.isRunning) return []
  if (state !== 'read') {
    if (kind === 'external') return []
    return [
      {
        ...unknown(
          'datastore-unreadable',
          `it does not tell what it is keyed with (${facts.datastore.reason ?? 'failed'})`,
          'ask again when the server is up',
        ),
        on,
      },
    ]
  }
  if (keys.length === 1) {
    const [key] = keys
    if (key!.expected !== 'refused') return []
    return [
      {
        rule: `datastore-${key!.is}`,
        severity: 'error',
        message: `it is keyed with ${nameOf(key!, 'server')}`,
        on,
        hint: 'this is the token that the cluster has: bring it with k3s-vars token import CLUSTER --replace, or end the rotation that changed it',
      },
    ]
  }
  return [
    {
      rule: keys.length === 0 ? 'datastore-no-key' : 'datastore-two-keys',
      severity: 'error',
      message:
        keys.length === 0
          ? 'it has no key of K3s'
          : `it has ${keys.length} keys of K3s, where one has to be`,
      on,
      hint: 'restart no server; a rotation was broken off: rotate to the same token again, on the server where it was',
    },
  ]
}
