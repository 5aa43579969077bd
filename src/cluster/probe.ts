// Asks whether K3s lives anywhere, before a token is made: without credentials, and without trust, since a false "it lives" only
// stops. What says neither yes nor no is a doubt of its own.
import { Limiter } from '../limiter.js'
import { openConnection } from './connection.js'
import type { Answer, Failure } from './connection.js'
import { ANSWER_WORDS } from './words.js'
import { CA_PATH } from './endpoints.js'

/** What all servers together say. */
export type Signs =
  | { readonly kind: 'lives'; readonly url: string }
  /** `doubts`: each server that gives no clear answer, and its answer in words. */
  | { readonly kind: 'unclear'; readonly doubts: readonly Doubt[] }
  | { readonly kind: 'none' }

export interface Doubt {
  readonly url: string
  /** Goes on after the URL: `does not answer in time`. */
  readonly word: string
}

/** A machine that is not there must not hold up the first run for long. */
const MILLISECONDS = 1500
/** A thousand servers that say nothing take two turns, and a process may open 1,024 files nearly everywhere. */
const AT_ONCE = 500
/** Where a process may open fewer files, they are asked again, so many times fewer at once. */
const FEWER = 8

/**
 * Asks every server for its CA, which K3s and RKE2 give to everybody (pkg/server/handlers/router.go).
 * @param urls `https://host:port`
 */
export async function findSigns(urls: readonly string[]): Promise<Signs> {
  const search: Search = { stop: new AbortController(), doubts: new Map() }
  const living = await ask(urls, AT_ONCE, search)
  if (living !== undefined) return { kind: 'lives', url: living }
  const doubts = urls.flatMap((url) => {
    const word = search.doubts.get(url)
    return word === undefined ? [] : [{ url, word }]
  })
  return doubts.length === 0 ? { kind: 'none' } : { kind: 'unclear', doubts }
}

interface Search {
  /** Ends every question as soon as one server lives. */
  readonly stop: AbortController
  readonly doubts: Map<string, string>
}

/** The first server that lives. */
async function ask(
  urls: readonly string[],
  atOnce: number,
  search: Search,
): Promise<string | undefined> {
  const limiter = new Limiter(atOnce)
  const { signal } = search.stop
  const again: string[] = []
  let living: string | undefined
  const askOne = async (url: string): Promise<void> => {
    if (signal.aborted) return
    const answer = await getCa(url, signal)
    const sign = readSign(answer)
    if (sign === 'lives') {
      living ??= url
      search.stop.abort()
    } else if (answer === 'no-descriptor' && atOnce > FEWER) again.push(url)
    else if (sign !== 'none') search.doubts.set(url, sign.doubt)
  }
  await Promise.all(urls.map((url) => limiter.run(() => askOne(url))))
  if (living !== undefined || again.length === 0) return living
  return ask(again, Math.ceil(atOnce / FEWER), search)
}

async function getCa(url: string, stop: AbortSignal): Promise<Answer | Failure> {
  // By hand: of signals that are joined by AbortSignal.any Node.js 20 loses some.
  const deadline = new AbortController()
  const end = (): void => deadline.abort()
  const timer = setTimeout(end, MILLISECONDS)
  stop.addEventListener('abort', end)
  const connection = openConnection(url, { deadline: deadline.signal })
  try {
    return await connection.get(CA_PATH)
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', end)
    connection.end()
  }
}

function readSign(answer: Answer | Failure): 'lives' | 'none' | { readonly doubt: string } {
  if (answer === 'not-listening' || answer === 'not-tls') return 'none'
  if (typeof answer === 'string') return { doubt: ANSWER_WORDS[answer] }
  const { status, body } = answer
  if (status === 200) return body.includes('-----BEGIN CERTIFICATE-----') ? 'lives' : 'none'
  // Somebody who wants to know first who asks, or cannot answer now: behind it may stand anything.
  return status >= 500 || UNCLEAR.has(status) ? { doubt: `answers ${status}` } : 'none'
}

/** Not authorized, forbidden, a proxy's login, time-out, too early, too many requests. */
const UNCLEAR: ReadonlySet<number> = new Set([401, 403, 407, 408, 425, 429])
