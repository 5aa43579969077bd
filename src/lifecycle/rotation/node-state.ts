// One node, as a rotation sees it: which of the two tokens each of its places has.
import { hashOfCa } from '../../cluster/ca-hash.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import { TOKEN_KINDS } from '../../token-pair.js'
import type { TokenPair } from '../../token-pair.js'
import { keyName } from '../../token/fingerprint.js'
import { codeOf } from '../drift/known-tokens.js'
import type { AskedNode, NodeFacts, Place } from '../drift/node-facts.js'
import { CONFIGURED } from '../drift/source-findings.js'
import type { NodeState, Source, Which } from './situation.js'

/** The tokens before and after; there is none after where no rotation is under way. */
export interface BeforeAndAfter {
  readonly old: TokenPair<Secret>
  readonly new?: TokenPair<Secret>
}

/** What the codes of one run stand for. */
export class Codes {
  readonly #tokens: Readonly<Record<TokenKind, ReadonlyMap<string, Which>>>
  readonly #keys: ReadonlyMap<string, Which>

  constructor(nonce: string, tokens: BeforeAndAfter) {
    const table = (text: (pair: TokenPair<Secret>) => string): ReadonlyMap<string, Which> => {
      const before = text(tokens.old)
      const after = tokens.new === undefined ? undefined : text(tokens.new)
      if (after === before) return new Map([[before, 'both']])
      return new Map<string, Which>([
        [before, 'old'],
        ...(after === undefined ? [] : ([[after, 'new']] as const)),
      ])
    }
    const ofKind = (kind: TokenKind): ReadonlyMap<string, Which> =>
      // Agents join with the server token where they have none of their own.
      table((pair) => codeOf(nonce, 'token', (pair[kind] ?? pair.server).reveal()))
    this.#tokens = { server: ofKind('server'), agent: ofKind('agent') }
    this.#keys = table((pair) => codeOf(nonce, 'key', keyName(pair.server)))
  }

  which(kind: TokenKind, { state, code, form }: Pick<Place, 'state' | 'code' | 'form'>): Which {
    if (state === 'empty') return 'none'
    // Where it is refused, the process has none of the tokens that stand anywhere on its node.
    if (state === 'refused' || form === 'malformed' || form === 'split') return 'other'
    return code === undefined ? 'unknown' : (this.#tokens[kind].get(code) ?? 'other')
  }

  whichKey(code: string): Which {
    return this.#keys.get(code) ?? 'other'
  }
}

export interface Reading {
  readonly codes: Codes
  readonly isSeparate: boolean
  /** Of the rotation under way, whose side files count. */
  readonly rotation: string
  readonly now: Date
}

export function readNode({ name, facts }: AskedNode, reading: Reading): NodeState {
  if (typeof facts === 'string') return { ...NOTHING, name, answer: facts }
  const { codes, rotation, now } = reading
  const { condition, datastore } = facts
  const { etcd, gate, snapshots } = condition
  const memory = ofPlace(facts, 'memory', codes)
  return {
    name,
    answer: 'looked-at',
    kind: facts.kind === 'server' || facts.kind === 'agent' ? facts.kind : 'none',
    program: facts.program,
    dataDir: condition.dataDir,
    service: condition.service,
    port: condition.port,
    process: condition.process,
    join: facts.join,
    addresses: condition.addresses,
    sources: sourcesOf(facts, reading),
    missing: missingIn(facts, reading),
    memory,
    passwd: ofPlace(facts, 'cred/passwd', codes),
    isReady:
      facts.isRunning &&
      (gate === undefined ? memory.server !== 'unknown' : gate === 200) &&
      (etcd === undefined || (etcd.isHealthy && etcd.isVoting)),
    keys:
      datastore.state === 'read' ? datastore.keys.map((code) => codes.whichKey(code)) : undefined,
    datastore: datastore.kind,
    members: datastore.members,
    side: condition.side
      .filter((file) => file.rotation === rotation && file.code !== undefined)
      .filter(({ option, code }) => {
        const kind = tokenOf(facts, option)
        const which = codes.which(kind, { state: 'present', ...(code !== undefined && { code }) })
        return which === 'new' || which === 'both'
      })
      .map(({ option }) => option),
    hasLeftovers: condition.side.length > 0 || condition.repairs > 0,
    snapshots: snapshots?.names ?? [],
    canSnapshot: snapshots?.isWritable ?? true,
    version: condition.version,
    clock: condition.clock,
    free: condition.free,
    database: condition.database,
    caHash: facts.ca === '' ? undefined : hashOfCa(Buffer.from(facts.ca), now),
  }
}

const UNKNOWN: TokenPair<Which> = { server: 'unknown', agent: 'unknown' }

const NOTHING: Omit<NodeState, 'name' | 'answer'> = {
  kind: 'none',
  program: 'none',
  dataDir: '',
  service: '',
  port: undefined,
  process: undefined,
  join: '',
  addresses: [],
  sources: [],
  missing: [],
  memory: UNKNOWN,
  passwd: UNKNOWN,
  isReady: false,
  keys: undefined,
  datastore: 'none',
  members: [],
  side: [],
  hasLeftovers: false,
  snapshots: [],
  canSnapshot: false,
  version: '',
  clock: undefined,
  free: undefined,
  database: undefined,
  caHash: undefined,
}

/** Of an option on a node: agents are configured with theirs as `token`. */
function tokenOf({ kind }: NodeFacts, option: string): TokenKind {
  return kind === 'agent' || option === 'agent-token' ? 'agent' : 'server'
}

function ofPlace(facts: NodeFacts, name: Place['place'], codes: Codes): TokenPair<Which> {
  const of = (kind: TokenKind): Which => {
    const place = facts.places.find((one) => one.place === name && one.token === kind)
    return place === undefined ? 'unknown' : codes.which(kind, place)
  }
  return { server: of('server'), agent: of('agent') }
}

function sourcesOf(facts: NodeFacts, { codes }: Reading): readonly Source[] {
  return facts.places
    .filter(({ place, option, isRead }) => CONFIGURED.includes(place) && isRead && option)
    .filter(({ wins, state }) => wins || state === 'present')
    .map((place) => ({
      place: place.place,
      path: place.path ?? '',
      line: place.line ?? null,
      option: place.option!,
      token: place.token,
      // What an agent joins with may be a token for one evening, which is no matter of a rotation.
      which: place.form === 'bootstrap' ? 'both' : codes.which(place.token, place),
      wins: place.wins,
      isSecure: place.form === 'secure',
      isWritable: place.style !== 'other',
      ...(place.changed !== undefined && { changed: place.changed }),
    }))
}

function missingIn(facts: NodeFacts, { isSeparate }: Reading): readonly string[] {
  const wanted = facts.kind === 'server' && isSeparate ? ['token', 'agent-token'] : ['token']
  return wanted.filter(
    (option) =>
      !facts.places.some(
        (one) => CONFIGURED.includes(one.place) && one.option === option && one.wins,
      ),
  )
}

/** Whether every token of a place is one that is wanted there; a server without agents of its own has no row for them. */
export function isAll(pair: TokenPair<Which>, wanted: (which: Which) => boolean): boolean {
  return TOKEN_KINDS.every((kind) => {
    const which = pair[kind] ?? 'unknown'
    return wanted(which) || (kind === 'agent' && which === 'unknown' && wanted(pair.server))
  })
}
