// What only Ansible itself can tell: its version, and what each host ends with when all sources are merged.
import { dirname, resolve } from 'node:path'
import type { ClusterConfig, Config } from '../../config/config.js'
import { K3sVarsError } from '../../errors.js'
import { nameGroups } from '../../inventory/groups.js'
import { PROJECTS } from '../../role/projects.js'
import type { TokenKind } from '../../role/profile.js'
import { variablesOf } from '../../role/token-variables.js'
import type { Secret } from '../../secret.js'
import type { Vault } from '../../vault/vault.js'
import type { Io } from '../io.js'
import { AnsiblePrograms } from '../../ansible-play/programs.js'
import type { CoreVersion } from '../../ansible-play/programs.js'
import { checkDictionaries } from './dictionary-findings.js'
import { findingOf } from './finding.js'
import type { CheckFinding } from './finding.js'
import { checkHosts } from './host-findings.js'
import type { HostCheck } from './host-findings.js'
import type { HostVariables } from '../../ansible-play/host-variables.js'
import { checkSharedHosts } from './shared-hosts.js'
import { isOurs } from '../../ansible-play/sources.js'
import { completeSources } from './complete-sources.js'
import { findWinner } from './winner.js'

export interface AnsibleCheck {
  readonly io: Io
  readonly config: Config
  readonly vault: Vault
  /** The clusters to ask for, with the tokens that could be opened. */
  readonly clusters: readonly {
    readonly cluster: ClusterConfig
    readonly tokens: Readonly<Partial<Record<TokenKind, Secret>>>
  }[]
  /** The sources that were named; empty: those that Ansible is configured with. */
  readonly sources: readonly string[]
  /** The folder of the playbooks, for their group_vars; absent: the configuration's. */
  readonly playbookDir: string | undefined
}

/** One finding for each thing that is wrong; where Ansible cannot be asked, that is one. */
export async function askAnsible(check: AnsibleCheck): Promise<CheckFinding[]> {
  const programs = new AnsiblePrograms(check.io, check.config.file)
  let version: CoreVersion | undefined
  try {
    version = await programs.version()
  } catch (error) {
    // Who names sources expects an answer; without Ansible at hand the rest of the check is still worth having.
    return [asFinding(error, check.sources.length > 0 ? 'error' : 'warn')]
  }
  const findings = check.clusters.flatMap(({ cluster }) => checkVersion(cluster, version))
  const named = check.sources.length > 0 ? check.sources : await configuredSources(programs)
  const sources = completeSources(named, check.config, check.io)
  const playbookDir = resolve(
    check.io.environment.cwd,
    check.playbookDir ?? dirname(check.config.file),
  )
  try {
    const hosts = await programs.inventory({ sources, playbookDir })
    findings.push(...(await compareHosts(check, hosts, { programs, sources, playbookDir })))
  } catch (error) {
    findings.push(
      asFinding(error, 'error'),
      ...(await findFailing({ programs, sources, playbookDir })),
    )
  }
  return findings
}

/** An ansible.cfg that Ansible refuses shows when the inventory is asked for. */
async function configuredSources(programs: AnsiblePrograms): Promise<readonly string[]> {
  try {
    return (await programs.settings()).sources.value
  } catch (error) {
    if (error instanceof K3sVarsError) return []
    throw error
  }
}

interface Merged {
  readonly programs: AnsiblePrograms
  readonly sources: readonly string[]
  readonly playbookDir: string
}

async function compareHosts(
  { config, clusters, vault }: AnsibleCheck,
  hosts: HostVariables,
  { programs, sources, playbookDir }: Merged,
): Promise<CheckFinding[]> {
  const groups = nameGroups(config.clusters)
  const members = config.clusters.map((cluster, index) => ({
    cluster,
    groups: groups[index]!,
    tokens: clusters.find((one) => one.cluster === cluster)?.tokens ?? {},
  }))
  const findings = checkSharedHosts(members, hosts)
  const others = await withoutOurs(clusters, { programs, sources, playbookDir })
  for (const { cluster, tokens } of clusters) {
    const expectation = { cluster, tokens, groups: groups[config.clusters.indexOf(cluster)]! }
    const winnerOf: HostCheck['winnerOf'] = (host, variable, value) =>
      findWinner({
        host,
        variable,
        value,
        groups: hosts.groupsOf(host),
        sources,
        playbookDir,
        programs,
        vault,
      })
    findings.push(
      ...(await checkHosts(expectation, {
        hosts,
        vault,
        winnerOf,
        rehearsed: (value) => programs.rehearsed(value),
      })),
      ...checkDictionaries(expectation, { hosts, others, sources, playbookDir }),
    )
  }
  return findings
}

/** What the other sources say; asked only where a role has its token inside a variable that they may set, too. */
async function withoutOurs(
  clusters: AnsibleCheck['clusters'],
  { programs, sources, playbookDir }: Merged,
): Promise<HostVariables | undefined> {
  const others = sources.filter((source) => !isOurs(source))
  const isInside = clusters.some(({ cluster: { role, agentToken } }) =>
    variablesOf(role, agentToken).some(({ key }) => key !== undefined),
  )
  if (others.length === 0 || !isInside) return undefined
  try {
    return await programs.inventory({ sources: others, playbookDir })
  } catch (error) {
    // Sources that say nothing without ours: the whole inventory did answer.
    if (error instanceof K3sVarsError) return undefined
    throw error
  }
}

/** Adds one source after the other, because a program that fails does not say which one it was. */
async function findFailing({ programs, sources, playbookDir }: Merged): Promise<CheckFinding[]> {
  for (let count = 1; count <= sources.length; count++) {
    try {
      await programs.inventory({ sources: sources.slice(0, count), playbookDir })
    } catch (error) {
      if (!(error instanceof K3sVarsError)) throw error
      const source = sources[count - 1]!
      const hint = isOurs(source) ? 'run it with --list and read what it says' : 'correct it'
      const message = 'Ansible cannot read this inventory source'
      return [{ rule: 'source-failed', severity: 'error', message, place: { file: source }, hint }]
    }
  }
  return []
}

function asFinding(error: unknown, severity: 'error' | 'warn'): CheckFinding {
  if (error instanceof K3sVarsError) return findingOf(error, undefined, severity)
  throw error
}

/** ansible-core 2.19 alone writes a vaulted value as it is when a role passes it through `to_nice_yaml`. */
export function checkVersion(
  cluster: ClusterConfig,
  version: CoreVersion | undefined,
): CheckFinding[] {
  if (version === undefined) return []
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
