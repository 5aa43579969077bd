// A token inside a dictionary or a YAML text shares its variable with the user's own settings, and Ansible replaces a variable
// as a whole (DEFAULT_HASH_BEHAVIOUR=replace): where ours wins, whatever another source says of it is gone.
import type { HostVariables } from '../../ansible-play/host-variables.js'
import { variablesAt, variablesOf } from '../../role/token-variables.js'
import { hostsBySide, listNames } from './expectation.js'
import type { Expectation } from './expectation.js'
import type { CheckFinding } from './finding.js'
import type { Play } from './play.js'
import { placeOfVariable } from './vars-place.js'

export interface Elsewhere {
  readonly hosts: HostVariables
  /** What the hosts would have without our variables. */
  readonly others: HostVariables
  readonly play: Play
}

/** One finding for each variable and place whose keys hosts lose to ours. */
export function checkDictionaries(expectation: Expectation, elsewhere: Elsewhere): CheckFinding[] {
  const { cluster } = expectation
  const found = new Map<string, Lost>()
  const variables = variablesOf(cluster.role, cluster.agentToken)
  const sides = hostsBySide(expectation, elsewhere.hosts)
  for (const side of ['server', 'agent'] as const) {
    const names = variablesAt(variables, side).flatMap(({ name, key }) => (key ? [name] : []))
    for (const host of sides[side]) {
      for (const name of new Set(names)) {
        const keys = lostKeys(host, name, elsewhere)
        if (keys.length === 0) continue
        const id = `${name} ${keys.join(' ')}`
        const known = found.get(id)
        if (known !== undefined) known.hosts.push(host)
        else found.set(id, { name, keys, hosts: [host] })
      }
    }
  }
  return [...found.values()].map((lost) => hidden(expectation, lost, elsewhere))
}

interface Lost {
  readonly name: string
  readonly keys: readonly string[]
  readonly hosts: string[]
}

/** The keys that a host would have without us, and has not. */
function lostKeys(host: string, name: string, { hosts, others }: Elsewhere): readonly string[] {
  const kept = new Set(hosts.keysOf(host, name))
  return others.keysOf(host, name).filter((key) => !kept.has(key))
}

function hidden({ cluster }: Expectation, lost: Lost, elsewhere: Elsewhere): CheckFinding {
  const { name, keys, hosts } = lost
  const { others, play } = elsewhere
  const place = placeOfVariable({ host: hosts[0]!, name, hosts: others, play })
  return {
    rule: 'settings-hidden',
    severity: 'error',
    cluster: cluster.name,
    message: `${listNames(hosts)}: ours takes the place of ${name}, which loses ${keys.join(', ')}, because Ansible takes the whole variable from one source`,
    ...(place !== undefined && { place }),
    hint: `move ${keys.length === 1 ? 'it' : 'them'} to ${name} under vars of the cluster, or under the host, in k3s_vars.yml, where the token is added`,
  }
}
