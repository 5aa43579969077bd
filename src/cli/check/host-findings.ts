// Asks whether every host of a cluster ends with the token that the store holds.
import type { HostValue, HostVariables, VariablePath } from '../../ansible-play/host-variables.js'
import { isOurs } from '../../ansible-play/sources.js'
import type { ClusterConfig } from '../../config/config.js'
import type { Location } from '../../errors.js'
import { variablesAt, variablesOf } from '../../role/token-variables.js'
import type { Vault } from '../../vault/vault.js'
import { expectedVariables, hostsBySide, isOurValue, isTemplate, listNames } from './expectation.js'
import type { Expectation, ExpectedVariable, JoiningSide } from './expectation.js'
import type { CheckFinding } from './finding.js'
import { checkGroups } from './group-findings.js'
import { findsOurPlugin } from './play.js'
import type { Play } from './play.js'

export interface HostCheck {
  readonly hosts: HostVariables
  readonly play: Play
  readonly vault: Vault
  /** Where a host's foreign value comes from. */
  readonly winnerOf: (host: string, variable: VariablePath) => Promise<Location | undefined>
}

/** One finding for each trouble that is the same for several hosts, naming them. */
export async function checkHosts(
  expectation: Expectation,
  check: HostCheck,
): Promise<CheckFinding[]> {
  const { cluster } = expectation
  const { hosts } = check
  const sides = hostsBySide(expectation, hosts)
  const all = [...sides.server, ...sides.agent]
  const findings: CheckFinding[] = checkGroups(expectation, sides, hosts)
  const missing = all.filter((host) => !hosts.has(host))
  if (missing.length > 0) findings.push(notSeen(cluster, missing))
  const troubles = new Map<string, Trouble>()
  for (const side of ['server', 'agent'] as const) {
    for (const host of sides[side].filter((candidate) => hosts.has(candidate))) {
      for (const expected of expectedVariables(expectation, side)) {
        const finding = await checkHost({ cluster, host, ...expected }, check)
        if (finding !== undefined) addTrouble(troubles, finding, host)
      }
      for (const finding of await checkTexts(expectation, { host, side }, check)) {
        addTrouble(troubles, finding, host)
      }
    }
  }
  return [...findings, ...[...troubles.values()].map(nameHosts)]
}

interface Trouble {
  readonly finding: CheckFinding
  readonly hosts: string[]
}

function addTrouble(troubles: Map<string, Trouble>, finding: CheckFinding, host: string): void {
  const key = JSON.stringify(finding)
  const known = troubles.get(key)
  if (known === undefined) troubles.set(key, { finding, hosts: [host] })
  else known.hosts.push(host)
}

function nameHosts({ finding, hosts }: Trouble): CheckFinding {
  return { ...finding, message: `${listNames(hosts)}: ${finding.message}` }
}

/** A YAML text has to refer to the variable that carries the token. */
async function checkTexts(
  { cluster }: Expectation,
  { host, side }: { readonly host: string; readonly side: JoiningSide },
  { hosts, winnerOf }: HostCheck,
): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = []
  for (const { name, key, referencedVariable: carrier } of variablesAt(
    variablesOf(cluster.role, cluster.agentToken),
    side,
  )) {
    const value = hosts.valueOf(host, { name })
    if (carrier === undefined || value.form === 'absent') continue
    if (value.form === 'text' && value.text.reveal().includes(carrier)) continue
    const place = await winnerOf(host, { name })
    findings.push({
      rule: 'text-replaced',
      severity: 'error',
      cluster: cluster.name,
      message: `${name} comes from elsewhere and has no ${key}, because Ansible takes the whole text from one place`,
      ...(place !== undefined && { place }),
      hint: `move it to ${name} under vars of the cluster in k3s_vars.yml, where ${key} is added to it`,
    })
  }
  return findings
}

interface Question extends ExpectedVariable {
  readonly cluster: ClusterConfig
  readonly host: string
}

