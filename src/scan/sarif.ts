// Findings as SARIF 2.1.0, which code hosts show beside the lines (OASIS, Static Analysis Results Interchange Format).
import { createHash } from 'node:crypto'
import { SEVERITY_WORDS } from '../finding.js'
import type { Severity } from '../finding.js'
import type { ScanFinding } from './finding.js'
import { SCAN_RULES } from './rules.js'
import type { ScanRuleId } from './rules.js'

export interface SarifOptions {
  readonly version: string
  /** The URI of a finding's file: relative to the repository's top, or absolute. */
  readonly uriOf: (finding: ScanFinding) => string
}

/** How GitHub ranks alerts of security: from 7 on they are high, from 4 on medium. */
const RANKS: Readonly<Record<Severity, string>> = { error: '8.0', warn: '5.0', note: '2.0' }
const RULE_IDS = Object.keys(SCAN_RULES) as ScanRuleId[]

/** The log of one scan. */
export function toSarif(findings: readonly ScanFinding[], options: SarifOptions): object {
  const driver = {
    name: 'k3s-vars',
    semanticVersion: options.version,
    rules: RULE_IDS.map(describeRule),
  }
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        columnKind: 'utf16CodeUnits',
        results: describeAll(findings, options),
      },
    ],
  }
}

function describeRule(id: ScanRuleId): object {
  const { message, hint, severity } = SCAN_RULES[id]
  return {
    id,
    shortDescription: { text: message },
    help: { text: hint },
    defaultConfiguration: { level: SEVERITY_WORDS[severity] },
    properties: { tags: ['security'], 'security-severity': RANKS[severity] },
  }
}

function describeAll(findings: readonly ScanFinding[], { uriOf }: SarifOptions): object[] {
  const counts = new Map<string, number>()
  return findings.map((finding) => {
    const { rule, form, severity, message, place } = finding
    const { key = '', line, column } = place
    const uri = uriOf(finding)
    // Names alone, and the how-manieth: stable when lines move, and nothing of a secret.
    const identity = JSON.stringify([rule, uri, key])
    const count = (counts.get(identity) ?? 0) + 1
    counts.set(identity, count)
    const region = {
      startLine: line ?? 1,
      ...(column === undefined ? {} : { startColumn: column }),
    }
    return {
      ruleId: rule,
      ruleIndex: RULE_IDS.indexOf(rule),
      level: SEVERITY_WORDS[severity],
      message: { text: `${message}${key === '' ? '' : ` (${key})`}` },
      locations: [{ physicalLocation: { artifactLocation: { uri }, region } }],
      ...(form === undefined ? {} : { properties: { form } }),
      partialFingerprints: { 'k3sVarsPlace/v1': digest(`${identity}${count}`) },
    }
  })
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
