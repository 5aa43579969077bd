import { EXIT_STATUS } from '../../errors.js'
import { chooseClusters } from '../../config/choose.js'
import { rebindDocument } from '../../lifecycle/rebind.js'
import type { Rebound } from '../../lifecycle/rebind.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'

export const TOKEN_BIND: Command = {
  usage: 'token bind [clusters..]',
  summary: 'Bind documents to their clusters, so that nobody can change or swap them unnoticed',
  positionals: {
    clusters: { type: 'list', describe: 'The clusters; all of them if none is named' },
  },
  options: {
    accept: {
      type: 'flag',
      describe:
        'Take a document as it stands, although it is not as it was written; look at it first',
    },
  },
  examples: [
    ['token bind', 'all documents that were written before there were bindings'],
    [
      'token bind prod --accept',
      'one that was changed on purpose, such as a cluster that was renamed',
    ],
  ],
  interrupted: 'each document is bound or as it was; run it again to go on',
  run: tokenBind,
}

async function tokenBind(call: Call): Promise<number> {
  const { input } = call
  const config = openConfig(call)
  const lifecycle = openLifecycle(call, config)
  const told: { readonly cluster: string; readonly rebound: Rebound }[] = []
  for (const cluster of chooseClusters(config, input.list('clusters'))) {
    const rebound = await rebindDocument(lifecycle, cluster, { accept: input.has('accept') })
    told.push({ cluster: cluster.name, rebound })
  }
  answer(
    call,
    {
      clusters: told.map(({ cluster, rebound: { outcome, accepted } }) => ({
        cluster,
        outcome,
        accepted: accepted.map(({ code, message, location }) => ({
          code,
          message,
          key: location?.key,
        })),
      })),
    },
    told.flatMap(({ cluster, rebound: { outcome, accepted } }) => [
      `${cluster}: ${outcome === 'bound' ? 'bound' : 'unchanged: bound already'}`,
      ...accepted.map(({ message }) => `  accepted: ${message}`),
    ]),
  )
  return EXIT_STATUS.done
}
