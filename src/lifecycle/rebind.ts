// Binds a document where no change of its tokens does: one from before there were bindings, or one that a person has changed on
// purpose and looked at.
import type { ClusterConfig } from '../config/config.js'
import { allGenerations } from '../document/active.js'
import type { ClusterDocument, StoredSecret, StoredTokens } from '../document/document.js'
import type { StoreError } from '../errors.js'
import { updateDocument } from '../store/update.js'
import { showToken } from '../token/fingerprint.js'
import { bindDocument } from './bind.js'
import type { Lifecycle } from './lifecycle.js'
import { openGeneration, openSecret } from './open.js'
import { newWriteStamp, sealSecret } from './seal.js'
import { documentOf, findFaults } from './integrity.js'

export interface Rebound {
  readonly outcome: 'bound' | 'unchanged'
  readonly document: ClusterDocument
  /** What was wrong with the document and is taken as it stands. */
  readonly accepted: readonly StoreError[]
}

/**
 * Binds every generation of a cluster's document, all of which have to open here: what is not looked at is not bound.
 * @param accept whether a document that is not as it was written is taken as it stands; its secrets are sealed then
 * @throws StoreError as `requireSound` where the document is not as it was written and that is not accepted; VaultError where
 * one does not open; and every error of the store
 */
export async function rebindDocument(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  { accept }: { readonly accept: boolean },
): Promise<Rebound> {
  const { writeId } = newWriteStamp(lifecycle)
  let accepted: readonly StoreError[] = []
  let outcome: Rebound['outcome'] = 'unchanged'
  const change = async (document: ClusterDocument): Promise<ClusterDocument> => {
    accepted = await findAll(lifecycle, cluster, document)
    if (accepted.length > 0 && !accept) throw accepted[0]!
    const taken =
      accepted.length > 0 ? await takeAsItStands(lifecycle, cluster, document) : document
    const bound = await bindDocument(lifecycle, cluster, { ...taken, writeId })
    // What is wrong with the secrets themselves cannot be accepted.
    const [left] = await findAll(lifecycle, cluster, bound)
    if (left !== undefined) throw left
    const isSame = accepted.length === 0 && countBound(bound) === countBound(document)
    outcome = isSame ? 'unchanged' : 'bound'
    return isSame ? document : bound
  }
  const document = await updateDocument(lifecycle.storeOf(cluster), cluster.name, change)
  return { outcome, document, accepted }
}

async function findAll(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  document: ClusterDocument,
): Promise<readonly StoreError[]> {
  const found = allGenerations(document).map(async (generation) =>
    findFaults(await openGeneration(lifecycle, { cluster, document, generation })),
  )
  return (await Promise.all(found)).flat()
}

/** Each generation with what can be told of its token told anew, every secret sealed that has to be, and no binding. */
async function takeAsItStands(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  document: ClusterDocument,
): Promise<ClusterDocument> {
  const take = (tokens: StoredTokens): Promise<StoredTokens> =>
    takeTokens(lifecycle, cluster, tokens)
  const { current, pending, previous } = document
  return {
    ...document,
    current: await take(current),
    pending: pending && {
      ...(await take(pending)),
      rotation: pending.rotation,
      ...(pending.record && { record: pending.record }),
    },
    previous: await Promise.all(
      previous.map(async (former) => ({ ...(await take(former)), retired: former.retired })),
    ),
  }
}

async function takeTokens(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  { created, origin, server, agent }: StoredTokens,
): Promise<StoredTokens> {
  const secret = await openSecret(lifecycle, server, documentOf(cluster))
  const seal = async (stored: StoredSecret): Promise<StoredSecret> =>
    stored.form === 'plain' ? sealSecret(lifecycle, cluster, stored.secret) : stored
  return {
    created,
    ...(origin && { origin }),
    ...showToken(secret, origin === 'imported' ? 'brought' : 'drawn'),
    server: await seal(server),
    ...(agent && { agent: await seal(agent) }),
  }
}

function countBound(document: ClusterDocument): number {
  return allGenerations(document).filter(({ tokens }) => tokens.binding !== undefined).length
}
