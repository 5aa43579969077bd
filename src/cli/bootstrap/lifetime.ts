import { UsageError } from '../../errors.js'

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }
const SHORTEST_SECONDS = 60
const LONGEST_SECONDS = 30 * 86_400

/**
 * The seconds that `90s`, `30m`, `1h` or `7d` are.
 * @throws UsageError for anything else, and for less than a minute or more than 30 days
 */
export function parseLifetime(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,7})([smhd])$/.exec(text) ?? []
  const seconds = Number(count) * (UNITS[unit] ?? 0)
  if (seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) return seconds
  throw new UsageError('K3SV_USAGE', '--ttl is a minute to 30 days, as 90s, 30m, 1h or 7d', {
    hint: 'what should never end is a token of the agents: agent_token: true',
  })
}
