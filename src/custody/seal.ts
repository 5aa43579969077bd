import type { ClusterConfig } from '../config/config.js'
import type { TokenKind } from '../role/profile.js'
import type { Secret } from '../secret.js'
import type { StoredSecret } from '../store/document.js'
import type { Mark, NewTokens } from '../store/transitions.js'
import { fingerprintOf } from '../token/fingerprint.js'
import { judgeToken, refuseToken } from '../token/judge.js'
import type { Custody } from './custody.js'

/** The tokens of one generation in the open. */
export interface OpenTokens {
  readonly server: Secret
  /** Absent where agents join with the server token. */
  readonly agent?: Secret
}

const ATTEMPT_BYTES = 16

/**
 * The tokens as the cluster's store keeps them.
 * @throws VaultError when no password can seal them
 */
export async function sealTokens(
  { vault }: Custody,
  cluster: ClusterConfig,
  tokens: OpenTokens,
): Promise<NewTokens> {
  const seal = async (secret: Secret): Promise<StoredSecret> =>
    cluster.encrypt === 'never'
      ? { form: 'plain', secret }
      : { form: 'sealed', text: await vault.seal(secret, cluster.vaultId) }
  return {
    fingerprint: fingerprintOf(tokens.server),
    server: await seal(tokens.server),
    ...(tokens.agent && { agent: await seal(tokens.agent) }),
  }
}

/**
 * Refuses a token that would break on a node of this cluster.
 * @throws TokenError `K3SV_TOKEN_REFUSED` naming the rule
 */
export function requireSound(cluster: ClusterConfig, kind: TokenKind, secret: Secret): void {
  const { role, agentToken } = cluster
  refuseToken(judgeToken(secret, { kind, role, isSeparate: agentToken }))
}

/** The mark of a new write. */
export function newMark({ now, randomBytes }: Custody): Mark {
  return { now: now(), attempt: randomBytes(ATTEMPT_BYTES).toString('hex') }
}
