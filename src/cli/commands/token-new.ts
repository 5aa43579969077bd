import { EXIT_STATUS, UsageError } from '../../errors.js'
import { chooseCluster } from '../../config/choose.js'
import { mintAgentToken, mintTokens } from '../../lifecycle/mint.js'
import { Secret } from '../../secret.js'
import { generateBootstrapToken } from '../../token/bootstrap.js'
import { formatToken } from '../../token/format.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { writeSecretFile } from '../secret-output.js'
import { openConfig, openLifecycle } from '../context.js'

export const TOKEN_NEW: Command = {
  usage: 'token new [cluster]',
  summary: 'Make the first token of a cluster, also where mint is never',
  positionals: { cluster: { type: 'text', describe: 'The cluster; needed if there are several' } },
  options: {
    kind: {
      type: 'text',
      value: 'KIND',
      choices: ['server', 'agent', 'bootstrap'],
      describe:
        'server if absent; agent adds the missing one; bootstrap is one for k3s token create, not kept',
    },
    output: {
      type: 'text',
      value: 'FILE',
      describe: 'Write the bootstrap token to a new file of mode 0600',
      excludes: ['reveal'],
    },
    reveal: { type: 'flag', describe: 'Print the bootstrap token' },
  },
  examples: [
    ['token new prod', 'make the token; it is kept, and not shown'],
    ['token new --kind bootstrap --output join.token', 'for: k3s token create "$(cat join.token)"'],
  ],
  run: tokenNew,
}

async function tokenNew(call: Call): Promise<number> {
  const { input } = call
  if (input.text('kind') === 'bootstrap') return newBootstrapToken(call)
  const other = ['output', 'reveal'].find(
    (name) => input.text(name) !== undefined || input.has(name),
  )
  if (other !== undefined) {
    throw new UsageError('K3SV_USAGE', `--${other} is for --kind bootstrap only`, {
      hint: 'the token of a cluster goes into the store; k3s-vars token show --reveal prints it',
    })
  }
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const lifecycle = openLifecycle(call, config)
  const document =
    input.text('kind') === 'agent'
      ? await mintAgentToken(lifecycle, cluster)
      : (await mintTokens(lifecycle, cluster)).document
  const { generation, current } = document
  const { fingerprint, created, agent } = current
  const kinds = agent === undefined ? ['server'] : ['server', 'agent']
  answer(call, { cluster: cluster.name, kinds, generation, fingerprint, created }, [
    `made the ${kinds.join(' and ')} token of ${cluster.name}: generation ${generation}, fingerprint ${fingerprint ?? '-'}`,
  ])
  return EXIT_STATUS.done
}

/** Its id stands in the cluster in the clear, but id and secret together let a machine join. */
function newBootstrapToken(call: Call): number {
  const { input, io } = call
  const output = input.text('output')
  if (input.text('cluster') !== undefined) {
    throw new UsageError('K3SV_USAGE', 'a bootstrap token is kept for no cluster', {
      hint: 'leave the cluster out',
    })
  }
  if (output === undefined && !input.has('reveal')) {
    throw new UsageError(
      'K3SV_USAGE',
      'a bootstrap token lets a machine join, so it is not just printed',
      {
        hint: 'use --output FILE, or --reveal to print it',
      },
    )
  }
  const token = formatToken(generateBootstrapToken(io.randomBytes))
  if (output === undefined) {
    io.stdout.write(
      input.has('json') ? `${JSON.stringify({ token: token.reveal() })}\n` : `${token.reveal()}\n`,
    )
    return EXIT_STATUS.done
  }
  writeSecretFile(output, new Secret(`${token.reveal()}\n`), io)
  answer(call, { kind: 'bootstrap' }, ['wrote a bootstrap token to the file of --output'])
  return EXIT_STATUS.done
}
