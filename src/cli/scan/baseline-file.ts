// The file of --baseline; its path is never repeated.
import { renameSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../../errors.js'
import { targetOf, writeThrough } from '../../files/atomic-write.js'
import { readGuarded } from '../../files/guarded-read.js'
import type { Io } from '../io.js'

/** A finding takes some hundred bytes. */
const MOST_BYTES = 64 * 1024 * 1024

/**
 * The text of a baseline.
 * @throws UsageError where there is none
 */
export function readBaseline(path: string, { environment: { cwd } }: Io): string {
  const text = textOf(resolve(cwd, path))
  if (text !== undefined) return text
  throw new UsageError('K3SV_USAGE', 'the file of --baseline cannot be read', {
    hint: 'write one with --baseline FILE --write-baseline',
  })
}

function textOf(file: string): string | undefined {
  try {
    const rules = { from: 'stream', links: 'follow', most: MOST_BYTES } as const
    return readGuarded(file, rules)?.bytes.toString()
  } catch {
    return undefined
  }
}

/**
 * Writes a baseline; its file is the old one or the new one at any moment.
 * @throws UsageError `K3SV_USAGE_OUTPUT`
 */
export function writeBaseline(path: string, text: string, { environment: { cwd } }: Io): void {
  const file = resolve(cwd, path)
  try {
    writeThrough(targetOf(file), { bytes: Buffer.from(text), access: 'shared' }, (temporary) =>
      renameSync(temporary, file),
    )
  } catch {
    throw new UsageError('K3SV_USAGE_OUTPUT', 'the file of --baseline cannot be written', {
      hint: 'name a file in a folder that exists and that you can write',
    })
  }
}
