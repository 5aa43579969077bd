// What of the corpus is found, and what is called a token that is none: test/scan/corpus/README.md says what the halves are.
import { expect, test } from '@jest/globals'
import { readLabels, scoreHalf } from './score.js'
import type { Half } from './score.js'

/** What each half reaches; it only ever goes up. */
const FLOORS: Readonly<Record<Half, { recall: number; precision: number; quiet: number }>> = {
  tuning: { recall: 0.99, precision: 0.99, quiet: 0.99 },
  'held-out': { recall: 0.99, precision: 0.99, quiet: 0.99 },
}
const HALVES: readonly Half[] = ['tuning', 'held-out']

test.each(HALVES)('the %s half', async (half) => {
  const { recall, precision, quiet, missed, falseAlarms } = await scoreHalf(half)
  const isReached =
    recall >= FLOORS[half].recall &&
    precision >= FLOORS[half].precision &&
    quiet >= FLOORS[half].quiet
  // The names, if one figure is not reached.
  const told = { recall, precision, quiet, missed, falseAlarms }
  expect(isReached ? undefined : told).toBeUndefined()
})

test.each(HALVES)('every label of the %s half names a line that is there, once', (half) => {
  const names = readLabels(half).map(({ file, line }) => `${file}:${line}`)
  expect(new Set(names).size).toBe(names.length)
})
