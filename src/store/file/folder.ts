// The folder of the documents. It may be a link that we, root or the owner of the configuration made, since people keep
// their tokens on another disk; anybody else's link is refused before anything is written through it.
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  statSync,
} from 'node:fs'
import type { Stats } from 'node:fs'
import { dirname } from 'node:path'
import { errnoOf } from '../../files/file-error.js'
import { flushDescriptor, flushFolder, openFolder } from '../../files/flush.js'
import { isTrusted } from '../../files/guarded-read.js'
import { exposed, foreign, readFault, writeFault } from './store-error.js'

/**
 * Makes sure, after a document was not found, that there never was one: its folder is there, or the folder was never
 * made in a parent that we can read.
 * @throws StoreError `K3SV_STORE_FOREIGN` or `K3SV_STORE_UNAVAILABLE` where that cannot be told
 */
export function requireNeverThere(folder: string): void {
  try {
    if (entryAt(folder) === null) accessSync(dirname(folder), constants.R_OK | constants.X_OK)
    else if (!isFolder(folder)) throw foreign(folder, 'is not a folder')
  } catch (error) {
    throw readFault(error, folder)
  }
}

/**
 * Does `write` in the folder, making the folder first if it is missing, and flushes the folder's entries to the disk.
 * @throws StoreError `K3SV_STORE_FOREIGN` or `K3SV_STORE_EXPOSED` where the folder is not ours alone to write, and what
 * a failing access means
 */
export async function writeIn<T>(
  folder: string,
  trustedOwners: readonly number[],
  write: () => Promise<T>,
): Promise<T> {
  let descriptor: number | undefined
  try {
    makeFolder(folder)
    requireTrustedLink(folder, trustedOwners)
    descriptor = openFolder(folder)
    requireOurs(fstatSync(descriptor), folder)
    const result = await write()
    flushDescriptor(descriptor)
    return result
  } catch (error) {
    throw writeFault(error, folder)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

function makeFolder(folder: string): void {
  if (entryAt(folder) !== null) return
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
  }
}

/**
 * Waits until the names in a folder are on the disk, as {@link flushFolder} does.
 * @throws StoreError `K3SV_STORE_UNAVAILABLE`
 */
export function flushNames(folder: string): void {
  try {
    flushFolder(folder)
  } catch (error) {
    throw readFault(error, folder)
  }
}

function requireTrustedLink(folder: string, trustedOwners: readonly number[]): void {
  const entry = lstatSync(folder)
  if (entry.isSymbolicLink() && !isTrusted(entry.uid, trustedOwners)) {
    throw foreign(folder, 'is a link that another user made')
  }
}

function requireOurs(stats: Stats, folder: string): void {
  if (stats.uid !== process.geteuid!()) throw foreign(folder, 'is a folder of another user')
  if (stats.mode & 0o002) {
    throw exposed(
      folder,
      'everybody can write the folder of the tokens',
      'take the right away: chmod o-w',
    )
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** What the name itself stands for, a link not followed; null where the parent does not have the name. */
function entryAt(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null
}
