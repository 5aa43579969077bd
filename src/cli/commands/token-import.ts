import { EXIT_STATUS, TokenError, UsageError } from '../../errors.js'
import { chooseCluster } from '../../config/choose.js'
import { importTokens } from '../../lifecycle/import.js'
import type { ImportResult } from '../../lifecycle/import.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import { secretPart } from '../../token/format.js'
import { USERS } from '../../token/grammar.js'
import { parseToken } from '../../token/parse.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { readTokenFile, readTokenInput, readTokenVariable } from '../secret-input.js'
import type { TokenText } from '../secret-input.js'
import { openConfig, openLifecycle } from '../context.js'

export const TOKEN_IMPORT: Command = {
  usage: 'token import <cluster>',
  summary: 'Adopt the token of a cluster that runs already',
  positionals: { cluster: { type: 'text', describe: 'The cluster' } },
  options: {
    file: {
      type: 'text',
      value: 'FILE',
      describe: "The token, or a copy of a server's /var/lib/rancher/k3s/server/token",
      excludes: ['stdin', 'env'],
    },
    'agent-file': { type: 'text', value: 'FILE', describe: 'The agent token', excludes: ['env'] },
    stdin: { type: 'flag', describe: 'Read the token from standard input', excludes: ['env'] },
    env: { type: 'flag', describe: 'Take K3S_TOKEN and K3S_AGENT_TOKEN' },
    replace: {
      type: 'flag',
      describe: 'Replace another token that is there; it is kept as a former one',
    },
  },
  examples: [
    ['token import prod --file server-token', "adopt from a copy of the server's token file"],
    [
      'ssh server sudo cat /var/lib/rancher/k3s/server/token | k3s-vars token import prod --stdin',
      'without a copy',
    ],
  ],
  run: tokenImport,
}

interface Given {
  readonly kind: TokenKind
  /** How it was given, for people. */
  readonly name: string
  readonly source: TokenText
}

async function tokenImport(call: Call): Promise<number> {
  const { input } = call
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const given = await readGiven(call)
  const tokens = Object.fromEntries(given.map((one) => [one.kind, takeApart(one)]))
  const options = { replace: input.has('replace') }
  const adoption = await importTokens(openLifecycle(call, config), cluster, tokens, options)
  const trimmed = given.filter(({ source }) => source.isTrimmed).map(({ name }) => name)
  const { generation, current } = adoption.document
  const report = {
    cluster: cluster.name,
    outcome: adoption.outcome,
    kinds: given.map(({ kind }) => kind),
    generation,
    fingerprint: current.fingerprint,
    trimmed,
  }
  answer(call, report, [
    ...trimmed.map((name) => `took one final newline off what ${name} holds`),
    `${cluster.name}: ${WORDS[adoption.outcome]}; generation ${generation}, fingerprint ${current.fingerprint ?? '-'}`,
  ])
  return EXIT_STATUS.done
}

const WORDS: Readonly<Record<ImportResult['outcome'], string>> = {
  adopted: 'adopted',
  replaced: 'replaced; the former token is kept',
  unchanged: 'unchanged: this is the token already',
}

/** @throws UsageError where nothing was named, TokenError where it holds nothing */
async function readGiven({ input, io }: Call): Promise<readonly Given[]> {
  const given: Given[] = []
  const [file, agentFile] = [input.text('file'), input.text('agent-file')]
  const add = (kind: TokenKind, name: string, source: TokenText | undefined): void => {
    if (source !== undefined) given.push({ kind, name, source })
  }
  if (file !== undefined) add('server', '--file', readTokenFile(file, '--file', io))
  if (input.has('stdin')) add('server', 'standard input', await readTokenInput(io.stdin))
  if (agentFile !== undefined)
    add('agent', '--agent-file', readTokenFile(agentFile, '--agent-file', io))
  if (input.has('env')) {
    add('server', 'K3S_TOKEN', readTokenVariable('K3S_TOKEN', io))
    add('agent', 'K3S_AGENT_TOKEN', readTokenVariable('K3S_AGENT_TOKEN', io))
    if (given.length > 0) return given
    throw new TokenError('K3SV_TOKEN_SOURCE', 'neither K3S_TOKEN nor K3S_AGENT_TOKEN is set', {
      hint: 'set one of them, or use --file or --stdin',
    })
  }
  if (given.length > 0) return given
  throw new UsageError('K3SV_USAGE', 'no token is named', {
    hint: 'use --file FILE, --stdin or --env; a token is never given as an argument',
  })
}

/**
 * The secret alone: a server's own token file has the CA hash and the user in front of it.
 * @throws TokenError where it is no token, or one of the other kind
 */
function takeApart({ kind, name, source }: Given): Secret {
  const token = parseToken(source.text.reveal())
  const { credentials } = token
  // A bootstrap token is refused by its rule, which says why.
  if (credentials.type === 'bootstrap') return source.text
  const isOther = token.format === 'secure' && !['', USERS[kind]].includes(credentials.user)
  if (!isOther) return secretPart(token)
  throw new TokenError(
    'K3SV_TOKEN_REFUSED',
    `what ${name} holds is not the ${kind} token of a cluster`,
    {
      hint: OTHER_KIND_HINTS[kind],
    },
  )
}

const OTHER_KIND_HINTS: Readonly<Record<TokenKind, string>> = {
  server: 'copy /var/lib/rancher/k3s/server/token; an agent token belongs to --agent-file',
  agent:
    'copy /var/lib/rancher/k3s/server/agent-token; where there is none, agents join with the server token',
}
