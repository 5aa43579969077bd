// Whether a key `token` is one of K3s' configuration, or a variable of a role: by the keys beside it and the blocks around it, because
// other programs have a key of that name, too.
import type { YamlValue } from '../../ansible-files/vars-file/yaml-values.js'
import { CONFIG_KEYS } from '../../role/token-names.js'
import type { FileTraits } from '../file-traits.js'
import type { Siblings } from '../read/siblings.js'
import type { FormId } from './forms.js'
import { isClusterName, isInBlock } from './names.js'

/** Options of K3s and RKE2 that no other program has. */
const OF_K3S =
  /^(?:cluster-init|tls-san|node-(?:ip|name|label|taint|external-ip)|disable|flannel-[\w-]+|write-kubeconfig[\w-]*|(?:cluster|service)-cidr|cluster-d(?:ns|omain)|datastore-[\w-]+|kube[\w-]*-arg|secrets-encryption|snapshotter|etcd-[\w-]+|agent-token|token-file|embedded-registry)$/
const SERVER = /^https:\/\/[^\s/]{1,200}:(?:6443|9345|443|8443)\/?$/
/** What settings of other programs have beside a token. */
const OF_OTHERS =
  /^(?:org(?:anization)?|api_?(?:url|version)?|url|base_?url|endpoint|channel|chat_?id|bot|user(?:name)?|user_?key|project|repo(?:sitory)?|webhook|account|workspace|tenant|bucket|client_?id|app_?id|provider|uses|with|webhooks?)$/i
const HOLDERS = /^(?:vars|set_fact|ansible\.builtin\.set_fact)$/

/** The form of a generic key by what is around it; undefined: it may be anything. */
export function roleOfKey(
  names: readonly string[],
  value: YamlValue,
  siblings: Siblings,
  traits: FileTraits,
): FormId | undefined {
  const name = names.at(-1) ?? ''
  if (!CONFIG_KEYS.has(name)) return undefined
  const keys = siblings.keysBeside(value)
  const server = siblings.beside(value, 'server')?.text ?? ''
  if (names.length === 1 && isDistribution(value, siblings)) return 'config-key'
  const isConfig = keys.some((key) => OF_K3S.test(key)) || SERVER.test(server)
  if (traits.isK3sConfig || (isConfig && names.length <= 2)) return 'config-key'
  if (isOfCluster(value, siblings)) return 'block-key'
  if (isOfK3s(value, siblings) && isInBlock(['k3s', ...names.slice(0, -1)], name))
    return 'block-key'
  const parent = names.at(-2) ?? ''
  if (names.length > 1) {
    const isHost = names.at(-3) === 'hosts' || HOLDERS.test(parent)
    return isHost || isInBlock(names.slice(0, -1), name) ? 'role-variable' : undefined
  }
  const isManifest =
    siblings.top(value, 'apiVersion') !== undefined && siblings.top(value, 'kind') !== undefined
  if (isManifest || typeof value.path[0] === 'number') return undefined
  return traits.isVars || traits.isInventory || !keys.some((key) => OF_OTHERS.test(key))
    ? 'role-variable'
    : undefined
}

/** Whether what stands beside it says that it is a cluster of K3s: `type: k3s`, or its name and its server. */
function isOfCluster(value: YamlValue, { beside }: Siblings): boolean {
  const kinds = ['type', 'kind', 'distribution', 'distro', 'flavor', 'engine']
  if (kinds.some((key) => /^(?:k3s|rke2)$/i.test(beside(value, key)?.text ?? ''))) return true
  const address = ['server', 'url', 'endpoint', 'api'].map((key) => beside(value, key)?.text ?? '')
  return isClusterName(beside(value, 'name')?.text ?? '') && address.some((one) => SERVER.test(one))
}

/** A resource of an operator of K3s', told by its kind. */
function isOfK3s(value: YamlValue, { top }: Siblings): boolean {
  return /k3s|rke2|k3k|kthrees/i.test(
    `${top(value, 'apiVersion') ?? ''} ${top(value, 'kind') ?? ''}`,
  )
}

/** Files with a token at their top that are not K3s' own: k3d, Harvester, rancherd. */
function isDistribution(value: YamlValue, { top }: Siblings): boolean {
  const version = top(value, 'apiVersion') ?? ''
  if (version.startsWith('k3d.io/')) return top(value, 'kind') === 'Simple'
  return top(value, 'scheme_version') !== undefined
}
