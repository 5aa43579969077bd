import { chooseCluster } from '../../config/choose.js'
import { EXIT_STATUS } from '../../errors.js'
import { requireDocument } from '../../lifecycle/emit.js'
import { readCa } from '../../lifecycle/ca/open-ca.js'
import { answer, formatAge, formatFields } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'

export const CA_SHOW: Command = {
  usage: 'ca show [cluster]',
  summary: 'Show the CA that was made for a cluster; needs no password',
  positionals: {
    cluster: { type: 'text', describe: 'The cluster; not needed if there is only one' },
  },
  options: {},
  examples: [['ca show prod', 'its hash, its age, until when it holds']],
  interrupted: 'nothing was changed; run it again',
  run: caShow,
}

async function caShow(call: Call): Promise<number> {
  const { input, io } = call
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const lifecycle = openLifecycle(call, config)
  const { ca } = await requireDocument(lifecycle, cluster)
  const { hash, file, created, ends } = await readCa(lifecycle, cluster)
  const isPinned = ca.some((known) => known.hash === hash)
  const until = ends.toISOString().slice(0, 10)
  answer(
    call,
    { cluster: cluster.name, hash, file, created, ends: ends.toISOString(), pinned: isPinned },
    formatFields([
      ['cluster', cluster.name],
      ['hash', hash],
      ['created', `${created} (${formatAge(created, io.now())} ago)`],
      ['holds until', until],
      ['document', isPinned ? 'names it' : `does not name it: k3s-vars ca new ${cluster.name}`],
      ['file', file],
    ]),
  )
  return EXIT_STATUS.done
}
