// How the time grows that something takes with texts: of many families of texts the slowest ones are doubled.

/** A text of at least so many characters. */
export type TextOf = (length: number) => string

/** Twice the time is linear; four times is what a square makes of it. */
const TOO_STEEP = 3
const LONG = 4096
/** Milliseconds from which on a time is more than chance. */
const SOMETHING = 1
/** As many doublings as make even a small square of it seen. */
const DOUBLINGS = 5
/** Milliseconds after which enough is known. */
const ENOUGH = 300
/** As short as is needed to stop before what grows without bounds takes for ever. */
const SHORT = [
  16,
  20,
  24,
  28,
  32,
  36,
  40,
  44,
  48,
  54,
  60,
  68,
  76,
  86,
  100,
  120,
  150,
  200,
  512,
  LONG,
]
/** Milliseconds that no text of some hundred characters takes. */
const FOR_EVER = 50
const CANDIDATES = 6

/** The family in which the time grows faster than the text, with how; undefined where it never does. */
export function steepest<Family>(
  use: (text: string) => unknown,
  families: readonly Family[],
  textOf: (family: Family, length: number) => string,
): string | undefined {
  const slow: { readonly family: Family; readonly taken: number }[] = []
  for (const family of families) {
    let taken = 0
    for (const length of SHORT) {
      const text = textOf(family, length)
      taken = timeOf(use, text)
      if (length < LONG && taken > FOR_EVER && least(use, text) > FOR_EVER) {
        return `${JSON.stringify(family)}: ${taken.toFixed(0)} ms for ${length} characters`
      }
    }
    slow.push({ family, taken })
  }
  const worst = slow.sort((a, b) => b.taken - a.taken).slice(0, CANDIDATES)
  for (const { family } of worst) {
    const growth = growthOf(use, (length) => textOf(family, length))
    if (growth !== undefined) return `${JSON.stringify(family)}: ${growth}`
  }
  return undefined
}

/** The times at the last doublings, where both were too steep: a moment at which the machine did something else is no growth. */
function growthOf(use: (text: string) => unknown, textOf: TextOf): string | undefined {
  const times: number[] = []
  for (let doublings = 0; doublings <= DOUBLINGS; doublings++) {
    const time = least(use, textOf(LONG * 2 ** doublings))
    if (time >= SOMETHING) times.push(time)
    if (time > ENOUGH && times.length > 2) break
  }
  const [first, second, third] = times.slice(-3)
  if (third === undefined || second! / first! < TOO_STEEP || third / second! < TOO_STEEP) {
    return undefined
  }
  return `${times.map((time) => time.toFixed(1)).join(', ')} ms at each doubling`
}

function timeOf(use: (text: string) => unknown, text: string): number {
  const started = performance.now()
  use(text)
  return performance.now() - started
}

function least(use: (text: string) => unknown, text: string): number {
  return Math.min(timeOf(use, text), timeOf(use, text), timeOf(use, text))
}
