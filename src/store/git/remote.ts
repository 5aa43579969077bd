// The far repository: what the ref of the documents and its mark point to, and the push that changes them if nobody else did.
import type { Environment } from '../../environment.js'
import { askRemote } from '../../files/git-remote.js'
import type { RemoteAnswer } from '../../files/git-remote.js'
import type { GitSpec } from '../../store-spec.js'
import { noServer, refused, remoteFault } from './fault.js'
import type { Place } from './where.js'

/** The commits that the two refs point to; null: there is no such ref. */
export interface Tips {
  readonly documents: string | null
  /** The mark: set with the first document, and never moved since. */
  readonly known: string | null
}

export class Remote {
  readonly #spec: GitSpec
  readonly #place: Place
  readonly #environment: Environment

  constructor(spec: GitSpec, place: Place, environment: Environment) {
    this.#spec = spec
    this.#place = place
    this.#environment = environment
  }

  get #mark(): string {
    return `${this.#spec.ref}.known`
  }

  /** @param end until when an answer is waited for, as `performance.now()` has it */
  async tips(end: number): Promise<Tips> {
    const { remote, isWeb } = this.#place
    const question = ['ls-remote', '--refs', remote, this.#spec.ref, this.#mark]
    const answer = await this.#ask(question, end)
    if (answer.status !== 0) throw remoteFault(answer, this.#spec)
    const lines = answer.stdout.split('\n').map((line) => line.split('\t'))
    const find = (ref: string): string | null => lines.find(([, name]) => name === ref)?.[0] ?? null
    const tips = { documents: find(this.#spec.ref), known: find(this.#mark) }
    // Any page of a web server, such as one to log in, is to Git a repository that has nothing.
    if (isWeb && tips.documents === null && tips.known === null)
      await this.#requireGit(question, end)
    return tips
  }

  /** @throws StoreError where what answers does not speak as a Git server */
  async #requireGit(question: readonly string[], end: number): Promise<void> {
    const { status, stderr } = await this.#ask(question, end, 'packets')
    if (status === 0 && /packet: +\S+< /.test(stderr)) return
    throw noServer()
  }

  /** Brings the commits of the documents here, all of them. */
  async fetch(end: number): Promise<void> {
    const quiet = ['--quiet', '--no-tags', '--no-recurse-submodules', '--no-auto-gc', '--no-filter']
    const apart = ['--no-write-fetch-head', '--refmap=']
    const answer = await this.#ask(
      ['fetch', ...quiet, ...apart, this.#place.remote, this.#spec.ref],
      end,
    )
    if (answer.status !== 0) throw remoteFault(answer, this.#spec)
  }

  /**
   * Lets the documents be those of `commit`, if both refs are as they were.
   * @returns `done`; `lost`: they are not; `refused`: the far side said no for another reason, or was just busy
   */
  async push(
    commit: string,
    { documents, known }: Tips,
    end: number,
  ): Promise<'done' | 'lost' | 'busy'> {
    const [ref, mark] = [this.#spec.ref, this.#mark]
    const changes = [[ref, documents], ...(known === null ? [[mark, null]] : [])] as const
    const leases = changes.map(([name, former]) => `--force-with-lease=${name}:${former ?? ''}`)
    const refspecs = changes.map(([name]) => `${commit}:${name}`)
    const how = ['--porcelain', '--atomic', '--no-verify', '--no-signed', '--no-recurse-submodules']
    const answer = await this.#ask(
      ['push', ...how, ...leases, this.#place.remote, ...refspecs],
      end,
    )
    if (answer.status === 0) return 'done'
    const no = answer.stdout.split('\n').filter((line) => line.startsWith('!'))
    if (no.length === 0) throw remoteFault(answer, this.#spec)
    if (no.some((line) => STALE.test(line))) return 'lost'
    if (no.some((line) => BUSY.test(line))) return 'busy'
    throw refused()
  }

  #ask(args: readonly string[], end: number, trace?: 'packets'): Promise<RemoteAnswer> {
    const { folder, inRepository, isWeb, shown } = this.#place
    // Of settings for several servers the one with the longest URL counts.
    const verified = isWeb ? ['-c', `http.${shown}.sslVerify=true`] : []
    return askRemote({
      folder,
      args: [...inRepository, ...verified, ...args],
      environment: this.#environment,
      patience: Math.max(0, end - performance.now()),
      trace,
    })
  }
}

const STALE = /stale info|fetch first|non-fast-forward/
/** What the far side says when two write at once. */
const BUSY =
  /cannot lock ref|failed to update ref|failed to lock|already exists|incorrect old value|unable to|transaction/i
