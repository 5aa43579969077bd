import { describe, expect, test } from '@jest/globals'
import { StoreError } from '../../../src/errors.js'
import {
  findingOf,
  formatFinding,
  sortFindings,
  summarize,
} from '../../../src/cli/check/finding.js'
import type { CheckFinding, Severity } from '../../../src/cli/check/finding.js'

function finding(severity: Severity, rule = 'rule'): CheckFinding {
  return { rule, severity, message: 'message' }
}

describe('a finding', () => {
  test('is one line with everything that is known, and a hint below', () => {
    const error = new StoreError('K3SV_STORE_FULL', 'the disk is full', {
      location: { file: 'prod.yml', line: 3 },
      hint: 'make room',
    })
    expect(formatFinding(findingOf(error, 'prod'))).toEqual([
      'error: prod: the disk is full [prod.yml:3] (K3SV_STORE_FULL)',
      '  hint: make room',
    ])
  })

  test('leaves out what it does not have', () => {
    expect(formatFinding(finding('warn'))).toEqual(['warning: message (rule)'])
  })
})

describe('findings', () => {
  test('stand with the worst first, else in the order found', () => {
    const found = [finding('note'), finding('warn'), finding('error', 'a'), finding('error', 'b')]
    expect(sortFindings(found).map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
      'error a',
      'error b',
      'warn rule',
      'note rule',
    ])
  })

  test.each<[Severity[], string]>([
    [[], 'no findings'],
    [['note'], 'no findings'],
    [['warn'], '1 warning'],
    [['error', 'warn', 'error', 'warn'], '2 errors, 2 warnings'],
  ])('%j are summed up as %s', (severities, summary) => {
    expect(summarize(severities.map((severity) => finding(severity)))).toBe(summary)
  })
})
