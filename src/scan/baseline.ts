// Known findings that a scan does not tell again. A baseline holds names of rules, files and keys, and K3s's fingerprint of
// tokens of 128 bits or more; never a secret or a hash that could be guessed.
import type { ScanFinding } from './finding.js'
import { SCAN_RULES } from './rules.js'

interface Known {
  readonly rule: string
  /** Relative to the baseline's folder. */
  readonly file: string
  readonly key: string
  readonly fingerprint: string | null
  /** How many such findings the file has. */
  readonly count: number
}

/** Where a finding's file stands in a baseline. */
export type Locate = (finding: ScanFinding) => string

/** A baseline's text for the findings, in one fixed form. */
export function formatBaseline(findings: readonly ScanFinding[], locate: Locate): string {
  const counts = new Map<string, Known>()
  for (const finding of findings) {
    const known = describe(finding, locate)
    const mark = markOf(known)
    counts.set(mark, { ...known, count: (counts.get(mark)?.count ?? 0) + 1 })
  }
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, known]) => known)
  return `${JSON.stringify({ version: 1, findings: sorted }, null, 2)}\n`
}

/**
 * The findings that a baseline does not know. A token that was replaced by another strong one is a new finding.
 * @returns undefined where the text is no baseline
 */
export function unknownTo(
  text: string,
  findings: readonly ScanFinding[],
  locate: Locate,
): readonly ScanFinding[] | undefined {
  const known = parse(text)
  if (known === undefined) return undefined
  const left = new Map(known.map((one) => [markOf(one), one.count]))
  return findings.filter((finding) => {
    const mark = markOf(describe(finding, locate))
    const count = left.get(mark) ?? 0
    left.set(mark, count - 1)
    return count <= 0
  })
}

function describe(finding: ScanFinding, locate: Locate): Known {
  const { rule, place, fingerprint = null } = finding
  return { rule, file: locate(finding), key: place.key ?? '', fingerprint, count: 1 }
}

function markOf({ file, rule, key, fingerprint }: Known): string {
  return JSON.stringify([file, rule, key, fingerprint])
}

function parse(text: string): readonly Known[] | undefined {
  try {
    const document = JSON.parse(text) as { version?: unknown; findings?: unknown } | null
    if (document?.version !== 1 || !Array.isArray(document.findings)) return undefined
    return document.findings.every(isKnown) ? document.findings : undefined
  } catch {
    return undefined
  }
}

function isKnown(value: unknown): value is Known {
  const { rule, file, key, fingerprint, count } = (value ?? {}) as Record<string, unknown>
  return (
    typeof rule === 'string' &&
    Object.hasOwn(SCAN_RULES, rule) &&
    typeof file === 'string' &&
    typeof key === 'string' &&
    (fingerprint === null || typeof fingerprint === 'string') &&
    typeof count === 'number'
  )
}
