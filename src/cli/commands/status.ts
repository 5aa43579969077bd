import { EXIT_STATUS, K3sVarsError } from '../../errors.js'
import type { ErrorCode } from '../../errors.js'
import { chooseClusters } from '../../config/choose.js'
import type { ClusterConfig } from '../../config/config.js'
import { activeGeneration } from '../../document/active.js'
import type { KnownCa, Origin } from '../../document/document.js'
import { readAhead } from '../../lifecycle/ahead.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import { nameStore } from '../../store-spec.js'
import type { TokenStore } from '../../store/store.js'
import { isOlder, parseAge } from '../age.js'
import { answer, formatAge, formatTable } from '../answer.js'
import type { Line, Style } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'
import { watch } from '../watch.js'
import type { Shown } from '../watch.js'
import { NONE_WORDS, whyNone } from '../generation-words.js'
import type { WhyNone } from '../generation-words.js'

export const STATUS: Command = {
  usage: 'status [clusters..]',
  summary: 'Show all clusters at a glance; needs no password',
  positionals: {
    clusters: { type: 'list', describe: 'The clusters; all of them if none is named' },
  },
  options: {
    watch: {
      type: 'flag',
      alias: 'w',
      describe: 'Show it again whenever something changes, until no rotation is under way',
    },
    'max-age': {
      type: 'text',
      value: 'AGE',
      describe: 'Exit with status 8 if a token is older than this, such as 90d',
    },
  },
  examples: [
    ['status', 'every cluster, one line each'],
    ['status --json', 'the same for a program'],
    ['status --watch', 'while a rotation is under way'],
    ['status --max-age 90d', 'status 8 where a token is older'],
    ['status -q', 'nothing but the exit status: 8 where a document cannot be used'],
  ],
  interrupted: 'nothing was changed; run it again',
  run: status,
}

/** What can be told of a cluster without a password. */
interface ClusterStatus {
  readonly cluster: string
  readonly role: string
  readonly state: 'absent' | 'ok' | 'corrupt' | 'unreadable'
  /** The store's error where the state is `corrupt` or `unreadable`. */
  readonly code?: ErrorCode
  readonly generation?: number
  readonly phase?: string
  readonly created?: string
  readonly fingerprint?: string | null
  /** How the server token came; null where nobody knows it any more. */
  readonly origin?: Origin | null
  /**
   * Why others could find the server token by trying, which keeps its fingerprint from being shown; `unknown` where the
   * document does not tell, null where nobody could.
   */
  readonly guessable?: WhyNone | null
  readonly agentToken?: boolean
  /** Whether the generation is bound to its document. */
  readonly bound?: boolean
  /** The CAs that the servers are known by, as K3s hashes them. */
  readonly ca?: readonly KnownCa[]
  /** The folder of the tokens, or which store they are in. */
  readonly store: string
}

const CORRUPT: readonly ErrorCode[] = ['K3SV_STORE_CORRUPT', 'K3SV_STORE_SCHEMA']

/** Enough to keep a disk busy without opening thousands of files at once. */
const BATCH = 64

async function status(call: Call): Promise<number> {
  const config = openConfig(call)
  const { storeOf } = openLifecycle(call, config)
  const clusters = chooseClusters(config, call.input.list('clusters'))
  const look = (): Promise<Shown> => lookAtAll(call, clusters, storeOf)
  if (call.input.has('watch')) return watch(call, look)
  const { document, lines, status: found } = await look()
  answer(call, document, lines)
  return found
}

async function lookAtAll(
  call: Call,
  clusters: readonly ClusterConfig[],
  storeOf: Lifecycle['storeOf'],
): Promise<Shown> {
  const found: ClusterStatus[] = []
  await readAhead(clusters, { storeOf })
  for (let start = 0; start < clusters.length; start += BATCH) {
    const batch = clusters.slice(start, start + BATCH)
    const looked = batch.map((cluster) => lookAt(cluster, storeOf(cluster)))
    found.push(...(await Promise.all(looked)))
  }
  const now = call.io.now()
  const given = call.input.text('max-age')
  const age = given === undefined ? Infinity : parseAge(given, '--max-age')
  const isOld = ({ created }: ClusterStatus): boolean =>
    created !== undefined && isOlder(created, age, now)
  const old = found.filter(isOld)
  const rotating = found.filter(({ phase }) => phase !== undefined && phase !== 'idle')
  const notes = [
    ...(found.some(({ guessable }) => guessable) ? GUESSABLE_NOTE : []),
    ...rotating.map(
      ({ cluster }) =>
        `${cluster}: \`k3s-vars rotate ${cluster} --status -i INVENTORY\` shows which node has which token, and what is next`,
    ),
    ...old.map(
      ({ cluster }) => `${cluster}: its token is older than ${given}: k3s-vars rotate ${cluster}`,
    ),
  ]
  const shown = given === undefined ? found : found.map((one) => ({ ...one, old: isOld(one) }))
  const isWrong = old.length > 0 || found.some(({ code }) => code !== undefined)
  return {
    document: { clusters: shown },
    lines: [...tableOf(found, call.io), '', ...storesOf(found), ...notes],
    isOver: rotating.length === 0,
    status: isWrong ? EXIT_STATUS.findings : EXIT_STATUS.done,
  }
}

