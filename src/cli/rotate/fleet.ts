// Many clusters, each a rotation of its own: those that are under way first, then the oldest. The first that fails ends it for those
// that were not begun; the others go on to their end.
import type { ClusterConfig, Config } from '../../config/config.js'
import type { ClusterDocument } from '../../document/document.js'
import { EXIT_STATUS, K3sVarsError, UsageError } from '../../errors.js'
import { readAhead } from '../../lifecycle/ahead.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import { Limiter } from '../../limiter.js'
import { isOlder, parseAge } from '../age.js'
import { answer, formatAge, formatTable } from '../answer.js'
import type { Call } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'
import { agree } from './agree.js'
import { play } from './run.js'
import type { Ended } from './run.js'

interface Chosen {
  readonly cluster: ClusterConfig
  readonly document: ClusterDocument
}

type Outcome = 'rotated' | 'stopped' | 'failed' | 'not begun'

interface Result extends Chosen {
  readonly outcome: Outcome
  readonly status: number
  readonly lines: readonly string[]
}

/** @throws UsageError where nobody can be asked; every error of the store, before anything is done */
export async function rotateFleet(call: Call): Promise<number> {
  const { input, io } = call
  const config = openConfig(call)
  const chosen = await choose(call, config, openLifecycle(call, config))
  const shown = chosen.map(({ cluster, document }) => [
    cluster.name,
    document.phase,
    `generation ${document.generation}`,
    `${formatAge(document.current.created, io.now())} old`,
  ])
  if (chosen.length === 0 || input.has('plan')) {
    const lines = chosen.length === 0 ? ['no cluster is due'] : formatTable(shown)
    const clusters = chosen.map(({ cluster }) => ({ cluster: cluster.name }))
    answer(call, { clusters }, lines, 'fleet')
    return EXIT_STATUS.done
  }
  if (!input.has('yes') && !agree(call, formatTable(shown), 'Rotate these clusters now?')) {
    answer(call, { clusters: [] }, ['nothing was changed'], 'fleet')
    return EXIT_STATUS.done
  }
  const results = await rotateAll(call, config, chosen)
  answer(
    call,
    {
      clusters: results.map(({ cluster, outcome, status, lines }) => ({
        cluster: cluster.name,
        outcome,
        status,
        lines,
      })),
    },
    summaryOf(results),
    'fleet',
  )
  return results.find(({ status }) => status !== EXIT_STATUS.done)?.status ?? EXIT_STATUS.done
}

async function choose(
  call: Call,
  config: Config,
  lifecycle: Lifecycle,
): Promise<readonly Chosen[]> {
  const { input, io } = call
  const given = input.text('older-than')
  const age = given === undefined ? 0 : parseAge(given, '--older-than')
  const limit = numberIn(input.text('limit'), '--limit') ?? Infinity
  const found: Chosen[] = []
  await readAhead(config.clusters, lifecycle)
  for (const cluster of config.clusters) {
    const stored = await lifecycle.storeOf(cluster).get(cluster.name)
    if (stored !== null) found.push({ cluster, document: stored.document })
  }
  const isUnderWay = ({ document }: Chosen): boolean => document.phase !== 'idle'
  return found
    .filter((one) => isUnderWay(one) || isOlder(one.document.current.created, age, io.now()))
    .sort(
      (one, other) =>
        Number(isUnderWay(other)) - Number(isUnderWay(one)) ||
        one.document.current.created.localeCompare(other.document.current.created),
    )
    .slice(0, limit)
}

async function rotateAll(
  call: Call,
  config: Config,
  chosen: readonly Chosen[],
): Promise<readonly Result[]> {
  const limiter = new Limiter(numberIn(call.input.text('serial'), '--serial') ?? 1)
  let hasFailed = false
  return Promise.all(
    chosen.map((one) =>
      limiter.run(async (): Promise<Result> => {
        if (hasFailed) return { ...one, outcome: 'not begun', status: EXIT_STATUS.done, lines: [] }
        const { status, lines } = await rotateOne(call, config, one)
        hasFailed ||= status !== EXIT_STATUS.done
        const outcome = status === EXIT_STATUS.done ? 'rotated' : status >= 7 ? 'stopped' : 'failed'
        return { ...one, outcome, status, lines }
      }),
    ),
  )
}

/** What is wrong with one cluster is told in the summary, and ends nothing that goes on. */
async function rotateOne(call: Call, config: Config, { cluster }: Chosen): Promise<Ended> {
  try {
    return await play(call, { config, cluster }, [])
  } catch (error) {
    if (!(error instanceof K3sVarsError)) throw error
    const lines = [`${cluster.name}: ${error.message} (${error.code})`, `  hint: ${error.hint}`]
    return { status: error.exitStatus, lines }
  }
}

function summaryOf(results: readonly Result[]): string[] {
  const rows = results.map(({ cluster, outcome, document }) => [
    cluster.name,
    outcome,
    outcome === 'rotated' ? `generation ${document.generation + 1}` : '',
  ])
  const trouble = results.filter(({ status }) => status !== EXIT_STATUS.done)
  const done = results.filter(({ outcome }) => outcome === 'rotated').length
  return [
    ...formatTable([['CLUSTER', 'OUTCOME', ''], ...rows]),
    ...trouble.flatMap(({ lines }) => lines),
    `${done} of ${results.length} rotated`,
  ]
}

function numberIn(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text)
  throw new UsageError('K3SV_USAGE', `${name} is a number from 1 on`, {
    hint: `for ten: ${name} 10`,
  })
}
