// What `verify` answers, as a table for a terminal or in Markdown, and as JSON: trouble first.
import type { Verdict } from '../../cluster/answer.js'
import type { Soundness, VerifiedCluster, VerifiedServer } from '../../lifecycle/verify/verify.js'
import type { ServerFinding } from '../../lifecycle/verify/finding.js'
import { formatTable } from '../answer.js'
import { formatFinding } from '../check/finding.js'

export const STATES: readonly Soundness[] = ['wrong', 'unknown', 'sound']
/** A mark and a word, so that nobody needs colours. */
export const STATE_WORDS: Readonly<Record<Soundness, string>> = {
  wrong: '× wrong',
  unknown: '? unknown',
  sound: '√ sound',
}

const HEAD = ['STATE', 'CLUSTER', 'SERVER', 'CA', 'TOKEN', 'AGENT', 'FORMER', 'PENDING']

export interface Row {
  readonly state: Soundness
  readonly cells: readonly string[]
}

/** One row for each server, and one for each cluster of which none was asked; the worst first. */
export function rowsOf(clusters: readonly VerifiedCluster[]): readonly Row[] {
  const rows = clusters.flatMap((cluster) =>
    cluster.servers.length === 0
      ? [{ state: cluster.state, cells: [cluster.cluster, '-', '-', '-', '-', '-', '-'] }]
      : cluster.servers.map((server) => ({
          state: server.state,
          cells: [cluster.cluster, server.url.replace('https://', ''), ...cellsOf(server)],
        })),
  )
  return rows.sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state))
}

function cellsOf(server: VerifiedServer): readonly string[] {
  const { ca, tokens } = server
  const isPinned = ca === 'pinned'
  return [
    isPinned ? 'same' : ca,
    ...(['server', 'agent'] as const).map((kind) =>
      summarizeToken(tokens.filter((answer) => answer.kind === kind)),
    ),
    summarizeOthers(tokens, 'former'),
    summarizeOthers(tokens, 'pending'),
  ]
}

type Answers = VerifiedServer['tokens']

/** Which token of a kind the server has: `ok`, or the generation of another one. */
function summarizeToken(answers: Answers): string {
  const accepted = answers.find(({ verdict }) => verdict === 'accepted')
  if (accepted !== undefined)
    return accepted.expected === 'refused' ? `of ${accepted.number}` : 'accepted'
  return answers.at(-1)?.verdict ?? '-'
}

/** What became of those that no server should have. */
function summarizeOthers(answers: Answers, standing: 'former' | 'pending'): string {
  const verdicts = answers
    .filter((answer) => answer.standing === standing && answer.expected === 'refused')
    .map(({ verdict }) => verdict)
  const worst = verdicts.find((verdict: Verdict) => verdict !== 'refused')
  return worst ?? verdicts[0] ?? '-'
}

/** For a terminal. */
export function tableLines(rows: readonly Row[]): string[] {
  return formatTable([HEAD, ...rows.map(({ state, cells }) => [STATE_WORDS[state], ...cells])])
}

/** For a ticket or a wiki. */
export function markdownLines(rows: readonly Row[]): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const words = HEAD.map((name) => name.toLowerCase())
  return [
    line(words),
    line(words.map(() => '---')),
    ...rows.map(({ state, cells }) => line([STATE_WORDS[state], ...cells])),
  ]
}

/** Every finding with where it was made, the worst first. */
export function findingLines(clusters: readonly VerifiedCluster[]): string[] {
  return placedFindings(clusters).flatMap(({ name, finding }) =>
    formatFinding({ ...finding, cluster: name }),
  )
}

interface Placed {
  readonly name: string
  readonly finding: ServerFinding
}

function placedFindings(clusters: readonly VerifiedCluster[]): readonly Placed[] {
  const found = clusters.flatMap(({ cluster, findings, servers }) => [
    ...findings.map((finding) => ({ name: cluster, finding })),
    ...servers.flatMap(({ url, findings: own }) =>
      own.map((finding) => ({ name: `${cluster}: ${url}`, finding })),
    ),
  ])
  const weight = ({ finding: { severity, isUnknown } }: Placed): number =>
    severity === 'error' && !isUnknown ? 0 : severity === 'error' ? 1 : 2
  return found.sort((a, b) => weight(a) - weight(b))
}

/** `3 clusters: 1 wrong, 2 sound`. */
export function summaryOf(clusters: readonly VerifiedCluster[]): string {
  const counts = STATES.flatMap((state) => {
    const count = clusters.filter((cluster) => cluster.state === state).length
    return count === 0 ? [] : [`${count} ${state}`]
  })
  return `${clusters.length} cluster${clusters.length === 1 ? '' : 's'}: ${counts.join(', ')}`
}

/** For programs. */
export function documentOf(clusters: readonly VerifiedCluster[]): object {
  const count = (state: Soundness): number =>
    clusters.filter((cluster) => cluster.state === state).length
  return {
    summary: { sound: count('sound'), unknown: count('unknown'), wrong: count('wrong') },
    clusters: clusters.map(({ servers, ...cluster }) => ({
      ...cluster,
      servers: servers.map(({ bundle, ...server }) => server),
    })),
  }
}
