// Processes that are there already when the race begins, so that all of them meet within a millisecond, on file systems of
// several kinds and from several process id namespaces. They run the store alone, bundled as the program is.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from '../../src/document/text.js'
import { CLUSTER } from './cluster-project.js'
import { leaveDeadLock } from './filled-project.js'
import type { Bench, Effort, Proof, Trial } from './proof.js'
import { Counter } from './tally.js'
import { withWorkers, WorkerProcess } from './worker-process.js'
import type { Answer } from './worker.js'
import type { World } from './world.js'

/** What one half of the workers lives in, and what the other half does. */
interface Teams {
  readonly worlds?: readonly (readonly World[])[]
  /** Commands that the workers are run by, dealt out in turns. */
  readonly wrappers?: readonly (readonly string[])[]
  /** Where the store lies; absent: in the folder of the run. */
  readonly mount?: (bench: Bench, action: (folder: string) => Promise<void>) => Promise<void>
}

const MINTS_PER_ROUND = 10
const PATIENCE = 120_000

/** Runs `round` in a new folder as often as asked for, with workers dealt out to the teams. */
async function race(
  bench: Bench,
  { count, times }: { readonly count: number; readonly times: number },
  teams: Teams,
  round: (counter: Counter, workers: readonly WorkerProcess[], folder: string) => Promise<void>,
): Promise<Counter> {
  const { worlds = [[]], wrappers = [[]], mount = (_, action) => action(bench.folder) } = teams
  const counter = new Counter()
  const workers = Array.from(
    { length: count },
    (_, index) =>
      new WorkerProcess(bench, worlds[index % worlds.length], wrappers[index % wrappers.length]),
  )
  await mount(bench, (place) =>
    withWorkers(workers, async () => {
      for (let time = 0; time < times; time++) {
        const parent = mkdtempSync(join(place, 'race-'))
        await round(counter, workers, join(parent, 'k3s_tokens'))
        rmSync(parent, { recursive: true })
      }
    }),
  )
  return counter
}

function minting(teams: Teams, share = 1): Trial {
  return (bench, { processes, rounds }: Effort) =>
    race(
      bench,
      { count: Math.ceil(processes * share), times: rounds * MINTS_PER_ROUND },
      teams,
      async (counter, workers, folder) => {
        const answers = await Promise.all(
          workers.map((worker) => worker.ask({ operation: 'ensure', folder, patience: PATIENCE })),
        )
        counter.trials += answers.length
        const text = readFileSync(join(folder, `${CLUSTER}.yml`), 'utf8')
        const minted = answers.filter((answer) => answer && 'minted' in answer && answer.minted)
        counter.require(minted.length === 1, `${minted.length} tokens minted`)
        for (const answer of answers) {
          counter.require(
            textOf(answer) === text,
            `an answer that is not the store's: ${codeOf(answer)}`,
          )
        }
        counter.require(readdirSync(folder).length === 1, 'something is left in the folder')
      },
    )
}

const REPLACERS = 8
const REPLACES = 5

function replacing(teams: Teams, prepare: (folder: string) => void = () => undefined): Trial {
  return (bench, { rounds }: Effort) =>
    race(bench, { count: REPLACERS, times: rounds }, teams, async (counter, workers, folder) => {
      await workers[0]!.ask({ operation: 'ensure', folder, patience: PATIENCE })
      prepare(folder)
      const command = { operation: 'adopt', folder, times: REPLACES, patience: PATIENCE } as const
      const answers = await Promise.all(workers.map((worker) => worker.ask(command)))
      counter.trials += answers.length * REPLACES
      const file = join(folder, `${CLUSTER}.yml`)
      const { current, previous } = parseDocument(readFileSync(file, 'utf8'), {
        cluster: CLUSTER,
        file,
      })
      const texts = [current, ...previous].map(
        ({ server }) => server.form === 'sealed' && server.text,
      )
      for (const answer of answers) {
        const done = answer !== null && 'done' in answer ? answer.done : undefined
        counter.require(done !== undefined, `a replacing failed: ${codeOf(answer)}`)
        for (const text of done ?? []) counter.require(texts.includes(text), 'a generation is lost')
      }
      counter.require(readdirSync(folder).length === 1, 'something is left in the folder')
    })
}

