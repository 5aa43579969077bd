// Which generation of a document is meant. Everybody asks here, so that what is handed out, shown and checked is one and the
// same token in every phase.
import type { ClusterDocument, StoredTokens } from './document.js'

/** A generation with its number. */
export interface Generation {
  readonly number: number
  readonly tokens: StoredTokens
}

/**
 * The generation that a node which joins now has to use: it is handed out, shown and checked. In phase `rotated` that is
 * the pending one, because K3s is keyed with it and takes no other; in every phase before, the current one.
 */
export function activeGeneration({
  phase,
  generation,
  current,
  pending,
}: ClusterDocument): Generation {
  return phase === 'rotated' && pending !== null
    ? { number: generation + 1, tokens: pending }
    : { number: generation, tokens: current }
}

/** Every generation that the document keeps, newest first: the pending one, the current one, the former ones. */
export function allGenerations(document: ClusterDocument): readonly Generation[] {
  const { generation, current, pending, previous } = document
  return [
    ...(pending === null ? [] : [{ number: generation + 1, tokens: pending }]),
    { number: generation, tokens: current },
    ...previous.map((tokens, index) => ({ number: generation - 1 - index, tokens })),
  ]
}

/** The tokens of the {@link activeGeneration}. */
export function activeTokens(document: ClusterDocument): StoredTokens {
  return activeGeneration(document).tokens
}
