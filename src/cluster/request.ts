// One GET over TLS, and every way in which it can fail as a word of its own. What a server answered never gets into a message.
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

export interface RequestOptions {
  /** The only certificates that are trusted; absent: any server is, and nothing secret may be sent to it. */
  readonly ca?: Buffer
  /** The whole value of the header. */
  readonly authorization?: Secret
  readonly milliseconds: number
  /** Gives the question up. */
  readonly signal?: AbortSignal
}

const LONGEST_ANSWER = 65_536

/**
 * Asks `https://host:port` for a path.
 * @returns the answer, or why there is none
 */
export async function get(
  url: string,
  path: string,
  options: RequestOptions,
): Promise<Answer | Failure> {
  const { ca, authorization, milliseconds, signal } = options
  if (!URL.canParse(url)) return 'unknown-name'
  const https = process.getBuiltinModule('node:https')
  return new Promise((resolve) => {
    const request = https.get(
      url + path,
      {
        agent: false,
        ...(signal && { signal }),
        headers: authorization === undefined ? {} : { authorization: authorization.reveal() },
        // As Go takes every certificate of a pool for an anchor, and not only roots.
        ...(ca === undefined
          ? { rejectUnauthorized: false }
          : { rejectUnauthorized: true, ca, allowPartialTrustChain: true }),
      },
      (response) => {
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > LONGEST_ANSWER) request.destroy()
          else chunks.push(chunk)
        })
        response.on('error', () => resolve('cut-off'))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }),
        )
      },
    )
    const deadline = setTimeout(() => {
      resolve('no-answer')
      request.destroy()
    }, milliseconds)
    request.on('error', (error) => resolve(failureOf(error)))
    request.on('close', () => {
      clearTimeout(deadline)
      resolve('cut-off')
    })
  })
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

function failureOf(error: NodeJS.ErrnoException): Failure {
  // A name with several addresses: only if nobody listens at any of them, nobody does.
  if (error instanceof AggregateError) {
    const failures = (error.errors as NodeJS.ErrnoException[]).map(failureOf)
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
