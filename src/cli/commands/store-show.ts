import { chooseClusters } from '../../config/choose.js'
import type { ClusterConfig } from '../../config/config.js'
import { EXIT_STATUS } from '../../errors.js'
import { describeError, exitStatusOf } from '../../format-error.js'
import { contextOf } from '../../lifecycle/create.js'
import { openWhole } from '../../store/open.js'
import { nameStore } from '../../store-spec.js'
import { answer, formatFields } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig } from '../context.js'

export const STORE_SHOW: Command = {
  usage: 'store show [clusters..]',
  summary:
    'Show where the tokens are kept, whether that store answers, and which user we are there',
  positionals: {
    clusters: { type: 'list', describe: 'The clusters; all of them if none is named' },
  },
  options: {},
  examples: [
    ['store show', 'every store that a cluster is in'],
    ['store show prod --json', 'that of one cluster, for a program'],
  ],
  interrupted: 'nothing was changed; run it again',
  run: storeShow,
}

interface Shown {
  readonly kind: string
  readonly store: string
  readonly clusters: readonly string[]
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly error?: unknown
}

async function storeShow(call: Call): Promise<number> {
  const { input, io, report } = call
  const config = openConfig(call)
  const { environment, patience } = io
  const context = contextOf({ environment, config, patience })
  const stores = new Map<string, ClusterConfig[]>()
  for (const cluster of chooseClusters(config, input.list('clusters'))) {
    const key = JSON.stringify(cluster.store)
    stores.set(key, [...(stores.get(key) ?? []), cluster])
  }
  const shown: Shown[] = []
  for (const members of stores.values()) {
    const { store } = members[0]!
    const known = {
      kind: store.kind,
      store: nameStore(store),
      clusters: members.map(({ name }) => name),
    }
    try {
      shown.push({ ...known, facts: await openWhole(store, context).describe() })
    } catch (error) {
      shown.push({ ...known, facts: [], error })
    }
  }
  answer(call, { stores: shown.map(documentOf) }, shown.flatMap(linesOf))
  const errors = shown.flatMap(({ error }) => (error === undefined ? [] : [error]))
  for (const error of errors) report.error(error)
  return errors.length > 0 ? exitStatusOf(errors[0]) : EXIT_STATUS.done
}

function documentOf({ facts, error, ...known }: Shown): unknown {
  return {
    ...known,
    answers: error === undefined,
    facts: Object.fromEntries(facts),
    ...(error !== undefined && { error: describeError(error) }),
  }
}

const SHOWN_NAMES = 10

function linesOf({ store, clusters, facts, error }: Shown, index: number): string[] {
  const more = clusters.length > SHOWN_NAMES ? ` and ${clusters.length - SHOWN_NAMES} more` : ''
  return [
    ...(index > 0 ? [''] : []),
    ...formatFields([
      ['store', store],
      ['clusters', clusters.slice(0, SHOWN_NAMES).join(', ') + more],
      ['answers', error === undefined ? 'yes' : 'no'],
      ...facts,
    ]),
  ]
}
