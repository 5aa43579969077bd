import type { ClusterConfig } from '../config/config.js'
import { StoreError } from '../errors.js'
import type { Secret } from '../secret.js'
import type { StoredSecret, StoredTokens } from '../document/document.js'
import type { Lifecycle } from './lifecycle.js'
import type { OpenTokens } from './seal.js'

/** A cluster with the generation of tokens that is to be opened. */
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
): Promise<OpenTokens> {
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
): Promise<readonly OpenTokens[]> {
  const wanted = stored.map(({ cluster, tokens }) => ({
    cluster,
    ...selectTokens(cluster, tokens),
  }))
  const open = async (
    stored: StoredSecret,
    { location: place }: ClusterConfig,
  ): Promise<Secret> => {
    if (stored.form === 'plain') return stored.secret
    return vault.open(stored.text, place)
  }
  return Promise.all(
    wanted.map(async ({ cluster, server, agent }) => {
      const [openServer, openAgent] = await Promise.all([
        open(server, cluster),
        agent && open(agent, cluster),
      ])
      return { server: openServer, ...(openAgent && { agent: openAgent }) }
    }),
  )
}

/**
 * The stored tokens that the cluster hands out.
 * @throws StoreError `K3SV_STORE_ABSENT` when a configured agent token is missing
 */
export function selectTokens(
  cluster: ClusterConfig,
  { server, agent }: StoredTokens,
): { readonly server: StoredSecret; readonly agent?: StoredSecret } {
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
