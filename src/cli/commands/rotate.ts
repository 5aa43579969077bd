import { chooseCluster } from '../../config/choose.js'
import type { Call, Command } from '../command.js'
import { openConfig } from '../context.js'
import { NODE_OPTIONS } from '../drift/ask-nodes.js'
import { handOverRotation } from '../rotate/hand-over.js'
import { answerRound } from '../rotate/round.js'
import { runRotation } from '../rotate/run.js'
import { requirePipe } from './drift.js'

export const ROTATE: Command = {
  usage: 'rotate [cluster]',
  summary: 'Rotate the token of a running cluster, or go on with a rotation, from wherever it is',
  positionals: { cluster: { type: 'text', describe: 'The cluster; needless where there is one' } },
  options: {
    ...NODE_OPTIONS,
    plan: { type: 'flag', describe: 'Change nothing: look at the nodes and show every step' },
    abort: {
      type: 'flag',
      describe: 'Take a rotation back, as long as the cluster has not seen the new token',
      excludes: ['plan'],
    },
    yes: { type: 'flag', alias: 'y', describe: 'Do it without a question' },
    agent: { type: 'flag', describe: 'Rotate the agent token alone', excludes: ['both'] },
    both: { type: 'flag', describe: 'Rotate the server token and the agent token' },
    'to-form': {
      type: 'text',
      value: 'FORM',
      choices: ['secure'],
      describe: 'Write the new token with the CA in front of it, as form: secure has it',
    },
    snapshot: {
      type: 'flag',
      isOnByDefault: true,
      describe: 'Take a snapshot before and after',
    },
    again: { type: 'flag', describe: 'Rotate although the last rotation ended just now' },
    facts: {
      type: 'text',
      value: 'FILE',
      describe: 'Answer one round of the play k3s_vars.token.rotate; only - for standard input',
      excludes: ['inventory', 'ask-become-pass', 'hand-over'],
    },
    'hand-over': {
      type: 'flag',
      describe: 'Hand both tokens to the play, over a pipe; never for a person',
      excludes: ['inventory', 'ask-become-pass', 'plan', 'abort'],
    },
    rotation: { type: 'text', value: 'ID', describe: 'The rotation that the play means' },
  },
  examples: [
    ['rotate prod -i inventory.yml', 'show the plan and what was found, ask, and do it'],
    ['rotate prod -i inventory.yml --plan', 'change nothing, show every step'],
    ['rotate prod --abort -i inventory.yml', 'take it back, while that is safe'],
    [
      '$ ansible-playbook k3s_vars.token.rotate -i inventory.yml -e k3s_vars_cluster=prod',
      'the same as a play, for AWX and CI',
    ],
  ],
  run: rotate,
}

async function rotate(call: Call): Promise<number> {
  const { input } = call
  if (input.has('hand-over')) return handOverRotation(call)
  if (input.text('facts') !== undefined) {
    requirePipe(input.text('facts'))
    return answerRound(call)
  }
  const config = openConfig(call)
  return runRotation(call, { config, cluster: chooseCluster(config, input.text('cluster')) })
}
