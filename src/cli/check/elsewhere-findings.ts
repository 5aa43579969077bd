// A role's variable that has a value before we have made one: a cluster may live with it already. Minting asks the same.
import type { HostVariables, VariablePath } from '../../ansible-play/host-variables.js'
import { isSampleToken } from '../../token/samples.js'
import type { Vault } from '../../vault/vault.js'
import { expectedVariables, hostsBySide, isOurValue, listNames } from './expectation.js'
import type { Expectation, ExpectedVariable } from './expectation.js'
import type { CheckFinding } from './finding.js'
import type { Play } from './play.js'
import { placeOfVariable } from './vars-place.js'

export interface Elsewhere {
  readonly hosts: HostVariables
  /** What the hosts would have without our variables. */
  readonly others: HostVariables
  readonly play: Play
  readonly vault: Vault
}

/** One finding for each variable that others set, where ours wins; where it does not, another finding says so. */
export async function checkElsewhere(
  expectation: Expectation,
  elsewhere: Elsewhere,
): Promise<CheckFinding[]> {
  if (expectation.origin !== 'none') return []
  const { cluster } = expectation
  const sides = hostsBySide(expectation, elsewhere.hosts)
  const found = new Map<string, Other>()
  for (const side of ['server', 'agent'] as const) {
    for (const expected of expectedVariables(expectation, side)) {
      for (const host of sides[side]) {
        if (!(await hasOther(host, { ...expected, cluster }, elsewhere))) continue
        const id = JSON.stringify(expected.variable)
        const known = found.get(id)
        if (known !== undefined) known.hosts.push(host)
        else found.set(id, { variable: expected.variable, hosts: [host] })
      }
    }
  }
  return [...found.values()].map((other) => tell(expectation, other, elsewhere))
}

interface Other {
  readonly variable: VariablePath
  readonly hosts: string[]
}

async function hasOther(
  host: string,
  question: ExpectedVariable & Pick<Expectation, 'cluster'>,
  { hosts, others, play, vault }: Elsewhere,
): Promise<boolean> {
  const { variable } = question
  const means = { vault, programs: play.programs }
  const other = others.valueOf(host, variable)
  if (other.form === 'absent' || (await isOurValue(other, question, means))) return false
  return isOurValue(hosts.valueOf(host, variable), question, means)
}

function tell(
  { cluster }: Expectation,
  { variable, hosts }: Other,
  { others, play }: Elsewhere,
): CheckFinding {
  const { name, key } = variable
  const label = key === undefined ? name : `${name}.${key}`
  const value = others.valueOf(hosts[0]!, variable)
  const isSample = value.form === 'text' && isSampleToken(value.text.reveal())
  const place = placeOfVariable({ host: hosts[0]!, name, hosts: others, play })
  return {
    rule: 'token-elsewhere',
    severity: isSample ? 'warn' : 'error',
    cluster: cluster.name,
    message: isSample
      ? `${listNames(hosts)}: ${label} has a sample value, which hosts would get without us`
      : `${listNames(hosts)}: ${label} has a value already, and we have no token yet: a cluster may live with that one`,
    ...(place !== undefined && { place }),
    hint: isSample
      ? 'take it out there'
      : `adopt it with k3s-vars token import ${cluster.name} --from-inventory; for a new cluster just take it out there`,
  }
}
