import type { K3sVarsError, Location } from '../../errors.js'
import { formatLocation } from '../../errors.js'

/** A note asks for nothing. */
export type Severity = 'error' | 'warn' | 'note'

/** Something that `check` found. Nothing of it holds a secret or text of a file. */
export interface CheckFinding {
  /** A stable name: an error's code, the id of a token rule, or a word of ours. */
  readonly rule: string
  readonly severity: Severity
  /** Absent where it is not about one cluster. */
  readonly cluster?: string
  readonly message: string
  readonly place?: Location
  readonly hint?: string
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

const WORDS: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', note: 'note' }
const ORDER = Object.keys(WORDS)

/** The worst first; within a severity in the order found. */
export function sortFindings(findings: readonly CheckFinding[]): CheckFinding[] {
  return [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
}

/** One or two lines: `error: prod: what is wrong [where] (rule)`, and the hint below. */
export function formatFinding(finding: CheckFinding): string[] {
  const { severity, cluster, message, place, rule, hint } = finding
  const where = place === undefined ? '' : formatLocation(place)
  const line = [
    `${WORDS[severity]}:`,
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
  const counts = (['error', 'warn'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [`${count} ${WORDS[severity]}${count === 1 ? '' : 's'}`]
  })
  return counts.length === 0 ? 'no findings' : counts.join(', ')
}
