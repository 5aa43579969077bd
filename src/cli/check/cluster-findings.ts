// What can be said of one cluster without Ansible: its settings, and that there is a document; document-findings.ts says what
// stands in it.
import { lstatSync } from 'node:fs'
import type { ServerHost } from '../../cluster/endpoints.js'
import type { ClusterConfig } from '../../config/config.js'
import { askBeforeMinting } from '../../lifecycle/minting-questions.js'
import { certainCa } from '../../lifecycle/known-ca.js'
import { decide, stopped } from '../../lifecycle/minting-decision.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import { K3sVarsError } from '../../errors.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import { activeTokens } from '../../document/active.js'
import type { ClusterDocument, Origin } from '../../document/document.js'
import { statIfSeen } from '../../files/look.js'
import { isOpenToOthers } from '../../files/writers.js'
import { nameDocument } from '../../store-spec.js'
import { findExposures } from '../../store/open.js'
import { checkDocument } from './document-findings.js'
import { findingOf } from './finding.js'
import type { CheckFinding } from './finding.js'

/** How the token came; `unknown` where the store fails, or where its document does not say; `none`: there is no token yet. */
export type TokenOrigin = Origin | 'unknown' | 'none'

/** What was found, and the tokens that the cluster hands out as far as they could be opened. */
export interface ClusterCheck {
  readonly findings: readonly CheckFinding[]
  readonly tokens: Readonly<Partial<Record<TokenKind, Secret>>>
  readonly origin: TokenOrigin
  /** The CA that the cluster is known by; absent where that is not certain. */
  readonly caHash?: string | undefined
  /** Absent where there is none, or none that can be read. */
  readonly document?: ClusterDocument
}

/** @param canOpen whether there is a vault password to open secrets with */
export async function checkCluster(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  canOpen: boolean,
): Promise<ClusterCheck> {
  const settings = [...checkEncryption(cluster), ...checkExposure(cluster)]
  try {
    const found = await lifecycle.storeOf(cluster).get(cluster.name)
    const warnings = await checkStore(lifecycle, cluster)
    if (found === null) return { findings: [...settings, ...warnings], tokens: {}, origin: 'none' }
    const stored = { cluster, document: found.document }
    const { findings, tokens } = await checkDocument(lifecycle, stored, canOpen)
    const origin = activeTokens(found.document).origin ?? 'unknown'
    const all = [...settings, ...warnings, ...checkMode(cluster), ...findings]
    return {
      findings: all,
      tokens,
      origin,
      caHash: certainCa(found.document),
      document: found.document,
    }
  } catch (error) {
    if (!(error instanceof K3sVarsError)) throw error
    return {
      findings: [...settings, findingOf(error, cluster.name)],
      tokens: {},
      origin: 'unknown',
    }
  }
}

function checkEncryption(cluster: ClusterConfig): CheckFinding[] {
  if (cluster.encrypt === 'always') return []
  return [
    {
      rule: 'encrypt-never',
      severity: 'warn',
      cluster: cluster.name,
      message: 'the tokens are kept in the clear',
      place: cluster.location,
      hint: 'set encrypt: always and give a vault password, or keep the store out of Git and backups',
    },
  ]
}

/**
 * What the first use would say of a cluster that has no token yet.
 * @param servers those that the vars plugin would hand over
 */
export async function checkFirstUse(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  servers: readonly ServerHost[],
): Promise<CheckFinding> {
  try {
    return await askFirstUse(lifecycle, cluster, servers)
  } catch (error) {
    if (error instanceof K3sVarsError) return findingOf(error, cluster.name)
    throw error
  }
}

async function askFirstUse(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  servers: readonly ServerHost[],
): Promise<CheckFinding> {
  const answers = await askBeforeMinting(lifecycle, cluster, { way: 'first-use', servers })
  const decision = decide(answers, { assumeNew: false })
  if (decision.kind === 'stop') {
    return findingOf(stopped(cluster, decision.because, 'first-use'), cluster.name)
  }
  return {
    rule: 'K3SV_STORE_ABSENT',
    severity: 'note',
    cluster: cluster.name,
    message: 'no token yet; the first run makes one',
    place: cluster.location,
  }
}

/** What the store refuses when it is to write: a person shall know before that. */
function checkExposure({ name, store, location }: ClusterConfig): CheckFinding[] {
  const owner = location.file === undefined ? undefined : statIfSeen(location.file)?.uid
  const found = findExposures(store, owner === undefined ? [] : [owner])
  return found.map((error) => findingOf(error, name))
}

/** What the store itself may do to the document. */
async function checkStore(lifecycle: Lifecycle, cluster: ClusterConfig): Promise<CheckFinding[]> {
  const { name, store } = cluster
  const place = { file: nameDocument(store, name) }
  try {
    const found = await lifecycle.warningsOf(cluster)
    return found.map((warning) => ({ ...warning, severity: 'warn', cluster: name, place }))
  } catch (error) {
    if (!(error instanceof K3sVarsError)) throw error
    const message = `whether the store keeps the document cannot be seen: ${error.message}`
    return [
      { rule: 'store-unseen', severity: 'note', cluster: name, place, message, hint: error.hint },
    ]
  }
}

/** What the store lets pass. */
function checkMode(cluster: ClusterConfig): CheckFinding[] {
  const { store, name } = cluster
  if (store.kind !== 'file') return []
  const writable = [store.folder, nameDocument(store, name)].filter((path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    if (stats === undefined || stats.isSymbolicLink()) return false
    // Told as an error before.
    const isTold = stats.isDirectory() && isOpenToOthers(stats)
    return (stats.mode & 0o022) !== 0 && !isTold
  })
  return writable.map((path) => ({
    rule: 'permissions',
    severity: 'warn',
    cluster: cluster.name,
    message: 'others than the owner can write here',
    place: { file: path },
    hint: 'take the right away: chmod go-w',
  }))
}
