// The one writer: a file is written under a temporary name first, so that its own name only ever stands for a whole one. The
// temporary name says whose it is: `.<name>.<machine and namespace>.<process id>.<random>.tmp`.
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import type { Stats } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { errnoOf, FileError, fileError, isWithoutLinks } from './file-error.js'
import { breakIfDead } from './lock.js'
import { namesIn, systemPath } from './path-bytes.js'
import { currentProcess, isRunning } from './process-identity.js'

const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
const TEMPORARY = /^\..+\.([0-9a-f]{8})\.(\d+)\.[0-9a-f]{12}\.tmp$/
const GUARD = /^(\..+)\.[0-9a-f]{16}\.guard$/
const DAY = 24 * 60 * 60 * 1000

/** What is written, and who may read it. */
export interface Content {
  readonly bytes: Buffer
  /**
   * - `private`: mode 0600, and refused where the file system would let others read it
   * - `own`: mode 0600 where the file system has modes
   * - `shared`: as the umask says
   */
  readonly access: 'private' | 'own' | 'shared'
  /** The file that it replaces, whose owner and mode it keeps; of `private` content others still have no part. */
  readonly former?: Stats
}

/** Where a file stands: its own path, and the path and beginning of the names of all that serves its writing. */
export interface Target {
  readonly file: string
  readonly stem: string
}

/** Of a name as much as leaves room for the rest of a temporary one: names have at most 255 bytes, a character up to three. */
const STEM_LENGTH = 60

/** The target of any file; the path is that of the file itself, and not of a link to it. */
export function targetOf(file: string): Target {
  return { file, stem: join(dirname(file), `.${basename(file).slice(0, STEM_LENGTH)}`) }
}

/**
 * Writes a temporary file, safe on the disk, passes its path to `place`, which gives it its name, and removes the
 * temporary name whatever happens.
 * @throws FileError what a failing access means, and any error of `place` that is not the system's
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
    // What is no error of the system's is the caller's own.
    throw errnoOf(error) === '' ? error : fileError(error, file)
  } finally {
    quietly(() => unlinkSync(systemPath(temporary)))
  }
}

/**
 * Gives a new file its name; false where that is taken.
 * @param withoutLinks what to do where the file system has no hard links: `rename`, for a caller who holds a lock and has
 * looked that nothing is there; `reserve` takes the name with an empty file first
 */
export function nameNew(
  temporary: string,
  file: string,
  withoutLinks: 'rename' | 'reserve',
): boolean {
  try {
    linkSync(systemPath(temporary), systemPath(file))
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    if (!isWithoutLinks(error)) throw error
  }
  if (withoutLinks === 'reserve') return renameReserved(temporary, file)
  rename(temporary, file)
  return true
}

/** Renames a file whose name may be no text. @throws what the system says */
export function rename(from: string, to: string): void {
  renameSync(systemPath(from), systemPath(to))
}

function renameReserved(temporary: string, file: string): boolean {
  if (!reserve(file)) return false
  try {
    rename(temporary, file)
    return true
  } catch (error) {
    quietly(() => unlinkSync(systemPath(file)))
    throw error
  }
}

function reserve(file: string): boolean {
  try {
    writeFileSync(systemPath(file), '', { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * Removes what dead processes left in the folder: temporary files and guards. What a living process may use stays, and
 * so does what another machine left within a day. Nothing depends on it, so it never fails.
 */
export function removeStaleTemporaryFiles(folder: string): void {
  const here = scope()
  for (const name of namesThere(folder)) {
    const file = join(folder, name)
    const [, itsScope, pid] = TEMPORARY.exec(name) ?? []
    const stem = GUARD.exec(name)?.[1]
    if (stem !== undefined) quietly(() => breakIfDead(join(folder, stem), file))
    if (pid !== undefined && (itsScope === here ? !isRunning(Number(pid)) : isOld(file))) {
      quietly(() => unlinkSync(systemPath(file)))
    }
  }
}

const PRIVATE = 0o600
const SHARED = 0o666

function write(temporary: string, { bytes, access, former }: Content, file: string): void {
  const descriptor = openSync(systemPath(temporary), FLAGS, access === 'shared' ? SHARED : PRIVATE)
  try {
    if (former) keepOwner(descriptor, former, file)
    const mode = former ? former.mode & (access === 'private' ? 0o700 : 0o777) : PRIVATE
    if (former || access !== 'shared') setMode(descriptor, mode, former)
    if (access === 'private' && fstatSync(descriptor).mode & 0o077) {
      throw new FileError('exposed', 'could be read by others', { path: file })
    }
    writeFileSync(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function keepOwner(descriptor: number, former: Stats, path: string): void {
  const own = fstatSync(descriptor)
  if (own.uid === former.uid && own.gid === former.gid) return
  try {
    fchownSync(descriptor, former.uid, former.gid)
  } catch (error) {
    const errno = errnoOf(error)
    throw new FileError('owner', 'cannot be given to its owner', { path, errno })
  }
}

/** A file system without modes refuses them; a mode that is to be kept has to be, all the same. */
function setMode(descriptor: number, mode: number, former: Stats | undefined): void {
  if ((fstatSync(descriptor).mode & 0o777) === mode) return
  try {
    fchmodSync(descriptor, mode)
  } catch (error) {
    if (former) throw error
  }
}

/** Eight hex digits for everything that a process id means nothing outside of. */
function scope(): string {
  const { boot, namespaces, host } = currentProcess()
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update(`${boot} ${namespaces} ${host}`).digest('hex').slice(0, 8)
}

function isOld(file: string): boolean {
  const stats = lstatSync(systemPath(file), { throwIfNoEntry: false })
  return stats !== undefined && Date.now() - stats.mtimeMs > DAY
}

function namesThere(folder: string): string[] {
  try {
    return namesIn(folder)
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
