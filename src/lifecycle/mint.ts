// House rules: a token is made only after the store has said that there never was one, and everybody else who can know has been
// asked (minting-rules.ts). Everything that can fail comes before the write; the token is handed out after it.
import type { ServerHost } from '../cluster/endpoints.js'
import type { ClusterConfig } from '../config/config.js'
import type { TokenKind } from '../role/profile.js'
import type { Secret } from '../secret.js'
import type { ClusterDocument } from '../document/document.js'
import { addAgentToken, firstDocument } from '../document/transitions.js'
import { ensureDocument } from '../store/update.js'
import { generateToken, symbolsFor } from '../token/generate.js'
import { bindDocument, changeDocument } from './bind.js'
import { noCa } from './known-ca.js'
import type { Lifecycle } from './lifecycle.js'
import { askBeforeMinting } from './minting-questions.js'
import { decide, stopped } from './minting-decision.js'
import type { MintedOrigin } from './minting-decision.js'
import { newWriteStamp, assertTokenUsable, sealSecret, sealTokens } from './seal.js'

export interface Ensured {
  readonly document: ClusterDocument
  /** Whether this call made the token. */
  readonly minted: boolean
}

/**
 * The cluster's document; on first use, and where everybody who is asked says yes, with newly minted tokens.
 * @param servers those that another inventory has
 * @throws StoreError or ClusterError of the answer that stops, and every error of store and vault; then nothing was changed
 */
export async function ensureTokens(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  servers: readonly ServerHost[] = [],
): Promise<Ensured> {
  return ensureDocument(lifecycle.storeOf(cluster), cluster.name, async () => {
    // Before the first start nobody knows a CA unless a person had one made.
    if (cluster.form === 'secure') throw noCa(cluster)
    const answers = await askBeforeMinting(lifecycle, cluster, { way: 'first-use', servers })
    const decision = decide(answers, { assumeNew: false })
    if (decision.kind === 'stop') throw stopped(cluster, decision.because, 'first-use')
    return mintDocument(lifecycle, cluster, decision.origin)
  })
}

/**
 * Mints the first tokens of a cluster for somebody who has seen all answers.
 * @param origin as {@link decide} has it
 * @throws StoreError `K3SV_STORE_OCCUPIED` where there is a token already, and every error of store and vault
 */
export async function mintTokens(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  origin: MintedOrigin,
): Promise<ClusterDocument> {
  const { document, minted } = await ensureDocument(lifecycle.storeOf(cluster), cluster.name, () =>
    mintDocument(lifecycle, cluster, origin),
  )
  if (!minted) throw stopped(cluster, { question: 'store', answer: 'there' }, 'on-demand')
  return document
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
  return changeDocument(lifecycle, cluster, (document) => addAgentToken(document, agent, stamp))
}

async function mintDocument(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  origin: MintedOrigin,
): Promise<ClusterDocument> {
  const tokens = {
    server: newToken(lifecycle, cluster, 'server'),
    ...(cluster.agentToken && { agent: newToken(lifecycle, cluster, 'agent') }),
  }
  const sealed = await sealTokens(lifecycle, cluster, tokens, origin)
  const document = firstDocument(cluster.name, sealed, newWriteStamp(lifecycle))
  return bindDocument(lifecycle, cluster, document)
}

/** Draws a token of a kind, of the length and from the characters that the cluster says.
 * @throws TokenError `K3SV_TOKEN_REFUSED` where a rule refuses what its role would write */
export function newToken(
  { randomBytes }: Lifecycle,
  cluster: ClusterConfig,
  kind: TokenKind,
): Secret {
  const symbols = symbolsFor(cluster.role)
  const secret = generateToken({ ...cluster.token, symbols }, randomBytes)
  assertTokenUsable(cluster, kind, secret)
  return secret
}
