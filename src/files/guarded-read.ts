// The one reader of files that we do not own: what is no regular file, too large, or not to be believed is refused before a
// byte of it is taken in, on the very descriptor that is read.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { errnoOf, FileError, fileError } from './file-error.js'
import { systemPath } from './path-bytes.js'

export interface ReadRules {
  /**
   * - `file`: a regular file, whole; one that grows meanwhile is refused
   * - `live file`: a regular file that others may be writing, as far as it went when it was opened
   * - `stream`: also what has to be waited for, such as a pipe or a terminal, up to its end
   */
  readonly from: 'file' | 'live file' | 'stream'
  /** Bytes; more is something else than what was asked for. */
  readonly most: number
  /** Whether a link in the file's own place is followed. */
  readonly links: 'follow' | 'refuse'
  /** Users that the file must be of, besides us and root, and it must not be open to everybody's writing; absent: anyone's. */
  readonly trustedOwners?: readonly number[]
}

export interface GuardedFile {
  readonly bytes: Buffer
  readonly stats: Stats
}

/** Whether files of this user are believed: our own, root's, and those of the owners that the caller trusts. */
export function isTrusted(uid: number, trustedOwners: readonly number[]): boolean {
  return uid === process.geteuid!() || uid === 0 || trustedOwners.includes(uid)
}

/**
 * What a file holds, or null where there is no such name in its folder, or no folder.
 * @throws FileError `foreign`, `exposed`, `too large`, `changed`, and what a failing access means
 */
export function readGuarded(path: string, rules: ReadRules): GuardedFile | null {
  let descriptor: number
  try {
    descriptor = openSync(systemPath(path), flagsOf(rules))
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw fileError(error, path)
  }
  try {
    const stats = fstatSync(descriptor)
    check(stats, path, rules)
    const read = rules.from === 'stream' ? readToEnd : readSized
    return { bytes: read({ descriptor, size: stats.size, path }, rules), stats }
  } catch (error) {
    throw fileError(error, path)
  } finally {
    closeSync(descriptor)
  }
}

/** Never a wait for the other end of a pipe, unless it is one that is asked for. */
function flagsOf({ from, links }: ReadRules): number {
  return (
    constants.O_RDONLY |
    (from === 'stream' ? 0 : constants.O_NONBLOCK) |
    (links === 'refuse' ? constants.O_NOFOLLOW : 0)
  )
}

function check(stats: Stats, path: string, { from, most, trustedOwners }: ReadRules): void {
  if (stats.isDirectory() || (from !== 'stream' && !stats.isFile())) {
    const errno = stats.isDirectory() ? 'EISDIR' : ''
    throw new FileError('foreign', 'is not a regular file', { path, errno })
  }
  if (trustedOwners !== undefined) {
    if (!isTrusted(stats.uid, trustedOwners)) {
      throw new FileError('foreign', 'belongs to another user', { path })
    }
    if (stats.mode & 0o002) throw new FileError('exposed', 'can be written by everybody', { path })
  }
  if (stats.isFile() && stats.size > most) throw tooLarge(path)
}

interface Opened {
  readonly descriptor: number
  readonly size: number
  readonly path: string
}

/** One byte more is asked for than the size, so that the end is seen in the same call. */
function readSized({ descriptor, size, path }: Opened, { from }: ReadRules): Buffer {
  const buffer = Buffer.allocUnsafe(size + 1)
  let length = 0
  while (length < buffer.length) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null)
    if (count === 0 || length + count === size) return buffer.subarray(0, length + count)
    length += count
  }
  if (from === 'live file') return buffer.subarray(0, size)
  throw new FileError('changed', 'grew while it was read', { path })
}

const CHUNK = 64 * 1024

/** A pipe has no size to look at before. */
function readToEnd({ descriptor, path }: Opened, { most }: ReadRules): Buffer {
  const chunks: Buffer[] = []
  let length = 0
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, most - length + 1))
    const count = readSync(descriptor, chunk, 0, chunk.length, null)
    if (count === 0) return Buffer.concat(chunks, length)
    chunks.push(chunk.subarray(0, count))
    length += count
    if (length > most) throw tooLarge(path)
  }
}

function tooLarge(path: string): FileError {
  return new FileError('too large', 'is larger than such a file can be', { path })
}
