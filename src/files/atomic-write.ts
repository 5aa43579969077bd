// A document is written under a temporary name first, so that its own name only ever stands for a whole one. The name
// says whose it is: `.<cluster>.<machine and namespace>.<process id>.<random>.tmp`.
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import type { Stats } from 'node:fs'
import { join } from 'node:path'
import { StoreError } from '../errors.js'
import { exposed, writeFault } from './file-errors.js'
import { breakIfDead } from './lock.js'
import { currentProcess, isRunning } from './process-identity.js'

const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
const LEFTOVER = /^\..+\.([0-9a-f]{8})\.(\d+)\.[0-9a-f]{12}\.tmp$/
const GUARD = /^(\..+)\.[0-9a-f]{16}\.guard$/
const DAY = 24 * 60 * 60 * 1000

export interface Content {
  readonly bytes: Buffer
  /** Whether nobody but the owner may read it. */
  readonly isPrivate: boolean
  /** The file that it replaces, whose mode and owner it keeps. */
  readonly former?: Stats
}

/** Where a document stands: its own path, and the path and beginning of the names of all that serves its writing. */
export interface Target {
  readonly file: string
  readonly stem: string
}

/**
 * Writes a temporary file, safe on the disk, passes its path to `place`, which gives it its name, and removes the
 * temporary name whatever happens.
 * @throws StoreError what a failing access means, and what `place` throws
 */
export function writeThrough<T>(
  { file, stem }: Target,
  content: Content,
  place: (temporary: string) => T,
): T {
  const random = process.getBuiltinModule('node:crypto').randomBytes(6).toString('hex')
  const temporary = `${stem}.${scope()}.${process.pid}.${random}.tmp`
  try {
    write(temporary, content, file)
    return place(temporary)
  } catch (error) {
    throw writeFault(error, file)
  } finally {
    quietly(() => unlinkSync(temporary))
  }
}

/**
 * Removes what dead processes left in the folder: temporary files and guards. What a living process may use stays, and
 * so does what another machine left within a day. Nothing depends on it, so it never fails.
 */
export function removeStaleTemporaryFiles(folder: string): void {
  const here = scope()
  for (const name of namesIn(folder)) {
    const file = join(folder, name)
    const [, itsScope, pid] = LEFTOVER.exec(name) ?? []
    const stem = GUARD.exec(name)?.[1]
    if (stem !== undefined) quietly(() => breakIfDead(join(folder, stem), file))
    if (pid !== undefined && (itsScope === here ? !isRunning(Number(pid)) : isOld(file))) {
      quietly(() => unlinkSync(file))
    }
  }
}

function write(temporary: string, { bytes, isPrivate, former }: Content, file: string): void {
  const descriptor = openSync(temporary, FLAGS, 0o600)
  try {
    if (former) keepOwnerAndMode(descriptor, former, { isPrivate, file })
    if (isPrivate && fstatSync(descriptor).mode & 0o077) {
      throw exposed(
        file,
        'this file system cannot keep a plain secret from other users',
        'seal the tokens (encrypt: always), or keep the store on another file system',
      )
    }
    writeFileSync(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function keepOwnerAndMode(
  descriptor: number,
  former: Stats,
  { isPrivate, file }: { isPrivate: boolean; file: string },
): void {
  const own = fstatSync(descriptor)
  if (own.uid !== former.uid || own.gid !== former.gid) {
    try {
      fchownSync(descriptor, former.uid, former.gid)
    } catch {
      throw new StoreError(
        'K3SV_STORE_READ_ONLY',
        'the token document belongs to a user or group that its replacement cannot be given to',
        { location: { file }, hint: 'run it as that user, or chown the file to yourself' },
      )
    }
  }
  const mode = former.mode & (isPrivate ? 0o700 : 0o777)
  if ((own.mode & 0o777) !== mode) fchmodSync(descriptor, mode)
}

/** Eight hex digits for everything that a process id means nothing outside of. */
function scope(): string {
  const { boot, namespaces, host } = currentProcess()
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update(`${boot} ${namespaces} ${host}`).digest('hex').slice(0, 8)
}

function isOld(file: string): boolean {
  const stats = lstatSync(file, { throwIfNoEntry: false })
  return stats !== undefined && Date.now() - stats.mtimeMs > DAY
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function quietly(action: () => void): void {
  try {
    action()
  } catch {
    // The next write tries again.
  }
}
