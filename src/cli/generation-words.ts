// What a document tells of a generation in the clear, for people.
import type { KnownCa, Origin, StoredTokens } from '../document/document.js'
import { CA_SOURCE_WORDS } from '../lifecycle/verify/ca-findings.js'
import type { Guessable } from '../token/grammar.js'

export const ORIGIN_WORDS: Readonly<Record<Origin, string>> = {
  minted: 'minted: made here',
  'assumed-new': 'assumed-new: made here, on a word that the cluster is new',
  imported: 'imported: brought from the cluster',
}

/** Why there is no fingerprint; `unknown` in a document from before these were told apart. */
export type WhyNone = Guessable | 'unknown'

export const NONE_WORDS: Readonly<Record<WhyNone, string>> = {
  weak: 'none: weak',
  'made-up': 'none: made up',
  unknown: 'none: weak or made up',
}

/** Why a generation has no fingerprint; null where it has one. */
export function whyNone({ fingerprint, guessable }: StoredTokens): WhyNone | null {
  return fingerprint === null ? (guessable ?? 'unknown') : null
}

/** The fingerprint, or why there is none. */
export function describeFingerprint(tokens: StoredTokens): string {
  return tokens.fingerprint ?? NONE_WORDS[whyNone(tokens)!]
}

/** A label and the CA with where it is known from, for a list of fields. */
export function describeCa({ hash, source, learnt }: KnownCa): [string, string] {
  return ['CA', `${hash} (${CA_SOURCE_WORDS[source]}, ${learnt})`]
}
