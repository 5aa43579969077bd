// What only Ansible itself can tell: what each host ends with when all that a play sees is merged.
import { AnsiblePrograms } from '../../ansible-play/programs.js'
import type { HostVariables, VariablePath } from '../../ansible-play/host-variables.js'
import { ADDRESS_VARIABLES } from '../../cluster/endpoints.js'
import type { ServerHost } from '../../cluster/endpoints.js'
import type { ClusterConfig, Config } from '../../config/config.js'
import { K3sVarsError } from '../../errors.js'
import { nameGroups } from '../../inventory/groups.js'
import { variablesOf } from '../../role/token-variables.js'
import type { Vault } from '../../vault/vault.js'
import type { Io } from '../io.js'
import { checkDictionaries } from './dictionary-findings.js'
import { checkElsewhere } from './elsewhere-findings.js'
import type { Elsewhere } from './elsewhere-findings.js'
import { findingOf } from './finding.js'
import type { CheckFinding } from './finding.js'
import { checkHosts } from './host-findings.js'
import type { Expectation } from './expectation.js'
import { checkLaunchers } from './launcher-findings.js'
import { findsOurPlugin, openPlay } from './play.js'
import type { Play, PlayOptions } from './play.js'
import { checkPlayVars } from './play-vars.js'
import { checkInventory, checkPresence, waysSeen } from './presence.js'
import { checkRole } from './role-findings.js'
import { checkSharedHosts } from './shared-hosts.js'
import { findFailing } from './source-findings.js'
import { findWinner } from './winner.js'

export interface AnsibleCheck {
  readonly io: Io
  readonly config: Config
  /** The configuration that somebody named; absent: everybody finds it as always. */
  readonly namedConfig: string | undefined
  readonly vault: Vault
  /** The clusters to ask for, with the tokens that could be opened. */
  readonly clusters: readonly (Pick<Expectation, 'tokens' | 'origin' | 'caHash'> & {
    readonly cluster: ClusterConfig
  })[]
  readonly play: PlayOptions
}

export interface AnsibleAnswer {
  /** One for each thing that is wrong; where Ansible cannot be asked, that is one. */
  readonly findings: readonly CheckFinding[]
  /** The servers of a cluster that our vars plugin would hand over; none where the play does not run it. */
  readonly serversOf: (cluster: ClusterConfig) => readonly ServerHost[]
}

const NO_SERVERS = (): readonly ServerHost[] => []

export async function askAnsible(check: AnsibleCheck): Promise<AnsibleAnswer> {
  const programs = new AnsiblePrograms(check.io, check.namedConfig)
  let play: Play
  try {
    play = await openPlay(programs, check.play, check)
  } catch (error) {
    return { findings: [asFinding(error)], serversOf: NO_SERVERS }
  }
  const nothing = checkInventory(play)
  if (nothing !== undefined) return { findings: [nothing], serversOf: NO_SERVERS }
  const launchers = checkLaunchers(play, check.io.environment)
  try {
    const hosts = await programs.inventory(play.arguments)
    const findings = [...launchers, ...(await compareHosts(check, play, hosts))]
    return {
      findings,
      serversOf: findsOurPlugin(play) ? handedOver(check.config, hosts) : NO_SERVERS,
    }
  } catch (error) {
    const failed = asFinding(error)
    // What is wrong with a launcher says more than that it fails.
    const said = launchers.some(({ severity }) => severity === 'error')
    const failing = said ? [] : await findFailing(play, failed)
    return { findings: [...launchers, ...failing], serversOf: NO_SERVERS }
  }
}

/** The servers by the groups of a cluster's configuration, as the plugin finds them. */
function handedOver({ clusters }: Config, hosts: HostVariables): AnsibleAnswer['serversOf'] {
  const groups = nameGroups(clusters)
  return (cluster) => {
    const own = groups[clusters.indexOf(cluster)]!
    const found = [own.server, own.cluster]
      .map((group) => [...hosts.hostsOf(group)])
      .find((names) => names.length > 0)
    return (found ?? []).map((name) => ({
      name,
      variables: hosts.valuesOf(name, ADDRESS_VARIABLES),
    }))
  }
}

async function compareHosts(
  check: AnsibleCheck,
  play: Play,
  hosts: HostVariables,
): Promise<CheckFinding[]> {
  const { vault } = check
  const expectations = expect(check)
  const asked = expectations.filter(({ isAsked }) => isAsked)
  const ways = waysSeen(asked, { hosts, programs: play.programs })
  const findings: CheckFinding[] = checkSharedHosts(expectations, hosts)
  const atHosts: CheckFinding[] = []
  for (const expectation of asked) {
    const winnerOf = (host: string, variable: VariablePath) =>
      findWinner({
        host,
        variable,
        value: hosts.valueOf(host, variable),
        groups: hosts.groupsOf(host),
        sources: play.sources,
        playbookDir: play.arguments.playbookDir,
        programs: play.programs,
        vault,
      })
    atHosts.push(...(await checkHosts(expectation, { hosts, play, vault, winnerOf })))
    findings.push(...checkRole(expectation, { hosts, play }))
  }
  if (ways.size > 0) findings.push(...(await compareOthers(asked, { hosts, play, vault })))
  findings.push(...checkPlayVars(asked, play))
  return [...checkPresence(play, ways, atHosts), ...findings]
}

/** What others say where ours wins. */
async function compareOthers(
  expectations: readonly Expectation[],
  situation: Omit<Elsewhere, 'others'>,
): Promise<CheckFinding[]> {
  const { programs, arguments: asked } = situation.play
  const isShared = ({ cluster: { role, agentToken } }: Expectation): boolean =>
    variablesOf(role, agentToken).some(({ key }) => key !== undefined)
  if (!expectations.some((one) => one.origin === 'none' || isShared(one))) return []
  const elsewhere = { ...situation, others: await programs.inventoryOfOthers(asked) }
  const findings: CheckFinding[] = []
  for (const expectation of expectations) {
    findings.push(
      ...(await checkElsewhere(expectation, elsewhere)),
      ...checkDictionaries(expectation, elsewhere),
    )
  }
  return findings
}

/** Every cluster of the configuration, since each has its groups, and what those that were asked for should end with. */
function expect({ config, clusters }: AnsibleCheck): (Expectation & { isAsked: boolean })[] {
  const groups = nameGroups(config.clusters)
  return config.clusters.map((cluster, index) => {
    const asked = clusters.find((one) => one.cluster === cluster)
    return {
      cluster,
      groups: groups[index]!,
      tokens: asked?.tokens ?? {},
      origin: asked?.origin ?? 'unknown',
      caHash: asked?.caHash,
      isAsked: asked !== undefined,
    }
  })
}

function asFinding(error: unknown): CheckFinding {
  if (error instanceof K3sVarsError) return findingOf(error)
  throw error
}
