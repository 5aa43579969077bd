// Asks the servers of clusters whether they are as the documents say. Begin here: this is one cluster. generations.ts says which
// tokens a server may have, interview.ts what one is asked, findings.ts what is wrong with its answers. Nothing is written.
import { programOf, serverEndpoints } from '../../cluster/endpoints.js'
import type { ClusterConfig } from '../../config/config.js'
import type { KnownCa, Phase } from '../../document/document.js'
import { K3sVarsError } from '../../errors.js'
import type { Limiter } from '../../limiter.js'
import type { Secret } from '../../secret.js'
import type { TokenPair } from '../../token-pair.js'
import { requireDocument } from '../emit.js'
import type { Lifecycle } from '../lifecycle.js'
import type { Stored } from '../integrity.js'
import { openGeneration, requireSound, selectTokens } from '../open.js'
import type { StoredCluster } from '../open.js'
import type { ServerFinding } from './finding.js'
import { findInServer, findUnasked, unreadable } from './findings.js'
import { generationsOf } from './generations.js'
import type { TriedGeneration } from './generations.js'
import { interview } from './interview.js'
import type { Interview, OpenableGeneration } from './interview.js'

/** What was asked of a server, and what is wrong with it. */
export interface VerifiedServer extends Interview {
  readonly state: Soundness
  readonly findings: readonly ServerFinding[]
}

/** `sound`: everything could be asked and is as it should be. `unknown`: nothing is wrong, but something could not be asked. */
export type Soundness = 'sound' | 'unknown' | 'wrong'

export interface VerifiedCluster {
  readonly cluster: string
  readonly state: Soundness
  /** Absent where there is no document, or none that can be read. */
  readonly generation?: number
  readonly phase?: Phase
  /** The CAs that the document knows. */
  readonly ca: readonly KnownCa[]
  readonly servers: readonly VerifiedServer[]
  /** What is wrong before any server is asked. */
  readonly findings: readonly ServerFinding[]
}

export interface VerifyOptions {
  /** For each server. */
  readonly milliseconds: number
  readonly allFormer: boolean
  /** Servers that are asked at once, of all clusters. */
  readonly limiter: Limiter
}

/** Never throws for what one cluster is like, so that it does not hide the others. */
export async function verifyCluster(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  options: VerifyOptions,
): Promise<VerifiedCluster> {
  try {
    const document = await requireDocument(lifecycle, cluster)
    const { ca, generation, phase } = document
    const servers = await verifyServers(lifecycle, { cluster, document }, options)
    const findings = findUnasked(cluster, serverEndpoints(cluster))
    const all = [...findings, ...servers.flatMap((server) => server.findings)]
    return {
      cluster: cluster.name,
      state: soundnessOf(all),
      generation,
      phase,
      ca,
      servers,
      findings,
    }
  } catch (error) {
    if (!(error instanceof K3sVarsError)) throw error
    const findings = [unreadable(error)]
    return { cluster: cluster.name, state: 'unknown', ca: [], servers: [], findings }
  }
}

/**
 * Asks every server of a cluster.
 * @throws StoreError and VaultError where the tokens are not as they were written, or do not open
 */
export async function verifyServers(
  lifecycle: Lifecycle,
  { cluster, document }: StoredCluster,
  { limiter, milliseconds, allFormer }: VerifyOptions,
): Promise<readonly VerifiedServer[]> {
  const generations = generationsOf(document).map((tried) =>
    openable(lifecycle, { cluster, document, generation: tried }, tried),
  )
  const program = programOf(cluster)
  const pins = document.ca.map(({ hash }) => hash)
  const options = { program, pins, now: lifecycle.now(), milliseconds, allFormer }
  // What does not open is told before anybody is asked.
  if (pins.length > 0) await generations[0]!.open()
  const asked = serverEndpoints(cluster).urls.map((url) =>
    limiter.run(() => interview(url, generations, options)),
  )
  return withoutGuesses(await Promise.all(asked)).map((one) => {
    const findings = findInServer(one, { cluster, document, now: options.now })
    return { ...one, state: soundnessOf(findings), findings }
  })
}

/** Where nobody knows what is installed, a host is asked at the ports of K3s and of RKE2, and answers at one. */
function withoutGuesses(interviews: readonly Interview[]): readonly Interview[] {
  const hostOf = ({ url }: Interview): string => new URL(url).hostname
  const found = new Set(interviews.filter(isSupervisor).map(hostOf))
  return interviews.filter((one) => isSupervisor(one) || !found.has(hostOf(one)))
}

function isSupervisor({ ca }: Interview): boolean {
  return ca === 'pinned' || ca === 'unpinned' || ca === 'other-ca'
}

/** Opened once, however many servers are asked. */
function openable(
  lifecycle: Lifecycle,
  stored: Stored,
  tried: TriedGeneration,
): OpenableGeneration {
  let opened: Promise<TokenPair<Secret>> | undefined
  const { server, agent } = tried.tokens
  const isWanted = stored.cluster.agentToken && agent !== undefined
  // A former generation need not have what the cluster is configured with now.
  const chosen =
    tried.expected === 'refused'
      ? { server, ...(isWanted && { agent }) }
      : selectTokens(stored.cluster, tried)
  const open = (): Promise<TokenPair<Secret>> =>
    (opened ??= openGeneration(lifecycle, stored, chosen).then(requireSound))
  return { ...tried, open }
}

/** The worst of what was found. */
export function soundnessOf(findings: readonly ServerFinding[]): Soundness {
  if (findings.some(({ severity, isUnknown }) => severity === 'error' && !isUnknown)) return 'wrong'
  return findings.some(({ isUnknown }) => isUnknown) ? 'unknown' : 'sound'
}
