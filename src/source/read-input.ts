import { readSync } from 'node:fs'
import { UsageError } from '../errors.js'
import { pause } from './pause.js'

const STDIN = 0
const CHUNK = 65_536
/** Half a million hosts with their addresses. */
const MOST_BYTES = 64 * 1024 * 1024

/**
 * All that stands on standard input; nothing where a terminal or no stream at all is there.
 * @throws UsageError `K3SV_USAGE`
 */
export function readInput(): string {
  const { isatty } = process.getBuiltinModule('node:tty')
  if (isatty(STDIN)) return ''
  const chunks: Buffer[] = []
  let size = 0
  for (;;) {
    const chunk = readChunk()
    if (chunk.length === 0) return Buffer.concat(chunks).toString('utf8')
    chunks.push(chunk)
    size += chunk.length
    if (size > MOST_BYTES) throw unreadable('is longer than any question')
  }
}

/** Empty at the end. A stream that somebody made non-blocking has nothing for the moment: it is tried again. */
function readChunk(): Buffer {
  const chunk = Buffer.alloc(CHUNK)
  for (;;) {
    try {
      return chunk.subarray(0, readSync(STDIN, chunk))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EBADF') return chunk.subarray(0, 0)
      if (code !== 'EAGAIN')
        throw unreadable(`cannot be read${code === undefined ? '' : ` (${code})`}`)
      pause()
    }
  }
}

function unreadable(why: string): UsageError {
  return new UsageError('K3SV_USAGE', `standard input ${why}`, {
    hint: 'only the plugins call this: see what calls it',
  })
}
