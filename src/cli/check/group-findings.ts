// A cluster whose groups have no host: the play would run on nobody, and end well.
import type { HostVariables } from '../../ansible-play/host-variables.js'
import { PROJECTS } from '../../role/projects.js'
import { recognizeRoles } from '../../role/recognize.js'
import type { RoleFit } from '../../role/recognize.js'
import { listNames } from './expectation.js'
import type { Expectation } from './expectation.js'
import type { CheckFinding } from './finding.js'

/** The finding for a cluster without hosts: which groups there are, and whose they look like. */
export function checkGroups({ cluster, groups }: Expectation, hosts: HostVariables): CheckFinding {
  const view = hosts.view()
  const there = view.groups.filter((group) => view.hostsOf(group).size > 0)
  const fits = recognizeRoles(view)
  return {
    rule: 'no-hosts',
    severity: 'error',
    cluster: cluster.name,
    message: `no host is in the groups ${groups.server} and ${groups.agent}; ${inventoryHas(there, view.hosts.length)}`,
    place: cluster.location,
    hint: hintFor({ cluster, groups }, fits),
  }
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
