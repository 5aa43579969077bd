import { ClusterError, EXIT_STATUS, UsageError } from '../../errors.js'
import { chooseCluster } from '../../config/choose.js'
import type { ClusterConfig } from '../../config/config.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import type { ClusterDocument } from '../../document/document.js'
import { securePassword } from '../../token/format.js'
import { CA_HASH_PATTERN } from '../../token/grammar.js'
import { answerJson } from '../answer.js'
import type { Call, Command } from '../command.js'
import { activeGeneration, allGenerations } from '../../document/active.js'
import type { Generation } from '../../document/active.js'
import { requireDocument } from '../../lifecycle/emit.js'
import type { Stored } from '../../lifecycle/integrity.js'
import { requireCa } from '../../lifecycle/known-ca.js'
import { openConfig, openLifecycle } from '../context.js'
import { openOne, tellTokens } from '../token-facts.js'

export const TOKEN_SHOW: Command = {
  usage: 'token show [cluster]',
  summary: "Show what is known about a cluster's token, or with --reveal the token itself",
  positionals: {
    cluster: { type: 'text', describe: 'The cluster; not needed if there is only one' },
  },
  options: {
    reveal: { type: 'flag', describe: 'Print the token alone' },
    kind: {
      type: 'text',
      value: 'KIND',
      choices: ['server', 'agent'],
      describe: 'Which token --reveal prints; server if absent',
    },
    generation: {
      type: 'text',
      value: 'NUMBER',
      describe: 'A former generation, which snapshots of its time are restored with',
    },
    format: {
      type: 'text',
      value: 'FORMAT',
      choices: ['short', 'secure'],
      describe:
        'short is the password alone, as it is kept; secure has the CA in front of it, as nodes get it with form: secure',
    },
    'ca-hash': {
      type: 'text',
      value: 'HEX',
      describe: "The hash of the cluster's CA, 64 hex digits; the one that is kept if absent",
    },
  },
  examples: [
    ['token show prod', 'fingerprint, age, generation'],
    ['token show prod --reveal | wl-copy', 'the token alone, for the clipboard'],
    ['token show prod --reveal --format secure', 'with the CA in front of it, for a node by hand'],
    ['token show prod --reveal --generation 2', 'a former one, for a snapshot of its time'],
  ],
  interrupted: 'nothing was changed; run it again',
  run: tokenShow,
}

async function tokenShow(call: Call): Promise<number> {
  const { input, io } = call
  checkOptions(call)
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const lifecycle = openLifecycle(call, config)
  const document = await requireDocument(lifecycle, cluster)
  const generation = chooseGeneration(cluster, document, input.text('generation'))
  const stored = { cluster, document, generation }
  if (!input.has('reveal')) {
    await tellTokens(call, lifecycle, stored)
    return EXIT_STATUS.done
  }
  const kind: TokenKind = input.text('kind') === 'agent' ? 'agent' : 'server'
  const token = formatAs(call, kind, { ...stored, secret: await openOne(lifecycle, stored, kind) })
  if (input.has('json')) {
    answerJson(call, { cluster: cluster.name, kind, token: token.reveal() }, 'reveal')
  } else io.stdout.write(`${token.reveal()}\n`)
  return EXIT_STATUS.done
}

/** @throws UsageError where the document keeps no generation of that number */
function chooseGeneration(
  { name }: ClusterConfig,
  document: ClusterDocument,
  wanted: string | undefined,
): Generation {
  if (wanted === undefined) return activeGeneration(document)
  const kept = allGenerations(document)
  const found = kept.find(({ number }) => String(number) === wanted)
  if (found !== undefined) return found
  const numbers = kept.map(({ number }) => number).join(', ')
  throw new UsageError('K3SV_USAGE', `cluster ${name} has no generation of that number`, {
    hint: `it keeps ${numbers}; \`k3s-vars token show ${name}\` tells of when each is`,
  })
}

/** @throws UsageError for options that make no sense together */
function checkOptions({ input }: Call): void {
  const other = ['kind', 'format', 'ca-hash'].find((name) => input.text(name) !== undefined)
  if (other !== undefined && !input.has('reveal')) {
    throw new UsageError(
      'K3SV_USAGE',
      `--${other} says how to print the token, and --reveal is missing`,
      {
        hint: `leave out --${other}, or add --reveal`,
      },
    )
  }
  const [isSecure, hash] = [input.text('format') === 'secure', input.text('ca-hash')]
  if (hash !== undefined && (!isSecure || !CA_HASH_PATTERN.test(hash))) {
    const message = isSecure
      ? 'a CA hash is 64 hex digits in lower case'
      : '--ca-hash is for --format secure only'
    const hint = isSecure
      ? 'take what stands between K10 and :: in server/token on a server'
      : 'leave it out, or add --format secure'
    throw new UsageError('K3SV_USAGE', message, { hint })
  }
}

interface Opened extends Stored {
  readonly secret: Secret
}

/**
 * @throws ClusterError `K3SV_CLUSTER_CA` where the secure form is asked for without a CA, and none is kept; `K3SV_CLUSTER_PIN` where
 * another one is
 */
function formatAs({ input }: Call, kind: TokenKind, { secret, ...stored }: Opened): Secret {
  if (input.text('format') !== 'secure') return secret
  const { cluster, document } = stored
  const given = input.text('ca-hash')
  if (given === undefined) return securePassword(secret, kind, requireCa(stored))
  if (document.ca.length === 0 || document.ca.some(({ hash }) => hash === given))
    return securePassword(secret, kind, given)
  throw new ClusterError(
    'K3SV_CLUSTER_PIN',
    `--ca-hash names another CA than the one that cluster ${cluster.name} is known by`,
    {
      location: cluster.location,
      hint: `leave it out; if the CA was changed on purpose: k3s-vars verify ${cluster.name} --pin`,
    },
  )
}
