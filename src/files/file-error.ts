// What this folder is: files on a disk that others write, too, and that may fail at any moment. It knows nothing of tokens,
// stores or vaults: whatever goes wrong is a FileError, which its users put into their own words, each in one place.
//
// Begin here, for the ways in which a file fails. Then guarded-read.ts, the one reader; atomic-write.ts, the one
// writer, so that a name only ever stands for a whole file; lock.ts, which keeps writers apart, on process-identity.ts,
// which tells a dead holder from a living one. look.ts and flush.ts are single calls with their pitfalls, writers.ts tells who else may write, path-bytes.ts keeps
// names that are no text; private-folder.ts
// is the place for a plain text that an editor works on; glob.ts and git.ts tell which files are meant.

/**
 * What is wrong, in one word:
 * - `foreign`: another kind of thing than a regular file, or of a user whose files are not believed
 * - `exposed`: open to users that it must be closed to
 * - `denied`: we may not do that to it
 * - `read-only`: nobody can write there now
 * - `owner`: a replacement cannot be given to the user or group that has the file
 * - `full`: the disk or the quota
 * - `locked`: another process, or one that died where nobody can tell, holds the lock
 * - `changed`: it was written while it was read
 * - `too large`: it has more bytes than what was asked for can have
 * - `unavailable`: whatever else the system says
 */
export type FileReason =
  | 'foreign'
  | 'exposed'
  | 'denied'
  | 'read-only'
  | 'owner'
  | 'full'
  | 'locked'
  | 'changed'
  | 'too large'
  | 'unavailable'

export interface FileErrorDetails {
  readonly path: string
  /** The system's name of the error; empty where it was not the system that refused. */
  readonly errno?: string
}

/** `message` goes on behind the name of the file (`belongs to another user`); it quotes neither content nor paths. */
export class FileError extends Error {
  readonly reason: FileReason
  readonly path: string
  readonly errno: string

  constructor(reason: FileReason, message: string, { path, errno = '' }: FileErrorDetails) {
    super(message)
    this.name = 'FileError'
    this.reason = reason
    this.path = path
    this.errno = errno
  }
}

const REASONS: Readonly<Record<string, FileReason>> = {
  ELOOP: 'foreign',
  ENOTDIR: 'foreign',
  EISDIR: 'foreign',
  ENXIO: 'foreign',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'read-only',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
}

const MESSAGES: Readonly<Partial<Record<FileReason, string>>> = {
  foreign: 'is not a regular file of ours',
  full: 'does not fit on the disk',
}

/** What the system's error means; a FileError passes as it is. Only the name is kept: the system's text quotes paths. */
export function fileError(error: unknown, path: string): FileError {
  if (error instanceof FileError) return error
  // A mistake of ours is no answer of the system's, and must not pass for one.
  if (!isOfSystem(error)) throw error
  const errno = errnoOf(error)
  const reason = REASONS[errno] ?? 'unavailable'
  return new FileError(reason, MESSAGES[reason] ?? 'cannot be used', { path, errno })
}

/** Node gives each error of a call to the system, or of its arguments, a code or at least a number. */
function isOfSystem(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, errno } = error as NodeJS.ErrnoException
  return typeof code === 'string' || typeof errno === 'number'
}

/** What file systems answer that have no links of the kind that was asked for: FAT, SMB, some of FUSE. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/** Whether the file system may just not know the kind of link that failed. */
export function isWithoutLinks(error: unknown): boolean {
  return NO_LINKS.has(errnoOf(error))
}

/** The names of errors that say that nothing can lie at a path: something on the way is missing or no folder. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'])

/** Whether an error says that there is nothing at the path, nor could be. */
export function isAbsence(error: unknown): boolean {
  return ABSENT.has(error instanceof FileError ? error.errno : errnoOf(error))
}

/** ` (ENOSPC)`, for the end of a sentence; empty without a name. */
export function inBrackets(errno: string): string {
  return errno === '' ? '' : ` (${errno})`
}

/** The system's name of an error, such as `ENOENT`; empty for an error that is none of the system's. */
export function errnoOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const { code, errno } = error as { code?: unknown; errno?: unknown }
  if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)) return code
  // libuv has no name for some errors, EDQUOT and ESTALE among them, and gives their number alone.
  const { constants } = process.getBuiltinModule('node:os')
  return Object.entries(constants.errno).find(([, number]) => -number === errno)?.[0] ?? ''
}
