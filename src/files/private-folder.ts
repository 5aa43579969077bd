// A place for a plain text that an editor works on: a folder of our own that nobody else can look into, in memory where the
// machine has such a place. It is wiped when it is closed; what a killed process left is wiped by the next one.
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Environment } from '../environment.js'
import { fileError } from './file-error.js'
import { currentProcess, formatProcess, isProvablyDead, parseProcess } from './process-identity.js'

const PREFIX = 'k3s-vars-edit-'
const OWNER = '.k3s-vars-owner'

export interface PrivateFile {
  readonly path: string
  /** What the file holds now. @throws FileError where the editor has taken it away */
  read(): Buffer
  /** Wipes and removes the file and everything beside it, such as an editor's own copies; safe to call twice. */
  wipe(): void
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
export function wipeStaleFolders(bases: readonly string[]): void {
  for (const base of bases) {
    for (const name of namesIn(base).filter((each) => each.startsWith(PREFIX))) {
      const folder = join(base, name)
      if (isOurs(folder) && isStale(folder)) wipeFolder(folder)
    }
  }
}

/** A base that we may write need not be one that we may list. */
function namesIn(base: string): string[] {
  try {
    return readdirSync(base)
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

/** Overwrites before removing: on a disk that helps against a simple undelete, and against no more. */
function wipeFolder(folder: string): void {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((each) => each.isFile())) {
      tryOverwrite(join(entry.parentPath, entry.name))
    }
  } catch {
    // What cannot be listed is still removed.
  }
  rmSync(folder, { recursive: true, force: true })
}

/** A file that an editor made read-only keeps none of the others from being wiped, and is still removed. */
function tryOverwrite(path: string): void {
  try {
    overwrite(path)
  } catch {
    try {
      chmodSync(path, 0o600)
      overwrite(path)
    } catch {
      // Removed with the folder.
    }
  }
}

function overwrite(path: string): void {
  const descriptor = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW)
  try {
    writeSync(descriptor, Buffer.alloc(lstatSync(path).size))
    fsyncSync(descriptor)
    ftruncateSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
