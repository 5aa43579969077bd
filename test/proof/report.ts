import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { Proof } from './proof.js'
import type { Tally } from './tally.js'

/** What came of one proof; neither tally where it was skipped. */
export interface Row {
  readonly proof: Proof
  readonly skip?: string
  readonly tally?: Tally
  readonly control?: Tally
}

/** Whether a promise was broken, or a control that has to break it did not. */
export function hasFailed({ tally, control }: Row): boolean {
  if (tally === undefined) return false
  return tally.trials === 0 || tally.violations.length > 0 || control!.violations.length === 0
}

/** The rows with when and on what they were measured, for `--json`. */
export function asData(rows: readonly Row[]) {
  return {
    date: new Date().toISOString(),
    node: process.versions.node,
    processors: cpus().length,
    rows: rows.map(({ proof: { name, what, control: counter }, skip, tally, control }) => ({
      name,
      what,
      ...(skip === undefined
        ? { ...tally, control: { what: counter.what, ...control } }
        : { skip }),
    })),
  }
}

/** The whole table as Markdown. */
export function printTable(rows: readonly Row[]): string {
  return [
    '| proof | what | trials | violations | negative control | its violations |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(({ proof: { name, what, control: counter }, skip, tally, control }) => {
      const start = `| \`${name}\` | ${what} |`
      if (tally === undefined) return `${start} skipped: ${skip} | | ${counter.what} | |`
      const counts = Object.entries(tally.counts).map(([word, count]) => `${count} ${word}`)
      const trials = [String(tally.trials), ...counts].join(', ')
      const caught = `${control!.violations.length} in ${control!.trials}`
      return `${start} ${trials} | ${tally.violations.length} | ${counter.what} | ${caught} |`
    }),
  ].join('\n')
}

const GROUPS: Readonly<Record<string, string>> = {
  races:
    'many processes at once, half of them killed, on several kinds of file systems and from two containers',
  crashes: 'killed at each system call of its write path',
  power: 'the power fails after each step, and what was not flushed is lost',
  world:
    "full disks, quotas, I/O errors, missing rights, odd clocks, slow disks, strange files in the store's place",
}

/** One row for each group. */
function printSummary(rows: readonly Row[]): string {
  const lines = Object.entries(GROUPS).map(([group, what]) => {
    const tried = rows.filter(({ proof, tally }) => proof.name.startsWith(`${group}/`) && tally)
    const sum = (count: (row: Row) => number): number =>
      tried.reduce((total, row) => total + count(row), 0)
    return [
      `| \`${group}\` | ${what} | ${sum(({ tally }) => tally!.trials)}`,
      `${sum(({ tally }) => tally!.violations.length)}`,
      `${sum(({ control }) => control!.violations.length)} in ${sum(({ control }) => control!.trials)} |`,
    ].join(' | ')
  })
  return [
    '| proofs | what befalls the program | trials | violations | violations of the negative controls |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n')
}

/** Puts the summary into docs/proof.md and the whole table into SECURITY.md, with the date and the machine. */
export async function writeTables(rows: readonly Row[]): Promise<void> {
  const date = new Date().toISOString().slice(0, 10)
  const source = `Measured on ${date} with Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}.`
  await fillIn('docs/proof.md', `${printSummary(rows)}\n\n${source}`)
  await fillIn('SECURITY.md', `${printTable(rows)}\n\n${source}`)
}

/** Replaces what stands between `<!-- proof -->` and `<!-- /proof -->`. */
async function fillIn(name: string, body: string): Promise<void> {
  const file = join(import.meta.dirname, '../..', name)
  const text = readFileSync(file, 'utf8').replace(
    /(<!-- proof -->\n)[^]*?(<!-- \/proof -->)/,
    (_, head: string, tail: string) => `${head}\n${body}\n\n${tail}`,
  )
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }))
}
