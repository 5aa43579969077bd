// Compares what the nodes of a cluster have with the tokens that are kept here. Begin here: this is the report. node-facts.ts is what
// nodes answer, known-tokens.ts what that stands for, comparison.ts both together, judgement.ts with node-findings.ts
// (source-findings.ts, state-findings.ts) and cluster-findings.ts what is wrong and what to do; agreement.ts is the same before there
// is a token here. Nothing is asked and nothing is written.
import type { ClusterConfig } from '../../config/config.js'
import type { Phase } from '../../document/document.js'
import type { Soundness } from '../verify/verify.js'
import { soundnessOf } from '../verify/verify.js'
import { generationsOf } from '../verify/generations.js'
import { requireDocument } from '../emit.js'
import type { Lifecycle } from '../lifecycle.js'
import { openGeneration, requireSound } from '../open.js'
import type { StoredCluster } from '../open.js'
import { compareNode } from './comparison.js'
import { findInCluster } from './cluster-findings.js'
import type { DriftFinding } from './finding.js'
import { judgeNode, namingCluster } from './judgement.js'
import type { ComparedNode } from './judgement.js'
import { KnownTokens } from './known-tokens.js'
import type { OpenGeneration } from './known-tokens.js'
import type { HandedOver } from './node-facts.js'

export interface Drift {
  readonly cluster: string
  readonly state: Soundness
  readonly generation: number
  readonly phase: Phase
  readonly nodes: readonly ComparedNode[]
  /** What is wrong with the cluster as a whole. */
  readonly findings: readonly DriftFinding[]
}

/**
 * Compares the answers of a cluster's nodes with every token that is kept of it.
 * @throws StoreError and VaultError where the tokens are not as they were written, or do not open
 */
export async function compareNodes(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  { nonce, nodes }: HandedOver,
): Promise<Drift> {
  const document = await requireDocument(lifecycle, cluster)
  const known = new KnownTokens(nonce, await openAllOf(lifecycle, { cluster, document }))
  const situation = { cluster, ca: document.ca, now: lifecycle.now() }
  const compared = nodes.map((node) => compareNode(node, known))
  const findings = namingCluster(cluster, findInCluster(compared, situation))
  const judged = compared.map((node) => judgeNode(node, situation))
  return {
    cluster: cluster.name,
    state: soundnessOf([...findings, ...judged.flatMap((node) => node.findings)]),
    generation: document.generation,
    phase: document.phase,
    nodes: judged,
    findings,
  }
}

/** Every generation in the open: agent tokens only where the cluster has them. */
async function openAllOf(
  lifecycle: Lifecycle,
  stored: StoredCluster,
): Promise<readonly OpenGeneration[]> {
  const { agentToken } = stored.cluster
  return Promise.all(
    generationsOf(stored.document).map(async (tried) => {
      const { server, agent } = tried.tokens
      const chosen = { server, ...(agentToken && agent !== undefined && { agent }) }
      const opened = await openGeneration(lifecycle, { ...stored, generation: tried }, chosen)
      const { number, standing, expected } = tried
      return { number, standing, expected, secrets: requireSound(opened) }
    }),
  )
}
