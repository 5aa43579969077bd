import type { ClusterConfig } from '../config/config.js'
import { StoreError } from '../errors.js'
import type { ClusterDocument } from '../document/document.js'
import { replaceTokens as succeedBy, firstDocument } from '../document/transitions.js'
import { ensureDocument, updateDocument } from '../store/update.js'
import type { Lifecycle } from './lifecycle.js'
import { openAll } from './open.js'
import { newWriteStamp, assertTokenUsable, sealTokens } from './seal.js'
import type { OpenTokens } from './seal.js'

export interface ImportResult {
  readonly outcome: 'adopted' | 'replaced' | 'unchanged'
  readonly document: ClusterDocument
}

/**
 * Takes over the tokens of a living cluster. A kind that is not given stays as the store has it; where the store has none,
 * the server token must be given. The former tokens are kept.
 * @throws TokenError `K3SV_TOKEN_REFUSED` or `K3SV_TOKEN_SOURCE`; StoreError `K3SV_STORE_OCCUPIED` when another token is
 * there and `replace` is false; every error of store and vault
 */
export async function importTokens(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  given: Partial<OpenTokens>,
  options: { readonly replace: boolean },
): Promise<ImportResult> {
  if (given.server) assertTokenUsable(cluster, 'server', given.server)
  if (given.agent) assertTokenUsable(cluster, 'agent', given.agent)
  const store = lifecycle.storeOf(cluster)
  const mark = newWriteStamp(lifecycle)
  const first = await ensureDocument(store, cluster.name, async () => {
    const { server } = given
    if (server === undefined) throw noServerToken(cluster)
    return firstDocument(
      cluster.name,
      await sealTokens(lifecycle, cluster, { ...given, server }, 'brought'),
      mark,
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
    const tokens = await sealTokens(lifecycle, cluster, { ...current, ...given }, 'brought')
    // A server token that stays may be one that we drew.
    const fingerprint = given.server ? tokens.fingerprint : former.current.fingerprint
    return succeedBy(former, { ...tokens, fingerprint }, mark)
  })
  return { outcome, document }
}

async function openCurrent(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  document: ClusterDocument,
): Promise<OpenTokens> {
  const agentToken = document.current.agent !== undefined
  const [open] = await openAll(lifecycle, [
    { cluster: { ...cluster, agentToken }, tokens: document.current },
  ])
  return open!
}

function compare(
  current: OpenTokens,
  given: Partial<OpenTokens>,
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
