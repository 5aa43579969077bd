import { chooseClusters } from '../config/choose.js'
import type { ClusterConfig, Config } from '../config/config.js'
import { buildHost, buildInventory } from '../inventory/build.js'
import type { ClusterTokens, Inventory } from '../inventory/build.js'
import { buildPluginDocument, buildTokens } from '../inventory/plugin-document.js'
import type { PluginDocument } from '../inventory/plugin-document.js'
import { emitAll } from '../lifecycle/emit.js'
import type { Lifecycle } from '../lifecycle/lifecycle.js'
import { ensureTokens } from '../lifecycle/mint.js'
import type { StoredCluster } from '../lifecycle/open.js'
import type { RehearsedToken } from '../token/rehearsal.js'
import { rehearse } from './rehearse.js'

/** Clusters that are read or minted side by side: enough for all cores, and a fleet's documents never lie in memory together. */
const AT_ONCE = 64

/**
 * The answer to `--list`: every cluster of the configuration; tokens are minted where that is due.
 * @throws any of our errors; then nothing may be printed
 */
export async function answerList(config: Config, lifecycle: Lifecycle): Promise<Inventory> {
  return buildInventory(await collectTokens(config.clusters, lifecycle, 'source'))
}

/**
 * The answer to `--host NAME`: an object, empty for a host that is not ours. Opens a token only where it is handed out by
 * host.
 */
export async function answerHost(
  config: Config,
  lifecycle: Lifecycle,
  host: string,
): Promise<Record<string, unknown>> {
  return buildHost(config.clusters, host, async (cluster) => {
    const [first] = await collectTokens([cluster], lifecycle, 'source')
    return first!.tokens
  })
}

/**
 * The answer to `--plugins [CLUSTER…]`: the inventory and the tokens of all clusters for the vars plugin, or the tokens of
 * some for the lookup. Only the clusters that are named are read, minted or opened.
 */
export async function answerPlugins(
  config: Config,
  lifecycle: Lifecycle,
  names: readonly string[],
): Promise<PluginDocument> {
  const clusterTokens = await collectTokens(chooseClusters(config, names), lifecycle, 'plugin')
  return names.length === 0 ? buildPluginDocument(clusterTokens) : buildTokens(clusterTokens)
}

/**
 * The tokens that each cluster hands out. First every document that there is gets read and opened, then what is missing is
 * minted: whatever is wrong with one cluster stops the run before anything was made for another one.
 */
async function collectTokens(
  clusters: readonly ClusterConfig[],
  lifecycle: Lifecycle,
  way: RehearsedToken['way'],
): Promise<readonly ClusterTokens[]> {
  const rehearsed = rehearse(clusters, lifecycle, way)
  if (rehearsed !== undefined) return rehearsed
  const emitted = new Map<ClusterConfig, ClusterTokens['tokens']>()
  const emit = async (found: readonly StoredCluster[]): Promise<void> => {
    const pairs = await emitAll(lifecycle, found)
    found.forEach(({ cluster }, index) => emitted.set(cluster, pairs[index]!))
  }
  await inBatches(clusters, async (batch) => {
    const found = await Promise.all(batch.map((cluster) => find(cluster, lifecycle)))
    await emit(found.filter((one) => one !== undefined))
  })
  const missing = clusters.filter((cluster) => !emitted.has(cluster))
  await inBatches(missing, async (batch) => {
    const ensured = batch.map(async (cluster) => {
      const { document } = await ensureTokens(lifecycle, cluster)
      return { cluster, document }
    })
    await emit(await Promise.all(ensured))
  })
  return clusters.map((cluster) => ({ cluster, tokens: emitted.get(cluster)! }))
}

async function find(
  cluster: ClusterConfig,
  lifecycle: Lifecycle,
): Promise<StoredCluster | undefined> {
  const found = await lifecycle.storeOf(cluster).get(cluster.name)
  return found === null ? undefined : { cluster, document: found.document }
}

async function inBatches(
  clusters: readonly ClusterConfig[],
  work: (batch: readonly ClusterConfig[]) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < clusters.length; first += AT_ONCE) {
    await work(clusters.slice(first, first + AT_ONCE))
  }
}
