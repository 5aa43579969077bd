import { chooseCluster } from '../../config/choose.js'
import { UsageError } from '../../errors.js'
import type { Call, Command } from '../command.js'
import { openConfig } from '../context.js'
import { NODE_OPTIONS } from '../drift/ask-nodes.js'
import { abortStored } from '../rotate/abort.js'
import { rotateFleet } from '../rotate/fleet.js'
import { handOverRotation } from '../rotate/hand-over.js'
import { answerRound } from '../rotate/round.js'
import { runRotation } from '../rotate/run.js'
import { showRotations } from '../rotate/status.js'
import { requirePipe } from './drift.js'

export const ROTATE: Command = {
  usage: 'rotate [cluster]',
  summary: 'Rotate the token of a running cluster, or continue an interrupted rotation',
  positionals: {
    cluster: { type: 'text', describe: 'The cluster; not needed if there is only one' },
  },
  options: {
    ...NODE_OPTIONS,
    plan: { type: 'flag', describe: 'Change nothing: look at the nodes and show every step' },
    status: {
      type: 'flag',
      describe: 'Show the phase of each cluster; with -i also which node has which token',
      excludes: ['plan', 'abort', 'all', 'yes'],
    },
    watch: { type: 'flag', describe: 'With --status: show it again until it has ended' },
    abort: {
      type: 'flag',
      describe: 'Take a rotation back, as long as the cluster has not seen the new token',
      excludes: ['plan', 'all'],
    },
    yes: { type: 'flag', alias: 'y', describe: 'Do not ask' },
    agent: { type: 'flag', describe: 'Rotate the agent token alone', excludes: ['both'] },
    both: { type: 'flag', describe: 'Rotate the server token and the agent token' },
    'to-form': {
      type: 'text',
      value: 'FORM',
      choices: ['secure'],
      describe: 'Write the new token with the hash of the CA in front of it, as form: secure does',
    },
    snapshot: {
      type: 'flag',
      isOnByDefault: true,
      describe: 'Take a snapshot before and after',
    },
    again: { type: 'flag', describe: 'Rotate although the last rotation ended just now' },
    all: { type: 'flag', describe: 'Every cluster, one after the other; the oldest token first' },
    'older-than': {
      type: 'text',
      value: 'AGE',
      describe:
        'With --all: only tokens older than this, such as 90d; interrupted rotations are continued in any case',
    },
    limit: { type: 'text', value: 'N', describe: 'With --all: at most this many clusters' },
    serial: { type: 'text', value: 'N', describe: 'With --all: this many at a time; 1 if absent' },
    facts: {
      type: 'text',
      value: 'FILE',
      describe: 'Answer one round of the play k3s_vars.token.rotate; always - (standard input)',
      excludes: ['inventory', 'ask-become-pass', 'hand-over', 'status', 'all'],
    },
    'hand-over': {
      type: 'flag',
      describe: 'Hand both tokens to the play, over a pipe; not for use by hand',
      excludes: ['inventory', 'ask-become-pass', 'plan', 'abort', 'status', 'all'],
    },
    rotation: { type: 'text', value: 'ID', describe: 'The rotation that the play means' },
  },
  examples: [
    ['rotate prod -i inventory.yml', 'show the plan and what was found, ask, and do it'],
    ['rotate prod -i inventory.yml --plan', 'change nothing, show every step'],
    ['rotate --status', 'every cluster: which phase, since when, what is next'],
    ['rotate prod --status -i inventory.yml', 'which node has which token'],
    ['rotate prod --abort -i inventory.yml', 'take it back, while that is safe'],
    [
      'rotate --all --older-than 90d --limit 20 --yes -i inventory.yml',
      'the oldest tokens of a fleet, from cron',
    ],
    [
      '$ ansible-playbook k3s_vars.token.rotate -i inventory.yml -e k3s_vars_cluster=prod',
      'the same as a play, for AWX and CI',
    ],
  ],
  interrupted: 'what was done is kept; run the same command again: it goes on from there',
  run: rotate,
}

async function rotate(call: Call): Promise<number> {
  const { input } = call
  if (input.has('hand-over')) return handOverRotation(call)
  if (input.text('facts') !== undefined) {
    requirePipe(input.text('facts'))
    return answerRound(call)
  }
  if (input.has('status')) return showRotations(call)
  if (input.has('all')) {
    refuseCluster(call)
    return rotateFleet(call)
  }
  const config = openConfig(call)
  const target = { config, cluster: chooseCluster(config, input.text('cluster')) }
  if (input.has('abort') && input.list('inventory').length === 0) return abortStored(call, target)
  return runRotation(call, target)
}

function refuseCluster({ input }: Call): void {
  if (input.text('cluster') === undefined) return
  throw new UsageError('K3SV_USAGE', '--all rotates every cluster, and one is named', {
    hint: 'leave out one of the two',
  })
}
