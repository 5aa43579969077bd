// A token inside a dictionary or a YAML text shares its variable with the user's own settings, and Ansible replaces a variable
// as a whole (DEFAULT_HASH_BEHAVIOUR=replace): whichever source wins hides what the others say.
import type { Location } from '../../errors.js'
import { variablesAt, variablesOf } from '../../role/token-variables.js'
import { readYaml, YamlSyntaxError } from '../../yaml/read.js'
import { readIfThere } from '../files.js'
import type { CheckFinding } from './finding.js'
import type { Expectation } from './host-findings.js'
import type { HostVariables } from '../../ansible-play/host-variables.js'
import { partsAt } from '../../ansible-play/host-variables.js'
import { findVarsFiles } from './vars-files.js'

export interface Elsewhere {
  readonly hosts: HostVariables
  /** What the hosts would have without our source; undefined where there is no other source. */
  readonly others: HostVariables | undefined
  readonly sources: readonly string[]
  readonly playbookDir: string
}

/** One finding for each variable and place whose keys or lines no host gets to see. */
export function checkDictionaries(expectation: Expectation, elsewhere: Elsewhere): CheckFinding[] {
  const { cluster, groups } = expectation
  const found = new Map<string, CheckFinding>()
  const variables = variablesOf(cluster.role, cluster.agentToken)
  for (const side of ['server', 'agent'] as const) {
    const names = variablesAt(variables, side).filter(({ key }) => key !== undefined)
    if (names.length === 0) continue
    for (const host of elsewhere.hosts.hostsOf(groups[side])) {
      for (const { name } of names) {
        for (const place of hiddenPlaces(host, name, elsewhere)) {
          found.set(`${name} ${place?.file}`, hidden(expectation, name, place))
        }
      }
    }
  }
  return [...found.values()]
}

/** The places that say more of the variable than the host gets; undefined for an inventory source. */
function hiddenPlaces(
  host: string,
  name: string,
  { hosts, others, sources, playbookDir }: Elsewhere,
): (Location | undefined)[] {
  const parts = new Set(hosts.partsOf(host, name))
  // Where the token itself is missing, another finding says what has to be done.
  const isIncomplete = (said: readonly string[]): boolean => said.some((part) => !parts.has(part))
  const files = findVarsFiles({ host, groups: hosts.groupsOf(host), sources, playbookDir })
    .map((file) => ({ file, parts: partsOfFile(file, name) }))
    .filter((one) => isIncomplete(one.parts))
    .map(({ file }): Location => ({ file, key: name }))
  if (files.length > 0) return files
  return others !== undefined && isIncomplete(others.partsOf(host, name)) ? [undefined] : []
}

/** A sealed file, and one that is no YAML, tells nothing. */
function partsOfFile(file: string, name: string): readonly string[] {
  try {
    return partsAt(readYaml(readIfThere(file) ?? '').value, name)
  } catch (error) {
    if (error instanceof YamlSyntaxError) return []
    throw error
  }
}

function hidden({ cluster }: Expectation, name: string, place: Location | undefined): CheckFinding {
  const where = place === undefined ? 'another inventory source' : 'this file'
  return {
    rule: 'settings-hidden',
    severity: 'warn',
    cluster: cluster.name,
    message: `hosts do not get all that ${where} says in ${name}, because Ansible takes the whole variable from one place`,
    ...(place !== undefined && { place }),
    hint: `move it to ${name} under vars of the cluster, or under the host, in k3s_vars.yml, where the token is added to it`,
  }
}
