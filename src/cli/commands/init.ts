import { resolve } from 'node:path'
import { EXIT_STATUS, K3sVarsError } from '../../errors.js'
import type { Config } from '../../config/config.js'
import { ROLE_PROFILES } from '../../role/profiles.js'
import { Secret } from '../../secret.js'
import { createVault } from '../../vault/create.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openLifecycle } from '../context.js'
import { choose, WAYS } from '../init/choices.js'
import { askInventory } from '../init/inventory.js'
import { listNext } from '../init/next.js'
import { planFiles } from '../init/plan.js'
import { lookAt } from '../init/project.js'
import { formatInit, showInit } from '../init/summary.js'
import { writeFiles } from '../init/write.js'

/** 256 bits. */
const PASSWORD_BYTES = 32

export const INIT: Command = {
  usage: 'init',
  summary:
    'Set up a project, with the inventory that it has or with ours; changes no file that exists',
  options: {
    dir: {
      type: 'text',
      value: 'DIR',
      describe: 'The folder that Ansible is run in; the current one if absent',
    },
    inventory: {
      type: 'list',
      alias: 'i',
      value: 'SOURCE',
      describe: 'An inventory source, as for ansible-playbook; those of ansible.cfg if absent',
    },
    cluster: { type: 'text', value: 'NAME', describe: 'The first cluster; prod if absent' },
    role: {
      type: 'text',
      value: 'ROLE',
      describe: 'The role that reads the token; found by the inventory if absent',
      choices: Object.keys(ROLE_PROFILES),
    },
    'vault-id': {
      type: 'text',
      value: 'ID',
      describe: 'The vault id that seals the tokens, where there are several',
    },
    way: {
      type: 'text',
      value: 'WAY',
      choices: WAYS,
      describe:
        'How plays get the token: the vars plugin, for an inventory that is there, or an inventory source of ours',
    },
    launcher: {
      type: 'flag',
      describe: 'Write that source, plugins/k3s_vars, unless plays have one of ours already',
      isOnByDefault: true,
    },
  },
  examples: [
    ['init', 'set up the current folder, for the inventory of its ansible.cfg'],
    ['init -i inventory/hosts.ini', 'for another inventory'],
    ['init --cluster edge --role lablabs --vault-id ops', 'say what nobody can be asked for'],
    ['init --dir deploy --way source', 'with an inventory of our own'],
  ],
  interrupted: 'each file is there as a whole or not at all; run it again to go on',
  run: init,
}

async function init(call: Call): Promise<number> {
  const { input, io } = call
  const { environment, launcher } = io
  const folder = resolve(environment.cwd, input.text('dir') ?? '.')
  const before = lookAt(folder, environment)
  const look = await askInventory(before, call)
  const vault = createVault({ environment: { ...environment, cwd: folder } })
  const choices = await choose(call, before, { look, vault })
  const steps = planFiles(before, {
    choices,
    launcher,
    password: () => new Secret(`${io.randomBytes(PASSWORD_BYTES).toString('base64url')}\n`),
  })
  writeFiles(folder, steps)
  const project = lookAt(folder, environment)
  const config = project.config instanceof K3sVarsError ? undefined : project.config
  const outcome = {
    ...{ project, before, choices, steps, config, launcher },
    inventory: look.inventory,
    failure: look.failure,
    withoutToken: config === undefined ? [choices.cluster] : await findWithoutToken(call, config),
  }
  const summary = { ...outcome, next: listNext(outcome) }
  answer(call, showInit(summary), formatInit(summary))
  return EXIT_STATUS.done
}

/** What cannot be read is no token that is missing: `check` and `status` tell of it. */
async function findWithoutToken(call: Call, config: Config): Promise<string[]> {
  const { storeOf } = openLifecycle(call, config)
  const names: string[] = []
  for (const cluster of config.clusters) {
    try {
      if ((await storeOf(cluster).get(cluster.name)) === null) names.push(cluster.name)
    } catch (error) {
      if (!(error instanceof K3sVarsError)) throw error
    }
  }
  return names
}
