import { UsageError } from '../errors.js'
import { pause } from './pause.js'

/**
 * The error for an answer that standard output does not take; undefined for a reader that has seen enough, such as `head`,
 * which is no fault.
 */
export function outputFault(error: unknown): UsageError | undefined {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EPIPE') return undefined
  const why = code === undefined ? '' : ` (${code})`
  return new UsageError(
    'K3SV_USAGE_OUTPUT',
    `the answer cannot be written to standard output${why}`,
    { hint: 'see where standard output leads to, such as a full disk, and run it again' },
  )
}

/**
 * Writes all of `text` through `write`, which answers how many bytes it took. Synchronous, because Ansible's pipe then
 * holds the whole document before the process ends, and because loading `process.stdout` costs more than the writing.
 * A descriptor that was made non-blocking by whoever opened it answers EAGAIN while it is full: it is tried again.
 */
export function writeAll(text: string, write: (bytes: Uint8Array) => number): void {
  let rest: Uint8Array = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(write(rest))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      pause()
    }
  }
}
