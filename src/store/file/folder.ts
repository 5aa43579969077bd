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
import type { StoreError } from '../../errors.js'
import { statIfSeen } from '../../files/look.js'
import { isTrusted } from '../../files/guarded-read.js'
import { canOthersTakeFrom, isOpenToOthers } from '../../files/writers.js'
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
  const found = findExposure(folder, stats)
  if (found !== undefined) throw found
}

/** What a store would refuse because of others who can write there; empty where nothing is, or can be told. */
export function findExposures(
  folder: string,
  trustedOwners: readonly number[],
): readonly StoreError[] {
  const stats = statIfSeen(folder)
  return [stats && findExposure(folder, stats), findExposureAround(folder, trustedOwners)].filter(
    (found) => found !== undefined,
  )
}

/**
 * The error for a folder of tokens that others can write: whoever takes a document away has the next run make another token for
 * a cluster that lives.
 */
function findExposure(folder: string, stats: Stats): StoreError | undefined {
  if (!isOpenToOthers(stats)) return undefined
  const who = stats.mode & 0o002 ? 'everybody' : 'a group of others'
  return exposed(
    folder,
    `${who} can write the folder of the tokens, and so take a token away`,
    'take the right away: chmod go-w',
  )
}

/**
 * The same of the folder that the folder of tokens lies in, where it could be exchanged as a whole; undefined where it is
 * closed, or not there.
 */
export function findExposureAround(
  folder: string,
  trustedOwners: readonly number[],
): StoreError | undefined {
  const around = dirname(folder)
  const stats = statIfSeen(around)
  if (stats === undefined) return undefined
  const isTheirs = !isTrusted(stats.uid, trustedOwners)
  if (!isTheirs && !canOthersTakeFrom(stats)) return undefined
  return exposed(
    around,
    'others can take away the folder of the tokens, so none is made there',
    isTheirs
      ? 'another user owns this folder: keep the tokens in one of yours'
      : 'take the right away: chmod go-w',
  )
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** What the name itself stands for, a link not followed; null where the parent does not have the name. */
function entryAt(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null
}
