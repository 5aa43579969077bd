// What is wrong on one node, and what to do.
import { hashOfCa } from '../../cluster/ca-hash.js'
import type { KnownCa } from '../../document/document.js'
import type { Comparison } from './comparison.js'
import { unknown } from './finding.js'
import type { DriftFinding } from './finding.js'
import type { Fault, NodeFacts } from './node-facts.js'
import { findInSources } from './source-findings.js'
import { findInDatastore, findInMemory, findInWritten } from './state-findings.js'

export interface NodeSituation {
  /** None where none is known yet. */
  readonly ca: readonly KnownCa[]
  readonly now: Date
}

export function findInNode(
  compared: Comparison,
  situation: NodeSituation,
): readonly DriftFinding[] {
  const { facts } = compared.node
  if (facts === 'unreachable') {
    return [
      unknown(
        'node-unreachable',
        'it cannot be reached',
        'see whether Ansible reaches it: `ansible NODE -m ping`',
      ),
    ]
  }
  if (facts === 'failed') {
    return [
      unknown(
        'node-failed',
        'it could not be looked at',
        'run the play k3s_vars.token.drift to see why: the module needs root and Python on the node',
      ),
    ]
  }
  if (facts.program === 'none') {
    return [
      unknown(
        'no-k3s',
        'nothing of K3s or RKE2 is on it',
        'take the host out of the group, or install K3s with your role',
      ),
    ]
  }
  return [
    ...findOtherCa(facts, situation),
    ...facts.conflicts.map(twoSpellings),
    ...facts.faults.map(unreadable),
    ...findInSources(compared),
    ...findInWritten(compared),
    ...findInMemory(compared, facts),
    ...findInDatastore(compared, facts),
  ]
}

function findOtherCa({ ca: bundle }: NodeFacts, { ca, now }: NodeSituation): DriftFinding[] {
  const hash = bundle === '' ? undefined : hashOfCa(Buffer.from(bundle), now)
  if (hash === undefined || ca.length === 0) return []
  if (ca.some((known) => known.hash === hash)) return []
  return [
    {
      rule: 'other-ca',
      severity: 'error',
      message: `it has a CA with the hash ${hash}, which is none that is known`,
      hint: 'is the host one of another cluster? After a change of the CA on purpose: k3s-vars verify CLUSTER --pin',
    },
  ]
}

function twoSpellings(option: string): DriftFinding {
  return {
    rule: 'two-spellings',
    severity: 'error',
    message: `the option ${option} is given in two spellings, with which K3s does not start`,
    hint: 'keep the long one',
  }
}

function unreadable({ path, line, reason }: Fault): DriftFinding {
  return {
    rule: 'source-unreadable',
    severity: 'error',
    isUnknown: true,
    message: `what is configured there cannot be read (${reason})`,
    on: line === undefined ? path : `${path}:${line}`,
    hint: 'see whether K3s itself reads it: it does not start with a file that it cannot read',
  }
}
