import { EXIT_STATUS, UsageError } from '../../errors.js'
import { chooseCluster } from '../../config/choose.js'
import type { ClusterConfig } from '../../config/config.js'
import type { ClusterDocument } from '../../document/document.js'
import { mintAgentToken, mintTokens } from '../../lifecycle/mint.js'
import { askBeforeMinting } from '../../lifecycle/minting-questions.js'
import { stopped } from '../../lifecycle/minting-decision.js'
import type { Answer } from '../../lifecycle/minting-rules.js'
import { Secret } from '../../secret.js'
import { generateBootstrapToken } from '../../token/bootstrap.js'
import { formatToken } from '../../token/format.js'
import { answer, answerJson } from '../answer.js'
import type { Call, Command } from '../command.js'
import { askOwnInventory } from '../own-inventory.js'
import { describeAnswers, agreeToMint } from '../minting.js'
import { writeSecretFile } from '../secret-output.js'
import { openConfig, openLifecycle } from '../context.js'

export const TOKEN_NEW: Command = {
  usage: 'token new [cluster]',
  summary:
    'Make the first token of a cluster, after asking everything that could know of another one',
  positionals: {
    cluster: { type: 'text', describe: 'The cluster; not needed if there is only one' },
  },
  options: {
    kind: {
      type: 'text',
      value: 'KIND',
      choices: ['server', 'agent', 'bootstrap'],
      describe:
        'server if absent; agent adds the missing one; bootstrap is one for k3s token create, not kept',
    },
    inventory: {
      type: 'list',
      alias: 'i',
      value: 'SOURCE',
      describe:
        'An inventory that has the servers, as for ansible-playbook; those of ansible.cfg if absent',
    },
    yes: {
      type: 'flag',
      alias: 'y',
      describe: 'Do not ask, if nothing speaks against it',
    },
    'assume-new': {
      type: 'flag',
      describe:
        'Vouch that the cluster is new where nobody can tell; a K3s that answers stops all the same',
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
    ['token new prod', 'show what was found, ask, and make the token; it is kept, and not shown'],
    ['token new prod -i inventory.yml', 'the servers stand in that inventory'],
    ['token new prod --yes', 'the same in a script'],
    ['token new prod --yes --assume-new', 'servers that do not answer yet do not stop it'],
    ['token new --kind bootstrap --output join.token', 'for: k3s token create "$(cat join.token)"'],
  ],
  interrupted:
    'a token was made whole or not at all: k3s-vars status tells; run it again if there is none',
  run: tokenNew,
}

async function tokenNew(call: Call): Promise<number> {
  const { input } = call
  if (input.text('kind') === 'bootstrap') return newBootstrapToken(call)
  refuseOptions(call, ['output', 'reveal'], 'is for --kind bootstrap only')
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const lifecycle = openLifecycle(call, config)
  if (input.text('kind') === 'agent') {
    refuseOptions(call, ['yes', 'assume-new'], 'is for the first token of a cluster')
    return tell(call, cluster, await mintAgentToken(lifecycle, cluster))
  }
  if ((await lifecycle.storeOf(cluster).get(cluster.name)) !== null) {
    throw stopped(cluster, { question: 'store', answer: 'there' }, 'on-demand')
  }
  const own = await askOwnInventory(call, config, cluster)
  const asked = await askBeforeMinting(lifecycle, cluster, {
    way: 'on-demand',
    servers: own.servers,
  })
  const answers = [...asked, ...own.answers]
  const origin = agreeToMint(call, cluster, answers)
  if (origin === undefined) {
    answer(call, { cluster: cluster.name, kinds: [] }, ['nothing was made'])
    return EXIT_STATUS.done
  }
  return tell(call, cluster, await mintTokens(lifecycle, cluster, origin), answers)
}

function refuseOptions({ input }: Call, names: readonly string[], why: string): void {
  const given = names.find((name) => input.text(name) !== undefined || input.has(name))
  if (given === undefined) return
  throw new UsageError('K3SV_USAGE', `--${given} ${why}`, {
    hint: 'leave it out; k3s-vars token new --help says what each option is for',
  })
}

function tell(
  call: Call,
  cluster: ClusterConfig,
  { generation, current, ca }: ClusterDocument,
  found: readonly Answer[] = [],
): number {
  const { fingerprint, created, agent } = current
  const kinds = agent === undefined ? ['server'] : ['server', 'agent']
  answer(call, { cluster: cluster.name, kinds, generation, fingerprint, created, found }, [
    ...(call.input.has('yes') ? describeAnswers(found) : []),
    `made the ${kinds.join(' and ')} token of ${cluster.name}: generation ${generation}, fingerprint ${fingerprint ?? '-'}`,
    ...(cluster.form === 'secure' && ca.length === 0
      ? [`next, before the first start: k3s-vars ca new ${cluster.name}`]
      : []),
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
    if (input.has('json')) {
      answerJson(call, { kind: 'bootstrap', token: token.reveal() }, 'bootstrap')
    } else io.stdout.write(`${token.reveal()}\n`)
    return EXIT_STATUS.done
  }
  writeSecretFile(output, new Secret(`${token.reveal()}\n`), io)
  const lines = ['wrote a bootstrap token to the file of --output']
  answer(call, { kind: 'bootstrap' }, lines, 'bootstrap')
  return EXIT_STATUS.done
}
