// Asks the API of a cluster. What it answers is taken apart here, and nothing of it gets into a message.
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { RequestOptions } from 'node:https'
import { ClusterError } from '../errors.js'
import { isMapping } from '../yaml/mapping.js'
import { findCredentials } from './credentials.js'
import type { Credentials } from './exec.js'
import { findTarget, refuse } from './kubeconfig.js'
import type { KubeconfigOptions, Target } from './kubeconfig.js'

export type Method = 'GET' | 'POST' | 'DELETE'

export interface ApiAnswer {
  readonly status: number
  readonly body: Buffer
}

export interface Api {
  /** `https://host:port` */
  readonly server: string
  readonly context: string
  /** PEM of the CA that the kubeconfig trusts, if it names one. */
  readonly ca: Buffer | undefined
  /**
   * @throws ClusterError `K3SV_CLUSTER_API` where there is no answer
   */
  readonly ask: (method: Method, path: string, body?: unknown) => Promise<ApiAnswer>
  /** As {@link ask}, without a credential. */
  readonly askAnonymously: (path: string) => Promise<ApiAnswer>
}

const MOST_BYTES = 16 * 1024 * 1024
const MILLISECONDS = 15_000

/**
 * The API that a kubeconfig leads to, with the credentials that it has.
 * @throws ClusterError `K3SV_CLUSTER_KUBECONFIG`
 */
export function openApi(options: KubeconfigOptions): Api {
  const target = findTarget(options)
  const credentials = findCredentials(target, options)
  return {
    server: target.server,
    context: target.context,
    ca: target.ca,
    ask: (method, path, body) => request(target, { method, path, body, credentials }),
    askAnonymously: (path) => request(target, { method: 'GET', path, credentials: {} }),
  }
}

interface Question {
  readonly method: Method
  readonly path: string
  readonly body?: unknown
  readonly credentials: Credentials
}

function request(target: Target, question: Question): Promise<ApiAnswer> {
  const https = process.getBuiltinModule('node:https')
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(unanswered(target))
    const read = (response: IncomingMessage): void => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > MOST_BYTES) response.destroy()
        else chunks.push(chunk)
      })
      response.on('error', fail)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }),
      )
    }
    let asked: ClientRequest
    try {
      asked = https.request(target.server + question.path, optionsOf(target, question), read)
    } catch {
      // OpenSSL's own error may quote what it could not read.
      return reject(
        refuse(
          'a certificate or key of the kubeconfig, or a token in it, cannot be used',
          'try it with kubectl; a key must not have a passphrase',
        ),
      )
    }
    asked.on('error', fail)
    asked.on('close', fail)
    asked.end(question.body === undefined ? undefined : JSON.stringify(question.body))
  })
}

function optionsOf(
  { ca, serverName }: Target,
  { method, body, credentials }: Question,
): RequestOptions {
  const { certificate, key, authorization } = credentials
  return {
    method,
    agent: false,
    signal: AbortSignal.timeout(MILLISECONDS),
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(authorization && { authorization: authorization.reveal() }),
    },
    ...(ca && { ca, allowPartialTrustChain: true }),
    ...(serverName !== undefined && { servername: serverName }),
    ...(certificate && { cert: certificate }),
    ...(key && { key: key.reveal() }),
  }
}

function unanswered({ server }: Target): ClusterError {
  return new ClusterError(
    'K3SV_CLUSTER_API',
    `the API at ${server} does not answer, or its certificate is not trusted`,
    {
      hint: 'try kubectl with the same kubeconfig and context: it says which',
    },
  )
}

/** What was refused or failed, by the status alone. `what`: `make a bootstrap token`. */
export function refusalOf({ status }: ApiAnswer, api: Api, what: string): ClusterError {
  const [why, hint] = REASONS[status] ?? [
    `answers ${status}`,
    'look at the log of the server, and try it with kubectl',
  ]
  return new ClusterError('K3SV_CLUSTER_API', `the API at ${api.server} ${why}, asked to ${what}`, {
    hint,
  })
}

const REASONS: Readonly<Record<number, readonly [string, string]>> = {
  401: [
    'does not know who asks',
    'the credentials of the kubeconfig have expired, or are of another cluster',
  ],
  403: [
    'does not allow it',
    'it takes rights on Secrets in kube-system: use the kubeconfig of an administrator',
  ],
  409: ['has one of this name already', 'try again: the name is drawn'],
  503: ['is not up yet', 'wait until the servers are ready'],
}

/** The object of a JSON answer; undefined for anything else. */
export function objectIn({ body }: ApiAnswer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return isMapping(value) ? value : undefined
  } catch {
    return undefined
  }
}
