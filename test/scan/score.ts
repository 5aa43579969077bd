// Scores the scan against a half of the corpus: each file is scanned by itself, as the command would do it.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { scanFiles } from '../../src/scan/scan-tree.js'
import type { ScanFinding } from '../../src/scan/finding.js'
import type { ScanRuleId } from '../../src/scan/rules.js'

export const CORPUS = resolve(import.meta.dirname, 'corpus')
export type Half = 'tuning' | 'held-out'

/** A line of the manifest: whether the secret of a K3s cluster, or of its vault, stands there. */
export interface Label {
  /** `KIND/PATH`, below the half's folder. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly isToken: boolean
  readonly kind: string
}

export interface Score {
  readonly files: number
  readonly tokens: number
  readonly harmless: number
  /** Of the tokens' lines, how many were found. */
  readonly recall: number
  /** Of the lines that were called a token, how many have one. */
  readonly precision: number
  /** Of the harmless lines that somebody labelled, how many were left alone. */
  readonly quiet: number
  /** `file:line (kind)`, in the order of the manifest. */
  readonly missed: readonly string[]
  readonly falseAlarms: readonly string[]
}

/** What is told of a place, but not that a token stands there. */
const OTHER_RULES: ReadonlySet<ScanRuleId> = new Set(['inline-vault', 'sealed-text', 'unreadable'])

/** The labels of a half. */
export function readLabels(half: Half): readonly Label[] {
  const [, ...rows] = readFileSync(join(CORPUS, `${half}.tsv`), 'utf8')
    .trimEnd()
    .split('\n')
  return rows.map((row) => {
    const [file, line, label, kind] = row.split('\t') as [string, string, string, string]
    return { file, line: Number(line), isToken: label === 'token', kind }
  })
}

/** Scans each file of a half, its path being that below the folder of its kind, and compares with the labels. */
export async function scoreHalf(half: Half): Promise<Score> {
  const labels = readLabels(half)
  const files = [...new Set(labels.map(({ file }) => file))]
  const found = new Map<string, ReadonlySet<number>>()
  for (const file of files) found.set(file, new Set((await scan(half, file)).map(lineOf)))
  return compare(labels, found)
}

async function scan(half: Half, file: string): Promise<readonly ScanFinding[]> {
  const path = file.slice(file.indexOf('/') + 1)
  const entry = { path, file: join(CORPUS, half, file), inGit: true, roots: [0] }
  const environment = { variables: {}, cwd: CORPUS, home: CORPUS }
  const { findings } = await scanFiles([entry], { environment, vault: undefined, onFile: () => {} })
  // A note, as for a sample in a sample, changes no exit status and so is no alarm.
  return findings.filter(({ rule, severity }) => severity !== 'note' && !OTHER_RULES.has(rule))
}

function lineOf({ place }: ScanFinding): number {
  return place.line ?? 1
}

/** @param found the lines that were called a token, by file */
export function compare(
  labels: readonly Label[],
  found: ReadonlyMap<string, ReadonlySet<number>>,
): Score {
  const tokens = labels.filter(({ isToken }) => isToken)
  const harmless = labels.filter(({ isToken }) => !isToken)
  const isFound = ({ file, line }: Label): boolean => found.get(file)?.has(line) ?? false
  const missed = tokens.filter((label) => !isFound(label))
  const known = new Set(tokens.map(nameOf))
  const called = [...found].flatMap(([file, lines]) => [...lines].map((line) => `${file}:${line}`))
  const falseAlarms = called.filter((name) => !known.has(name))
  return {
    files: found.size,
    tokens: tokens.length,
    harmless: harmless.length,
    recall: 1 - missed.length / tokens.length,
    precision: called.length === 0 ? 1 : 1 - falseAlarms.length / called.length,
    quiet: 1 - harmless.filter(isFound).length / harmless.length,
    missed: missed.map((label) => `${nameOf(label)} (${label.kind})`),
    falseAlarms,
  }
}

function nameOf({ file, line }: Label): string {
  return `${file}:${line}`
}
