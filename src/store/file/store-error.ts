// What goes wrong with the files of a store, in the words of somebody who keeps token documents. The one place where a
// FileError becomes a StoreError.
import { K3sVarsError, StoreError } from '../../errors.js'
import { fileError, inBrackets } from '../../files/file-error.js'
import type { FileError } from '../../files/file-error.js'
import { LockedError } from '../../files/lock.js'

/** The error for a failed reading access; errors of our own pass as they are. */
export function readFault(error: unknown, file: string): K3sVarsError {
  return translate(error, file, ofReading)
}

/** The error for a failed writing access; errors of our own pass as they are. */
export function writeFault(error: unknown, file: string): K3sVarsError {
  return translate(error, file, ofWriting)
}

/** The error for something in a document's or its folder's place that is not ours. */
export function foreign(file: string, what: string): StoreError {
  return storeError(file, foreignWords(what))
}

/** The error for a document or folder that is open to too many. */
export function exposed(file: string, what: string, hint: string): StoreError {
  return storeError(file, ['EXPOSED', what, hint])
}

type Kind = 'FOREIGN' | 'EXPOSED' | 'CORRUPT' | 'UNAVAILABLE' | 'READ_ONLY' | 'FULL' | 'LOCKED'
type Words = readonly [kind: Kind, what: string, hint: string]

function translate(
  error: unknown,
  file: string,
  wordsOf: (fault: FileError) => Words,
): K3sVarsError {
  if (error instanceof K3sVarsError) return error
  const fault = fileError(error, file)
  return storeError(fault.path, wordsOf(fault))
}

function storeError(file: string, [kind, what, hint]: Words): StoreError {
  return new StoreError(`K3SV_STORE_${kind}`, what, { location: { file }, hint })
}

const OF_ANOTHER_USER =
  'look at it with `ls -l`: what belongs to another user, as after a run with sudo, is theirs to use, or yours after a chown'

function ofReading({ reason, message, errno }: FileError): Words {
  switch (reason) {
    case 'foreign':
      return foreignWords(message)
    case 'exposed':
      return ['EXPOSED', 'everybody can write the token document', 'take the right away: chmod o-w']
    case 'too large':
      return [
        'CORRUPT',
        'the token document is larger than 1 MiB',
        'restore the document from Git or a backup',
      ]
    case 'changed':
      return [
        'UNAVAILABLE',
        'the token document grew while it was read',
        'something else writes this file; try again',
      ]
    case 'denied':
      return ['UNAVAILABLE', `the store may not be read${inBrackets(errno)}`, OF_ANOTHER_USER]
    case 'read-only':
    case 'owner':
    case 'full':
    case 'locked':
    case 'unavailable':
      return [
        'UNAVAILABLE',
        `the store cannot be read${inBrackets(errno)}`,
        'check that the folder is mounted and that you may read it',
      ]
  }
}

function ofWriting(fault: FileError): Words {
  if (fault instanceof LockedError) return ofLock(fault)
  const why = inBrackets(fault.errno)
  switch (fault.reason) {
    case 'foreign':
      return foreignWords(fault.message)
    case 'exposed':
      return [
        'EXPOSED',
        'this file system cannot keep a plain secret from other users',
        'seal the tokens (encrypt: always), or keep the store on another file system',
      ]
    case 'owner':
      return [
        'READ_ONLY',
        'the token document belongs to a user or group that its replacement cannot be given to',
        'run it as that user, or chown the file to yourself',
      ]
    case 'full':
      return [
        'FULL',
        `the disk or the quota is full${why}`,
        'make room; the former document is unharmed',
      ]
    case 'denied':
      return [
        'READ_ONLY',
        `the store cannot be written${why}`,
        `${OF_ANOTHER_USER}; in a checkout that is not to be written, run it elsewhere, and commit the document from there`,
      ]
    case 'read-only':
      return [
        'READ_ONLY',
        `the store cannot be written${why}`,
        'run it where the folder is writable, and commit the document from there',
      ]
    case 'locked':
    case 'changed':
    case 'too large':
    case 'unavailable':
      return [
        'UNAVAILABLE',
        `writing to the store failed${why}`,
        'check the disk, then run it again',
      ]
  }
}

function foreignWords(what: string): Words {
  return [
    'FOREIGN',
    `what lies in the store's place ${what}`,
    'look at what lies there; move it away, or name another store',
  ]
}

function ofLock({ holder, isBeforeRestart }: LockedError): Words {
  if (holder !== undefined && isBeforeRestart) {
    return [
      'LOCKED',
      `process ${holder.pid} held the lock of the token document on ${holder.host} before it was last started`,
      'unless another machine of this name shares the folder, delete the lock file',
    ]
  }
  const name = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`
  return [
    'LOCKED',
    `${name} holds the lock of the token document`,
    'wait for it; if no k3s_vars runs there any more, delete the lock file',
  ]
}
