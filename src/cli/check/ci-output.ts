// What `check` found, in the forms that CI systems show beside a change: GitHub's workflow commands, GitLab's Code Quality report
// and Markdown for a job's summary. Nothing in a name forges a further command or another cell.
import { createHash } from 'node:crypto'
import { isAbsolute, relative, sep } from 'node:path'
import { formatLocation, type Location } from '../../errors.js'
import { SEVERITY_WORDS } from '../../finding.js'
import type { Severity } from '../../finding.js'
import type { CheckFinding } from './finding.js'

export interface CiScene {
  /** The folder that paths are told from: the checkout. */
  readonly root: string
  /** What a finding is shown at that has no file: `k3s_vars.yml`. */
  readonly config: string
}

/** GitHub Docs, "Workflow commands": error, warning, notice. */
const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warn: 'warning',
  note: 'notice',
}

/** GitLab Docs, "Code Quality report format": info, minor, major, critical, blocker. */
const GITLAB: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warn: 'minor',
  note: 'info',
}

/** One line for each finding, which a runner takes for a command: `::error file=…,line=…,title=…::…`. */
export function githubLines(findings: readonly CheckFinding[], scene: CiScene): string[] {
  return findings.map((finding) => {
    const { file, line, column } = placeOf(finding, scene)
    const properties = [
      `file=${property(file)}`,
      `line=${line}`,
      ...(column === undefined ? [] : [`col=${column}`]),
      `title=${property(`k3s-vars: ${finding.rule}`)}`,
    ]
    const hint = finding.hint === undefined ? '' : `\nhint: ${finding.hint}`
    return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${data(sentenceOf(finding) + hint)}`
  })
}

/** A runner reads on to the end of the line, and takes these for what they stand for. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Entries of a Code Quality report; the fingerprint stays the same as long as the finding does. */
export function gitlabReport(findings: readonly CheckFinding[], scene: CiScene): unknown {
  return findings.map((finding) => {
    const { file, line } = placeOf(finding, scene)
    const identity = [finding.rule, finding.cluster ?? '', file, finding.message].join('\0')
    return {
      description: sentenceOf(finding),
      check_name: finding.rule,
      fingerprint: createHash('sha256').update(identity).digest('hex'),
      severity: GITLAB[finding.severity],
      location: { path: file, lines: { begin: line } },
    }
  })
}

/** A heading with the sum, and a table of what was found. */
export function markdownLines(
  findings: readonly CheckFinding[],
  { summary, scene }: { readonly summary: string; readonly scene: CiScene },
): string[] {
  const head = [`### k3s-vars check: ${cell(summary)}`]
  if (findings.length === 0) return head
  const rows = findings.map((finding) => {
    const { severity, cluster, message, place, rule, hint } = finding
    const where =
      place?.file === undefined
        ? ''
        : formatLocation({ ...place, file: pathOf(place.file, scene.root) })
    const what = hint === undefined ? message : `${message}\nhint: ${hint}`
    return [SEVERITY_WORDS[severity], cluster ?? '', what, where, rule]
  })
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [
    ...head,
    '',
    line(['severity', 'cluster', 'finding', 'where', 'rule']),
    line(['---', '---', '---', '---', '---']).replaceAll('\\', ''),
    ...rows.map(line),
  ]
}

/** CommonMark: a backslash takes the meaning from any ASCII punctuation; a cell ends with its line. */
function cell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~&]/g, '\\$&').replaceAll('\n', '<br>')
}

function sentenceOf({ cluster, message }: CheckFinding): string {
  return cluster === undefined ? message : `${cluster}: ${message}`
}

interface Placed {
  readonly file: string
  readonly line: number
  readonly column?: number | undefined
}

function placeOf({ place }: CheckFinding, { root, config }: CiScene): Placed {
  const { file = config, line = 1, column }: Partial<Location> = place ?? {}
  return { file: pathOf(file, root), line, column }
}

/** Below the checkout as a path from there; any other as it is. */
function pathOf(file: string, root: string): string {
  const path = relative(root, file)
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path.split(sep).join('/')
}
