// One round of a rotation, as the play k3s_vars.token.rotate asks for it: what the nodes said comes in on standard input, and what it
// obeys goes out as one JSON document, with the lines that people read in it.
import { chooseCluster } from '../../config/choose.js'
import type { ClusterConfig } from '../../config/config.js'
import { EXIT_STATUS } from '../../errors.js'
import { parseHandedOver } from '../../lifecycle/drift/node-facts.js'
import { requireDocument } from '../../lifecycle/emit.js'
import { decide, decideAbort, isRecent, viewOf } from '../../lifecycle/rotation/decide.js'
import type { Decision, Round } from '../../lifecycle/rotation/decide.js'
import { parseMemo } from '../../lifecycle/rotation/memo.js'
import type { Memo } from '../../lifecycle/rotation/memo.js'
import { overviewOf } from '../../lifecycle/rotation/overview.js'
import { plan } from '../../lifecycle/rotation/plan.js'
import { requireAgentToken } from '../../lifecycle/rotation/stage.js'
import type { NodeStep, Stop, View } from '../../lifecycle/rotation/situation.js'
import { answer } from '../answer.js'
import type { Call } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'
import { readPiped } from '../secret-input.js'
import { planLines } from './plan-lines.js'
import { noteProgress } from './progress.js'
import { countLine, stopLines } from './table.js'
import { wishOf } from './wish.js'
import { wordsOfStep } from './words.js'

/** Raised with every change that an older or newer play would misread. */
const PROTOCOL = 1

export async function answerRound(call: Call): Promise<number> {
  const { input, io } = call
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const lifecycle = openLifecycle(call, config)
  const text = await readPiped(io)
  const round: Round = {
    lifecycle,
    cluster,
    asked: parseHandedOver(text),
    memo: parseMemo(text),
    wish: wishOf(call),
  }
  const told = input.has('plan') ? await answerPlan(round) : await answerStep(call, round)
  // A plan and an end are answers, and told as such.
  if (told.decision === 'step') noteProgress(io.environment, told)
  answer(call, told, told.lines)
  return told.stop === undefined ? EXIT_STATUS.done : statusOf(told.stop)
}

/** What can be waited for or brought up, and what is wrong, are two things. */
export function statusOf({ isPassing }: Stop): number {
  return isPassing ? EXIT_STATUS.cluster : EXIT_STATUS.findings
}

/** What a round came to. */
export interface Told {
  readonly protocol: number
  readonly cluster: string
  readonly rotation: string | null
  readonly phase: View['phase']
  readonly decision: 'step' | 'done' | 'stop' | 'plan'
  readonly stop?: Stop
  readonly lines: readonly string[]
  readonly memo: Memo
  readonly [more: string]: unknown
}

async function answerPlan(round: Round): Promise<Told> {
  const { lifecycle, cluster, wish, memo } = round
  const document = await requireDocument(lifecycle, cluster)
  if (document.phase === 'idle') requireAgentToken(cluster, document, wish.kind)
  const view = await viewOf(round, document)
  const { faults } = view
  const planned = plan({ ...view, faults: [] })
  const stops = [...faults, ...(planned.stop && faults.length === 0 ? [planned.stop] : [])]
  const [first] = stops
  return {
    ...headOf(view, memo),
    decision: first === undefined ? 'plan' : 'stop',
    ...(first && { stop: first, stops }),
    plan: planned.steps,
    lines: [...planLines(view, planned), ...stopLines(view.cluster, stops)],
  }
}

async function answerStep(call: Call, round: Round): Promise<Told> {
  const { lifecycle, cluster, memo } = round
  if (call.input.has('abort')) return tell(round, await decideAbort(round))
  const document = await requireDocument(lifecycle, cluster)
  const isFirst = memo.rotation === '' && memo.tried.length === 0
  if (isFirst && !call.input.has('again') && isRecent(document, round.wish, lifecycle.now())) {
    const view = await viewOf(round, document)
    return {
      ...headOf(view, memo),
      decision: 'done',
      outcome: 'nothing',
      lines: [recentLine(cluster, document.generation)],
    }
  }
  return tell(round, await decide(round))
}

function recentLine({ name }: ClusterConfig, generation: number): string {
  return `${name}: generation ${generation} came within the last ten minutes, and no rotation is under way: nothing to do (once more: --again)`
}

function tell({ memo }: Round, decision: Decision): Told {
  const { view } = decision
  const { cluster } = view
  const head = headOf(view, memo)
  switch (decision.is) {
    case 'step':
      return {
        ...head,
        decision: 'step',
        step: stepOf(decision.step),
        memo: { ...head.memo, given: { step: decision.step.name, why: decision.step.why } },
        lines: [`${cluster}: ${wordsOfStep(decision.step)}: ${decision.step.hosts.join(', ')}`],
      }
    case 'stop': {
      const stops = view.faults.length === 0 ? [decision.stop] : view.faults
      return {
        ...head,
        decision: 'stop',
        stop: decision.stop,
        stops,
        lines: [
          ...stopLines(cluster, stops),
          ...(view.phase === 'idle' ? [] : [countLine(overviewOf(view))]),
        ],
      }
    }
    case 'done':
      return {
        ...head,
        decision: 'done',
        outcome: decision.outcome,
        lines: [...DONE_LINES[decision.outcome](view), ...formLines(decision)],
      }
  }
}

/** The role writes what the configuration says, so that has to agree with what was written now. */
function formLines({ record, view }: Extract<Decision, { is: 'done' }>): string[] {
  if (record?.form !== 'secure' || view.isSecure) return []
  return [
    `${view.cluster}: the nodes have it in the secure form; set \`form: secure\` in k3s_vars.yml, so that the role writes the same`,
  ]
}

const DONE_LINES: Readonly<
  Record<Extract<Decision, { is: 'done' }>['outcome'], (view: View) => readonly string[]>
> = {
  committed: ({ cluster, generation }) => [
    `${cluster}: rotated to generation ${generation}; every node has the new token, the former one is kept for old snapshots`,
  ],
  aborted: ({ cluster }) => [`${cluster}: taken back; the cluster keeps its token`],
  nothing: ({ cluster }) => [`${cluster}: no rotation is under way`],
}

function headOf(view: View, memo: Memo) {
  const { rows, files, processes } = overviewOf(view)
  const isUnderWay = view.phase !== 'idle'
  return {
    protocol: PROTOCOL,
    cluster: view.cluster,
    rotation: isUnderWay ? view.rotation : null,
    phase: view.phase,
    generation: view.generation,
    nodes: rows,
    counts: { files, processes },
    next: `k3s-vars rotate ${view.cluster}`,
    memo: { rotation: isUnderWay ? view.rotation : memo.rotation, tried: memo.tried } as Memo,
  }
}

function stepOf({ name, why, hosts, perHost, batch }: NodeStep) {
  return { name, why, hosts, per_host: perHost, ...(batch !== undefined && { batch }) }
}
