import { chooseCluster } from '../../config/choose.js'
import { EXIT_STATUS } from '../../errors.js'
import { agreeOnTokens } from '../../lifecycle/drift/agreement.js'
import type { Agreement } from '../../lifecycle/drift/agreement.js'
import { parseHandedOver } from '../../lifecycle/drift/node-facts.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig } from '../context.js'
import { askNodes, NODE_OPTIONS } from '../drift/ask-nodes.js'
import { readSteps } from '../drift/steps.js'
import { nodeLines } from '../drift/table.js'
import { readPiped } from '../secret-input.js'
import { requirePipe } from './drift.js'

export const ADOPT: Command = {
  usage: 'adopt [cluster]',
  summary: 'Import the token of a running cluster from its servers, once all its nodes agree on it',
  positionals: {
    cluster: { type: 'text', describe: 'The cluster; not needed if there is only one' },
  },
  options: {
    ...NODE_OPTIONS,
    replace: {
      type: 'flag',
      describe: 'Replace another token that is here; it is kept as a former one',
    },
    'allow-weak': {
      type: 'flag',
      describe: 'Take a token that can be guessed, because the cluster has it',
    },
    facts: {
      type: 'text',
      value: 'FILE',
      describe:
        'Only compare what the play k3s_vars.token.adopt hands over; always - (standard input)',
      excludes: ['inventory', 'ask-become-pass', 'replace', 'allow-weak'],
    },
  },
  examples: [
    ['adopt prod -i inventory.yml', 'compare all nodes, then adopt what the servers have'],
    [
      '$ ansible-playbook k3s_vars.token.adopt -i inventory.yml -e k3s_vars_cluster=prod',
      'the same as a play',
    ],
  ],
  interrupted:
    'no node was changed, and a token came home whole or not at all: k3s-vars status tells; run it again to go on',
  run: adopt,
}

async function adopt(call: Call): Promise<number> {
  return call.input.text('facts') === undefined ? runPlay(call) : compare(call)
}

const STATUS_OF: Readonly<Record<Agreement['state'], number>> = {
  wrong: EXIT_STATUS.findings,
  unknown: EXIT_STATUS.cluster,
  sound: EXIT_STATUS.done,
}

async function compare(call: Call): Promise<number> {
  const { input, io } = call
  requirePipe(input.text('facts'))
  const cluster = chooseCluster(openConfig(call), input.text('cluster'))
  const agreement = agreeOnTokens(cluster, parseHandedOver(await readPiped(io)), io.now())
  const lines = nodeLines(agreement, false)
  // The play shows the lines and obeys the rest.
  answer(call, { ...agreement, lines }, lines, 'compare')
  return STATUS_OF[agreement.state]
}

/** What an import alone has to say; here the nodes were compared, and each of their files ends in a newline. */
const NEEDLESS = /^(?:not compared with the cluster|took one final newline off)/

async function runPlay(call: Call): Promise<number> {
  const { input } = call
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const text = await askNodes(call, {
    config,
    cluster,
    play: 'adopt.yml',
    variables: {
      k3s_vars_import_options: ['replace', 'allow-weak']
        .filter((name) => input.has(name))
        .map((name) => `--${name}`),
    },
  })
  const steps = readSteps(text)
  answer(
    call,
    { cluster: cluster.name, steps },
    steps.flatMap(({ lines }) => lines).filter((line) => !NEEDLESS.test(line)),
  )
  return steps.at(-1)!.status
}
