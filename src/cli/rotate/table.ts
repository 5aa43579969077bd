// A rotation as people see it: who has which token, counts, what comes next. 80 columns; trouble first.
import type { ClusterDocument } from '../../document/document.js'
import type { Count, NodeRow, Overview } from '../../lifecycle/rotation/overview.js'
import type { Stop } from '../../lifecycle/rotation/situation.js'
import { formatAge, formatTable } from '../answer.js'

const MARKS: Readonly<Record<NodeRow['state'], string>> = {
  wrong: '×',
  waiting: '◎',
  'to-do': '-',
  ok: '√',
}

const WORDS: Readonly<Record<NodeRow['state'], string>> = {
  wrong: 'wrong',
  waiting: 'waiting',
  'to-do': 'to do',
  ok: 'ok',
}

/** More nodes than this that are well are counted. */
const MOST_ROWS = 40

/** `prod  generation 3 → 4  rotating  12m  by anna@ctl-1`. */
export function headOf(
  { cluster, generation, phase, pending }: ClusterDocument,
  now: Date,
): string {
  if (pending === null) return `${cluster}  generation ${generation}  ${phase}`
  const by = pending.record === undefined ? '' : `  by ${pending.record.by}`
  return `${cluster}  generation ${generation} → ${generation + 1}  ${phase}  ${formatAge(pending.created, now)}${by}`
}

/** @param phase where nothing is under way, what is there is the current token, and no old one */
export function nodeTable({ rows }: Overview, phase: ClusterDocument['phase']): string[] {
  if (rows.length === 0) return []
  const wordOf = (has: NodeRow['file']): string =>
    has === 'old' && (phase === 'idle' || phase === 'staged') ? 'current' : has
  const shown = rows.filter(({ state }, index) => state !== 'ok' || index < MOST_ROWS)
  const cells = shown.map(({ node, kind, file, process, state, reason }) => [
    MARKS[state],
    node,
    kind,
    wordOf(file),
    wordOf(process),
    reason === '' ? WORDS[state] : reason,
  ])
  const rest = rows.length - shown.length
  return [
    ...formatTable([[' ', 'NODE', 'KIND', 'FILE', 'PROCESS', 'STATE'], ...cells]),
    ...(rest > 0 ? [`and ${rest} more that are well`] : []),
  ]
}

/** `new token: files 3 of 4, processes 1 of 4`. */
export function countLine({ files, processes }: Overview): string {
  const of = (count: Count): string => `${count.done} of ${count.of}`
  return `new token: files ${of(files)}, processes ${of(processes)}`
}

/** A line and a hint for each thing that stops. */
export function stopLines(cluster: string, stops: readonly Stop[]): string[] {
  return stops.flatMap(({ name, node, message, hint }) => [
    `${cluster}${node === undefined || message.includes(node) ? '' : `: ${node}`}: ${message} (${name})`,
    `  hint: ${hint}`,
  ])
}
