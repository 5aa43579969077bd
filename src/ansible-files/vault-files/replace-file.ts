// House rules: a file is replaced by a whole new one or stays as it was, with its mode and owner. What is written under a
// temporary name first is removed whatever happens; after a kill, by the next command that works in the folder.
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
} from 'node:fs'
import type { BigIntStats } from 'node:fs'
import { lstatSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { StoreError, VaultError } from '../../errors.js'
import { flushFolder } from '../../files/folder.js'
import { errnoOf } from '../../files/file-errors.js'
import { withLock } from '../../files/lock.js'
import type { LockRequest } from '../../files/lock.js'
import { removeStaleTemporaryFiles, writeThrough } from '../../files/atomic-write.js'

/** A file as it was read. */
export interface FormerFile {
  /** As it is named to the user. */
  readonly name: string
  /** Where it really is, links followed. */
  readonly path: string
  readonly bytes: Buffer
  readonly stats: BigIntStats
}

/** As long as the store itself waits. */
const LOCK_PATIENCE_MS = 5000

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * Reads a regular file.
 * @param file absolute; the caller has made sure that a link may be followed
 * @throws VaultError `K3SV_VAULT_FILE`
 */
export function readFormer(name: string, file: string): FormerFile {
  let descriptor: number | undefined
  try {
    const path = realpathSync(file)
    descriptor = openSync(path, FLAGS)
    const stats = fstatSync(descriptor, { bigint: true })
    if (!stats.isFile()) throw refusal(name, 'it is not a regular file', 'name the file itself')
    return { name, path, bytes: readFileSync(descriptor), stats }
  } catch (error) {
    if (error instanceof VaultError) throw error
    throw refusal(name, `it cannot be read${named(errnoOf(error))}`, 'see whether you may read it')
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/**
 * Puts new content in the place of a file that was read. A token document is replaced under the lock of the store that it
 * belongs to, so that no import or rotation is lost that happens at the same time.
 * @throws VaultError `K3SV_VAULT_FILE`; the former content is then whole
 */
export async function replaceFile(former: FormerFile, content: Buffer): Promise<void> {
  const lock = lockOf(former)
  if (lock === undefined) return replace(former, content)
  try {
    await withLock(lock, () => replace(former, content))
  } catch (error) {
    throw error instanceof VaultError ? error : explain(former.name, error)
  }
}

/** The lock of a token document, which is named for the cluster that it says it is of; undefined for any other file. */
function lockOf({ path, bytes }: FormerFile): LockRequest | undefined {
  const text = bytes.toString('latin1')
  const cluster = /^cluster: *["']?([a-z0-9_-]+)/m.exec(text)?.[1]
  const isDocument = basename(path) === `${cluster}.yml` && /^attempt:/m.test(text)
  return isDocument
    ? { stem: join(dirname(path), `.${cluster}`), patience: LOCK_PATIENCE_MS }
    : undefined
}

function replace(former: FormerFile, content: Buffer): void {
  const { name, path, stats } = former
  if (stats.nlink > 1n) {
    const hint = 'remove the other name (find -samefile), or copy the file and work on the copy'
    throw refusal(
      name,
      'it has a second name (a hard link), which would keep the old content',
      hint,
    )
  }
  const target = { file: path, stem: join(dirname(path), `.${basename(path).slice(0, 60)}`) }
  try {
    writeThrough(
      target,
      { bytes: content, isPrivate: false, former: lstatSync(path) },
      (temporary) => {
        requireUnchanged(former)
        renameSync(temporary, path)
      },
    )
    flushFolder(dirname(path))
  } catch (error) {
    if (error instanceof VaultError) throw error
    throw explain(name, error)
  }
}

/** Removes what killed commands left in the folders of these files. */
export function cleanFolders(paths: readonly string[]): void {
  for (const folder of new Set(paths.map((path) => dirname(path))))
    removeStaleTemporaryFiles(folder)
}

function requireUnchanged({ name, path, stats }: FormerFile): void {
  const now = lstatSync(path, { bigint: true, throwIfNoEntry: false })
  const isSame = now?.ino === stats.ino && now.size === stats.size && now.mtimeNs === stats.mtimeNs
  if (!isSame) throw refusal(name, 'something else changed it in the meantime', 'run it again')
}

const LOOK = 'look at the file and at the disk that it lies on'

const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  K3SV_STORE_LOCKED: ['another process is writing this token document', 'run it again'],
  K3SV_STORE_FULL: ['the disk or the quota is full', 'make room; the former content is unharmed'],
  K3SV_STORE_READ_ONLY: [
    'it cannot be replaced: its folder is not yours to write, or its owner is another user',
    'run it as the owner of the file, where the folder is writable',
  ],
}

function explain(name: string, error: unknown): VaultError {
  const [reason, hint] = (error instanceof StoreError && REASONS[error.code]) || []
  return refusal(name, reason ?? `it cannot be replaced${named(errnoOf(error))}`, hint ?? LOOK)
}

function refusal(name: string, reason: string, hint: string): VaultError {
  return new VaultError('K3SV_VAULT_FILE', `the file is left as it is: ${reason}`, {
    location: { file: name },
    hint,
  })
}

function named(errno: string): string {
  return errno === '' ? '' : ` (${errno})`
}
