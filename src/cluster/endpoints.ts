import type { ClusterConfig, Variables } from '../config/config.js'

/** K3s's supervisor and API port. Source: docs.k3s.io/installation/requirements. */
const DEFAULT_PORT = 6443

/**
 * The `https://` URLs at which the cluster's servers would answer, from its host names, `ansible_host`, `api_endpoint` and
 * `api_port`. Empty where the hosts are not ours to know; a value with a template in it is left out.
 */
export function serverEndpoints(cluster: ClusterConfig): readonly string[] {
  const port = portOf(cluster.vars)
  const hosts = Object.entries(cluster.hosts?.server ?? {}).map(
    ([name, variables]) => variables['ansible_host'] ?? name,
  )
  const names = [cluster.vars['api_endpoint'], ...hosts].filter(isAddress)
  return [...new Set(names)].map(
    (name) => `https://${name.includes(':') ? `[${name}]` : name}:${port}`,
  )
}

function portOf(variables: Variables): number {
  const port = Number(variables['api_port'])
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : DEFAULT_PORT
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9.:_-]*$/.test(value)
}
