import { chooseClusters } from '../config/choose.js'
import type { ClusterConfig, Config } from '../config/config.js'
import type { Custody } from '../custody/custody.js'
import { ensureTokens } from '../custody/mint.js'
import { openAll, pick } from '../custody/open.js'
import type { Holding } from '../custody/open.js'
import { buildHost, buildInventory } from '../inventory/build.js'
import type { Inventory, Supply } from '../inventory/build.js'
import { buildPluginDocument, buildTokens } from '../inventory/plugin-document.js'
import type { PluginDocument } from '../inventory/plugin-document.js'
import type { HandedToken, HandedTokens } from '../inventory/variables.js'
import type { StoredSecret } from '../store/document.js'

/** Clusters that are read or minted side by side: enough for all cores, and a fleet's documents never lie in memory together. */
const AT_ONCE = 64

/**
 * The answer to `--list`: every cluster of the configuration; tokens are minted where that is due.
 * @throws any of our errors; then nothing may be printed
 */
export async function answerList(config: Config, custody: Custody): Promise<Inventory> {
  return buildInventory(await supply(config.clusters, custody))
}

/**
 * The answer to `--host NAME`: an object, empty for a host that is not ours. Opens a token only where it is handed out by
 * host.
 */
export async function answerHost(
  config: Config,
  custody: Custody,
  host: string,
): Promise<Record<string, unknown>> {
  return buildHost(config.clusters, host, async (cluster) => {
    const [first] = await supply([cluster], custody)
    return first!.tokens
  })
}

/**
 * The answer to `--plugins [CLUSTER…]`: the inventory and the tokens of all clusters for the vars plugin, or the tokens of
 * some for the lookup. Only the clusters that are named are read, minted or opened.
 */
export async function answerPlugins(
  config: Config,
  custody: Custody,
  names: readonly string[],
): Promise<PluginDocument> {
  const supplies = await supply(chooseClusters(config, names), custody)
  return names.length === 0 ? buildPluginDocument(supplies) : buildTokens(supplies)
}

async function supply(
  clusters: readonly ClusterConfig[],
  custody: Custody,
): Promise<readonly Supply[]> {
  const holdings: Holding[] = []
  for (let first = 0; first < clusters.length; first += AT_ONCE) {
    const batch = clusters.slice(first, first + AT_ONCE)
    holdings.push(...(await Promise.all(batch.map((cluster) => hold(custody, cluster)))))
  }
  const vaulted = holdings.filter(({ cluster }) => cluster.emit === 'vaulted')
  const plain = holdings.filter(({ cluster }) => cluster.emit === 'plain')
  const handed = new Map<ClusterConfig, HandedTokens>()
  for (const { cluster, tokens } of vaulted) handed.set(cluster, asSealed(pick(cluster, tokens)))
  const opened = await openAll(custody, plain)
  plain.forEach(({ cluster }, index) => {
    const { server, agent } = opened[index]!
    handed.set(cluster, {
      server: { form: 'plain', secret: server },
      ...(agent && { agent: { form: 'plain', secret: agent } }),
    })
  })
  return clusters.map((cluster) => ({ cluster, tokens: handed.get(cluster)! }))
}

async function hold(custody: Custody, cluster: ClusterConfig): Promise<Holding> {
  const { document } = await ensureTokens(custody, cluster)
  // From phase `rotated` on, a node that joins must use the new token: the datastore is keyed with it.
  const tokens = document.phase === 'rotated' ? document.pending! : document.current
  return { cluster, tokens }
}

function asSealed(tokens: {
  readonly server: StoredSecret
  readonly agent?: StoredSecret
}): HandedTokens {
  return {
    server: handOut(tokens.server),
    ...(tokens.agent && { agent: handOut(tokens.agent) }),
  }
}

/** A document can hold a plain secret from a time before `encrypt: always`; it goes out as unsafe text then. */
function handOut(stored: StoredSecret): HandedToken {
  return stored.form === 'plain' ? stored : { form: 'vaulted', text: stored.text }
}
