import { EXIT_STATUS, StoreError, UsageError, VaultError } from '../../errors.js'
import { chooseCluster } from '../../config/choose.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import { TOKEN_KINDS } from '../../token-pair.js'
import { formatToken } from '../../token/format.js'
import { CA_HASH_PATTERN, USERS } from '../../token/grammar.js'
import { findWeakness } from '../../token/lint.js'
import type { TokenFinding } from '../../token/lint.js'
import { classesOf } from '../../token/strength.js'
import { answer, formatAge, formatFields } from '../answer.js'
import type { Call, Command } from '../command.js'
import { activeGeneration } from '../../document/active.js'
import { requireDocument } from '../../lifecycle/emit.js'
import { openGeneration, requireSound } from '../../lifecycle/open.js'
import type { Stored } from '../../lifecycle/verify.js'
import { openConfig, openLifecycle } from '../context.js'
import { describeCa, describeFingerprint, ORIGIN_WORDS } from '../generation-words.js'

export const TOKEN_SHOW: Command = {
  usage: 'token show [cluster]',
  summary: "Show what is known of a cluster's token, or with --reveal the token itself",
  positionals: { cluster: { type: 'text', describe: 'The cluster; needed if there are several' } },
  options: {
    reveal: { type: 'flag', describe: 'Print the token alone' },
    kind: {
      type: 'text',
      value: 'KIND',
      choices: ['server', 'agent'],
      describe: 'Which token --reveal prints; server if absent',
    },
    format: {
      type: 'text',
      value: 'FORMAT',
      choices: ['short', 'secure'],
      describe:
        'short is the password alone; secure pins the CA in front of it and needs --ca-hash',
    },
    'ca-hash': {
      type: 'text',
      value: 'HEX',
      describe: "The hash of the cluster's CA, 64 hex digits",
    },
  },
  examples: [
    ['token show prod', 'fingerprint, age, generation'],
    ['token show prod --reveal | wl-copy', 'the token alone, for the clipboard'],
  ],
  run: tokenShow,
}

async function tokenShow(call: Call): Promise<number> {
  const { input, io } = call
  checkOptions(call)
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const lifecycle = openLifecycle(call, config)
  const document = await requireDocument(lifecycle, cluster)
  const stored = { cluster, document, generation: activeGeneration(document) }
  if (!input.has('reveal')) {
    await tell(call, lifecycle, stored)
    return EXIT_STATUS.done
  }
  const kind: TokenKind = input.text('kind') === 'agent' ? 'agent' : 'server'
  const token = formatAs(call, kind, await openOne(lifecycle, stored, kind)).reveal()
  io.stdout.write(
    input.has('json')
      ? `${JSON.stringify({ cluster: cluster.name, kind, token })}\n`
      : `${token}\n`,
  )
  return EXIT_STATUS.done
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
  if (isSecure && hash === undefined) {
    throw new UsageError(
      'K3SV_USAGE',
      'the secure format needs the hash of the CA, which is not known here',
      {
        hint: 'give it with --ca-hash: sha256sum /var/lib/rancher/k3s/server/tls/server-ca.crt on a server with one CA',
      },
    )
  }
  if (hash !== undefined && (!isSecure || !CA_HASH_PATTERN.test(hash))) {
    const message = isSecure
      ? 'a CA hash is 64 hex digits in lower case'
      : '--ca-hash is for --format secure only'
    const hint = isSecure
      ? 'copy what sha256sum prints for the server-ca.crt of a server'
      : 'leave it out, or add --format secure'
    throw new UsageError('K3SV_USAGE', message, { hint })
  }
}

function formatAs({ input }: Call, kind: TokenKind, password: Secret): Secret {
  if (input.text('format') !== 'secure') return password
  return formatToken({
    format: 'secure',
    caHash: input.text('ca-hash')!,
    credentials: { type: 'password', user: USERS[kind], password },
  })
}

/**
 * One token of a generation. The server token is opened with the agent's, because that is bound to it.
 * @throws StoreError `K3SV_STORE_ABSENT` where the agents join with the server token, and as `requireSound`
 */
async function openOne(lifecycle: Lifecycle, stored: Stored, kind: TokenKind): Promise<Secret> {
  const { cluster, generation } = stored
  const { server, agent } = generation.tokens
  const chosen = kind === 'agent' && agent ? { server, agent } : { server }
  const secret = requireSound(await openGeneration(lifecycle, stored, chosen))[kind]
  if (secret !== undefined) return secret
  throw new StoreError(
    'K3SV_STORE_ABSENT',
    `cluster ${cluster.name} has no agent token: agents join with the server token`,
    {
      location: cluster.location,
      hint: 'show that one, or set agent_token: true and run `k3s-vars token new --kind agent`',
    },
  )
}

async function tell(call: Call, lifecycle: Lifecycle, stored: Stored): Promise<void> {
  const { cluster, document, generation } = stored
  const measures = await measure(lifecycle, stored)
  const { fingerprint, created, origin = null } = generation.tokens
  answer(
    call,
    {
      cluster: cluster.name,
      role: cluster.role.id,
      generation: generation.number,
      phase: document.phase,
      created,
      origin,
      fingerprint,
      former: document.previous.length,
      ca: document.ca,
      tokens: measures.map(({ kind, length, classes, weakness }) => ({
        kind,
        length,
        classes,
        weak: weakness?.rule ?? null,
      })),
    },
    describe(stored, measures, call.io.now()),
  )
}

function describe(
  { cluster, document, generation }: Stored,
  measures: readonly Measures[],
  now: Date,
): string[] {
  const { number, tokens } = generation
  const { phase, previous, ca } = document
  const { created, origin } = tokens
  const weakest = measures.find(({ weakness }) => weakness !== undefined)?.weakness
  return [
    ...formatFields([
      ['cluster', cluster.name],
      ['role', cluster.role.id],
      ['created', `${created} (${formatAge(created, now)} ago)`],
      ['origin', origin === undefined ? 'unknown' : ORIGIN_WORDS[origin]],
      ['generation', `${number}, ${previous.length} former kept`],
      ['phase', phase],
      ['fingerprint', describeFingerprint(tokens)],
      ...ca.map(describeCa),
      ...measures.map(describeMeasures),
    ]),
    ...(weakest ? [`hint: ${weakest.hint}`] : []),
  ]
}

function describeMeasures(measures: Measures): [string, string] {
  const { kind, length, classes, weakness } = measures
  if (length === null) return [`${kind} token`, 'sealed; no password here opens it']
  const weak = weakness ? `; weak: ${weakness.message}` : ''
  return [`${kind} token`, `${length} characters, ${classes.join(', ')}${weak}`]
}

interface Measures {
  readonly kind: TokenKind
  readonly length: number | null
  readonly classes: readonly string[]
  readonly weakness?: TokenFinding | undefined
}

/**
 * Length and classes of characters; null and empty where no password opens the tokens, which is no error here.
 * @throws as `requireSound`
 */
async function measure(lifecycle: Lifecycle, stored: Stored): Promise<readonly Measures[]> {
  const kinds = TOKEN_KINDS.filter((kind) => stored.generation.tokens[kind] !== undefined)
  try {
    const secrets = requireSound(await openGeneration(lifecycle, stored))
    return kinds.map((kind) => {
      const secret = secrets[kind]!
      const text = secret.reveal()
      return { kind, length: text.length, classes: classesOf(text), weakness: findWeakness(secret) }
    })
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return kinds.map((kind) => ({ kind, length: null, classes: [] }))
  }
}
