import type { Secret } from '../secret.js'
import { looksDrawn } from './drawn.js'
import type { Guessable } from './grammar.js'
import { estimateBits } from './strength.js'
import { isWorkedOut, textsWithin } from './within.js'

const DIGITS = 12
/** Below this, a fingerprint would let others try tokens offline. */
const ENOUGH_BITS = 128

/** Whether we drew the token ourselves, or somebody brought it. */
export type TokenSource = 'drawn' | 'brought'

/**
 * The first 12 hex digits of the SHA-256 of the secret part: K3s's own name for its datastore key (pkg/cluster/encrypt.go).
 * It is for comparing; what may be shown is {@link fingerprintOf}.
 */
export function keyName(secret: Secret): string {
  const { hash } = process.getBuiltinModule('node:crypto')
  return hash('sha256', secret.reveal()).slice(0, DIGITS)
}

/** What may be shown of a token: its fingerprint, or why there is none. */
export type Shown =
  { readonly fingerprint: string } | { readonly fingerprint: null; readonly guessable: Guessable }

/** The {@link keyName} of a token where it may be shown. */
export function fingerprintOf(secret: Secret, source: TokenSource): string | null {
  return showToken(secret, source).fingerprint
}

/** The fingerprint of a token, and if it has none, why. */
export function showToken(secret: Secret, source: TokenSource): Shown {
  const text = secret.reveal()
  if (estimateBits(text) < ENOUGH_BITS) return { fingerprint: null, guessable: 'weak' }
  const guessable = source === 'drawn' ? undefined : guessableAs(text)
  return guessable === undefined
    ? { fingerprint: keyName(secret) }
    : { fingerprint: null, guessable }
}

/** What somebody could guess that somebody brought: the text itself, or one that it is another notation of. */
function guessableAs(text: string): Guessable | undefined {
  if (estimateBits(text) < ENOUGH_BITS) return 'weak'
  if (isWorkedOut(text)) return 'made-up'
  const within = textsWithin(text)
  // Each is shorter by a quarter at least.
  if (within.length > 0) return within.map(guessableAs).find((one) => one !== undefined)
  return looksDrawn(text) ? undefined : 'made-up'
}
