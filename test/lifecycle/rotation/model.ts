// A model of K3s for rotations: what it keeps on its disk, in its memory and in its datastore, and what a start and a request do to them.
// Every rule of it is a row of what was measured on real servers (v1.36.3), and model.test.ts has a test for each. It is no K3s: it knows
// nothing but tokens.
import type {
  NodeState,
  Process,
  Source,
  Which,
} from '../../../src/lifecycle/rotation/situation.js'

export type Text = 'OLD' | 'NEW' | 'NEW2'

export interface ModelServer {
  readonly name: string
  /** The name of the server that it joins through. */
  readonly join?: string
  /** Undefined: it has no datastore of its own. */
  readonly hasDatabase: boolean
  source: Text
  /** Undefined where it does not run. */
  memory: Text | undefined
  passwd: Text | undefined
  /** Whether what stands in passwd is newer than what the datastore keeps of it, by a rotation that did not come to its end. */
  isNewer: boolean
  written: Text
  /** The keys of its own copy of the datastore, as far as that got. */
  copy: readonly Text[]
  pid: number
  started: number
  side: boolean
}

export interface ModelAgent {
  readonly name: string
  source: Text
  started: number
  changed: number
  isRunning: boolean
  side: boolean
}

export const KILL_POINTS = ['passwd', 'server/token', 'new key', 'old key', 'save'] as const
export type KillPoint = (typeof KILL_POINTS)[number]

/** What a start came to. */
export type Started = 'ready' | 'newer than datastore' | 'different token' | 'not authorized'

export class ModelCluster {
  readonly servers: ModelServer[]
  readonly agents: ModelAgent[]
  readonly datastore: 'etcd' | 'sqlite'
  keys: readonly Text[] = ['OLD']
  snapshots: string[] = []
  /** Counts everything that happens. */
  time = 1000
  /** Servers that were down at one moment, at most. */
  mostDown = 0
  log: string[] = []

  constructor(shape: {
    readonly servers: readonly {
      readonly name: string
      readonly join?: string
      readonly controlPlane?: boolean
    }[]
    readonly agents?: number
    readonly datastore?: 'etcd' | 'sqlite'
  }) {
    this.datastore = shape.datastore ?? 'etcd'
    this.servers = shape.servers.map(({ name, join, controlPlane = false }) => ({
      name,
      ...(join !== undefined && { join }),
      hasDatabase: !controlPlane,
      source: 'OLD',
      memory: 'OLD',
      passwd: 'OLD',
      isNewer: false,
      written: 'OLD',
      copy: ['OLD'],
      pid: 100,
      started: this.time,
      side: false,
    }))
    this.agents = Array.from({ length: shape.agents ?? 0 }, (_, index) => ({
      name: `a${index + 1}`,
      source: 'OLD',
      started: 900,
      changed: 800,
      isRunning: true,
      side: false,
    }))
  }

  server(name: string): ModelServer {
    return this.servers.find((one) => one.name === name)!
  }

  isRunning(server: ModelServer): boolean {
    return server.memory !== undefined
  }

  /** Of the members of etcd more than half have to run. */
  hasQuorum(): boolean {
    if (this.datastore === 'sqlite') return true
    const members = this.servers.filter(({ hasDatabase }) => hasDatabase)
    return members.filter((one) => this.isRunning(one)).length * 2 > members.length
  }

  /** PUT /v1-k3s/token; the process is killed after a step, if that is said. */
  put(server: ModelServer, authorized: Text, to: Text, killedAfter?: KillPoint): number {
    this.time++
    if (!this.isRunning(server)) return 0
    if (authorized !== server.memory) return 401
    const from = server.passwd ?? server.memory
    const kill = (point: KillPoint): boolean => {
      if (killedAfter === point) this.kill(server)
      return killedAfter === point
    }
    // With two keys there it goes on only where it deletes the one that its disk has.
    const isMerging = this.keys.length === 2
    if (isMerging && to !== 'NEW') return 500
    server.passwd = to
    server.isNewer = true
    if (kill('passwd')) return 0
    server.written = to
    if (kill('server/token')) return 0
    if (!this.hasQuorum()) {
      this.kill(server)
      return 0
    }
    if (this.keys.length === 1 && this.keys[0] === to) return this.#save(server)
    if (!this.keys.includes(from) || from === to) return 500
    this.#setKeys([...new Set([...this.keys, to])])
    if (kill('new key')) return 0
    this.#setKeys([to])
    if (kill('old key')) return 0
    this.#save(server)
    if (kill('save')) return 0
    return 200
  }

