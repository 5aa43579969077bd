// Hosts that another source puts into the groups of two clusters; of hosts in our own configuration the loader takes care.
import type { ClusterConfig } from '../../config/config.js'
import type { GroupNames } from '../../inventory/groups.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import type { CheckFinding } from './finding.js'
import type { HostVariables } from '../../ansible-play/host-variables.js'

export interface Membership {
  readonly cluster: ClusterConfig
  readonly groups: GroupNames
  /** As far as they could be opened. */
  readonly tokens: Readonly<Partial<Record<TokenKind, Secret>>>
}

/** One finding for each two clusters with a host in common, unless they are known to have the same server token. */
export function checkSharedHosts(
  members: readonly Membership[],
  hosts: HostVariables,
): CheckFinding[] {
  const first = new Map<string, Membership>()
  const found = new Map<string, CheckFinding>()
  for (const member of members) {
    for (const host of hostsOf(member, hosts)) {
      const other = first.get(host)
      if (other === undefined) first.set(host, member)
      else if (!haveOneToken(other, member)) {
        const pair = `${other.cluster.name} ${member.cluster.name}`
        if (!found.has(pair)) found.set(pair, twoTokens(host, other, member))
      }
    }
  }
  return [...found.values()]
}

function hostsOf({ groups }: Membership, hosts: HostVariables): ReadonlySet<string> {
  return new Set(
    [groups.cluster, groups.server, groups.agent].flatMap((group) => [...hosts.hostsOf(group)]),
  )
}

function haveOneToken({ tokens: one }: Membership, { tokens: other }: Membership): boolean {
  return one.server !== undefined && other.server !== undefined && one.server.equals(other.server)
}

function twoTokens(host: string, one: Membership, other: Membership): CheckFinding {
  return {
    rule: 'host-in-two-clusters',
    severity: 'error',
    cluster: other.cluster.name,
    message: `${host} is in the groups of ${one.cluster.name}, too, which has another token`,
    place: other.cluster.location,
    hint: `take it out of ${one.groups.cluster} or out of ${other.groups.cluster} in your inventory`,
  }
}
