// What our inventory source and plugins hand out in place of tokens while `ansible-inventory` is only asked what a play would
// see: no store is read, nothing is minted, nothing opened. House rules: K3s and RKE2 refuse such a text as a token, because it
// begins like a secure one and is none; and it is handed out for a few minutes only, so that a variable that was left behind
// stops a play instead of feeding it.
import { UsageError } from '../errors.js'
import type { TokenKind } from '../role/profile.js'
import { HASH_SEPARATOR, SECURE_PREFIX } from './grammar.js'

/** The variable that has the source rehearse: `NONCE.EXPIRY`, hex digits and Unix seconds, and `.bare` where that is asked for. */
export const REHEARSAL_VARIABLE = 'K3S_VARS_REHEARSAL'

const LIFE_SECONDS = 600
const NONCE_BYTES = 16

/** One rehearsal: who asked, and until when it is answered. */
export interface Rehearsal {
  readonly nonce: string
  /** Unix seconds. */
  readonly expiry: number
  /** Whether hosts and groups alone are handed out, without any variable, so that it shows what everybody else says. */
  readonly isBare: boolean
}

/** What a text says that was handed out in place of a token. */
export interface RehearsedToken {
  /** Through which of our doors it came: the inventory source, or the program that the Python plugins run. */
  readonly way: 'source' | 'plugin'
  readonly cluster: string
  readonly kind: TokenKind
  /** The file that declares the cluster, an absolute path. */
  readonly config: string
}

export function newRehearsal(randomBytes: (size: number) => Buffer, now: Date): Rehearsal {
  const nonce = randomBytes(NONCE_BYTES).toString('hex')
  return { nonce, expiry: Math.floor(now.getTime() / 1000) + LIFE_SECONDS, isBare: false }
}

/** The value of {@link REHEARSAL_VARIABLE}. */
export function formatRehearsal({ nonce, expiry, isBare }: Rehearsal): string {
  return `${nonce}.${expiry}${isBare ? '.bare' : ''}`
}

/**
 * The rehearsal that the variables ask for; undefined: none.
 * @throws UsageError `K3SV_USAGE` for one that is over, or whose variable says something else
 */
export function readRehearsal(
  variables: Readonly<Record<string, string | undefined>>,
  now: Date,
): Rehearsal | undefined {
  const value = variables[REHEARSAL_VARIABLE]
  if (value === undefined) return undefined
  const [, nonce = '', expiry = '', bare] =
    /^([0-9a-f]{32})\.(\d{1,12})(\.bare)?$/.exec(value) ?? []
  if (nonce !== '' && now.getTime() / 1000 <= Number(expiry)) {
    return { nonce, expiry: Number(expiry), isBare: bare !== undefined }
  }
  throw new UsageError('K3SV_USAGE', `${REHEARSAL_VARIABLE} is set, and no rehearsal goes on`, {
    hint: `unset ${REHEARSAL_VARIABLE}: k3s-vars sets it for a moment, for programs that it asks`,
  })
}

export function formatRehearsed(
  { nonce }: Rehearsal,
  { way, cluster, kind, config }: RehearsedToken,
): string {
  return `${headOf(nonce)}${way} ${cluster} ${kind} ${config}`
}

/** What a text says that this rehearsal handed out; undefined for every other text. */
export function parseRehearsed({ nonce }: Rehearsal, text: string): RehearsedToken | undefined {
  const head = headOf(nonce)
  if (!text.startsWith(head)) return undefined
  const [way, cluster, kind, ...config] = text.slice(head.length).split(' ')
  return { way, cluster, kind, config: config.join(' ') } as RehearsedToken
}

/** Where K3s looks for the hash of a CA, of another length than one has. */
function headOf(nonce: string): string {
  return `${SECURE_PREFIX} rehearsal ${nonce}${HASH_SEPARATOR}`
}
