// The power fails after each system call of a recorded run. What the disk may then hold is worked out by the model; each
// outcome is laid out in a real folder and handed to the real store.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { importTokens } from '../../src/lifecycle/import.js'
import { ensureTokens } from '../../src/lifecycle/mint.js'
import { K3sVarsError } from '../../src/errors.js'
import { Secret } from '../../src/secret.js'
import { CLUSTER, ClusterProject, openProject } from './cluster-project.js'
import { Disk } from './disk-model.js'
import type { Remains, Step } from './disk-model.js'
import type { Bench, Proof, Trial } from './proof.js'
import { Counter } from './tally.js'
import { noTrace, record } from './trace.js'
import type { Call } from './trace.js'

const LIST = ['--list']
const IMPORT = ['token', 'import', CLUSTER, '--replace', '--file', 'given']

/** The project's folder as the model knows it. */
const ROOT = '/project'
const STORE = `${ROOT}/k3s_tokens`
const DOCUMENT = `${STORE}/${CLUSTER}.yml`
const LOCK = `${STORE}/.${CLUSTER}.lock`

/** A recorded run, with the texts that its document had before and after. */
interface Run {
  readonly steps: readonly Step[]
  /** By writer: 0 what lay there before, 1 what the run wrote. */
  readonly texts: readonly (string | undefined)[]
  readonly project: ClusterProject
}

/** The steps of a run on the project's files, those that failed left out. */
function stepsOf(calls: readonly Call[], project: ClusterProject): Step[] {
  return calls.flatMap(({ name, line }): Step[] => {
    if (/ = -1 /.test(line)) return []
    const plain = line.replaceAll(project.folder, ROOT)
    const [first = '', second = ''] = [...plain.matchAll(/"([^"]*)"/g)].map((match) => match[1]!)
    const descriptor = /^\w+\(\d+<([^>]*)>/.exec(plain)?.[1] ?? ''
    if (plain.startsWith('write(1<')) return [{ type: 'announce' }]
    const paths = [first, second, descriptor]
    if (!paths.some((path) => path === ROOT || path.startsWith(`${ROOT}/`))) return []
    if (name.startsWith('mkdir')) return [{ type: 'make folder', path: first }]
    if (name === 'openat')
      return plain.includes('O_CREAT') ? [{ type: 'make file', path: first }] : []
    if (name === 'write' || name === 'pwrite64') return [{ type: 'write', path: descriptor }]
    if (name === 'fsync' || name === 'fdatasync') return [{ type: 'flush', path: descriptor }]
    if (name.startsWith('link')) return [{ type: 'link', from: first, to: second }]
    if (name.startsWith('rename')) return [{ type: 'rename', from: first, to: second }]
    if (name.startsWith('unlink')) return [{ type: 'remove', path: first }]
    if (name.startsWith('symlink')) return [{ type: 'make file', path: second, target: first }]
    return []
  })
}

async function recordRun(
  bench: Bench,
  args: readonly string[],
  prepare: (project: ClusterProject) => void,
): Promise<Run> {
  const project = new ClusterProject()
  project.writeToken('given')
  prepare(project)
  const before = textOf(project)
  const { calls, ended } = await record(bench, project, args)
  if (ended.status !== 0) throw new Error(`the recorded run failed: ${ended.stderr}`)
  return { steps: stepsOf(calls, project), texts: [before, textOf(project)], project }
}

function textOf(project: ClusterProject): string | undefined {
  return project.names.includes(`${CLUSTER}.yml`)
    ? readFileSync(project.document, 'utf8')
    : undefined
}

interface Findings {
  readonly counter: Counter
  /** What the real store makes of it, all together, since some of it waits for a lock; absent: it is not asked. */
  readonly outcomes?: Promise<readonly string[]>[] | undefined
}

/** What a log that was altered leads to is judged by the model alone. */
function newFindings(alter: Alter): Findings {
  return { counter: new Counter(), outcomes: alter === asRecorded ? [] : undefined }
}

async function conclude({ counter, outcomes }: Findings): Promise<Counter> {
  for (const complaints of await Promise.all(outcomes ?? [])) counter.violations.push(...complaints)
  return counter
}

/** The power fails now. */
function cut(
  { counter, outcomes }: Findings,
  disk: Disk,
  { run, isAnnounced, isDone }: { run: Run; isAnnounced: boolean; isDone: boolean },
): void {
  for (const remains of disk.afterPowerCut()) {
    counter.trials++
    const document = remains.get(DOCUMENT)
    if (document !== undefined && document.extent !== 'whole') {
      counter.require(false, 'a document that is not whole')
      continue
    }
    const isFormer = document?.maker === 0 || (document === undefined && run.texts[0] === undefined)
    if (isAnnounced)
      counter.require(document?.maker === 1, 'an answer was given, and its document is not there')
    else counter.require(isFormer || document?.maker === 1, 'the former document is lost')
    if (isDone) counter.require(!remains.has(LOCK), 'a lock comes back after the run had ended')
    outcomes?.push(settle(run, remains))
  }
}

const settled = new Map<string, Promise<readonly string[]>>()

/** Lets the real store go on from what was found on the disk; each outcome once. */
function settle(run: Run, remains: ReadonlyMap<string, Remains>): Promise<readonly string[]> {
  const shape = [...remains].map(([path, { maker, extent }]) => [
    path.length,
    path.slice(-4),
    maker,
    extent,
  ])
  const key = JSON.stringify([run.project.folder, shape.sort()])
  const known = settled.get(key) ?? goOn(run, remains)
  settled.set(key, known)
  return known
}

async function goOn(
  { texts, project: recorded }: Run,
  remains: ReadonlyMap<string, Remains>,
): Promise<readonly string[]> {
  const project = new ClusterProject()
  const complaints: string[] = []
  try {
    for (const name of ['.vault_old', '.vault_new']) {
      writeFileSync(project.path(name), readFileSync(recorded.path(name)))
    }
    for (const [path, found] of remains)
      layOut(project, path.replace(ROOT, project.folder), found, texts)
    const { cluster, lifecycle } = openProject(project.folder, PATIENCE_MS)
    const document = remains.get(DOCUMENT)
    const { minted } = await ensureTokens(lifecycle, cluster)
    if (minted !== (document === undefined)) complaints.push('another token is minted')
    const server = new Secret(`Next${'0123456789'.repeat(3)}`)
    await importTokens(lifecycle, cluster, { server: { secret: server } }, { replace: true })
    if ((await project.token()) !== server.reveal()) complaints.push('the next write does not last')
  } catch (error) {
    if (!(error instanceof K3sVarsError)) throw error
    // A lock from before the power cut is for people to judge; see `process-identity.ts`.
    const isLock = error.code === 'K3SV_STORE_LOCKED' && error.message.includes('last started')
    if (!isLock || !remains.has(LOCK)) complaints.push(`the next run fails: ${error.code}`)
  } finally {
    project.remove()
  }
  return complaints
}

/** Locks from before the power cut are waited for in vain, and there are many. */
const PATIENCE_MS = 200

const OTHER_BOOT = '00000000-0000-4000-8000-000000000000'

function layOut(
  project: ClusterProject,
  path: string,
  { maker, extent, target }: Remains,
  texts: readonly (string | undefined)[],
): void {
  if (path === project.store) return void mkdirSync(path, { recursive: true, mode: 0o700 })
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (target !== undefined)
    return symlinkSync(target.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}/, OTHER_BOOT), path)
  const text = texts[maker] ?? ''
  const length = { whole: text.length, half: text.length >> 1, empty: 0 }[extent]
  writeFileSync(path, text.slice(0, length), { mode: 0o600 })
}

