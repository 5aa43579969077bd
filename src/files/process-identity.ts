// Tells one process from every other that ever shared our folder, so that what a dead one left can be told from what a
// living one uses. A process id alone means nothing: it is used again, and counts anew in each container and on each host.
import { readFileSync, readlinkSync } from 'node:fs'
import { errnoOf } from './file-error.js'

/** A process; a field that the system does not tell is `-`, and nothing is ever concluded from such a field. */
export interface ProcessIdentity {
  readonly pid: number
  /** In clock ticks since the machine started. */
  readonly started: string
  /** The machine's start: the kernel's boot id. */
  readonly boot: string
  /** The namespaces that the process id and the start time are counted in. */
  readonly namespaces: string
  readonly host: string
}

const UNKNOWN = '-'
const ENDED = 'ended'
const TEXT =
  /^(?<pid>[1-9]\d{0,9}) (?<started>\S+) (?<boot>\S+) (?<namespaces>\S+) (?<host>[\w.-]+)$/

let known: ProcessIdentity | undefined

/** This process, looked up once. */
export function currentProcess(): ProcessIdentity {
  return (known ??= lookUpOwn())
}

function lookUpOwn(): ProcessIdentity {
  const { hostname } = process.getBuiltinModule('node:os')
  const { pid } = process
  // Where /proc is another namespace's, our number there is somebody else's.
  const isOurProc = told(() => readlinkSync('/proc/self')) === String(pid)
  return {
    pid,
    started: isOurProc ? startOf(pid) : UNKNOWN,
    boot: told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()),
    namespaces: isOurProc ? `${namespaceOf('pid')},${namespaceOf('time')}` : UNKNOWN,
    host: hostname().replace(/[^\w.-]/g, '_') || UNKNOWN,
  }
}

/** One line of text; {@link parseProcess} reads it. */
export function formatProcess(identity: ProcessIdentity): string {
  return [identity.pid, identity.started, identity.boot, identity.namespaces, identity.host].join(
    ' ',
  )
}

/** The process that a text of {@link formatProcess} names, or null for any other text. */
export function parseProcess(text: string): ProcessIdentity | null {
  const fields = TEXT.exec(text)?.groups
  if (!fields) return null
  const { pid, started, boot, namespaces, host } = fields as Record<keyof ProcessIdentity, string>
  return { pid: Number(pid), started, boot, namespaces, host }
}

/** Whether the process lives, or lived, where its number means to us what it means to itself. */
function isNeighbour(other: ProcessIdentity): boolean {
  const own = currentProcess()
  return (
    own.boot !== UNKNOWN &&
    own.namespaces !== UNKNOWN &&
    other.boot === own.boot &&
    other.namespaces === own.namespaces &&
    other.host === own.host
  )
}

/** Whether it is certain that the process ended; false also where that cannot be known. */
export function isProvablyDead(other: ProcessIdentity): boolean {
  if (!isNeighbour(other)) return false
  if (!isRunning(other.pid)) return true
  const started = startOf(other.pid)
  return started !== UNKNOWN && other.started !== UNKNOWN && started !== other.started
}

/**
 * Whether the process ran on a machine of our name that has started anew since. It proves nothing: names are not unique,
 * and images are cloned with all that could tell their machines apart.
 */
export function isBeforeRestart(other: ProcessIdentity): boolean {
  const own = currentProcess()
  const isTold = own.boot !== UNKNOWN && other.boot !== UNKNOWN && own.host !== UNKNOWN
  return isTold && other.host === own.host && other.boot !== own.boot
}

/** Whether a process of this number may run here; one that only waits to be reaped does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return errnoOf(error) !== 'ESRCH'
  }
  return startOf(pid) !== ENDED
}

/** Start time of a process, or {@link ENDED} for a zombie, which containers without an init never reap. */
function startOf(pid: number): string {
  const stat = told(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  // The command's name, in parentheses, may hold blanks and parentheses itself; the state comes after, the start 19 later.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return ENDED
  return /^\d+$/.test(fields[19] ?? '') ? fields[19]! : UNKNOWN
}

function namespaceOf(kind: string): string {
  return told(() => readlinkSync(`/proc/self/ns/${kind}`))
}

function told(read: () => string): string {
  try {
    return read()
  } catch {
    return UNKNOWN
  }
}
