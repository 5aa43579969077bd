import type { ClusterConfig } from '../config/config.js'
import type { TokenKind } from '../role/profile.js'
import type { Secret } from '../secret.js'
import type { StoredSecret } from '../document/document.js'
import type { WriteStamp, NewTokens } from '../document/transitions.js'
import { fingerprintOf } from '../token/fingerprint.js'
import type { TokenSource } from '../token/fingerprint.js'
import { lintToken, refuseToken } from '../token/lint.js'
import type { Lifecycle } from './lifecycle.js'

/** The tokens of one generation in the open. */
export interface OpenTokens {
  readonly server: Secret
  /** Absent where agents join with the server token. */
  readonly agent?: Secret
}

const ATTEMPT_BYTES = 16

/**
 * The tokens as the cluster's store keeps them; `source` is that of the server token.
 * @throws VaultError when no password can seal them
 */
export async function sealTokens(
  { vault }: Lifecycle,
  cluster: ClusterConfig,
  tokens: OpenTokens,
  source: TokenSource,
): Promise<NewTokens> {
  const seal = async (secret: Secret): Promise<StoredSecret> =>
    cluster.encrypt === 'never'
      ? { form: 'plain', secret }
      : { form: 'sealed', text: await vault.seal(secret, cluster.vaultId) }
  return {
    fingerprint: fingerprintOf(tokens.server, source),
    server: await seal(tokens.server),
    ...(tokens.agent && { agent: await seal(tokens.agent) }),
  }
}

/**
 * Refuses a token that would break on a node of this cluster, or that can be guessed unless it is in use already.
 * @throws TokenError `K3SV_TOKEN_REFUSED` naming the rule
 */
export function assertTokenUsable(
  cluster: ClusterConfig,
  kind: TokenKind,
  secret: Secret,
  { isInUse = false } = {},
): void {
  const { role, agentToken } = cluster
  refuseToken(lintToken(secret, { kind, role, isSeparate: agentToken, isInUse }))
}

/** The mark of a new write. */
export function newWriteStamp({ now, randomBytes }: Lifecycle): WriteStamp {
  return { now: now(), writeId: randomBytes(ATTEMPT_BYTES).toString('hex') }
}
