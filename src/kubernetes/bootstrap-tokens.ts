// Bootstrap tokens in a cluster: Secrets in kube-system of exactly the shape that `k3s token create` makes (pkg/kubeadm), measured
// on K3s v1.36.3.
import { ClusterError } from '../errors.js'
import type { Secret } from '../secret.js'
import { isMapping } from '../yaml/mapping.js'
import { objectIn, refusalOf } from './api.js'
import type { Api } from './api.js'

const PATH = '/api/v1/namespaces/kube-system/secrets'
const TYPE = 'bootstrap.kubernetes.io/token'
const PREFIX = 'bootstrap-token-'

/** The group that K3s gives to agents; one that does not begin like it is accepted by the API and authenticates nobody. */
export const DEFAULT_GROUP = 'system:bootstrappers:k3s:default-node-token'
/** Kubernetes, cluster-bootstrap/token/api. */
export const GROUP_PATTERN = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/

export interface NewBootstrapToken {
  readonly id: string
  readonly secret: Secret
  readonly expires: Date
  readonly description: string
  readonly groups: readonly string[]
}

/** What may be told of a bootstrap token; its secret is not here. */
export interface BootstrapToken {
  readonly id: string
  /** RFC 3339; null: it never does. */
  readonly expires: string | null
  readonly description: string
  readonly groups: readonly string[]
  /** Whether a node can join with it: a usage that its maker can leave out. */
  readonly authenticates: boolean
}

/** @throws ClusterError `K3SV_CLUSTER_API` */
export async function createBootstrapToken(api: Api, token: NewBootstrapToken): Promise<void> {
  const { id, secret, expires, description, groups } = token
  const texts = {
    'token-id': id,
    'token-secret': secret.reveal(),
    expiration: timestamp(expires),
    'usage-bootstrap-authentication': 'true',
    'usage-bootstrap-signing': 'true',
    'auth-extra-groups': groups.join(','),
    description,
  }
  const data = Object.entries(texts).map(([key, text]) => [
    key,
    Buffer.from(text).toString('base64'),
  ])
  const answer = await api.ask('POST', PATH, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `${PREFIX}${id}`, namespace: 'kube-system' },
    type: TYPE,
    data: Object.fromEntries(data) as Record<string, string>,
  })
  if (answer.status !== 201) throw refusalOf(answer, api, 'make a bootstrap token')
}

/** @throws ClusterError `K3SV_CLUSTER_API` */
export async function listBootstrapTokens(api: Api): Promise<readonly BootstrapToken[]> {
  const selector = encodeURIComponent(`type=${TYPE}`)
  const answer = await api.ask('GET', `${PATH}?fieldSelector=${selector}`)
  const items = objectIn(answer)?.['items']
  if (answer.status !== 200 || !Array.isArray(items))
    throw refusalOf(answer, api, 'list the bootstrap tokens')
  return items.flatMap(readToken)
}

function readToken(item: unknown): BootstrapToken[] {
  if (!isMapping(item) || !isMapping(item['data'])) return []
  const data = item['data']
  const text = (key: string): string => {
    const value = data[key]
    return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : ''
  }
  const groups = text('auth-extra-groups')
    .split(',')
    .filter((group) => group !== '')
  return [
    {
      id: text('token-id'),
      expires: text('expiration') === '' ? null : text('expiration'),
      description: text('description'),
      groups,
      authenticates:
        text('usage-bootstrap-authentication') === 'true' &&
        groups.every((group) => GROUP_PATTERN.test(group)),
    },
  ]
}

/**
 * Deletes the bootstrap token of an id; agents that have joined with it stay.
 * @throws ClusterError `K3SV_CLUSTER_API`, also where there is none
 */
export async function deleteBootstrapToken(api: Api, id: string): Promise<void> {
  const answer = await api.ask('DELETE', `${PATH}/${PREFIX}${id}`)
  if (answer.status === 200 || answer.status === 202) return
  if (answer.status !== 404) throw refusalOf(answer, api, 'delete a bootstrap token')
  throw new ClusterError('K3SV_CLUSTER_API', 'there is no bootstrap token of this id', {
    hint: 'k3s-vars bootstrap list shows those that there are; an expired one goes by itself',
  })
}

function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}
