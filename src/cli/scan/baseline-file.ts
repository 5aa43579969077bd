import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../../errors.js'
import type { Io } from '../io.js'

/**
 * The text of a baseline.
 * @throws UsageError where there is none; the path is not repeated
 */
export function readBaseline(path: string, { environment: { cwd } }: Io): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8')
  } catch {
    throw new UsageError('K3SV_USAGE', 'the file of --baseline cannot be read', {
      hint: 'write one with --baseline FILE --write-baseline',
    })
  }
}

/**
 * Writes a baseline; its file is the old one or the new one at any moment.
 * @throws UsageError `K3SV_USAGE_OUTPUT`
 */
export function writeBaseline(
  path: string,
  text: string,
  { environment: { cwd }, randomBytes }: Io,
): void {
  const target = resolve(cwd, path)
  const temporary = join(dirname(target), `.k3s_vars-${randomBytes(8).toString('hex')}.tmp`)
  try {
    writeFileSync(temporary, text, { flag: 'wx' })
    renameSync(temporary, target)
  } catch {
    rmSync(temporary, { force: true })
    throw new UsageError('K3SV_USAGE_OUTPUT', 'the file of --baseline cannot be written', {
      hint: 'name a file in a folder that exists and that you can write',
    })
  }
}
