// The kind that keeps texts as files in the commits of a ref of its own. Begin here; remote.ts asks the far repository, repository.ts
// makes and reads commits in the local one, where.ts says which those are, fault.ts what goes wrong.
//
// House rules: the far side decides; every write is one push that it takes only if the ref still points where we saw it. The ref
// only ever grows, so that what was there once can be told: a file from the history, the ref itself from its mark (a second ref,
// pushed with the first document and never moved) and from what this repository has seen.
import type { Environment } from '../../environment.js'
import type { GitSpec } from '../../store-spec.js'
import { StoreError } from '../../errors.js'
import type {
  NewText,
  OpenPlace,
  PlaceFacts,
  SharedPlace,
  StoredText,
  WrittenVersion,
} from '../shared-place.js'
import { requireSealed } from '../sealed-only.js'
import { vanished } from './fault.js'
import { Remote } from './remote.js'
import type { Tips } from './remote.js'
import { Repository } from './repository.js'
import type { FoundFile } from './repository.js'
import { findPlace } from './where.js'
import type { Place } from './where.js'

/** Each loss means that another's push succeeded. */
const TRIES = 60
const MOST_BYTES = 1024 * 1024

export const openPlace: OpenPlace<GitSpec> = (spec, environment) => new GitPlace(spec, environment)

class GitPlace implements SharedPlace {
  readonly #spec: GitSpec
  readonly #environment: Environment
  #opened: Opened | undefined

  constructor(spec: GitSpec, environment: Environment) {
    this.#spec = spec
    this.#environment = environment
  }

  async read(name: string): Promise<StoredText | null> {
    return this.readAll([name]).get(name)!
  }

  readAll(names: readonly string[]): ReadonlyMap<string, Promise<StoredText | null>> {
    const all = this.#readAll(names)
    return new Map(
      names.map((name, index) => [
        name,
        all.then((texts) => {
          const text = texts[index]!
          if (text instanceof StoreError) throw text
          return text
        }),
      ]),
    )
  }

