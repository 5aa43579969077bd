// Reads what the store has, and never makes anything: only `--list` and `token new` mint.
import type { ClusterConfig } from '../config/config.js'
import type { Custody } from '../custody/custody.js'
import { openTokens, pick } from '../custody/open.js'
import { StoreError } from '../errors.js'
import type { HandedTokens } from '../inventory/variables.js'
import type { ClusterDocument, StoredSecret, StoredTokens } from '../store/document.js'

/**
 * The document of a cluster.
 * @throws StoreError `K3SV_STORE_ABSENT` where there is none yet, and every error of the store
 */
export async function requireDocument(
  custody: Custody,
  cluster: ClusterConfig,
): Promise<ClusterDocument> {
  const found = await custody.storeOf(cluster).get(cluster.name)
  if (found !== null) return found.document
  throw new StoreError('K3SV_STORE_ABSENT', `cluster ${cluster.name} has no token yet`, {
    place: cluster.place,
    hint: `make one with k3s-vars token new ${cluster.name}, or bring one with k3s-vars token import ${cluster.name}`,
  })
}

/** The generation that is handed out: once K3s is keyed with the pending tokens, those. */
export function handedOut(document: ClusterDocument): StoredTokens {
  return document.phase === 'rotated' && document.pending !== null
    ? document.pending
    : document.current
}

/**
 * The tokens in the form that the cluster's `emit` asks for.
 * @throws StoreError and VaultError
 */
export async function handedTokens(
  custody: Custody,
  cluster: ClusterConfig,
): Promise<HandedTokens> {
  const stored = handedOut(await requireDocument(custody, cluster))
  if (cluster.emit === 'vaulted') {
    const { server, agent } = pick(cluster, stored)
    return { server: asHanded(server), ...(agent && { agent: asHanded(agent) }) }
  }
  const { server, agent } = await openTokens(custody, cluster, stored)
  return {
    server: { form: 'plain', secret: server },
    ...(agent && { agent: { form: 'plain', secret: agent } }),
  }
}

function asHanded(stored: StoredSecret): HandedTokens['server'] {
  return stored.form === 'plain' ? stored : { form: 'vaulted', text: stored.text }
}
