// What the world does to a store: each misfortune has a stated outcome. Whatever fails, fails with its code and status, says
// nothing on stdout, and leaves every file of the store as it was.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  truncateSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { ERROR_AREAS, ERROR_CODES, EXIT_STATUS } from '../../src/errors.js'
import type { ErrorCode } from '../../src/errors.js'
import { currentProcess, formatProcess } from '../../src/files/process-identity.js'
import { LAUNCHER } from '../support/project.js'
import { CLUSTER, ClusterProject, tokenIn } from './cluster-project.js'
import { launch } from './launch.js'
import type { Ended } from './launch.js'
import type { Bench, Proof, Trial } from './proof.js'
import { withDocument } from './filled-project.js'
import { Counter } from './tally.js'
import { noTrace, strace } from './trace.js'
import type { World } from './world.js'

const LIST = ['--list']
const IMPORT = ['token', 'import', CLUSTER, '--replace', '--file', 'given']

const FILL = '.fill'

/** A command that meets a misfortune. */
interface Case {
  readonly what: string
  readonly args: readonly string[]
  readonly outcome: ErrorCode | 'done'
  /** Brings the project into the state that the command finds; absent: it holds a document. */
  readonly prepare?: (project: ClusterProject) => void
  /** Commands that the launcher is run by. */
  readonly wrapper?: (project: ClusterProject) => readonly string[]
  readonly world?: readonly World[]
  /** Further demands: yields what does not hold. */
  readonly check?: (ended: Ended, project: ClusterProject) => Iterable<string>
}

const fill = withDocument()

/** As many as the longest wait for a lock has cases. */
const TURNS_AT_ONCE = 4

function suffering(cases: readonly Case[], world: readonly World[] = []): Trial {
  return async (bench) => {
    const counter = new Counter()
    const queue = [...cases]
    const turn = async (): Promise<void> => {
      for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
        await suffer(bench, { ...one, world: [...(one.world ?? []), ...world] }, counter)
      }
    }
    await Promise.all(Array.from({ length: TURNS_AT_ONCE }, turn))
    return counter
  }
}

async function suffer(bench: Bench, one: Case, counter: Counter): Promise<void> {
  const project = new ClusterProject()
  project.writeToken('given')
  ;(one.prepare ?? fill)(project)
  const before = snapshot(project.store)
  const wrapper = one.wrapper?.(project) ?? []
  const ended = await launch(bench, project, one.args, { world: one.world ?? [], wrapper })
  counter.trials++
  const after = snapshot(afterwards(project))
  for (const violation of judge(one, ended, { before, after, project })) {
    counter.require(false, `${one.what}: ${violation}`)
  }
  project.remove()
}

function* judge(
  { outcome, check = () => [] }: Case,
  ended: Ended,
  { before, after, project }: { before: string; after: string; project: ClusterProject },
): Generator<string> {
  const { status, stdout, stderr } = ended
  if (outcome === 'done') {
    if (status !== 0) yield `failed with ${status}: ${stderr.split('\n')[0]}`
  } else {
    const expected = exitStatusOf(outcome)
    if (status !== expected) yield `status ${status} and not ${expected}`
    if (stdout !== '') yield 'something on stdout'
    if (!stderr.includes(`(${outcome})`))
      yield `${outcome} is not said, but ${stderr.split('\n')[0]}`
    if (after !== before) yield 'the store is not as it was'
  }
  yield* check(ended, project)
}

/** Every name in a folder with its kind, mode and content, but for what fills a small disk. */
function snapshot(folder: string): string {
  const names = spawnSync('find', [folder, '-mindepth', '1', '-printf', '%P %y %m\\n'], {
    encoding: 'utf8',
  }).stdout.split('\n')
  const entries = names
    .filter((name) => !name.startsWith(FILL))
    .sort()
    .map((entry) => {
      const [name = '', kind] = entry.split(' ')
      const file = join(folder, name)
      const isText = kind === 'f' && lstatSync(file).size < 1e6
      return isText ? `${entry} ${readFileSync(file, 'utf8')}` : entry
    })
  return entries.join('\n')
}

/** Where the store can be looked at: what a mount of its own held is copied out. */
function afterwards(project: ClusterProject): string {
  const copy = project.path('afterwards')
  return spawnSync('test', ['-d', copy]).status === 0 ? copy : project.store
}

