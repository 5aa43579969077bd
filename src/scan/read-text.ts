import { FileError } from '../files/file-error.js'
import { readGuarded } from '../files/guarded-read.js'

/** What is larger is data and no file that people keep tokens in. */
const MOST_BYTES = 10 * 1024 * 1024
/** As Git does it: a file with a zero byte near its beginning is binary. */
const LOOK = 8000

export type TextFile =
  | { readonly form: 'text'; readonly text: string; readonly mode: number }
  | { readonly form: 'binary' | 'large' | 'gone' | 'unreadable' }

/** The text of a file without its byte order mark; what is not UTF-8 in it is replaced. Never waits and never throws. */
export function readTextFile(file: string): TextFile {
  try {
    const found = readGuarded(file, { from: 'live file', links: 'follow', most: MOST_BYTES })
    if (found === null) return { form: 'gone' }
    const { bytes, stats } = found
    const encoding = encodingOf(bytes)
    if (encoding === undefined) return { form: 'binary' }
    return { form: 'text', text: new TextDecoder(encoding).decode(bytes), mode: stats.mode }
  } catch (error) {
    const isLarge = error instanceof FileError && error.reason === 'too large'
    return { form: isLarge ? 'large' : 'unreadable' }
  }
}

/** Histories of PowerShell are UTF-16. */
function encodingOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes.subarray(0, LOOK).includes(0) ? undefined : 'utf-8'
}
