// What `drift` answers: a line for each node that is sound, every place of each that is not, and what to do; and JSON.
import { formatTable } from '../answer.js'
import { formatFinding } from '../check/finding.js'
import { labelOf } from '../../lifecycle/drift/comparison.js'
import type { ComparedPlace } from '../../lifecycle/drift/comparison.js'
import type { Drift } from '../../lifecycle/drift/drift.js'
import type { ComparedNode } from '../../lifecycle/drift/judgement.js'
import type { DriftFinding } from '../../lifecycle/drift/finding.js'
import type { Match } from '../../lifecycle/drift/known-tokens.js'
import type { Soundness } from '../../lifecycle/verify/verify.js'
import { STATE_WORDS, STATES } from '../verify/table.js'

const HEAD = ['STATE', 'NODE', 'KIND', 'PLACE', 'FOR', 'HAS']

/** What was found in a cluster, whatever its nodes were compared with. */
type Compared = Pick<Drift, 'cluster' | 'nodes' | 'findings'>

/** For a terminal. @param wide whether the places of sound nodes are shown, too */
export function driftLines(drift: Drift, wide: boolean): string[] {
  return [...nodeLines(drift, wide), summaryOf(drift)]
}

/** The table and the findings. */
export function nodeLines(compared: Compared, wide: boolean): string[] {
  const nodes = [...compared.nodes].sort(
    (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state),
  )
  const rows = nodes.flatMap((node) =>
    node.state === 'sound' && !wide ? [summaryRow(node)] : placeRows(node),
  )
  const table = rows.length === 0 ? [] : formatTable([HEAD, ...rows])
  return [...table, ...findingLines(compared)]
}

function summaryRow(node: ComparedNode): readonly string[] {
  const { state, name, kind, places } = node
  const filled = places.filter(({ match }) => match !== undefined)
  const words = [...new Set(filled.map(wordOf))]
  return [STATE_WORDS[state], name, kind, `${filled.length} places`, '', words.join(', ')]
}

function placeRows(node: ComparedNode): readonly (readonly string[])[] {
  const { state, name, kind, places, datastore, answer } = node
  const head = [STATE_WORDS[state], name, kind]
  const cells = [
    ...places.map((place) => [
      `${labelOf(place)}${place.wins ? ' *' : ''}`,
      place.token,
      place.isRead ? wordOf(place) : `${wordOf(place)}, not read`,
    ]),
    ...(datastore.state === 'absent'
      ? []
      : [[`datastore (${datastore.kind})`, 'server', wordsOfKeys(datastore)]]),
  ]
  if (cells.length === 0) return [[...head, '-', '-', answer === 'looked-at' ? '-' : answer]]
  return cells.map((row, index) => [...(index === 0 ? head : ['', '', '']), ...row])
}

function wordOf({ match, state }: ComparedPlace): string {
  return match === undefined ? state : wordOfMatch(match)
}

function wordOfMatch({ is, generation }: Match): string {
  return generation === undefined ? is : `${is} (${generation})`
}

function wordsOfKeys({ keys, state }: ComparedNode['datastore']): string {
  return keys.length === 0 ? state : keys.map(wordOfMatch).join(', ')
}

function findingLines({ cluster, nodes, findings }: Compared): string[] {
  const placed = [
    ...findings.map((finding) => ({ name: cluster, finding })),
    ...nodes.flatMap(({ name, findings: own }) =>
      own.map((finding) => ({ name: `${cluster}: ${name}`, finding })),
    ),
  ]
  const weight = ({ severity, isUnknown }: DriftFinding): number =>
    severity === 'error' && !isUnknown ? 0 : severity === 'error' ? 1 : 2
  return placed
    .sort((a, b) => weight(a.finding) - weight(b.finding))
    .flatMap(({ name, finding }) => {
      const { on, message, ...rest } = finding
      return formatFinding({
        ...rest,
        message: on === undefined ? message : `${on}: ${message}`,
        cluster: name,
      })
    })
}

/** `prod: generation 3, idle; 3 nodes: 1 wrong, 2 sound`. */
function summaryOf({ cluster, generation, phase, nodes }: Drift): string {
  const counts = STATES.flatMap((state: Soundness) => {
    const count = nodes.filter((node) => node.state === state).length
    return count === 0 ? [] : [`${count} ${state}`]
  })
  const number = `${nodes.length} node${nodes.length === 1 ? '' : 's'}`
  const told = counts.length === 0 ? number : `${number}: ${counts.join(', ')}`
  return `${cluster}: generation ${generation}, ${phase}; ${told}`
}
