// A cluster whose groups have no host: the play would run on nobody, and end well.
import type { HostVariables } from '../../ansible-play/host-variables.js'
import { PROJECTS } from '../../role/projects.js'
import { recognizeRoles } from '../../role/recognize.js'
import type { RoleFit } from '../../role/recognize.js'
import { listNames } from './expectation.js'
import type { Expectation, JoiningSide } from './expectation.js'
import type { CheckFinding } from './finding.js'

/** What is wrong where a cluster has no hosts, or no servers: which groups there are, and whose they look like. */
export function checkGroups(
  { cluster, groups }: Expectation,
  { server, agent }: Readonly<Record<JoiningSide, readonly string[]>>,
  hosts: HostVariables,
): CheckFinding[] {
  if (server.length > 0) return []
  const view = hosts.view()
  const there = view.groups.filter((group) => view.hostsOf(group).size > 0)
  const isEmpty = agent.length === 0
  const where = isEmpty ? `groups ${groups.server} and ${groups.agent}` : `group ${groups.server}`
  return [
    {
      rule: isEmpty ? 'no-hosts' : 'no-servers',
      severity: isEmpty ? 'error' : 'warn',
      cluster: cluster.name,
      message: `no host is in the ${where}; ${inventoryHas(there, view.hosts.length)}`,
      place: cluster.location,
      hint: hintFor({ cluster, groups }, recognizeRoles(view)),
    },
  ]
}

function inventoryHas(groups: readonly string[], hosts: number): string {
  if (hosts === 0) return 'the play sees no host at all'
  if (groups.length === 0) return 'the play sees hosts without any group'
  return `the play sees hosts in ${listNames(groups)}`
}

function hintFor(
  { cluster: { role }, groups }: Pick<Expectation, 'cluster' | 'groups'>,
  fits: readonly RoleFit[],
): string {
  const declare =
    'name the inventory with -i as for the play, or declare hosts in the configuration'
  const [fit, ...more] = fits
  if (fit === undefined || more.length > 0 || fit.groupsFit === 'none') return declare
  const named = `groups: { cluster: ${fit.groups.cluster}, server: ${fit.groups.server}, agent: ${fit.groups.agent} }`
  if (fit.role === role.id) {
    const isSame = fit.groups.server === groups.server && fit.groups.agent === groups.agent
    return isSame ? declare : `give the cluster the groups of the inventory: ${named}`
  }
  return `these are the groups of ${PROJECTS[fit.role].title}: set role: ${fit.role}, or give the cluster ${named}`
}
