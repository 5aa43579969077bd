// Stores that lie elsewhere answer for many clusters at once in the time that one takes.
import type { ClusterConfig } from '../config/config.js'
import type { TokenStore } from '../store/store.js'
import type { Lifecycle } from './lifecycle.js'

/** Has stores ask ahead for the documents of these clusters, each of which is to be read once. Whoever reads one gets its error. */
export async function readAhead(
  clusters: readonly ClusterConfig[],
  { storeOf }: Pick<Lifecycle, 'storeOf'>,
): Promise<void> {
  if (clusters.length < 2) return
  const names = new Map<TokenStore, string[]>()
  for (const cluster of clusters) {
    const store = storeOf(cluster)
    if (store.prefetch === undefined) continue
    const known = names.get(store)
    if (known === undefined) names.set(store, [cluster.name])
    else known.push(cluster.name)
  }
  await Promise.allSettled([...names].map(([store, all]) => store.prefetch!(all)))
}
