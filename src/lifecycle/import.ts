import type { ClusterConfig } from '../config/config.js'
import { StoreError } from '../errors.js'
import type { Secret } from '../secret.js'
import { activeTokens } from '../document/active.js'
import type { ClusterDocument } from '../document/document.js'
import { addAgentToken, firstDocument, replaceTokens } from '../document/transitions.js'
import { ensureDocument, updateDocument } from '../store/update.js'
import { TOKEN_KINDS } from '../token-pair.js'
import type { TokenPair } from '../token-pair.js'
import { confirmTokens } from './confirm.js'
import type { BroughtTokens, Confirmation } from './confirm.js'
import type { Lifecycle } from './lifecycle.js'
import { openAll } from './open.js'
import { newWriteStamp, assertTokenUsable, sealSecret, sealTokens } from './seal.js'

export interface ImportResult {
  readonly outcome: 'adopted' | 'replaced' | 'unchanged'
  readonly document: ClusterDocument
  readonly confirmation: Confirmation
}

export interface ImportOptions {
  /** Whether another token that is there may be replaced. */
  readonly replace?: boolean
  /** Whether a token that can be guessed is taken, because the cluster has it. */
  readonly allowWeak?: boolean
  /** Whether the servers are left alone. */
  readonly offline?: boolean
}

/**
 * Takes over the tokens of a living cluster, after its servers were asked. A kind that is not given stays as the store has it;
 * where the store has none, the server token must be given. The former tokens are kept.
 * @throws TokenError `K3SV_TOKEN_REFUSED`; StoreError `K3SV_STORE_OCCUPIED` when another token is there and `replace` is
 * false; as `confirmTokens`, and every error of store and vault
 */
export async function importTokens(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  brought: BroughtTokens,
  options: ImportOptions,
): Promise<ImportResult> {
  const given = secretsOf(brought)
  for (const kind of TOKEN_KINDS) {
    const secret = given[kind]
    if (secret) assertTokenUsable(cluster, kind, secret, { isInUse: options.allowWeak === true })
  }
  const confirmation = await confirmTokens(cluster, brought, {
    now: lifecycle.now(),
    offline: options.offline === true,
  })
  return { confirmation, ...(await keep(lifecycle, cluster, given, options)) }
}

function secretsOf({ server, agent }: BroughtTokens): Partial<TokenPair<Secret>> {
  return { ...(server && { server: server.secret }), ...(agent && { agent: agent.secret }) }
}

async function keep(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  given: Partial<TokenPair<Secret>>,
  options: ImportOptions,
): Promise<Omit<ImportResult, 'confirmation'>> {
  const store = lifecycle.storeOf(cluster)
  const stamp = newWriteStamp(lifecycle)
  const first = await ensureDocument(store, cluster.name, async () => {
    const { server } = given
    if (server === undefined) throw noServerToken(cluster)
    return firstDocument(
      cluster.name,
      await sealTokens(lifecycle, cluster, { ...given, server }, 'brought'),
      stamp,
    )
  })
  if (first.minted) return { outcome: 'adopted', document: first.document }

  let outcome: ImportResult['outcome'] = 'unchanged'
  const document = await updateDocument(store, cluster.name, async (former) => {
    const current = await openCurrent(lifecycle, cluster, former)
    const changes = compare(current, given)
    outcome = changes.replaces ? 'replaced' : changes.adds ? 'adopted' : 'unchanged'
    if (outcome === 'unchanged') return former
    if (changes.replaces && !options.replace) throw occupied(cluster)
    if (!changes.replaces) {
      const agent = await sealSecret(lifecycle, cluster, given.agent!)
      return addAgentToken(former, agent, stamp)
    }
    const tokens = await sealTokens(lifecycle, cluster, { ...current, ...given }, 'brought')
    // A server token that stays may be one that we drew.
    const fingerprint = given.server ? tokens.fingerprint : former.current.fingerprint
    return replaceTokens(former, { ...tokens, fingerprint }, stamp)
  })
  return { outcome, document }
}

async function openCurrent(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  document: ClusterDocument,
): Promise<TokenPair<Secret>> {
  const tokens = activeTokens(document)
  const agentToken = tokens.agent !== undefined
  const [open] = await openAll(lifecycle, [{ cluster: { ...cluster, agentToken }, tokens }])
  return open!
}

function compare(
  current: TokenPair<Secret>,
  given: Partial<TokenPair<Secret>>,
): { readonly replaces: boolean; readonly adds: boolean } {
  const isOther = (kind: 'server' | 'agent'): boolean => {
    const [mine, theirs] = [current[kind], given[kind]]
    return mine !== undefined && theirs !== undefined && !mine.equals(theirs)
  }
  return {
    replaces: isOther('server') || isOther('agent'),
    adds: current.agent === undefined && given.agent !== undefined,
  }
}

function occupied(cluster: ClusterConfig): StoreError {
  return new StoreError(
    'K3SV_STORE_OCCUPIED',
    `cluster ${cluster.name} has another token already`,
    {
      location: cluster.location,
      hint: 'only if the cluster really runs with the token that you bring: repeat with --replace; the former one is kept',
    },
  )
}

function noServerToken(cluster: ClusterConfig): StoreError {
  return new StoreError(
    'K3SV_STORE_ABSENT',
    `cluster ${cluster.name} has no server token yet, so an agent token alone cannot be adopted`,
    { location: cluster.location, hint: 'bring the server token, too' },
  )
}
