import { EXIT_STATUS, StoreError, UsageError, VaultError } from '../../errors.js'
import { chooseCluster } from '../../config/choose.js'
import type { ClusterConfig } from '../../config/config.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import { TOKEN_KINDS } from '../../token-pair.js'
import type { ClusterDocument, StoredTokens } from '../../document/document.js'
import { formatToken } from '../../token/format.js'
import { CA_HASH_PATTERN, USERS } from '../../token/grammar.js'
import { findWeakness } from '../../token/lint.js'
import type { TokenFinding } from '../../token/lint.js'
import { classesOf } from '../../token/strength.js'
import { answer, formatAge, formatFields } from '../answer.js'
import type { Call, Command } from '../command.js'
import { activeGeneration } from '../../document/active.js'
import type { Generation } from '../../document/active.js'
import { requireDocument } from '../../lifecycle/emit.js'
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
  const active = activeGeneration(document)
  if (!input.has('reveal')) {
    await tell(call, lifecycle, { cluster, document, active })
    return EXIT_STATUS.done
  }
  const kind: TokenKind = input.text('kind') === 'agent' ? 'agent' : 'server'
  const token = formatAs(
    call,
    kind,
    await openOne(lifecycle, cluster, { stored: active.tokens, kind }),
  ).reveal()
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

/** @throws StoreError `K3SV_STORE_ABSENT` where the agents join with the server token */
async function openOne(
  { vault }: Lifecycle,
  cluster: ClusterConfig,
  { stored, kind }: { readonly stored: StoredTokens; readonly kind: TokenKind },
): Promise<Secret> {
  const secret = stored[kind]
  if (secret === undefined) {
    throw new StoreError(
      'K3SV_STORE_ABSENT',
      `cluster ${cluster.name} has no agent token: agents join with the server token`,
      {
        location: cluster.location,
        hint: 'show that one, or set agent_token: true and run `k3s-vars token new --kind agent`',
      },
    )
  }
  return secret.form === 'plain' ? secret.secret : vault.open(secret.text, cluster.location)
}

interface Shown {
  readonly cluster: ClusterConfig
  readonly document: ClusterDocument
  readonly active: Generation
}

async function tell(
  call: Call,
  lifecycle: Lifecycle,
  { cluster, document, active }: Shown,
): Promise<void> {
  const { number: generation, tokens: stored } = active
  const kinds = TOKEN_KINDS.filter((kind) => stored[kind] !== undefined)
  const measures = await Promise.all(
    kinds.map(async (kind) => ({ kind, ...(await measure(lifecycle, cluster, { stored, kind })) })),
  )
  const { phase, previous, ca } = document
  const { fingerprint, created, origin = null } = stored
  answer(
    call,
    {
      cluster: cluster.name,
      role: cluster.role.id,
      generation,
      phase,
      created,
      origin,
      fingerprint,
      former: previous.length,
      ca,
      tokens: measures.map(({ kind, length, classes, weakness }) => ({
        kind,
        length,
        classes,
        weak: weakness?.rule ?? null,
      })),
    },
    describe({ cluster, document, active }, measures, call.io.now()),
  )
}

function describe(
  { cluster, document, active }: Shown,
  measures: readonly MeasuredToken[],
  now: Date,
): string[] {
  const { number, tokens } = active
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

function describeMeasures(measures: MeasuredToken): [string, string] {
  const { kind, length, classes, weakness } = measures
  if (length === null) return [`${kind} token`, 'sealed; no password here opens it']
  const weak = weakness ? `; weak: ${weakness.message}` : ''
  return [`${kind} token`, `${length} characters, ${classes.join(', ')}${weak}`]
}

type MeasuredToken = Measures & { readonly kind: TokenKind }

interface Measures {
  readonly length: number | null
  readonly classes: readonly string[]
  readonly weakness?: TokenFinding | undefined
}

/** Length and classes of characters; null and empty where no password opens the token, which is no error here. */
async function measure(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  which: { readonly stored: StoredTokens; readonly kind: TokenKind },
): Promise<Measures> {
  try {
    const secret = await openOne(lifecycle, cluster, which)
    const text = secret.reveal()
    return { length: text.length, classes: classesOf(text), weakness: findWeakness(secret) }
  } catch (error) {
    if (error instanceof VaultError) return { length: null, classes: [] }
    throw error
  }
}
