import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { StoreError } from '../errors.js'
import { errnoOf, exposed, foreign, readFault } from './file-errors.js'

/** A document is some kilobytes; more is something else. */
const MAX_BYTES = 1024 * 1024

/** Never a link, and never a wait for the other end of a pipe. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

export interface TrustedFile {
  readonly bytes: Buffer
  readonly stats: Stats
}

/** Whether files of this user are believed: our own, root's, and those of the owners that the caller trusts. */
export function isTrusted(uid: number, trustedOwners: readonly number[]): boolean {
  return uid === process.geteuid!() || uid === 0 || trustedOwners.includes(uid)
}

/**
 * What a regular file holds that nobody else can have written, or null where there is no such name in its folder, or no
 * folder.
 * @throws StoreError `K3SV_STORE_FOREIGN`, `K3SV_STORE_EXPOSED`, `K3SV_STORE_CORRUPT` (too large),
 * `K3SV_STORE_UNAVAILABLE`
 */
export function readTrusted(file: string, trustedOwners: readonly number[]): TrustedFile | null {
  let descriptor: number
  try {
    descriptor = openSync(file, FLAGS)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw readFault(error, file)
  }
  try {
    const stats = fstatSync(descriptor)
    check(stats, file, trustedOwners)
    return { bytes: readWhole(descriptor, stats.size, file), stats }
  } catch (error) {
    throw readFault(error, file)
  } finally {
    closeSync(descriptor)
  }
}

function check(stats: Stats, file: string, trustedOwners: readonly number[]): void {
  if (!stats.isFile()) throw foreign(file, 'is not a regular file')
  if (!isTrusted(stats.uid, trustedOwners)) throw foreign(file, 'belongs to another user')
  if (stats.mode & 0o002) {
    throw exposed(file, 'everybody can write the token document', 'take the right away: chmod o-w')
  }
}

/** One byte more is asked for than the size, so that the end is seen in the same call. */
function readWhole(descriptor: number, size: number, file: string): Buffer {
  if (size > MAX_BYTES) {
    throw new StoreError('K3SV_STORE_CORRUPT', 'the token document is larger than 1 MiB', {
      location: { file },
      hint: 'restore the document from Git or a backup',
    })
  }
  const buffer = Buffer.allocUnsafe(size + 1)
  let length = 0
  while (length < buffer.length) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null)
    if (count === 0 || length + count === size) return buffer.subarray(0, length + count)
    length += count
  }
  throw new StoreError('K3SV_STORE_UNAVAILABLE', 'the token document grew while it was read', {
    location: { file },
    hint: 'something else writes this file; try again',
  })
}