  async #readAll(names: readonly string[]): Promise<readonly (StoredText | StoreError | null)[]> {
    const tips = await this.#look()
    const { repository } = this.#open()
    if (tips.documents === null) return names.map(() => null)
    const found = repository.read(tips.documents, names.map(fileOf))
    return found.map((file, index) =>
      file === undefined ? this.#neverHad(tips, names[index]!) : readText(file),
    )
  }

  create(name: string, written: NewText): Promise<WrittenVersion> {
    return this.#write(name, written, null)
  }

  replace(name: string, version: string, written: NewText): Promise<WrittenVersion> {
    return this.#write(name, written, version)
  }

  async describe(): Promise<PlaceFacts> {
    const since = performance.now()
    const { place, repository } = this.#open()
    const { documents } = await this.#look()
    const took = Math.round(performance.now() - since)
    return {
      facts: [
        ['remote', place.shown],
        ['ref', this.#spec.ref],
        ['commit', documents ?? 'none yet'],
        ['documents', documents === null ? '0' : String(repository.count(documents))],
        ['answers within', `${took} ms`],
      ],
    }
  }

  /** @param version the object that has to lie there; null: none, and none ever did */
  async #write(name: string, written: NewText, version: string | null): Promise<WrittenVersion> {
    requireSealed(written, 'the history of Git')
    const { text } = written
    const file = fileOf(name)
    for (let tries = 1; tries <= TRIES; tries++) {
      const tips = await this.#look()
      const { remote, repository } = this.#open()
      const parent = tips.documents
      const found = parent === null ? undefined : repository.read(parent, [file])[0]
      // Ours is there already: the answer to its push was lost.
      if (found?.bytes.equals(Buffer.from(text))) return found.object
      if (found?.object !== (version ?? undefined)) return null
      if (version === null && parent !== null) throwIfError(this.#neverHad(tips, name))
      const { commit, object } = repository.commit({
        parent,
        file,
        text,
        message: `${name}: ${version === null ? 'first written' : 'changed'}`,
      })
      const outcome = await remote.push(commit, tips, this.#end())
      if (outcome === 'done') {
        repository.remember(commit)
        return object
      }
      await pause(tries)
    }
    throw new StoreError('K3SV_STORE_CONFLICT', 'others keep pushing to the ref of the store', {
      hint: 'run it again; if it stays so, see who pushes: git log',
    })
  }

  /** What the remote has now, with all its commits here. @throws StoreError where what was there is no more */
  async #look(): Promise<Tips> {
    const { remote, repository } = this.#open()
    const end = this.#end()
    for (;;) {
      // Asked first: whoever shares this repository may push and remember in between, and the remote only ever goes on.
      const seen = repository.seen()
      const tips = await remote.tips(end)
      const { documents, known } = tips
      if (documents === null) {
        if (known === null && seen === null) return tips
        throw vanished('the ref of the store was deleted', this.#bringBack(seen ?? known!))
      }
      if (documents === seen) return tips
      if (!repository.has(documents)) await remote.fetch(end)
      // It moved on between the two questions.
      if (!repository.has(documents)) continue
      if (seen !== null && !repository.isAncestor(seen, documents)) {
        throw vanished(
          'the history of the store was rewritten: what was seen here before is not part of it',
          this.#bringBack(seen),
        )
      }
      repository.remember(documents)
      return tips
    }
  }

  /** Null; or why that cannot be told for certain. */
  #neverHad({ documents, known }: Tips, name: string): StoreError | null {
    const { repository } = this.#open()
    if (known !== null && !(repository.has(known) && repository.isAncestor(known, documents!))) {
      return vanished(
        'the history of the store was rewritten: its first commit is not part of it',
        this.#bringBack(known),
      )
    }
    const answer = repository.everHad(documents!, fileOf(name))
    if (answer === false) return null
    return answer === true
      ? vanished(
          'the token document was deleted from the ref of the store',
          `take it back from its history: git log ${documents!} -- ${fileOf(name)}`,
        )
      : vanished(
          'the history of the store is not whole, so nobody can tell what was there',
          'give the far repository its whole history: git fetch --unshallow',
        )
  }

  #bringBack(commit: string): string {
    const { remote, inRepository } = this.#open().place
    const git = ['git', ...inRepository, 'push', remote, `${commit}:${this.#spec.ref}`].join(' ')
    return `find out who did that; where the commit is here, push it back: ${git}`
  }

  #end(): number {
    return performance.now() + this.#spec.timeout
  }

  #open(): Opened {
    if (this.#opened !== undefined) return this.#opened
    const place = findPlace(this.#spec, this.#environment)
    return (this.#opened = {
      place,
      remote: new Remote(this.#spec, place, this.#environment),
      repository: new Repository(place, this.#environment),
    })
  }
}

interface Opened {
  readonly place: Place
  readonly remote: Remote
  readonly repository: Repository
}

function fileOf(name: string): string {
  return `${name}.yml`
}

function readText({ object, bytes }: FoundFile): StoredText | StoreError {
  const isText = bytes.length <= MOST_BYTES && process.getBuiltinModule('node:buffer').isUtf8(bytes)
  if (isText) return { version: object, text: bytes.toString() }
  return new StoreError(
    'K3SV_STORE_CORRUPT',
    'the token document is larger than 1 MiB, or no UTF-8 text',
    { hint: 'take the one before it from the history' },
  )
}

function throwIfError(error: StoreError | null): void {
  if (error !== null) throw error
}

async function pause(tries: number): Promise<void> {
  const { randomInt } = process.getBuiltinModule('node:crypto')
  const { setTimeout: sleep } = process.getBuiltinModule('node:timers/promises')
  await sleep(randomInt(1, Math.min(20 * tries, 500) + 1))
}
