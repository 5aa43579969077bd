// What the system says about files, in our words. Only the name of its error is passed on: its text quotes paths.
import { K3sVarsError, StoreError } from '../errors.js'

const FOREIGN = new Set(['ELOOP', 'ENOTDIR', 'EISDIR', 'ENXIO'])
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM'])

/** What file systems answer that have no links of the kind that was asked for: FAT, SMB, some of FUSE. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/** The system's name of an error, such as `ENOENT`; empty for an error that is none of the system's. */
export function errnoOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const { code, errno } = error as { code?: unknown; errno?: unknown }
  if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)) return code
  // libuv has no name for some errors, EDQUOT and ESTALE among them, and gives their number alone.
  const { constants } = process.getBuiltinModule('node:os')
  return Object.entries(constants.errno).find(([, number]) => -number === errno)?.[0] ?? ''
}

/** Whether the file system may just not know the kind of link that failed. */
export function isWithoutLinks(error: unknown): boolean {
  return NO_LINKS.has(errnoOf(error))
}

/** The error for a failed reading access; errors of our own pass as they are. */
export function readFault(error: unknown, file: string): StoreError {
  if (error instanceof StoreError) return error
  const errno = errnoOf(error)
  if (FOREIGN.has(errno)) return foreign(file, 'is not a regular file of ours')
  return new StoreError('K3SV_STORE_UNAVAILABLE', `the store cannot be read${named(errno)}`, {
    location: { file },
    hint: 'check that the folder is mounted and that you may read it',
  })
}

/** The error for a failed writing access; errors of our own pass as they are. */
export function writeFault(error: unknown, file: string): K3sVarsError {
  if (error instanceof K3sVarsError) return error
  const errno = errnoOf(error)
  if (FOREIGN.has(errno)) return foreign(file, 'is not a regular file of ours')
  if (FULL.has(errno)) {
    return new StoreError('K3SV_STORE_FULL', `the disk or the quota is full${named(errno)}`, {
      location: { file },
      hint: 'make room; the former document is unharmed',
    })
  }
  if (READ_ONLY.has(errno)) {
    return new StoreError('K3SV_STORE_READ_ONLY', `the store cannot be written${named(errno)}`, {
      location: { file },
      hint: 'run it where the folder is writable, and commit the document from there',
    })
  }
  return new StoreError('K3SV_STORE_UNAVAILABLE', `writing to the store failed${named(errno)}`, {
    location: { file },
    hint: 'check the disk, then run it again',
  })
}

/** The error for something in a document's or its folder's place that is not ours. */
export function foreign(file: string, what: string): StoreError {
  return new StoreError('K3SV_STORE_FOREIGN', `what lies in the store's place ${what}`, {
    location: { file },
    hint: 'look at what lies there; move it away, or name another store',
  })
}

/** The error for a document or folder that is open to too many. */
export function exposed(file: string, what: string, hint: string): StoreError {
  return new StoreError('K3SV_STORE_EXPOSED', what, { location: { file }, hint })
}

function named(errno: string): string {
  return errno === '' ? '' : ` (${errno})`
}
