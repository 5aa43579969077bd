// The ways that a secret goes out: a file of mode 0600, an inherited descriptor, or standard output where it was asked for.
import { fstatSync, renameSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../errors.js'
import {
  nameNew,
  removeStaleTemporaryFiles,
  targetOf,
  writeThrough,
} from '../files/atomic-write.js'
import type { Content } from '../files/atomic-write.js'
import { errnoOf, fileError, isAbsence } from '../files/file-error.js'
import { readGuarded } from '../files/guarded-read.js'
import { lstatIfThere } from '../files/look.js'
import type { Secret } from '../secret.js'
import type { Io } from './io.js'

export interface FileOptions {
  /** Whether a file of this text is one of ours that may be replaced; absent: nothing is replaced. */
  readonly isOurs?: (text: string) => boolean
  /** The caller has looked at what lies there and replaces it, whatever it is. */
  readonly replace?: true
  /** Whether others could make nothing of what is written; absent: where a file system has no modes, nothing is written. */
  readonly isSealed?: true
  /** What errors call the file; `the file of --output` if absent. */
  readonly name?: string
}

/**
 * Writes a secret to a new file of mode 0600. The file appears whole or not at all.
 * @throws UsageError `K3SV_USAGE_OUTPUT` where something else lies there, or the folder cannot be written
 */
export function writeSecretFile(
  path: string,
  text: Secret,
  { environment: { cwd } }: Io,
  { isOurs = () => false, replace, name = 'the file of --output', isSealed }: FileOptions = {},
): void {
  const file = resolve(cwd, path)
  const content: Content = {
    bytes: Buffer.from(text.reveal()),
    access: isSealed ? 'own' : 'private',
  }
  try {
    const isThere = lstatIfThere(file) !== undefined
    if (isThere && !replace && !isReplaceable(file, isOurs)) throw occupied(name)
    removeStaleTemporaryFiles(dirname(file))
    const isPlaced = writeThrough(targetOf(file), content, (temporary) =>
      isThere ? replaceBy(temporary, file) : nameNew(temporary, file, 'reserve'),
    )
    if (!isPlaced) throw occupied(name)
  } catch (error) {
    throw error instanceof UsageError ? error : writeError(error, name)
  }
}

function replaceBy(temporary: string, file: string): true {
  renameSync(temporary, file)
  return true
}

/**
 * Writes a secret to a descriptor that the caller opened for us.
 * @throws UsageError `K3SV_USAGE_OUTPUT` where it is not open for writing, or is a terminal, standard input or error
 */
export function writeSecretDescriptor(number: string, text: Secret): void {
  const descriptor = /^\d{1,4}$/.test(number) ? Number(number) : -1
  if (descriptor < 3) {
    throw new UsageError('K3SV_USAGE_OUTPUT', 'the descriptor of --fd must be a number from 3 on', {
      hint: 'open one in the shell: k3s-vars extra-vars prod --fd 3 3>pipe',
    })
  }
  try {
    fstatSync(descriptor)
    writeAll(descriptor, text)
  } catch (error) {
    throw writeError(error, 'the descriptor of --fd')
  }
}

/** A full pipe that does not block answers EAGAIN until its reader has read. */
function writeAll(descriptor: number, text: Secret): void {
  const bytes = Buffer.from(text.reveal())
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(descriptor, bytes, written)
    } catch (error) {
      if (errnoOf(error) !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

/** What is larger was not written by us. */
const MOST_BYTES = 1024 * 1024

function isReplaceable(file: string, isOurs: (text: string) => boolean): boolean {
  try {
    const found = readGuarded(file, { from: 'file', links: 'refuse', most: MOST_BYTES })
    if (found === null) return true
    const { stats, bytes } = found
    const isPrivate = stats.uid === process.geteuid!() && (stats.mode & 0o077) === 0
    return isPrivate && isOurs(bytes.toString())
  } catch {
    return false
  }
}

function occupied(subject: string): UsageError {
  return new UsageError('K3SV_USAGE_OUTPUT', `${subject} exists and is not one of ours`, {
    hint: 'name a new file, or remove this one',
  })
}

const WRITE_HINT = 'see whether you may write there, or name another place'

function writeError(error: unknown, subject: string): UsageError {
  const [reason, hint] = reasonOf(error)
  return new UsageError('K3SV_USAGE_OUTPUT', `${subject} ${reason}`, { hint })
}

/** What is wrong, and what to do. */
function reasonOf(error: unknown): readonly [string, string] {
  if (isAbsence(error)) return ['lies in a folder that does not exist', 'make the folder first']
  const { reason, errno } = fileError(error, '')
  if (errno === 'EBADF') {
    return ['is not open for writing', 'have the shell open it first, such as 3> for descriptor 3']
  }
  if (reason === 'full')
    return ['cannot be written: the disk is full', 'make room, then run it again']
  if (reason === 'exposed') {
    return ['could be read by others: its file system has no modes', 'name a file on another disk']
  }
  return ['cannot be written', WRITE_HINT]
}
