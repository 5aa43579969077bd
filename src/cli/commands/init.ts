import { mkdirSync, writeFileSync, chmodSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CONFIG_SCHEMA } from '../../config/schema.js'
import { EXIT_STATUS, UsageError } from '../../errors.js'
import { ROLE_PROFILES } from '../../role/profiles.js'
import { Secret } from '../../secret.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { planInit } from '../init/plan.js'
import type { Step } from '../init/plan.js'
import { lookAround } from '../init/situation.js'

/** 256 bits. */
const PASSWORD_BYTES = 32
const CLUSTER_NAME = new RegExp(CONFIG_SCHEMA.properties.clusters.propertyNames.pattern)

export const INIT: Command = {
  usage: 'init',
  summary: 'Set a project up: configuration, launcher, vault password; changes nothing that exists',
  options: {
    dir: {
      type: 'text',
      value: 'DIR',
      describe: 'The folder to set up; the current one if absent',
    },
    cluster: { type: 'text', value: 'NAME', describe: 'The first cluster; prod if absent' },
    role: {
      type: 'text',
      value: 'ROLE',
      describe: 'The role that reads the token',
      choices: Object.keys(ROLE_PROFILES),
    },
    launcher: { type: 'flag', describe: 'Write plugins/k3s_vars', isOnByDefault: true },
  },
  examples: [
    ['init', 'set up the current folder'],
    ['init --dir deploy --cluster prod', 'set up another folder with a cluster named prod'],
  ],
  run: init,
}

async function init(call: Call): Promise<number> {
  const { input, io } = call
  const dir = resolve(io.environment.cwd, input.text('dir') ?? '.')
  const cluster = input.text('cluster') ?? 'prod'
  if (!CLUSTER_NAME.test(cluster)) {
    throw new UsageError('K3SV_USAGE', 'the value of --cluster cannot be the name of a cluster', {
      hint: 'use lower-case letters and digits, with dashes and underscores between them; all, ungrouped and digits alone are taken',
    })
  }
  const steps = planInit(lookAround(dir, io), {
    cluster,
    role: input.text('role') ?? 'k3s-io',
    launcher: input.has('launcher'),
    password: () => new Secret(`${io.randomBytes(PASSWORD_BYTES).toString('base64url')}\n`),
  })
  for (const step of steps) if (step.action === 'create') create(dir, step)
  answer(call, { steps: steps.map(showStep) }, steps.map(formatStep))
  return Promise.resolve(EXIT_STATUS.done)
}

/** Fails where the file has come into being meanwhile; a link to nowhere counts as one. */
function create(dir: string, { path, text, mode }: Extract<Step, { action: 'create' }>): void {
  const file = join(dir, path)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof text === 'string' ? text : text.reveal(), { flag: 'wx', mode })
    // The umask may have taken the execute bit of others.
    if (mode === 0o755) chmodSync(file, mode)
  } catch {
    throw new UsageError('K3SV_USAGE_OUTPUT', `${path} cannot be written in the folder of --dir`, {
      hint: 'check that the folder can be made and written',
    })
  }
}

function showStep(step: Step): object {
  return step.action === 'create' ? { action: step.action, path: step.path } : step
}

function formatStep(step: Step): string {
  switch (step.action) {
    case 'create':
      return `created  ${step.path}`
    case 'keep':
      return `kept     ${step.path}`
    case 'advise':
      return `look at  ${step.path}: ${step.advice}`
  }
}
