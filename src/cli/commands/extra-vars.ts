import { ConfigError, EXIT_STATUS, UsageError } from '../../errors.js'
import { chooseCluster } from '../../config/choose.js'
import type { ClusterConfig } from '../../config/config.js'
import { tokenVariables } from '../../inventory/variables.js'
import { Secret } from '../../secret.js'
import { emitTokens } from '../../lifecycle/emit.js'
import type { Call, Command } from '../command.js'
import { writeSecretDescriptor, writeSecretFile } from '../secret-output.js'
import { openConfig, openLifecycle } from '../context.js'

export const EXTRA_VARS: Command = {
  usage: 'extra-vars [cluster]',
  summary: "Write a cluster's token as extra vars for -e @FILE, which override everything else",
  positionals: {
    cluster: { type: 'text', describe: 'The cluster; not needed if there is only one' },
  },
  options: {
    output: {
      type: 'text',
      value: 'FILE',
      describe: 'A file of mode 0600',
      excludes: ['fd', 'reveal'],
    },
    fd: {
      type: 'text',
      value: 'N',
      describe: 'An inherited descriptor, 3 or higher',
      excludes: ['reveal'],
    },
    side: {
      type: 'text',
      value: 'SIDE',
      choices: ['server', 'agent'],
      describe:
        'For servers or for agents, if agents have a token of their own; use it with --limit',
    },
    reveal: { type: 'flag', describe: 'Print them even on a terminal' },
  },
  examples: [
    [
      'extra-vars prod --output /run/user/1000/prod.json',
      'then: ansible-playbook -e @/run/user/1000/prod.json site.yml',
    ],
    ['extra-vars prod --fd 3 3>prod.json', 'to a descriptor that the shell opened'],
  ],
  interrupted: 'the file of --output is the old one or the new one; run it again',
  run: extraVars,
}

async function extraVars(call: Call): Promise<number> {
  const { input, io } = call
  const [output, fd] = [input.text('output'), input.text('fd')]
  if (
    output === undefined &&
    fd === undefined &&
    io.stdout.isTTY === true &&
    !input.has('reveal')
  ) {
    throw new UsageError(
      'K3SV_USAGE_OUTPUT',
      'standard output is a terminal, and the extra vars hold the token',
      {
        hint: 'use --output FILE, or --reveal if you really want to see it',
      },
    )
  }
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const side = chooseSide(cluster, input.text('side'))
  const { cluster: shared, ...own } = tokenVariables(
    cluster,
    await emitTokens(openLifecycle(call, config), cluster),
  )
  const variables = { ...shared, ...own[side] }
  const text = new Secret(`${JSON.stringify(variables, null, 2)}\n`)
  if (output !== undefined) {
    writeSecretFile(output, text, io, {
      isOurs: (former) => hasOnlyKeys(former, Object.keys(variables)),
    })
  } else if (fd !== undefined) writeSecretDescriptor(fd, text)
  else io.stdout.write(text.reveal())
  return EXIT_STATUS.done
}

/** @throws ConfigError where one value cannot be right for all hosts */
function chooseSide(cluster: ClusterConfig, given: string | undefined): 'server' | 'agent' {
  if (given === 'server' || given === 'agent') return given
  if (!cluster.agentToken) return 'server'
  throw new ConfigError(
    'K3SV_CONFIG_COMBINATION',
    'extra vars are the same for every host, and the agents of this cluster have a token of their own',
    {
      location: cluster.location,
      hint: 'use the inventory source, or --side with ansible-playbook --limit',
    },
  )
}

/** Whether a file is one that an earlier call wrote. */
function hasOnlyKeys(text: string, keys: readonly string[]): boolean {
  try {
    const former = JSON.parse(text) as unknown
    if (typeof former !== 'object' || former === null) return false
    return Object.keys(former).length > 0 && Object.keys(former).every((key) => keys.includes(key))
  } catch {
    return false
  }
}
