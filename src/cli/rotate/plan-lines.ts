// A plan as people read it: numbered steps, each with where it is done, and what to expect of it.
import type { Plan } from '../../lifecycle/rotation/plan.js'
import type { View } from '../../lifecycle/rotation/situation.js'
import { overviewOf } from '../../lifecycle/rotation/overview.js'
import { countOf } from './counts.js'
import { nodeTable } from './table.js'
import { KIND_WORDS, wordsOf } from './words.js'

/** More nodes than these are counted. */
const MOST_NAMES = 5

export function planLines(view: View, { steps }: Plan): string[] {
  const record = view.record ?? view.wish
  const begun =
    view.phase === 'idle' ? 'rotates' : `goes on, from phase ${view.phase}, with the rotation of`
  const form = record.form === 'secure' ? ', and writes it in the secure form' : ''
  return [
    ...nodeTable(overviewOf(view), view.phase),
    '',
    `${view.cluster}: ${begun} ${KIND_WORDS[record.kind]}${form}, generation ${view.generation} → ${view.generation + 1}`,
    ...steps.map((step, index) => {
      const number = `${index + 1}.`.padStart(4)
      const where = step.where.length === 0 ? 'in the store' : placesOf(step.where)
      return `${number} ${wordsOf(step)}: ${where}`
    }),
    ...expectation(steps),
  ]
}

/** Measured on three servers: each was away once for some five seconds, and any other one answered all the time. */
function expectation(steps: Plan['steps']): string[] {
  const restarts = steps.filter(({ step }) => step === 'restart').flatMap(({ where }) => where)
  if (restarts.length === 0) return []
  const many = countOf(restarts.length, 'restart')
  return [
    `${many} of servers, one at a time: each is away for 4 to 8 seconds (25 if it is alone);`,
    'the other servers go on, and what runs in the cluster is not touched',
  ]
}

function placesOf(nodes: readonly string[]): string {
  const shown = nodes.slice(0, MOST_NAMES).join(', ')
  return nodes.length > MOST_NAMES ? `${shown} and ${nodes.length - MOST_NAMES} more` : shown
}
