// What to do next. Begin here with the rules: for each phase a table of them in their order, of which the first that applies decides
// (rotating.ts, rotated.ts with keys.ts and bring-back.ts; preflight.ts before that). Pure: the same document and the same nodes give the
// same answer, whoever runs it; what a run has tried only keeps it from trying the same for ever. steps.ts says what each step needs.
import type { Phase } from '../../document/document.js'
import { chooseServer } from './order.js'
import { layWhatIsMissing, ROTATING } from './rotating.js'
import { ROTATED, takeSnapshot } from './rotated.js'
import { rotatingServer, servers, stop } from './situation.js'
import type { Action, NodeStep, Rule, View } from './situation.js'
import { stopOf } from './stops.js'

export const RULES: Readonly<Record<Phase, readonly Rule[]>> = {
  idle: [nothingIsWrong, () => ({ do: 'store', change: 'stage' })],
  staged: [
    (view) => (view.record === undefined ? stop(stopOf('no-record')) : undefined),
    nothingIsWrong,
    theServerIsThere,
    layWhatIsMissing,
    (view) => takeSnapshot(view, rotatingServer(view)!, 'old'),
    () => ({ do: 'store', change: 'rotating' }),
  ],
  rotating: ROTATING,
  rotated: ROTATED,
}

/** How often a run takes one and the same step on a node, whatever a rule says. */
const MOST_TIMES = 6

export function next(view: View): Action {
  for (const rule of RULES[view.phase]) {
    const action = rule(view)
    if (action !== undefined) return action.do === 'nodes' ? guard(view, action.step) : action
  }
  throw new TypeError(`no rule for phase ${view.phase}`)
}

/** The server on which the rotation goes on that is about to be staged. */
export function chosenServer(view: View): string | undefined {
  return view.record?.node ?? chooseServer(servers(view))?.name
}

function nothingIsWrong({ faults }: View): Action | undefined {
  const [first] = faults
  return first && stop(first)
}

function theServerIsThere(view: View): Action | undefined {
  return rotatingServer(view) === undefined
    ? stop(stopOf('rotating-server-away', view.record?.node))
    : undefined
}

function guard(view: View, step: NodeStep): Action {
  if (step.name === 'wait') return { do: 'nodes', step }
  const times = view.tried.filter(
    (one) =>
      one.step === step.name &&
      one.why === step.why &&
      step.hosts.every((host) => Object.hasOwn(one.outcomes, host)),
  ).length
  return times < MOST_TIMES ? { do: 'nodes', step } : stop(stopOf('no-progress', step.name))
}
