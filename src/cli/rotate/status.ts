// Where the rotations are: from the documents alone, which needs no password and no node; with an inventory also who has which token.
import { chooseCluster } from '../../config/choose.js'
import type { ClusterConfig, Config } from '../../config/config.js'
import type { ClusterDocument } from '../../document/document.js'
import { EXIT_STATUS } from '../../errors.js'
import { parseHandedOver } from '../../lifecycle/drift/node-facts.js'
import { requireDocument } from '../../lifecycle/emit.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import { viewOf } from '../../lifecycle/rotation/decide.js'
import { NO_MEMO } from '../../lifecycle/rotation/memo.js'
import { next } from '../../lifecycle/rotation/next.js'
import { overviewOf } from '../../lifecycle/rotation/overview.js'
import type { Overview } from '../../lifecycle/rotation/overview.js'
import type { Action } from '../../lifecycle/rotation/situation.js'
import { answer } from '../answer.js'
import type { Call } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'
import { askNodes } from '../drift/ask-nodes.js'
import { watch } from '../watch.js'
import type { Shown } from '../watch.js'
import { countLine, headOf, nodeTable, stopLines } from './table.js'
import { wishOf } from './wish.js'
import { wordsOfStep, wordsOf } from './words.js'

interface ClusterState {
  readonly document: ClusterDocument
  readonly overview?: Overview
  /** What a run would do next. */
  readonly action?: Action
}

/** @throws as `requireDocument`, and with an inventory as `answerOfPlay` */
export async function showRotations(call: Call): Promise<number> {
  const { input, io } = call
  const config = openConfig(call)
  const named = input.text('cluster')
  const clusters = named === undefined ? config.clusters : [chooseCluster(config, named)]
  const lifecycle = openLifecycle(call, config)
  const look = async (): Promise<Shown> => {
    const states = await Promise.all(
      clusters.map((cluster) => lookAt(call, { config, cluster, lifecycle })),
    )
    return {
      document: documentsOf(states),
      lines: linesOf(states, io.now()),
      isOver: states.every(({ document }) => document.phase === 'idle'),
      status: statusOf(states),
    }
  }
  if (input.has('watch')) return watch(call, look, 'status')
  const { document, lines, status } = await look()
  answer(call, document, lines, 'status')
  return status
}

interface Target {
  readonly config: Config
  readonly cluster: ClusterConfig
  readonly lifecycle: Lifecycle
}

async function lookAt(call: Call, { config, cluster, lifecycle }: Target): Promise<ClusterState> {
  const document = await requireDocument(lifecycle, cluster)
  if (call.input.list('inventory').length === 0) return { document }
  const text = await askNodes(call, { config, cluster, play: 'drift.yml' })
  const asked = parseHandedOver(text)
  const round = { lifecycle, cluster, asked, memo: NO_MEMO, wish: wishOf(call) }
  const view = await viewOf(round, document)
  const isUnderWay = document.phase !== 'idle'
  return { document, overview: overviewOf(view), ...(isUnderWay && { action: next(view) }) }
}

function linesOf(states: readonly ClusterState[], now: Date): string[] {
  return states.flatMap(({ document, overview, action }, index) => {
    const { cluster, phase } = document
    const isUnderWay = phase !== 'idle'
    return [
      ...(index > 0 && (isUnderWay || overview) ? [''] : []),
      headOf(document, now),
      ...(overview ? ['', ...nodeTable(overview, phase), ''] : []),
      ...(overview && isUnderWay ? [countLine(overview)] : []),
      ...(action?.do === 'stop' ? stopLines(cluster, [action.stop]) : []),
      ...(action?.do === 'nodes' ? [`to do: ${wordsOfStep(action.step)}`] : []),
      ...(action?.do === 'store' ? [`to do: ${wordsOf({ step: action.change, why: '' })}`] : []),
      ...(isUnderWay ? [nextLine(document)] : []),
    ]
  })
}

function nextLine({ cluster, phase }: ClusterDocument): string {
  return phase === 'staged'
    ? `next: k3s-vars rotate ${cluster} -i INVENTORY         (or --abort: nothing has changed yet)`
    : `next: k3s-vars rotate ${cluster} -i INVENTORY         (abort is over: forward only)`
}

function documentsOf(states: readonly ClusterState[]): object {
  return {
    clusters: states.map(({ document, overview, action }) => {
      const { cluster, phase, generation, pending } = document
      return {
        cluster,
        phase,
        generation,
        rotation: pending?.rotation ?? null,
        kind: pending?.record?.kind ?? null,
        node: pending?.record?.node ?? null,
        by: pending?.record?.by ?? null,
        since: pending?.created ?? null,
        ...(overview && {
          nodes: overview.rows,
          counts: { files: overview.files, processes: overview.processes },
        }),
        ...(action?.do === 'stop' && { stop: action.stop }),
        next: pending === null ? null : `k3s-vars rotate ${cluster}`,
      }
    }),
  }
}

/** Ended, not ended but sound, and wrong are three things. */
function statusOf(states: readonly ClusterState[]): number {
  const isWrong = states.some(({ action }) => action?.do === 'stop' && !action.stop.isPassing)
  if (isWrong) return EXIT_STATUS.findings
  const isUnderWay = states.some(({ document }) => document.phase !== 'idle')
  return isUnderWay ? EXIT_STATUS.cluster : EXIT_STATUS.done
}
