// The kind that keeps documents in KV version 2 of OpenBao or HashiCorp Vault, a secret for each. Begin here: this is what is asked
// and what each answer means; mount.ts asks what kind of place it is, session.ts who we are there, client.ts speaks HTTPS,
// settings.ts finds what the connection needs, words.ts says what goes wrong.
//
// House rules: a KV of version 1 takes the comparing write of version 2 and overwrites all the same, so the kind of mount is known
// before anything is written, and before anything is believed not to be there.
import type { Environment } from '../../environment.js'
import { Limiter } from '../../limiter.js'
import type { KvSpec } from '../../store-spec.js'
import type {
  NewText,
  OpenPlace,
  PlaceFacts,
  PlaceWarning,
  SharedPlace,
  StoredText,
  WrittenVersion,
} from '../shared-place.js'
import { Client, errorsIn, MOST_AT_ONCE } from './client.js'
import type { Answer } from './client.js'
import { describeServer } from './describe.js'
import { Mount } from './mount.js'
import { Session } from './session.js'
import { readConnection, readLogin } from './settings.js'
import { denied, namesOf, storeError, unavailable, unfit } from './words.js'
import type { Names } from './words.js'

export const openPlace: OpenPlace<KvSpec> = (spec, environment) => new KvPlace(spec, environment)

/** The field of a secret that has the document. */
const FIELD = 'document'
/** What the server says of a version that is not the current one any more (builtin/logical/kv, path_data.go). */
const CAS_LOST = 'check-and-set parameter did not match'

class KvPlace implements SharedPlace {
  readonly #spec: KvSpec
  readonly #names: Names
  readonly #client: Client
  readonly #session: Session
  readonly #mount: Mount
  readonly #limiter = new Limiter(MOST_AT_ONCE)

  constructor(spec: KvSpec, environment: Environment) {
    this.#spec = spec
    this.#names = namesOf(spec)
    this.#client = new Client(readConnection(spec, environment))
    this.#session = new Session(this.#client, readLogin(spec, environment), this.#names)
    this.#mount = new Mount(this.#session, spec.mount, this.#names)
  }

  async read(name: string): Promise<StoredText | null> {
    const { status, body } = await this.#ask('GET', this.#dataOf(name))
    if (status === 200) return this.#readData(body)
    if (status === 403) throw denied(this.#names, `read ${this.#dataOf(name)}`)
    if (status !== 404) throw unavailable(this.#names, `HTTP ${status} to a question`)
    const { data } = body as { data?: { metadata?: unknown } | null }
    if (data?.metadata) throw this.#vanished(name)
    await this.#mount.requireVersion2()
    // A key that never was has no text; a mount or namespace that is not there has one.
    if (errorsIn(body).length > 0) {
      throw unfit(
        `${this.#names.title} has no KV mount ${this.#spec.mount} here`,
        `compare mount and namespace with \`${this.#names.program} secrets list\``,
      )
    }
    return null
  }

  readAll(names: readonly string[]): ReadonlyMap<string, Promise<StoredText | null>> {
    return new Map(names.map((name) => [name, this.#limiter.run(() => this.read(name))]))
  }

  async create(name: string, written: NewText): Promise<WrittenVersion> {
    // One after the other: what a mount of version 1 says to the second question is about nothing.
    await this.#mount.requireVersion2()
    await this.#mount.requireKeeping(this.#pathOf(name))
    return this.#write(name, written, 0)
  }

  async replace(name: string, version: string, written: NewText): Promise<WrittenVersion> {
    // 0 would create.
    if (!/^[1-9]\d{0,15}$/.test(version)) return null
    await this.#mount.requireVersion2()
    return this.#write(name, written, Number(version))
  }

  async describe(): Promise<PlaceFacts> {
    await this.#mount.requireVersion2()
    const place = {
      session: this.#session,
      client: this.#client,
      mount: this.#mount,
      names: this.#names,
    }
    return { facts: await describeServer(this.#spec, place, this.#dataOf('{cluster}')) }
  }

  findWarnings(name: string): Promise<readonly PlaceWarning[]> {
    return this.#mount.findWarnings(this.#pathOf(name))
  }

  #readData(body: Answer['body']): StoredText {
    const { data, metadata } = (body['data'] ?? {}) as {
      data?: Record<string, unknown> | null
      metadata?: { version?: unknown }
    }
    const version = metadata?.version
    if (typeof version !== 'number') {
      throw unfit(
        `${this.#spec.mount} is no KV mount of version 2`,
        `version 1 overwrites without comparing: \`${this.#names.program} kv enable-versioning\` makes it version 2`,
      )
    }
    const text = data?.[FIELD]
    if (typeof text === 'string') return { version: String(version), text }
    throw storeError(
      'K3SV_STORE_FOREIGN',
      `the secret there was not written by k3s_vars: it has no field ${FIELD}`,
      'name another path, or bring its token into an empty one with `k3s-vars token import`',
    )
  }

  async #write(name: string, { text, open }: NewText, cas: number): Promise<WrittenVersion> {
    const { status, body } = await this.#ask('POST', this.#dataOf(name), () => ({
      options: { cas },
      data: {
        [FIELD]: text,
        ...(open && { token: open.token.reveal() }),
        ...(open?.agent_token && { agent_token: open.agent_token.reveal() }),
      },
    }))
    if (status === 200) {
      const { version } = (body['data'] ?? {}) as { version?: unknown }
      if (version === cas + 1) return String(version)
      throw unavailable(this.#names, 'it does not say which version it wrote')
    }
    if (status === 403)
      throw denied(this.#names, `${cas === 0 ? 'create' : 'update'} ${this.#dataOf(name)}`)
    if (status === 400 && errorsIn(body).some((error) => error.includes(CAS_LOST))) return null
    if (status === 413)
      throw storeError(
        'K3SV_STORE_FULL',
        `${this.#names.title} takes no document of this size`,
        'raise max_request_size of its listener',
      )
    throw unavailable(this.#names, `HTTP ${status} to a write`)
  }

  #ask(method: 'GET' | 'POST', path: string, body?: () => object): Promise<Answer> {
    return this.#session.ask({
      method,
      path,
      ...(body && { body }),
      isRepeatable: method === 'GET',
    })
  }

  #pathOf(name: string): string {
    return this.#spec.path.replace('{cluster}', name)
  }

  #dataOf(name: string): string {
    return `${this.#spec.mount}/data/${this.#pathOf(name)}`
  }

  #vanished(name: string): Error {
    const { title, program } = this.#names
    const flags = `-mount=${this.#spec.mount} ${this.#pathOf(name)}`
    return storeError(
      'K3SV_STORE_VANISHED',
      `${title} had the document, and its newest version was deleted, destroyed or has expired`,
      `look at \`${program} kv metadata get ${flags}\`, and bring it back: \`${program} kv undelete\` or \`${program} kv rollback\``,
    )
  }
}
