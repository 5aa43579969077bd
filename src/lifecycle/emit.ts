// Hands tokens out in the form that a cluster's `emit` asks for. Nothing is made here: only `--list`, the plugins and
// `token new` mint.
import type { ClusterConfig } from '../config/config.js'
import { activeTokens } from '../document/active.js'
import type { ClusterDocument, StoredSecret } from '../document/document.js'
import { StoreError } from '../errors.js'
import type { EmittedToken, EmittedTokens } from '../inventory/variables.js'
import { mapPair } from '../token-pair.js'
import type { Lifecycle } from './lifecycle.js'
import { openAll, selectTokens } from './open.js'
import type { StoredCluster } from './open.js'

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

/**
 * The active tokens of a cluster in the form that its `emit` asks for.
 * @throws StoreError and VaultError
 */
export async function emitTokens(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
): Promise<EmittedTokens> {
  const document = await requireDocument(lifecycle, cluster)
  const [emitted] = await emitAll(lifecycle, [{ cluster, tokens: activeTokens(document) }])
  return emitted!
}

/**
 * The tokens of many clusters, each in the form that its `emit` asks for, in their order; what has to be opened is opened on
 * all cores.
 * @throws StoreError `K3SV_STORE_ABSENT` when a configured agent token is missing, VaultError when one does not open
 */
export async function emitAll(
  lifecycle: Lifecycle,
  stored: readonly StoredCluster[],
): Promise<readonly EmittedTokens[]> {
  const sealed = stored.map(({ cluster, tokens }) =>
    cluster.emit === 'vaulted' ? mapPair(selectTokens(cluster, tokens), asStored) : undefined,
  )
  const opened = await openAll(
    lifecycle,
    stored.filter(({ cluster }) => cluster.emit === 'plain'),
  )
  let next = 0
  return sealed.map(
    (pair) => pair ?? mapPair(opened[next++]!, (secret) => ({ form: 'plain', secret })),
  )
}

/** A document can hold a plain secret from a time before `encrypt: always`; it goes out as unsafe text then. */
function asStored(stored: StoredSecret): EmittedToken {
  return stored.form === 'plain' ? stored : { form: 'vaulted', text: stored.text }
}
