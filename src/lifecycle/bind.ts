// Every change of a document passes here: it is verified before it is believed, and bound before it is written.
import type { ClusterConfig } from '../config/config.js'
import { allGenerations } from '../document/active.js'
import type { Generation } from '../document/active.js'
import { codesOf, formatManifest } from '../document/binding.js'
import type { Binding, ClusterDocument, StoredTokens } from '../document/document.js'
import { VaultError } from '../errors.js'
import { Secret } from '../secret.js'
import { updateDocument } from '../store/update.js'
import type { TokenPair } from '../token-pair.js'
import type { Lifecycle } from './lifecycle.js'
import { openGeneration, requireSound } from './open.js'

/** A change of a document; `open` gives the tokens of one of its generations. As `updateDocument` wants it. */
export type Change = (
  document: ClusterDocument,
  open: (generation: Generation) => Promise<TokenPair<Secret>>,
) => ClusterDocument | Promise<ClusterDocument>

/**
 * Replaces a cluster's document, as `updateDocument` does, and binds what comes out. What is written must be known to be
 * right, so the current and the pending tokens are opened and verified first.
 * @throws as `updateDocument`; VaultError where tokens do not open; StoreError `K3SV_STORE_UNSEALED` and
 * `K3SV_STORE_BINDING` for a document that is not as it was written
 */
export async function changeDocument(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  change: Change,
): Promise<ClusterDocument> {
  return updateDocument(lifecycle.storeOf(cluster), cluster.name, async (document) => {
    const open = async (generation: Generation): Promise<TokenPair<Secret>> =>
      requireSound(await openGeneration(lifecycle, { cluster, document, generation }))
    await Promise.all(allGenerations(document).filter(isLive).map(open))
    const next = await change(document, open)
    return next === document ? document : bindDocument(lifecycle, cluster, next)
  })
}

/**
 * The document with every generation bound. Former ones keep the binding that they have; one that no password here opens
 * stays without.
 * @throws VaultError where the current or the pending tokens do not open, or no password can seal
 */
export async function bindDocument(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  document: ClusterDocument,
): Promise<ClusterDocument> {
  const [current, pending, former] = [
    allGenerations(document).find(({ standing }) => standing === 'current')!,
    allGenerations(document).find(({ standing }) => standing === 'pending'),
    allGenerations(document).filter(({ standing }) => standing === 'former'),
  ]
  const previous = await Promise.all(
    former.map(async (one, index) => ({
      ...document.previous[index]!,
      ...(await bindFormer(lifecycle, cluster, { document, generation: one })),
    })),
  )
  // The current and the pending tokens are bound to which former ones are.
  const known = { ...document, previous }
  const bind = (generation: Generation): Promise<Bound> =>
    bindGeneration(lifecycle, cluster, { document: known, generation })
  return {
    ...known,
    current: { ...document.current, ...(await bind(current)) },
    pending: document.pending && { ...document.pending, ...(await bind(pending!)) },
  }
}

type Bound = Pick<StoredTokens, 'binding'>

interface Unbound {
  readonly document: ClusterDocument
  readonly generation: Generation
}

async function bindFormer(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  unbound: Unbound,
): Promise<Bound> {
  if (unbound.generation.tokens.binding !== undefined) return {}
  try {
    return await bindGeneration(lifecycle, cluster, unbound)
  } catch (error) {
    if (error instanceof VaultError) return {}
    throw error
  }
}

async function bindGeneration(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  { document, generation }: Unbound,
): Promise<Bound> {
  const { binding, ...tokens } = generation.tokens
  const stored = { cluster, document, generation: { ...generation, tokens } }
  const { secrets } = await openGeneration(lifecycle, stored)
  const codes = codesOf(document, generation, secrets)
  // In the clear, the codes of a token that can be guessed would let others try.
  const isOpen = tokens.fingerprint !== null || tokens.server.form === 'plain'
  if (isOpen) return { binding: { form: 'keyed', ...codes } }
  const manifest = new Secret(formatManifest(codes))
  const text = await lifecycle.vault.seal(manifest, cluster.vaultId)
  return { binding: { form: 'sealed', text } satisfies Binding }
}

/** Whether nodes use the tokens, or are about to. */
function isLive({ standing }: Generation): boolean {
  return standing !== 'former'
}
