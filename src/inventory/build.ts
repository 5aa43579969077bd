// The JSON that Ansible gets. Begin here: this is the whole inventory. groups.ts names the groups, variables.ts puts a token into
// the variables that a role reads, plugin-document.ts is the form for our Python plugins. Pure.
//
// House rules: the shape is what every ansible-core from 2.15 on accepts without a word: `_meta.hostvars` always, groups as
// objects, hosts and children as lists. A malformed one would make Ansible print the group with the token in it.
import type { ClusterConfig, Variables } from '../config/config.js'
import { nameGroups, SIDES } from './groups.js'
import type { GroupNames } from './groups.js'
import {
  hostTokenVariables,
  needsTokens,
  newMap,
  roleSettings,
  tokenVariables,
} from './variables.js'
import type { ClusterHost, EmittedTokens, VariableMap } from './variables.js'

/** A cluster with the tokens that it hands out. */
export interface ClusterTokens {
  readonly cluster: ClusterConfig
  readonly tokens: EmittedTokens
}

interface Group {
  hosts?: string[]
  vars?: VariableMap
  /** A set: with thousands of clusters, a search through a list for each one would take longer than all the rest. */
  children?: Set<string>
}

/** The answer to `--list`, ready for `JSON.stringify`. */
export type Inventory = Record<string, unknown>

/**
 * The inventory of all clusters.
 * @throws ConfigError when two clusters end with the same group name
 */
export function buildInventory(clusterTokens: readonly ClusterTokens[]): Inventory {
  const names = nameGroups(clusterTokens.map(({ cluster }) => cluster))
  const groups = newMap() as Record<string, Group>
  const hostvars = newMap() as Record<string, VariableMap>
  clusterTokens.forEach(({ cluster, tokens }, index) => {
    const own = names[index]!
    const carried = tokenVariables(cluster, tokens)
    for (const side of SIDES) {
      const isHandedToGroup = cluster.level === 'group'
      mergeVars(groups, own[side], {
        ...roleSettings(cluster, side),
        ...(side === 'cluster' && cluster.vars),
        ...(isHandedToGroup && carried[side]),
      })
    }
    addParents(groups, cluster, own)
    if (cluster.hosts !== undefined) addHosts(groups, hostvars, { cluster, tokens, own })
  })
  const inventory = newMap()
  for (const [name, { children, ...group }] of Object.entries(groups)) {
    inventory[name] = children === undefined ? group : { ...group, children: [...children] }
  }
  return Object.assign(inventory, { _meta: { hostvars } })
}

/**
 * The answer to `--host NAME`: the host's own variables, and its tokens where they are handed out by host. Empty for a host
 * that is not ours.
 * @param tokensOf opens the tokens of the cluster that the host belongs to
 */
export async function buildHost(
  clusters: readonly ClusterConfig[],
  host: string,
  tokensOf: (cluster: ClusterConfig) => Promise<EmittedTokens>,
): Promise<VariableMap> {
  for (const cluster of clusters) {
    for (const side of ['server', 'agent'] as const) {
      const hosts = cluster.hosts?.[side] ?? {}
      if (!Object.hasOwn(hosts, host)) continue
      const own = hosts[host]!
      if (!needsTokens(cluster, { side, own })) return Object.assign(newMap(), own)
      return hostVariables({ cluster, tokens: await tokensOf(cluster) }, { side, own })
    }
  }
  return newMap()
}

function hostVariables({ cluster, tokens }: ClusterTokens, host: ClusterHost): VariableMap {
  return Object.assign(newMap(), host.own, hostTokenVariables(cluster, tokens, host))
}

/**
 * The role's groups stand above those of a cluster that has names of its own. Without hosts of ours a cluster alone is left
 * as it is: the user's inventory has the role's groups already.
 */
function addParents(
  groups: Record<string, Group>,
  { role, hosts }: ClusterConfig,
  own: GroupNames,
): void {
  if (hosts === undefined && own.cluster === role.groups.cluster) return
  addChild(groups, own.cluster, own.server)
  addChild(groups, own.cluster, own.agent)
  for (const side of ['server', 'agent'] as const) {
    addChild(groups, role.groups.cluster, role.groups[side])
    addChild(groups, role.groups[side], own[side])
  }
  addChild(groups, role.groups.cluster, own.cluster)
}

function addHosts(
  groups: Record<string, Group>,
  hostvars: Record<string, VariableMap>,
  { own, ...emitted }: ClusterTokens & { readonly own: GroupNames },
): void {
  for (const side of ['server', 'agent'] as const) {
    const hosts = emitted.cluster.hosts![side]
    groupOf(groups, own[side]).hosts = Object.keys(hosts)
    for (const [host, variables] of Object.entries(hosts)) {
      const all = hostVariables(emitted, { side, own: variables })
      if (Object.keys(all).length > 0) hostvars[host] = all
    }
  }
}

function groupOf(groups: Record<string, Group>, name: string): Group {
  return (groups[name] ??= {})
}

function addChild(groups: Record<string, Group>, parent: string, child: string): void {
  if (parent === child) return
  const group = groupOf(groups, parent)
  group.children ??= new Set()
  group.children.add(child)
}

function mergeVars(groups: Record<string, Group>, name: string, variables: Variables): void {
  if (Object.keys(variables).length === 0) return
  const group = groupOf(groups, name)
  group.vars = Object.assign(group.vars ?? newMap(), variables)
}
