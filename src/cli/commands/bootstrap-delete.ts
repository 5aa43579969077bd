import { chooseCluster } from '../../config/choose.js'
import { EXIT_STATUS, UsageError } from '../../errors.js'
import { deleteBootstrapToken } from '../../kubernetes/bootstrap-tokens.js'
import { requireSameCluster } from '../../lifecycle/bootstrap.js'
import { BOOTSTRAP_ID_PATTERN } from '../../token/grammar.js'
import { answer } from '../answer.js'
import { API_OPTIONS, openApiOf } from '../bootstrap/api.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'

export const BOOTSTRAP_DELETE: Command = {
  usage: 'bootstrap delete <cluster> <ids..>',
  summary: 'Delete bootstrap tokens of a cluster; agents that have joined stay',
  positionals: {
    cluster: { type: 'text', describe: 'The cluster' },
    ids: {
      type: 'list',
      describe: 'The id of the token: the six letters and digits before the dot',
    },
  },
  options: API_OPTIONS,
  examples: [
    ['bootstrap delete prod abc123', 'ten seconds after its last use nobody joins with it'],
  ],
  interrupted: 'each token is deleted or as it was; run it again to go on',
  run: bootstrapDelete,
}

async function bootstrapDelete(call: Call): Promise<number> {
  const ids = [...new Set(call.input.list('ids'))]
  if (!ids.every((id) => BOOTSTRAP_ID_PATTERN.test(id))) {
    throw new UsageError('K3SV_USAGE', 'the id of a bootstrap token is six letters and digits', {
      hint: 'give what stands before the dot, and never the secret behind it: everybody sees arguments',
    })
  }
  const config = openConfig(call)
  const cluster = chooseCluster(config, call.input.text('cluster'))
  const api = openApiOf(call)
  await requireSameCluster(openLifecycle(call, config), cluster, api)
  for (const id of ids) await deleteBootstrapToken(api, id)
  answer(call, { cluster: cluster.name, deleted: ids }, [`deleted ${ids.join(', ')}`])
  return EXIT_STATUS.done
}
