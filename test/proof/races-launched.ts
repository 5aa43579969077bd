// Whole processes of the program against each other, as when many controllers, forks of CI or impatient people start at
// once. Every second one is killed. What they said is held against what the store holds in the end.
import { K3sVarsError } from '../../src/errors.js'
import { CLUSTER, ClusterProject, tokenIn } from './cluster-project.js'
import { launch, stampede } from './launch.js'
import type { Ended } from './launch.js'
import type { Proof, Trial } from './proof.js'
import { Counter } from './tally.js'
import { WorkerProcess, withWorkers } from './worker-process.js'
import type { World } from './world.js'

const LIST = ['--list']

/** What a write that others outran may answer. */
const OUTRUN = /\(K3SV_STORE_(?:CONFLICT|LOCKED)\)/

/** What a reader is answered from the moment on in which the cluster may be keyed anew. */
const UNDER_WAY = /\(K3SV_ROTATION_UNDER_WAY\)/

/** A rekey that meets another writer leaves the document to it. */
const REKEY_OUTRUN = /left as it is: (?:something else changed it|another process is writing)/

/** Does one round on a new project and notes what went wrong. */
type Round = (counter: Counter, project: ClusterProject) => Promise<void>

async function race(rounds: number, round: Round): Promise<Counter> {
  const counter = new Counter()
  for (let time = 0; time < rounds; time++) {
    const project = new ClusterProject()
    try {
      await round(counter, project)
    } catch (error) {
      if (!(error instanceof K3sVarsError)) throw error
      counter.require(false, `the store cannot be read in the end: ${error.code}`)
    } finally {
      project.remove()
    }
  }
  return counter
}

/** Holds what every process owes: its whole answer and success, or an error and nothing on stdout; killed, nothing wrong. */
function checkManners(counter: Counter, ended: readonly Ended[]): void {
  counter.trials += ended.length
  for (const { status, signal, stdout, stderr } of ended) {
    if (signal === 'SIGKILL') counter.count('killed')
    else if (status === 0) counter.require(stderr === '', 'a success that is not silent on stderr')
    else counter.require(stdout === '', `status ${status} with something on stdout`)
  }
}

function checkAnswer(
  counter: Counter,
  { status, stdout, stderr }: Ended,
  right: (token: string) => boolean,
): void {
  const token = tokenIn(stdout)
  if (token !== null) counter.require(right(token), 'a token that is not the one of the store')
  else if (status === 0) counter.require(false, 'an answer without a token')
  else if (status !== null) counter.require(false, `a reader failed: ${stderr.split('\n')[0]}`)
}

function onEmptyStore(world: readonly World[]): Trial {
  return (bench, { processes, rounds }) =>
    race(rounds, async (counter, project) => {
      const ended = await stampede(bench, project, reading(processes), world)
      const sawNothing = ended.filter(({ reports }) => reports.includes('absent')).length
      if (sawNothing > 1) counter.count('contended rounds')
      checkManners(counter, ended)
      const last = await launch(bench, project, LIST)
      const token = await project.token()
      counter.require(token !== null, 'no document in the end')
      for (const one of [...ended, last]) checkAnswer(counter, one, (answer) => answer === token)
      const minted = new Set(
        ended.map(({ stdout }) => tokenIn(stdout)).filter((one) => one !== null),
      )
      counter.require(minted.size <= 1, `${minted.size} tokens minted`)
    })
}

/** Importers among readers, so that they meet; every second process does `other`. */
function mix(
  processes: number,
  imports: readonly string[],
  other: readonly string[],
): readonly (readonly string[])[] {
  const every = Math.max(2, Math.floor(processes / imports.length))
  return Array.from({ length: processes }, (_, index) => {
    const file = index % every === 0 ? imports[index / every] : undefined
    if (file !== undefined) return ['token', 'import', CLUSTER, '--replace', '--file', file]
    return index % 2 === 1 ? other : LIST
  })
}

const REKEY = ['vault', 'rekey', 'k3s_tokens', '--new-vault-id', 'new', '--quiet']

/** @param other what every second process does, besides those that import */
function onReplacedStore(world: readonly World[], other: readonly string[] = LIST): Trial {
  return (bench, { processes, rounds }) =>
    race(rounds, async (counter, project) => {
      const first = tokenIn((await launch(bench, project, LIST)).stdout)!
      const imports = Array.from({ length: Math.ceil(processes / 5) }, (_, index) => {
        const file = `import-${index}`
        return { file, token: project.writeToken(file) }
      })
      const calls = mix(
        processes,
        imports.map(({ file }) => file),
        other,
      )
      const ended = await stampede(bench, project, calls, world)
      checkManners(counter, ended)
      const { current, previous, generation } = (await project.read())!
      const held = await project.open([current, ...previous])
      checkKept(counter, { first, held, imports, calls, ended })
      counter.require(generation === held.length, 'a generation is missing')
      const last = await launch(bench, project, LIST)
      checkAnswer(counter, last, (token) => token === held[0])
    })
}

interface Replaced {
  readonly first: string
  /** The tokens that the store holds in the end, former ones included. */
  readonly held: readonly string[]
  readonly imports: readonly { readonly file: string; readonly token: string }[]
  readonly calls: readonly (readonly string[])[]
  readonly ended: readonly Ended[]
}

