// What is wrong with a cluster as its nodes tell it together.
import type { ClusterConfig } from '../../config/config.js'
import type { Comparison } from './comparison.js'
import type { DriftFinding } from './finding.js'
import type { Member } from './node-facts.js'

export function findInCluster(
  nodes: readonly Comparison[],
  situation: { readonly cluster: ClusterConfig },
): readonly DriftFinding[] {
  return [...findNobody(nodes, situation), ...findInMembers(nodes)]
}

function findNobody(
  nodes: readonly Comparison[],
  { cluster }: { readonly cluster: ClusterConfig },
): DriftFinding[] {
  if (nodes.some(({ answer }) => answer === 'looked-at')) return []
  return [
    {
      rule: 'no-nodes',
      severity: 'error',
      isUnknown: true,
      message: 'no node of it was looked at',
      place: cluster.location,
      hint: 'name the inventory with its hosts: -i INVENTORY',
    },
  ]
}

/** A member that nobody reaches counts for the quorum all the same. */
function findInMembers(nodes: readonly Comparison[]): DriftFinding[] {
  const members = new Map<string, Member[]>()
  for (const { node } of nodes) {
    if (typeof node.facts === 'string') continue
    for (const member of node.facts.datastore.members)
      members.set(member.id, [...(members.get(member.id) ?? []), member])
  }
  return [...members.values()].flatMap((seen): DriftFinding[] => {
    const [member] = seen
    const { name, peers, isLearner, id } = member!
    const who = `${name === '' ? 'without a name' : name} (${id}) at ${peers.join(', ')}`
    if (!seen.some(({ isReachable }) => isReachable)) {
      return [
        {
          rule: 'dead-member',
          severity: 'error',
          message: `etcd has a member that nobody reaches, and that counts for its quorum: ${who}`,
          hint: 'bring that server up; if it is gone for good, remove it: `kubectl delete node`, or `etcdctl member remove`',
        },
      ]
    }
    if (!isLearner) return []
    return [
      {
        rule: 'learner-member',
        severity: 'warn',
        message: `etcd has a member that is still learning: ${who}`,
        hint: 'wait some 15 seconds for it to be promoted; then ask again',
      },
    ]
  })
}
