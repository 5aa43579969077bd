import { describe, expect, test } from '@jest/globals'
import { formatAge, formatTable } from '../../src/cli/answer.js'

describe('a table', () => {
  test('has its columns under each other, without blanks at the end', () => {
    expect(
      formatTable([
        ['NAME', 'ROLE'],
        ['prod', 'k3s-io'],
        ['b', '-'],
      ]),
    ).toEqual(['NAME  ROLE', 'prod  k3s-io', 'b     -'])
  })
})

describe('an age', () => {
  const now = new Date('2026-11-24T10:00:00Z')
  test.each([
    ['2026-11-24T10:00:00Z', '0m'],
    ['2026-11-24T09:58:01Z', '1m'],
    ['2026-11-24T08:00:00Z', '2h'],
    ['2026-11-23T10:00:00Z', '1d'],
    ['2025-11-24T10:00:00Z', '365d'],
    ['2026-11-24T10:00:30Z', '0m'],
  ])('of %s is %s', (created, age) => {
    expect(formatAge(created, now)).toBe(age)
  })
})