type Alter = (steps: readonly Step[]) => readonly Step[]
const asRecorded: Alter = (steps) => steps
const withoutFlush: Alter = (steps) => steps.filter(({ type }) => type !== 'flush')

/** One run alone. */
function alone(
  args: readonly string[],
  prepare: (project: ClusterProject) => void,
  alter: Alter,
): Trial {
  return async (bench) => {
    const run = await recordRun(bench, args, prepare)
    const findings = newFindings(alter)
    const disk = startOf(run)
    const steps = alter(run.steps)
    let isAnnounced = false
    for (const step of steps) {
      disk.take(step, 1)
      isAnnounced ||= step.type === 'announce'
      cut(findings, disk, { run, isAnnounced, isDone: step === steps.at(-1) })
    }
    await conclude(findings)
    run.project.remove()
    return findings.counter
  }
}

function startOf(run: Run): Disk {
  const [before] = run.texts
  return before === undefined ? new Disk([ROOT], []) : new Disk([ROOT, STORE], [DOCUMENT])
}

/**
 * A first run is stopped after each of its steps, and a second one answers from what it sees: it reads the document where
 * there is one and mints where there is none. Then the power fails.
 */
function afterAnother(alter: Alter): Trial {
  return async (bench) => {
    const findings = newFindings(alter)
    const first = await recordRun(bench, LIST, () => undefined)
    const inEmptyFolder = await recordRun(bench, LIST, (project) =>
      mkdirSync(project.store, { mode: 0o700 }),
    )
    const reading = await recordRun(bench, LIST, (project) => void project.runLauncher(LIST))
    for (let stop = 1; stop <= first.steps.length; stop++) {
      const disk = startOf(first)
      for (const step of alter(first.steps.slice(0, stop))) disk.take(step, 1)
      const second = disk.has(DOCUMENT) ? reading : disk.has(STORE) ? inEmptyFolder : undefined
      if (second === undefined) continue
      for (const step of alter(second.steps)) disk.take(step, 1)
      cut(findings, disk, { run: second, isAnnounced: true, isDone: false })
    }
    await conclude(findings)
    for (const { project } of [first, inEmptyFolder, reading]) project.remove()
    return findings.counter
  }
}

const fill = (project: ClusterProject): void => void project.runLauncher(LIST)
const CONTROL = 'the log with every fsync left out'

export const POWER_CUTS: readonly Proof[] = [
  {
    name: 'power/minting',
    what: 'the power fails after each step of minting, whatever was not flushed lost or not: old or new, and what was answered stays',
    run: alone(LIST, () => undefined, asRecorded),
    control: { what: CONTROL, run: alone(LIST, () => undefined, withoutFlush) },
    skip: noTrace,
  },
  {
    name: 'power/replacing',
    what: 'the same for `token import --replace`; after its end no lock comes back',
    run: alone(IMPORT, fill, asRecorded),
    control: { what: CONTROL, run: alone(IMPORT, fill, withoutFlush) },
    skip: noTrace,
  },
  {
    name: 'power/after-another',
    what: 'the same for a run that answers from what another left when it was killed',
    run: afterAnother(asRecorded),
    control: { what: CONTROL, run: afterAnother(withoutFlush) },
    skip: noTrace,
  },
]
