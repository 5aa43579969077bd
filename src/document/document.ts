// The cluster document: all that is kept of one cluster. Begin here: this file says what a document holds. fields.ts and text.ts
// read and write it as YAML, rewrite.ts replaces one and keeps what people wrote around the values, transitions.ts says how
// one follows another, active.ts which generation is meant. Pure: random bytes and the time arrive as arguments.
import type { Secret } from '../secret.js'
import type { TokenPair } from '../token-pair.js'

/** A secret as the store keeps it: Ansible Vault text, or plain where the cluster says `encrypt: never`. */
export type StoredSecret =
  | { readonly form: 'sealed'; readonly text: string }
  | { readonly form: 'plain'; readonly secret: Secret }

/** A generation of a cluster's tokens. Dates are RFC 3339 in UTC to the second: `2026-11-24T10:00:00Z`. */
export interface StoredTokens extends TokenPair<StoredSecret> {
  readonly created: string
  /** 12 hex digits, or null for a token too weak to show one (see `token/fingerprint.ts`). */
  readonly fingerprint: string | null
}

/** A former generation, kept because snapshots taken before `retired` can only be restored with it. */
export interface FormerTokens extends StoredTokens {
  readonly retired: string
}

export interface PendingTokens extends StoredTokens {
  readonly rotation: string
}

export type Phase = 'idle' | 'staged' | 'rotating' | 'rotated'

/** The version of the document's form that this program writes. */
export const DOCUMENT_SCHEMA = 1

/** The one document of a cluster. */
export interface ClusterDocument {
  readonly schema: typeof DOCUMENT_SCHEMA
  readonly cluster: string
  /** 32 random hex digits of the write that made this document: tells our own write after a lost answer. */
  readonly writeId: string
  /** 1 for the first token, one more for each that followed. */
  readonly generation: number
  readonly phase: Phase
  readonly current: StoredTokens
  readonly pending: PendingTokens | null
  /** Newest first. */
  readonly previous: readonly FormerTokens[]
}
