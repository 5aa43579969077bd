import type { K3sVarsError } from '../../errors.js'
import { formatLocation } from '../../errors.js'
import { SEVERITIES, SEVERITY_WORDS, summarizeFindings } from '../../finding.js'
import type { Finding, Severity } from '../../finding.js'

export type { Severity }

/** Something that `check` found. */
export interface CheckFinding extends Finding {
  /** Absent where it is not about one cluster. */
  readonly cluster?: string
}

/** An error as a finding, so that one bad cluster does not hide the others. */
export function findingOf(
  error: K3sVarsError,
  cluster?: string,
  severity: Severity = 'error',
): CheckFinding {
  return {
    rule: error.code,
    severity,
    ...(cluster === undefined ? {} : { cluster }),
    message: error.message,
    ...(error.location === undefined ? {} : { place: error.location }),
    hint: error.hint,
  }
}

/** The worst first; within a severity in the order found. */
export function sortFindings(findings: readonly CheckFinding[]): CheckFinding[] {
  return [...findings].sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  )
}

/** One or two lines: `error: prod: what is wrong [where] (rule)`, and the hint below. */
export function formatFinding(finding: CheckFinding): string[] {
  const { severity, cluster, message, place, rule, hint } = finding
  const where = place === undefined ? '' : formatLocation(place)
  const line = [
    `${SEVERITY_WORDS[severity]}:`,
    cluster === undefined ? '' : `${cluster}:`,
    message,
    where === '' ? '' : `[${where}]`,
    `(${rule})`,
  ]
    .filter((part) => part !== '')
    .join(' ')
  return hint === undefined ? [line] : [line, `  hint: ${hint}`]
}

/** `2 errors, 1 warning`; `no findings` without one. Notes are not counted. */
export function summarize(findings: readonly CheckFinding[]): string {
  return summarizeFindings(findings, ['error', 'warn'])
}
