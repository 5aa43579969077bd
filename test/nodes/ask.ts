import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const SCRIPT = join(import.meta.dirname, 'ask.py')

/** What a part of the nodes' Python answers to each case; one process for all. */
export function ask<Answer>(part: string, cases: readonly unknown[]): readonly Answer[] {
  const text = execFileSync('python3', ['-B', SCRIPT, part], { input: JSON.stringify(cases) })
  return JSON.parse(text.toString()) as Answer[]
}
