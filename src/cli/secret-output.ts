// The ways that a secret goes out: a file of mode 0600, an inherited descriptor, or standard output where it was asked for.
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../errors.js'
import type { Secret } from '../secret.js'
import type { Io } from './io.js'

const PRIVATE = 0o600

export interface FileOptions {
  /** Whether a file of this text is one of ours that may be replaced; absent: nothing is replaced. */
  readonly isOurs?: (text: string) => boolean
  /** The caller has looked at what lies there and replaces it, whatever it is. */
  readonly replace?: true
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
  { environment: { cwd }, randomBytes }: Io,
  { isOurs = () => false, replace, name = 'the file of --output' }: FileOptions = {},
): void {
  const target = resolve(cwd, path)
  const temporary = join(dirname(target), `.k3s_vars-${randomBytes(8).toString('hex')}.tmp`)
  try {
    const isThere = lstatSync(target, { throwIfNoEntry: false }) !== undefined
    if (isThere && !replace && !isReplaceable(target, isOurs)) throw occupied(name)
    writeNew(temporary, text)
    if (isThere) renameSync(temporary, target)
    else linkSync(temporary, target)
  } catch (error) {
    throw error instanceof UsageError ? error : writeError(error, name)
  } finally {
    removeIfThere(temporary)
  }
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

function writeNew(path: string, text: Secret): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
  const descriptor = openSync(path, flags, PRIVATE)
  try {
    fchmodSync(descriptor, PRIVATE)
    writeAll(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** A full pipe that does not block answers EAGAIN until its reader has read. */
function writeAll(descriptor: number, text: Secret): void {
  const bytes = Buffer.from(text.reveal())
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(descriptor, bytes, written)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

function isReplaceable(path: string, isOurs: (text: string) => boolean): boolean {
  const stats = lstatSync(path)
  const isPrivate =
    stats.isFile() && stats.uid === process.geteuid?.() && (stats.mode & 0o077) === 0
  return isPrivate && isOurs(readFileSync(path, 'utf8'))
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // It was renamed, or never made.
  }
}

function occupied(subject: string): UsageError {
  return new UsageError('K3SV_USAGE_OUTPUT', `${subject} exists and is not one of ours`, {
    hint: 'name a new file, or remove this one',
  })
}

const FULL = ['cannot be written: the disk is full', 'make room, then run it again'] as const
const NO_FOLDER = ['lies in a folder that does not exist', 'make the folder first'] as const

/** What is wrong, and what to do. */
const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  EBADF: ['is not open for writing', 'have the shell open it first, such as 3> for descriptor 3'],
  EDQUOT: FULL,
  ENOENT: NO_FOLDER,
  ENOSPC: FULL,
  ENOTDIR: NO_FOLDER,
}

function writeError(error: unknown, subject: string): UsageError {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'EEXIST') return occupied(subject)
  const [reason, hint] = REASONS[code] ?? [
    'cannot be written',
    'see whether you may write there, or name another place',
  ]
  return new UsageError('K3SV_USAGE_OUTPUT', `${subject} ${reason}`, { hint })
}
