import { soundnessOf } from '../verify/verify.js'
import type { Soundness } from '../verify/verify.js'
import type { ClusterConfig } from '../../config/config.js'
import type { Comparison } from './comparison.js'
import type { DriftFinding } from './finding.js'
import { findInNode } from './node-findings.js'
import type { NodeSituation } from './node-findings.js'

export interface ComparedNode extends Omit<Comparison, 'node'> {
  readonly state: Soundness
  readonly findings: readonly DriftFinding[]
}

/** A node with what is wrong on it. */
export function judgeNode(
  compared: Comparison,
  situation: NodeSituation & { readonly cluster: ClusterConfig },
): ComparedNode {
  const { node, ...shown } = compared
  const findings = namingCluster(situation.cluster, findInNode(compared, situation))
  return { ...shown, state: soundnessOf(findings), findings }
}

/** Commands in hints with the cluster's name. */
export function namingCluster(
  { name }: ClusterConfig,
  findings: readonly DriftFinding[],
): readonly DriftFinding[] {
  return findings.map((finding) =>
    finding.hint === undefined
      ? finding
      : { ...finding, hint: finding.hint.replaceAll('CLUSTER', name) },
  )
}
