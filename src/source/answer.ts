import { ADDRESS_VARIABLES } from '../cluster/endpoints.js'
import type { ServerHost } from '../cluster/endpoints.js'
import { chooseClusters } from '../config/choose.js'
import type { ClusterConfig, Config } from '../config/config.js'
import { buildHost, buildInventory } from '../inventory/build.js'
import type { ClusterTokens, Inventory } from '../inventory/build.js'
import { nameGroups } from '../inventory/groups.js'
import { buildPluginDocument, buildTokens, buildWish } from '../inventory/plugin-document.js'
import type { PluginDocument, PluginWish } from '../inventory/plugin-document.js'
import { ROTATION_VARIABLE } from '../inventory/variables.js'
import { readAhead } from '../lifecycle/ahead.js'
import { emitAll } from '../lifecycle/emit.js'
import { noCa } from '../lifecycle/known-ca.js'
import type { Lifecycle } from '../lifecycle/lifecycle.js'
import { ensureTokens } from '../lifecycle/mint.js'
import type { StoredCluster } from '../lifecycle/open.js'
import type { PluginQuestion } from './question.js'
import { rehearse } from './rehearse.js'

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
 * The answer to `--plugins`: the inventory and the tokens of all clusters for the vars plugin, or the tokens of some for the
 * lookup. Only the clusters that are wanted are read, minted or opened. Where the servers of one that has no token stand in
 * Ansible's own inventory, the answer is a wish to know them, and the plugin asks again.
 */
export async function answerPlugins(
  config: Config,
  lifecycle: Lifecycle,
  { clusters: names, hosts, needsCa }: PluginQuestion,
): Promise<PluginDocument | PluginWish> {
  const clusters = chooseClusters(config, names)
  const build = names.length === 0 ? buildPluginDocument : buildTokens
  const rehearsed = rehearse(clusters, lifecycle, 'plugin')
  if (rehearsed !== undefined) return build(rehearsed)
  const read = await readTokens(clusters, names.length === 0 ? lifecycle : ofLookup(lifecycle))
  if (needsCa && read.missing.length > 0) throw noCa(read.missing[0]!)
  const elsewhere = read.missing.filter((one) => one.probe && one.hosts === undefined)
  const groups = elsewhere.length === 0 ? [] : nameGroups(config.clusters)
  const groupsOf = (cluster: ClusterConfig): readonly string[] => {
    const own = groups[config.clusters.indexOf(cluster)]
    return own === undefined ? [] : [own.server, own.cluster]
  }
  if (hosts === undefined && elsewhere.length > 0) {
    return buildWish({ groups: elsewhere.flatMap(groupsOf), variables: ADDRESS_VARIABLES })
  }
  // A role that marks its servers by a variable needs no group of them, and no agent answers as K3s.
  const serversOf = (cluster: ClusterConfig): readonly ServerHost[] =>
    groupsOf(cluster)
      .map((group) => hosts?.get(group) ?? [])
      .find((found) => found.length > 0) ?? []
  return build(await mintMissing(clusters, read, { lifecycle, serversOf }))
}

/** What a lookup answers is never evaluated, so nothing stands in for a token there. */
function ofLookup(lifecycle: Lifecycle): Lifecycle {
  const { environment } = lifecycle
  const variables = { ...environment.variables, [ROTATION_VARIABLE]: undefined }
  return { ...lifecycle, environment: { ...environment, variables } }
}

async function collectTokens(
  clusters: readonly ClusterConfig[],
  lifecycle: Lifecycle,
): Promise<readonly ClusterTokens[]> {
  const rehearsed = rehearse(clusters, lifecycle, 'source')
  if (rehearsed !== undefined) return rehearsed
  const read = await readTokens(clusters, lifecycle)
  return mintMissing(clusters, read, { lifecycle, serversOf: () => [] })
}

/** What is handed out so far, and the clusters without a token. */
interface Read {
  readonly emitted: Map<ClusterConfig, ClusterTokens['tokens']>
  readonly missing: readonly ClusterConfig[]
}

/**
 * Every document that there is is read and opened before one is minted: whatever is wrong with one cluster stops the run before
 * anything was made for another one.
 */
async function readTokens(clusters: readonly ClusterConfig[], lifecycle: Lifecycle): Promise<Read> {
  const emitted: Read['emitted'] = new Map()
  await readAhead(clusters, lifecycle)
  await inBatches(clusters, async (batch) => {
    const found = await Promise.all(batch.map((cluster) => find(cluster, lifecycle)))
    await emit(
      found.filter((one) => one !== undefined),
      lifecycle,
      emitted,
    )
  })
  return { emitted, missing: clusters.filter((cluster) => !emitted.has(cluster)) }
}

interface MintOptions {
  readonly lifecycle: Lifecycle
  /** The servers of a cluster that Ansible's own inventory has. */
  readonly serversOf: (cluster: ClusterConfig) => readonly ServerHost[]
}

/** The tokens that each cluster hands out; those that are missing are minted where that is due. */
async function mintMissing(
  clusters: readonly ClusterConfig[],
  { emitted, missing }: Read,
  { lifecycle, serversOf }: MintOptions,
): Promise<readonly ClusterTokens[]> {
  await inBatches(missing, async (batch) => {
    const ensured = batch.map(async (cluster) => {
      const { document } = await ensureTokens(lifecycle, cluster, serversOf(cluster))
      return { cluster, document }
    })
    await emit(await Promise.all(ensured), lifecycle, emitted)
  })
  return clusters.map((cluster) => ({ cluster, tokens: emitted.get(cluster)! }))
}

async function emit(
  found: readonly StoredCluster[],
  lifecycle: Lifecycle,
  emitted: Read['emitted'],
): Promise<void> {
  const pairs = await emitAll(lifecycle, found)
  found.forEach(({ cluster }, index) => emitted.set(cluster, pairs[index]!))
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