const inject = (...injections: readonly string[]) => [
  ...strace('-o', '/dev/null'),
  ...injections.flatMap((one) => ['-e', `inject=${one}`]),
]
const injecting = (
  what: string,
  args: readonly string[],
  outcome: ErrorCode | 'done',
  ...injections: readonly string[]
): Case => ({
  what: `${what} (${injections.join(' ')})`,
  args,
  outcome,
  wrapper: () => inject(...injections),
  ...(args === LIST && { prepare: withFolder }),
})

function withFolder(project: ClusterProject): void {
  mkdirSync(project.store, { mode: 0o700 })
}

/** The order of flushes in a write: the folder's parent, the temporary file, the folder. */
const FLUSH = { parent: 'when=1', file: 'when=2', folder: 'when=3+' } as const

const FULL = 'K3SV_STORE_FULL'
const UNAVAILABLE = 'K3SV_STORE_UNAVAILABLE'
const READ_ONLY = 'K3SV_STORE_READ_ONLY'
const FOREIGN = 'K3SV_STORE_FOREIGN'

const NAMESPACE = ['unshare', '--map-root-user', '--mount']
const noMounts =
  spawnSync(NAMESPACE[0]!, [...NAMESPACE.slice(1), 'true']).status === 0
    ? undefined
    : 'mounts cannot be made here (unshare)'

/** Runs a command with the store on a mount of its own, and copies out what that holds in the end. */
function mounted(script: string): (project: ClusterProject) => readonly string[] {
  return (project) => {
    mkdirSync(project.path('afterwards'))
    const steps = `cd "$PWD" && ${script} && { "$@"; status=$?; cp -a k3s_tokens/. afterwards; exit $status; }`
    return [...NAMESPACE, 'sh', '-c', steps, 'sh']
  }
}

const SMALL_DISK = `cp -a k3s_tokens held && mount -t tmpfs -o size=16k,mode=700 tmpfs k3s_tokens && cp -a held/. k3s_tokens && { head -c 1000000 /dev/zero > k3s_tokens/${FILL} 2>/dev/null; true; }`
const WRITE_PROTECTED = 'mount --bind k3s_tokens k3s_tokens && mount -o remount,ro,bind k3s_tokens'

const FULL_DISK: readonly Case[] = [
  { what: 'minting on a full disk', args: LIST, prepare: withFolder },
  { what: 'replacing on a full disk', args: IMPORT },
].map((one) => ({ ...one, outcome: FULL, wrapper: mounted(SMALL_DISK) }))

const NO_ROOM: readonly Case[] = [
  injecting('the flush says so, as on NFS', LIST, FULL, `fsync:error=ENOSPC:${FLUSH.file}`),
  injecting('the flush says so, as on NFS', IMPORT, FULL, `fsync:error=ENOSPC:${FLUSH.file}`),
  injecting('no room for the lock', LIST, FULL, '?symlink,?symlinkat:error=ENOSPC'),
  injecting('the quota, at the link', LIST, FULL, '?link,?linkat:error=EDQUOT'),
  injecting('the quota, at the flush', IMPORT, FULL, `fsync:error=EDQUOT:${FLUSH.file}`),
  injecting('the quota, at the rename', IMPORT, FULL, '?rename,?renameat,?renameat2:error=EDQUOT'),
]

const reading = (project: ClusterProject, ...injections: string[]) => [
  ...['strace', '-f', '-o', '/dev/null', '-P', project.document],
  ...injections.flatMap((one) => ['-e', `inject=${one}`]),
]

const IO_ERRORS: readonly Case[] = [
  {
    what: 'reading the document',
    args: LIST,
    outcome: UNAVAILABLE,
    wrapper: (project) => reading(project, 'read:error=EIO'),
  },
  {
    what: 'opening the document',
    args: LIST,
    outcome: UNAVAILABLE,
    wrapper: (project) => reading(project, 'openat:error=EIO'),
  },
  injecting('the flush of the parent', LIST, UNAVAILABLE, `fsync:error=EIO:${FLUSH.parent}`),
  injecting('the flush of a first document', LIST, UNAVAILABLE, `fsync:error=EIO:${FLUSH.file}`),
  injecting('the flush of a later document', IMPORT, UNAVAILABLE, `fsync:error=EIO:${FLUSH.file}`),
  injecting('the link', LIST, UNAVAILABLE, '?link,?linkat:error=EIO'),
  injecting('the rename', IMPORT, UNAVAILABLE, '?rename,?renameat,?renameat2:error=EIO'),
  injecting('a folder that cannot be flushed at all', LIST, 'done', 'fsync:error=EINVAL:when=1+2'),
]