  #save(server: ModelServer): number {
    // What is kept in the datastore is as new as what is on this disk.
    server.isNewer = false
    return 200
  }

  /** Every member that runs has the change at once. */
  #setKeys(keys: readonly Text[]): void {
    this.keys = keys
    for (const one of this.servers) if (this.isRunning(one)) one.copy = keys
  }

  kill(server: ModelServer): void {
    server.memory = undefined
    this.mostDown = Math.max(
      this.mostDown,
      this.servers.filter((one) => !this.isRunning(one)).length,
    )
  }

  /** Starts with what the source has. */
  start(server: ModelServer, via?: string): Started {
    this.time++
    if (this.isRunning(server)) return 'ready'
    const token = server.source
    const through = via ?? server.join
    const other = through === undefined ? undefined : this.server(through)
    const isAccepted = other !== undefined && other.memory === token
    if (!server.hasDatabase) {
      if (!isAccepted) return 'not authorized'
    } else if (isAccepted) {
      server.copy = this.keys
    } else if (!server.copy.includes(token)) return 'different token'
    if (server.passwd !== undefined && server.isNewer) return 'newer than datastore'
    // etcd runs now, so its copy catches up, whatever comes next.
    if (this.datastore === 'etcd' && this.#joinsQuorum(server)) server.copy = this.keys
    if (!this.keys.includes(token)) return 'different token'
    server.memory = token
    server.passwd = token
    server.isNewer = false
    server.written = token
    server.pid++
    server.started = this.time
    return 'ready'
  }

  #joinsQuorum(server: ModelServer): boolean {
    const members = this.servers.filter(({ hasDatabase }) => hasDatabase)
    const running = members.filter((one) => one === server || this.isRunning(one)).length
    return running * 2 > members.length
  }

  forget(server: ModelServer): void {
    server.passwd = undefined
    server.isNewer = false
  }

  /** What the nodes tell, as the program reads it. */
  look(away: readonly string[] = []): readonly NodeState[] {
    return [
      ...this.servers.map((one) =>
        away.includes(one.name) ? unreachable(one.name) : this.#server(one),
      ),
      ...this.agents.map((one) =>
        away.includes(one.name) ? unreachable(one.name) : agentState(one),
      ),
    ]
  }

  #server(one: ModelServer): NodeState {
    const isRunning = this.isRunning(one)
    // A process is asked for the tokens that stand somewhere on its node.
    const known = [one.written, one.passwd, one.source, one.side ? 'NEW' : undefined]
    const memory: Which = !isRunning
      ? 'unknown'
      : known.includes(one.memory)
        ? whichOf(one.memory)
        : 'other'
    const canTell = one.hasDatabase && isRunning && this.hasQuorum()
    return {
      ...NODE,
      name: one.name,
      kind: 'server',
      process: isRunning ? { pid: one.pid, started: one.started } : undefined,
      join: one.join === undefined ? '' : `https://${one.join}:6443`,
      sources: [sourceOf(one.source, 'server')],
      memory: { server: memory, agent: memory },
      passwd: { server: whichOf(one.passwd), agent: whichOf(one.passwd) },
      isReady: isRunning && this.hasQuorum(),
      keys: canTell ? this.keys.map((key) => whichOf(key)) : undefined,
      datastore: one.hasDatabase ? this.datastore : 'none',
      side: one.side ? ['token'] : [],
      hasLeftovers: one.side,
      snapshots: this.snapshots,
    }
  }
}

const NODE: NodeState = {
  name: '',
  answer: 'looked-at',
  kind: 'none',
  program: 'k3s',
  dataDir: '/var/lib/rancher/k3s',
  service: 'k3s',
  port: 6443,
  process: undefined,
  join: '',
  addresses: [],
  sources: [],
  missing: [],
  memory: { server: 'unknown', agent: 'unknown' },
  passwd: { server: 'unknown', agent: 'unknown' },
  isReady: false,
  keys: undefined,
  datastore: 'none',
  members: [],
  side: [],
  hasLeftovers: false,
  snapshots: [],
  canSnapshot: true,
  version: 'v1.36.3+k3s1',
  clock: undefined,
  free: undefined,
  database: undefined,
  caHash: undefined,
}

function unreachable(name: string): NodeState {
  return { ...NODE, name, answer: 'unreachable' }
}

function agentState(one: ModelAgent): NodeState {
  const process: Process = { pid: 7, started: one.started, since: one.started }
  return {
    ...NODE,
    name: one.name,
    kind: 'agent',
    service: 'k3s-agent',
    process: one.isRunning ? process : undefined,
    sources: [{ ...sourceOf(one.source, 'agent'), changed: one.changed }],
    side: one.side ? ['token'] : [],
    hasLeftovers: one.side,
  }
}

function sourceOf(text: Text, token: Source['token']): Source {
  return {
    place: 'config',
    path: '/etc/rancher/k3s/config.yaml',
    line: 1,
    option: 'token',
    token,
    which: whichOf(text),
    wins: true,
    isSecure: false,
    isWritable: true,
  }
}

function whichOf(text: Text | undefined): Which {
  return text === undefined ? 'unknown' : text === 'OLD' ? 'old' : text === 'NEW' ? 'new' : 'other'
}