/** No token that was in the store, or was said to be, is lost; none that was refused is in it. */
function checkKept(counter: Counter, { first, held, imports, calls, ended }: Replaced): void {
  const times = (token: string) => held.filter((one) => one === token).length
  counter.require(times(first) === 1, `the first token is kept ${times(first)} times`)
  let replaced = 0
  ended.forEach((one, index) => {
    const { status, stderr } = one
    const call = calls[index]!
    if (call === REKEY) {
      counter.require(
        status === null || status === 0 || REKEY_OUTRUN.test(stderr),
        `a rekey failed: ${stderr.split('\n')[0]}`,
      )
      if (status === 0) counter.count('rekeyed')
      return
    }
    const given = imports.find(({ file }) => file === call.at(-1))
    if (given === undefined) {
      checkAnswer(counter, one, (token) => held.includes(token))
      return
    }
    const kept = times(given.token)
    replaced += kept
    if (status === 0) counter.require(kept === 1, `a token that was adopted is kept ${kept} times`)
    else if (status === null) counter.require(kept <= 1, `a killed import is kept ${kept} times`)
    else {
      counter.require(OUTRUN.test(stderr), `an import failed: ${stderr.split('\n')[0]}`)
      counter.require(kept === 0, 'a token that was refused is in the store')
    }
  })
  counter.count('replaced', replaced)
  if (replaced > 1) counter.count('contended rounds')
}

const ROTATORS = 3

function onRotatedStore(world: readonly World[]): Trial {
  return (bench, { processes, rounds }) =>
    race(rounds, async (counter, project) => {
      const first = tokenIn((await launch(bench, project, LIST)).stdout)!
      const workers = Array.from({ length: ROTATORS }, () => new WorkerProcess(bench, world))
      await withWorkers(workers, async ([killed, ...others]) => {
        const rotate = (worker: WorkerProcess, times: number) =>
          worker.ask({ operation: 'rotate', folder: project.folder, times, patience: 60_000 })
        const endless = rotate(killed!, 1000)
        const rotations = others.map((worker) => rotate(worker, 5))
        const ended = await stampede(bench, project, reading(processes))
        const answers = await Promise.all(rotations)
        await killed!.stop('SIGKILL')
        await endless
        checkManners(counter, ended)
        const { current, previous, generation } = (await project.read())!
        const all = [current, ...previous]
        const held = await project.open(all)
        counter.require(held.at(-1) === first, 'the first token is lost')
        counter.require(generation === held.length, 'a generation is missing')
        counter.require(new Set(held).size === held.length, 'a token is kept twice')
        for (const one of ended) {
          if (UNDER_WAY.test(one.stderr)) counter.count('told to wait')
          else checkAnswer(counter, one, (token) => held.includes(token))
        }
        const texts = all.map(({ server }) => (server.form === 'sealed' ? server.text : ''))
        for (const answer of answers) {
          const done = answer !== null && 'done' in answer ? answer.done : undefined
          counter.require(done !== undefined, `a rotation was interfered with`)
          for (const text of done ?? [])
            counter.require(texts.includes(text), 'a generation is lost')
        }
        counter.count('rotations', generation - 1)
        if (generation > 11) counter.count('contended rounds')
      })
    })
}

function onResealedStore(world: readonly World[]): Trial {
  return (bench, { processes, rounds }) =>
    race(rounds, async (counter, project) => {
      const token = tokenIn((await launch(bench, project, LIST)).stdout)
      await withWorkers([new WorkerProcess(bench, world)], async ([writer]) => {
        const { writeId } = (await project.read())!
        const resealed = writer!.ask({ operation: 'reseal', folder: project.folder, times: 1000 })
        const ended = await stampede(bench, project, reading(processes))
        await writer!.stop('SIGKILL')
        await resealed
        checkManners(counter, ended)
        for (const one of ended) checkAnswer(counter, one, (answer) => answer === token)
        const last = (await project.read())!
        counter.require((await project.token()) === token, 'another token in the end')
        if (last.writeId !== writeId) counter.count('contended rounds')
      })
    })
}

function reading(processes: number): readonly (readonly string[])[] {
  return Array.from({ length: processes }, () => LIST)
}

export const LAUNCHED_RACES: readonly Proof[] = [
  {
    name: 'races/empty-store',
    what: 'whole processes start at once on an empty store, half of them killed: one token, the same in every answer',
    run: onEmptyStore([]),
    control: {
      what: 'a store without lock and exclusive names',
      run: onEmptyStore(['careless-names', 'no-lock']),
    },
  },
  {
    name: 'races/replaced-store',
    what: 'the same while some import and replace: no token is lost or kept twice, every answer is one of them',
    run: onReplacedStore(['slow-rename']),
    control: { what: 'a store without the lock', run: onReplacedStore(['slow-rename', 'no-lock']) },
  },
  {
    name: 'races/rekeyed-store',
    what: 'the same while some import and others run `vault rekey` over the store: no import is undone',
    run: onReplacedStore(['slow-rename'], REKEY),
    control: {
      what: 'a store without the lock',
      run: onReplacedStore(['slow-rename', 'no-lock'], REKEY),
    },
  },
  {
    name: 'races/rotated-store',
    what: 'the same while three rotate, one of them killed: no generation is lost, no token that is not the current one is answered',
    run: onRotatedStore(['slow-rename']),
    control: { what: 'a store without the lock', run: onRotatedStore(['slow-rename', 'no-lock']) },
  },
  {
    name: 'races/resealed-store',
    what: 'the same while the document is sealed anew again and again, then its writer killed',
    run: onResealedStore([]),
    control: { what: 'a store that writes in place', run: onResealedStore(['in-place']) },
  },
]
