// Bootstrap tokens of a cluster: with one an agent joins, and after a while nobody does. None is ever kept here. The cluster that the
// kubeconfig leads to has to be the one that the document knows, before anything is made in it.
import { hashOfCa } from '../cluster/ca-hash.js'
import { CA_PATH } from '../cluster/endpoints.js'
import type { ClusterConfig } from '../config/config.js'
import { ClusterError } from '../errors.js'
import type { Api } from '../kubernetes/api.js'
import {
  createBootstrapToken,
  DEFAULT_GROUP,
  deleteBootstrapToken,
} from '../kubernetes/bootstrap-tokens.js'
import type { Secret } from '../secret.js'
import { generateBootstrapToken } from '../token/bootstrap.js'
import { formatToken } from '../token/format.js'
import type { Lifecycle } from './lifecycle.js'
import { requireDocument } from './emit.js'

export interface NewBootstrap {
  readonly expires: Date
  readonly description: string
}

export interface MadeBootstrap {
  readonly id: string
  /** With the CA in front of it where one is known. */
  readonly token: Secret
  readonly isSecure: boolean
  /** Takes it away again, for whoever could not hand it on. */
  readonly undo: () => Promise<void>
}

/**
 * The CA by which the cluster behind an API is the one of the document; undefined where the document knows none, so that nobody
 * can tell.
 * @throws ClusterError `K3SV_CLUSTER_PIN` where it is another; StoreError `K3SV_STORE_ABSENT` without a document
 */
export async function requireSameCluster(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  api: Api,
): Promise<string | undefined> {
  const { ca } = await requireDocument(lifecycle, cluster)
  if (ca.length === 0) return undefined
  const now = lifecycle.now()
  const isKnown = (hash: string | undefined): boolean => ca.some((known) => known.hash === hash)
  // K3s' own kubeconfig has the very file that the hash is made of.
  const named = api.ca && hashOfCa(api.ca, now)
  if (isKnown(named)) return named
  const { status, body } = await api.askAnonymously(CA_PATH)
  const given = status === 200 ? hashOfCa(body, now) : undefined
  if (isKnown(given)) return given
  throw new ClusterError(
    'K3SV_CLUSTER_PIN',
    `the API of context ${api.context} has not the CA that cluster ${cluster.name} is known by; nothing was made`,
    {
      location: cluster.location,
      hint: "name the kubeconfig of this cluster with --kubeconfig or --context; behind a proxy, use K3s' own",
    },
  )
}

/**
 * Makes a bootstrap token in the cluster.
 * @throws as {@link requireSameCluster}; ClusterError `K3SV_CLUSTER_API`
 */
export async function makeBootstrap(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  { api, expires, description }: NewBootstrap & { readonly api: Api },
): Promise<MadeBootstrap> {
  const caHash = await requireSameCluster(lifecycle, cluster, api)
  const { credentials } = generateBootstrapToken(lifecycle.randomBytes)
  const { id, secret } = credentials
  await createBootstrapToken(api, { id, secret, expires, description, groups: [DEFAULT_GROUP] })
  const isSecure = caHash !== undefined
  return {
    id,
    token: formatToken(
      isSecure ? { format: 'secure', caHash, credentials } : { format: 'short', credentials },
    ),
    isSecure,
    undo: () => deleteBootstrapToken(api, id),
  }
}
