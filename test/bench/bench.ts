// `npm run bench`: whole processes, in turns, as ratios within one run; milliseconds do not carry over between machines.
// `--write` puts the table into README.md, `--runs N` sets the number of rounds (30 if absent).
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeBenchProjects } from './projects.js'
import type { Contestant } from './projects.js'

interface Budget {
  readonly contestant: string
  readonly against: string
  readonly limit: number | undefined
  readonly what: string
}

const BUDGETS: readonly Budget[] = [
  {
    contestant: 'list',
    against: 'floor',
    limit: 1.15,
    what: '`--list`, one secret opened, against Node + `node:crypto` + one PBKDF2',
  },
  { contestant: 'list', against: 'node', limit: undefined, what: 'the same against `node -e 0`' },
  {
    contestant: 'vaulted',
    against: 'node',
    limit: 1.3,
    what: '`--list` with `emit: vaulted` against `node -e 0`',
  },
  {
    contestant: 'list',
    against: 'python',
    limit: 0.25,
    what: "`--list` against a Python inventory script with Ansible's own vault library",
  },
  {
    contestant: 'vaulted',
    against: 'python',
    limit: 0.25,
    what: '`--list` with `emit: vaulted` against the same',
  },
  {
    contestant: 'inventory',
    against: 'static',
    limit: undefined,
    what: '`ansible-inventory --list` with this source against the same data as static YAML',
  },
]

const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, runs: { type: 'string', default: '30' } },
})
const { folder, contestants } = makeBenchProjects()
try {
  const medians = measure(contestants, Number(values.runs))
  const lines = table(medians)
  console.log(lines.join('\n'))
  if (values.write) writeTable(lines)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Median wall time of each contestant in milliseconds; one round warms up and is not counted. */
function measure(all: readonly Contestant[], runs: number): Map<string, number> {
  const times = new Map(all.map(({ name }) => [name, [] as number[]]))
  for (let round = -1; round < runs; round++) {
    for (const contestant of all) {
      const start = process.hrtime.bigint()
      const { status, stderr } = spawnSync(contestant.program, contestant.arguments, {
        cwd: folder,
        env: contestant.environment,
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 1 << 30,
      })
      const elapsed = Number(process.hrtime.bigint() - start) / 1e6
      if (status !== 0)
        throw new Error(`${contestant.name} ended with ${status}: ${String(stderr)}`)
      if (round >= 0) times.get(contestant.name)!.push(elapsed)
    }
  }
  return new Map([...times].map(([name, list]) => [name, median(list)]))
}

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function table(medians: ReadonlyMap<string, number>): string[] {
  const node = medians.get('node')!
  const rows = BUDGETS.filter(
    ({ contestant, against }) => medians.has(contestant) && medians.has(against),
  ).map(({ contestant, against, limit, what }) => {
    const ratio = medians.get(contestant)! / medians.get(against)!
    const verdict = limit === undefined ? '' : `≤ ${limit}${ratio <= limit ? '' : ' **missed**'}`
    return `| ${what} | ${ratio.toFixed(2)} | ${verdict} |`
  })
  const date = new Date().toISOString().slice(0, 10)
  return [
    '| what | ratio | budget |',
    '| --- | --- | --- |',
    ...rows,
    '',
    `Medians of ${values.runs} rounds in turns, ${date}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}; ` +
      `\`node -e 0\` took ${node.toFixed(0)} ms.`,
  ]
}

function writeTable(lines: readonly string[]): void {
  const file = join(import.meta.dirname, '../../README.md')
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text.replace(
      /(<!-- bench -->\n)[^]*?(<!-- \/bench -->)/,
      (_, head: string, tail: string) => `${head}\n${lines.join('\n')}\n\n${tail}`,
    ),
  )
}
