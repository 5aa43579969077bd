// What kind of place a mount is: of which version, and whether it keeps what it is given.
import type { PlaceWarning } from '../shared-place.js'
import type { Answer } from './client.js'
import type { Session } from './session.js'
import { denied, storeError, unavailable, unfit } from './words.js'
import type { Names } from './words.js'

export class Mount {
  readonly #session: Session
  readonly #mount: string
  readonly #names: Names
  #version2: Promise<void> | undefined

  constructor(session: Session, mount: string, names: Names) {
    this.#session = session
    this.#mount = mount
    this.#names = names
  }

  /**
   * Asked once, before anything is written or believed not to be there.
   * @throws StoreError `K3SV_STORE_UNFIT` for any other than KV of version 2
   */
  requireVersion2(): Promise<void> {
    return (this.#version2 ??= this.#askVersion())
  }

  /**
   * @param path below the mount
   * @throws StoreError `K3SV_STORE_EXPIRES` where the server would delete by itself what is written
   */
  async requireKeeping(path: string): Promise<void> {
    const [mount, key] = await Promise.all([this.readConfig(), this.#readKey(path)])
    const found = [
      { life: mount.delete_version_after, of: 'the mount' },
      { life: key?.delete_version_after, of: 'the key' },
    ].find(({ life }) => expires(life))
    if (found === undefined) return
    throw storeError(
      'K3SV_STORE_EXPIRES',
      `${this.#names.title} would delete the token by itself: ${found.of} has delete_version_after`,
      this.#keepHint(path),
    )
  }

  async findWarnings(path: string): Promise<readonly PlaceWarning[]> {
    const [mount, key] = await Promise.all([this.readConfig(), this.#readKey(path)])
    const dies = key?.versions?.[String(key.current_version)]?.deletion_time
    if (typeof dies === 'string' && dies !== '') {
      const message = `${this.#names.title} deletes the newest version by itself at ${dies.slice(0, 19)}Z`
      return [
        {
          rule: 'store-expires',
          message,
          hint: `${this.#keepHint(path)}, then write the document anew with \`k3s-vars store rekey\``,
        },
      ]
    }
    if (!expires(mount.delete_version_after) && !expires(key?.delete_version_after)) return []
    const message = `${this.#names.title} would delete the next version by itself: delete_version_after is set`
    return [{ rule: 'store-expires', message, hint: this.#keepHint(path) }]
  }

  /** The settings of the mount. */
  async readConfig(): Promise<Life> {
    const answer = await this.#get(`${this.#mount}/config`)
    if (answer.status === 200) return answer.body['data'] ?? {}
    throw this.#refused(answer, `${this.#mount}/config`)
  }

  /** What the server keeps about a key; undefined where it has none. */
  async #readKey(path: string): Promise<Key | undefined> {
    const answer = await this.#get(`${this.#mount}/metadata/${path}`)
    if (answer.status === 200) return answer.body['data'] ?? {}
    if (answer.status === 404) return undefined
    throw this.#refused(answer, `${this.#mount}/metadata/${path}`)
  }

  async #askVersion(): Promise<void> {
    const answer = await this.#get(`sys/internal/ui/mounts/${this.#mount}`)
    if (answer.status !== 200) {
      this.#version2 = undefined
      throw this.#refused(answer, `the mount ${this.#mount}; perhaps there is none`)
    }
    const { type, options } = (answer.body['data'] ?? {}) as {
      type?: unknown
      options?: { version?: unknown } | null
    }
    if (type === 'kv' && options?.version === '2') return
    const what = type === 'kv' ? 'KV of version 1, which overwrites without comparing' : 'no KV'
    throw unfit(
      `the mount ${this.#mount} is ${what}`,
      `take one of version 2: \`${this.#names.program} secrets enable -path=PATH -version=2 kv\``,
    )
  }

  #get(path: string): Promise<Answer> {
    return this.#session.ask({ method: 'GET', path, isRepeatable: true })
  }

  #refused({ status }: Answer, what: string): Error {
    return status === 403 || status === 404
      ? denied(this.#names, `look at ${what}`)
      : unavailable(this.#names, `HTTP ${status} to a question`)
  }

  #keepHint(path: string): string {
    const { program } = this.#names
    return `set it to 0s: \`${program} write ${this.#mount}/config delete_version_after=0s\` and \`${program} kv metadata put -mount=${this.#mount} -delete-version-after=0s ${path}\``
  }
}

/** How long versions live, and how many of them. */
export interface Life {
  readonly delete_version_after?: unknown
  readonly max_versions?: unknown
}

interface Key extends Life {
  readonly current_version?: unknown
  readonly versions?: Readonly<Record<string, { readonly deletion_time?: unknown } | undefined>>
}

function expires(life: unknown): boolean {
  return life !== undefined && life !== '' && life !== '0s'
}
