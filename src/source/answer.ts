import { chooseClusters } from '../config/choose.js'
import type { ClusterConfig, Config } from '../config/config.js'
import { activeTokens } from '../document/active.js'
import type { ClusterDocument } from '../document/document.js'
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
  const missing: ClusterConfig[] = []
  const stored: StoredCluster[] = []
  await inBatches(clusters, async (cluster) => {
    const found = await lifecycle.storeOf(cluster).get(cluster.name)
    if (found === null) missing.push(cluster)
    else stored.push(toStored(cluster, found.document))
  })
  await emit(stored)
  const minted: StoredCluster[] = []
  await inBatches(missing, async (cluster) => {
    const { document } = await ensureTokens(lifecycle, cluster)
    minted.push(toStored(cluster, document))
  })
  await emit(minted)
  return clusters.map((cluster) => ({ cluster, tokens: emitted.get(cluster)! }))
}

function toStored(cluster: ClusterConfig, document: ClusterDocument): StoredCluster {
  return { cluster, tokens: activeTokens(document) }
}

async function inBatches(
  clusters: readonly ClusterConfig[],
  work: (cluster: ClusterConfig) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < clusters.length; first += AT_ONCE) {
    await Promise.all(clusters.slice(first, first + AT_ONCE).map(work))
  }
}
