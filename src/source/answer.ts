import { chooseClusters } from '../config/choose.js'
import type { ClusterConfig, Config } from '../config/config.js'
import type { Lifecycle } from '../lifecycle/lifecycle.js'
import { ensureTokens } from '../lifecycle/mint.js'
import { openAll, selectTokens } from '../lifecycle/open.js'
import type { StoredCluster } from '../lifecycle/open.js'
import { buildHost, buildInventory } from '../inventory/build.js'
import type { Inventory, ClusterTokens } from '../inventory/build.js'
import { buildPluginDocument, buildTokens } from '../inventory/plugin-document.js'
import type { PluginDocument } from '../inventory/plugin-document.js'
import type { EmittedToken, EmittedTokens } from '../inventory/variables.js'
import type { StoredSecret } from '../document/document.js'

/** Clusters that are read or minted side by side: enough for all cores, and a fleet's documents never lie in memory together. */
const AT_ONCE = 64

/**
 * The answer to `--list`: every cluster of the configuration; tokens are minted where that is due.
 * @throws any of our errors; then nothing may be printed
 */
export async function answerList(config: Config, lifecycle: Lifecycle): Promise<Inventory> {
  return buildInventory(await collectTokens(config.clusters, lifecycle))
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
    const [first] = await collectTokens([cluster], lifecycle)
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
  const clusterTokens = await collectTokens(chooseClusters(config, names), lifecycle)
  return names.length === 0 ? buildPluginDocument(clusterTokens) : buildTokens(clusterTokens)
}

async function collectTokens(
  clusters: readonly ClusterConfig[],
  lifecycle: Lifecycle,
): Promise<readonly ClusterTokens[]> {
  const stored: StoredCluster[] = []
  for (let first = 0; first < clusters.length; first += AT_ONCE) {
    const batch = clusters.slice(first, first + AT_ONCE)
    stored.push(...(await Promise.all(batch.map((cluster) => findStored(lifecycle, cluster)))))
  }
  const vaulted = stored.filter(({ cluster }) => cluster.emit === 'vaulted')
  const plain = stored.filter(({ cluster }) => cluster.emit === 'plain')
  const handed = new Map<ClusterConfig, EmittedTokens>()
  for (const { cluster, tokens } of vaulted)
    handed.set(cluster, asSealed(selectTokens(cluster, tokens)))
  const opened = await openAll(lifecycle, plain)
  plain.forEach(({ cluster }, index) => {
    const { server, agent } = opened[index]!
    handed.set(cluster, {
      server: { form: 'plain', secret: server },
      ...(agent && { agent: { form: 'plain', secret: agent } }),
    })
  })
  return clusters.map((cluster) => ({ cluster, tokens: handed.get(cluster)! }))
}

async function findStored(lifecycle: Lifecycle, cluster: ClusterConfig): Promise<StoredCluster> {
  const { document } = await ensureTokens(lifecycle, cluster)
  // From phase `rotated` on, a node that joins must use the new token: the datastore is keyed with it.
  const tokens = document.phase === 'rotated' ? document.pending! : document.current
  return { cluster, tokens }
}

function asSealed(tokens: {
  readonly server: StoredSecret
  readonly agent?: StoredSecret
}): EmittedTokens {
  return {
    server: handOut(tokens.server),
    ...(tokens.agent && { agent: handOut(tokens.agent) }),
  }
}

/** A document can hold a plain secret from a time before `encrypt: always`; it goes out as unsafe text then. */
function handOut(stored: StoredSecret): EmittedToken {
  return stored.form === 'plain' ? stored : { form: 'vaulted', text: stored.text }
}
