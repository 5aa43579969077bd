// A store that lies elsewhere, as the port has it: what its kind keeps as texts are documents here.
import type { ClusterDocument, StoredTokens } from '../document/document.js'
import { activeTokens } from '../document/active.js'
import { parseDocument, renderDocument } from '../document/text.js'
import { StoreError } from '../errors.js'
import { ownError } from './own-error.js'
import type { NewText, PlaceFacts, PlaceWarning, SharedPlace, StoredText } from './shared-place.js'
import type { AuthorityTexts, TokenStore, Versioned, WriteOutcome } from './store.js'

/** Documents are some kilobytes; every kind takes this much, and nothing is ever split. */
const MOST_BYTES = 256 * 1024
/** How often a store is asked again for what was first there; one that answers from a copy may lag behind. */
const REREADS = 4
const REREAD_MS = 50

export interface SharedStoreOptions {
  /** Loads the kind; called once, at the first question. */
  readonly load: () => Promise<SharedPlace>
  /** The place of a text in the words of a message. */
  readonly placeOf: (name: string) => string
}

export class SharedStore implements TokenStore {
  readonly #load: () => Promise<SharedPlace>
  readonly #placeOf: (name: string) => string
  readonly #ahead = new Map<string, Promise<StoredText | null>>()
  #place: Promise<SharedPlace> | undefined

  constructor({ load, placeOf }: SharedStoreOptions) {
    this.#load = load
    this.#placeOf = placeOf
  }

  async get(cluster: string): Promise<Versioned | null> {
    const ahead = this.#ahead.get(cluster)
    this.#ahead.delete(cluster)
    const found = await this.#ask(cluster, (place) => ahead ?? place.read(cluster))
    return found === null ? null : this.#parse(cluster, found)
  }

  prefetch(clusters: readonly string[]): Promise<void> {
    return this.#ask(clusters[0]!, (place) => {
      for (const [cluster, answer] of place.readAll?.(clusters) ?? []) {
        // Whoever asks for the cluster gets its error.
        answer.catch(() => undefined)
        this.#ahead.set(cluster, answer)
      }
      return Promise.resolve()
    })
  }

  async createIfAbsent(document: ClusterDocument): Promise<WriteOutcome> {
    const { cluster } = document
    const written = this.#render(document)
    const version = await this.#ask(cluster, (place) => place.create(cluster, written))
    return version === null ? this.#lost(cluster) : { won: true, version }
  }

  async replace(version: string, document: ClusterDocument): Promise<WriteOutcome> {
    const { cluster } = document
    const written = this.#render(document)
    const next = await this.#ask(cluster, (place) => place.replace(cluster, version, written))
    return next === null ? this.#lost(cluster) : { won: true, version: next }
  }

  /** What `store show` tells. */
  async describe(): Promise<PlaceFacts['facts']> {
    const { facts } = await this.#ask('{cluster}', (place) => place.describe())
    return facts
  }

  /** What could become of a cluster's document that nobody wants. */
  findWarnings(cluster: string): Promise<readonly PlaceWarning[]> {
    return this.#ask(cluster, async (place) => (await place.findWarnings?.(cluster)) ?? [])
  }

  #open(): Promise<SharedPlace> {
    return (this.#place ??= this.#load())
  }

  /** Texts of other kinds beside the documents. */
  authorities(): AuthorityTexts {
    const nameOf = (cluster: string): string => `${cluster}.ca`
    return {
      placeOf: (cluster) => this.#placeOf(nameOf(cluster)),
      read: async (cluster) => {
        const name = nameOf(cluster)
        const found = await this.#ask(name, (place) => place.read(name))
        return found?.text ?? null
      },
      create: async (cluster, text) => {
        const name = nameOf(cluster)
        return (await this.#ask(name, (place) => place.create(name, { text }))) !== null
      },
      replace: async (cluster, former, text) => {
        const name = nameOf(cluster)
        const found = await this.#ask(name, (place) => place.read(name))
        if (found?.text !== former) return false
        const { version } = found
        return (await this.#ask(name, (place) => place.replace(name, version, { text }))) !== null
      },
    }
  }

  /** Who was faster; a store that has a copy of itself may take a moment until all of it knows. */
  async #lost(cluster: string): Promise<WriteOutcome> {
    const { setTimeout: sleep } = process.getBuiltinModule('node:timers/promises')
    for (let times = 0; times < REREADS; times++) {
      if (times > 0) await sleep(REREAD_MS * 2 ** times)
      const found = await this.#ask(cluster, (place) => place.read(cluster))
      if (found !== null) return { won: false, ...this.#parse(cluster, found) }
    }
    throw new StoreError('K3SV_STORE_CONFLICT', 'the token document was removed meanwhile', {
      location: { file: this.#placeOf(cluster) },
      hint: 'see in the history of the store who takes documents away, and bring it back',
    })
  }

  async #ask<T>(name: string, question: (place: SharedPlace) => Promise<T>): Promise<T> {
    try {
      return await question(await this.#open())
    } catch (error) {
      throw ownError(error, { file: this.#placeOf(name) })
    }
  }

  #parse(cluster: string, { version, text }: StoredText): Versioned {
    return { version, document: parseDocument(text, { cluster, file: this.#placeOf(cluster) }) }
  }

  #render(document: ClusterDocument): NewText {
    const text = renderDocument(document)
    const open = openTokens(activeTokens(document))
    if (Buffer.byteLength(text) <= MOST_BYTES) return { text, ...(open && { open }) }
    throw new StoreError('K3SV_STORE_FULL', 'the token document is larger than 256 KiB', {
      location: { file: this.#placeOf(document.cluster) },
      hint: 'it keeps too many former tokens: take out those whose snapshots are gone',
    })
  }
}

function openTokens({ server, agent }: StoredTokens): NewText['open'] {
  if (server.form !== 'plain') return undefined
  return {
    token: server.secret,
    ...(agent?.form === 'plain' && { agent_token: agent.secret }),
  }
}
