// What a disk may hold after the power failed, by the letter of POSIX and no file system's kindness: the content of a file
// lasts from its fsync on, a name from the fsync of its folder on; whatever was done since may have arrived or not, each
// step by itself. Content that was not flushed may be there, be empty, or end in the middle.

/** A step that a process took on names or contents; folders and files by their paths. */
export type Step =
  | { readonly type: 'make folder'; readonly path: string }
  | { readonly type: 'make file'; readonly path: string; readonly target?: string }
  | { readonly type: 'write'; readonly path: string }
  | { readonly type: 'flush'; readonly path: string }
  | { readonly type: 'link'; readonly from: string; readonly to: string }
  | { readonly type: 'rename'; readonly from: string; readonly to: string }
  | { readonly type: 'remove'; readonly path: string }
  /** The process has told its answer to the world. */
  | { readonly type: 'announce' }

type Extent = 'whole' | 'half' | 'empty'

/** A file or link as it may be found: the number of the writer that made it, and how much of it is there. */
export interface Remains {
  readonly maker: number
  readonly extent: Extent
  /** What a link points at. */
  readonly target?: string | undefined
}

interface Node {
  readonly maker: number
  readonly target?: string | undefined
  isFlushed: boolean
}

/** A change of names in one folder. */
interface Change {
  readonly folder: string
  readonly apply: (names: Map<string, Node>) => void
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

/** A disk with what a process sees on it, and what of that may be missing after a power cut. */
export class Disk {
  readonly #lasting = new Map<string, Node>()
  readonly #live = new Map<string, Node>()
  readonly #folders: Set<string>
  #pending: Change[] = []

  /** @param folders those that last; @param files those that last whole, made by writer 0 */
  constructor(folders: readonly string[], files: readonly string[]) {
    this.#folders = new Set(folders)
    for (const path of files) {
      const node = { maker: 0, isFlushed: true }
      this.#lasting.set(path, node)
      this.#live.set(path, node)
    }
  }

  /** Whether a process sees the name. */
  has(path: string): boolean {
    return this.#live.has(path)
  }

  take(step: Step, maker: number): void {
    switch (step.type) {
      case 'make folder':
        return this.#makeFolder(step.path)
      case 'make file': {
        const { path, target } = step
        const node = { maker, target, isFlushed: target !== undefined }
        return this.#change(path, (names) => void names.set(path, node))
      }
      case 'write': {
        const node = this.#live.get(step.path)
        if (node) node.isFlushed = false
        return
      }
      case 'flush':
        return this.#flush(step.path)
      case 'link':
      case 'rename': {
        const node = this.#live.get(step.from)!
        this.#change(step.to, (names) => void names.set(step.to, node))
        if (step.type === 'rename') this.#change(step.from, (names) => void names.delete(step.from))
        return
      }
      case 'remove':
        return this.#change(step.path, (names) => void names.delete(step.path))
      case 'announce':
    }
  }

  /** Everything that may be found now: names with what they stand for. */
  *afterPowerCut(): Generator<ReadonlyMap<string, Remains>> {
    const seen = new Set<string>()
    for (let choice = 0; choice < 2 ** this.#pending.length; choice++) {
      const names = new Map(this.#lasting)
      const arrived = this.#pending.filter((_, index) => choice & (1 << index))
      for (const { apply } of arrived) apply(names)
      const reachable = new Map([...names].filter(([path]) => this.#isReachable(path, names)))
      for (const extent of ['whole', 'half', 'empty'] as const) {
        const remains = new Map(
          [...reachable].map(([path, { maker, target, isFlushed }]) => [
            path,
            { maker, target, extent: isFlushed ? ('whole' as const) : extent },
          ]),
        )
        const key = JSON.stringify([...remains].sort())
        if (!seen.has(key)) yield remains
        seen.add(key)
      }
    }
  }

  #makeFolder(path: string): void {
    this.#change(path, (names) => void names.set(path, { maker: -1, isFlushed: true }))
  }

  #isReachable(path: string, names: ReadonlyMap<string, Node>): boolean {
    const folder = folderOf(path)
    return this.#folders.has(folder) || (names.has(folder) && this.#isReachable(folder, names))
  }

  #change(path: string, apply: Change['apply']): void {
    apply(this.#live)
    this.#pending.push({ folder: folderOf(path), apply })
  }

  #flush(path: string): void {
    const node = this.#live.get(path)
    if (node) node.isFlushed = true
    for (const { folder, apply } of this.#pending) if (folder === path) apply(this.#lasting)
    this.#pending = this.#pending.filter(({ folder }) => folder !== path)
  }
}
