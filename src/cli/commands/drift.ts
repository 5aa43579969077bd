import { chooseCluster } from '../../config/choose.js'
import type { ClusterConfig, Config } from '../../config/config.js'
import { EXIT_STATUS, UsageError } from '../../errors.js'
import { compareNodes } from '../../lifecycle/drift/drift.js'
import type { Drift } from '../../lifecycle/drift/drift.js'
import { parseHandedOver } from '../../lifecycle/drift/node-facts.js'
import { requireDocument } from '../../lifecycle/emit.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'
import { askNodes, NODE_OPTIONS } from '../drift/ask-nodes.js'
import { driftLines } from '../drift/table.js'
import { readPiped } from '../secret-input.js'

export const DRIFT: Command = {
  usage: 'drift [cluster]',
  summary: 'Look at every place on every node where a token can be, and compare it with the store',
  positionals: {
    cluster: { type: 'text', describe: 'The cluster; not needed if there is only one' },
  },
  options: {
    ...NODE_OPTIONS,
    limit: {
      type: 'text',
      alias: 'l',
      value: 'PATTERN',
      describe: "Only these of its nodes, by a pattern of Ansible's",
    },
    memory: {
      type: 'flag',
      isOnByDefault: true,
      describe: 'Ask running servers which token they have in memory',
    },
    wide: { type: 'flag', describe: 'Show the places of sound nodes, too' },
    facts: {
      type: 'text',
      value: 'FILE',
      describe: 'Compare what the play k3s_vars.token.drift hands over; always - (standard input)',
      excludes: ['inventory', 'limit', 'ask-become-pass'],
    },
  },
  examples: [
    ['drift prod -i inventory.yml', 'every place on every node of prod'],
    ['drift prod -i inventory.yml --json', 'the same for a program'],
    ['drift prod -i inventory.yml --limit node7 --wide', 'one node, every place'],
    [
      '$ ansible-playbook k3s_vars.token.drift -i inventory.yml -e k3s_vars_cluster=prod',
      'the same as a play, for AWX and CI',
    ],
  ],
  interrupted: 'nothing was changed; run it again',
  run: drift,
}

async function drift(call: Call): Promise<number> {
  const { input } = call
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const lifecycle = openLifecycle(call, config)
  // Told before anybody is asked.
  await requireDocument(lifecycle, cluster)
  const text = await answersOfNodes(call, config, cluster)
  const found = await compareNodes(lifecycle, cluster, parseHandedOver(text))
  answer(call, found, driftLines(found, input.has('wide')))
  return STATUS_OF[found.state]
}

/** What is wrong comes before what could not be told. */
const STATUS_OF: Readonly<Record<Drift['state'], number>> = {
  wrong: EXIT_STATUS.findings,
  unknown: EXIT_STATUS.cluster,
  sound: EXIT_STATUS.done,
}

/** @throws UsageError for anything but `-` */
export function requirePipe(file: string | undefined): void {
  if (file === '-') return
  throw new UsageError('K3SV_USAGE', '--facts takes - alone, which is standard input', {
    hint: 'pipe the answers in, as the play does',
  })
}

async function answersOfNodes(call: Call, config: Config, cluster: ClusterConfig): Promise<string> {
  const { input, io } = call
  const file = input.text('facts')
  if (file !== undefined) {
    requirePipe(file)
    return readPiped(io)
  }
  const limit = input.text('limit')
  return askNodes(call, {
    config,
    cluster,
    play: 'drift.yml',
    flags: limit === undefined ? [] : ['--limit', limit],
    variables: { k3s_vars_memory: input.has('memory') },
  })
}
