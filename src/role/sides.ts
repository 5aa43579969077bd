// Which hosts of an inventory are a cluster's servers, and which its agents.
import type { RoleId, Side } from './profile.js'
import { PROJECTS } from './projects.js'
import { isMarked } from './recognize.js'
import type { InventoryView } from './recognize.js'

export type JoiningSides = Readonly<Record<Exclude<Side, 'cluster'>, readonly string[]>>

/**
 * The hosts of the groups; for a role that asks for no names of groups, where none of them has a host, those of the cluster's
 * group, told apart by the role's own mark. Where no host has it, each may be a server.
 */
export function sidesOf(
  role: RoleId,
  groups: Readonly<Record<Side, string>>,
  view: Pick<InventoryView, 'hostsOf' | 'valueOf'>,
): JoiningSides {
  const server = [...view.hostsOf(groups.server)]
  const agent = [...view.hostsOf(groups.agent)]
  const mark = PROJECTS[role].signs?.serverMark
  if (mark === undefined || server.length + agent.length > 0) return { server, agent }
  const members = [...view.hostsOf(groups.cluster)]
  const marked = members.filter((host) => isMarked(view.valueOf(host, mark.name), mark.value))
  if (marked.length === 0) return { server: members, agent: [] }
  return { server: marked, agent: members.filter((host) => !marked.includes(host)) }
}
