import { spawnSync } from 'node:child_process'
import type { Contestant } from './suite.js'

/** Wall times in milliseconds, by round, of each contestant. */
export type Times = ReadonlyMap<string, readonly number[]>

/**
 * Runs all contestants in turns, `rounds` times after one that is not counted (none where only one round is wanted), so that
 * a machine whose speed drifts treats them alike.
 */
export function measure(all: readonly Contestant[], rounds: number, cwd: string): Times {
  const times = new Map(all.map(({ name }) => [name, [] as number[]]))
  for (let round = rounds > 1 ? -1 : 0; round < rounds; round++) {
    for (const contestant of all) {
      contestant.before?.()
      const start = process.hrtime.bigint()
      const { status, stderr } = spawnSync(contestant.program, contestant.arguments, {
        cwd,
        env: contestant.environment,
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 1 << 30,
      })
      const elapsed = Number(process.hrtime.bigint() - start) / 1e6
      if (status !== 0)
        throw new Error(`${contestant.name} ended with ${status}: ${String(stderr)}`)
      if (round >= 0) times.get(contestant.name)!.push(elapsed)
    }
  }
  return times
}

/** The median of the ratios round by round: slow rounds are slow for both. */
export function ratioOf(times: Times, contestant: string, against: string): number | undefined {
  const [own, others] = [times.get(contestant), times.get(against)]
  if (own === undefined || others === undefined) return undefined
  return median(own.map((time, round) => time / others[round]!))
}

/** The middle value, or the mean of the two in the middle. */
export function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The largest resident size of a Node program in bytes, as the program itself tells it at its end. */
export function peakMemory(contestant: Contestant, probe: string, cwd: string): number {
  const { status, stderr } = spawnSync(contestant.program, contestant.arguments, {
    cwd,
    env: { ...contestant.environment, NODE_OPTIONS: `--require=${probe}` },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 30,
  })
  const peak = /PEAK (\d+)/.exec(String(stderr))?.[1]
  if (status !== 0 || peak === undefined) throw new Error(`${contestant.name} told no memory`)
  return Number(peak) * 1024
}

/** A module that has a program tell its peak, for {@link peakMemory}. */
export const MEMORY_PROBE = `process.on('exit', () => require('node:fs').writeSync(2, 'PEAK ' + process.resourceUsage().maxRSS))\n`
