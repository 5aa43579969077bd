// What the project's own inventory says before a token is made: where the servers are, and whether the role has a token already.
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
 * @throws ClusterError `K3SV_CLUSTER_ANSIBLE` where sources are named and Ansible cannot be asked
 */
export async function askOwnInventory(
  { input, io }: Call,
  config: Config,
  cluster: ClusterConfig,
): Promise<OwnInventory> {
  const programs = new AnsiblePrograms(io, config.file)
  const named = input.list('inventory')
  const all = named.length > 0 ? named : await configuredSources(programs)
  const sources = absoluteSources(all, io.environment.cwd).filter((source) => !isOurs(source))
  if (sources.length === 0) return NONE
  const hosts = await programs.inventoryOfOthers({ sources, playbookDir: dirname(config.file) })
  const groups = nameGroups(config.clusters)[config.clusters.indexOf(cluster)]!
  const members = [...hosts.hostsOf(groups.cluster), ...hosts.hostsOf(groups.server)]
  const inGroup = hosts.hostsOf(groups.server)
  const servers = inGroup.size > 0 ? [...inGroup] : members
  return {
    servers: servers.map((name) => ({ name, variables: addressesOf(hosts, name) })),
    answers: [readValue(cluster, hosts, members)],
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
