import { EXIT_STATUS } from '../../errors.js'
import { chooseCluster } from '../../config/choose.js'
import { activeGeneration } from '../../document/active.js'
import { pinOf } from '../../lifecycle/confirm.js'
import { importTokens } from '../../lifecycle/import.js'
import type { ImportResult } from '../../lifecycle/import.js'
import type { TokenKind } from '../../role/profile.js'
import { findWeakness } from '../../token/lint.js'
import { answer } from '../answer.js'
import { readBroughtTokens } from '../brought-tokens.js'
import type { Brought } from '../brought-tokens.js'
import type { Call, Command } from '../command.js'
import { describeConfirmation, isConfirmed } from '../confirmation.js'
import { openConfig, openLifecycle } from '../context.js'
import { withServers } from '../own-inventory.js'

export const TOKEN_IMPORT: Command = {
  usage: 'token import <cluster>',
  summary: 'Adopt the token of a running cluster, after asking its servers',
  positionals: { cluster: { type: 'text', describe: 'The cluster' } },
  options: {
    file: {
      type: 'text',
      value: 'FILE',
      describe: "The token, or a copy of a server's server/token, which can be compared",
      excludes: ['stdin', 'env'],
    },
    'agent-file': { type: 'text', value: 'FILE', describe: 'The agent token', excludes: ['env'] },
    stdin: {
      type: 'flag',
      describe: 'Read the token from standard input; a terminal asks for it and does not show it',
      excludes: ['env'],
    },
    env: {
      type: 'flag',
      describe:
        'Take K3S_TOKEN, K3S_AGENT_TOKEN, those of RKE2, or the files that their _FILE name',
    },
    'from-inventory': {
      type: 'flag',
      describe:
        "Take the value that the role's variable has in the inventory, as a play without k3s_vars would",
      excludes: ['file', 'agent-file', 'stdin', 'env'],
    },
    inventory: {
      type: 'list',
      alias: 'i',
      value: 'SOURCE',
      describe:
        'An inventory that has the servers, or with --from-inventory the token; those of ansible.cfg if absent',
    },
    replace: {
      type: 'flag',
      describe: 'Replace another token that is there; it is kept as a former one',
    },
    'allow-weak': {
      type: 'flag',
      describe: 'Take a token that can be guessed, because the cluster has it',
    },
    offline: { type: 'flag', describe: 'Ask no server' },
  },
  examples: [
    [
      'token import prod',
      'asks for the line of /var/lib/rancher/k3s/server/token and does not show it',
    ],
    ['token import prod --file server-token', 'adopt from a copy of that file'],
    [
      '$ ssh server sudo -n cat /var/lib/rancher/k3s/server/token | k3s-vars token import prod --stdin',
      'without a copy, where sudo asks for no password',
    ],
    [
      'token import prod --from-inventory',
      'adopt what stands in group_vars or the inventory, vaulted or not',
    ],
  ],
  interrupted:
    'the token was adopted whole or not at all: k3s-vars status tells; run it again if it is not there',
  run: tokenImport,
}

async function tokenImport(call: Call): Promise<number> {
  const { input } = call
  const written = openConfig(call)
  const named = chooseCluster(written, input.text('cluster'))
  const brought = await readBroughtTokens(call, written, named)
  const isCompared = named.probe && !input.has('offline') && pinOf(brought.tokens) !== undefined
  const config = isCompared ? await withServers(call, written, [named]) : written
  const cluster = chooseCluster(config, named.name)
  const result = await importTokens(openLifecycle(call, config), cluster, brought.tokens, {
    replace: input.has('replace'),
    allowWeak: input.has('allow-weak'),
    offline: input.has('offline'),
  })
  tell(call, cluster.name, brought, result)
  return EXIT_STATUS.done
}

const WORDS: Readonly<Record<ImportResult['outcome'], string>> = {
  adopted: 'adopted',
  replaced: 'replaced; the former token is kept',
  unchanged: 'unchanged: this is the token already',
}

function tell(call: Call, cluster: string, brought: Brought, result: ImportResult): void {
  const { outcome, confirmation, document } = result
  const { kinds, trimmed } = brought
  const { number: generation, tokens: active } = activeGeneration(document)
  const weak = kinds.flatMap((kind) => weaknessOf(kind, brought))
  answer(
    call,
    {
      cluster,
      outcome,
      kinds,
      generation,
      origin: active.origin ?? null,
      fingerprint: active.fingerprint,
      ca: document.ca.map(({ hash }) => hash),
      trimmed,
      weak: weak.map(({ kind, rule }) => ({ kind, rule })),
      confirmed: confirmation.servers.length > 0 && confirmation.servers.some(isConfirmed),
      notAsked: confirmation.notAsked ?? null,
      servers: confirmation.servers,
    },
    [
      ...trimmed.map((name) => `took one final newline off what ${name} holds`),
      ...describeConfirmation(confirmation),
      `${cluster}: ${WORDS[outcome]}; generation ${generation}, fingerprint ${active.fingerprint ?? '-'}`,
      ...document.ca.map(({ hash }) => `${cluster}: known by the CA ${hash}`),
      ...weak.flatMap(({ kind, message, hint }) => [
        `the ${kind} token is weak: ${message}`,
        `  hint: ${hint}`,
      ]),
    ],
  )
}

interface Weakness {
  readonly kind: TokenKind
  readonly rule: string
  readonly message: string
  readonly hint: string
}

function weaknessOf(kind: TokenKind, { tokens }: Brought): Weakness[] {
  const token = tokens[kind]
  const found = token && findWeakness(token.secret)
  return found === undefined ? [] : [{ kind, ...found }]
}
