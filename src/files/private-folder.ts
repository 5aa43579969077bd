// A place for a plain text that an editor works on: a folder of our own that nobody else can look into, in memory where the
// machine has such a place. It is wiped when it is closed; what a killed process left is wiped by the next one.
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Environment } from '../environment.js'
import { fileError } from './file-error.js'
import { namesIn, systemPath } from './path-bytes.js'
import { currentProcess, formatProcess, isProvablyDead, parseProcess } from './process-identity.js'

const PREFIX = 'k3s-vars-edit-'
const OWNER = '.k3s-vars-owner'

export interface PrivateFile {
  readonly path: string
  /** What the file holds now. @throws FileError where the editor has taken it away */
  read(): Buffer
  /** Wipes and removes the file and everything beside it, such as an editor's own copies; safe to call twice. Never throws. */
  wipe(): Wiped
}

/** What of a private folder could not be wiped; all else is gone. Absolute paths. */
export interface Wiped {
  /** Removed, but not overwritten before. */
  readonly removedOnly: readonly string[]
  /** Still there. */
  readonly left: readonly string[]
}

/** The folders that may hold private files, the best one first: in memory and ours alone, in memory, on the disk. */
export function privateBases({ variables }: Environment): readonly string[] {
  const runtime = variables['XDG_RUNTIME_DIR']
  return [runtime, '/dev/shm', variables['TMPDIR'], '/tmp'].filter(
    (path): path is string =>
      path !== undefined && isAbsolute(path) && isUsable(path, path === runtime),
  )
}

/**
 * Writes the content to a file of this name, mode 0600, in a new folder of mode 0700.
 * @param base one of {@link privateBases}
 * @throws FileError
 */
export function createPrivateFile(
  base: string,
  { name, content }: { readonly name: string; readonly content: Buffer },
): PrivateFile {
  let folder: string | undefined
  try {
    folder = mkdtempSync(join(base, PREFIX))
    const path = join(folder, name)
    const flag = { mode: 0o600, flag: 'wx' }
    writeFileSync(join(folder, OWNER), formatProcess(currentProcess()), flag)
    writeFileSync(path, content, flag)
    return privateFile(folder, path)
  } catch (error) {
    if (folder !== undefined) wipeFolder(folder)
    throw fileError(error, base)
  }
}

function privateFile(folder: string, path: string): PrivateFile {
  return {
    path,
    read() {
      try {
        return readFileSync(path)
      } catch (error) {
        throw fileError(error, path)
      }
    },
    wipe: () => wipeFolder(folder),
  }
}

/** Wipes what processes of ours left that are dead for certain. */
export function wipeStaleFolders(bases: readonly string[]): Wiped {
  const stale = bases.flatMap((base) =>
    namesThere(base)
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => join(base, name))
      .filter((folder) => isOurs(folder) && isStale(folder)),
  )
  const wiped = stale.map(wipeFolder)
  return {
    removedOnly: wiped.flatMap(({ removedOnly }) => removedOnly),
    left: wiped.flatMap(({ left }) => left),
  }
}

/** A base that we may write need not be one that we may list. */
function namesThere(base: string): string[] {
  try {
    return namesIn(base)
  } catch {
    return []
  }
}

/** A folder whose owner cannot be told is one that was being made; a living process needs a moment for that. */
function isStale(folder: string): boolean {
  try {
    const owner = parseProcess(readFileSync(join(folder, OWNER), 'utf8'))
    if (owner !== null) return isProvablyDead(owner)
  } catch {
    // Judged by its age.
  }
  const made = lstatSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity
  return Date.now() - made > 60_000
}

function isOurs(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false })
  return stats?.isDirectory() === true && stats.uid === process.geteuid!()
}

function isUsable(path: string, isMeantPrivate: boolean): boolean {
  try {
    const stats = statSync(path)
    accessSync(path, constants.W_OK | constants.X_OK)
    const isPrivate = stats.uid === process.geteuid!() && (stats.mode & 0o077) === 0
    return stats.isDirectory() && (isPrivate || !isMeantPrivate)
  } catch {
    return false
  }
}

/**
 * Overwrites before removing: on a disk that helps against a simple undelete, and against no more. What cannot be overwritten or
 * removed keeps nothing else from it.
 */
function wipeFolder(folder: string): Wiped {
  const removedOnly: string[] = []
  const left: string[] = []
  const wipe = (path: string): void => {
    const stats = lstatSync(systemPath(path), { throwIfNoEntry: false })
    if (stats === undefined) return
    if (stats.isDirectory()) {
      const names = namesOf(path)
      for (const name of names ?? []) wipe(join(path, name))
      if (
        !succeeds(() => rmdirSync(systemPath(path))) &&
        (names === undefined || names.length === 0)
      ) {
        left.push(path)
      }
      return
    }
    const isOverwritten = !stats.isFile() || tryOverwrite(path)
    if (!succeeds(() => unlinkSync(systemPath(path)))) left.push(path)
    else if (!isOverwritten) removedOnly.push(path)
  }
  if (!succeeds(() => wipe(folder)) && left.length === 0) left.push(folder)
  return { removedOnly, left }
}

/** The names in a folder, whose rights an editor may have taken away; undefined where it cannot be listed all the same. */
function namesOf(folder: string): string[] | undefined {
  succeeds(() => chmodSync(systemPath(folder), 0o700))
  try {
    return namesIn(folder)
  } catch {
    return undefined
  }
}

/** An editor may have made a file read-only. */
function tryOverwrite(path: string): boolean {
  if (succeeds(() => overwrite(path))) return true
  return succeeds(() => chmodSync(systemPath(path), 0o600)) && succeeds(() => overwrite(path))
}

function succeeds(action: () => void): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}

const CHUNK = Buffer.alloc(64 * 1024)

function overwrite(path: string): void {
  const descriptor = openSync(
    systemPath(path),
    constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  )
  try {
    const { size } = fstatSync(descriptor)
    for (let at = 0; at < size;) {
      at += writeSync(descriptor, CHUNK, 0, Math.min(CHUNK.length, size - at), at)
    }
    fsyncSync(descriptor)
    ftruncateSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
