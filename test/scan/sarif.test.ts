import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from '@jest/globals'
import { findingOf } from '../../src/scan/finding.js'
import type { Hit, ScanFinding } from '../../src/scan/finding.js'
import { SCAN_RULES } from '../../src/scan/rules.js'
import type { ScanRuleId } from '../../src/scan/rules.js'
import { toSarif } from '../../src/scan/sarif.js'

// The package brings the JSON Schema of SARIF 2.1.0, of draft 4: ajv reads newer drafts, which differ in its own name alone.
const SCHEMA = '../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'
const schema = JSON.parse(readFileSync(join(import.meta.dirname, SCHEMA), 'utf8')) as object
// What ajv would look for elsewhere is left out.
const isValid = new Ajv({
  strict: false,
  validateFormats: false,
  unicodeRegExp: false,
}).compile({ ...schema, $schema: undefined, id: undefined } as object)

function problemsOf(log: unknown): unknown {
  return isValid(log) ? null : isValid.errors
}

function finding(hit: Partial<Hit>, path = 'a b/ü.yml'): ScanFinding {
  return findingOf({ rule: 'plain-token', key: 'token', ...hit }, { path, file: `/x/${path}` })
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly locations: readonly { readonly physicalLocation: { readonly region: object } }[]
      readonly partialFingerprints: Readonly<Record<string, string>>
    }[]
  }[]
}

function sarif(...findings: readonly ScanFinding[]): Log {
  return toSarif(findings, { version: '1.2.3', uriOf: ({ place }) => encodeURI(place.file) }) as Log
}

test('a log is valid with every rule, with and without a line', () => {
  const rules = Object.keys(SCAN_RULES) as ScanRuleId[]
  const findings = rules.flatMap((rule) => [
    finding({ rule, line: 3, column: 9 }),
    finding({ rule, severity: 'note', key: '', fingerprint: '0123456789ab' }),
  ])
  expect(problemsOf(sarif(...findings))).toBeNull()
  expect(problemsOf(sarif())).toBeNull()
})

test('the schema that says so refuses what is no log', () => {
  expect(problemsOf({ version: '2.1.0' })).not.toBeNull()
  expect(problemsOf({ ...sarif(), runs: [{ results: [{}] }] })).not.toBeNull()
  expect(problemsOf({ ...sarif(), extra: 1 })).not.toBeNull()
})

test('each result names a rule of the table, its level, and what a code host needs', () => {
  const run = sarif(finding({ line: 3, column: 9 }), finding({ rule: 'weak-token' })).runs[0]!
  for (const { ruleId, ruleIndex } of run.results) {
    expect(run.tool.driver.rules[ruleIndex]!.id).toBe(ruleId)
  }
  expect(run.results[0]).toMatchObject({
    level: 'error',
    message: { text: 'a token stands here in plain text (token)' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20b/%C3%BC.yml' },
          region: { startLine: 3, startColumn: 9 },
        },
      },
    ],
  })
  expect(run.results[1]).toMatchObject({ level: 'warning' })
  expect(run.results[1]!.locations[0]!.physicalLocation.region).toEqual({ startLine: 1 })
})

test('fingerprints stay when lines move, differ within a file, and do not come from the token', () => {
  const marks = (...findings: ScanFinding[]): string[] =>
    sarif(...findings).runs[0]!.results.map(
      ({ partialFingerprints }) => partialFingerprints['k3sVarsPlace/v1']!,
    )
  const first = finding({ line: 3, fingerprint: 'aaaaaaaaaaaa' })
  expect(marks(first)).toEqual(marks(finding({ line: 99, column: 2, fingerprint: 'bbbbbbbbbbbb' })))
  expect(new Set(marks(first, first, finding({ key: 'other' }), finding({}, 'b.yml'))).size).toBe(4)
})
