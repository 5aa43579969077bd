import type { ClusterConfig } from '../config/config.js'
import type { StoredSecret, StoredTokens } from '../document/document.js'
import { StoreError } from '../errors.js'
import type { Secret } from '../secret.js'
import { awaitPair, mapPair } from '../token-pair.js'
import type { TokenPair } from '../token-pair.js'
import type { Lifecycle } from './lifecycle.js'

/** A cluster with the generation of tokens that is meant. */
export interface StoredCluster {
  readonly cluster: ClusterConfig
  readonly tokens: StoredTokens
}

/**
 * The cluster's tokens in the open. The agent token is opened only where the cluster is configured to have one.
 * @throws VaultError when one does not open, StoreError `K3SV_STORE_ABSENT` when a configured agent token is missing
 */
export async function openTokens(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  tokens: StoredTokens,
): Promise<TokenPair<Secret>> {
  const [opened] = await openAll(lifecycle, [{ cluster, tokens }])
  return opened!
}

/**
 * The tokens of many clusters in the open, in their order, opened on all cores.
 * @throws as {@link openTokens}
 */
export async function openAll(
  { vault }: Lifecycle,
  stored: readonly StoredCluster[],
): Promise<readonly TokenPair<Secret>[]> {
  const selected = stored.map(({ cluster, tokens }) => selectTokens(cluster, tokens))
  const open = async (one: StoredSecret, { location }: ClusterConfig): Promise<Secret> =>
    one.form === 'plain' ? one.secret : vault.open(one.text, location)
  return Promise.all(
    selected.map((pair, index) =>
      awaitPair(mapPair(pair, (one) => open(one, stored[index]!.cluster))),
    ),
  )
}

/**
 * The stored tokens that the cluster hands out.
 * @throws StoreError `K3SV_STORE_ABSENT` when a configured agent token is missing
 */
export function selectTokens(
  cluster: ClusterConfig,
  { server, agent }: StoredTokens,
): TokenPair<StoredSecret> {
  if (!cluster.agentToken) return { server }
  if (agent !== undefined) return { server, agent }
  throw new StoreError(
    'K3SV_STORE_ABSENT',
    `cluster ${cluster.name} is configured with agent_token, but its document holds none`,
    {
      location: cluster.location,
      hint: `make one with \`k3s-vars token new ${cluster.name} --kind agent\``,
    },
  )
}
