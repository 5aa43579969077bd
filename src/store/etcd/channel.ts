// The wire: one message to one member over gRPC, and what it answers.
import { createSecureContext } from 'node:tls'
import { Client, credentials, logVerbosity, Metadata, setLogVerbosity, status } from '@grpc/grpc-js'
import type { ChannelCredentials, ServiceError } from '@grpc/grpc-js'
import { StoreError } from '../../errors.js'
import type { Call } from './messages.js'
import type { EtcdSettings } from './settings.js'

/** How gRPC says that there is no answer: its status, and a text of the server's or of Node's. Neither is for people. */
export class GrpcFault extends Error {
  readonly status: keyof typeof status
  readonly details: string

  constructor({ code, details }: Pick<ServiceError, 'code' | 'details'>) {
    super('gRPC')
    this.status = (status[code] ?? 'UNKNOWN') as keyof typeof status
    this.details = details
  }
}

const OPTIONS = {
  // Its settings would come from DNS, where nobody signed them.
  'grpc.service_config_disable_resolution': 1,
  'grpc.enable_http_proxy': 0,
  'grpc.enable_retries': 0,
  'grpc.max_receive_message_length': -1,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1000,
}

export interface Member {
  /** HOST:PORT */
  readonly name: string
  readonly client: Client
}

/** Connects at the first message. @throws StoreError `K3SV_STORE_SETTINGS` where certificate or key cannot be used */
export function openMember(url: URL, settings: EtcdSettings): Member {
  // What it logs may quote the token of a login, and standard error is read by people.
  setLogVerbosity(logVerbosity.NONE)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const name = `${url.hostname}:${port}`
  return { name, client: new Client(`dns:${name}`, credentialsFor(url, settings), OPTIONS) }
}

function credentialsFor(url: URL, { ca, own }: EtcdSettings): ChannelCredentials {
  if (url.protocol === 'http:') return credentials.createInsecure()
  try {
    const given = { ...(ca && { ca }), ...own }
    // Whatever variables and options of Node and of gRPC say.
    const context = createSecureContext({ ...given, minVersion: 'TLSv1.2' })
    return credentials.createFromSecureContext(context, { rejectUnauthorized: true })
  } catch {
    throw new StoreError('K3SV_STORE_SETTINGS', 'the files for TLS with etcd cannot be used', {
      hint: 'check that they are PEM, that the key has no passphrase, and that it belongs to the certificate',
    })
  }
}

export interface Sending<Request> {
  readonly message: Request
  /** Of a login; empty: none. */
  readonly token: string
  /** Until when an answer is waited for: `performance.now()`, which no change of the clock moves. */
  readonly end: number
}

/** @throws GrpcFault */
export function send<Request, Response>(
  { client }: Member,
  { path, write, read }: Call<Request, Response>,
  { message, token, end }: Sending<Request>,
): Promise<Response> {
  const metadata = new Metadata()
  // A member without a leader says so at once, and does not wait for one.
  metadata.set('hasleader', 'true')
  if (token !== '') metadata.set('token', token)
  return new Promise((resolve, reject) => {
    const running = client.makeUnaryRequest(
      path,
      write,
      read,
      message,
      metadata,
      (error, answer) => {
        clearTimeout(timer)
        if (error) reject(new GrpcFault(error))
        else resolve(answer!)
      },
    )
    const timer = setTimeout(() => running.cancel(), Math.max(0, end - performance.now()))
  })
}
