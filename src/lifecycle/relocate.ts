// Moves a cluster's document from one store to another, while others go on reading and changing it. What decides is what the stores
// compare when they write: the new store gets the document first, whole and read again; then the old one is told where it went,
// which only goes through if nobody has changed it since. Run again, it goes on where it was interrupted.
import type { ClusterDocument } from '../document/document.js'
import { isContinuedBy } from '../document/succession.js'
import { renderDocument } from '../document/text.js'
import { StoreError } from '../errors.js'
import type { AuthorityTexts, TokenStore } from '../store/store.js'
import { ensureDocument, updateDocument } from '../store/update.js'

/** One of the two stores; what was moved away from it is seen as it lies. */
export interface Side {
  readonly store: TokenStore
  readonly authorities: AuthorityTexts
  /** The whole store, in the words of a message. */
  readonly name: string
  readonly placeOf: (cluster: string) => string
}

export interface Relocation {
  readonly from: Side
  readonly to: Side
  /** The id of one more write, 32 random hex digits. */
  readonly newWriteId: () => string
  /** Whether the old store keeps its document as it is. */
  readonly keep: boolean
}

/**
 * - `copied`: the new store has it now
 * - `there`: it had it already
 * - `absent`: there is none to move
 */
export type Relocated = 'copied' | 'there' | 'absent'

/** Each try beyond the first means that somebody rotates the token at this very moment. */
const TRIES = 10

/**
 * @throws StoreError of either store; `K3SV_STORE_OCCUPIED` where the new store holds another token, `K3SV_STORE_MOVED` where either
 * document was moved elsewhere; then the old store has what it had
 */
export async function relocate(cluster: string, relocation: Relocation): Promise<Relocated> {
  const { from, to, keep, newWriteId } = relocation
  let outcome: Relocated = 'there'
  for (let tries = 0; tries < TRIES; tries++) {
    const source = await from.store.get(cluster)
    if (source === null) return absent(cluster, relocation)
    if (source.document.moved !== undefined)
      return whereItWent(cluster, source.document, relocation)
    await copyCa(cluster, relocation)
    if (await bring(source.document, relocation)) outcome = 'copied'
    if (keep) return outcome
    const writeId = newWriteId()
    const left = await updateDocument(from.store, cluster, (document) =>
      document.writeId === source.document.writeId
        ? { ...document, writeId, moved: to.placeOf(cluster) }
        : document,
    )
    if (left.moved !== undefined) return outcome
  }
  throw new StoreError('K3SV_STORE_CONFLICT', `the document of cluster ${cluster} keeps changing`, {
    location: { file: from.placeOf(cluster) },
    hint: 'find out who rotates this token, and run it again afterwards',
  })
}

/** Whether the new store did not have it; in the end it has it, or what followed from it. */
async function bring(document: ClusterDocument, { from, to }: Relocation): Promise<boolean> {
  const { cluster } = document
  const { document: there } = await ensureDocument(to.store, cluster, () =>
    Promise.resolve(document),
  )
  if (there.moved !== undefined) {
    // Home again: what went from there to here is here.
    if (there.moved !== from.placeOf(cluster)) throw movedAway(cluster, there.moved, to)
    await updateDocument(to.store, cluster, (found) =>
      found.moved === there.moved && isContinuedBy(found, document) ? document : found,
    )
    return requireThere(document, to)
  }
  if (isEqual(there, document)) return requireThere(document, to)
  // Somebody works with the new store already.
  if (isContinuedBy(document, there)) return false
  // A former run brought it, and it was changed here since.
  if (!isContinuedBy(there, document)) throw occupied(cluster, to)
  await updateDocument(to.store, cluster, (found) => {
    if (isContinuedBy(document, found)) return found
    if (isContinuedBy(found, document)) return document
    throw occupied(cluster, to)
  })
  return true
}

async function requireThere(document: ClusterDocument, to: Side): Promise<true> {
  const again = await to.store.get(document.cluster)
  if (again !== null && isContinuedBy(document, again.document)) return true
  throw lost(document.cluster, to)
}

async function copyCa(cluster: string, { from, to }: Relocation): Promise<void> {
  const text = await from.authorities.read(cluster)
  if (text === null || (await to.authorities.create(cluster, text))) return
  if ((await to.authorities.read(cluster)) === text) return
  throw new StoreError('K3SV_STORE_CA', `${to.name} has another CA of cluster ${cluster}`, {
    location: { file: to.authorities.placeOf(cluster) },
    hint: 'compare both; nothing was overwritten',
  })
}

async function absent(cluster: string, { from, to }: Relocation): Promise<Relocated> {
  const there = await to.store.get(cluster)
  if (there === null) return 'absent'
  throw new StoreError(
    'K3SV_STORE_VANISHED',
    `${to.name} has a document of cluster ${cluster}, and ${from.name} has none`,
    {
      location: { file: from.placeOf(cluster) },
      hint: 'if it was moved already, name that store in k3s_vars.yml; else find out where the token came from',
    },
  )
}

async function whereItWent(
  cluster: string,
  { moved }: ClusterDocument,
  { from, to }: Relocation,
): Promise<Relocated> {
  if (moved !== to.placeOf(cluster)) throw movedAway(cluster, moved!, from)
  if ((await to.store.get(cluster)) !== null) return 'there'
  throw lost(cluster, to)
}

function isEqual(one: ClusterDocument, other: ClusterDocument): boolean {
  return renderDocument(one) === renderDocument(other)
}

function occupied(cluster: string, to: Side): StoreError {
  return new StoreError(
    'K3SV_STORE_OCCUPIED',
    `${to.name} holds another token of cluster ${cluster}`,
    {
      location: { file: to.placeOf(cluster) },
      hint: 'find out which one the cluster runs with (k3s-vars verify) before either is given up; nothing was overwritten',
    },
  )
}

function movedAway(cluster: string, moved: string, side: Side): StoreError {
  return new StoreError(
    'K3SV_STORE_MOVED',
    `the document of cluster ${cluster} was moved from ${side.name} to ${moved}`,
    {
      location: { file: side.placeOf(cluster) },
      hint: 'name that store in k3s_vars.yml; to come back here for good, take this document away by hand first',
    },
  )
}

function lost(cluster: string, to: Side): StoreError {
  return new StoreError(
    'K3SV_STORE_VANISHED',
    `${to.name} does not have the document of cluster ${cluster} that was moved there`,
    {
      location: { file: to.placeOf(cluster) },
      hint: 'find it in the history of that store; the old one still has it: without its line `moved`, and with `k3s-vars token bind --accept`',
    },
  )
}
