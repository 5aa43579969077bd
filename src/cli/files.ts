import { readGuarded } from '../files/guarded-read.js'

/** What Ansible reads variables from has some kilobytes. */
const MOST_BYTES = 64 * 1024 * 1024

/** The text of a regular file, or undefined where there is none that can be read. */
export function readIfThere(file: string): string | undefined {
  try {
    const found = readGuarded(file, { from: 'live file', links: 'follow', most: MOST_BYTES })
    return found?.bytes.toString()
  } catch {
    return undefined
  }
}
