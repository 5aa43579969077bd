import { SEVERITY_WORDS, summarizeFindings } from '../../finding.js'
import type { Severity } from '../../finding.js'
import type { ScanFinding } from '../../scan/finding.js'
import type { FormId } from '../../scan/forms/forms.js'
import { SCAN_RULES } from '../../scan/rules.js'
import type { ScanRuleId } from '../../scan/rules.js'
import type { ScanResult } from '../../scan/scan-tree.js'
import type { Line } from '../answer.js'

/** What a scan tells. */
export interface Told extends ScanResult {
  /** How many findings the baseline knows. */
  readonly known: number
}

const COLOURS = { error: 'red', warn: 'yellow', note: 'cyan' } as const

/** The lines for people: one for each finding, the hint of each rule once, and what was looked at. */
export function formatScan(told: Told): Line[] {
  const { findings } = told
  const rules = [...new Set(findings.map(({ rule }) => rule))]
  return [
    ...findings.map(formatFinding),
    ...rules.map((rule) => `  hint for ${rule}: ${SCAN_RULES[rule].hint}`),
    formatSummary(told),
    ...formatSealed(told),
  ]
}

/** `path:line:column: error: key: what it is (rule, form NAME)`. */
function formatFinding(finding: ScanFinding): Line {
  const { severity, rule, form, message, fingerprint } = finding
  const { file, line, column, key } = finding.place
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  const what = [key, message].filter((part) => part !== undefined).join(': ')
  const marks = [
    rule,
    ...(form === undefined ? [] : [`form ${form}`]),
    ...(fingerprint === undefined ? [] : [`fingerprint ${fingerprint}`]),
  ]
  return [
    { style: 'bold', text: place },
    ': ',
    { style: COLOURS[severity], text: `${SEVERITY_WORDS[severity]}:` },
    ` ${what} (${marks.join(', ')})`,
  ]
}

function formatSummary({ findings, scanned, skipped, known, allowed }: Told): string {
  const besides = [
    ...(known === 0 ? [] : [`${known} known from the baseline`]),
    ...(allowed === 0 ? [] : [`${allowed} allowed by comments`]),
    ...(skipped === 0 ? [] : [`${countOf(skipped, 'file')} skipped as binary or too large`]),
  ]
  return [`${countOf(scanned, 'file')} scanned: ${summarizeFindings(findings)}`, ...besides].join(
    '; ',
  )
}

function formatSealed({ sealed: { unopened, reason } }: Told): string[] {
  if (unopened === 0) return []
  const why = reason ?? '--no-open was given'
  return [`${countOf(unopened, 'sealed value')} not opened, so not checked: ${why}`]
}

function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** A finding as JSON shows it. */
export interface ShownFinding {
  readonly rule: ScanRuleId
  /** Null for what is told of a file, or of sealed text. */
  readonly form: FormId | null
  readonly severity: Severity
  readonly file: string
  readonly line: number | null
  readonly column: number | null
  readonly key: string | null
  readonly message: string
  readonly hint: string
  readonly fingerprint: string | null
}

export function showFinding(finding: ScanFinding): ShownFinding {
  const { rule, form, severity, message, hint, place, fingerprint } = finding
  return {
    rule,
    form: form ?? null,
    severity,
    file: place.file,
    line: place.line ?? null,
    column: place.column ?? null,
    key: place.key ?? null,
    message,
    hint,
    fingerprint: fingerprint ?? null,
  }
}
