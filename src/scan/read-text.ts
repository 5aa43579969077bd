import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'

/** What is larger is data and no file that people keep tokens in. */
const MAX_BYTES = 10 * 1024 * 1024
/** As Git does it: a file with a zero byte near its beginning is binary. */
const LOOK = 8000

export type TextFile =
  | { readonly form: 'text'; readonly text: string; readonly mode: number }
  | { readonly form: 'binary' | 'large' | 'gone' | 'unreadable' }

/** The text of a file without its byte order mark; what is not UTF-8 in it is replaced. Never waits and never throws. */
export function readTextFile(file: string): TextFile {
  let descriptor: number
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    return { form: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable' }
  }
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) return { form: 'unreadable' }
    if (stats.size > MAX_BYTES) return { form: 'large' }
    const bytes = readFileSync(descriptor)
    const encoding = encodingOf(bytes)
    if (encoding === undefined) return { form: 'binary' }
    return { form: 'text', text: new TextDecoder(encoding).decode(bytes), mode: stats.mode }
  } catch {
    return { form: 'unreadable' }
  } finally {
    closeSync(descriptor)
  }
}

/** Histories of PowerShell are UTF-16. */
function encodingOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes.subarray(0, LOOK).includes(0) ? undefined : 'utf-8'
}
