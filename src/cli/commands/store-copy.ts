import { chooseClusters } from '../../config/choose.js'
import type { ClusterConfig, Config } from '../../config/config.js'
import { parseStore } from '../../config/store-argument.js'
import { EXIT_STATUS, UsageError } from '../../errors.js'
import { describeError, exitStatusOf } from '../../format-error.js'
import { contextOf } from '../../lifecycle/create.js'
import { relocate } from '../../lifecycle/relocate.js'
import type { Relocated, Side } from '../../lifecycle/relocate.js'
import { newWriteStamp } from '../../lifecycle/seal.js'
import { openWhole } from '../../store/open.js'
import type { StoreContext } from '../../store/open.js'
import { nameDocument, nameStore } from '../../store-spec.js'
import type { StoreSpec } from '../../store-spec.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig } from '../context.js'

export const STORE_COPY: Command = {
  usage: 'store copy [clusters..]',
  summary:
    'Move token documents to another store while plays run; run it again after an interruption',
  positionals: {
    clusters: { type: 'list', describe: 'The clusters; all of them if none is named' },
  },
  options: {
    to: {
      type: 'text',
      value: 'STORE',
      describe:
        'Where to: a folder, openbao, vault, etcd or git, or what stands behind store: in k3s_vars.yml',
    },
    keep: {
      type: 'flag',
      describe: 'Leave the old documents in use, for a copy that is only a backup',
    },
  },
  examples: [
    ['store copy --to openbao', 'to the server that BAO_ADDR names'],
    ["store copy prod --to '{ etcd: { endpoints: https://e1:2379 } }'", 'one cluster to etcd'],
    ['store copy --to k3s_tokens', 'home again, from the store that k3s_vars.yml names'],
  ],
  interrupted: 'each document is where it was, or there as a whole; run it again to go on',
  run: storeCopy,
}

/** Clusters that are on their way at once. */
const AT_ONCE = 16

type Told =
  | { readonly cluster: string; readonly outcome: Relocated }
  | { readonly cluster: string; readonly error: unknown }

async function storeCopy(call: Call): Promise<number> {
  const { input, io, report } = call
  const config = openConfig(call)
  const clusters = chooseClusters(config, input.list('clusters'))
  const target = readTarget(call, config)
  const copy = copier(call, config, target)
  const progress = report.progress('moving', clusters.length, () => io.now().getTime())
  const told: Told[] = []
  for (let start = 0; start < clusters.length; start += AT_ONCE) {
    const batch = clusters.slice(start, start + AT_ONCE).map(async (cluster): Promise<Told> => {
      const known = await copy(cluster).then(
        (outcome) => ({ cluster: cluster.name, outcome }),
        (error: unknown) => ({ cluster: cluster.name, error }),
      )
      progress.step()
      return known
    })
    told.push(...(await Promise.all(batch)))
  }
  progress.end()
  const errors = told.flatMap((one) => ('error' in one ? [one.error] : []))
  answer(call, documentOf(told, target), linesOf(told, target, input.has('keep')))
  for (const error of errors) report.error(error)
  return errors.length > 0 ? exitStatusOf(errors[0]) : EXIT_STATUS.done
}

function readTarget({ input }: Call, { file }: Config): StoreSpec {
  const to = input.text('to')
  if (to !== undefined) return parseStore(to, file)
  throw new UsageError('K3SV_USAGE', 'nothing says where to', {
    hint: 'name the new store with --to, such as --to openbao',
  })
}

function copier(
  { input, io }: Call,
  config: Config,
  target: StoreSpec,
): (cluster: ClusterConfig) => Promise<Relocated> {
  const { environment, patience, randomBytes } = io
  const context = contextOf({ environment, config, patience })
  const to = openSide(target, context)
  const sides = new Map<string, Side>()
  return ({ name, store }) => {
    if (JSON.stringify(store) === JSON.stringify(target)) {
      throw new UsageError('K3SV_USAGE', `cluster ${name} is in that store already`, {
        hint: 'name another store with --to, or only the clusters that are elsewhere',
      })
    }
    const key = JSON.stringify(store)
    const from = sides.get(key) ?? openSide(store, context)
    sides.set(key, from)
    const newWriteId = (): string => newWriteStamp({ now: io.now, randomBytes }).writeId
    return relocate(name, { from, to, newWriteId, keep: input.has('keep') })
  }
}

function openSide(spec: StoreSpec, context: StoreContext): Side {
  const { documents, authorities } = openWhole(spec, context)
  return {
    store: documents,
    authorities,
    name: nameStore(spec),
    placeOf: (cluster) => nameDocument(spec, cluster),
  }
}

function documentOf(told: readonly Told[], target: StoreSpec): object {
  return {
    to: nameStore(target),
    clusters: told.map((one) =>
      'error' in one
        ? { cluster: one.cluster, outcome: 'refused', error: describeError(one.error) }
        : { cluster: one.cluster, outcome: one.outcome },
    ),
  }
}

const WORDS: Readonly<Record<Relocated, string>> = {
  copied: 'is there now',
  there: 'was there already',
  absent: 'has no token yet',
}

function linesOf(told: readonly Told[], target: StoreSpec, isKept: boolean): string[] {
  const lines = told.map((one) =>
    'error' in one ? `${one.cluster}: not moved` : `${one.cluster}: ${WORDS[one.outcome]}`,
  )
  const isMoved = told.some((one) => 'outcome' in one && one.outcome !== 'absent')
  const next = isKept
    ? 'the old documents stay in use'
    : 'now name it in store: of k3s_vars.yml, for everybody; until then plays stop, and say so'
  return [...lines, ...(isMoved ? ['', `the store is ${nameStore(target)}`, next] : [])]
}
