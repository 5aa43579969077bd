// The model of what `check`, `scan` and `token inspect` find. A finding is about something that is there, unlike an error,
// which ends a command. Nothing of it holds a secret or text of a file.
import type { Location } from './errors.js'

/** The worst first. An error or a warning makes the exit status 8 or calls for attention; a note asks for nothing. */
export const SEVERITIES = ['error', 'warn', 'note'] as const

export type Severity = (typeof SEVERITIES)[number]

/** As people read them. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warn: 'warning',
  note: 'note',
}

export interface Finding {
  /** A stable name: an error's code, the id of a rule, or a word of ours. */
  readonly rule: string
  readonly severity: Severity
  /** One line, lower case, without a full stop. */
  readonly message: string
  readonly place?: Location
  /** What to do, in the imperative. */
  readonly hint?: string
}

/** `2 errors, 1 warning`; `no findings` where there is none of these severities. */
export function summarizeFindings(
  findings: readonly Finding[],
  severities: readonly Severity[] = SEVERITIES,
): string {
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [`${count} ${SEVERITY_WORDS[severity]}${count === 1 ? '' : 's'}`]
  })
  return counts.length === 0 ? 'no findings' : counts.join(', ')
}
