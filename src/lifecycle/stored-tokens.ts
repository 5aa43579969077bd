// Reads what the store has, and never makes anything: only `--list` and `token new` mint.
import type { ClusterConfig } from '../config/config.js'
import type { Lifecycle } from './lifecycle.js'
import { openTokens, selectTokens } from './open.js'
import { StoreError } from '../errors.js'
import type { EmittedTokens } from '../inventory/variables.js'
import type { ClusterDocument, StoredSecret, StoredTokens } from '../document/document.js'

/**
 * The document of a cluster.
 * @throws StoreError `K3SV_STORE_ABSENT` where there is none yet, and every error of the store
 */
export async function requireDocument(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
): Promise<ClusterDocument> {
  const found = await lifecycle.storeOf(cluster).get(cluster.name)
  if (found !== null) return found.document
  throw new StoreError('K3SV_STORE_ABSENT', `cluster ${cluster.name} has no token yet`, {
    location: cluster.location,
    hint: `make one with k3s-vars token new ${cluster.name}, or bring one with k3s-vars token import ${cluster.name}`,
  })
}

/** The generation that is handed out: once K3s is keyed with the pending tokens, those. */
export function activeTokens(document: ClusterDocument): StoredTokens {
  return document.phase === 'rotated' && document.pending !== null
    ? document.pending
    : document.current
}

/**
 * The tokens in the form that the cluster's `emit` asks for.
 * @throws StoreError and VaultError
 */
export async function emittedTokens(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
): Promise<EmittedTokens> {
  const stored = activeTokens(await requireDocument(lifecycle, cluster))
  if (cluster.emit === 'vaulted') {
    const { server, agent } = selectTokens(cluster, stored)
    return { server: asHanded(server), ...(agent && { agent: asHanded(agent) }) }
  }
  const { server, agent } = await openTokens(lifecycle, cluster, stored)
  return {
    server: { form: 'plain', secret: server },
    ...(agent && { agent: { form: 'plain', secret: agent } }),
  }
}

function asHanded(stored: StoredSecret): EmittedTokens['server'] {
  return stored.form === 'plain' ? stored : { form: 'vaulted', text: stored.text }
}
