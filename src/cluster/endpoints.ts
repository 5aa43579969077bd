import type { ClusterConfig } from '../config/config.js'
import type { RoleId } from '../role/profile.js'

/** The programs that have a supervisor; its paths begin with their name. */
export type Program = 'k3s' | 'rke2'

/** The port of the supervisor. Source: docs.k3s.io and docs.rke2.io, installation/requirements. */
const PORTS: Readonly<Record<Program, number>> = { k3s: 6443, rke2: 9345 }

const RKE2_ROLES: readonly RoleId[] = ['rke2-ansible', 'lablabs']

/** What the cluster's role installs. */
export function programOf({ role }: ClusterConfig): Program {
  return RKE2_ROLES.includes(role.id) ? 'rke2' : 'k3s'
}

/**
 * The `https://` URLs at which the cluster's servers would answer, from its host names, `ansible_host`, `api_endpoint` and
 * `api_port`. Empty where the hosts are not ours to know; a value with a template in it is left out.
 */
export function serverEndpoints(cluster: ClusterConfig): readonly string[] {
  const port = portOf(cluster)
  const hosts = Object.entries(cluster.hosts?.server ?? {}).map(
    ([name, variables]) => variables['ansible_host'] ?? name,
  )
  const names = [cluster.vars['api_endpoint'], ...hosts].filter(isAddress)
  return [...new Set(names)].map(
    (name) => `https://${name.includes(':') ? `[${name}]` : name}:${port}`,
  )
}

function portOf(cluster: ClusterConfig): number {
  const port = Number(cluster.vars['api_port'])
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : PORTS[programOf(cluster)]
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9.:_-]*$/.test(value)
}
