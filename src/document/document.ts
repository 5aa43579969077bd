// The cluster document: all that is kept of one cluster. Begin here: this file says what a document holds. fields.ts and text.ts
// read and write it as YAML (field.ts: one value of it), rewrite.ts replaces one and keeps what people wrote around the values,
// transitions.ts says how one follows another, active.ts which generation is meant, binding.ts what holds the parts together.
// Pure: random bytes and the time arrive as arguments.
import type { Secret } from '../secret.js'
import type { TokenPair } from '../token-pair.js'
import type { Guessable } from '../token/grammar.js'

/** A secret as the store keeps it: Ansible Vault text, or plain where the cluster says `encrypt: never`. */
export type StoredSecret =
  | { readonly form: 'sealed'; readonly text: string }
  | { readonly form: 'plain'; readonly secret: Secret }

/**
 * How a generation's server token came: made here, made on a person's word that the cluster is new, or brought from a cluster
 * that had it.
 */
export const ORIGINS = ['minted', 'assumed-new', 'imported'] as const
export type Origin = (typeof ORIGINS)[number]

/** A generation of a cluster's tokens. Dates are RFC 3339 in UTC to the second: `2026-11-24T10:00:00Z`. */
export interface StoredTokens extends TokenPair<StoredSecret> {
  readonly created: string
  /** Absent where nobody knows it any more: the generation was written before documents kept it. */
  readonly origin?: Origin
  /** 12 hex digits, or null for a token that others could find with it (see `token/fingerprint.ts`). */
  readonly fingerprint: string | null
  /** Why there is no fingerprint; absent where there is one, and in generations from before documents kept it. */
  readonly guessable?: Guessable
  /** Absent in a generation that nobody has bound yet. */
  readonly binding?: Binding
}

/**
 * What holds a generation together with the document around it (see binding.ts): a code for each token, 32 hex digits; sealed
 * where others could find the token by trying it against its code.
 */
export type Binding =
  | ({ readonly form: 'keyed' } & TokenPair<string>)
  | { readonly form: 'sealed'; readonly text: string }

/** How a CA came to be known: from a secure token, from a node, by a person's yes, or because it was made here. */
export const CA_SOURCES = ['token', 'node', 'person', 'made'] as const
export type CaSource = (typeof CA_SOURCES)[number]

/** A CA that the cluster's servers may have. */
export interface KnownCa {
  /** The SHA-256 that K3s puts into secure tokens: 64 hex digits in lower case. */
  readonly hash: string
  readonly source: CaSource
  readonly learnt: string
}

/** A former generation, kept because snapshots taken before `retired` can only be restored with it. */
export interface FormerTokens extends StoredTokens {
  readonly retired: string
}

/** Which tokens a rotation replaces. */
export const ROTATION_KINDS = ['server', 'agent', 'both'] as const
export type RotationKind = (typeof ROTATION_KINDS)[number]

/** What no node can tell of a rotation, so that any controller goes on with it as it was begun. */
export interface RotationRecord {
  readonly kind: RotationKind
  /** The server that the datastore is keyed anew on, chosen once: two of them can leave two keys. */
  readonly node: string
  /** Present where nodes get the secure form, whatever the configuration says. */
  readonly form?: 'secure'
  /** Present where no snapshots are taken. */
  readonly snapshots?: 'none'
  /** Who began it, for people: `anna@ctl-1`. */
  readonly by: string
}

export interface PendingTokens extends StoredTokens {
  readonly rotation: string
  /** Absent in a document from before there was one. */
  readonly record?: RotationRecord
}

export type Phase = 'idle' | 'staged' | 'rotating' | 'rotated'

/** The version of the document's form that this program writes; it reads the former ones, too. */
export const DOCUMENT_SCHEMA = 2

/** The one document of a cluster, whichever schema its text has. */
export interface ClusterDocument {
  readonly cluster: string
  /** 32 random hex digits of the write that made this document: tells our own write after a lost answer. */
  readonly writeId: string
  /** 1 for the first token, one more for each that followed. */
  readonly generation: number
  readonly phase: Phase
  /** Newest first. Empty where none is known, one as a rule, two while a CA is being changed. */
  readonly ca: readonly KnownCa[]
  readonly current: StoredTokens
  readonly pending: PendingTokens | null
  /** Newest first. */
  readonly previous: readonly FormerTokens[]
  /**
   * The store that the document was moved to, in the words of a message. Whoever finds this one has to go there; absent in every
   * document that is in use.
   */
  readonly moved?: string
}
