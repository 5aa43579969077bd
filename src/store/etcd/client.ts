// One question to an etcd cluster: to its members in turn, within the time that there is, and logged in where that is asked for.
// Asking again is safe for every call here: each write compares first, and finds its own document if it was done already.
import { Client, credentials, logVerbosity, Metadata, setLogVerbosity } from '@grpc/grpc-js'
import type { ChannelCredentials, ServiceError } from '@grpc/grpc-js'
import { StoreError } from '../../errors.js'
import {
  faultOf,
  isLoggedOut,
  isOfOneMember,
  isWithoutUsers,
  reasonOf,
  unreachable,
} from './fault.js'
import type { Silence } from './fault.js'
import { AUTHENTICATE, STATUS } from './messages.js'
import type { Call } from './messages.js'
import type { EtcdSettings } from './settings.js'

export interface EtcdClientOptions {
  /** Milliseconds for one question with everything that it needs. */
  readonly timeout: number
  /** What our keys begin with, for messages. */
  readonly prefix: string
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

/** Milliseconds between two rounds over the members. */
const PAUSE = 100

interface Member {
  /** HOST:PORT */
  readonly name: string
  readonly client: Client
}

export class EtcdClient {
  readonly settings: EtcdSettings
  readonly #options: EtcdClientOptions
  readonly #members: readonly Member[]
  /** The one that answered last. */
  #first = 0
  /** Of our login; empty where etcd has no users. */
  #token: string | undefined

  constructor(settings: EtcdSettings, options: EtcdClientOptions) {
    // What it logs may quote the token of our login, and standard error is read by people.
    setLogVerbosity(logVerbosity.NONE)
    this.settings = settings
    this.#options = options
    this.#members = settings.endpoints.map((url) => openMember(url, settings))
  }

  /**
   * The answer to a question.
   * @throws StoreError where no member answers in time, or one refuses; ServiceError of gRPC where `passes` says that the caller
   * knows what to do about it
   */
  async ask<Request, Response>(
    call: Call<Request, Response>,
    message: Request,
    passes: (error: ServiceError) => boolean = () => false,
  ): Promise<Response> {
    const end = performance.now() + this.#options.timeout
    const silences = new Map<string, Silence>()
    for (;;) {
      for (let turn = 0; turn < this.#members.length; turn++) {
        const index = (this.#first + turn) % this.#members.length
        const member = this.#members[index]!
        const left = end - performance.now()
        if (left <= 0) throw unreachable([...silences.values()])
        try {
          const answer = await this.#askOne(member, call, {
            message,
            patience: left / (this.#members.length - turn),
          })
          this.#first = index
          return answer
        } catch (error) {
          if (!isServiceError(error) || passes(error)) throw error
          if (!isOfOneMember(error)) throw faultOf(error, this.#options.prefix)
          silences.set(member.name, { member: member.name, error })
        }
      }
      const fault = unreachable([...silences.values()])
      // Certificates do not get better by waiting.
      if (fault.code === 'K3SV_STORE_TLS' || end - performance.now() <= PAUSE) throw fault
      await pause()
    }
  }

  /** Each member's version and how long it takes to answer, in words; for those that do not, why. */
  look(): Promise<(readonly [name: string, value: string])[]> {
    return Promise.all(
      this.#members.map(async (member) => {
        const since = performance.now()
        try {
          const end = since + this.#options.timeout
          const { version = '' } = await send(member, STATUS, { message: {}, token: '', end })
          const took = Math.round(performance.now() - since)
          return [
            member.name,
            `etcd ${/^[\d.a-z+-]*$/i.test(version) ? version : '?'}, ${took} ms`,
          ] as const
        } catch (error) {
          if (!isServiceError(error)) throw error
          return [member.name, reasonOf(error).text] as const
        }
      }),
    )
  }

  /** Logs in first where that is to be done, and once more where the login is no longer known. */
  async #askOne<Request, Response>(
    member: Member,
    call: Call<Request, Response>,
    { message, patience }: { readonly message: Request; readonly patience: number },
  ): Promise<Response> {
    const end = performance.now() + patience
    for (let tries = 1; ; tries++) {
      const token = (this.#token ??= await this.#logIn(member, end))
      try {
        return await send(member, call, { message, token, end })
      } catch (error) {
        const isLost = isServiceError(error) && isLoggedOut(error) && token !== ''
        if (!isLost || tries === 3) throw error
        if (this.#token === token) this.#token = undefined
      }
    }
  }

  async #logIn(member: Member, end: number): Promise<string> {
    const { login } = this.settings
    if (login === undefined) return ''
    const message = { name: login.user, password: login.password.reveal() }
    try {
      return (await send(member, AUTHENTICATE, { message, token: '', end })).token ?? ''
    } catch (error) {
      if (isServiceError(error) && isWithoutUsers(error)) return ''
      throw error
    }
  }
}

function openMember(url: URL, settings: EtcdSettings): Member {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const name = `${url.hostname}:${port}`
  return { name, client: new Client(`dns:${name}`, credentialsFor(url, settings), OPTIONS) }
}

function credentialsFor(url: URL, { ca, own }: EtcdSettings): ChannelCredentials {
  if (url.protocol === 'http:') return credentials.createInsecure()
  try {
    return credentials.createSsl(ca, own?.key, own?.cert)
  } catch {
    throw new StoreError('K3SV_STORE_SETTINGS', 'the files for TLS with etcd cannot be used', {
      hint: 'check that they are PEM, that the key has no passphrase, and that it belongs to the certificate',
    })
  }
}

interface Sending<Request> {
  readonly message: Request
  readonly token: string
  /** Of `performance.now()`, which no change of the clock moves. */
  readonly end: number
}

function send<Request, Response>(
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
        if (error) reject(error)
        else resolve(answer!)
      },
    )
    const timer = setTimeout(() => running.cancel(), Math.max(0, end - performance.now()))
  })
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'details' in error && 'code' in error
}

async function pause(): Promise<void> {
  const { randomInt } = process.getBuiltinModule('node:crypto')
  const { setTimeout: sleep } = process.getBuiltinModule('node:timers/promises')
  await sleep(randomInt(PAUSE / 2, PAUSE))
}
