// A process that uses a store of files, driven over its standard streams: one JSON command per line in, one answer out.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { StoreError } from '../../src/errors.js'
import type { ClusterDocument } from '../../src/store/document.js'
import { parseDocument, renderDocument } from '../../src/store/document-text.js'
import { createFileStore } from '../../src/store/file-store.js'
import type { TokenStore, WriteOutcome } from '../../src/store/store.js'
import { adoptTokens, firstDocument } from '../../src/store/transitions.js'
import { ensureDocument, updateDocument } from '../../src/store/update.js'

export interface Command {
  /** `ensure` mints if needed, `naive` too but without care; `adopt` replaces the token `times` times. */
  readonly operation: 'get' | 'ensure' | 'naive' | 'adopt'
  readonly folder: string
  /** Makes the tokens and attempts of this command different from all others. */
  readonly number: number
  readonly times?: number
  readonly patience?: number
}

export type Answer =
  | { readonly text: string | null; readonly minted?: boolean }
  | { readonly code: string; readonly file?: string | undefined }

/** The negative control: looks, then writes, as a store must not. */
class NaiveStore implements TokenStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  get(cluster: string) {
    const file = join(this.#folder, `${cluster}.yml`)
    if (!existsSync(file)) return Promise.resolve(null)
    const document = parseDocument(readFileSync(file, 'utf8'), { cluster, file })
    return Promise.resolve({ version: document.attempt, document })
  }

  async createIfAbsent(document: ClusterDocument): Promise<WriteOutcome> {
    const found = await this.get(document.cluster)
    if (found !== null) return { won: false, ...found }
    mkdirSync(this.#folder, { recursive: true })
    writeFileSync(join(this.#folder, `${document.cluster}.yml`), renderDocument(document))
    return { won: true, version: document.attempt }
  }

  replace(): Promise<WriteOutcome> {
    return Promise.reject(new Error('not here'))
  }
}

function tokens(command: Command, time: number) {
  const body = Buffer.from(`${command.number}-${time}`).toString('hex')
  const text = `$ANSIBLE_VAULT;1.1;AES256\n${body}\n`
  return { fingerprint: null, server: { form: 'sealed' as const, text } }
}

function mark(command: Command, time: number) {
  const attempt = (command.number * 1000 + time).toString(16).padStart(32, '0')
  return { attempt, now: new Date('2026-11-24T10:00:00Z') }
}

async function run(command: Command): Promise<Answer> {
  const { operation, folder, patience } = command
  const store =
    operation === 'naive'
      ? new NaiveStore(folder)
      : createFileStore(folder, patience === undefined ? {} : { patience })
  if (operation === 'get') {
    const found = await store.get('prod')
    return { text: found && renderDocument(found.document) }
  }
  if (operation === 'adopt') {
    let document: ClusterDocument | undefined
    for (let time = 1; time <= (command.times ?? 1); time++) {
      document = await updateDocument(store, 'prod', (found) =>
        adoptTokens(found, tokens(command, time), mark(command, time)),
      )
    }
    return { text: document ? renderDocument(document) : null }
  }
  const { document, minted } = await ensureDocument(store, 'prod', () =>
    Promise.resolve(firstDocument('prod', tokens(command, 0), mark(command, 0))),
  )
  return { text: renderDocument(document), minted }
}

async function answer(line: string): Promise<Answer> {
  try {
    return await run(JSON.parse(line) as Command)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return { code: error.code, file: error.place?.file }
  }
}

async function serve(): Promise<void> {
  process.stdout.write('ready\n')
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(line))}\n`)
  }
}

void serve()
