// Where the servers of a cluster answer: what is known of a host becomes URLs to ask.
import type { ClusterConfig } from '../config/config.js'
import type { RoleId } from '../role/profile.js'

/** The programs that have a supervisor; its paths begin with their name. */
export type Program = 'k3s' | 'rke2'

/** What K3s and RKE2 give to everybody: the certificates of their CA. */
export const CA_PATH = '/cacerts'

/** The port of the supervisor. Source: docs.k3s.io and docs.rke2.io, installation/requirements. */
const PORTS: Readonly<Record<Program, number>> = { k3s: 6443, rke2: 9345 }

const RKE2_ROLES: readonly RoleId[] = ['rke2-ansible', 'lablabs']

/** What the cluster's role installs; K3s where a role of the user's own does not tell. */
export function programOf({ role }: ClusterConfig): Program {
  return RKE2_ROLES.includes(role.id) ? 'rke2' : 'k3s'
}

/** The variables of a host that decide where it is asked. */
export const ADDRESS_VARIABLES = ['ansible_host', 'ansible_connection', 'api_port'] as const

/** A server: its name in the inventory, and as many of {@link ADDRESS_VARIABLES} as it has. */
export interface ServerHost {
  readonly name: string
  readonly variables: Readonly<Record<string, unknown>>
}

export interface Endpoints {
  /** `https://HOST:PORT`, each once. */
  readonly urls: readonly string[]
  /** Hosts whose address or port nobody but Ansible can tell, because a template stands there. */
  readonly unaddressed: readonly string[]
}

/**
 * Where the cluster's servers would answer: `endpoint`, `api_endpoint`, and the hosts of the configuration.
 * @param others servers that another inventory has
 */
export function serverEndpoints(
  cluster: ClusterConfig,
  others: readonly ServerHost[] = [],
): Endpoints {
  const { endpoints, vars } = cluster
  const ports = portsOf(cluster, vars['api_port'])
  const urls: string[] = []
  const unaddressed: string[] = []
  for (const endpoint of endpoints) {
    const found = urlsOf(endpoint, ports)
    if (found === undefined) unaddressed.push(endpoint)
    else urls.push(...found)
  }
  // The role's own samples have a template there, which comes to the first server.
  const apiEndpoint = addressIn(vars['api_endpoint'])
  if (apiEndpoint !== undefined) urls.push(...urlsAt(apiEndpoint, ports ?? []))
  for (const { name, variables } of [...ownServers(cluster), ...others]) {
    const all = { ...vars, ...variables }
    const address = addressOf(name, all)
    const hostPorts = portsOf(cluster, all['api_port'])
    if (address === undefined || hostPorts === undefined) unaddressed.push(name)
    else urls.push(...urlsAt(address, hostPorts))
  }
  return { urls: [...new Set(urls)], unaddressed }
}

function ownServers({ hosts }: ClusterConfig): readonly ServerHost[] {
  return Object.entries(hosts?.server ?? {}).map(([name, variables]) => ({ name, variables }))
}

function addressOf(name: string, variables: ServerHost['variables']): string | undefined {
  if (textOf(variables['ansible_connection']) === 'local') return '127.0.0.1'
  return addressIn(variables['ansible_host'] ?? name)
}

/** A host name or an address; undefined for a template, and what else is none. */
function addressIn(value: unknown): string | undefined {
  const text = textOf(value)?.trim()
  if (text === undefined) return undefined
  return isIpv6(text) || /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(text) ? text : undefined
}

function isIpv6(text: string): boolean {
  return process.getBuiltinModule('node:net').isIPv6(text) && !text.includes('%')
}

/** Also of a text in Ansible's JSON form that is not to be evaluated. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return undefined
  const { __ansible_unsafe: unsafe } = value as Readonly<Record<string, unknown>>
  return typeof unsafe === 'string' ? unsafe : undefined
}

/** More than one where the role does not tell what it installs; undefined where a template says it. */
function portsOf(cluster: ClusterConfig, given: unknown): readonly number[] | undefined {
  if (given === undefined || given === null) {
    return cluster.role.id === 'custom' ? Object.values(PORTS) : [PORTS[programOf(cluster)]]
  }
  const port = Number(textOf(given) ?? given)
  return Number.isInteger(port) && port > 0 && port < 65_536 ? [port] : undefined
}

/** Undefined where the port is left to a template. */
function urlsOf(
  endpoint: string,
  ports: readonly number[] | undefined,
): readonly string[] | undefined {
  const bare = endpoint.replace(/^https:\/\//, '').replace(/\/$/, '')
  const [, bracketed, name = bare, port] = isIpv6(bare)
    ? []
    : (/^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(bare) ?? [])
  const all = port === undefined ? ports : [Number(port)]
  return all && urlsAt(bracketed ?? name, all)
}

function urlsAt(address: string, ports: readonly number[]): readonly string[] {
  const host = address.includes(':') ? `[${address}]` : address
  return ports.map((port) => `https://${host}:${port}`)
}
