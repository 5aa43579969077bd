// Who we are at the server: a token that was given, or one that a login gives, for as long as it lives.
import { Secret } from '../../secret.js'
import { errorsIn } from './client.js'
import type { Answer, Client, Question } from './client.js'
import type { Login } from './settings.js'
import { denied, unfit } from './words.js'
import type { Names } from './words.js'

/** A token is taken for old before the server does, whose clock need not be ours. */
const SHARE_OF_LIFE = 0.8

export class Session {
  readonly #client: Client
  readonly #login: Login
  readonly #names: Names
  #held: Promise<Held> | undefined

  constructor(client: Client, login: Login, names: Names) {
    this.#client = client
    this.#login = login
    this.#names = names
  }

  get auth(): string {
    return this.#login.auth
  }

  /** Asks as ourselves. */
  async ask(question: Omit<Question, 'token'>): Promise<Answer> {
    return this.#client.ask({ ...question, token: await this.#token() })
  }

  async #token(): Promise<Secret> {
    const login = this.#login
    if (login.auth === 'token') return login.token
    // Of many that ask at once one logs in, so nothing is waited for in between.
    const current = (this.#held ??= this.#begin(login))
    const { token, until } = await current
    if (performance.now() < until) return token
    if (this.#held === current) this.#held = this.#begin(login)
    return (await (this.#held ?? this.#begin(login))).token
  }

  #begin(login: Exclude<Login, { auth: 'token' }>): Promise<Held> {
    const begun = this.#logIn(login)
    begun.catch((error: unknown) => {
      // A refusal stands for the whole run: after five of them a server lets nobody in by that role, and a fleet would try thousands.
      const isRefused = (error as { code?: unknown }).code !== 'K3SV_STORE_UNAVAILABLE'
      if (!isRefused && this.#held === begun) this.#held = undefined
    })
    return begun
  }

  async #logIn({ auth, mount, body }: Exclude<Login, { auth: 'token' }>): Promise<Held> {
    const { status, body: answered } = await this.#client.ask({
      method: 'POST',
      path: `auth/${mount}/login`,
      body: () => revealed(body),
      isRepeatable: true,
    })
    const granted = answered['auth'] as
      { client_token?: unknown; lease_duration?: unknown } | null | undefined
    const token = granted?.client_token
    if (status === 200 && typeof token === 'string') {
      const seconds = Number(granted?.lease_duration)
      // 0: it does not end.
      const life = seconds > 0 ? seconds * 1000 * SHARE_OF_LIFE : Infinity
      return { token: new Secret(token), until: performance.now() + life }
    }
    if (
      status === 404 ||
      errorsIn(answered).some((text) => text.includes('no handler for route'))
    ) {
      throw unfit(
        `${this.#names.title} has no way to log in at auth/${mount}`,
        'name it with auth_mount, or another with auth',
      )
    }
    throw denied(this.#names, `log in with ${auth} at auth/${mount}`)
  }
}

interface Held {
  readonly token: Secret
  /** Of the clock that nobody sets. */
  readonly until: number
}

function revealed(body: Readonly<Record<string, string | Secret>>): object {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : value.reveal(),
    ]),
  )
}
