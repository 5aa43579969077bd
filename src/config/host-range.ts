// Host range patterns as Ansible expands them: plugins/inventory/__init__.py, detect_range and expand_hostname_range.

/** More hosts than this from one pattern are a slip of the finger. */
export const MOST_HOSTS = 100_000

/** Characters of a pattern; DNS has names of 253. */
const LONGEST = 1000

/** In the order of a range. */
export const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * All host names of a pattern such as `web[01:10:3].example`; the pattern itself where it holds no range.
 * @returns null where Ansible would refuse the pattern, where it is longer than 1000 characters, or where it stands for
 * more than {@link MOST_HOSTS} hosts
 */
export function expandHosts(pattern: string): string[] | null {
  return pattern.length > LONGEST ? null : expand(pattern)
}

function expand(pattern: string): string[] | null {
  if (!pattern.includes('[')) return [pattern]
  // Ansible splits at the first bracket of each kind, by way of `|`.
  const match = /^([^[\]|]*)\[([^\]|]*)\]([^|]*)$/.exec(pattern)
  if (!match) return null
  const [, head = '', range = '', tail = ''] = match
  const middle = expandRange(range)
  const rest = expand(tail)
  if (middle === null || rest === null || middle.length * rest.length > MOST_HOSTS) return null
  return middle.flatMap((part) => rest.map((end) => head + part + end))
}

function expandRange(range: string): string[] | null {
  const bounds = range.split(':')
  if (bounds.length > 3) return null
  const [begin = '', end = '', stepText = '1'] = bounds
  if (end === '' || !/^\d+$/.test(stepText)) return null
  const step = Number(stepText)
  if (step === 0) return null
  return begin !== '' && LETTERS.includes(begin) && begin.length === 1
    ? letters(begin, end, step)
    : numbers(begin || '0', end, step)
}

function letters(begin: string, end: string, step: number): string[] | null {
  const [from, to] = [LETTERS.indexOf(begin), LETTERS.indexOf(end)]
  if (end.length !== 1 || to < from) return null
  return [...LETTERS.slice(from, to + 1)].filter((_, index) => index % step === 0)
}

function numbers(begin: string, end: string, step: number): string[] | null {
  if (!/^\d+$/.test(begin) || !/^\d+$/.test(end)) return null
  // A leading zero asks for that width, and both ends must have it.
  const width = begin.length > 1 && begin.startsWith('0') ? begin.length : 0
  if (width > 0 && end.length !== width) return null
  const [from, to] = [Number(begin), Number(end)]
  if (!Number.isSafeInteger(to) || to < from || (to - from) / step >= MOST_HOSTS) return null
  const count = Math.floor((to - from) / step) + 1
  return Array.from({ length: count }, (_, index) =>
    String(from + index * step).padStart(width, '0'),
  )
}
