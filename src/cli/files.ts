import { readFileSync, statSync } from 'node:fs'

/** Whether a file, or something that a file can be read from such as a pipe, lies at the path. */
export function isFile(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats !== undefined && !stats.isDirectory()
}

/** The text of a file, or undefined where there is none to be read. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
