// Questions to the server over HTTPS: one deadline for each, whatever it takes; tries again where that is safe and may help.
// House rules: the certificate is always verified, whatever the environment says; a redirect never leads away from TLS; no text of
// the server goes into an error.
import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent, request } from 'node:https'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Secret } from '../../secret.js'
import type { Connection } from './settings.js'
import { sealed, unavailable, untrusted } from './words.js'

/** Requests under way at once. */
export const MOST_AT_ONCE = 64
/** Bytes of an answer; a document has 256 KiB at most. */
const MOST_BYTES = 4 * 1024 * 1024
const MOST_REDIRECTS = 2
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 1000

export interface Question {
  readonly method: 'GET' | 'POST'
  /** Behind `/v1/`. */
  readonly path: string
  readonly token?: Secret
  /** Sent as JSON; revealed here. */
  readonly body?: () => object
  /** Whether it may be asked again though the server may have done it: what reads, and what logs in. */
  readonly isRepeatable: boolean
}

export interface Answer {
  readonly status: number
  /** An object, empty where the server sent none. */
  readonly body: Readonly<Record<string, unknown>>
}

/** Milliseconds of a clock that nobody sets. */
const now = (): number => performance.now()

export class Client {
  readonly #connection: Connection
  /** When the server answered last, and until when it wants to be left alone. */
  #answered = -Infinity
  #notBefore = -Infinity
  readonly #agent: Agent | PlainAgent

  constructor(connection: Connection) {
    this.#connection = connection
    const { address, tls } = connection
    const sockets = { keepAlive: true, maxSockets: MOST_AT_ONCE }
    this.#agent =
      address.protocol === 'http:'
        ? new PlainAgent(sockets)
        : new Agent({
            ...sockets,
            rejectUnauthorized: true,
            minVersion: 'TLSv1.2',
            ...(tls.ca && { ca: [...tls.ca] }),
            ...(tls.cert && { cert: tls.cert }),
            ...(tls.key && { key: tls.key.reveal() }),
            ...(tls.servername !== undefined && { servername: tls.servername }),
          })
  }

  /**
   * The server's answer, which is none of those that say that it cannot answer at all.
   * @throws StoreError `K3SV_STORE_UNAVAILABLE`, also where nobody knows whether the server did it; `K3SV_STORE_TLS`
   */
  async ask(question: Question): Promise<Answer> {
    const { timeout } = this.#connection
    let deadline = now() + timeout
    for (let tries = 0; ; tries++) {
      if (await this.#isHeldBack()) {
        // A fleet is let through bit by bit: as long as others of it are, the server is not silent.
        deadline = Math.max(deadline, this.#answered + timeout)
        if (now() >= deadline) throw this.#explain({ status: 429, body: {} })
      }
      const outcome = await this.#try(question, deadline)
      if ('status' in outcome && !isTrouble(outcome.status)) {
        this.#answered = now()
        return outcome
      }
      const isLimited = 'status' in outcome && outcome.status === 429
      if (isLimited) deadline = Math.max(deadline, this.#answered + timeout)
      const wait = this.#waitFor(outcome, question, tries)
      if (wait === undefined || now() + wait >= deadline) throw this.#explain(outcome)
      if (isLimited) this.#notBefore = Math.max(this.#notBefore, now() + wait)
      else await sleep(wait)
    }
  }

  /** Waits until the server may be asked; whether it was to be waited for. */
  async #isHeldBack(): Promise<boolean> {
    if (now() >= this.#notBefore) return false
    while (now() < this.#notBefore) await sleep(this.#notBefore - now())
    return true
  }

  async #try(question: Question, deadline: number): Promise<Outcome> {
    let url = new URL(`/v1/${question.path}`, this.#connection.address)
    for (let hops = 0; ; hops++) {
      const outcome = await this.#send(url, question, deadline)
      if (!('location' in outcome)) return outcome
      const next = URL.canParse(outcome.location, url.href)
        ? new URL(outcome.location, url)
        : undefined
      if (next === undefined || hops >= MOST_REDIRECTS) return { fault: 'it sends us in circles' }
      if (next.protocol !== url.protocol)
        return { fault: 'it sends us to where TLS is not as here' }
      url = next
    }
  }

  #send(url: URL, question: Question, deadline: number): Promise<Outcome | Redirect> {
    const { method, body } = question
    const text = body === undefined ? undefined : JSON.stringify(body())
    const send = url.protocol === 'http:' ? plainRequest : request
    return new Promise((resolve) => {
      const headers = this.#headers(question, text)
      const sent = send(url, { method, headers, agent: this.#agent }, (response) => {
        read(response).then(end, (error: unknown) => end({ fault: faultOf(error) }))
      })
      // An AbortSignal for each request costs as much as the request.
      const timer = setTimeout(
        () => {
          end({ fault: TIMED_OUT })
          sent.destroy()
        },
        Math.max(1, Math.ceil(deadline - now())),
      )
      const end = (outcome: Outcome | Redirect): void => {
        clearTimeout(timer)
        resolve(outcome)
      }
      sent.on('error', (error) => end({ fault: faultOf(error) }))
      sent.end(text)
    })
  }

  #headers({ token }: Question, text: string | undefined): OutgoingHttpHeaders {
    const { namespace } = this.#connection
    return {
      'X-Vault-Request': 'true',
      ...(token && { 'X-Vault-Token': token.reveal() }),
      ...(namespace !== undefined && { 'X-Vault-Namespace': namespace }),
      ...(text !== undefined && {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
      }),
    }
  }

  /** Milliseconds until the next try; undefined where none would help, or would be safe. */
  #waitFor(outcome: Outcome, { isRepeatable }: Question, tries: number): number | undefined {
    const backOff = Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS)
    if ('fault' in outcome) {
      // Nobody listens: one more look, in case it is just starting again.
      const most = AT_ONCE_SURE.test(outcome.fault) ? 1 : Infinity
      return isRepeatable && !isOfTls(outcome.fault) && tries < most ? backOff : undefined
    }
    // Refused before anything was done.
    const asked = outcome.retryAfter ?? backOff
    return outcome.status === 429 || (isRepeatable && !isSealed(outcome)) ? asked : undefined
  }

  #explain(outcome: Outcome): Error {
    const { names, timeout } = this.#connection
    if ('status' in outcome) {
      if (isSealed(outcome)) return sealed(names)
      const why = outcome.status === 429 ? 'too many requests' : `HTTP ${outcome.status}`
      return unavailable(names, why)
    }
    const { fault } = outcome
    if (isOfTls(fault)) return untrusted(names, fault)
    return unavailable(names, fault === TIMED_OUT ? `no answer in ${timeout / 1000} s` : fault)
  }
}

