// One question to an etcd cluster: to its members in turn, within the time that there is, and logged in where that is asked for.
// Asking again is safe for every call here: each write compares first, and finds its own document if it was done already.
import { GrpcFault, openMember, send } from './channel.js'
import type { Member } from './channel.js'
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

/** Milliseconds until the next member is asked, if there is one; twice as many in each round that follows. */
const FIRST_WAIT = 1000

/** Milliseconds between two rounds over the members. */
const PAUSE = 100

export class EtcdClient {
  readonly settings: EtcdSettings
  readonly #options: EtcdClientOptions
  readonly #members: readonly Member[]
  /** The one that answered last. */
  #first = 0
  /** The token of our login; empty where etcd has no users. */
  #login: Promise<string> | undefined

  constructor(settings: EtcdSettings, options: EtcdClientOptions) {
    this.settings = settings
    this.#options = options
    this.#members = settings.endpoints.map((url) => openMember(url, settings))
  }

  /**
   * The answer to a question.
   * @throws StoreError where no member answers in time, or one refuses; GrpcFault where `passes` says that the caller
   * knows what to do about it
   */
  async ask<Request, Response>(
    call: Call<Request, Response>,
    message: Request,
    passes: (fault: GrpcFault) => boolean = () => false,
  ): Promise<Response> {
    const end = performance.now() + this.#options.timeout
    const silences = new Map<string, Silence>()
    for (let most = FIRST_WAIT; ; most *= 2) {
      for (let turn = 0; turn < this.#members.length; turn++) {
        const index = (this.#first + turn) % this.#members.length
        const member = this.#members[index]!
        const left = end - performance.now()
        if (left <= 0) throw unreachable([...silences.values()])
        try {
          const others = this.#members.length - turn - 1
          const patience = others === 0 ? left : Math.min(left / (others + 1), most)
          const answer = await this.#askOne(member, call, { message, patience })
          this.#first = index
          return answer
        } catch (error) {
          if (!(error instanceof GrpcFault) || passes(error)) throw error
          if (!isOfOneMember(error)) throw faultOf(error, this.#options.prefix)
          silences.set(member.name, { member: member.name, fault: error })
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
          if (!(error instanceof GrpcFault)) throw error
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
      // Of many that ask at once one logs in: etcd hashes a password for a tenth of a second.
      const login = (this.#login ??= this.#begin(member, end))
      const token = await login
      try {
        return await send(member, call, { message, token, end })
      } catch (error) {
        const isLost = error instanceof GrpcFault && isLoggedOut(error) && token !== ''
        if (!isLost || tries === 3) throw error
        if (this.#login === login) this.#login = undefined
      }
    }
  }

  #begin(member: Member, end: number): Promise<string> {
    const begun = this.#logIn(member, end)
    begun.catch(() => {
      if (this.#login === begun) this.#login = undefined
    })
    return begun
  }

  async #logIn(member: Member, end: number): Promise<string> {
    const { login } = this.settings
    if (login === undefined) return ''
    const message = { name: login.user, password: login.password.reveal() }
    try {
      return (await send(member, AUTHENTICATE, { message, token: '', end })).token ?? ''
    } catch (error) {
      if (error instanceof GrpcFault && isWithoutUsers(error)) return ''
      throw error
    }
  }
}

async function pause(): Promise<void> {
  const { randomInt } = process.getBuiltinModule('node:crypto')
  const { setTimeout: sleep } = process.getBuiltinModule('node:timers/promises')
  await sleep(randomInt(PAUSE / 2, PAUSE))
}