async function checkHost(question: Question, check: HostCheck): Promise<CheckFinding | undefined> {
  const { cluster, host, variable } = question
  const { hosts, play, vault, winnerOf } = check
  const value = hosts.valueOf(host, variable)
  const { name, key } = variable
  const label = key === undefined ? name : `${name}.${key}`
  const found = { cluster: cluster.name, severity: 'error' } as const
  const dictionary = hosts.valueOf(host, { name })
  if (value.form === 'absent' && dictionary.form !== 'absent') {
    const place = await winnerOf(host, { name })
    return {
      ...found,
      ...(place !== undefined && { place }),
      rule: 'dictionary-replaced',
      message: `${name} comes from elsewhere and has no ${key}, because Ansible replaces a dictionary as a whole`,
      hint: `move the keys of ${name} to vars of the cluster in k3s_vars.yml, which keeps them and adds ${key}`,
    }
  }
  if (value.form === 'absent') {
    return {
      ...found,
      rule: 'host-without-token',
      message: `no value for ${label}`,
      hint: 'name every inventory source with -i, and look whether the hosts are in the groups of the cluster',
    }
  }
  if (await isOurValue(value, question, { vault, programs: play.programs })) {
    const isShort = value.form === 'text' && question.token?.equals(value.text) === true
    if (cluster.form === 'short' || !isShort) return undefined
    const place = await winnerOf(host, variable)
    return {
      ...found,
      severity: 'warn',
      ...(place !== undefined && { place }),
      rule: 'host-with-short-form',
      message: `${label} comes from elsewhere and is the token without the CA, so nodes that join trust whoever answers`,
      hint: `take ${label} out there, and the secure form from k3s_vars wins`,
    }
  }
  return foreign({ cluster, label, value, place: await winnerOf(host, variable), play })
}

interface Foreign {
  readonly cluster: ClusterConfig
  readonly label: string
  readonly value: HostValue
  readonly place: Location | undefined
  readonly play: Play
}

/** A value of somebody else's where ours should be. */
function foreign({ cluster, label, value, place, play }: Foreign): CheckFinding {
  const found = {
    cluster: cluster.name,
    severity: 'error',
    ...(place !== undefined && { place }),
  } as const
  const ours = value.form === 'text' ? play.programs.rehearsed(value.text) : undefined
  if (ours !== undefined) {
    return {
      ...found,
      place: { file: ours.config },
      rule: 'other-configuration',
      message: `${label} is what this configuration gives to ${ours.cluster}, which is not the one that is checked`,
      hint: 'start check where the play is started, or name the configuration for both with K3S_VARS_CONFIG',
    }
  }
  if (value.form === 'text' && isTemplate(value.text)) {
    return {
      ...found,
      rule: 'host-with-template',
      severity: 'warn',
      message: `${label} is a template, whose value only a play can tell`,
      hint: `take ${label} out there, and the value from k3s_vars wins`,
    }
  }
  if (isBehindOurs(place, play)) {
    return {
      ...found,
      rule: 'source-not-last',
      message: `${label} has the value of a source that comes after ours and wins`,
      hint: `name ${play.launcher} last, or take ${label} out there`,
    }
  }
  return {
    ...found,
    rule: 'host-with-other-token',
    message: `${label} has a value of somebody else's, which wins over ours`,
    hint: `take ${label} out ${place === undefined ? 'of the other sources' : 'there'}${orWin(cluster, place, play)}`,
  }
}

/** Whether the place is a source that is named later than ours. */
function isBehindOurs(place: Location | undefined, { sources }: Play): boolean {
  const ours = sources.findIndex(isOurs)
  return ours !== -1 && place?.file !== undefined && sources.indexOf(place.file) > ours
}

/** What makes ours win over a file of group_vars, if anything does. */
function orWin(cluster: ClusterConfig, place: Location | undefined, play: Play): string {
  if (place?.file?.includes('/group_vars/') !== true) return ''
  if (findsOurPlugin(play)) {
    return ', or name the vars plugin last: vars_plugins_enabled = host_group_vars, k3s_vars'
  }
  const host = cluster.level === 'group' && cluster.hosts !== undefined
  if (host) return ', or set level: host, which wins over group_vars'
  return ', or use the vars plugin k3s_vars, which wins over group_vars/all'
}

function notSeen(cluster: ClusterConfig, hosts: readonly string[]): CheckFinding {
  return {
    rule: 'host-not-seen',
    severity: 'error',
    cluster: cluster.name,
    message: `${listNames(hosts)}: declared in the configuration, but not in Ansible's inventory`,
    place: cluster.location,
    hint: 'add plugins/k3s_vars to the sources',
  }
}
