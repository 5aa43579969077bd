// House rules: the shape is what every ansible-core from 2.15 on accepts without a word: `_meta.hostvars` always, groups as
// objects, hosts and children as lists. A malformed one would make Ansible print the group with the token in it.
import type { ClusterConfig, Variables } from '../config/config.js'
import type { Side } from '../role/profile.js'
import { nameGroups, roleGroups, SIDES } from './groups.js'
import type { GroupNames } from './groups.js'
import { newMap, protectiveVariables, tokenVariables } from './variables.js'
import type { HandedTokens, VariableMap } from './variables.js'

/** A cluster with the tokens that it hands out. */
export interface Supply {
  readonly cluster: ClusterConfig
  readonly tokens: HandedTokens
}

interface Group {
  hosts?: string[]
  vars?: VariableMap
  children?: string[]
}

/** The answer to `--list`, ready for `JSON.stringify`. */
export type Inventory = Record<string, unknown>

/**
 * The inventory of all clusters.
 * @throws ConfigError when two clusters end with the same group name
 */
export function buildInventory(supplies: readonly Supply[]): Inventory {
  const names = nameGroups(supplies.map(({ cluster }) => cluster))
  const groups = newMap() as Record<string, Group>
  const hostvars = newMap() as Record<string, VariableMap>
  supplies.forEach(({ cluster, tokens }, index) => {
    const own = names[index]!
    const carried = tokenVariables(cluster, tokens)
    for (const side of SIDES) {
      const isHandedToGroup = cluster.level === 'group'
      mergeVars(groups, own[side], {
        ...protectiveVariables(cluster, side),
        ...(side === 'cluster' && cluster.vars),
        ...(isHandedToGroup && carried[side]),
      })
    }
    if (cluster.hosts !== undefined) addHosts(groups, hostvars, { cluster, own, carried })
  })
  return Object.assign(newMap(), groups, { _meta: { hostvars } })
}

/**
 * The answer to `--host NAME`: the host's own variables, and its tokens where they are handed out by host. Empty for a host
 * that is not ours.
 * @param tokensOf opens the tokens of the cluster that the host belongs to
 */
export async function buildHost(
  clusters: readonly ClusterConfig[],
  host: string,
  tokensOf: (cluster: ClusterConfig) => Promise<HandedTokens>,
): Promise<VariableMap> {
  for (const cluster of clusters) {
    for (const side of ['server', 'agent'] as const) {
      const hosts = cluster.hosts?.[side] ?? {}
      if (!Object.hasOwn(hosts, host)) continue
      const carried =
        cluster.level === 'host' ? tokenVariables(cluster, await tokensOf(cluster)) : undefined
      return hostVariables(hosts[host]!, side, carried)
    }
  }
  return newMap()
}

function hostVariables(
  own: Variables,
  side: Side,
  carried: Readonly<Record<Side, VariableMap>> | undefined,
): VariableMap {
  return Object.assign(newMap(), own, carried?.cluster, carried?.[side])
}

interface HostContext {
  readonly cluster: ClusterConfig
  readonly own: GroupNames
  readonly carried: Readonly<Record<Side, VariableMap>>
}

function addHosts(
  groups: Record<string, Group>,
  hostvars: Record<string, VariableMap>,
  { cluster, own, carried }: HostContext,
): void {
  const role = roleGroups(cluster)
  for (const side of ['server', 'agent'] as const) {
    const hosts = cluster.hosts![side]
    groupOf(groups, own[side]).hosts = Object.keys(hosts)
    addChild(groups, own.cluster, own[side])
    addChild(groups, role.cluster, role[side])
    addChild(groups, role[side], own[side])
    for (const [host, variables] of Object.entries(hosts)) {
      const all = hostVariables(variables, side, cluster.level === 'host' ? carried : undefined)
      if (Object.keys(all).length > 0) hostvars[host] = all
    }
  }
  addChild(groups, role.cluster, own.cluster)
}

function groupOf(groups: Record<string, Group>, name: string): Group {
  return (groups[name] ??= {})
}

function addChild(groups: Record<string, Group>, parent: string, child: string): void {
  if (parent === child) return
  const group = groupOf(groups, parent)
  if (!group.children?.includes(child)) group.children = [...(group.children ?? []), child]
}

function mergeVars(groups: Record<string, Group>, name: string, variables: Variables): void {
  if (Object.keys(variables).length === 0) return
  const group = groupOf(groups, name)
  group.vars = Object.assign(group.vars ?? newMap(), variables)
}
