// What the nodes' module answers (plugins/modules/k3s_token_facts.py), read with care: it comes from machines that may be anybody's.
import { UsageError } from '../../errors.js'
import type { TokenKind } from '../../role/profile.js'
import {
  lineOf,
  listOf,
  number,
  objectOf,
  optional,
  textOf,
  textsOf,
  wordOf,
} from './answer-fields.js'
import type { Fields } from './answer-fields.js'
import { parseCondition } from './node-condition.js'
import type { NodeCondition } from './node-condition.js'

export const PLACES = [
  'command-line',
  'config',
  'environment',
  'environment-file',
  'token-file',
  'process',
  'server/token',
  'server/agent-token',
  'cred/passwd',
  'memory',
] as const
export type PlaceName = (typeof PLACES)[number]

const STATES = ['present', 'empty', 'absent', 'unreadable', 'refused', 'unclear'] as const

/** One place where a node has a token, or could have one. */
export interface Place {
  readonly place: PlaceName
  readonly path?: string
  readonly line?: number
  /** The option that gives it, for what is configured. */
  readonly option?: string
  readonly token: TokenKind
  readonly state: (typeof STATES)[number]
  /** Why there is nothing, in a word. */
  readonly reason?: string
  readonly form?: string
  /** The HMAC of the token under the nonce. */
  readonly code?: string
  /** Whether K3s takes it at its next start. */
  readonly wins: boolean
  /** Whether K3s looks there at all. */
  readonly isRead: boolean
  /** Whom the secure form names. */
  readonly user?: string
  /** How the text stands in its file; `other` where it cannot be exchanged in place. */
  readonly style?: string
  /** When its file was last written, in Unix seconds by the node's own clock. */
  readonly changed?: number
}

export interface Fault {
  readonly place: string
  readonly path: string
  readonly line?: number
  readonly reason: string
}

export interface Member {
  readonly id: string
  readonly name: string
  readonly peers: readonly string[]
  readonly isLearner: boolean
  readonly isReachable: boolean
}

export interface Datastore {
  readonly kind: string
  readonly state: string
  readonly reason?: string
  /** Codes of the names of the keys. */
  readonly keys: readonly string[]
  readonly members: readonly Member[]
}

export interface NodeFacts {
  readonly program: string
  readonly kind: string
  readonly isRunning: boolean
  /** The URL of the server that it joins through; empty where there is none. */
  readonly join: string
  readonly places: readonly Place[]
  readonly faults: readonly Fault[]
  readonly conflicts: readonly string[]
  readonly datastore: Datastore
  /** The PEM text of the CA; empty where it has none. */
  readonly ca: string
  readonly condition: NodeCondition
}

/** A node with what it answered. */
export interface AskedNode {
  readonly name: string
  readonly facts: NodeFacts | 'unreachable' | 'failed'
}

export interface HandedOver {
  readonly nonce: string
  readonly nodes: readonly AskedNode[]
}

/**
 * The answers of all nodes as the play hands them over: `{"nonce": …, "nodes": {NAME: RESULT}}`, a result being what Ansible
 * registers.
 * @throws UsageError for what is no such text; nothing of it is repeated
 */
export function parseHandedOver(text: string): HandedOver {
  try {
    const whole = objectOf(JSON.parse(text))
    const nodes = Object.entries(objectOf(whole['nodes'])).map(([name, result]) => ({
      name,
      facts: parseResult(objectOf(result)),
    }))
    return { nonce: textOf(whole['nonce']), nodes }
  } catch {
    throw new UsageError('K3SV_USAGE', 'what was handed over are no answers of k3s_token_facts', {
      hint: 'run k3s-vars drift CLUSTER, or the play k3s_vars.token.drift, which hand them over as they are',
    })
  }
}

function parseResult(result: Fields): AskedNode['facts'] {
  if (result['unreachable'] === true) return 'unreachable'
  if (result['failed'] === true || result['program'] === undefined) return 'failed'
  const datastore = objectOf(result['datastore'])
  return {
    program: textOf(result['program']),
    kind: textOf(result['kind']),
    isRunning: objectOf(result['process'])['pid'] !== undefined,
    join: textOf(result['join']),
    places: listOf(result['places']).map(parsePlace),
    faults: listOf(result['faults']).map((fault) => ({
      place: textOf(fault['place']),
      path: textOf(fault['path']),
      ...lineOf(fault),
      reason: textOf(fault['reason']),
    })),
    conflicts: textsOf(result['conflicts']),
    datastore: {
      kind: textOf(datastore['kind']),
      state: textOf(datastore['state']),
      ...optional('reason', datastore),
      keys: textsOf(datastore['keys']),
      members: listOf(datastore['members']).map((member) => ({
        id: textOf(member['id']),
        name: textOf(member['name']),
        peers: textsOf(member['peers']),
        isLearner: member['learner'] === true,
        isReachable: member['reachable'] === true,
      })),
    },
    ca: textOf(result['ca']),
    condition: parseCondition(result),
  }
}

function parsePlace(place: Fields): Place {
  return {
    place: wordOf(place['place'], PLACES),
    ...optional('path', place),
    ...lineOf(place),
    ...optional('option', place),
    token: wordOf(place['token'], ['server', 'agent'] as const),
    state: wordOf(place['state'], STATES),
    ...optional('reason', place),
    ...optional('form', place),
    ...optional('code', place),
    wins: place['wins'] === true,
    isRead: place['read'] !== false,
    ...optional('user', place),
    ...optional('style', place),
    ...number('changed', place),
  }
}
