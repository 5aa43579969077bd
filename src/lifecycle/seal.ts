import type { ClusterConfig } from '../config/config.js'
import type { TokenKind } from '../role/profile.js'
import type { Secret } from '../secret.js'
import { awaitPair, mapPair } from '../token-pair.js'
import type { TokenPair } from '../token-pair.js'
import type { Origin, StoredSecret } from '../document/document.js'
import type { WriteStamp, NewTokens } from '../document/transitions.js'
import { showToken } from '../token/fingerprint.js'
import { lintToken, refuseToken } from '../token/lint.js'
import type { Lifecycle } from './lifecycle.js'
import { remember } from './open.js'

const WRITE_ID_BYTES = 16

/**
 * The tokens as the cluster's store keeps them; `origin` is that of the server token.
 * @throws VaultError when no password can seal them
 */
export async function sealTokens(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  tokens: TokenPair<Secret>,
  origin: Origin,
): Promise<NewTokens> {
  const sealed = mapPair(tokens, (secret) => sealSecret(lifecycle, cluster, secret))
  const shown = showToken(tokens.server, origin === 'imported' ? 'brought' : 'drawn')
  return { origin, ...shown, ...(await awaitPair(sealed)) }
}

/**
 * One secret as the cluster's store keeps it.
 * @throws VaultError when no password can seal it
 */
export async function sealSecret(
  { vault }: Lifecycle,
  cluster: ClusterConfig,
  secret: Secret,
): Promise<StoredSecret> {
  if (cluster.encrypt === 'never') return { form: 'plain', secret }
  const text = await vault.seal(secret, cluster.vaultId)
  return remember({ form: 'sealed', text }, secret)
}

export interface Use {
  /** Whether the cluster has it already. */
  readonly isInUse?: boolean
  /** The CA that stands in front of it where it is handed out; absent: none does. */
  readonly caHash?: string | undefined
}

/**
 * Refuses a token that would break on a node of this cluster, or that can be guessed unless it is in use already.
 * @throws TokenError `K3SV_TOKEN_REFUSED` naming the rule
 */
export function assertTokenUsable(
  cluster: ClusterConfig,
  kind: TokenKind,
  secret: Secret,
  use: Use = {},
): void {
  const { role, agentToken, location } = cluster
  refuseToken(lintToken(secret, { kind, role, isSeparate: agentToken, ...use }), location)
}

/** The stamp of a new write. */
export function newWriteStamp({
  now,
  randomBytes,
}: Pick<Lifecycle, 'now' | 'randomBytes'>): WriteStamp {
  return { now: now(), writeId: randomBytes(WRITE_ID_BYTES).toString('hex') }
}
