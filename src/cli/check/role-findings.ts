// What is known of a role: with which Ansible, settings and hosts its token does not arrive.
import type { HostVariables } from '../../ansible-play/host-variables.js'
import type { CoreVersion } from '../../ansible-play/programs.js'
import type { ClusterConfig } from '../../config/config.js'
import { PROJECTS } from '../../role/projects.js'
import { hostsBySide, listNames } from './expectation.js'
import type { Expectation } from './expectation.js'
import type { CheckFinding } from './finding.js'
import { isMapping } from '../../yaml/mapping.js'
import type { Play } from './play.js'

interface Situation {
  readonly hosts: HostVariables
  readonly play: Play
}

export function checkRole(expectation: Expectation, situation: Situation): CheckFinding[] {
  const { cluster } = expectation
  const { version } = situation.play
  return [
    ...(version === undefined ? [] : checkVersion(cluster, version)),
    ...checkServers(expectation, situation.hosts),
    ...checkConditions(expectation, situation),
    ...checkFolder(expectation, situation.hosts),
  ]
}

/** ansible-core 2.19 and 2.20 write a vaulted value as it is when a role passes it through `to_nice_yaml`. */
export function checkVersion(cluster: ClusterConfig, version: CoreVersion): CheckFinding[] {
  const { title, ansibleCore } = PROJECTS[cluster.role.id]
  const findings: CheckFinding[] = []
  const [major = 0, minor = 0] = ansibleCore.split('.').map(Number)
  if (version.major < major || (version.major === major && version.minor < minor)) {
    findings.push({
      rule: 'ansible-version',
      severity: 'warn',
      cluster: cluster.name,
      message: `ansible-core ${version.major}.${version.minor} is older than ${title} supports`,
      hint: `use ansible-core ${ansibleCore} or newer`,
    })
  }
  const broken = cluster.role.destinations.find(({ encoding }) => encoding === 'to_nice_yaml')
  const isBroken = version.major === 2 && version.minor === 19
  if (cluster.emit === 'vaulted' && isBroken && broken !== undefined) {
    findings.push({
      rule: 'vaulted-becomes-ciphertext',
      severity: 'warn',
      cluster: cluster.name,
      message: `with emit: vaulted, ansible-core 2.19 writes ciphertext to ${broken.file} on the nodes`,
      place: cluster.location,
      hint: 'use emit: plain, or another ansible-core (k3s-ansible issue 527)',
    })
  }
  return findings
}

/** Wherever the hosts come from. K3s' own token, once adopted, is the cluster's, whether the role reads it or not. */
function checkServers(expectation: Expectation, hosts: HostVariables): CheckFinding[] {
  if (expectation.origin === 'imported') return []
  const { cluster } = expectation
  const { title, leastServers = 0 } = PROJECTS[cluster.role.id]
  const { server } = hostsBySide(expectation, hosts)
  if (server.length === 0 || server.length >= leastServers) return []
  return [
    {
      rule: 'token-not-read',
      severity: 'error',
      cluster: cluster.name,
      message: `${title} reads the token only with ${leastServers} or more servers, so K3s makes one of its own`,
      place: cluster.location,
      hint: `after the first run adopt that one: k3s-vars token import ${cluster.name} --replace, from /var/lib/rancher/k3s/server/token`,
    },
  ]
}

/** A condition of the role's is our agent token, and from 2.19 on a condition has to be true or false. */
function checkConditions(
  expectation: Expectation,
  { hosts, play: { version, settings } }: Situation,
): CheckFinding[] {
  const { cluster } = expectation
  const { title, brokenCondition } = PROJECTS[cluster.role.id]
  const isStrict = version !== undefined && (version.major > 2 || version.minor >= 19)
  if (brokenCondition === undefined || !cluster.agentToken || !isStrict) return []
  if (settings.allowBrokenConditionals.value) return []
  const view = hosts.view()
  const servers = hostsBySide(expectation, hosts).server.filter(
    (host) => view.valueOf(host, brokenCondition.skippedBy) !== true,
  )
  if (servers.length === 0) return []
  return [
    {
      rule: 'condition-breaks',
      severity: 'error',
      cluster: cluster.name,
      message: `${listNames(servers)}: with an agent token of its own, ${title} fails on ansible-core 2.19 and newer in ${brokenCondition.file}, and may start an agent as a server`,
      place: cluster.location,
      hint: `set ${brokenCondition.skippedBy}: true under vars of the cluster, use agent_token: false, or allow_broken_conditionals = true in ansible.cfg`,
    },
  ]
}

function isThere(value: unknown): boolean {
  return value !== undefined
}

/** The role takes the folder from the last dictionary that is not empty, and ours is. */
function checkFolder(expectation: Expectation, hosts: HostVariables): CheckFinding[] {
  const { cluster } = expectation
  const { kept } = cluster.role
  if (kept === undefined || !cluster.agentToken) return []
  const sides = hostsBySide(expectation, hosts)
  const view = hosts.view()
  const valueIn = (host: string, name: string): unknown => {
    const value = view.valueOf(host, name)
    return isMapping(value) ? value[kept.key] : undefined
  }
  const losing = [...sides.server, ...sides.agent].filter((host) => {
    const meant = [...kept.from, kept.to].map((name) => valueIn(host, name)).findLast(isThere)
    const isFilled = hosts.keysOf(host, kept.to).length > 0
    return isFilled && isThere(meant) && valueIn(host, kept.to) === undefined
  })
  if (losing.length === 0) return []
  return [
    {
      rule: 'key-not-kept',
      severity: 'error',
      cluster: cluster.name,
      message: `${listNames(losing)}: the role reads ${kept.key} from ${kept.to}, which has our token and no ${kept.key}, and forgets that of ${kept.from.join(' and ')}`,
      place: cluster.location,
      hint: `set ${kept.key} in ${kept.from[0]} under vars of the cluster in k3s_vars.yml: it is handed out beside the token then`,
    },
  ]
}
