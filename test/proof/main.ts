// `npm run proof` tries every promise and its negative control once and prints one table; `npm run soak` goes on until
// `--minutes N` are over or Ctrl-C. The exit status is 1 if a promise was broken, or a control did not break it.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildSync } from 'esbuild'
import { CRASHES } from './crashes.js'
import { LAUNCHED_RACES } from './races-launched.js'
import { WORKER_RACES } from './races-of-workers.js'
import { POWER_CUTS } from './power-cut.js'
import type { Bench, Effort, Proof } from './proof.js'
import { asData, hasFailed, printTable, writeTables } from './report.js'
import type { Row } from './report.js'
import { add, Counter } from './tally.js'
import type { Tally } from './tally.js'
import { WORLD_ERRORS } from './world-errors.js'

// The program is CommonJS when it runs, and loads a package late with `require`; here it is not bundled.
globalThis.require = createRequire(import.meta.url)

const PROOFS: readonly Proof[] = [
  ...LAUNCHED_RACES,
  ...WORKER_RACES,
  ...CRASHES,
  ...POWER_CUTS,
  ...WORLD_ERRORS,
]

const SHORT: Effort = { processes: 16, rounds: 1, step: 1000 }
const WHOLE: Effort = { processes: 50, rounds: 5, step: 1 }

/** A control only has to fail once, but chance has its part in races: so it is given several tries. */
const CONTROL: Effort = { processes: 12, rounds: 1, step: 1000 }
const CONTROL_TRIES = 20

const { values: options } = parseArgs({
  options: {
    /** Less of everything and the groups at once, for each commit. */
    short: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    minutes: { type: 'string', default: 'Infinity' },
    /** Beginnings of names, such as `races` or `crashes/minting`. */
    only: { type: 'string', multiple: true, default: [''] },
    processes: { type: 'string' },
    rounds: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})

const effort: Effort = {
  ...(options.short ? SHORT : WHOLE),
  ...(options.processes && { processes: Number(options.processes) }),
  ...(options.rounds && { rounds: Number(options.rounds) }),
}
const proofs = PROOFS.filter(({ name }) => options.only.some((start) => name.startsWith(start)))
const rows = new Map<Proof, Row>()
const deadline = performance.now() + Number(options.minutes) * 60_000
let isInterrupted = false
process.once('SIGINT', () => {
  isInterrupted = true
  process.stderr.write('\nending after this trial; Ctrl-C again ends at once, without the table\n')
})

const bench = makeBench()
try {
  do await tryAll(bench)
  while (options.soak && !isOver())
} catch (error) {
  if (!isInterrupted) throw error
} finally {
  rmSync(bench.folder, { recursive: true, force: true })
}
await finish()

/** In short form the groups overlap: what some of them wait for takes longer than what all of them compute. */
async function tryAll(bench: Bench): Promise<void> {
  const groups = options.short ? new Set(proofs.map(groupOf)) : ['']
  await Promise.all(
    [...groups].map((group) =>
      tryEach(
        proofs.filter((proof) => groupOf(proof).startsWith(group)),
        bench,
      ),
    ),
  )
}

function groupOf({ name }: Proof): string {
  return name.split('/')[0]!
}

async function tryEach(some: readonly Proof[], bench: Bench): Promise<void> {
  for (const proof of some) {
    if (isOver()) return
    const start = performance.now()
    const row = await tryOne(proof, bench)
    // Ctrl-C reaches the processes of the trial, too: what it came to says nothing.
    if (isInterrupted) return
    const former = rows.get(proof)
    rows.set(proof, former ? merge(former, row) : row)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    process.stderr.write(`${proof.name}: ${describe(row)} (${seconds} s)\n`)
  }
}

async function tryOne(proof: Proof, bench: Bench): Promise<Row> {
  if (proof.skip !== undefined) return { proof, skip: proof.skip }
  const tally = await proof.run(bench, effort)
  let control: Tally = new Counter()
  for (let tries = 0; tries < CONTROL_TRIES && control.violations.length === 0; tries++) {
    const isForOne = options.short
    control = add(control, await proof.control.run(bench, { ...CONTROL, isForOne }))
  }
  return { proof, tally, control }
}

function merge(one: Row, other: Row): Row {
  if (one.tally === undefined || other.tally === undefined) return other
  return {
    ...one,
    tally: add(one.tally, other.tally),
    control: add(one.control!, other.control!),
  }
}

function describe({ skip, tally, control }: Row): string {
  if (tally === undefined) return `skipped: ${skip}`
  const counts = Object.entries(tally.counts).map(([name, count]) => `${count} ${name}`)
  return [
    `${tally.trials} trials, ${tally.violations.length} violations`,
    ...counts,
    ...(control ? [`control: ${control.violations.length} violations in ${control.trials}`] : []),
    ...new Set(tally.violations.map((one) => `\n  ${one}`)),
  ].join(', ')
}

function isOver(): boolean {
  return isInterrupted || performance.now() > deadline
}

function makeBench(): Bench {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'k3s-vars-proof-'))
  buildSync({
    entryPoints: ['worker', 'preload'].map((name) => join(import.meta.dirname, `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    conditions: ['require'],
    define: { 'import.meta.dirname': '__dirname' },
    logLevel: 'warning',
  })
  return { folder, worker: join(folder, 'worker.cjs'), preload: join(folder, 'preload.cjs') }
}

async function finish(): Promise<void> {
  const all = proofs.flatMap((proof) => rows.get(proof) ?? [])
  process.stdout.write(`${printTable(all)}\n`)
  if (options.json) writeFileSync(options.json, `${JSON.stringify(asData(all), null, 2)}\n`)
  if (options.write) await writeTables(all)
  if (all.some(hasFailed)) process.exitCode = 1
}
