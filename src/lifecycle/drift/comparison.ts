// One node's places, each with which of our tokens it has.
import type { KnownCodes, Match } from './known-tokens.js'
import type { AskedNode, Place } from './node-facts.js'

/** A place with which of our tokens it has. */
export interface ComparedPlace extends Omit<Place, 'code'> {
  /** Absent where there is no token. */
  readonly match?: Match
}

/** A node before it is judged. */
export interface Comparison {
  readonly node: AskedNode
  readonly name: string
  readonly answer: 'looked-at' | 'unreachable' | 'failed'
  readonly program: string
  readonly kind: string
  readonly isRunning: boolean
  readonly places: readonly ComparedPlace[]
  readonly datastore: {
    readonly kind: string
    readonly state: string
    readonly keys: readonly Match[]
  }
}

export function compareNode(node: AskedNode, known: KnownCodes): Comparison {
  const { name, facts } = node
  if (typeof facts === 'string') {
    const none = { program: 'none', kind: 'none', isRunning: false, places: [] }
    const datastore = { kind: 'none', state: 'absent', keys: [] }
    return { node, name, answer: facts, ...none, datastore }
  }
  const { program, kind, isRunning, places, datastore } = facts
  return {
    node,
    name,
    answer: 'looked-at',
    program,
    kind,
    isRunning,
    places: places.map(({ code, ...place }) => ({
      ...place,
      ...(code !== undefined && { match: known.match(place.token, code) }),
    })),
    datastore: {
      kind: datastore.kind,
      state: datastore.state,
      keys: datastore.keys.map((code) => known.matchKey(code)),
    },
  }
}

/** Which token it is, for people: `the server token of generation 2`. */
export function nameOf({ is, generation, name }: Match, kind: string): string {
  if (name !== undefined) return name
  if (is === 'other') return `a ${kind} token that is not kept here`
  if (is === 'other-kind')
    return `the ${kind === 'server' ? 'agent' : 'server'} token in the place of the ${kind} token`
  const number = generation === undefined ? '' : ` (generation ${generation})`
  return `the ${is === 'current' ? '' : `${is} `}${kind} token${number}`
}

export function labelOf({
  place,
  path,
  line,
}: Pick<ComparedPlace, 'place' | 'path' | 'line'>): string {
  if (place === 'memory' || path === undefined) return place
  if (place === 'process') return 'environment of the process'
  return line === undefined ? path : `${path}:${line}`
}