const asRoot = process.geteuid!() === 0
const NOBODY = 65534
const ORDINARY = asRoot
  ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  : []
const noOrdinaryUser =
  !asRoot || spawnSync('setpriv', [...ORDINARY.slice(1), LAUNCHER, '--host']).status === 2
    ? undefined
    : 'an ordinary user cannot read this checkout'

/** The project of an ordinary user, its store with a mode. */
function belonging(mode: number, prepare: (project: ClusterProject) => void) {
  return (project: ClusterProject): void => {
    prepare(project)
    chmodSync(project.store, mode)
    if (!asRoot) return
    execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, project.folder])
    chmodSync(dirname(project.folder), 0o755)
  }
}

const NO_RIGHTS: readonly Case[] = [
  {
    what: 'minting in a folder that cannot be written',
    args: LIST,
    outcome: READ_ONLY,
    prepare: belonging(0o500, withFolder),
  },
  {
    what: 'replacing in a folder that cannot be written',
    args: IMPORT,
    outcome: READ_ONLY,
    prepare: belonging(0o500, fill),
  },
  {
    what: 'reading in a folder that cannot be written',
    args: LIST,
    outcome: 'done',
    prepare: belonging(0o500, fill),
  },
  {
    what: 'reading in a folder that cannot be entered',
    args: LIST,
    outcome: UNAVAILABLE,
    prepare: belonging(0o600, fill),
  },
  {
    what: 'reading in a folder that cannot be listed',
    args: LIST,
    outcome: 'done',
    prepare: belonging(0o100, fill),
  },
].map((one) => ({ ...one, wrapper: () => ORDINARY }) as Case)

const PROTECTED: readonly Case[] = [
  { what: 'reading on a read-only mount', args: LIST, outcome: 'done' },
  { what: 'minting on a read-only mount', args: LIST, outcome: READ_ONLY, prepare: withFolder },
  { what: 'replacing on a read-only mount', args: IMPORT, outcome: READ_ONLY },
].map((one) => ({ ...one, wrapper: mounted(WRITE_PROTECTED) }) as Case)

const inPlace =
  (put: (file: string) => void) =>
  (project: ClusterProject): void => {
    withFolder(project)
    put(project.document)
  }
const NOT_FILES: readonly (readonly [string, (file: string) => void])[] = [
  ['a pipe', (file) => void execFileSync('mkfifo', [file])],
  ['a folder', (file) => mkdirSync(file)],
  ['a link to a file', (file) => symlinkSync('/etc/hostname', file)],
  ['a link to nothing', (file) => symlinkSync('nowhere', file)],
  ['a socket', makeSocket],
  ...(asRoot
    ? ([['a device', (file: string) => void execFileSync('mknod', [file, 'c', '1', '5'])]] as const)
    : []),
]
const FOREIGNERS: readonly Case[] = NOT_FILES.flatMap(([what, put]) =>
  [LIST, IMPORT].map((args): Case => ({
    what: `${what} (${args[0]})`,
    args,
    outcome: FOREIGN,
    prepare: inPlace(put),
    check: isSwift,
  })),
)

/** A socket stays where its server was killed. */
function makeSocket(file: string): void {
  const code = `require('node:net').createServer().listen(${JSON.stringify(file)}, () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', code])
}

const SWIFT_MS = 3000

function* isSwift({ milliseconds }: Ended): Generator<string> {
  if (milliseconds > SWIFT_MS) yield `took ${Math.round(milliseconds)} ms`
}

const GIB = 1024 ** 3
const MOST_MEMORY_KIB = 150 * 1024

function* isModest(ended: Ended): Generator<string> {
  yield* isSwift(ended)
  const memory = ended.reports.map((line) => /^memory (\d+)$/.exec(line)?.[1]).find(Boolean)
  if (memory === undefined) yield 'its memory is not known'
  else if (Number(memory) > MOST_MEMORY_KIB) yield `took ${memory} KiB of memory`
}

function sparse(file: string, size: number): void {
  closeSync(openSync(file, 'wx', 0o600))
  truncateSync(file, size)
}

const HUGE: readonly Case[] = [LIST, IMPORT].map((args) => ({
  what: `10 GiB in the document's place (${args[0]})`,
  args,
  outcome: 'K3SV_STORE_CORRUPT',
  prepare: inPlace((file) => sparse(file, 10 * GIB)),
  world: ['memory'],
  check: isModest,
}))

