// `npm run fuzz`: hostile variants of real texts against every reader of the product, guided by V8's coverage.
//   --seconds N   for all targets together (60)      --inputs N    inputs per target, for runs that repeat exactly
//   --target T    one target alone                   --seed N      1 if absent
//   --patience N  milliseconds until an input counts as one that hangs (20,000)
// What fails is made small and kept in test/fuzz/found/, where every later run tries it first.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import type { PluginBuild } from 'esbuild'
import type { Finding, Job, Progress } from './job.js'
import { TARGETS } from './targets.js'

const ROOT = join(import.meta.dirname, '../..')
const FOUND = join(import.meta.dirname, 'found')
/** UTF-16 units; longer texts stand in hostile.test.ts, because most inputs should be cheap. */
const LONGEST = 8 * 1024
const HEAP = 256

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string' },
    inputs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
    patience: { type: 'string', default: '20000' },
  },
})

/** Milliseconds without an end to the current input. */
const HANG = Number(options.patience)

/** A file of this run's own: another run that made it anew would empty it under a worker that starts. */
const bundle = join(ROOT, `.cache/fuzz/${process.pid}/worker.cjs`)

/** The package that seals gets a stand-in for node:crypto; all others the real one. */
function rememberKeys(worker: PluginBuild): void {
  const path = join(import.meta.dirname, 'remembered-keys.ts')
  worker.onResolve({ filter: /^(?:node:)?crypto$/ }, ({ importer }) =>
    /[/\\]node_modules[/\\]ansible-vault[/\\]/.test(importer) ? { path } : undefined,
  )
}

async function bundleWorker(): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    conditions: ['require'],
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': 'import_meta_url' },
    banner: { js: 'const import_meta_url = `file://${__filename}`;' },
    logLevel: 'warning',
    plugins: [{ name: 'remembered keys', setup: rememberKeys }],
  })
}

/** What a target ended with. */
type Outcome = Progress & { readonly findings: readonly Finding[] }

/** Runs workers until the target has had its inputs or its time; one that hangs or takes all memory is replaced. */
async function runTarget(target: string, seconds: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-fuzz-'))
  const findings: Finding[] = []
  const total = { tried: 0, kept: 0, blocks: 0 }
  const begun = performance.now()
  try {
    for (let round = 0; round < 5; round++) {
      const job = {
        target,
        seed: Number(options.seed) + round * 100_000,
        inputs: Number(options.inputs ?? Infinity) - total.tried,
        seconds: seconds - (performance.now() - begun) / 1000,
        folder: join(folder, 'work'),
        known: knownInputs(target),
        fatal: findings.filter(isFatal).map(({ input }) => input),
      }
      mkdirSync(job.folder, { recursive: true })
      const { progress, ended } = await runWorker(job, (finding) => findings.push(finding))
      total.tried += progress.tried
      total.kept = Math.max(total.kept, progress.kept)
      total.blocks = Math.max(total.blocks, progress.blocks)
      if (!ended) break
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...total, findings }
}

function isFatal({ kind }: Finding): boolean {
  return kind === 'hang' || kind === 'memory'
}

/** @returns `ended`: whether the worker was ended by an input, and should be replaced */
function runWorker(
  job: Omit<Job, 'shared'>,
  report: (finding: Finding) => void,
): Promise<{ progress: Progress; ended: boolean }> {
  const shared = new SharedArrayBuffer(8 + 2 * LONGEST)
  const heartbeat = new Int32Array(shared, 0, 2)
  const worker = new Worker(bundle, {
    workerData: { ...job, shared } satisfies Job,
    resourceLimits: { maxOldGenerationSizeMb: HEAP, stackSizeMb: 1 },
    execArgv: [],
  })
  const current = (): string =>
    String.fromCharCode(...new Uint16Array(shared, 8).subarray(0, Atomics.load(heartbeat, 1)))
  let progress: Progress | undefined
  let fatal: Finding | undefined
  let last = -1
  const watch = setInterval(() => {
    const beat = Atomics.load(heartbeat, 0)
    if (beat === last) {
      fatal = {
        target: job.target,
        input: current(),
        kind: 'hang',
        detail: `no end within ${HANG} ms`,
      }
      void worker.terminate()
    }
    last = beat
  }, HANG)
  worker.on('message', (message: { finding?: Finding; progress?: Progress }) => {
    if (message.finding) report(message.finding)
    progress = message.progress ?? progress
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error
    fatal = {
      target: job.target,
      input: current(),
      kind: 'memory',
      detail: `more than ${HEAP} MiB`,
    }
  })
  return new Promise((resolve) => {
    worker.on('exit', () => {
      clearInterval(watch)
      if (fatal) report(fatal)
      const tried = Atomics.load(heartbeat, 0)
      resolve({ progress: progress ?? { tried, kept: 0, blocks: 0 }, ended: fatal !== undefined })
    })
  })
}

interface Kept {
  readonly target: string
  readonly what: string
  readonly input: string
}

function knownInputs(target: string): string[] {
  return readdirSync(FOUND)
    .map((name) => JSON.parse(readFileSync(join(FOUND, name), 'utf8')) as Kept)
    .filter((kept) => kept.target === target)
    .map(({ input }) => input)
}

function keep({ target, kind, detail, input }: Finding): string {
  const digest = createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 8)
  const name = `${target.replaceAll(' ', '-')}-${digest}.json`
  const kept: Kept = { target, what: `${kind}: ${detail.split('\n')[0]}`, input }
  writeFileSync(join(FOUND, name), `${JSON.stringify(kept, null, 2)}\n`)
  return name
}

async function main(): Promise<void> {
  const names = TARGETS.map(({ name }) => name)
  const chosen = options.target === undefined ? names : [options.target]
  const seconds = Number(options.seconds ?? (options.inputs ? Infinity : 60)) / chosen.length
  mkdirSync(FOUND, { recursive: true })
  await bundleWorker()
  console.log(
    `${'target'.padEnd(16)}${'inputs'.padStart(9)}${'kept'.padStart(7)}${'blocks'.padStart(8)}${'failures'.padStart(10)}`,
  )
  for (const target of chosen) {
    const { tried, kept, blocks, findings } = await runTarget(target, seconds)
    const kinds = new Map(findings.map((finding) => [`${finding.kind} ${finding.detail}`, finding]))
    console.log(
      target.padEnd(16) +
        [tried, kept, blocks, kinds.size]
          .map((n, i) => String(n).padStart([9, 7, 8, 10][i]!))
          .join(''),
    )
    for (const finding of kinds.values()) {
      // The control's faults are wanted.
      const file = target === 'control' ? '' : `, kept as test/fuzz/found/${keep(finding)}`
      console.log(
        `  ${finding.kind}: ${finding.detail}\n  ${JSON.stringify(finding.input.slice(0, 200))}${file}`,
      )
    }
    if (kinds.size > 0) process.exitCode = 1
  }
}

try {
  await main()
} finally {
  rmSync(dirname(bundle), { recursive: true, force: true })
}
