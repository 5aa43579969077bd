// Whether one document can have become another. Documents only ever go forward: generations are added, bindings are made, a
// rotation that has begun is finished.
import { allGenerations } from './active.js'
import type { ClusterDocument, Phase, StoredTokens } from './document.js'

/**
 * Why a document did not become a later one: its generation, or a rotation of it that cannot be aborted any more, is gone
 * (`older`); its number belongs to another token (`other`); its tokens are no longer kept (`lost`); they were bound and are not
 * any more (`unbound`).
 */
export type Break = 'older' | 'other' | 'lost' | 'unbound'

/** Undefined where `later` may have followed from `earlier`, or is the same. */
export function findBreak(earlier: ClusterDocument, later: ClusterDocument): Break | undefined {
  if (later.generation < earlier.generation) return 'older'
  const kept = allGenerations(later).find(
    ({ number, standing }) => number === earlier.generation && standing !== 'pending',
  )
  if (kept === undefined) return 'lost'
  if (!isSame(earlier.current, kept.tokens)) return 'other'
  if (later.generation === earlier.generation && isTakenBack(earlier, later)) return 'older'
  const wasBound = earlier.current.binding !== undefined
  return wasBound && kept.tokens.binding === undefined ? 'unbound' : undefined
}

/**
 * Whether `later` is `earlier` or follows from it for certain: nothing breaks, and the token of `earlier` is in it, told by its
 * fingerprint or, where that is not shown, by the very text that is stored.
 */
export function isContinuedBy(earlier: ClusterDocument, later: ClusterDocument): boolean {
  if (findBreak(earlier, later) !== undefined) return false
  const kept = allGenerations(later).find(
    ({ number, standing }) => number === earlier.generation && standing !== 'pending',
  )
  return kept !== undefined && isTheSame(earlier.current, kept.tokens)
}

function isTheSame(one: StoredTokens, other: StoredTokens): boolean {
  if (one.fingerprint !== null) return one.fingerprint === other.fingerprint
  if (one.server.form === 'plain') {
    return other.server.form === 'plain' && one.server.secret.equals(other.server.secret)
  }
  return other.server.form === 'sealed' && one.server.text === other.server.text
}

function isSame(one: StoredTokens, other: StoredTokens): boolean {
  const [first, second] = [one.fingerprint, other.fingerprint]
  return one.created === other.created && (first === null || second === null || first === second)
}

/** From `rotating` on there is only the way forward. */
const STEPS: readonly Phase[] = ['rotating', 'rotated']

function isTakenBack(earlier: ClusterDocument, later: ClusterDocument): boolean {
  return STEPS.indexOf(earlier.phase) > STEPS.indexOf(later.phase)
}
