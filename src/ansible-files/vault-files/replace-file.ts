// House rules: a file is replaced by a whole new one or stays as it was, with its mode and owner. What is written under a
// temporary name first is removed whatever happens; after a kill, by the next command that works in the folder.
import { lstatSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import {
  removeStaleTemporaryFiles,
  rename,
  targetOf,
  writeThrough,
} from '../../files/atomic-write.js'
import { FileError } from '../../files/file-error.js'
import { flushFolder } from '../../files/flush.js'
import { readGuarded } from '../../files/guarded-read.js'
import { DEFAULT_PATIENCE_MS, withLock } from '../../files/lock.js'
import { lstatIfThere } from '../../files/look.js'
import { realPath, systemPath } from '../../files/path-bytes.js'
import { readRefusal, refusal, writeRefusal } from './vault-file-error.js'

/** A file as it was read. */
export interface FormerFile {
  /** As it is named to the user. */
  readonly name: string
  /** Where it really is, links followed. */
  readonly path: string
  readonly bytes: Buffer
  readonly stats: Stats
}

export interface ReplaceOptions {
  /** Milliseconds to wait for the lock of a token document; as long as the store itself if absent. */
  readonly patience?: number | undefined
}

/** Vault text has to fit into a string, and those of V8 end at 512 MiB. */
const MOST_BYTES = 511 * 1024 * 1024

/**
 * Reads a regular file.
 * @param file absolute; the caller has made sure that a link may be followed
 * @throws VaultError `K3SV_VAULT_FILE`
 */
export function readFormer(name: string, file: string): FormerFile {
  try {
    const path = realPath(file)
    const found = readGuarded(path, { from: 'file', links: 'refuse', most: MOST_BYTES })
    if (found === null) throw new FileError('unavailable', 'is gone', { path, errno: 'ENOENT' })
    return { name, path, ...found }
  } catch (error) {
    throw readRefusal(name, error)
  }
}

/**
 * Puts new content in the place of a file that was read. A token document is replaced under the lock of the store that it
 * belongs to, so that no import or rotation is lost that happens at the same time.
 * @throws VaultError `K3SV_VAULT_FILE`; the former content is then whole
 */
export async function replaceFile(
  former: FormerFile,
  content: Buffer,
  { patience = DEFAULT_PATIENCE_MS }: ReplaceOptions = {},
): Promise<void> {
  const stem = lockStemOf(former)
  try {
    if (stem === undefined) replace(former, content)
    else await withLock({ stem, patience }, () => replace(former, content))
  } catch (error) {
    throw writeRefusal(former.name, error)
  }
}

/** The lock of a token document, which is named for the cluster that it says it is of; undefined for any other file. */
function lockStemOf({ path, bytes }: FormerFile): string | undefined {
  const text = bytes.toString('latin1')
  const cluster = /^cluster: *["']?([a-z0-9_-]+)/m.exec(text)?.[1]
  const isDocument = basename(path) === `${cluster}.yml` && /^attempt:/m.test(text)
  return isDocument ? join(dirname(path), `.${cluster}`) : undefined
}

function replace(former: FormerFile, content: Buffer): void {
  const { name, path, stats } = former
  if (stats.nlink > 1) {
    const hint = 'remove the other name (find -samefile), or copy the file and work on the copy'
    throw refusal(
      name,
      'it has a second name (a hard link), which would keep the old content',
      hint,
    )
  }
  writeThrough(
    targetOf(path),
    { bytes: content, access: 'own', former: lstatSync(systemPath(path)) },
    (temporary) => {
      requireUnchanged(former)
      rename(temporary, path)
    },
  )
  flushFolder(dirname(path))
}

/** Removes what killed commands left in the folders of these files. */
export function cleanFolders(paths: readonly string[]): void {
  for (const folder of new Set(paths.map((path) => dirname(path))))
    removeStaleTemporaryFiles(folder)
}

/** The time of the last change is good to a fraction of a microsecond, far finer than file systems keep it. */
function requireUnchanged({ path, stats }: FormerFile): void {
  const now = lstatIfThere(path)
  const isSame = now?.ino === stats.ino && now.size === stats.size && now.mtimeMs === stats.mtimeMs
  if (!isSame) throw new FileError('changed', 'was changed', { path })
}
