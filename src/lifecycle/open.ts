import type { ClusterConfig } from '../config/config.js'
import { activeGeneration } from '../document/active.js'
import type { Generation } from '../document/active.js'
import { parseManifest } from '../document/binding.js'
import type { Codes } from '../document/binding.js'
import type { Binding, ClusterDocument, StoredSecret } from '../document/document.js'
import { StoreError } from '../errors.js'
import type { Location } from '../errors.js'
import type { Secret } from '../secret.js'
import { awaitPair, mapPair } from '../token-pair.js'
import type { TokenPair } from '../token-pair.js'
import type { Lifecycle } from './lifecycle.js'
import { findFaults, placeOf } from './integrity.js'
import type { Opened, Stored } from './integrity.js'

/** A cluster with its document. */
export interface StoredCluster {
  readonly cluster: ClusterConfig
  readonly document: ClusterDocument
}

/** What this process sealed or opened itself, so that nothing is derived twice. */
const known = new WeakMap<StoredSecret, Secret>()

/** Remembers what a stored secret holds. */
export function remember<Form extends StoredSecret>(stored: Form, secret: Secret): Form {
  known.set(stored, secret)
  return stored
}

/**
 * The tokens of a cluster's active generation in the open. The agent token is opened only where the cluster is configured to
 * have one.
 * @throws VaultError when one does not open; StoreError `K3SV_STORE_ABSENT` when a configured agent token is missing,
 * `K3SV_STORE_UNSEALED` and `K3SV_STORE_BINDING` for a document that is not as it was written
 */
export async function openTokens(
  lifecycle: Lifecycle,
  stored: StoredCluster,
): Promise<TokenPair<Secret>> {
  const [opened] = await openAll(lifecycle, [stored])
  return opened!
}

/**
 * The tokens of many clusters in the open, in their order, opened on all cores.
 * @throws as {@link openTokens}
 */
export async function openAll(
  lifecycle: Lifecycle,
  stored: readonly StoredCluster[],
): Promise<readonly TokenPair<Secret>[]> {
  const chosen = stored.map((one) => ({ ...one, generation: activeGeneration(one.document) }))
  const kinds = chosen.map(({ cluster, generation }) => selectTokens(cluster, generation))
  const opened = await Promise.all(
    chosen.map((one, index) => openGeneration(lifecycle, one, kinds[index])),
  )
  return opened.map(requireSound)
}

/**
 * A generation with its tokens in the open, and the codes that it is bound with; whether they are right is not looked at.
 * @param chosen the tokens to open; all if absent
 * @throws VaultError when one does not open
 */
export async function openGeneration(
  lifecycle: Lifecycle,
  stored: Stored,
  chosen: TokenPair<StoredSecret> = stored.generation.tokens,
): Promise<Opened> {
  const { cluster, generation } = stored
  const place = (key: string): Location => placeOf(cluster, `${generation.key}.${key}`)
  const [secrets, codes] = await Promise.all([
    awaitPair(mapPair(chosen, (one, kind) => openSecret(lifecycle, one, place(kind)))),
    openBinding(lifecycle, generation.tokens.binding, place('binding')),
  ])
  return { ...stored, secrets, codes }
}

/**
 * The tokens of a generation in which nothing is wrong.
 * @throws StoreError `K3SV_STORE_UNSEALED` and `K3SV_STORE_BINDING`
 */
export function requireSound(opened: Opened): TokenPair<Secret> {
  const [fault] = findFaults(opened)
  if (fault !== undefined) throw fault
  return opened.secrets
}

/**
 * One stored secret in the open.
 * @throws VaultError when it does not open
 */
export async function openSecret(
  { vault }: Lifecycle,
  stored: StoredSecret,
  location: Location,
): Promise<Secret> {
  if (stored.form === 'plain') return stored.secret
  const secret = known.get(stored) ?? (await vault.open(stored.text, location))
  remember(stored, secret)
  return secret
}

async function openBinding(
  { vault }: Lifecycle,
  binding: Binding | undefined,
  location: Location,
): Promise<Codes | undefined> {
  if (binding?.form !== 'sealed') return binding
  return parseManifest((await vault.open(binding.text, location)).reveal())
}

/**
 * The stored tokens that the cluster hands out.
 * @throws StoreError `K3SV_STORE_ABSENT` when a configured agent token is missing
 */
export function selectTokens(
  cluster: ClusterConfig,
  { tokens: { server, agent } }: Generation,
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
