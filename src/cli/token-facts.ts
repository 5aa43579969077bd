// What `token show` tells of a cluster's tokens without showing one.
import { StoreError, VaultError } from '../errors.js'
import type { ClusterConfig } from '../config/config.js'
import { allGenerations } from '../document/active.js'
import type { Generation } from '../document/active.js'
import type { ClusterDocument, FormerTokens, StoredTokens } from '../document/document.js'
import type { Lifecycle } from '../lifecycle/lifecycle.js'
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
 * One token of a generation in the open.
 * @throws StoreError `K3SV_STORE_ABSENT` where the agents join with the server token
 */
export async function openOne(
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

/** A cluster, its document and the generation that is told of. */
export interface Shown {
  readonly cluster: ClusterConfig
  readonly document: ClusterDocument
  readonly active: Generation
}

/** Answers with dates, fingerprint, generations and how strong the tokens are. */
export async function tellTokens(
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
      generations: allGenerations(document).map(summarize),
      ca,
      tokens: measures.map(({ weakness, ...rest }) => ({ ...rest, weak: weakness?.rule ?? null })),
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
