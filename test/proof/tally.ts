/** What a number of trials came to. */
export interface Tally {
  readonly trials: number
  /** What went against a promise, one line each; no secret stands in it. */
  readonly violations: readonly string[]
  /** What else is worth knowing, such as the rounds in which processes really met. */
  readonly counts: Readonly<Record<string, number>>
}

/** Counts while trials run. */
export class Counter implements Tally {
  trials = 0
  readonly violations: string[] = []
  readonly counts: Record<string, number> = {}

  count(name: string, more = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + more
  }

  /** Notes a violation unless `holds`. */
  require(holds: boolean, violation: string): void {
    if (!holds) this.violations.push(violation)
  }
}

/** Both together, as when trials are repeated. */
export function add(one: Tally, other: Tally): Tally {
  const names = new Set([...Object.keys(one.counts), ...Object.keys(other.counts)])
  return {
    trials: one.trials + other.trials,
    violations: [...one.violations, ...other.violations],
    counts: Object.fromEntries(
      [...names].map((name) => [name, (one.counts[name] ?? 0) + (other.counts[name] ?? 0)]),
    ),
  }
}
