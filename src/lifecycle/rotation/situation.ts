// What decides about the next step of a rotation: the phase and the record of the document, and what every node has. Pure data.
import type { Phase, RotationRecord } from '../../document/document.js'
import type { TokenKind } from '../../role/profile.js'
import type { TokenPair } from '../../token-pair.js'
import type { Member, PlaceName } from '../drift/node-facts.js'

/**
 * Which token a place has: `both` where the rotation leaves that kind as it is, `other` for none of ours, `none` where it is empty,
 * `unknown` where it could not be read.
 */
export type Which = 'old' | 'new' | 'both' | 'other' | 'none' | 'unknown'

export function isOld(which: Which | undefined): boolean {
  return which === 'old' || which === 'both'
}

export function isNew(which: Which | undefined): boolean {
  return which === 'new' || which === 'both'
}

/** A place from which K3s takes a token, or would without another one. */
export interface Source {
  readonly place: PlaceName
  readonly path: string
  readonly line: number | null
  readonly option: string
  /** Whose token stands there: that of agents is the server token where they have none of their own. */
  readonly token: TokenKind
  readonly which: Which
  readonly wins: boolean
  /** Whether the CA stands in front of it. */
  readonly isSecure: boolean
  /** Whether it can be exchanged where it stands. */
  readonly isWritable: boolean
  readonly changed?: number
}

export interface Process {
  readonly pid: number
  readonly started: number
  readonly since?: number
}

export interface NodeState {
  readonly name: string
  readonly answer: 'looked-at' | 'unreachable' | 'failed'
  readonly kind: 'server' | 'agent' | 'none'
  readonly program: string
  readonly dataDir: string
  readonly service: string
  readonly port: number | undefined
  readonly process: Process | undefined
  /** The URL that it joins through; empty where it has none. */
  readonly join: string
  readonly addresses: readonly string[]
  readonly sources: readonly Source[]
  /** Options that have to give a token here, and that nobody sets. */
  readonly missing: readonly string[]
  /** Of servers: what the process has, and what K3s has written. */
  readonly memory: TokenPair<Which>
  readonly passwd: TokenPair<Which>
  /** Whether the server answers to the token in its memory that it is ready, and is healthy. */
  readonly isReady: boolean
  /** Undefined where they could not be read. */
  readonly keys: readonly Which[] | undefined
  readonly datastore: string
  readonly members: readonly Member[]
  /** The options whose side file of this rotation has the new token. */
  readonly side: readonly string[]
  /** Whether anything lies beside that a rotation has put there. */
  readonly hasLeftovers: boolean
  readonly snapshots: readonly string[]
  readonly canSnapshot: boolean
  readonly version: string
  readonly clock: number | undefined
  readonly free: number | undefined
  readonly database: number | undefined
  /** The hash of its CA; undefined where it has none. */
  readonly caHash: string | undefined
}

/** A step that nodes took in this run, with what each came to. */
export interface Tried {
  readonly step: StepName
  readonly why: string
  readonly outcomes: Readonly<Record<string, string>>
}

/** What somebody wants of a rotation that is not begun. */
export interface Wish extends Omit<RotationRecord, 'node'> {
  /** The id that it would have. */
  readonly rotation: string
}

export interface View {
  readonly cluster: string
  readonly phase: Phase
  readonly wish: Wish
  /** The record of the one that is under way; undefined where none is. */
  readonly record: RotationRecord | undefined
  readonly rotation: string
  /** Whether agents have a token of their own. */
  readonly isSeparate: boolean
  /** Whether the configuration asks for the secure form. */
  readonly isSecure: boolean
  /** The CA that the cluster is known by. */
  readonly caHash: string | undefined
  readonly generation: number
  /** As the document shows them; null for a token that could be found with it. */
  readonly fingerprints: { readonly old: string | null; readonly new: string | null }
  readonly nodes: readonly NodeState[]
  /** What this run has done, oldest first. */
  readonly tried: readonly Tried[]
  /** What is wrong with the nodes before anything is done; empty in later phases. */
  readonly faults: readonly Stop[]
}

export type StepName =
  | 'side-files'
  | 'snapshot'
  | 'rotate'
  | 'switch'
  | 'restart'
  | 'restart-agents'
  | 'cleanup'
  | 'wait'

/** What nodes do next. Nothing in it is secret. */
export interface NodeStep {
  readonly name: StepName
  /** A word that tells steps of one name apart. */
  readonly why: string
  /** In their order. */
  readonly hosts: readonly string[]
  readonly perHost: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** How many agents at a time. */
  readonly batch?: number
}

/** Why a rotation does not go on by itself, by a name that stays the same. */
export interface Stop {
  readonly name: string
  readonly message: string
  readonly hint: string
  readonly node?: string
  /** Whether things only have to be waited for or brought up; else something is wrong. */
  readonly isPassing?: boolean
}

export type StoreChange = 'stage' | 'rotating' | 'rotated' | 'commit'

export type Action =
  | { readonly do: 'store'; readonly change: StoreChange }
  | { readonly do: 'nodes'; readonly step: NodeStep }
  | { readonly do: 'stop'; readonly stop: Stop }

/** Answers what is to be done where it applies. */
export type Rule = (view: View) => Action | undefined

export function servers(view: View): readonly NodeState[] {
  return view.nodes.filter(({ kind, answer }) => kind === 'server' && answer === 'looked-at')
}

export function agents(view: View): readonly NodeState[] {
  return view.nodes.filter(({ kind, answer }) => kind === 'agent' && answer === 'looked-at')
}

/** The server that the datastore is keyed anew on, as the document names it; undefined where nobody was asked. */
export function rotatingServer(view: View): NodeState | undefined {
  return servers(view).find(({ name }) => name === view.record?.node)
}

export function stop(stopped: Stop): Action {
  return { do: 'stop', stop: stopped }
}

/** How often this run took a step on a node. */
export function timesTried(view: View, step: StepName, why: string, node: string): number {
  return view.tried.filter(
    (one) => one.step === step && one.why === why && Object.hasOwn(one.outcomes, node),
  ).length
}
