// What the project's own inventory says: where the servers are, and, before a token is made, whether the role has one already.
// Our source is left out, and our plugins only rehearse meanwhile.
import { dirname } from 'node:path'
import type { HostVariables } from '../ansible-play/host-variables.js'
import { AnsiblePrograms } from '../ansible-play/programs.js'
import { absoluteSources, isOurs } from '../ansible-play/sources.js'
import { ADDRESS_VARIABLES } from '../cluster/endpoints.js'
import type { ServerHost } from '../cluster/endpoints.js'
import type { ClusterConfig, Config } from '../config/config.js'
import { K3sVarsError } from '../errors.js'
import { nameGroups } from '../inventory/groups.js'
import type { Answer } from '../lifecycle/minting-rules.js'
import { variablesOf } from '../role/token-variables.js'
import type { Call } from './command.js'

export interface OwnInventory {
  readonly servers: readonly ServerHost[]
  readonly answers: readonly Answer[]
}

const NONE: OwnInventory = { servers: [], answers: [] }

/**
 * Asks `ansible-inventory` with the sources of `-i`, or those that Ansible is configured with; nothing where there are none.
 * @throws ClusterError `K3SV_CLUSTER_ANSIBLE` where Ansible cannot be asked about them
 */
export async function askOwnInventory(
  call: Call,
  config: Config,
  cluster: ClusterConfig,
): Promise<OwnInventory> {
  const hosts = await readOwnInventory(call, config)
  if (hosts === undefined) return NONE
  const { servers, members } = membersOf(hosts, config, cluster)
  return { servers, answers: [readValue(cluster, hosts, members)] }
}

/**
 * The configuration, with the servers that the project's inventory has for those of the clusters that it names no hosts of, so that
 * these can be asked. Ansible is run where one of them lacks hosts, and only then.
 * @throws ClusterError `K3SV_CLUSTER_ANSIBLE` where sources are named and Ansible cannot be asked
 */
export async function withServers(
  call: Call,
  config: Config,
  clusters: readonly ClusterConfig[],
): Promise<Config> {
  const lacking = clusters.filter(({ hosts }) => hosts === undefined)
  if (lacking.length === 0) return config
  const hosts = await readIfNamed(call, config)
  if (hosts === undefined) return config
  const completed = config.clusters.map((cluster) => {
    if (!lacking.includes(cluster)) return cluster
    const { servers } = membersOf(hosts, config, cluster)
    const server = Object.fromEntries(servers.map(({ name, variables }) => [name, variables]))
    return { ...cluster, hosts: { server, agent: {} } }
  })
  return { ...config, clusters: completed }
}

/** What nobody has asked for by name is no reason to fail: that no server is known is told, with how to name them. */
async function readIfNamed(call: Call, config: Config): Promise<HostVariables | undefined> {
  try {
    return await readOwnInventory(call, config)
  } catch (error) {
    if (error instanceof K3sVarsError && call.input.list('inventory').length === 0) return undefined
    throw error
  }
}

/** Undefined without any source but ours. */
async function readOwnInventory(
  { input, io }: Call,
  config: Config,
): Promise<HostVariables | undefined> {
  const programs = new AnsiblePrograms(io, config.file)
  const named = input.list('inventory')
  const all = named.length > 0 ? named : await configuredSources(programs)
  const sources = absoluteSources(all, io.environment.cwd).filter((source) => !isOurs(source))
  if (sources.length === 0) return undefined
  return programs.inventoryOfOthers({ sources, playbookDir: dirname(config.file) })
}

function membersOf(
  hosts: HostVariables,
  { clusters }: Config,
  cluster: ClusterConfig,
): { readonly servers: readonly ServerHost[]; readonly members: readonly string[] } {
  const groups = nameGroups(clusters)[clusters.indexOf(cluster)]!
  const members = [...hosts.hostsOf(groups.cluster), ...hosts.hostsOf(groups.server)]
  const inGroup = hosts.hostsOf(groups.server)
  const names = inGroup.size > 0 ? [...inGroup] : members
  return {
    members,
    servers: names.map((name) => ({ name, variables: addressesOf(hosts, name) })),
  }
}

/** Those of ansible.cfg or the environment; without Ansible at hand nobody has any. */
async function configuredSources(programs: AnsiblePrograms): Promise<readonly string[]> {
  try {
    const { value, origin } = (await programs.settings()).sources
    return origin === undefined ? [] : value
  } catch (error) {
    if (error instanceof K3sVarsError) return []
    throw error
  }
}

/** What is neither text nor number is left to be told by nobody. */
function addressesOf(hosts: HostVariables, host: string): ServerHost['variables'] {
  return Object.fromEntries(
    ADDRESS_VARIABLES.flatMap((name) => {
      const value = hosts.valueOf(host, { name })
      if (value.form === 'absent') return []
      const text = value.form === 'text' ? value.text.reveal() : '{{ }}'
      return [[name, hosts.numberOf(host, name) ?? text]]
    }),
  )
}

/** A template is no value yet: only a play can tell what it comes to. */
function readValue(
  { role, agentToken }: ClusterConfig,
  hosts: HostVariables,
  members: readonly string[],
): Answer {
  for (const { name, key } of variablesOf(role, agentToken)) {
    const isSet = members.some((host) => {
      const value = hosts.valueOf(host, { name, ...(key !== undefined && { key }) })
      if (value.form === 'sealed') return true
      if (value.form !== 'text') return false
      return !value.text.reveal().includes('{{') && value.text.reveal() !== ''
    })
    const detail = key === undefined ? name : `${name}.${key}`
    if (isSet) return { question: 'project', answer: 'set', detail }
  }
  return { question: 'project', answer: 'unset' }
}