function textOf(answer: Answer | null): string | null {
  return answer !== null && 'text' in answer ? answer.text : null
}

function codeOf(answer: Answer | null): string {
  return answer !== null && 'code' in answer ? answer.code : 'another document'
}

const NAMESPACE = ['unshare', '--map-root-user', '--pid', '--fork', '--kill-child', '--mount-proc']
const works = (command: readonly string[]): boolean =>
  spawnSync(command[0]!, command.slice(1)).status === 0
const noNamespaces = works([...NAMESPACE, 'true'])
  ? undefined
  : 'process id namespaces cannot be made here (unshare)'

const noExfat =
  process.geteuid!() === 0 && works(['sh', '-c', 'command -v mkfs.exfat mount.exfat-fuse losetup'])
    ? undefined
    : 'needs root, loop devices, mkfs.exfat and mount.exfat-fuse'

/** Does `action` on a real file system that knows no links of any kind. */
async function onExfat({ folder: place }: Bench, action: (folder: string) => Promise<void>) {
  const folder = mkdtempSync(join(place, 'mount-'))
  const image = `${folder}.image`
  const run = (command: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command} failed: ${stderr}`)
    return stdout.trim()
  }
  run('truncate', '--size=16M', image)
  run('mkfs.exfat', image)
  const device = run('losetup', '--find', '--show', image)
  try {
    run('mount.exfat-fuse', device, folder, '-o', 'umask=077')
    try {
      await action(folder)
    } finally {
      run('umount', folder)
    }
  } finally {
    run('losetup', '--detach', device)
  }
}

const CARELESS = { worlds: [['careless-names', 'no-lock']] } as const
const UNLOCKED = { worlds: [['no-lock', 'slow-rename']] } as const

export const WORKER_RACES: readonly Proof[] = [
  {
    name: 'races/within-a-millisecond',
    what: 'processes that wait already mint at once: one token, the same document for all',
    run: minting({}),
    control: { what: 'a store without lock and exclusive names', run: minting(CARELESS) },
  },
  {
    name: 'races/without-hard-links',
    what: 'the same on a file system without hard links (SMB, some FUSE)',
    run: minting({ worlds: [['no-hard-links']] }, 0.3),
    control: {
      what: 'the same without the lock',
      run: minting({ worlds: [['no-hard-links', 'no-lock']] }),
    },
  },
  {
    name: 'races/without-links',
    what: 'the same where there are no links of any kind (FAT, exFAT)',
    run: minting({ worlds: [['no-hard-links', 'no-symlinks']] }, 0.3),
    control: {
      what: 'the same without the lock',
      run: minting({ worlds: [['no-hard-links', 'no-lock']] }),
    },
  },
  {
    name: 'races/exfat',
    what: 'the same on a real exFAT disk',
    run: minting({ mount: onExfat }, 0.3),
    control: {
      what: 'the same without the lock',
      run: minting({ mount: onExfat, worlds: [['no-lock-file']] }),
    },
    skip: noExfat,
  },
  {
    name: 'races/mixed-mounts',
    what: 'the same where one folder is mounted with hard links here and without them there',
    run: minting({ worlds: [[], ['no-hard-links', 'slow-rename']] }, 0.3),
    control: { what: 'a store without lock and exclusive names', run: minting(CARELESS) },
  },
  {
    name: 'races/replacing',
    what: 'processes that wait already replace at once: no generation is lost',
    run: replacing({}),
    control: { what: 'a store without the lock', run: replacing(UNLOCKED) },
  },
  {
    name: 'races/dead-lock',
    what: 'the same when the lock of a dead process lies there: it is broken once',
    run: replacing({}, leaveDeadLock),
    control: { what: 'a store without the lock', run: replacing(UNLOCKED, leaveDeadLock) },
  },
  {
    name: 'races/containers',
    what: 'the same from two process id namespaces that share the folder',
    run: replacing({ wrappers: [[], NAMESPACE] }),
    control: { what: 'a store without the lock', run: replacing(UNLOCKED) },
    skip: noNamespaces,
  },
]
