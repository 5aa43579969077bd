import { chooseCluster } from '../../config/choose.js'
import { EXIT_STATUS } from '../../errors.js'
import { listBootstrapTokens } from '../../kubernetes/bootstrap-tokens.js'
import type { BootstrapToken } from '../../kubernetes/bootstrap-tokens.js'
import { requireSameCluster } from '../../lifecycle/bootstrap.js'
import { answer, formatTable } from '../answer.js'
import { API_OPTIONS, openApiOf } from '../bootstrap/api.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'

export const BOOTSTRAP_LIST: Command = {
  usage: 'bootstrap list <cluster>',
  summary: 'List the bootstrap tokens of a cluster, without their secrets',
  positionals: { cluster: { type: 'text', describe: 'The cluster' } },
  options: API_OPTIONS,
  examples: [['bootstrap list prod', 'ids, how long each joins, who made it']],
  interrupted: 'nothing was changed; run it again',
  run: bootstrapList,
}

const HEAD = ['ID', 'JOINS UNTIL', 'DESCRIPTION']

async function bootstrapList(call: Call): Promise<number> {
  const config = openConfig(call)
  const cluster = chooseCluster(config, call.input.text('cluster'))
  const api = openApiOf(call)
  await requireSameCluster(openLifecycle(call, config), cluster, api)
  const tokens = await listBootstrapTokens(api)
  const now = call.io.now()
  const rows = tokens.map((token) => [token.id, untilWhen(token, now), token.description])
  answer(
    call,
    { cluster: cluster.name, tokens },
    rows.length === 0 ? ['no bootstrap tokens'] : formatTable([HEAD, ...rows]),
  )
  return EXIT_STATUS.done
}

function untilWhen({ expires, authenticates }: BootstrapToken, now: Date): string {
  if (!authenticates) return 'never joined: usage or group'
  if (expires === null) return 'for ever'
  return Date.parse(expires) <= now.getTime() ? 'expired' : expires
}
