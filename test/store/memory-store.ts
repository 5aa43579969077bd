import type { ClusterDocument } from '../../src/document/document.js'
import type { TokenStore, WriteOutcome } from '../../src/store/store.js'

/** A store in memory that can be told to fail before a write, or after it, as when the answer is lost. */
export class MemoryStore implements TokenStore {
  readonly #documents = new Map<string, { version: string; document: ClusterDocument }>()
  readonly #log: string[] = []
  #writes = 0

  /** Called at the beginning (`before`) and the end (`after`) of each operation; what it throws is the answer. */
  fail: (operation: 'get' | 'write', moment: 'before' | 'after') => void = () => undefined

  get log(): readonly string[] {
    return this.#log
  }

  async get(cluster: string) {
    await this.#step('get', 'before')
    this.#log.push('get')
    return this.#documents.get(cluster) ?? null
  }

  async createIfAbsent(document: ClusterDocument): Promise<WriteOutcome> {
    await this.#step('write', 'before')
    const found = this.#documents.get(document.cluster)
    return this.#write(found === undefined, document)
  }

  async replace(version: string, document: ClusterDocument): Promise<WriteOutcome> {
    await this.#step('write', 'before')
    return this.#write(this.#documents.get(document.cluster)?.version === version, document)
  }

  async #write(isAllowed: boolean, document: ClusterDocument): Promise<WriteOutcome> {
    this.#log.push(isAllowed ? 'write' : 'lost')
    if (isAllowed)
      this.#documents.set(document.cluster, { version: String(++this.#writes), document })
    const found = this.#documents.get(document.cluster)
    if (!isAllowed && found === undefined)
      throw Object.assign(new Error(), { code: 'K3SV_STORE_CONFLICT' })
    await this.#step('write', 'after')
    return isAllowed ? { won: true, version: found!.version } : { won: false, ...found! }
  }

  async #step(operation: 'get' | 'write', moment: 'before' | 'after'): Promise<void> {
    await Promise.resolve()
    this.fail(operation, moment)
  }
}
