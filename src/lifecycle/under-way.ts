// While K3s is being keyed anew nobody gets a token: a role that ran meanwhile would restart a server with one that it cannot use, and a
// server that joins would stay behind as a dead member of etcd.
import type { ClusterConfig } from '../config/config.js'
import type { ClusterDocument, PendingTokens } from '../document/document.js'
import { ClusterError } from '../errors.js'
import { ROTATION_VARIABLE } from '../inventory/variables.js'

/** The rotation because of which a document's tokens are handed to nobody; undefined: they are. */
export function rotationUnderWay({ phase, pending }: ClusterDocument): PendingTokens | undefined {
  return phase === 'rotating' || phase === 'rotated' ? (pending ?? undefined) : undefined
}

/** @throws ClusterError `K3SV_ROTATION_UNDER_WAY` */
export function refuseUnderWay(cluster: ClusterConfig, document: ClusterDocument): void {
  const pending = rotationUnderWay(document)
  if (pending === undefined) return
  const { name, location } = cluster
  const by = pending.record === undefined ? '' : ` by ${pending.record.by}`
  throw new ClusterError(
    'K3SV_ROTATION_UNDER_WAY',
    `the token of cluster ${name} is being rotated: phase ${document.phase}, begun ${pending.created}${by}`,
    {
      location,
      hint: `go on with it: k3s-vars rotate ${name} -i INVENTORY; or as a play: ${ROTATION_VARIABLE}=${pending.rotation} ansible-playbook k3s_vars.token.rotate -i INVENTORY -e k3s_vars_cluster=${name}`,
    },
  )
}
