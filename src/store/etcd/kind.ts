// The kind that keeps texts in etcd, each under a key of its own. Begin here; client.ts asks the members, messages.ts has what is said
// to them, fleet.ts reads many at once, settings.ts says where they are and who we are, fault.ts what goes wrong.
//
// House rules: every read is linearizable, so that a member which is cut off from the others says nothing, rather than that there
// is no token. A key that was deleted is to etcd as one that never was; so every write puts a mark beside the text, in the same
// transaction, and a mark without its text is an error.
import type { Environment } from '../../environment.js'
import { StoreError } from '../../errors.js'
import type { EtcdSpec } from '../../store-spec.js'
import type {
  NewText,
  OpenPlace,
  PlaceFacts,
  PlaceWarning,
  SharedPlace,
  StoredText,
  WrittenVersion,
} from '../shared-place.js'
import { requireSealed } from '../sealed-only.js'
import { EtcdClient } from './client.js'
import { isForbidden, mayNotWrite } from './fault.js'
import { readFleet } from './fleet.js'
import { keysOf } from './keys.js'
import { CREATE_REVISION, EQUAL, MOD_REVISION, TXN } from './messages.js'
import type { Message } from './messages.js'
import { readSettings } from './settings.js'
import { readText, vanished } from './text.js'

/** So many are asked for one by one; what a range of keys holds besides them is not worth its bytes. */
const FEW = 8

export const openPlace: OpenPlace<EtcdSpec> = (spec, environment) =>
  new EtcdPlace(spec, environment)

class EtcdPlace implements SharedPlace {
  readonly #spec: EtcdSpec
  readonly #environment: Environment
  #opened: EtcdClient | undefined

  constructor(spec: EtcdSpec, environment: Environment) {
    this.#spec = spec
    this.#environment = environment
  }

  async read(name: string): Promise<StoredText | null> {
    const { text, mark } = await this.#look(name)
    if (text !== undefined) return readText(text)
    if (mark !== undefined) throw vanished(keysOf(this.#spec.prefix, name))
    return null
  }

  readAll(names: readonly string[]): ReadonlyMap<string, Promise<StoredText | null>> {
    if (names.length <= FEW) return new Map(names.map((name) => [name, this.read(name)]))
    return readFleet(names, {
      ask: (...question) => this.#client.ask(...question),
      prefix: this.#spec.prefix,
      readOne: (name) => this.read(name),
    })
  }

  create(name: string, written: NewText): Promise<WrittenVersion> {
    const { key, mark } = keysOf(this.#spec.prefix, name)
    return this.#write(name, written, [
      { result: EQUAL, target: CREATE_REVISION, key, createRevision: 0n },
      { result: EQUAL, target: CREATE_REVISION, key: mark, createRevision: 0n },
    ])
  }

  async replace(name: string, version: string, written: NewText): Promise<WrittenVersion> {
    // A key that is not there has the revision 0, which none that is there has.
    if (!/^[1-9]\d{0,18}$/.test(version)) return null
    const { key } = keysOf(this.#spec.prefix, name)
    return this.#write(name, written, [
      { result: EQUAL, target: MOD_REVISION, key, modRevision: BigInt(version) },
    ])
  }

  async describe(): Promise<PlaceFacts> {
    const { endpoints, login, own } = this.#client.settings
    const members = await this.#client.look()
    const who = [login && `user ${login.user}`, own && 'client certificate'].filter(Boolean)
    return {
      facts: [
        ['endpoints', endpoints.map(({ origin }) => origin).join(', ')],
        ['prefix', this.#spec.prefix],
        ['as', who.join(', ') || 'nobody in particular'],
        ...members,
      ],
    }
  }

  async findWarnings(name: string): Promise<readonly PlaceWarning[]> {
    const { text, mark } = await this.#look(name)
    const expires = [text, mark].some((found) => (found?.lease ?? 0n) !== 0n)
    if (!expires) return []
    return [
      {
        rule: 'store-expires',
        message: 'the key in etcd has a lease, with which it will go away',
        hint: 'put it anew without one: etcdctl get KEY --print-value-only | etcdctl put KEY',
      },
    ]
  }

  async #write(
    name: string,
    written: NewText,
    compare: readonly Message<'Compare'>[],
  ): Promise<WrittenVersion> {
    requireSealed(written, 'etcd')
    const { key, mark } = keysOf(this.#spec.prefix, name)
    const value = Buffer.from(written.text)
    const question = {
      compare,
      success: [{ requestPut: { key, value } }, { requestPut: { key: mark } }],
      failure: [{ requestRange: { key } }],
    }
    const { header, succeeded, responses } = await this.#client
      .ask(TXN, question, isForbidden)
      .catch((error: unknown) => {
        throw isForbidden(error) ? mayNotWrite(this.#spec.prefix) : error
      })
    if (succeeded) return String(header?.revision)
    const found = responses?.[0]?.responseRange?.kvs?.[0]
    // Ours was there before: the answer to it was lost, and it was sent once more.
    return found && value.equals(found.value ?? value.subarray(0, 0))
      ? String(found.modRevision)
      : null
  }

  /** A text and its mark as they are at one moment. */
  async #look(name: string) {
    const { key, mark } = keysOf(this.#spec.prefix, name)
    const { responses = [] } = await this.#client.ask(TXN, {
      success: [{ requestRange: { key } }, { requestRange: { key: mark } }],
    })
    const [ofText, ofMark] = responses.map(({ responseRange }) => responseRange)
    if (ofText === undefined || ofMark === undefined) {
      throw new StoreError('K3SV_STORE_UNFIT', 'what answers there is no etcd', {
        hint: 'correct the endpoints',
      })
    }
    return { text: ofText.kvs?.[0], mark: ofMark.kvs?.[0] }
  }

  get #client(): EtcdClient {
    const { timeout, prefix } = this.#spec
    return (this.#opened ??= new EtcdClient(readSettings(this.#spec, this.#environment), {
      timeout,
      prefix,
    }))
  }
}
