import { EXIT_STATUS } from '../../errors.js'
import { chooseClusters } from '../../config/choose.js'
import type { ClusterConfig, Config } from '../../config/config.js'
import { Limiter } from '../../limiter.js'
import { readAhead } from '../../lifecycle/ahead.js'
import { verifyCluster } from '../../lifecycle/verify/verify.js'
import type { Soundness, VerifiedCluster } from '../../lifecycle/verify/verify.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'
import { withServers } from '../own-inventory.js'
import { pinClusters } from '../verify/pin.js'
import {
  documentOf,
  findingLines,
  markdownLines,
  rowsOf,
  summaryOf,
  tableLines,
} from '../verify/table.js'

export const VERIFY: Command = {
  usage: 'verify [clusters..]',
  summary: 'Ask every server whether it has the CA and the tokens that are kept here',
  positionals: {
    clusters: { type: 'list', describe: 'The clusters; all of them if none is named' },
  },
  options: {
    inventory: {
      type: 'list',
      alias: 'i',
      value: 'SOURCE',
      describe:
        'An inventory that has the servers, where k3s_vars.yml names no hosts; those of ansible.cfg if absent',
    },
    pin: {
      type: 'flag',
      describe: 'Show the hash of the CA first, ask whether it is right, and keep it',
    },
    'ca-hash': {
      type: 'text',
      value: 'HASH',
      describe: 'With --pin: the right hash, so that nobody is asked',
    },
    'all-former': {
      type: 'flag',
      describe:
        'Try every former token, not only the last one; each is a line in the log of the server',
    },
    short: { type: 'flag', describe: 'Leave out what is sound' },
    markdown: { type: 'flag', describe: 'Print a Markdown table', excludes: ['json'] },
  },
  examples: [
    ['verify', 'every server of every cluster'],
    ['verify prod -i inventory.yml', 'the servers stand in that inventory'],
    ['verify prod --pin', 'compare the CA of prod with what a server of it says, then verify'],
    ['verify --short --markdown', 'what is not sound, for a ticket'],
  ],
  interrupted: 'nothing was changed but what --pin has kept; run it again',
  run: verify,
}

/** Servers that are asked at once, and clusters whose documents are open for it. */
const AT_ONCE = 64
/** For all that is asked of a server; K3s gives its nodes as long. */
const MILLISECONDS = 10_000

async function verify(call: Call): Promise<number> {
  const { input } = call
  const names = input.list('clusters')
  const written = openConfig(call)
  const config = await withServers(call, written, chooseClusters(written, names))
  const clusters = chooseClusters(config, names)
  const isPinning = input.has('pin') || input.text('ca-hash') !== undefined
  const kept = isPinning ? await pinClusters(call, config) : []
  const verified = await verifyAll(call, config, clusters)
  const shown = input.has('short') ? verified.filter(({ state }) => state !== 'sound') : verified
  const rows = rowsOf(shown).filter(({ state }) => !input.has('short') || state !== 'sound')
  const table = input.has('markdown') ? [...markdownLines(rows), ''] : tableLines(rows)
  answer(call, documentOf(shown), [
    ...kept,
    ...(rows.length === 0 ? [] : table),
    ...findingLines(shown),
    summaryOf(verified),
  ])
  return statusOf(verified)
}

async function verifyAll(
  call: Call,
  config: Config,
  clusters: readonly ClusterConfig[],
): Promise<readonly VerifiedCluster[]> {
  const { input, io, report } = call
  const lifecycle = openLifecycle(call, config)
  await readAhead(clusters, lifecycle)
  const progress = report.progress('verifying', clusters.length, () => io.now().getTime())
  const limiter = new Limiter(AT_ONCE)
  const options = { milliseconds: MILLISECONDS, allFormer: input.has('all-former'), limiter }
  const open = new Limiter(AT_ONCE)
  const verified = clusters.map((cluster) =>
    open.run(async () => {
      const one = await verifyCluster(lifecycle, cluster, options)
      progress.step()
      return one
    }),
  )
  try {
    return await Promise.all(verified)
  } finally {
    progress.end()
  }
}

/** What is wrong comes before what could not be told. */
function statusOf(verified: readonly VerifiedCluster[]): number {
  const has = (state: Soundness): boolean => verified.some((cluster) => cluster.state === state)
  if (has('wrong')) return EXIT_STATUS.findings
  return has('unknown') ? EXIT_STATUS.cluster : EXIT_STATUS.done
}
