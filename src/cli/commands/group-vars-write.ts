import { mkdirSync, unlinkSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { EXIT_STATUS, UsageError } from '../../errors.js'
import { readAhead } from '../../lifecycle/ahead.js'
import { openTokens } from '../../lifecycle/open.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import type { ClusterConfig, Config } from '../../config/config.js'
import { nameGroups } from '../../inventory/groups.js'
import { Secret } from '../../secret.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { planFiles } from '../group-vars/plan.js'
import type { FileState, PlannedFile } from '../group-vars/plan.js'
import { writeSecretFile } from '../secret-output.js'
import type { Io } from '../io.js'
import { handOut, requireDocument } from '../../lifecycle/emit.js'
import { chooseClusters } from '../../config/choose.js'
import { openConfig, openLifecycle } from '../context.js'

export const GROUP_VARS_WRITE: Command = {
  usage: 'group-vars write [clusters..]',
  summary: 'Write the tokens to sealed group_vars files, for plays that use no plugin of ours',
  positionals: {
    clusters: { type: 'list', describe: 'The clusters; all of them if none is named' },
  },
  options: {
    output: {
      type: 'text',
      value: 'DIR',
      describe: 'The group_vars folder; the one beside k3s_vars.yml if absent',
    },
    check: { type: 'flag', describe: 'Change nothing; tell how the files differ from the store' },
    force: {
      type: 'flag',
      describe: 'Replace files that are not ours',
      excludes: ['check'],
    },
  },
  examples: [
    ['group-vars write prod', 'group_vars/k3s_cluster/k3s_vars.yml, or one file for each side'],
    ['group-vars write --check', 'for CI: exit status 8 where a file differs from the store'],
    ['group-vars write --output inventories/prod/group_vars', 'another folder'],
  ],
  interrupted: 'each file is the old one or the new one; run it again to go on',
  run: groupVarsWrite,
}

async function groupVarsWrite(call: Call): Promise<number> {
  const { input, io } = call
  const config = openConfig(call)
  const folder = resolve(
    io.environment.cwd,
    input.text('output') ?? join(dirname(config.file), 'group_vars'),
  )
  const lifecycle = openLifecycle(call, config)
  const files: PlannedFile[] = []
  const clusters = chooseClusters(config, input.list('clusters'))
  await readAhead(clusters, lifecycle)
  for (const cluster of clusters) {
    const groups = groupsOf(config, cluster)
    const tokens = await openHanded(lifecycle, cluster)
    files.push(...(await planFiles({ cluster, groups, tokens, folder, vault: lifecycle.vault })))
  }
  if (!input.has('check')) {
    if (!input.has('force')) refuseForeign(files)
    for (const file of files) await bringAbout(file, lifecycle, io)
  }
  tell(call, files)
  const isDrift = files.some(({ state }) => state !== 'same')
  return input.has('check') && isDrift ? EXIT_STATUS.findings : EXIT_STATUS.done
}

/** Named among all clusters: alone, a cluster would have other groups. */
function groupsOf(config: Config, cluster: ClusterConfig) {
  return nameGroups(config.clusters)[config.clusters.indexOf(cluster)]!
}

/** Opened whatever the cluster's `emit` is: the file is sealed as a whole, which every ansible-core opens right. */
async function openHanded(lifecycle: Lifecycle, cluster: ClusterConfig) {
  const document = await requireDocument(lifecycle, cluster)
  return handOut({ cluster, document }, await openTokens(lifecycle, { cluster, document }))
}

/** Before anything is written. */
function refuseForeign(files: readonly PlannedFile[]): void {
  const foreign = files.find(({ state }) => state === 'foreign')
  if (foreign === undefined) return
  throw new UsageError('K3SV_USAGE_OUTPUT', REASONS.foreign, {
    location: { file: foreign.file },
    hint: 'look at it (k3s-vars vault view), then move it away, or replace it with --force',
  })
}

async function bringAbout(planned: PlannedFile, lifecycle: Lifecycle, io: Io): Promise<void> {
  const { state, text, file, cluster } = planned
  if (state === 'same') return
  if (text === undefined) {
    remove(file)
    return
  }
  const sealed = new Secret(await lifecycle.vault.seal(text, cluster.vaultId))
  makeFolder(planned)
  writeSecretFile(file, sealed, io, {
    name: 'the vars file',
    isSealed: true,
    ...(state === 'missing' ? {} : { replace: true }),
  })
}

function remove(file: string): void {
  try {
    unlinkSync(file)
  } catch {
    throw new UsageError('K3SV_USAGE_OUTPUT', 'the vars file cannot be removed', {
      location: { file },
      hint: 'remove it by hand, since plays still read it; its folder may not be writable',
    })
  }
}

/** The folder may be what was given as --output, so it is not repeated. */
function makeFolder({ file, group }: PlannedFile): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
  } catch {
    throw new UsageError('K3SV_USAGE_OUTPUT', `the folder of the group ${group} cannot be made`, {
      hint: 'name a folder that you can write with --output',
    })
  }
}

const REASONS: Readonly<Record<FileState, string>> = {
  same: 'holds what the store has',
  missing: 'is missing',
  changed: 'differs from the store',
  unsealed: 'is not sealed',
  'other id': 'is sealed with another vault id',
  stale: 'is no longer wanted: the cluster hands this group no token',
  foreign: 'is not ours, or sealed with a password that is not at hand',
}

const DONE: Readonly<Record<FileState, string>> = {
  same: 'unchanged',
  missing: 'written',
  changed: 'written anew',
  unsealed: 'sealed',
  'other id': 'sealed with the vault id of the cluster',
  stale: 'removed',
  foreign: 'replaced',
}

function tell(call: Call, files: readonly PlannedFile[]): void {
  const { input, io } = call
  const words = input.has('check') ? REASONS : DONE
  answer(
    call,
    {
      files: files.map(({ cluster, group, file, state }) => ({
        cluster: cluster.name,
        group,
        file,
        state,
      })),
    },
    files.map(({ file, state }) => `${relative(io.environment.cwd, file)}: ${words[state]}`),
  )
}
