// One server over TLS: its questions one after the other, and every way in which one can fail as a word of its own. What a
// server answered never gets into a message.
import type { SecureContext, TLSSocket } from 'node:tls'
import type { Secret } from '../secret.js'

/** Why there is no answer. The certificates: TLS itself said no, before anything was sent. */
export type Failure =
  | 'not-listening'
  | 'unknown-name'
  | 'no-route'
  | 'no-answer'
  | 'cut-off'
  | 'no-descriptor'
  | 'not-tls'
  | 'tls-refused'
  | 'foreign-certificate'
  | 'certificate-of-another-name'
  | 'expired-certificate'

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

export interface ConnectionOptions {
  /** The only certificates that are trusted; absent: any server is, and nothing secret may be sent to it. */
  readonly ca?: Buffer
  /** Ends whatever is under way, and all that is asked later. */
  readonly deadline: AbortSignal
}

/** Asks one question at a time, over one connection as long as the server keeps it. */
export interface Connection {
  /** @param authorization the whole value of the header */
  readonly get: (path: string, authorization?: Secret) => Promise<Answer | Failure>
  /** The subject of the server's certificate, a part on each line: `O=k3s`; absent before the first answer. */
  readonly subject: () => string | undefined
  /** Has to be called at the end. */
  readonly end: () => void
}

const LONGEST_ANSWER = 65_536

/** A connection to `https://host:port`; nothing is sent yet. */
export function openConnection(url: string, { ca, deadline }: ConnectionOptions): Connection {
  const https = process.getBuiltinModule('node:https')
  // Each new connection is checked, and none goes on from another one's session.
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1, maxCachedSessions: 0 })
  const trust =
    ca === undefined
      ? { rejectUnauthorized: false, secureContext: trustless() }
      : // As Go takes every certificate of a pool for an anchor, and not only roots.
        { rejectUnauthorized: true, ca, allowPartialTrustChain: true }
  let subject: string | undefined
  const get: Connection['get'] = (path, authorization) =>
    new Promise((resolve) => {
      if (!URL.canParse(url)) return resolve('unknown-name')
      const headers = authorization === undefined ? {} : { authorization: authorization.reveal() }
      const request = https.get(
        url + path,
        { agent, headers, signal: deadline, ...trust },
        (response) => {
          subject ??= (response.socket as TLSSocket).getPeerX509Certificate()?.subject
          const chunks: Buffer[] = []
          let size = 0
          response.on('data', (chunk: Buffer) => {
            size += chunk.length
            if (size > LONGEST_ANSWER) request.destroy()
            else chunks.push(chunk)
          })
          response.on('error', (error) => resolve(failureOf(error, deadline)))
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }),
          )
        },
      )
      request.on('error', (error: NodeJS.ErrnoException) => {
        // A connection that the server had closed in the meantime has carried nothing to it.
        const isStale = request.reusedSocket && error.code === 'ECONNRESET' && !deadline.aborted
        resolve(isStale ? get(path, authorization) : failureOf(error, deadline))
      })
      request.on('close', () => resolve('cut-off'))
    })
  return { get, subject: () => subject, end: () => agent.destroy() }
}

let shared: SecureContext | undefined

/** One for all servers that are asked without trust: making one reads every CA of the system. */
function trustless(): SecureContext {
  return (shared ??= process.getBuiltinModule('node:tls').createSecureContext())
}

const FAILURES: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: 'not-listening',
  ENOTFOUND: 'unknown-name',
  EAI_AGAIN: 'unknown-name',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EHOSTDOWN: 'no-route',
  ETIMEDOUT: 'no-answer',
  EMFILE: 'no-descriptor',
  ENFILE: 'no-descriptor',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-of-another-name',
  CERT_HAS_EXPIRED: 'expired-certificate',
  CERT_NOT_YET_VALID: 'expired-certificate',
}

/** OpenSSL's names for a chain that does not end where we trust (X509_V_ERR_*). */
const FOREIGN = /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|INVALID_|PATH_LENGTH_|HOSTNAME_)/

function failureOf(error: NodeJS.ErrnoException, deadline: AbortSignal): Failure {
  if (deadline.aborted) return 'no-answer'
  // A name with several addresses: only if nobody listens at any of them, nobody does.
  if (error instanceof AggregateError) {
    const failures = (error.errors as NodeJS.ErrnoException[]).map((one) =>
      failureOf(one, deadline),
    )
    return failures.find((failure) => failure !== 'not-listening') ?? 'not-listening'
  }
  const { code = '' } = error
  const known = FAILURES[code]
  if (known !== undefined) return known
  if (FOREIGN.test(code)) return 'foreign-certificate'
  if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_')) return 'cut-off'
  // Only who speaks TLS sends an alert; the code does not tell.
  return error.message.includes('SSL alert number') ? 'tls-refused' : 'not-tls'
}
