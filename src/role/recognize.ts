// Which role an inventory is made for, told by the names of its groups and variables.
import { ROLE_PROFILES } from './profiles.js'
import { PROJECTS } from './projects.js'
import type { KnownRole, RoleSigns, Side } from './profile.js'

/** An inventory, as far as a role shows in it. */
export interface InventoryView {
  /** Every group but `all` and `ungrouped`. */
  readonly groups: readonly string[]
  readonly hosts: readonly string[]
  /** The hosts of a group and of those below it; empty for one that does not exist. */
  readonly hostsOf: (group: string) => ReadonlySet<string>
  /** What a host ends with; undefined: it has no such variable. */
  readonly valueOf: (host: string, name: string) => unknown
}

/** A role, with what speaks for it. */
export interface RoleFit {
  readonly role: KnownRole
  /** The role's groups by the names that they have in this inventory, or the role's own where it has no such group. */
  readonly groups: Readonly<Record<Side, string>>
  /** `part`: the group of the whole cluster alone, which several roles have. */
  readonly groupsFit: 'all' | 'part' | 'none'
  /** The variables of this role alone that hosts have. */
  readonly variables: readonly string[]
}

const SIDES: readonly Side[] = ['cluster', 'server', 'agent']
const WEIGHTS = { all: 2, part: 1, none: 0 } as const
const VARIABLES_WEIGHT = 2

/** The roles that fit best: none, one, or several that fit equally well. */
export function recognizeRoles(view: InventoryView): readonly RoleFit[] {
  const fits = (Object.keys(ROLE_PROFILES) as KnownRole[]).map((role) => fitRole(role, view))
  const best = Math.max(...fits.map(weightOf))
  return best === 0 ? [] : fits.filter((fit) => weightOf(fit) === best)
}

/** How well one role fits. */
export function fitRole(role: KnownRole, view: InventoryView): RoleFit {
  const { signs } = PROJECTS[role]
  const groups = nameGroups(role, signs, view)
  const has = (side: Side): boolean => view.hostsOf(groups[side]).size > 0
  // A role without names of its own is recognised by the group of the whole cluster, but only just.
  const isPart = signs?.serverMark !== undefined && has('cluster')
  return {
    role,
    groups,
    groupsFit: has('server') && (has('cluster') || has('agent')) ? 'all' : isPart ? 'part' : 'none',
    variables: (signs?.variables ?? []).filter((name) =>
      view.hosts.some((host) => view.valueOf(host, name) !== undefined),
    ),
  }
}

function weightOf({ groupsFit, variables }: RoleFit): number {
  return WEIGHTS[groupsFit] + (variables.length > 0 ? VARIABLES_WEIGHT : 0)
}

function nameGroups(
  role: KnownRole,
  signs: RoleSigns | undefined,
  view: InventoryView,
): Record<Side, string> {
  const own = { ...ROLE_PROFILES[role].groups }
  for (const side of SIDES) own[side] = renamed(signs?.groupNames?.[side], view) ?? own[side]
  return signs?.serverMark === undefined ? own : nameByMark(own, signs.serverMark, view)
}

/** The value of a variable that has a name of a group, where it is plain text. */
function renamed(variable: string | undefined, view: InventoryView): string | undefined {
  if (variable === undefined) return undefined
  const values = view.hosts.map((host) => view.valueOf(host, variable))
  return values.find(
    (value): value is string => typeof value === 'string' && view.hostsOf(value).size > 0,
  )
}

/** Groups with other names are found by the hosts in them. */
function nameByMark(
  own: Readonly<Record<Side, string>>,
  mark: NonNullable<RoleSigns['serverMark']>,
  view: InventoryView,
): Record<Side, string> {
  const servers = view.hosts.filter((host) => isMarked(view.valueOf(host, mark.name), mark.value))
  if (servers.length === 0) return { ...own }
  const cluster = existing(own.cluster, view) ?? smallestAround(servers, view) ?? own.cluster
  const agents = [...view.hostsOf(cluster)].filter((host) => !servers.includes(host))
  // The group of the whole cluster is no side's own, also where all its hosts are servers.
  const others = view.groups.filter((group) => group !== cluster)
  return {
    cluster,
    server: existing(own.server, view) ?? exactly(servers, others, view) ?? own.server,
    agent: existing(own.agent, view) ?? exactly(agents, others, view) ?? own.agent,
  }
}

function existing(group: string, view: InventoryView): string | undefined {
  return view.hostsOf(group).size > 0 ? group : undefined
}

/** The smallest group that has more than the hosts, or else just them. */
function smallestAround(hosts: readonly string[], view: InventoryView): string | undefined {
  const sizeOf = (group: string): number => view.hostsOf(group).size
  const around = view.groups
    .filter((group) => hosts.every((host) => view.hostsOf(group).has(host)))
    .sort((a, b) => sizeOf(a) - sizeOf(b))
  return around.find((group) => sizeOf(group) > hosts.length) ?? around[0]
}

function exactly(
  hosts: readonly string[],
  groups: readonly string[],
  view: InventoryView,
): string | undefined {
  if (hosts.length === 0) return undefined
  return groups.find((group) => {
    const members = view.hostsOf(group)
    return members.size === hosts.length && hosts.every((host) => members.has(host))
  })
}

/** Whether a host's variable says what makes a server of it; an INI inventory gives `yes` as text. */
export function isMarked(value: unknown, mark: string | boolean): boolean {
  if (typeof mark === 'string') return value === mark
  return value === mark || (typeof value === 'string' && /^(?:true|yes|on|1)$/i.test(value))
}
