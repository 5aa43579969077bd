// A document that was moved to another store is no document any more: a controller whose configuration still names the old store
// is told where to go, and stops.
import type { ClusterDocument } from '../document/document.js'
import { StoreError } from '../errors.js'
import type { TokenStore, WriteOutcome } from './store.js'

/**
 * The store, in which a moved document is an error.
 * @param placeOf the place of a cluster's document in the words of a message
 */
export function stoppingAtMoved(
  store: TokenStore,
  placeOf: (cluster: string) => string,
): TokenStore {
  const stop = (document: ClusterDocument | undefined): void => {
    if (document?.moved === undefined) return
    const { cluster, moved } = document
    throw new StoreError(
      'K3SV_STORE_MOVED',
      `the token document of cluster ${cluster} was moved to ${moved}`,
      {
        location: { file: placeOf(cluster) },
        hint: 'take the newest k3s_vars.yml, which names that store; if there is none, write it into store: there',
      },
    )
  }
  const stopping = async (outcome: Promise<WriteOutcome>): Promise<WriteOutcome> => {
    const known = await outcome
    if (!known.won) stop(known.document)
    return known
  }
  return {
    get: async (cluster) => {
      const found = await store.get(cluster)
      stop(found?.document)
      return found
    },
    ...(store.prefetch && { prefetch: (clusters) => store.prefetch!(clusters) }),
    createIfAbsent: (document) => stopping(store.createIfAbsent(document)),
    replace: (version, document) => stopping(store.replace(version, document)),
  }
}
