// How old a token is, and what is too old.
import { UsageError } from '../errors.js'

const SECONDS: Readonly<Record<string, number>> = { h: 3600, d: 86_400, w: 7 * 86_400 }

/**
 * The milliseconds that `12h`, `90d` or `26w` are.
 * @param name the option that it was given with, for errors
 * @throws UsageError for anything else
 */
export function parseAge(text: string, name: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? []
  const seconds = Number(count) * (SECONDS[unit] ?? 0)
  if (seconds > 0) return seconds * 1000
  throw new UsageError('K3SV_USAGE', `${name} is an age, as 12h, 90d or 26w`, {
    hint: `for three months: ${name} 90d`,
  })
}

/** Whether a date in RFC 3339 lies longer ago. */
export function isOlder(created: string, age: number, now: Date): boolean {
  return now.getTime() - Date.parse(created) > age
}
