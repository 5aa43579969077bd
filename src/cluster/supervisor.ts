// Begin here, with the one client that may carry a password. probe.ts only asks whether a server lives, endpoints.ts says at
// which URLs, connection.ts is one server over TLS, answer.ts what it means by its answers and words.ts how people are told,
// ca-hash.ts and certificate.ts are what a CA is known by.
//
// Talks to the supervisor of a K3s or RKE2 server in K3s' own order: its CA, fetched without trust; the hash compared with the
// pin; the CA fetched again with trust in that CA alone; only then a password. `connect` gives the only client that can carry
// one. Unlike K3s, a certificate that the system trusts changes nothing.
import { Secret } from '../secret.js'
import { USERS } from '../token/grammar.js'
import { isStatus, judge, readinessOf, strangerOf } from './answer.js'
import type { Readiness, Stranger, Verdict } from './answer.js'
import { hashOfCa } from './ca-hash.js'
import { openConnection } from './connection.js'
import type { Answer, Connection, Failure } from './connection.js'
import { CA_PATH } from './endpoints.js'
import type { Program } from './endpoints.js'

/**
 * Every path that is ever asked for, by GET. Never `server-bootstrap`, whose answer holds private keys, and never `config`,
 * whose answer holds a key of the network. A server takes any program's name for `PROGRAM` (pkg/server/handlers/router.go).
 */
export const PATHS = {
  ca: CA_PATH,
  serverToken: '/v1-PROGRAM/token',
  /** Whether the server is up; and of releases that know no `token` yet, whether they take the server token. */
  encryption: '/v1-PROGRAM/encrypt/status',
  agentToken: '/v1-PROGRAM/server-ca.crt',
} as const

/** Why there is no trusted connection. */
export type NoConnection = Failure | Stranger | 'other-ca' | 'no-ca'

/**
 * A server that has proved to have a pinned CA. It is asked one question after the other. Each costs it some 60 ms, and a line
 * in its log when it refuses.
 */
export interface Supervisor {
  readonly url: string
  readonly ca: ClaimedCa
  /** What its certificate says it is; absent where that is neither. */
  readonly program: Program | undefined
  readonly askServerToken: (token: Secret) => Promise<Verdict>
  readonly askAgentToken: (token: Secret) => Promise<Verdict>
  /** Whether it is up, by a server token that it has accepted. */
  readonly askReadiness: (token: Secret) => Promise<Readiness>
  /** Has to be called at the end. */
  readonly end: () => void
}

export interface AskOptions {
  readonly now: Date
  /** For everything that is asked of the server. */
  readonly deadline: AbortSignal
}

export interface ConnectOptions extends AskOptions {
  readonly program: Program
  /** The hashes of which the CA must have one: 64 hex digits each. */
  readonly pins: readonly string[]
}

/** The CA of a server, of which nothing is proved yet unless a {@link Supervisor} has it. */
export interface ClaimedCa {
  readonly bundle: Buffer
  readonly hash: string
}

/** Why there is no client, and for `other-ca` the hash that was answered. */
export interface Unconnected {
  readonly reason: NoConnection
  readonly hash?: string
}

/** The only client that can carry a password, or why there is none. */
export async function connect(
  url: string,
  options: ConnectOptions,
): Promise<Supervisor | Unconnected> {
  const claimed = await fetchClaimedCa(url, options)
  if ('reason' in claimed) return claimed
  if (!options.pins.includes(claimed.hash)) return { reason: 'other-ca', hash: claimed.hash }
  const connection = openConnection(url, { ca: claimed.bundle, deadline: options.deadline })
  const proved = await askForCa(connection)
  if (Buffer.isBuffer(proved) && proved.equals(claimed.bundle))
    return supervisorBehind(connection, { url, ca: claimed, asked: options.program })
  connection.end()
  const other = Buffer.isBuffer(proved) ? claimOf(proved, options.now) : proved
  return 'reason' in other ? other : { reason: 'other-ca', hash: other.hash }
}

/** What a server gives out as its CA, to whoever asks. Nothing of it is proved. */
export async function fetchClaimedCa(
  url: string,
  { now, deadline }: AskOptions,
): Promise<ClaimedCa | Unconnected> {
  const connection = openConnection(url, { deadline })
  try {
    const bundle = await askForCa(connection)
    return Buffer.isBuffer(bundle) ? claimOf(bundle, now) : bundle
  } finally {
    connection.end()
  }
}

async function askForCa(connection: Connection): Promise<Buffer | Unconnected> {
  const answer = await connection.get(PATHS.ca)
  if (typeof answer === 'string') return { reason: answer }
  return answer.status === 200 ? answer.body : { reason: strangerOf(answer) ?? 'not-k3s' }
}

function claimOf(bundle: Buffer, now: Date): ClaimedCa | Unconnected {
  const hash = hashOfCa(bundle, now)
  return hash === undefined ? { reason: 'no-ca' } : { bundle, hash }
}

interface Server {
  readonly url: string
  readonly ca: ClaimedCa
  /** The name of the program in paths. */
  readonly asked: Program
}

function supervisorBehind(connection: Connection, { url, ca, asked }: Server): Supervisor {
  const ask = (path: string, user: string, token: Secret): Promise<Answer | Failure> =>
    connection.get(path.replace('PROGRAM', asked), basicAuthorization(user, token))
  return {
    url,
    ca,
    program: programIn(connection.subject()),
    askServerToken: async (token) => {
      const answer = await ask(PATHS.serverToken, USERS.server, token)
      // The method is never allowed, and the supervisor says so as a Status: only after the password was right.
      const verdict = judge(answer, ({ status, body }) => status === 405 && isStatus(body))
      // The supervisor of an older release hands an unknown path on to the apiserver, and has not looked at the password.
      if (verdict !== 'apiserver') return verdict
      const older = await ask(PATHS.encryption, USERS.server, token)
      const readiness = readinessOf(older)
      return readiness === 'ready' || readiness === 'not-ready' ? 'accepted' : readiness
    },
    askAgentToken: async (token) => {
      const answer = await ask(PATHS.agentToken, USERS.agent, token)
      return judge(answer, ({ status, body }) => status === 200 && body.equals(ca.bundle))
    },
    askReadiness: async (token) => readinessOf(await ask(PATHS.encryption, USERS.server, token)),
    end: connection.end,
  }
}

/** K3s puts its program's name into the certificate of its supervisor (pkg/cluster/https.go). */
function programIn(subject = ''): Program | undefined {
  const organization = /^O=(k3s|rke2)$/m.exec(subject)?.[1]
  return organization as Program | undefined
}

function basicAuthorization(user: string, token: Secret): Secret {
  return new Secret(`Basic ${Buffer.from(`${user}:${token.reveal()}`).toString('base64')}`)
}
