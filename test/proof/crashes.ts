// A process of the program dies as it enters each of the system calls of its write. Then: the old document or the new one,
// whole; no secret where none belongs; and the next run is clean and does not wait.
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { importTokens } from '../../src/lifecycle/import.js'
import { ensureTokens } from '../../src/lifecycle/mint.js'
import { K3sVarsError } from '../../src/errors.js'
import { Secret } from '../../src/secret.js'
import { CLUSTER, ClusterProject, openProject, tokenIn } from './cluster-project.js'
import { leaveDeadLock, withDocument } from './filled-project.js'
import type { Proof, Trial } from './proof.js'
import { Counter } from './tally.js'
import { dieAt, noTrace, record } from './trace.js'
import type { Call } from './trace.js'
import type { World } from './world.js'

interface Scene {
  readonly args: readonly string[]
  /** Added to the configuration. */
  readonly settings?: string
  /** Brings a new project into the state that the command finds. */
  readonly prepare: (project: ClusterProject) => void
  /** Whether secrets lie open in the document, by the configuration. */
  readonly isPlain?: boolean
}

const IMPORT = ['token', 'import', CLUSTER, '--replace', '--file', 'given']
const TURNS_AT_ONCE = 3
/** Whoever waits for a lock that nobody breaks waits for the lock's whole patience, 5000; a busy machine is slow as well. */
const STALL_MS = 4800

/** Calls that change something on the disk or decide what lasts. */
const CHANGING =
  /^(?:mkdir|f?sync|fsync|fch|link|rename|unlink|symlink|write\(\d+<\/|write\(1<|openat\(.*O_CREAT)/

function dying(scene: Scene, world: readonly World[] = []): Trial {
  return async (bench, { step, isForOne }) => {
    const counter = new Counter()
    const model = makeProject(scene)
    const { calls, ended } = await record(bench, model, scene.args, { world })
    model.remove()
    counter.require(ended.status === 0, 'the command fails without being killed')
    const chosen = calls.filter(({ line }, index) => CHANGING.test(line) || index % step === 0)
    // The last ones first: a careless write does its harm late.
    const queue = [...chosen]
    const next = (): Call | undefined =>
      isForOne && counter.violations.length > 0 ? undefined : queue.pop()
    const turn = async (): Promise<void> => {
      for (let call = next(); call !== undefined; call = next()) {
        const project = makeProject(scene)
        try {
          await dieOnce(call, project)
        } finally {
          project.remove()
        }
      }
    }
    await Promise.all(Array.from({ length: TURNS_AT_ONCE }, turn))
    return counter

    async function dieOnce(call: Call, project: ClusterProject): Promise<void> {
      const before = await project.token()
      const { status, stdout } = await dieAt(bench, project, scene.args, { ...call, world })
      if (status !== null) return counter.count('ended before the call')
      counter.trials++
      const at = call.line.replace(/\(.*/, '')
      const complain = (what: string): void => counter.require(false, `killed at ${at}: ${what}`)
      for (const what of findStrays(scene, project)) complain(what)
      try {
        const after = await project.token()
        const given = scene.args === IMPORT ? givenTo(project) : after
        if (after !== before && after !== given) complain('neither the old document nor the new')
        const answered = tokenIn(stdout)
        if (answered !== null && answered !== after) complain('an answer that is not stored')
        counter.count(after === before ? 'left old' : 'left new')
        for (const what of await runNext(project, after)) complain(what)
      } catch (error) {
        if (!(error instanceof K3sVarsError)) throw error
        complain(error.code)
      }
    }
  }
}

function makeProject({ settings, prepare }: Scene): ClusterProject {
  const project = new ClusterProject(settings)
  project.writeToken('given')
  prepare(project)
  return project
}

function givenTo(project: ClusterProject): string {
  return readFileSync(project.path('given'), 'utf8').trim()
}

/** What lies in the store's folder besides the document must hold no open secret, or be for our eyes alone. */
function* findStrays({ isPlain }: Scene, project: ClusterProject): Generator<string> {
  const secrets = ['given', '.vault_old', '.vault_new'].map((name) =>
    readFileSync(project.path(name), 'utf8').trim(),
  )
  for (const name of project.names) {
    const file = join(project.store, name)
    if (!lstatSync(file).isFile()) continue
    if ((statSync(file).mode & 0o077) !== 0) yield `${name} can be read by others`
    const text = readFileSync(file, 'utf8')
    if (isPlain) continue
    if (secrets.some((secret) => text.includes(secret))) yield `${name} holds an open secret`
    if (/^ *(?:server|agent): "/m.test(text)) yield `${name} holds an open token`
  }
  const elsewhere = readdirSync(project.folder).filter((name) => name.includes('tmp'))
  if (elsewhere.length > 0) yield 'something lies beside the store'
}

/** Two runs that follow: one that reads or mints, one that replaces. */
async function* runNextWith(project: ClusterProject, after: string | null): AsyncGenerator<string> {
  const { cluster, lifecycle } = openProject(project.folder)
  const start = performance.now()
  const { minted } = await ensureTokens(lifecycle, cluster)
  if (minted !== (after === null)) yield 'the next run mints another token'
  const server = new Secret(`Next${'0123456789'.repeat(3)}`)
  await importTokens(lifecycle, cluster, { server: { secret: server } }, { replace: true })
  if (performance.now() - start > STALL_MS) yield 'the next run has to wait'
  if ((await project.token()) !== server.reveal()) yield 'the next write does not last'
  if (project.names.join() !== `${CLUSTER}.yml`) yield 'something is left after the next write'
}

async function runNext(project: ClusterProject, after: string | null): Promise<string[]> {
  const found: string[] = []
  for await (const what of runNextWith(project, after)) found.push(what)
  return found
}

const PLAIN = 'defaults: { encrypt: never }\n'
const minting: Scene = { args: ['--list'], prepare: () => undefined }
const mintingPlain: Scene = { ...minting, settings: PLAIN, isPlain: true }
const importing: Scene = { args: IMPORT, prepare: withDocument() }
const fillWithLock = withDocument()
const breaking: Scene = {
  args: IMPORT,
  prepare(project) {
    fillWithLock(project)
    leaveDeadLock(project.store)
  },
}

const IN_PLACE = 'a store that writes in place'
const control = (scene: Scene) => ({ what: IN_PLACE, run: dying(scene, ['in-place']) })

export const CRASHES: readonly Proof[] = [
  {
    name: 'crashes/minting',
    what: 'killed at each system call of minting: old or new, nothing stray, the next run clean',
    run: dying(minting),
    control: control(minting),
    skip: noTrace,
  },
  {
    name: 'crashes/minting-plain',
    what: 'the same with `encrypt: never`: what is left can be read by nobody else',
    run: dying(mintingPlain),
    control: control(mintingPlain),
    skip: noTrace,
  },
  {
    name: 'crashes/replacing',
    what: 'the same for `token import --replace`',
    run: dying(importing),
    control: control(importing),
    skip: noTrace,
  },
  {
    name: 'crashes/breaking-a-lock',
    what: 'the same for `token import --replace` that first breaks the lock of a dead process',
    run: dying(breaking),
    control: control(breaking),
    skip: noTrace,
  },
]
