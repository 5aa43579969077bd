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
 * @throws ConfigError `K3SV_CONFIG_COMBINATION` when a group would belong to two clusters or to two sides
 */
export function nameGroups(clusters: readonly ClusterConfig[]): readonly GroupNames[] {
  const names = clusters.map((cluster) => ({
    ...(clusters.length === 1 ? cluster.role.groups : ownGroups(cluster)),
    ...cluster.groups,
  }))
  const owners = new Map<string, Owner>()
  names.forEach((groups, index) => {
    const cluster = clusters[index]!
    for (const side of SIDES) claim(owners, groups[side], { cluster, side })
  })
  for (const cluster of clusters) requireRoleGroups(owners, cluster)
  return names
}

function ownGroups({ name }: ClusterConfig): GroupNames {
  // Ansible warns about group names with a dash (TRANSFORM_INVALID_GROUP_CHARS).
  const base = name.replaceAll('-', '_')
  return { cluster: base, server: `${base}_server`, agent: `${base}_agent` }
}

/** Whose variables a group has. */
interface Owner {
  readonly cluster: ClusterConfig
  readonly side: Side
}

function claim(owners: Map<string, Owner>, group: string, owner: Owner): void {
  const former = owners.get(group)
  if (former !== undefined) throw shared(group, former, owner)
  owners.set(group, owner)
}

/** A group of the role's stands above those of all its clusters, so it must be no cluster's own, but for the same side of one alone. */
function requireRoleGroups(owners: ReadonlyMap<string, Owner>, cluster: ClusterConfig): void {
  for (const side of SIDES) {
    const group = cluster.role.groups[side]
    const owner = owners.get(group)
    if (owner === undefined || (owner.cluster === cluster && owner.side === side)) continue
    throw shared(group, owner, { cluster, side })
  }
}

const WORDS = { cluster: 'hosts', server: 'servers', agent: 'agents' } as const

function shared(group: string, one: Owner, other: Owner): ConfigError {
  const name = ({ cluster, side }: Owner): string => `the ${WORDS[side]} of ${cluster.name}`
  return new ConfigError(
    'K3SV_CONFIG_COMBINATION',
    `${name(one)} and ${name(other)} would share the group ${group}`,
    {
      location: other.cluster.location,
      hint: 'give one of them a name of its own with `groups`, or rename the cluster',
    },
  )
}
