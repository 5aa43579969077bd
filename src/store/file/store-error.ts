// What goes wrong with the files of a store, in the words of somebody who keeps token documents. The one place where a
// FileError becomes a StoreError.
import { K3sVarsError, StoreError } from '../../errors.js'
import { fileError, inBrackets } from '../../files/file-error.js'
import { LockedError } from '../../files/lock.js'

/** The error for a failed reading access; errors of our own pass as they are. */
export function readFault(error: unknown, file: string): K3sVarsError {
  if (error instanceof K3sVarsError) return error
  const fault = fileError(error, file)
  const { path } = fault
  switch (fault.reason) {
    case 'foreign':
      return foreign(path, fault.message)
    case 'exposed':
      return exposed(
        path,
        'everybody can write the token document',
        'take the right away: chmod o-w',
      )
    case 'too large':
      return storeError('CORRUPT', path, {
        what: 'the token document is larger than 1 MiB',
        hint: 'restore the document from Git or a backup',
      })
    case 'changed':
      return storeError('UNAVAILABLE', path, {
        what: 'the token document grew while it was read',
        hint: 'something else writes this file; try again',
      })
    case 'denied':
    case 'read-only':
    case 'owner':
    case 'full':
    case 'locked':
    case 'unavailable':
      return storeError('UNAVAILABLE', path, {
        what: `the store cannot be read${inBrackets(fault.errno)}`,
        hint: 'check that the folder is mounted and that you may read it',
      })
  }
}

/** The error for a failed writing access; errors of our own pass as they are. */
export function writeFault(error: unknown, file: string): K3sVarsError {
  if (error instanceof K3sVarsError) return error
  const fault = fileError(error, file)
  if (fault instanceof LockedError) return locked(fault)
  const { path, errno } = fault
  switch (fault.reason) {
    case 'foreign':
      return foreign(path, fault.message)
    case 'exposed':
      return exposed(
        path,
        'this file system cannot keep a plain secret from other users',
        'seal the tokens (encrypt: always), or keep the store on another file system',
      )
    case 'owner':
      return storeError('READ_ONLY', path, {
        what: 'the token document belongs to a user or group that its replacement cannot be given to',
        hint: 'run it as that user, or chown the file to yourself',
      })
    case 'full':
      return storeError('FULL', path, {
        what: `the disk or the quota is full${inBrackets(errno)}`,
        hint: 'make room; the former document is unharmed',
      })
    case 'denied':
    case 'read-only':
      return storeError('READ_ONLY', path, {
        what: `the store cannot be written${inBrackets(errno)}`,
        hint: 'run it where the folder is writable, and commit the document from there',
      })
    case 'locked':
    case 'changed':
    case 'too large':
    case 'unavailable':
      return storeError('UNAVAILABLE', path, {
        what: `writing to the store failed${inBrackets(errno)}`,
        hint: 'check the disk, then run it again',
      })
  }
}

/** The error for something in a document's or its folder's place that is not ours. */
export function foreign(file: string, what: string): StoreError {
  return storeError('FOREIGN', file, {
    what: `what lies in the store's place ${what}`,
    hint: 'look at what lies there; move it away, or name another store',
  })
}

/** The error for a document or folder that is open to too many. */
export function exposed(file: string, what: string, hint: string): StoreError {
  return storeError('EXPOSED', file, { what, hint })
}

function locked({ path, holder, isBeforeRestart }: LockedError): StoreError {
  if (holder !== undefined && isBeforeRestart) {
    return storeError('LOCKED', path, {
      what: `process ${holder.pid} held the lock of the token document on ${holder.host} before it was last started`,
      hint: 'unless another machine of this name shares the folder, delete the lock file',
    })
  }
  const name = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`
  return storeError('LOCKED', path, {
    what: `${name} holds the lock of the token document`,
    hint: 'wait for it; if no k3s_vars runs there any more, delete the lock file',
  })
}

type Kind = 'FOREIGN' | 'EXPOSED' | 'CORRUPT' | 'UNAVAILABLE' | 'READ_ONLY' | 'FULL' | 'LOCKED'

function storeError(
  kind: Kind,
  file: string,
  { what, hint }: { readonly what: string; readonly hint: string },
): StoreError {
  return new StoreError(`K3SV_STORE_${kind}`, what, { location: { file }, hint })
}
