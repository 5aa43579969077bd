import { expect, test } from '@jest/globals'
import { SEVERITIES, summarizeFindings } from '../src/finding.js'
import type { Severity } from '../src/finding.js'

const found = (...severities: Severity[]) =>
  severities.map((severity) => ({ rule: 'rule', severity, message: 'what is wrong' }))

test.each([
  [[], SEVERITIES, 'no findings'],
  [['note'], SEVERITIES, '1 note'],
  [['note'], ['error', 'warn'], 'no findings'],
  [['warn', 'error', 'note', 'warn'], SEVERITIES, '1 error, 2 warnings, 1 note'],
  [['warn', 'error', 'note', 'error'], ['error', 'warn'], '2 errors, 1 warning'],
] as const)('%j of %j are: %s', (severities, counted, expected) => {
  expect(summarizeFindings(found(...severities), counted)).toBe(expected)
})
