// House rules: a token is made only after the store has said that there never was one, and only if nothing else hints at a
// living cluster. Everything that can fail comes before the write; the token is handed out after it.
import { findLivingServer } from '../cluster/probe.js'
import { serverEndpoints } from '../cluster/endpoints.js'
import type { ClusterConfig } from '../config/config.js'
import { ClusterError, StoreError } from '../errors.js'
import type { TokenKind } from '../role/profile.js'
import type { Secret } from '../secret.js'
import type { ClusterDocument } from '../document/document.js'
import { addAgentToken, firstDocument } from '../document/transitions.js'
import { ensureDocument, updateDocument } from '../store/update.js'
import { generateToken, symbolsFor } from '../token/generate.js'
import type { Lifecycle } from './lifecycle.js'
import { newWriteStamp, assertTokenUsable, sealSecret, sealTokens } from './seal.js'

export interface Ensured {
  readonly document: ClusterDocument
  /** Whether this call made the token. */
  readonly minted: boolean
}

/**
 * The cluster's document; on first use, and where the cluster allows it, with newly minted tokens.
 * @throws StoreError `K3SV_STORE_ABSENT` where minting is not allowed, ClusterError `K3SV_CLUSTER_ALIVE`, and every error
 * of store and vault; then nothing was changed
 */
export async function ensureTokens(lifecycle: Lifecycle, cluster: ClusterConfig): Promise<Ensured> {
  return ensureDocument(lifecycle.storeOf(cluster), cluster.name, () => {
    if (cluster.mint === 'never') throw absent(cluster, 'minting on first use is off')
    return mintDocument(lifecycle, cluster)
  })
}

/**
 * Mints the first tokens of a cluster on demand.
 * @throws StoreError `K3SV_STORE_OCCUPIED` where there is a token already, and as {@link ensureTokens}
 */
export async function mintTokens(lifecycle: Lifecycle, cluster: ClusterConfig): Promise<Ensured> {
  const ensured = await ensureDocument(lifecycle.storeOf(cluster), cluster.name, () =>
    mintDocument(lifecycle, cluster),
  )
  if (!ensured.minted) {
    throw new StoreError('K3SV_STORE_OCCUPIED', `cluster ${cluster.name} has a token already`, {
      location: cluster.location,
      hint: 'look at it with `k3s-vars token show`; a new one for a running cluster needs a rotation',
    })
  }
  return ensured
}

/**
 * Mints the agent token that a cluster lacks; the server token stays as it is.
 * @throws StoreError `K3SV_STORE_OCCUPIED` where there is one already, and every error of store and vault
 */
export async function mintAgentToken(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
): Promise<ClusterDocument> {
  const stamp = newWriteStamp(lifecycle)
  const agent = await sealSecret(lifecycle, cluster, newToken(lifecycle, cluster, 'agent'))
  return updateDocument(lifecycle.storeOf(cluster), cluster.name, (document) =>
    addAgentToken(document, agent, stamp),
  )
}

async function mintDocument(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
): Promise<ClusterDocument> {
  requireNoGivenToken(lifecycle, cluster)
  if (cluster.probe) await requireNoLivingServer(cluster)
  const tokens = {
    server: newToken(lifecycle, cluster, 'server'),
    ...(cluster.agentToken && { agent: newToken(lifecycle, cluster, 'agent') }),
  }
  const sealed = await sealTokens(lifecycle, cluster, tokens, 'minted')
  return firstDocument(cluster.name, sealed, newWriteStamp(lifecycle))
}

function newToken({ randomBytes }: Lifecycle, cluster: ClusterConfig, kind: TokenKind): Secret {
  const symbols = symbolsFor(cluster.role)
  const secret = generateToken({ ...cluster.token, symbols }, randomBytes)
  assertTokenUsable(cluster, kind, secret)
  return secret
}

/** Who sets K3S_TOKEN has a token: inventing another one beside it would split the cluster. */
function requireNoGivenToken(
  { environment: { variables } }: Lifecycle,
  cluster: ClusterConfig,
): void {
  const given = ['K3S_TOKEN', 'K3S_AGENT_TOKEN'].find((name) => (variables[name] ?? '') !== '')
  if (given === undefined) return
  throw absent(
    cluster,
    `${given} is set, so a token exists`,
    `adopt it with \`k3s-vars token import ${cluster.name} --env\`, or unset ${given} to have one minted`,
  )
}

async function requireNoLivingServer(cluster: ClusterConfig): Promise<void> {
  const url = await findLivingServer(serverEndpoints(cluster))
  if (url === undefined) return
  throw new ClusterError(
    'K3SV_CLUSTER_ALIVE',
    `cluster ${cluster.name} has no token in the store, but a K3s server answers at ${url}`,
    {
      location: cluster.location,
      hint: `adopt its token: copy /var/lib/rancher/k3s/server/token from that server and run \`k3s-vars token import ${cluster.name} --file FILE\``,
    },
  )
}

function absent(cluster: ClusterConfig, why: string, hint?: string): StoreError {
  return new StoreError(
    'K3SV_STORE_ABSENT',
    `cluster ${cluster.name} has no token in ${cluster.store}, and ${why}`,
    {
      location: cluster.location,
      hint:
        hint ??
        `make one with \`k3s-vars token new ${cluster.name}\`, or bring one with \`k3s-vars token import\``,
    },
  )
}
