import type { Location } from '../errors.js'
import type { Finding, Severity } from '../finding.js'
import { isShowable } from '../ansible-files/vars-file/key-name.js'
import type { FormId } from './forms/forms.js'
import { SCAN_RULES } from './rules.js'
import type { ScanRuleId } from './rules.js'

/** Something found in one file. Nothing of it holds a secret, or a hash of one that could be guessed. */
export interface Hit {
  readonly rule: ScanRuleId
  /** Absent: that of the rule. */
  readonly severity?: Severity
  /** From 1; absent where the file as a whole is meant. */
  readonly line?: number
  readonly column?: number
  /** The line of its name, where a comment may allow it as well. */
  readonly nameLine?: number
  /** What found it; absent for what is told of a file or of sealed text. */
  readonly form?: FormId
  /** What the value stands under; empty for one that stands alone. */
  readonly key: string
  /** K3s's fingerprint of a token of 128 bits or more. */
  readonly fingerprint?: string
}

/** A file as it is shown, and its absolute path. */
export interface FilePlace {
  readonly path: string
  readonly file: string
}

/** Something found, in a file as it is shown. The line is from 1, and absent where the file as a whole is meant. */
export interface ScanFinding extends Finding {
  readonly rule: ScanRuleId
  readonly place: Location & { readonly file: string }
  readonly hint: string
  /** What found it; absent for what is told of a file or of sealed text. */
  readonly form?: FormId
  /** The file's absolute path. */
  readonly file: string
  /** K3s's fingerprint of a token of 128 bits or more. */
  readonly fingerprint?: string
}

/** A hit with its file, its key cut to what can be no secret. */
export function findingOf(hit: Hit, { path, file }: FilePlace): ScanFinding {
  const { rule, line, column, form, fingerprint } = hit
  const { severity, message, hint } = SCAN_RULES[rule]
  const key = cleanKey(hit.key)
  return {
    rule,
    severity: hit.severity ?? severity,
    message,
    hint,
    place: { file: path, line, column, ...(key !== '' && { key }) },
    file,
    ...(form !== undefined && { form }),
    ...(fingerprint !== undefined && { fingerprint }),
  }
}

/** Keys are names, but a file may hold anything: what does not look like a path of names is not repeated. */
function cleanKey(key: string): string {
  return isShowable(key) && /^[\w.@:/ -]*$/.test(key) ? key : ''
}

/** By file, then by place. */
export function sortFindings(findings: readonly ScanFinding[]): ScanFinding[] {
  return [...findings].sort(
    ({ place: a }, { place: b }) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  )
}
