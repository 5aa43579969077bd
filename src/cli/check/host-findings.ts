// Asks whether every host of a cluster ends with the token that the store holds.
import type { ClusterConfig } from '../../config/config.js'
import { K3sVarsError } from '../../errors.js'
import type { Location } from '../../errors.js'
import type { GroupNames } from '../../inventory/groups.js'
import type { Side, TokenKind } from '../../role/profile.js'
import { variablesAt, variablesOf } from '../../role/token-variables.js'
import type { Secret } from '../../secret.js'
import type { RehearsedToken } from '../../token/rehearsal.js'
import type { Vault } from '../../vault/vault.js'
import type { CheckFinding } from './finding.js'
import type { HostValue, HostVariables, VariablePath } from '../../ansible-play/host-variables.js'
import { isTemplate } from './winner.js'

/** A cluster with what its hosts should end with. */
export interface Expectation {
  readonly cluster: ClusterConfig
  readonly groups: GroupNames
  readonly tokens: Readonly<Partial<Record<TokenKind, Secret>>>
}

export interface HostCheck {
  readonly hosts: HostVariables
  readonly vault: Vault
  /** What our source or plugin says in place of a token while Ansible is asked. */
  readonly rehearsed: (value: Secret) => RehearsedToken | undefined
  /** Where a host's foreign value comes from. */
  readonly winnerOf: (
    host: string,
    variable: VariablePath,
    value: HostValue,
  ) => Promise<Location | undefined>
}

type JoiningSide = Exclude<Side, 'cluster'>

/** One finding for each trouble that is the same for several hosts, naming them. */
export async function checkHosts(
  expectation: Expectation,
  check: HostCheck,
): Promise<CheckFinding[]> {
  const { cluster } = expectation
  const sides = hostsBySide(expectation, check.hosts)
  if (sides.server.length + sides.agent.length === 0) return [noHosts(expectation)]
  const missing = [...sides.server, ...sides.agent].filter((host) => !check.hosts.has(host))
  const findings: CheckFinding[] = missing.length === 0 ? [] : [notSeen(cluster, missing)]
  const troubles = new Map<string, Trouble>()
  for (const side of ['server', 'agent'] as const) {
    for (const host of sides[side].filter((candidate) => check.hosts.has(candidate))) {
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
  return { ...finding, message: `${listHosts(hosts)}: ${finding.message}` }
}

/** The variables that a role reads on one side, with the token that each must be. */
export function expectedVariables(
  { cluster, tokens }: Expectation,
  side: JoiningSide,
): ExpectedVariable[] {
  return variablesAt(variablesOf(cluster.role, cluster.agentToken), side).map(
    ({ name, key, referencedVariable: carrier, kind }) => {
      const token = tokens[kind]
      if (carrier !== undefined) return { variable: { name: carrier }, kind, token }
      return { variable: { name, ...(key !== undefined && { key }) }, kind, token }
    },
  )
}

/** A variable of a role, with the token that it must be. */
export interface ExpectedVariable {
  readonly variable: VariablePath
  readonly kind: TokenKind
  /** Undefined where there is none yet, or where it could not be opened. */
  readonly token: Secret | undefined
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
    const place = await winnerOf(host, { name }, value)
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

function hostsBySide(
  { cluster, groups }: Expectation,
  hosts: HostVariables,
): Record<JoiningSide, string[]> {
  if (cluster.hosts !== undefined) {
    return { server: Object.keys(cluster.hosts.server), agent: Object.keys(cluster.hosts.agent) }
  }
  return { server: [...hosts.hostsOf(groups.server)], agent: [...hosts.hostsOf(groups.agent)] }
}

interface Question extends ExpectedVariable {
  readonly cluster: ClusterConfig
  readonly host: string
}

async function checkHost(question: Question, check: HostCheck): Promise<CheckFinding | undefined> {
  const { cluster, host, variable } = question
  const { hosts, winnerOf } = check
  const value = hosts.valueOf(host, variable)
  const { name, key } = variable
  const label = key === undefined ? name : `${name}.${key}`
  const found = { cluster: cluster.name, severity: 'error' } as const
  const dictionary = hosts.valueOf(host, { name })
  if (value.form === 'absent' && dictionary.form !== 'absent') {
    const place = await winnerOf(host, { name }, dictionary)
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
  if (await isOurs(value, question, check)) return undefined
  const place = await winnerOf(host, variable, value)
  const where = place === undefined ? {} : { place }
  if (value.form === 'text' && isTemplate(value.text)) {
    return {
      ...found,
      ...where,
      rule: 'host-with-template',
      severity: 'warn',
      message: `${label} is a template, whose value only a play can tell`,
      hint: `take ${label} out there, and the value from k3s_vars wins`,
    }
  }
  return {
    ...found,
    ...where,
    rule: 'host-with-other-token',
    message: `${label} ends with another value than the token in the store`,
    hint: `take ${label} out ${place === undefined ? 'of the other sources' : 'there'}${isBeatenByHosts(cluster, place) ? ', or set level: host, which wins over group_vars' : ''}`,
  }
}

function isBeatenByHosts(cluster: ClusterConfig, place: Location | undefined): boolean {
  const isGroupFile = place?.file?.includes('/group_vars/') === true
  return isGroupFile && cluster.level === 'group' && cluster.hosts !== undefined
}

/** Whether a value is what we would hand out there, or, from wherever it comes, the token itself. */
async function isOurs(
  value: HostValue,
  { cluster, kind, token }: Question,
  { vault, rehearsed }: HostCheck,
): Promise<boolean> {
  if (value.form === 'text') {
    const ours = rehearsed(value.text)
    if (ours !== undefined) return ours.cluster === cluster.name && ours.kind === kind
    return token !== undefined && value.text.equals(token)
  }
  if (value.form !== 'sealed' || token === undefined) return false
  try {
    return (await vault.open(value.text)).equals(token)
  } catch (error) {
    if (error instanceof K3sVarsError) return false
    throw error
  }
}

function noHosts({ cluster, groups }: Expectation): CheckFinding {
  return {
    rule: 'no-hosts',
    severity: 'warn',
    cluster: cluster.name,
    message: `no source has a host in the groups ${groups.server} and ${groups.agent}`,
    place: cluster.location,
    hint: 'name the inventory with -i, or declare hosts in the configuration',
  }
}

function notSeen(cluster: ClusterConfig, hosts: readonly string[]): CheckFinding {
  return {
    rule: 'host-not-seen',
    severity: 'error',
    cluster: cluster.name,
    message: `${listHosts(hosts)}: declared in the configuration, but not in Ansible's inventory`,
    place: cluster.location,
    hint: 'add plugins/k3s_vars to the sources',
  }
}

const SHOWN_HOSTS = 5

function listHosts(hosts: readonly string[]): string {
  const more = hosts.length > SHOWN_HOSTS ? ` and ${hosts.length - SHOWN_HOSTS} more` : ''
  return hosts.slice(0, SHOWN_HOSTS).join(', ') + more
}
