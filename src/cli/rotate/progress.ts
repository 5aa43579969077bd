// How far the play is, from the program that decides in it to the one that started it: a small file, replaced whole at each round.
import { renameSync, readFileSync, writeFileSync } from 'node:fs'
import type { Environment } from '../../environment.js'

/** Names the file; set by `k3s-vars rotate` for the play that it runs. */
export const PROGRESS_VARIABLE = 'K3S_VARS_ROTATE_PROGRESS'

export interface RoundNote {
  readonly phase: string
  readonly line: string
  readonly files: string
  readonly processes: string
}

interface Told {
  readonly phase: string
  readonly lines: readonly string[]
  readonly [more: string]: unknown
}

/** Notes what the round came to, where somebody wants to know; it matters to nobody else whether that fails. */
export function noteProgress({ variables }: Environment, { phase, lines, counts }: Told): void {
  const file = variables[PROGRESS_VARIABLE]
  if (file === undefined || file === '') return
  const { files, processes } = counts as Record<string, { done: number; of: number }>
  const of = (count: { done: number; of: number } | undefined): string =>
    count === undefined ? '' : `${count.done}/${count.of}`
  const note: RoundNote = {
    phase,
    line: lines[0] ?? '',
    files: of(files),
    processes: of(processes),
  }
  try {
    writeFileSync(`${file}.next`, JSON.stringify(note), { mode: 0o600 })
    renameSync(`${file}.next`, file)
  } catch {
    // The rotation goes on.
  }
}

/** The last note; undefined where there is none yet. */
export function readProgress(file: string): RoundNote | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RoundNote
  } catch {
    return undefined
  }
}
