import { isShowable } from '../ansible-files/vars-file/key-name.js'
import { SCAN_RULES } from './rules.js'
import type { ScanRuleId, ScanSeverity } from './rules.js'

/** Something found in one file. Nothing of it holds a secret, or a hash of one that could be guessed. */
export interface Hit {
  readonly rule: ScanRuleId
  /** Absent: that of the rule. */
  readonly severity?: ScanSeverity
  /** From 1; absent where the file as a whole is meant. */
  readonly line?: number
  readonly column?: number
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

export interface ScanFinding extends Hit, FilePlace {
  readonly severity: ScanSeverity
}

/** A hit with its file, its key cut to what can be no secret. */
export function findingOf(hit: Hit, { path, file }: FilePlace): ScanFinding {
  const severity = hit.severity ?? SCAN_RULES[hit.rule].severity
  return { ...hit, key: cleanKey(hit.key), severity, path, file }
}

/** Keys are names, but a file may hold anything: what does not look like a path of names is not repeated. */
function cleanKey(key: string): string {
  return isShowable(key) && /^[\w.@:/ -]*$/.test(key) ? key : ''
}

/** By file, then by place. */
export function sortFindings(findings: readonly ScanFinding[]): ScanFinding[] {
  return [...findings].sort(
    (a, b) =>
      (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  )
}
