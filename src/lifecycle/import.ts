import type { ClusterConfig } from '../config/config.js'
import { ClusterError, StoreError, TokenError } from '../errors.js'
import type { Secret } from '../secret.js'
import { activeGeneration } from '../document/active.js'
import type { ClusterDocument } from '../document/document.js'
import { addAgentToken, firstDocument, replaceCa, replaceTokens } from '../document/transitions.js'
import type { NewCa, NewTokens, WriteStamp } from '../document/transitions.js'
import { ensureDocument } from '../store/update.js'
import { TOKEN_KINDS } from '../token-pair.js'
import type { TokenPair } from '../token-pair.js'
import { bindDocument, changeDocument } from './bind.js'
import { confirmTokens, pinOf } from './confirm.js'
import type { BroughtTokens, Confirmation } from './confirm.js'
import type { Lifecycle } from './lifecycle.js'
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
  const caHash = pinOf(brought)
  const ca = caHash === undefined ? undefined : ({ hash: caHash, source: 'token' } as const)
  return { confirmation, ...(await keep(lifecycle, cluster, { given, ca }, options)) }
}

function secretsOf({ server, agent }: BroughtTokens): Partial<TokenPair<Secret>> {
  return { ...(server && { server: server.secret }), ...(agent && { agent: agent.secret }) }
}

interface Brought {
  readonly given: Partial<TokenPair<Secret>>
  /** The CA that the tokens name. */
  readonly ca: NewCa | undefined
}

async function keep(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  { given, ca }: Brought,
  options: ImportOptions,
): Promise<Omit<ImportResult, 'confirmation'>> {
  const store = lifecycle.storeOf(cluster)
  const stamp = newWriteStamp(lifecycle)
  const first = await ensureDocument(store, cluster.name, async () => {
    const { server } = given
    if (server === undefined) throw noServerToken(cluster)
    requireTwo(cluster, { ...given, server })
    const tokens = await sealTokens(lifecycle, cluster, { ...given, server }, 'imported')
    const document = firstDocument(cluster.name, tokens, stamp)
    return bindDocument(lifecycle, cluster, ca ? replaceCa(document, ca, stamp) : document)
  })
  if (first.minted) return { outcome: 'adopted', document: first.document }

  let outcome: ImportResult['outcome'] = 'unchanged'
  const document = await changeDocument(lifecycle, cluster, async (former, open) => {
    const current = await open(activeGeneration(former))
    const changes = compare(current, given)
    outcome = changes.replaces ? 'replaced' : changes.adds ? 'adopted' : 'unchanged'
    if (changes.replaces && !options.replace) throw occupied(cluster)
    requireTwo(cluster, { ...current, ...given })
    const pinned = ca ? pin(cluster, former, { ca, stamp, options }) : former
    if (outcome === 'unchanged') return pinned
    if (!changes.replaces) {
      const agent = await sealSecret(lifecycle, cluster, given.agent!)
      return addAgentToken(pinned, agent, stamp)
    }
    const tokens = await sealTokens(lifecycle, cluster, { ...current, ...given }, 'imported')
    return replaceTokens(pinned, given.server ? tokens : asBefore(former, tokens), stamp)
  })
  return { outcome, document }
}

/** A server token that stays keeps what is known of it. */
function asBefore({ current }: ClusterDocument, { server, agent }: NewTokens): NewTokens {
  const { created, binding, ...known } = current
  return { ...known, server, ...(agent && { agent }) }
}

/** @throws TokenError `K3SV_TOKEN_REFUSED` for one token as both */
function requireTwo({ name, location }: ClusterConfig, { server, agent }: TokenPair<Secret>): void {
  if (!agent?.equals(server)) return
  throw new TokenError(
    'K3SV_TOKEN_REFUSED',
    `the agent token of cluster ${name} would be its server token, which agents must not have`,
    {
      location,
      hint: 'leave the agent token out: where a cluster has one token, agents join with it',
    },
  )
}

interface Pinning {
  readonly ca: NewCa
  readonly stamp: WriteStamp
  readonly options: ImportOptions
}

/** @throws ClusterError `K3SV_CLUSTER_PIN` where the document knows the cluster by other CAs */
function pin(
  cluster: ClusterConfig,
  document: ClusterDocument,
  { ca, stamp, options }: Pinning,
): ClusterDocument {
  if (document.ca.some(({ hash }) => hash === ca.hash)) return document
  if (document.ca.length === 0 || options.replace) return replaceCa(document, ca, stamp)
  throw new ClusterError(
    'K3SV_CLUSTER_PIN',
    `the token names another CA than the one that cluster ${cluster.name} is known by`,
    {
      location: cluster.location,
      hint: 'is it the token of another cluster? Only if the CA was changed on purpose: repeat with --replace',
    },
  )
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
