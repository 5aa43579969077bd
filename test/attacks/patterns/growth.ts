// How the time grows that something takes with texts: of many families of texts the slowest ones are doubled.

/** Twice the time is linear; four times is what a square makes of it. */
const TOO_STEEP = 3
const LONG = 4096
/** Milliseconds from which on a time is more than chance. */
const SOMETHING = 1
/** As many doublings as make even a small square of it seen. */
const DOUBLINGS = 5
/** Milliseconds after which enough is known. */
const ENOUGH = 60
/** As short as is needed to stop before what grows without bounds takes for ever. */
const SHORT = [20, 24, 28, 32, 36, 40, 44, 48, 54, 60, 68, 76, 86, 100, 120, 150]
/** Where a cube shows. */
const MEDIUM = [300, 1000]
/** Milliseconds that no text of some hundred characters takes. */
const FOR_EVER = 50
/** Milliseconds for looking at all families once. */
const MOST = 700
const CANDIDATES = 4
const CONFIRMATIONS = 3

export interface Growth<Family> {
  readonly textOf: (family: Family, length: number) => string
  /** Whether time without bounds can come already of a short text, as of repetitions within repetitions. */
  readonly mayExplode: boolean
  /** {@link processorTime} if absent. */
  readonly timeOf?: TimeOf
}

/** Milliseconds that it takes with a text. */
type TimeOf = (use: (text: string) => unknown, text: string) => number

/** The family in which the time grows faster than the text, with how; undefined where it never does. */
export function steepest<Family>(
  use: (text: string) => unknown,
  families: readonly Family[],
  { textOf, mayExplode, timeOf = processorTime }: Growth<Family>,
): string | undefined {
  const slow: { readonly family: Family; readonly taken: number }[] = []
  let spent = 0
  for (const family of families) {
    for (const length of [...(mayExplode ? SHORT : []), ...MEDIUM]) {
      const taken = timeOf(use, textOf(family, length))
      if (taken > FOR_EVER && least(timeOf, use, textOf(family, length)) > FOR_EVER) {
        return `${JSON.stringify(family)}: ${taken.toFixed(0)} ms for ${length} characters`
      }
    }
    const taken = timeOf(use, textOf(family, LONG))
    slow.push({ family, taken })
    // What takes long with every family is looked at closely for some of them.
    spent += taken
    if (spent > MOST) break
  }
  const worst = slow.sort((a, b) => b.taken - a.taken).slice(0, CANDIDATES)
  for (const { family } of worst) {
    const growth = confirmed(() => growthOf((length) => least(timeOf, use, textOf(family, length))))
    if (growth !== undefined) return `${JSON.stringify(family)}: ${growth}`
  }
  return undefined
}

/** A machine that is busy with something else makes a growth once, and not each time. */
function confirmed(measure: () => string | undefined): string | undefined {
  let growth: string | undefined
  for (let time = 0; time < CONFIRMATIONS; time++) {
    growth = measure()
    if (growth === undefined) return undefined
  }
  return growth
}

/** The times at the last doublings, where both were too steep. */
function growthOf(timeFor: (length: number) => number): string | undefined {
  const times: number[] = []
  for (let doublings = 0; doublings <= DOUBLINGS; doublings++) {
    const time = timeFor(LONG * 2 ** doublings)
    if (time >= SOMETHING) times.push(time)
    if (time > ENOUGH && times.length > 2) break
  }
  const [first, second, third] = times.slice(-3)
  if (third === undefined || second! / first! < TOO_STEEP || third / second! < TOO_STEEP) {
    return undefined
  }
  return `${times.map((time) => time.toFixed(1)).join(', ')} ms at each doubling`
}

/** Of the processor, so that what else runs on the machine counts little. */
function processorTime(use: (text: string) => unknown, text: string): number {
  const started = process.cpuUsage()
  use(text)
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1000
}

/** The least of three, where the first is not so long that chance hardly counts. */
function least(timeOf: TimeOf, use: (text: string) => unknown, text: string): number {
  const first = timeOf(use, text)
  if (first > ENOUGH) return first
  return Math.min(first, timeOf(use, text), timeOf(use, text))
}
