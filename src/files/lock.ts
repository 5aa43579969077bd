// The lock is a symbolic link that points at nothing: its text, made in the same step as its name, says who holds it, so
// nobody ever sees a lock half written. A lock whose holder provably died is broken under a guard, which is such a mark
// itself, named after the one mark that it lets its holder remove: two breakers cannot remove a newer lock, and a breaker
// that died is broken the same way.
import { readFileSync, readlinkSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { StoreError } from '../errors.js'
import { errnoOf, isWithoutLinks, writeFault } from './file-errors.js'
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

/** What is locked, and how long another holder is waited for. */
export interface LockRequest {
  /** Path and beginning of the names of lock and guards. */
  readonly stem: string
  /** Milliseconds. */
  readonly patience: number
}

/**
 * Does `action` while no other process, on any machine that shares the folder, is inside an action of the same stem.
 * @throws StoreError `K3SV_STORE_LOCKED`, the system's error where no lock can be made, and what `action` throws
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
    if (performance.now() > deadline) throw locked(file)
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
    if (errnoOf(error) !== 'EINVAL') throw writeFault(error, file)
  }
  try {
    return readFileSync(file, 'latin1')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw writeFault(error, file)
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw writeFault(error, file)
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

function locked(file: string): StoreError {
  const holder = parseMark(readMark(file) ?? '')?.process
  const place = { file }
  if (holder !== undefined && isBeforeRestart(holder)) {
    const who = `process ${holder.pid} held the lock of the token document on ${holder.host} before it was last started`
    return new StoreError('K3SV_STORE_LOCKED', who, {
      location: place,
      hint: 'unless another machine of this name shares the folder, delete the lock file',
    })
  }
  const name = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`
  return new StoreError('K3SV_STORE_LOCKED', `${name} holds the lock of the token document`, {
    location: place,
    hint: 'wait for it; if no k3s_vars runs there any more, delete the lock file',
  })
}
