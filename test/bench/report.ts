import { cpus } from 'node:os'
import { ratioOf } from './measure.js'
import type { Times } from './measure.js'
import type { Figure, Suite } from './suite.js'

/** One measured line; a ratio has the unit `×`. */
export interface Line extends Figure {
  readonly suite: string
}

/** What a run measured, as `--json` writes and `--compare` reads it. */
export interface Record {
  readonly date: string
  readonly machine: string
  readonly node: string
  readonly rounds: number
  readonly lines: readonly Line[]
}

/** The lines of a suite whose contestants all ran. */
export function linesOf(suite: Suite, times: Times): readonly Line[] {
  const ratios = suite.comparisons.flatMap(({ what, contestant, against, limit }): Line[] => {
    const value = ratioOf(times, contestant, against)
    if (value === undefined) return []
    return [{ suite: suite.title, what, value, unit: '×', ...(limit !== undefined && { limit }) }]
  })
  const figures = suite.figures?.(times) ?? []
  return [...ratios, ...figures.map((figure) => ({ suite: suite.title, ...figure }))]
}

export function recordOf(lines: readonly Line[], rounds: number): Record {
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
    node: process.versions.node,
    rounds,
    lines,
  }
}

/** The record as Markdown, with the change against a former one where there is one. */
export function formatRecord(record: Record, suites: readonly Suite[], former?: Record): string[] {
  const head = ['what', 'measured', 'budget', ...(former ? [`against ${former.date}`] : [])]
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    row(head),
    row(head.map(() => '---')),
    ...record.lines.map((line) =>
      row([
        line.what,
        withUnit(line) + (line.note === undefined ? '' : ` (${line.note})`),
        budget(line),
        ...(former ? [change(line, former)] : []),
      ]),
    ),
    '',
    `Medians of the ratios of up to ${record.rounds} rounds in turns, whole processes, ${record.date}, Node ${record.node}, ${record.machine}.`,
    '',
    ...suites.map(({ title, floor }) => `- Floor of "${title}": ${floor}.`),
  ]
}

function withUnit({ value, unit }: Figure): string {
  const digits = value < 100 && !Number.isInteger(value) ? 2 : 0
  return unit === '×' ? `${value.toFixed(digits)} ×` : `${value.toFixed(digits)} ${unit}`
}

function budget({ value, limit }: Figure): string {
  if (limit === undefined) return ''
  return `≤ ${limit}${value <= limit ? '' : ' **missed**'}`
}

function change(line: Line, former: Record): string {
  const before = former.lines.find(({ suite, what }) => suite === line.suite && what === line.what)
  if (before === undefined) return 'new'
  const percent = (line.value / before.value - 1) * 100
  return `${percent >= 0 ? '+' : ''}${percent.toFixed(0)} %`
}
