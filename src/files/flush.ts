// Names are safe from a power cut only when their folder has been flushed; a file's own flush says nothing of its name.
import { closeSync, constants, fsyncSync, openSync } from 'node:fs'
import { errnoOf, fileError } from './file-error.js'
import { systemPath } from './path-bytes.js'

/** What a file system answers that cannot flush a folder; then there is nothing to wait for. */
const NO_FOLDER_SYNC = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EROFS'])

/**
 * Waits until the names in a folder are on the disk, whoever made them. A folder that we may not list is passed over.
 * @throws FileError
 */
export function flushFolder(folder: string): void {
  let descriptor: number | undefined
  try {
    descriptor = openFolder(folder)
    flushDescriptor(descriptor)
  } catch (error) {
    if (errnoOf(error) !== 'EACCES') throw fileError(error, folder)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** A descriptor of a folder, for {@link flushDescriptor}. */
export function openFolder(folder: string): number {
  return openSync(systemPath(folder), constants.O_RDONLY | constants.O_DIRECTORY)
}

/** As {@link flushFolder}, for a folder that is open. */
export function flushDescriptor(folder: number): void {
  try {
    fsyncSync(folder)
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(errnoOf(error))) throw error
  }
}
