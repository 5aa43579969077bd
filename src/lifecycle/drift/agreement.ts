// Whether the nodes of a cluster agree on one token, before it is brought home: what K3s wrote on the first server is what all the
// others, and all that is configured, are compared with.
import type { ClusterConfig } from '../../config/config.js'
import type { TokenKind } from '../../role/profile.js'
import { soundnessOf } from '../verify/verify.js'
import type { Soundness } from '../verify/verify.js'
import { compareNode } from './comparison.js'
import { findInCluster } from './cluster-findings.js'
import { judgeNode } from './judgement.js'
import type { ComparedNode } from './judgement.js'
import type { DriftFinding } from './finding.js'
import type { KnownCodes, Match } from './known-tokens.js'
import type { AskedNode, HandedOver, NodeFacts, PlaceName } from './node-facts.js'

export interface Agreement {
  readonly cluster: string
  /** Of the servers, and of what could not be looked at: what an agent has decides nothing, nor a host that is yet to join. */
  readonly state: Soundness
  /** The server that the others were compared with, and the files with its tokens; null where there is none. */
  readonly node: string | null
  readonly server: string | null
  /** Null where agents join with the server token. */
  readonly agent: string | null
  readonly nodes: readonly ComparedNode[]
  readonly findings: readonly DriftFinding[]
}

export function agreeOnTokens(cluster: ClusterConfig, { nodes }: HandedOver, now: Date): Agreement {
  const first = nodes.find((node): node is Server => isServer(node))
  const known = new CodesOf(first)
  const situation = { cluster, ca: [], now }
  const compared = nodes.map((node) => compareNode(node, known))
  const judged = compared.map((node) => judgeNode(node, situation))
  const findings = findInCluster(compared, situation)
  const deciding = judged.filter(({ kind, answer }) => kind === 'server' || answer !== 'looked-at')
  const missing = first === undefined || pathOf(first, 'server/token') === null
  return {
    cluster: cluster.name,
    state: missing ? 'unknown' : soundnessOf(deciding.flatMap((node) => node.findings)),
    node: first?.name ?? null,
    server: first === undefined ? null : pathOf(first, 'server/token'),
    agent: first === undefined ? null : pathOf(first, 'server/agent-token'),
    nodes: judged,
    findings,
  }
}

interface Server extends AskedNode {
  readonly facts: NodeFacts
}

function isServer({ facts }: AskedNode): boolean {
  return typeof facts !== 'string' && facts.kind === 'server'
}

function pathOf({ facts }: Server, name: PlaceName): string | null {
  const place = facts.places.find((one) => one.place === name && one.state === 'present')
  return place?.path ?? null
}

/** The codes of one server stand for the tokens of the cluster. */
class CodesOf implements KnownCodes {
  readonly #tokens: Readonly<Partial<Record<TokenKind, string>>>
  readonly #key: string | undefined
  readonly #other: Match

  constructor(server: Server | undefined) {
    const places = server?.facts.places ?? []
    const own = places.find(({ place }) => place === 'server/token')?.code
    const agent = places.find(({ place }) => place === 'server/agent-token')?.code ?? own
    this.#tokens = { ...(own && { server: own }), ...(agent && { agent }) }
    this.#key = server?.facts.datastore.keys[0]
    const name = `another token than the one in server/token of ${server?.name ?? 'a server'}`
    this.#other = { is: 'other', expected: 'refused', name }
  }

  match(kind: TokenKind, code: string): Match {
    return code === this.#tokens[kind] ? THE_SAME : this.#other
  }

  matchKey(code: string): Match {
    return code === this.#key ? THE_SAME : this.#other
  }
}

const THE_SAME: Match = { is: 'current', expected: 'accepted' }
