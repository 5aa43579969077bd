// A process of a race: told on standard input what to do next, it does it at once and answers in a line. As a bundle it is
// started many times over.
import { createInterface } from 'node:readline'
import { replaceTokens } from '../../src/document/transitions.js'
import type { Versioned } from '../../src/store/store.js'
import { openShared } from '../../src/store/open.js'
import { ensureDocument } from '../../src/store/update.js'
import type { SharedSpec } from '../../src/store-spec.js'
import { naivePut } from './naive-put.js'
import { first, LATER, tokens, writeId } from './documents.js'

/** What every process is started with, as JSON in its first argument. */
export interface RaceEntry {
  readonly spec: SharedSpec
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly number: number
  /** The control: as a client writes that looks first and then puts. */
  readonly isNaive: boolean
}

/** A line on standard input. */
export interface RaceTask {
  readonly act: 'create' | 'look' | 'replace'
  readonly cluster: string
}

/** The answer: which document the process would hand out, or what went wrong. */
export interface RaceAnswer {
  readonly writeId?: string
  /** Whether the process saw no document, or the version that all saw, and so wrote. */
  readonly isContending?: boolean
  readonly won?: boolean
  readonly error?: string
}

const { spec, variables, number, isNaive } = JSON.parse(process.argv[2]!) as RaceEntry
const environment = { variables, cwd: '/', home: variables['HOME'] }
const store = openShared(spec, { environment, trustedOwners: [] })
let seen: Versioned | undefined

async function create(cluster: string): Promise<RaceAnswer> {
  let isContending = false
  const own = first(cluster, number + 1, tokens(`t${number}`))
  if (isNaive) {
    const found = await store.get(cluster)
    if (found !== null) return { writeId: found.document.writeId }
    await naivePut(spec, variables, own)
    return { writeId: own.writeId, won: true, isContending: true }
  }
  const { document, minted } = await ensureDocument(store, cluster, () => {
    isContending = true
    return Promise.resolve(own)
  })
  return { writeId: document.writeId, won: minted, isContending }
}

async function look(cluster: string): Promise<RaceAnswer> {
  seen = (await store.get(cluster))!
  return { writeId: seen.document.writeId }
}

/** All have looked, and seen the same version; of those that replace it one may win. */
async function replace(): Promise<RaceAnswer> {
  const { version, document } = seen!
  const change = { writeId: writeId(number + 1000), now: LATER }
  const next = replaceTokens(document, tokens(`next-${number}`), change)
  if (isNaive) {
    await naivePut(spec, variables, next)
    return { writeId: next.writeId, won: true, isContending: true }
  }
  const outcome = await store.replace(version, next)
  const there = outcome.won ? next : outcome.document
  return { writeId: there.writeId, won: outcome.won, isContending: true }
}

const ACTS = { create, look, replace }

createInterface({ input: process.stdin }).on('line', (line) => {
  const { act, cluster } = JSON.parse(line) as RaceTask
  void ACTS[act](cluster)
    .catch((error: unknown): RaceAnswer => ({
      error: String((error as { code?: string }).code ?? error),
    }))
    .then((answer) => process.stdout.write(`${JSON.stringify(answer)}\n`))
})
process.stdout.write('{}\n')
