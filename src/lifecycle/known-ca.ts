// The CA that a cluster is known by, for tokens in the secure form. A wrong one would keep nodes out, or, put there by somebody
// who wants that, lead them to his own cluster; so only a document that is bound is believed.
import type { ClusterConfig } from '../config/config.js'
import { activeTokens } from '../document/active.js'
import type { ClusterDocument } from '../document/document.js'
import { ClusterError } from '../errors.js'
import type { StoredCluster } from './open.js'

/** The hash of the only CA of a document whose tokens were opened, and with them its binding; undefined where that is not certain. */
export function certainCa(document: ClusterDocument): string | undefined {
  const [known, ...others] = document.ca
  const isBound = activeTokens(document).binding !== undefined
  return isBound && others.length === 0 ? known?.hash : undefined
}

/**
 * As {@link certainCa}, for a cluster that cannot do without.
 * @throws ClusterError `K3SV_CLUSTER_CA`
 */
export function requireCa({ cluster, document }: StoredCluster): string {
  const hash = certainCa(document)
  if (hash !== undefined) return hash
  const { name } = cluster
  if (document.ca.length === 0) throw noCa(cluster)
  throw document.ca.length > 1
    ? refuse(
        cluster,
        `several CAs of cluster ${name} are known, and a token can name one`,
        `say which one its servers have now: k3s-vars verify ${name} --pin`,
      )
    : refuse(
        cluster,
        `the CA of cluster ${name} stands in a document that is not bound, so anybody may have put it there`,
        `look at it, then bind it: k3s-vars token bind ${name}`,
      )
}

/** Where no CA is known, or, before there is a token, can be. */
export function noCa(cluster: ClusterConfig): ClusterError {
  const { name } = cluster
  return refuse(
    cluster,
    `no CA of cluster ${name} is known, and its tokens are to be in the secure form`,
    `a cluster that runs: k3s-vars verify ${name} --pin; a new one: k3s-vars token new ${name}, then k3s-vars ca new ${name}`,
  )
}

function refuse({ location }: ClusterConfig, message: string, hint: string): ClusterError {
  return new ClusterError('K3SV_CLUSTER_CA', message, { location, hint })
}