const GUESSABLE_NOTE = [
  'none: others could find the token by its fingerprint; `k3s-vars rotate CLUSTER` draws a better one',
]

async function lookAt(cluster: ClusterConfig, store: TokenStore): Promise<ClusterStatus> {
  const known = { cluster: cluster.name, role: cluster.role.id, store: nameStore(cluster.store) }
  try {
    const found = await store.get(cluster.name)
    if (found === null) return { ...known, state: 'absent' }
    const { number: generation, tokens } = activeGeneration(found.document)
    const { created, origin = null, fingerprint, agent } = tokens
    return {
      ...known,
      state: 'ok',
      generation,
      phase: found.document.phase,
      created,
      origin,
      fingerprint,
      guessable: whyNone(tokens),
      agentToken: agent !== undefined,
      bound: tokens.binding !== undefined,
      ca: found.document.ca,
    }
  } catch (error) {
    if (!(error instanceof K3sVarsError)) throw error
    return {
      ...known,
      state: CORRUPT.includes(error.code) ? 'corrupt' : 'unreadable',
      code: error.code,
    }
  }
}

const HEAD = ['CLUSTER', 'ROLE', 'STATE', 'GEN', 'PHASE', 'AGE', 'ORIGIN', 'FINGERPRINT', 'AGENTS']

/** What a terminal that is too narrow for long names goes without, in this order; `--json` has it all. */
const SPARE = ['AGENTS', 'ROLE', 'ORIGIN']

/** Fits eighty columns with names of usual length, and with long ones goes without a column; the state has a colour. */
function tableOf(found: readonly ClusterStatus[], { now, stdout }: Call['io']): Line[] {
  const [head = '', ...lines] = fitTable(
    [HEAD, ...found.map((cluster) => row(cluster, now()))],
    stdout.isTTY === true && stdout.columns ? stdout.columns : Infinity,
  )
  const at = head.indexOf('STATE')
  return [
    [{ style: 'bold', text: head }],
    ...lines.map((line, index): Line => {
      const { state } = found[index]!
      const text = line.slice(at, at + state.length)
      return [line.slice(0, at), { style: STYLES[state], text }, line.slice(at + state.length)]
    }),
  ]
}

function fitTable(rows: readonly (readonly string[])[], width: number, spare = SPARE): string[] {
  const lines = formatTable(rows)
  const [name, ...rest] = spare
  if (name === undefined || lines.every((line) => line.length <= width)) return lines
  const without = rows[0]!.indexOf(name)
  return fitTable(
    rows.map((cells) => cells.filter((_, column) => column !== without)),
    width,
    rest,
  )
}

const STYLES: Readonly<Record<ClusterStatus['state'], Style>> = {
  ok: 'green',
  absent: 'yellow',
  corrupt: 'red',
  unreadable: 'red',
}

/** One line where all lie together, which they mostly do. */
function storesOf(found: readonly ClusterStatus[]): string[] {
  const stores = new Map<string, string[]>()
  for (const { cluster, store } of found) {
    stores.set(store, [...(stores.get(store) ?? []), cluster])
  }
  return [...stores].map(([store, clusters]) =>
    stores.size === 1 ? `kept in ${store}` : `kept in ${store}: ${clusters.join(', ')}`,
  )
}

function row(cluster: ClusterStatus, now: Date): string[] {
  const { created, generation, origin, fingerprint, guessable, agentToken } = cluster
  return [
    cluster.cluster,
    cluster.role,
    cluster.code === undefined ? cluster.state : `${cluster.state} (${cluster.code})`,
    generation === undefined ? '-' : String(generation),
    cluster.phase ?? '-',
    created === undefined ? '-' : formatAge(created, now),
    origin ?? '-',
    guessable ? NONE_WORDS[guessable] : (fingerprint ?? '-'),
    agentToken === undefined ? '-' : agentToken ? 'own' : 'shared',
  ]
}
