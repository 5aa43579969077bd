// yargs-parser 22 reads the argument `-` as an empty text, and leaves that out of lists: yargs gets another name for it.
import { COMPLETION_OPTION } from './completions.js'

/** A name that no argument can have: none holds a NUL. */
const DASH = '\0-'

/** The words with that name for `-`; but what completes a word has to see it. */
export function hideDash(words: readonly string[]): string[] {
  const isCompletion = words.includes(COMPLETION_OPTION)
  return words.map((word) => (word === '-' && !isCompletion ? DASH : word))
}

/** What yargs made of them, with `-` again. */
export function restoreDash(
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const restore = (value: unknown): unknown => (value === DASH ? '-' : value)
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(restore) : restore(value),
    ]),
  )
}
