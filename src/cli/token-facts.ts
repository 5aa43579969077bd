// What `token show` tells of a cluster's tokens without showing one.
import { StoreError, VaultError } from '../errors.js'
import { allGenerations } from '../document/active.js'
import type { Generation } from '../document/active.js'
import type { FormerTokens, StoredTokens } from '../document/document.js'
import type { Lifecycle } from '../lifecycle/lifecycle.js'
import { openGeneration, requireSound } from '../lifecycle/open.js'
import type { Stored } from '../lifecycle/integrity.js'
import type { TokenKind } from '../role/profile.js'
import type { Secret } from '../secret.js'
import { findWeakness } from '../token/lint.js'
import type { TokenFinding } from '../token/lint.js'
import { classesOf } from '../token/strength.js'
import { TOKEN_KINDS } from '../token-pair.js'
import { answer, formatAge, formatFields } from './answer.js'
import type { Call } from './command.js'
import { describeCa, describeFingerprint, ORIGIN_WORDS } from './generation-words.js'

/**
 * One token of a generation. The server token is opened with the agent's, because that is bound to it.
 * @throws StoreError `K3SV_STORE_ABSENT` where the agents join with the server token, and as `requireSound`
 */
export async function openOne(
  lifecycle: Lifecycle,
  stored: Stored,
  kind: TokenKind,
): Promise<Secret> {
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

/**
 * Answers with dates, fingerprint, generations and how strong the tokens are.
 * @throws as `requireSound`
 */
export async function tellTokens(call: Call, lifecycle: Lifecycle, stored: Stored): Promise<void> {
  const { cluster, document, generation } = stored
  const measures = await measure(lifecycle, stored)
  const { fingerprint, created, origin = null, binding } = generation.tokens
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
      bound: binding !== undefined,
      former: document.previous.length,
      generations: allGenerations(document).map(summarize),
      ca: document.ca,
      tokens: measures.map(({ weakness, ...rest }) => ({ ...rest, weak: weakness?.rule ?? null })),
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
      ...previous.map((former, index) => describeFormer(former, document.generation - 1 - index)),
      ['phase', phase],
      ['fingerprint', describeFingerprint(tokens)],
      ...ca.map(describeCa),
      ...measures.map(describeMeasures),
    ]),
    ...(weakest ? [`hint: ${weakest.hint}`] : []),
  ]
}

/** When a former generation held, so that a snapshot of that time finds its token. */
function describeFormer(
  { created, retired, fingerprint }: FormerTokens,
  number: number,
): [string, string] {
  const shown = fingerprint === null ? '' : `, fingerprint ${fingerprint}`
  return [`generation ${number}`, `${dayOf(created)} to ${dayOf(retired)}${shown}`]
}

function summarize({ number, tokens }: Generation) {
  const { created, fingerprint } = tokens
  return { generation: number, created, retired: retiredOf(tokens), fingerprint }
}

function retiredOf(tokens: StoredTokens | FormerTokens): string | null {
  return 'retired' in tokens ? tokens.retired : null
}

function dayOf(date: string): string {
  return date.slice(0, 'YYYY-MM-DD'.length)
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
