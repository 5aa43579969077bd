// What is wrong with where a node takes its token from at its next start.
import { labelOf, nameOf } from './comparison.js'
import type { ComparedPlace, Comparison } from './comparison.js'
import type { DriftFinding } from './finding.js'

export const CONFIGURED: readonly string[] = [
  'command-line',
  'config',
  'environment',
  'environment-file',
  'token-file',
]

export function findInSources({ places, kind }: Comparison): DriftFinding[] {
  const configured = places.filter(({ place }) => CONFIGURED.includes(place))
  const found = configured.flatMap((place): DriftFinding[] => {
    const on = labelOf(place)
    if (place.form === 'split' && kind === 'server') return [splitForm(on)]
    if (place.form === 'malformed') return [malformed(on)]
    return place.wins ? findInWinner(place, on, kind) : findInLoser(place, configured, on)
  })
  const hasSource = configured.some(({ option, wins }) => option === 'token' && wins)
  return hasSource || kind !== 'server' ? found : [...found, noSource()]
}

function findInWinner(place: ComparedPlace, on: string, kind: string): DriftFinding[] {
  const { match, token, state, form } = place
  if (state === 'empty') {
    return [
      {
        rule: 'source-empty',
        severity: 'error',
        message: `it is empty and wins over every other place; ${EMPTY_END[kind === 'agent' ? 'agent' : 'server']}`,
        on,
        hint: 'take the empty line or file away, or let the role write the token there',
      },
    ]
  }
  if (match === undefined) return [{ ...waits(on) }]
  if (form === 'bootstrap' && kind === 'agent') return []
  if (match.expected !== 'refused') return []
  return [
    {
      rule: `source-${match.is}`,
      severity: 'error',
      message: `K3s takes ${nameOf(match, token)} from there at its next start, and cannot work with it`,
      on,
      hint:
        match.is === 'other'
          ? 'let the role write the token again; if the cluster was rotated by hand, bring its token: k3s-vars token import CLUSTER --replace'
          : 'let the role write the token again, before the service is restarted',
    },
  ]
}

const EMPTY_END = {
  server: 'a new server would start a cluster of its own',
  agent: 'an agent does not start',
} as const

function waits(on: string): DriftFinding {
  return {
    rule: 'source-unreadable',
    severity: 'error',
    message:
      'K3s takes its token from there at its next start, and it cannot be read: K3s waits for it',
    on,
    hint: 'let the role write the file again',
  }
}

/** Another place that has something else: it wins as soon as the first is gone. */
function findInLoser(
  { option, match, state, isRead, token }: ComparedPlace,
  configured: readonly ComparedPlace[],
  on: string,
): DriftFinding[] {
  if (state !== 'present' || match === undefined) return []
  const winner = configured.find((one) => one.wins && one.option === option)
  const isSame = winner?.match?.is === match.is && winner.match.generation === match.generation
  if (isSame && match.is !== 'other') return []
  const behind = winner === undefined ? '' : `, which loses to ${labelOf(winner)}`
  return [
    {
      rule: isRead ? 'sources-disagree' : 'left-behind',
      severity: isRead ? 'error' : 'warn',
      message: isRead
        ? `it has ${nameOf(match, token)}${behind} and would win without that`
        : `it has ${nameOf(match, token)}, and no service reads it`,
      on,
      hint: 'take it away, so that one place decides',
    },
  ]
}

function splitForm(on: string): DriftFinding {
  return {
    rule: 'split-form',
    severity: 'error',
    message:
      'the text is taken apart by K3s: its datastore is keyed with one part, and servers that join are asked for another',
    on,
    hint: 'write the password alone, or the K10 line of server/token as it stands there',
  }
}

function malformed(on: string): DriftFinding {
  return {
    rule: 'source-malformed',
    severity: 'error',
    message: 'the text begins with K10 and is no token: K3s does not start with it',
    on,
    hint: 'let the role write the token again',
  }
}

function noSource(): DriftFinding {
  return {
    rule: 'no-source',
    severity: 'warn',
    message: 'no token is configured: K3s takes the one in server/token, on this disk alone',
    hint: 'let the role write the token that is kept here',
  }
}
