// Every write is a compare and swap whose answer may be lost on the way. Such a write is neither won nor lost: the
// store is asked again, and the write id in its document tells whether ours is the one that arrived.
import { StoreError } from '../errors.js'
import type { ClusterDocument } from '../document/document.js'
import type { TokenStore, WriteOutcome } from './store.js'

/** Each loss means that somebody else's write succeeded, so only a store under constant fire exhausts them. */
const TRIES = 30

/**
 * Replaces a cluster's document by what `change` makes of it, and answers with the document that the store then holds.
 * `change` is called anew for each try with the newest document and must put one and the same write id into all of
 * its answers; when it answers with the very document that it was given, nothing is written.
 * @throws StoreError of the store or of `change`; `K3SV_STORE_ABSENT` where there is no document, `K3SV_STORE_CONFLICT`
 * where others keep changing it
 */
export async function updateDocument(
  store: TokenStore,
  cluster: string,
  change: (document: ClusterDocument) => ClusterDocument | Promise<ClusterDocument>,
): Promise<ClusterDocument> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const found = await store.get(cluster)
    if (found === null) {
      throw new StoreError('K3SV_STORE_ABSENT', `cluster ${cluster} has no token yet`, {
        hint: 'make one with `k3s-vars token new`, or bring one with `k3s-vars token import`',
      })
    }
    const next = await change(found.document)
    if (next === found.document) return next
    const outcome = await settle(store, next, () => store.replace(found.version, next))
    if (isOurs(outcome, next)) return next
    await pause(tries)
  }
  throw new StoreError(
    'K3SV_STORE_CONFLICT',
    `the token document of cluster ${cluster} keeps changing`,
    {
      hint: 'find out who else rotates this token, then try again',
    },
  )
}

/**
 * The cluster's document; where there positively never was one, `mint` makes it, and of many that mint at once all get
 * the winner's. `minted` tells whether it is ours.
 * @throws StoreError of the store; then nothing may be handed out
 */
export async function ensureDocument(
  store: TokenStore,
  cluster: string,
  mint: () => Promise<ClusterDocument>,
): Promise<{ document: ClusterDocument; minted: boolean }> {
  const found = await store.get(cluster)
  if (found !== null) return { document: found.document, minted: false }
  const document = await mint()
  const outcome = await settle(store, document, () => store.createIfAbsent(document), true)
  if (isOurs(outcome, document)) return { document, minted: true }
  return { document: outcome.document, minted: false }
}

type Lost = Extract<WriteOutcome, { won: false }>

function isOurs(
  outcome: WriteOutcome,
  document: ClusterDocument,
): outcome is Exclude<WriteOutcome, Lost> {
  return outcome.won || outcome.document.writeId === document.writeId
}

/** Does a write; if its outcome is unknown, finds out what the store holds, and fails as the write did if not ours. */
async function settle(
  store: TokenStore,
  document: ClusterDocument,
  write: () => Promise<WriteOutcome>,
  isOthersWelcome = false,
): Promise<WriteOutcome> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'K3SV_STORE_UNAVAILABLE') throw error
    const found = await store.get(document.cluster).catch(() => null)
    if (found === null) throw error
    if (!isOthersWelcome && found.document.writeId !== document.writeId) throw error
    return { won: false, version: found.version, document: found.document }
  }
}

/** Waits after so many lost tries, for a random time, so that the losers do not meet again. */
async function pause(tries: number): Promise<void> {
  const { randomInt } = process.getBuiltinModule('node:crypto')
  const { setTimeout: sleep } = process.getBuiltinModule('node:timers/promises')
  await sleep(randomInt(1, Math.min(2 ** tries, 100) + 1))
}
