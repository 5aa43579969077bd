import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '../../errors.js'
import type { Step } from './plan.js'

/**
 * Writes the new files. It fails where one has come into being meanwhile; a link to nowhere counts as one.
 * @throws UsageError `K3SV_USAGE_OUTPUT`
 */
export function writeFiles(folder: string, steps: readonly Step[]): void {
  for (const step of steps) if (step.action === 'create') create(folder, step)
}

function create(folder: string, { path, text, mode }: Extract<Step, { action: 'create' }>): void {
  const file = join(folder, path)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof text === 'string' ? text : text.reveal(), { flag: 'wx', mode })
    // The umask may have taken the execute bit of others.
    if (mode === 0o755) chmodSync(file, mode)
  } catch {
    throw new UsageError('K3SV_USAGE_OUTPUT', `${path} cannot be written in the folder of --dir`, {
      hint: 'check that the folder can be made and written',
    })
  }
}