type Outcome = (Answer & { readonly retryAfter?: number }) | { readonly fault: string }

interface Redirect {
  readonly location: string
}

const TIMED_OUT = 'ETIMEDOUT'
const AT_ONCE_SURE = /^(?:ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)$/

/** Whether the server says that it cannot answer now. */
function isTrouble(status: number): boolean {
  return status === 429 || status === 412 || status >= 500
}

function isSealed({ status, body }: Answer): boolean {
  const [text] = errorsIn(body)
  return status === 503 && text !== undefined && /\bis sealed\b/.test(text)
}

/** The texts of the server's errors, to compare with those that are known; they are never shown. */
export function errorsIn({ errors }: Answer['body']): readonly string[] {
  return Array.isArray(errors) ? errors.filter((text) => typeof text === 'string') : []
}

/** Codes of Node and OpenSSL; a server that speaks no TLS at all is one of them. */
function isOfTls(fault: string): boolean {
  return /^(?:ERR_TLS|ERR_SSL|CERT_|CRL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|INVALID_CA|HOSTNAME_MISMATCH|EPROTO)/.test(
    fault,
  )
}

async function read(response: IncomingMessage): Promise<Outcome | Redirect> {
  const { statusCode: status = 0, headers } = response
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) {
      response.destroy()
      return { fault: 'it answers with more than any document has' }
    }
    chunks.push(chunk)
  }
  if ([301, 302, 307, 308].includes(status)) return { location: headers.location ?? '' }
  const body = parse(Buffer.concat(chunks).toString())
  const isOurs = body !== undefined || status >= 400 || status === 204
  if (!isOurs) return { fault: 'what answers there speaks another language' }
  const retryAfter = readWait(headers['retry-after'])
  return { status, body: body ?? {}, ...(retryAfter > 0 && { retryAfter }) }
}

/** Milliseconds; seconds or a date stand there (RFC 9110, 10.2.3). */
function readWait(text = ''): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
}

/** The parser's own error quotes its input. */
function parse(text: string): Answer['body'] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** Of a failed request only the code: its message can hold anything. Of several addresses that failed, that of the first. */
function faultOf(error: unknown): string {
  const { code, errors } = error as { code?: unknown; errors?: unknown[] }
  const [first] = errors ?? []
  if (first !== undefined) return faultOf(first)
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)
    ? code
    : 'the connection failed'
}
