// Many texts by one range of keys, read in pages that all show one moment.
import { Limiter } from '../../limiter.js'
import type { StoredText } from '../shared-place.js'
import { GrpcFault } from './channel.js'
import type { EtcdClient } from './client.js'
import { faultOf, isCompacted, isForbidden } from './fault.js'
import { keysOf } from './keys.js'
import { RANGE } from './messages.js'
import type { Message } from './messages.js'
import { readText, vanished } from './text.js'

/** Texts on a page: some megabytes at most. */
const PAGE = 500n
/** Questions under way at once where a range is not allowed. */
const AT_ONCE = 64
/** Compaction comes some times an hour, and a range takes a second. */
const TRIES = 3
/** Behind a key it makes the next one that there can be. */
const NUL = Buffer.of(0)

export interface FleetOptions {
  readonly ask: EtcdClient['ask']
  readonly prefix: string
  readonly readOne: (name: string) => Promise<StoredText | null>
}

/** The texts under these names, as `SharedPlace.readAll` has them. */
export function readFleet(
  names: readonly string[],
  options: FleetOptions,
): ReadonlyMap<string, Promise<StoredText | null>> {
  const fleet = readRange(names, options)
  const limiter = new Limiter(AT_ONCE)
  const answer = async (name: string): Promise<StoredText | null> => {
    const found = await fleet
    if (found === 'forbidden') return limiter.run(() => options.readOne(name))
    const keys = keysOf(options.prefix, name)
    const text = found.texts.get(keys.key.toString())
    if (text !== undefined) return readText(text)
    if ((await found.marks()).has(keys.mark.toString())) throw vanished(keys)
    return null
  }
  return new Map(names.map((name) => [name, answer(name)]))
}

type Found = ReadonlyMap<string, Message<'KeyValue'>>

interface Fleet {
  readonly texts: Found
  /** As they were at the moment of the texts; asked for once, where a text is missing. */
  readonly marks: () => Promise<Found>
}

/** `forbidden`: we may read keys of the range, perhaps, but not all. */
async function readRange(
  names: readonly string[],
  { ask, prefix }: FleetOptions,
): Promise<Fleet | 'forbidden'> {
  const keys = names.map((name) => keysOf(prefix, name)).sort((a, b) => a.key.compare(b.key))
  const [first, last] = [keys[0]!, keys.at(-1)!]
  for (let tries = 1; ; tries++) {
    try {
      const { found, revision } = await readPages(ask, { first: first.key, last: last.key })
      let marks: Promise<Found> | undefined
      const readMarks = async () => {
        const range = { first: first.mark, last: last.mark, revision, keysOnly: true }
        return (
          await readPages(ask, range).catch((error: unknown) => {
            // Their moment is that of the texts, which is kept for minutes as a rule.
            throw error instanceof GrpcFault ? faultOf(error, prefix) : error
          })
        ).found
      }
      return { texts: found, marks: () => (marks ??= readMarks()) }
    } catch (error) {
      if (isForbidden(error)) return 'forbidden'
      if (!isCompacted(error)) throw error
      if (tries === TRIES) throw faultOf(error as GrpcFault, prefix)
    }
  }
}

interface Range {
  readonly first: Buffer
  readonly last: Buffer
  /** Absent: now. */
  readonly revision?: bigint
  readonly keysOnly?: boolean
}

async function readPages(
  ask: EtcdClient['ask'],
  { first, last, revision: asked, keysOnly = false }: Range,
): Promise<{ readonly found: Found; readonly revision: bigint }> {
  const found = new Map<string, Message<'KeyValue'>>()
  const rangeEnd = Buffer.concat([last, NUL])
  let [key, revision] = [first, asked ?? 0n]
  for (;;) {
    const question = { key, rangeEnd, limit: PAGE, revision, keysOnly }
    const { header, kvs = [], more } = await ask(RANGE, question, isOfRange)
    for (const one of kvs) found.set(Buffer.from(one.key ?? NUL).toString(), one)
    revision ||= header?.revision ?? 0n
    if (!more || kvs.length === 0) return { found, revision }
    key = Buffer.concat([kvs.at(-1)!.key ?? NUL, NUL])
  }
}

function isOfRange(error: unknown): boolean {
  return isForbidden(error) || isCompacted(error)
}
