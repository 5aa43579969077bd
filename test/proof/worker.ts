// A process that uses a store, driven over its standard streams: one JSON command per line in, one answer out. It does what
// no command of the program does yet, and it is there already when a race begins, so that many meet within a millisecond.
import { randomBytes, randomInt } from 'node:crypto'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterConfig } from '../../src/config/config.js'
import type { Lifecycle } from '../../src/lifecycle/lifecycle.js'
import { changeDocument } from '../../src/lifecycle/bind.js'
import { newWriteStamp, sealTokens } from '../../src/lifecycle/seal.js'
import { openTokens } from '../../src/lifecycle/open.js'
import { K3sVarsError } from '../../src/errors.js'
import { Secret } from '../../src/secret.js'
import type { ClusterDocument } from '../../src/document/document.js'
import { renderDocument } from '../../src/document/text.js'
import { createFileStore } from '../../src/store/file/file-store.js'
import {
  replaceTokens,
  commitTokens,
  firstDocument,
  markRotated,
  markRotating,
  stageTokens,
} from '../../src/document/transitions.js'
import { ensureDocument, updateDocument } from '../../src/store/update.js'
import { CLUSTER, openProject } from './cluster-project.js'

export interface Command {
  /**
   * On a store's folder: `get`; `ensure` mints if needed; `adopt` replaces the token. On a project: `rotate` goes through
   * a whole rotation, `reseal` seals the current token anew with the other vault id.
   */
  readonly operation: 'get' | 'ensure' | 'adopt' | 'rotate' | 'reseal'
  readonly folder: string
  readonly times?: number
  /** Milliseconds to wait for the lock. */
  readonly patience?: number
}

/** A document's text with the vault texts of the server tokens that were put into it, or a refusal. */
export type Answer =
  | { readonly text: string | null; readonly minted?: boolean; readonly done: readonly string[] }
  | { readonly code: string; readonly file?: string | undefined }

const mark = () => ({ writeId: randomBytes(16).toString('hex'), now: new Date() })

/** Vault text as far as a store looks into it. */
function tokens() {
  const text = `$ANSIBLE_VAULT;1.1;AES256\n${randomBytes(40).toString('hex')}\n`
  return { fingerprint: null, server: { form: 'sealed' as const, text } }
}

async function run(command: Command): Promise<Answer> {
  const { operation, folder, patience = 5000 } = command
  if (operation === 'rotate' || operation === 'reseal') return runOnProject(command)
  const store = createFileStore(folder, { patience })
  if (operation === 'get') {
    const found = await store.get(CLUSTER)
    return { text: found && renderDocument(found.document), done: [] }
  }
  if (operation === 'ensure') {
    const mint = () => Promise.resolve(firstDocument(CLUSTER, tokens(), mark()))
    const { document, minted } = await ensureDocument(store, CLUSTER, mint)
    return { text: renderDocument(document), minted, done: [] }
  }
  return repeat(command, () => {
    const [next, own] = [tokens(), mark()]
    return updateDocument(store, CLUSTER, (found) => replaceTokens(found, next, own))
  })
}

type Update = (
  change: (found: ClusterDocument) => ClusterDocument | Promise<ClusterDocument>,
) => Promise<ClusterDocument>

async function runOnProject(command: Command): Promise<Answer> {
  const { cluster, lifecycle } = openProject(command.folder)
  const update: Update = (change) => changeDocument(lifecycle, cluster, change)
  if (command.operation === 'reseal') {
    return repeat(command, (time) => {
      const own = newWriteStamp(lifecycle)
      const vaultId = time % 2 === 0 ? 'new' : 'old'
      return update(async (found) => {
        const open = await openTokens(lifecycle, { cluster, document: found })
        const { server } = await sealTokens(lifecycle, { ...cluster, vaultId }, open, 'minted')
        return { ...found, writeId: own.writeId, current: { ...found.current, server } }
      })
    })
  }
  return repeat(command, () => rotate(update, lifecycle, cluster))
}

/** A whole rotation. While another one is under way it is not begun; once begun, nobody may interfere. */
async function rotate(update: Update, lifecycle: Lifecycle, cluster: ClusterConfig) {
  const rotation = randomBytes(8).toString('hex')
  const server = new Secret(`Token${randomBytes(20).toString('hex')}`)
  const tokens = await sealTokens(lifecycle, cluster, { server }, 'minted')
  const [staged, rotating, rotated, committed] = [1, 2, 3, 4].map(() => newWriteStamp(lifecycle))
  for (;;) {
    try {
      await update((found) => stageTokens(found, { rotation, tokens }, staged!))
      break
    } catch (error) {
      if (!(error instanceof K3sVarsError && error.code === 'K3SV_STORE_CONFLICT')) throw error
      await sleep(randomInt(1, 20))
    }
  }
  await update((found) => markRotating(found, rotation, rotating!))
  await update((found) => markRotated(found, rotation, rotated!))
  return update((found) => commitTokens(found, rotation, committed!))
}

async function repeat(
  { times = 1 }: Command,
  once: (time: number) => Promise<ClusterDocument>,
): Promise<Answer> {
  const done: string[] = []
  let text: string | null = null
  for (let time = 0; time < times; time++) {
    const document = await once(time)
    const { server } = document.current
    if (server.form === 'sealed') done.push(server.text)
    text = renderDocument(document)
  }
  return { text, done }
}

async function answer(line: string): Promise<Answer> {
  try {
    return await run(JSON.parse(line) as Command)
  } catch (error) {
    if (!(error instanceof K3sVarsError)) throw error
    return { code: error.code, file: error.location?.file }
  }
}

async function serve(): Promise<void> {
  process.stdout.write('ready\n')
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(line))}\n`)
  }
}

void serve()
