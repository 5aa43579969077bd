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

function isSame(one: StoredTokens, other: StoredTokens): boolean {
  const [first, second] = [one.fingerprint, other.fingerprint]
  return one.created === other.created && (first === null || second === null || first === second)
}

/** From `rotating` on there is only the way forward. */
const STEPS: readonly Phase[] = ['rotating', 'rotated']

function isTakenBack(earlier: ClusterDocument, later: ClusterDocument): boolean {
  return STEPS.indexOf(earlier.phase) > STEPS.indexOf(later.phase)
}