/** A reader without a limit, on a file that Node can still hold. */
const READ_ALL: Trial = async (bench) => {
  const counter = new Counter()
  const project = new ClusterProject()
  inPlace((file) => sparse(file, GIB / 4))(project)
  const code = `require('node:fs').readFileSync(${JSON.stringify(project.document)})`
  const wrapper = [process.execPath, '-e', code]
  const ended = await launch(bench, project, [], { wrapper, world: ['memory'] })
  counter.trials++
  counter.violations.push(...isModest(ended))
  project.remove()
  return counter
}

function* answersTheSame({ stdout }: Ended, project: ClusterProject): Generator<string> {
  const { stdout: again } = project.runLauncher(LIST)
  if (tokenIn(again) === null) yield 'the store cannot be read afterwards'
  if (stdout.startsWith('{') && tokenIn(stdout) !== tokenIn(again)) yield 'another token afterwards'
}

const CLOCKS: readonly Case[] = (
  ['clock-before-1970', 'clock-in-2200', 'clock-jumps'] as const
).flatMap((clock): Case[] => {
  const common = { world: [clock], outcome: 'done', check: answersTheSame } as const
  return [
    { ...common, what: `minting, ${clock}`, args: LIST, prepare: () => undefined },
    { ...common, what: `reading, ${clock}`, args: LIST },
    { ...common, what: `replacing, ${clock}`, args: IMPORT },
  ]
})

const SLOW: readonly Case[] = [
  {
    ...injecting(
      'minting, each flush takes half a second',
      LIST,
      'done',
      'fsync:delay_enter=500000',
    ),
    check: answersTheSame,
  },
  {
    ...injecting(
      'replacing, each flush takes half a second',
      IMPORT,
      'done',
      'fsync:delay_enter=500000',
    ),
    check: answersTheSame,
  },
]

const FEWEST = 12
const MOST = 40

/** Whatever number of descriptors is allowed: the right answer or an error, and never half of either. */
function starving(world: readonly World[]): Trial {
  return async (bench, { step }) => {
    const counter = new Counter()
    const limits = Array.from({ length: MOST - FEWEST }, (_, index) => FEWEST + index)
    const chosen = limits.filter((_, index) => index % Math.min(step, 4) === 0)
    for (const prepare of [fill, () => undefined]) {
      for (const limit of chosen) {
        const project = new ClusterProject()
        prepare(project)
        const before = await project.token()
        const wrapper = ['sh', '-c', `ulimit -n ${limit}; exec "$@"`, 'sh']
        const { status, stdout } = await launch(bench, project, LIST, { wrapper, world })
        const after = await project.token()
        counter.trials++
        counter.count(status === 0 ? 'answered' : 'refused')
        const at = `${limit} descriptors`
        if (status === 0) counter.require(tokenIn(stdout) === after, `${at}: a wrong answer`)
        else counter.require(stdout === '', `${at}: something on stdout`)
        if (before !== null) counter.require(after === before, `${at}: another document`)
        project.remove()
      }
    }
    return counter
  }
}

const BOOT = currentProcess().boot
const own = formatProcess(currentProcess())
const LOCKS: readonly (readonly [string, string])[] = [
  ['a living process', own],
  ['another machine', own.replace(/ \S+$/, ' elsewhere')],
  ['this machine before it was started anew', own.replace(BOOT, BOOT.replace(/./g, '0'))],
  ['another container', own.replace('pid:[', 'pid:[9')],
]
const LOCKED: readonly Case[] = LOCKS.map(([what, holder], index) => ({
  what: `the lock of ${what}`,
  args: IMPORT,
  outcome: 'K3SV_STORE_LOCKED',
  // One waits as long as users do; the others need not.
  world: index === 0 ? [] : ['hurried'],
  prepare(project) {
    fill(project)
    symlinkSync(`0123456789abcdef ${holder}`, join(project.store, `.${CLUSTER}.lock`))
  },
}))

