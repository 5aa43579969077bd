// The generations of a document, and which of them is meant. Everybody asks here, so that what is handed out, shown and
// checked is one and the same token in every phase.
import type { ClusterDocument, StoredTokens } from './document.js'

export type Standing = 'current' | 'pending' | 'former'

/** A generation with its number and where it stands. */
export interface Generation {
  readonly number: number
  readonly standing: Standing
  /** The path of its key in the document: `previous.0`. */
  readonly key: string
  readonly tokens: StoredTokens
}

/**
 * The generation that a node which joins now has to use: it is handed out, shown and checked. In phase `rotated` that is
 * the pending one, because K3s is keyed with it and takes no other; in every phase before, the current one.
 */
export function activeGeneration(document: ClusterDocument): Generation {
  return (document.phase === 'rotated' ? pendingOf(document) : undefined) ?? currentOf(document)
}

/** The tokens of the {@link activeGeneration}. */
export function activeTokens(document: ClusterDocument): StoredTokens {
  return activeGeneration(document).tokens
}

/** Every generation that the document keeps, newest first: the pending one, the current one, the former ones. */
export function allGenerations(document: ClusterDocument): readonly Generation[] {
  const pending = pendingOf(document)
  return [...(pending ? [pending] : []), currentOf(document), ...formerOf(document)]
}

function currentOf({ generation, current }: ClusterDocument): Generation {
  return { number: generation, standing: 'current', key: 'current', tokens: current }
}

function pendingOf({ generation, pending }: ClusterDocument): Generation | undefined {
  if (pending === null) return undefined
  return { number: generation + 1, standing: 'pending', key: 'pending', tokens: pending }
}

function formerOf({ generation, previous }: ClusterDocument): readonly Generation[] {
  return previous.map((tokens, index) => ({
    number: generation - 1 - index,
    standing: 'former',
    key: `previous.${index}`,
    tokens,
  }))
}
