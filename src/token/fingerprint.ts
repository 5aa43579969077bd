import type { Secret } from '../secret.js'
import { estimateBits } from './strength.js'

const DIGITS = 12
/** Below this, a fingerprint would let others try tokens offline. */
const ENOUGH_BITS = 128

/**
 * The first 12 hex digits of the SHA-256 of the secret part: K3s's own name for its datastore key (pkg/cluster/encrypt.go).
 * @returns null for a token that is too weak to show one
 */
export function fingerprintOf(secret: Secret): string | null {
  if (estimateBits(secret.reveal()) < ENOUGH_BITS) return null
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update(secret.reveal()).digest('hex').slice(0, DIGITS)
}
