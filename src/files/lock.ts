// The lock is a symbolic link that points at nothing: its text, made in the same step as its name, says who holds it, so
// nobody ever sees a lock half written. A lock whose holder provably died is broken under a guard, which is such a mark
// itself, named after the one mark that it lets its holder remove: two breakers cannot remove a newer lock, and a breaker
// that died is broken the same way.
import { readFileSync, readlinkSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { errnoOf, FileError, fileError, isWithoutLinks } from './file-error.js'
import {
  currentProcess,
  formatProcess,
  isBeforeRestart,
  isProvablyDead,
  parseProcess,
} from './process-identity.js'
import type { ProcessIdentity } from './process-identity.js'

interface Holder {
  readonly id: string
  readonly process: ProcessIdentity
}

/** How long others are waited for unless somebody asks for another time: any of our writes takes milliseconds. */
export const DEFAULT_PATIENCE_MS = 5000

/** What is locked, and how long another holder is waited for. */
export interface LockRequest {
  /** Path and beginning of the names of lock and guards. */
  readonly stem: string
  /** Milliseconds. */
  readonly patience: number
}

/** Another holder did not give the lock back in time. */
export class LockedError extends FileError {
  /** Undefined where the lock does not tell. */
  readonly holder: ProcessIdentity | undefined
  /** Whether a machine of our name, the holder's, has started anew since. */
  readonly isBeforeRestart: boolean

  constructor(path: string, holder: ProcessIdentity | undefined) {
    super('locked', 'is held by another process', { path })
    this.name = 'LockedError'
    this.holder = holder
    this.isBeforeRestart = holder !== undefined && isBeforeRestart(holder)
  }
}

/**
 * Does `action` while no other process, on any machine that shares the folder, is inside an action of the same stem.
 * @throws LockedError, the system's error where no lock can be made, and what `action` throws
 */
export async function withLock<T>(request: LockRequest, action: () => T): Promise<T> {
  const held = await withLockUnless(
    () => false,
    request,
    () => ({ result: action() }),
  )
  return held!.result
}

/**
 * As {@link withLock}, but as soon as the action turns out to be needless while it waits, it is not done: null.
 */
export async function withLockUnless<T>(
  isNeedless: () => boolean,
  { stem, patience }: LockRequest,
  action: () => T,
): Promise<T | null> {
  const mark = newMark()
  const file = `${stem}.lock`
  const deadline = performance.now() + patience
  for (let longest = 4; ; longest = Math.min(longest * 2, 64)) {
    if (isNeedless()) return null
    if (take(file, mark)) break
    breakIfDead(stem, file)
    if (performance.now() > deadline)
      throw new LockedError(file, parseMark(readMark(file) ?? '')?.process)
    const { setTimeout: sleep } = process.getBuiltinModule('node:timers/promises')
    await sleep(process.getBuiltinModule('node:crypto').randomInt(1, longest))
  }
  try {
    return action()
  } finally {
    // A lock that people removed by hand may be another's by now.
    if (readMark(file) === mark) remove(file)
  }
}

/** Removes a lock or guard if its holder provably died. `file` is read again under a guard before it goes. */
export function breakIfDead(stem: string, file: string): void {
  const mark = readMark(file)
  const holder = parseMark(mark ?? '')
  if (holder === null || !isProvablyDead(holder.process)) return
  const guard = `${stem}.${holder.id}.guard`
  if (!take(guard, newMark())) {
    breakIfDead(stem, guard)
    return
  }
  if (readMark(file) === mark) remove(file)
  remove(guard)
}

/** Makes the mark's file; false where the name is taken. */
function take(file: string, mark: string): boolean {
  try {
    symlinkSync(mark, file)
    return true
  } catch (error) {
    // A file server that repeats a request whose answer was lost says EEXIST to its own success.
    if (errnoOf(error) === 'EEXIST') return readMark(file) === mark
    if (!isWithoutLinks(error)) throw error
    return takeByFile(file, mark)
  }
}

function takeByFile(file: string, mark: string): boolean {
  try {
    writeFileSync(file, mark, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    // Where the name was made and the mark did not fit on the disk, nobody could tell whose lock it is. A file with
    // something else in it is not ours.
    const found = readMark(file)
    if (found !== null && mark.startsWith(found)) remove(file)
    throw error
  }
}

/** The mark in a file, or null where there is no file. */
function readMark(file: string): string | null {
  try {
    return readlinkSync(file)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    if (errnoOf(error) !== 'EINVAL') throw fileError(error, file)
  }
  try {
    return readFileSync(file, 'latin1')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw fileError(error, file)
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw fileError(error, file)
  }
}

function newMark(): string {
  const id = process.getBuiltinModule('node:crypto').randomBytes(8).toString('hex')
  return `${id} ${formatProcess(currentProcess())}`
}

function parseMark(mark: string): Holder | null {
  const [, id = '', rest = ''] = /^([0-9a-f]{16}) (.+)$/.exec(mark) ?? []
  const identity = parseProcess(rest)
  return identity && { id, process: identity }
}
