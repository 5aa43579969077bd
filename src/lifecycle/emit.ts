// Hands tokens out in the form that a cluster's `emit` asks for. Nothing is made here: only `--list`, the plugins and
// `token new` mint.
import type { ClusterConfig } from '../config/config.js'
import { activeGeneration } from '../document/active.js'
import type { ClusterDocument, StoredSecret } from '../document/document.js'
import { StoreError } from '../errors.js'
import { ROTATION_VARIABLE } from '../inventory/variables.js'
import type { EmittedToken, EmittedTokens } from '../inventory/variables.js'
import type { Secret } from '../secret.js'
import { cutsAtColons, isHarmless } from '../token/lint.js'
import { mapPair, TOKEN_KINDS } from '../token-pair.js'
import type { TokenPair } from '../token-pair.js'
import { certainCa, requireCa } from './known-ca.js'
import type { Lifecycle } from './lifecycle.js'
import { openAll, selectTokens } from './open.js'
import type { StoredCluster } from './open.js'
import { assertTokenUsable } from './seal.js'
import { findStoredFaults } from './integrity.js'
import { refuseUnderWay, rotationUnderWay } from './under-way.js'

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
 * @throws as {@link emitAll}
 */
export async function emitTokens(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
): Promise<EmittedTokens> {
  const document = await requireDocument(lifecycle, cluster)
  // What leaves by hand is a token or nothing, also while the play of a rotation asks.
  if (isOfThisRotation(lifecycle, document)) refuseUnderWay(cluster, document)
  const [emitted] = await emitAll(lifecycle, [{ cluster, document }])
  return emitted!
}

/**
 * The active tokens of many clusters, each in the form that its `emit` asks for, in their order; what has to be opened is
 * opened on all cores. What stays sealed can be looked at from outside only.
 * @throws ClusterError `K3SV_ROTATION_UNDER_WAY`; StoreError `K3SV_STORE_ABSENT` when a configured agent token is missing,
 * `K3SV_STORE_UNSEALED` and `K3SV_STORE_BINDING` for a document that is not as it was written; VaultError when one does not open; as
 * {@link handOut}
 */
export async function emitAll(
  lifecycle: Lifecycle,
  stored: readonly StoredCluster[],
): Promise<readonly EmittedTokens[]> {
  const sealed = stored.map((one) => {
    if (isOfThisRotation(lifecycle, one.document)) return withhold(one.cluster)
    return one.cluster.emit === 'vaulted' ? mapPair(takeUnopened(one), asStored) : undefined
  })
  const opened = await openAll(
    lifecycle,
    stored.filter((_, index) => sealed[index] === undefined),
  )
  // What is wrong with any document comes before that: a phase is believed only where the document is as it was written.
  for (const { cluster, document } of stored)
    if (!isOfThisRotation(lifecycle, document)) refuseUnderWay(cluster, document)
  let next = 0
  return sealed.map(
    (pair, index): EmittedTokens => pair ?? handOut(stored[index]!, opened[next++]!),
  )
}

/**
 * Opened tokens as they are handed out, whatever the cluster's `emit` is.
 * @throws ClusterError `K3SV_ROTATION_UNDER_WAY`, and `K3SV_CLUSTER_CA` where the secure form is asked for and the CA is not known;
 * TokenError `K3SV_TOKEN_REFUSED`: a role or form that was changed can break a token that was good
 */
export function handOut(stored: StoredCluster, opened: TokenPair<Secret>): EmittedTokens {
  const { cluster, document } = stored
  refuseUnderWay(cluster, document)
  const isSecure = cluster.form === 'secure'
  const caHash = isSecure ? requireCa(stored) : certainCa(document)
  for (const kind of TOKEN_KINDS) {
    const secret = opened[kind]
    if (secret === undefined) continue
    const isAnywhere = isHarmless(secret) && !(isSecure && cutsAtColons(cluster.role))
    if (isAnywhere) continue
    const options = { isInUse: true, ...(isSecure && { caHash }) }
    assertTokenUsable(cluster, kind, secret, options)
  }
  const tokens = mapPair(opened, (secret): EmittedToken => ({ form: 'plain', secret }))
  return { ...tokens, ...(caHash !== undefined && { caHash }) }
}

/** Whether the play of the very rotation asks that is under way. */
function isOfThisRotation({ environment }: Lifecycle, document: ClusterDocument): boolean {
  const asking = environment.variables[ROTATION_VARIABLE]
  return asking !== undefined && rotationUnderWay(document)?.rotation === asking
}

function withhold({ agentToken }: ClusterConfig): EmittedTokens {
  const withheld = { form: 'withheld' } as const
  return { server: withheld, ...(agentToken && { agent: withheld }) }
}

function takeUnopened({ cluster, document }: StoredCluster): TokenPair<StoredSecret> {
  const generation = activeGeneration(document)
  const [fault] = findStoredFaults({ cluster, document, generation })
  if (fault !== undefined) throw fault
  return selectTokens(cluster, generation)
}

/** Plain where the cluster says `encrypt: never`: it goes out as unsafe text then. */
function asStored(stored: StoredSecret): EmittedToken {
  return stored.form === 'plain' ? stored : { form: 'vaulted', text: stored.text }
}
