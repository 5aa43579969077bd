// What goes wrong with the files that Ansible reads, in the words of somebody who encrypts them. The one place where a
// FileError becomes a VaultError.
import { K3sVarsError, VaultError } from '../../errors.js'
import { fileError, inBrackets, isAbsence } from '../../files/file-error.js'
import type { FileReason } from '../../files/file-error.js'

type Explained = Readonly<Partial<Record<FileReason, readonly [reason: string, hint: string]>>>

const CHANGED = ['something else changed it in the meantime', 'run it again'] as const

const READING: Explained = {
  foreign: ['it is not a regular file', 'name the file itself'],
  changed: CHANGED,
  'too large': ['it is larger than 511 MiB', 'what Ansible reads is some kilobytes'],
}

const READ_ONLY = [
  'it cannot be replaced: its folder is not yours to write, or its owner is another user',
  'run it as the owner of the file, where the folder is writable',
] as const

const WRITING: Explained = {
  locked: ['another process is writing this token document', 'run it again'],
  full: ['the disk or the quota is full', 'make room; the former content is unharmed'],
  changed: CHANGED,
  denied: READ_ONLY,
  'read-only': READ_ONLY,
  owner: READ_ONLY,
}

/**
 * The error for a file that cannot be read; errors of our own pass as they are.
 * @param name how the user calls it
 */
export function readRefusal(name: string, error: unknown): K3sVarsError {
  return translate(name, error, {
    explained: READING,
    otherwise: ['it cannot be read', 'see whether you may read it'],
  })
}

/** As {@link readRefusal}, for a file that cannot be replaced. */
export function writeRefusal(name: string, error: unknown): K3sVarsError {
  return translate(name, error, {
    explained: WRITING,
    otherwise: ['it cannot be replaced', 'look at the file and at the disk that it lies on'],
  })
}

interface Words {
  readonly explained: Explained
  /** The system's name of the error goes on behind the reason. */
  readonly otherwise: readonly [reason: string, hint: string]
}

function translate(
  name: string,
  error: unknown,
  { explained, otherwise: [reason, hint] }: Words,
): K3sVarsError {
  if (error instanceof K3sVarsError) return error
  const { reason: word, errno } = fileError(error, name)
  const known = isAbsence(error) ? undefined : explained[word]
  if (known !== undefined) return refusal(name, known[0], known[1])
  return refusal(name, `${reason}${inBrackets(errno)}`, hint)
}

export function refusal(name: string, reason: string, hint: string): VaultError {
  return new VaultError('K3SV_VAULT_FILE', `the file is left as it is: ${reason}`, {
    location: { file: name },
    hint,
  })
}
