import type { ClusterConfig } from '../config/config.js'
import { ConfigError } from '../errors.js'
import type { Side } from '../role/profile.js'

/** The names of a cluster's groups: the group of all its hosts, its servers, its agents. */
export type GroupNames = Readonly<Record<Side, string>>

export const SIDES: readonly Side[] = ['cluster', 'server', 'agent']

/**
 * The group names of each cluster, in order. A cluster alone has the role's own names; several get names made from theirs
 * (`prod`, `prod_server`, `prod_agent`), so that the variables of one never reach the hosts of another. The `groups`
 * option beats both.
 * @throws ConfigError `K3SV_CONFIG_COMBINATION` when two clusters end with the same group name
 */
export function nameGroups(clusters: readonly ClusterConfig[]): readonly GroupNames[] {
  const names = clusters.map((cluster) => ({
    ...(clusters.length === 1 ? cluster.role.groups : ownGroups(cluster)),
    ...cluster.groups,
  }))
  const owners = new Map<string, string>()
  names.forEach((groups, index) => {
    const cluster = clusters[index]!
    for (const side of SIDES) claim(owners, groups[side], cluster)
  })
  return names
}

function ownGroups({ name }: ClusterConfig): GroupNames {
  // Ansible warns about group names with a dash (TRANSFORM_INVALID_GROUP_CHARS).
  const base = name.replaceAll('-', '_')
  return { cluster: base, server: `${base}_server`, agent: `${base}_agent` }
}

function claim(owners: Map<string, string>, group: string, cluster: ClusterConfig): void {
  const owner = owners.get(group)
  if (owner !== undefined && owner !== cluster.name) {
    throw new ConfigError(
      'K3SV_CONFIG_COMBINATION',
      `clusters ${owner} and ${cluster.name} would share the group ${group}`,
      { place: cluster.place, hint: 'give one of them names of its own with `groups`' },
    )
  }
  owners.set(group, cluster.name)
}