/**
 * A link to `victim` takes the document's place in the moment before a write gives the document its name. A first document
 * is refused then, a later one replaces the link; what the link points at stays as it is.
 */
function swapping(world: readonly World[]): Trial {
  return async (bench) => {
    const counter = new Counter()
    for (const args of [LIST, IMPORT]) {
      const project = new ClusterProject()
      project.writeToken('given')
      if (args === IMPORT) fill(project)
      project.write('victim', 'not ours\n')
      const ended = await launch(bench, project, args, { world: [...world, 'swapped-link'] })
      const outcome = args === IMPORT ? 'done' : FOREIGN
      counter.trials++
      const nothing = { before: '', after: '', project }
      counter.violations.push(...judge({ what: '', args, outcome }, ended, nothing))
      const victim = readFileSync(project.path('victim'), 'utf8')
      counter.require(victim === 'not ours\n', 'the file behind the link was written')
      project.remove()
    }
    return counter
  }
}

const say = (code: ErrorCode): string => `${exitStatusOf(code)} \`${code}\``

function exitStatusOf(code: ErrorCode): number {
  return EXIT_STATUS[ERROR_AREAS.find((area) => code in ERROR_CODES[area])!]
}

/** A proof of cases that fail; where nothing befalls them they do not, and each of them notices. */
function failing(name: string, what: string, cases: readonly Case[], skip?: string): Proof {
  const spared = cases.map(({ what, args, outcome }) => ({ what, args, outcome }))
  const control = { what: 'the same, and nothing goes wrong', run: suffering(spared) }
  return { name: `world/${name}`, what, run: suffering(cases), control, skip }
}

const FORGETFUL = 'a store that only says that it has written'

/** A proof of cases that all succeed. */
function enduring(name: string, what: string, cases: readonly Case[], skip?: string): Proof {
  const control = { what: FORGETFUL, run: suffering(cases, ['forgetful']) }
  return { name: `world/${name}`, what, run: suffering(cases), control, skip }
}

export const WORLD_ERRORS: readonly Proof[] = [
  failing('full-disk', `a full disk: ${say(FULL)}`, FULL_DISK, noMounts),
  failing(
    'no-room',
    `ENOSPC and EDQUOT from lock, flush, link and rename: ${say(FULL)}`,
    NO_ROOM,
    noTrace,
  ),
  failing(
    'io-error',
    `EIO from each step of reading and writing: ${say(UNAVAILABLE)}`,
    IO_ERRORS,
    noTrace,
  ),
  failing(
    'no-rights',
    `EACCES: reading works where it can, writing is ${say(READ_ONLY)}`,
    NO_RIGHTS,
    noOrdinaryUser,
  ),
  failing(
    'read-only-mount',
    `EROFS: reading works, writing is ${say(READ_ONLY)}`,
    PROTECTED,
    noMounts,
  ),
  {
    name: 'world/descriptors',
    what: `EMFILE at ${FEWEST} to ${MOST} descriptors: the right answer, or an error and nothing on stdout`,
    run: starving([]),
    control: { what: FORGETFUL, run: starving(['forgetful']) },
  },
  enduring('clock', 'a clock before 1970, in 2200, and jumping by years: the right answer', CLOCKS),
  enduring('slow-disk', 'a slow disk: the right answer, later', SLOW, noTrace),
  failing(
    'lock',
    `the lock of somebody who may be alive: ${say('K3SV_STORE_LOCKED')} after five seconds, and it stays`,
    LOCKED,
  ),
  {
    ...failing(
      'huge-file',
      `10 GiB in the document's place: ${say('K3SV_STORE_CORRUPT')} in bounded time and memory`,
      HUGE,
    ),
    control: { what: 'a reader without a limit', run: READ_ALL },
  },
  failing(
    'not-a-file',
    `a pipe, folder, link, socket or device in the document's place: ${say(FOREIGN)} at once`,
    FOREIGNERS,
  ),
  {
    name: 'world/swapped-link',
    what: "a link that takes the document's place just before the write: what it points at is never written",
    run: swapping([]),
    control: { what: 'a store that writes through links', run: swapping(['through-links']) },
  },
]
