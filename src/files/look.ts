// Looking at a path that somebody named. Node's `throwIfNoEntry: false` is not enough: it throws for a name that is too long,
// and up to Node 20 for a path through a file, though nothing can lie there either.
import { lstatSync, statSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { fileError, isAbsence } from './file-error.js'
import { systemPath } from './path-bytes.js'

/**
 * What lies at the path, links followed; undefined where nothing does.
 * @throws FileError where that cannot be told
 */
export function statIfThere(path: string): Stats | undefined {
  return unlessAbsent(path, statSync)
}

/**
 * What the name itself stands for, be it a link that points nowhere; undefined where there is no such name.
 * @throws FileError where that cannot be told
 */
export function lstatIfThere(path: string): Stats | undefined {
  return unlessAbsent(path, lstatSync)
}

/** Whether a folder, or a link to one, can be seen at the path. */
export function isFolder(path: string): boolean {
  return statIfSeen(path)?.isDirectory() === true
}

/** Whether a file, or something that a file can be read from such as a pipe, can be seen at the path. */
export function isFile(path: string): boolean {
  return statIfSeen(path)?.isDirectory() === false
}

/** What can be seen at the path, links followed; undefined also where that cannot be told, as whoever uses it will be. */
export function statIfSeen(path: string): Stats | undefined {
  try {
    return statIfThere(path)
  } catch {
    return undefined
  }
}

type Look = (path: string | Buffer, options: { throwIfNoEntry: false }) => Stats | undefined

function unlessAbsent(path: string, look: Look): Stats | undefined {
  try {
    // Making an error takes longer than the whole call.
    return look(systemPath(path), { throwIfNoEntry: false })
  } catch (error) {
    if (isAbsence(error)) return undefined
    throw fileError(error, path)
  }
}
