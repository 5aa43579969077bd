// Begin here, with the one client that may carry a password. probe.ts only asks whether a server lives, endpoints.ts says at
// which URLs, request.ts is one question, ca-hash.ts and certificate.ts are what a CA is known by.
//
// Talks to the supervisor of a K3s or RKE2 server in K3s' own order: its CA, fetched without trust; the hash compared with the
// pin; the CA fetched again with trust in that CA alone; only then a password. `connect` gives the only client that can carry
// one. Unlike K3s, a certificate that the system trusts changes nothing.
import { Secret } from '../secret.js'
import { USERS } from '../token/grammar.js'
import { hashOfCa } from './ca-hash.js'
import type { Program } from './endpoints.js'
import { get } from './request.js'
import type { Answer, Failure } from './request.js'

/**
 * Every path that is ever asked for, by GET. Never `server-bootstrap`, whose answer holds private keys, and never `config`,
 * whose answer holds a key of the network. A server takes any program's name for `PROGRAM` (pkg/server/handlers/router.go).
 */
export const PATHS = {
  ca: '/cacerts',
  serverToken: '/v1-PROGRAM/token',
  /** Of releases that know no `token` yet. */
  olderServerToken: '/v1-PROGRAM/encrypt/status',
  agentToken: '/v1-PROGRAM/server-ca.crt',
} as const

/** Who answers without being a supervisor that is up; `starting` also for a load balancer without a server behind it. */
export type Stranger = 'starting' | 'apiserver' | 'not-k3s'

/** Why there is no trusted connection. */
export type NoConnection = Failure | Stranger | 'other-ca' | 'no-ca'

/** What a server says of a token; `unclear` for what no K3s was ever seen to say. */
export type Verdict = 'accepted' | 'refused' | 'unclear' | Stranger | Failure

/** A server that has proved to have the pinned CA. One question costs it some 60 ms, and a line in its log when it refuses. */
export interface Supervisor {
  readonly url: string
  readonly askServerToken: (token: Secret) => Promise<Verdict>
  readonly askAgentToken: (token: Secret) => Promise<Verdict>
}

export interface ConnectOptions {
  readonly program: Program
  /** The hash that the CA must have: 64 hex digits. */
  readonly pin: string
  readonly now: Date
  /** For each request. */
  readonly milliseconds: number
}

/** The CA of a server, of which nothing is proved yet. */
export interface ClaimedCa {
  readonly bundle: Buffer
  readonly hash: string
}

/** The only client that can carry a password, or why there is none and, for `other-ca`, the hash that was answered. */
export async function connect(
  url: string,
  options: ConnectOptions,
): Promise<Supervisor | { readonly reason: NoConnection; readonly hash?: string }> {
  const { pin, now, milliseconds } = options
  const claimed = await fetchCa(url, { now, milliseconds })
  if (typeof claimed === 'string') return { reason: claimed }
  if (claimed.hash !== pin) return { reason: 'other-ca', hash: claimed.hash }
  const proved = await fetchCa(url, { now, milliseconds, ca: claimed.bundle })
  if (typeof proved === 'string') return { reason: proved }
  if (!proved.bundle.equals(claimed.bundle)) return { reason: 'other-ca', hash: proved.hash }
  return supervisorAt(url, claimed.bundle, options)
}

/** What the server gives out as its CA. */
async function fetchCa(
  url: string,
  options: { readonly now: Date; readonly milliseconds: number; readonly ca?: Buffer },
): Promise<ClaimedCa | NoConnection> {
  const answer = await get(url, PATHS.ca, options)
  if (typeof answer === 'string') return answer
  if (answer.status !== 200) return strangerOf(answer) ?? 'not-k3s'
  const hash = hashOfCa(answer.body, options.now)
  return hash === undefined ? 'no-ca' : { bundle: answer.body, hash }
}

function supervisorAt(url: string, ca: Buffer, options: ConnectOptions): Supervisor {
  const { program, milliseconds } = options
  const ask = async (path: string, user: string, token: Secret): Promise<Answer | Failure> =>
    get(url, path.replace('PROGRAM', program), {
      ca,
      milliseconds,
      authorization: basicAuthorization(user, token),
    })
  return {
    url,
    askServerToken: async (token) => {
      const answer = await ask(PATHS.serverToken, USERS.server, token)
      // The method is never allowed, and the supervisor says so as a Status: only after the password was right.
      const verdict = judge(answer, ({ status, body }) => status === 405 && isStatus(body))
      // The supervisor of an older release hands an unknown path on to the apiserver, and has not looked at the password.
      if (verdict !== 'apiserver') return verdict
      const older = await ask(PATHS.olderServerToken, USERS.server, token)
      return judge(older, ({ status }) => status === 200)
    },
    askAgentToken: async (token) => {
      const answer = await ask(PATHS.agentToken, USERS.agent, token)
      return judge(answer, ({ status, body }) => status === 200 && body.equals(ca))
    },
  }
}

function basicAuthorization(user: string, token: Secret): Secret {
  return new Secret(`Basic ${Buffer.from(`${user}:${token.reveal()}`).toString('base64')}`)
}

function judge(answer: Answer | Failure, isAccepted: (answer: Answer) => boolean): Verdict {
  if (typeof answer === 'string') return answer
  const stranger = strangerOf(answer)
  if (stranger !== undefined) return stranger
  if (answer.status === 401 && isStatus(answer.body)) return 'refused'
  return isAccepted(answer) ? 'accepted' : 'unclear'
}

function strangerOf({ status, body }: Answer): Stranger | undefined {
  // The supervisor leaves out the version of the API, which the apiserver states.
  if (readStatus(body)?.['apiVersion'] !== undefined) return 'apiserver'
  return status === 503 ? 'starting' : undefined
}

function isStatus(body: Buffer): boolean {
  return readStatus(body) !== undefined
}

/** The `Status` of Kubernetes that every answer but a success has; undefined for any other text. */
function readStatus(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Status'
      ? { ...value }
      : undefined
  } catch {
    return undefined
  }
}
