// Has a play of ours ask the nodes of a cluster; a terminal shows meanwhile that it goes on.
import { answerOfPlay } from '../../ansible-play/run-play.js'
import { absoluteSources } from '../../ansible-play/sources.js'
import type { ClusterConfig, Config } from '../../config/config.js'
import { nameGroups } from '../../inventory/groups.js'
import type { Call, OptionSpec } from '../command.js'

/** What every command that asks nodes takes. */
export const NODE_OPTIONS = {
  inventory: {
    type: 'list',
    alias: 'i',
    value: 'SOURCE',
    describe: 'An inventory with the nodes; those of ansible.cfg if absent',
  },
  'ask-become-pass': {
    type: 'flag',
    alias: 'K',
    describe: 'Have Ansible ask for the password of sudo',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>

/** Of the nonce that codes are made with. */
const NONCE_BYTES = 32
const TICK_MILLISECONDS = 1000

export interface NodeQuestion {
  readonly config: Config
  readonly cluster: ClusterConfig
  /** The file in `playbooks/`. */
  readonly play: string
  /** Besides those that every such play has. */
  readonly flags?: readonly string[]
  readonly variables?: Readonly<Record<string, unknown>>
  readonly environment?: Readonly<Record<string, string>>
}

/**
 * What the play answers, with the inventory and the options that the call has.
 * @throws as `answerOfPlay`
 */
export async function askNodes(call: Call, question: NodeQuestion): Promise<string> {
  const { input, io, report } = call
  const { config, cluster, play, flags = [], variables = {}, environment } = question
  const groups = nameGroups(config.clusters)[config.clusters.indexOf(cluster)]!
  const progress = report.progress('looking at the nodes', 1, () => io.now().getTime())
  const timer = setInterval(() => progress.step(0), TICK_MILLISECONDS)
  try {
    return await answerOfPlay(io, io.launcher, {
      name: play,
      config: config.file,
      sources: absoluteSources(input.list('inventory'), io.environment.cwd),
      flags: [...flags, ...(input.has('ask-become-pass') ? ['--ask-become-pass'] : [])],
      variables: {
        k3s_vars_nonce: io.randomBytes(NONCE_BYTES).toString('hex'),
        k3s_vars_cluster: cluster.name,
        k3s_vars_hosts: [...new Set(Object.values(groups))].join(':'),
        k3s_vars_project: io.environment.cwd,
        ...variables,
      },
      ...(environment && { environment }),
    })
  } finally {
    clearInterval(timer)
    progress.end()
  }
}
