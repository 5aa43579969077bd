// What is wrong with a cluster as its nodes tell it together.
import type { ClusterConfig } from '../../config/config.js'
import type { Comparison } from './comparison.js'
import type { DriftFinding } from './finding.js'
import type { Member } from './node-facts.js'

export function findInCluster(
  nodes: readonly Comparison[],
  situation: { readonly cluster: ClusterConfig },
): readonly DriftFinding[] {
  return [...findNobody(nodes, situation), ...findHandRotation(nodes), ...findInMembers(nodes)]
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
      hint: 'name the inventory with its hosts (-i INVENTORY), and see that `ansible all -m ping` reaches them',
    },
  ]
}

/**
 * `k3s token rotate` by hand: one key, of a token that is not kept here, and the server where it was done has it in its files. The other
 * servers know nothing of it before their next start.
 */
function findHandRotation(nodes: readonly Comparison[]): DriftFinding[] {
  const told = nodes.filter(({ datastore }) => datastore.state === 'read')
  const isOther =
    told.length > 0 &&
    told.every(({ datastore: { keys } }) => keys.length === 1 && keys[0]!.is === 'other')
  const where = nodes.find(({ places }) =>
    places.some(({ place, match }) => place === 'server/token' && match?.is === 'other'),
  )
  if (!isOther || where === undefined) return []
  return [
    {
      rule: 'rotated-by-hand',
      severity: 'error',
      message: `its token was rotated by hand (\`k3s token rotate\`), as it seems on ${where.name}`,
      hint: `bring it home before anything is restarted: the line of server/token on ${where.name} into \`k3s-vars token import CLUSTER --stdin --replace --offline\`; then let the role write it everywhere, and restart the servers one after another`,
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
