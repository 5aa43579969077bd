// House rules: a token is made only after the store has said that there never was one, and only if nothing else hints at a
// living cluster. Everything that can fail comes before the write; the token is handed out after it.
import { findLivingServer } from '../cluster/probe.js'
import { serverEndpoints } from './endpoints.js'
import type { ClusterConfig } from '../config/config.js'
import { ClusterError, StoreError } from '../errors.js'
import type { TokenKind } from '../role/profile.js'
import type { Secret } from '../secret.js'
import type { ClusterDocument } from '../store/document.js'
import { adoptTokens, firstDocument } from '../store/transitions.js'
import { ensureDocument, updateDocument } from '../store/update.js'
import { generateToken, symbolsFor } from '../token/generate.js'
import type { Custody } from './custody.js'
import { newMark, requireSound, sealTokens } from './seal.js'

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
export async function ensureTokens(custody: Custody, cluster: ClusterConfig): Promise<Ensured> {
  return ensureDocument(custody.storeOf(cluster), cluster.name, () => {
    if (cluster.mint === 'never') throw absent(cluster, 'minting on first use is off')
    return mintDocument(custody, cluster)
  })
}

/**
 * Mints the first tokens of a cluster on demand.
 * @throws StoreError `K3SV_STORE_OCCUPIED` where there is a token already, and as {@link ensureTokens}
 */
export async function mintTokens(custody: Custody, cluster: ClusterConfig): Promise<Ensured> {
  const ensured = await ensureDocument(custody.storeOf(cluster), cluster.name, () =>
    mintDocument(custody, cluster),
  )
  if (!ensured.minted) {
    throw new StoreError('K3SV_STORE_OCCUPIED', `cluster ${cluster.name} has a token already`, {
      place: cluster.place,
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
  custody: Custody,
  cluster: ClusterConfig,
): Promise<ClusterDocument> {
  const mark = newMark(custody)
  const { server: sealed } = await sealTokens(custody, cluster, {
    server: newToken(custody, cluster, 'agent'),
  })
  return updateDocument(custody.storeOf(cluster), cluster.name, (document) => {
    const { server, agent, fingerprint } = document.current
    if (agent !== undefined) {
      throw new StoreError(
        'K3SV_STORE_OCCUPIED',
        `cluster ${cluster.name} has an agent token already`,
        { hint: `k3s-vars token show ${cluster.name} --kind agent tells of it` },
      )
    }
    return adoptTokens(document, { server, fingerprint, agent: sealed }, mark)
  })
}

async function mintDocument(custody: Custody, cluster: ClusterConfig): Promise<ClusterDocument> {
  requireNoGivenToken(custody, cluster)
  if (cluster.probe) await requireNoLivingServer(cluster)
  const tokens = await sealTokens(custody, cluster, {
    server: newToken(custody, cluster, 'server'),
    ...(cluster.agentToken && { agent: newToken(custody, cluster, 'agent') }),
  })
  return firstDocument(cluster.name, tokens, newMark(custody))
}

function newToken({ randomBytes }: Custody, cluster: ClusterConfig, kind: TokenKind): Secret {
  const symbols = symbolsFor(cluster.role)
  const secret = generateToken({ ...cluster.token, symbols }, randomBytes)
  requireSound(cluster, kind, secret)
  return secret
}

/** Who sets K3S_TOKEN has a token: inventing another one beside it would split the cluster. */
function requireNoGivenToken({ environment }: Custody, cluster: ClusterConfig): void {
  const given = ['K3S_TOKEN', 'K3S_AGENT_TOKEN'].find((name) => (environment[name] ?? '') !== '')
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
      place: cluster.place,
      hint: `adopt its token: copy /var/lib/rancher/k3s/server/token from that server and run \`k3s-vars token import ${cluster.name} --file FILE\``,
    },
  )
}

function absent(cluster: ClusterConfig, why: string, hint?: string): StoreError {
  return new StoreError(
    'K3SV_STORE_ABSENT',
    `cluster ${cluster.name} has no token in ${cluster.store}, and ${why}`,
    {
      place: cluster.place,
      hint:
        hint ??
        `make one with \`k3s-vars token new ${cluster.name}\`, or bring one with \`k3s-vars token import\``,
    },
  )
}
