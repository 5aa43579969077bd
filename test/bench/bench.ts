// `npm run bench`: whole processes, in turns, as ratios within one run; milliseconds do not carry over between machines.
//   --rounds N      rounds of each suite (30 if absent)
//   --only WORD     the suites whose title has the word
//   --json FILE     writes what was measured
//   --compare FILE  shows the change against a file that --json wrote
//   --write         puts the table into docs/speed.md
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measure } from './measure.js'
import { packageFigures } from './package-size.js'
import { formatRecord, linesOf, recordOf } from './report.js'
import type { Line, Record } from './report.js'
import { fleetSuite, hundredSuite } from './scale.js'
import { nodesSuite } from './nodes.js'
import { startSuite } from './start.js'
import { storeFleetSuite, storeStartSuite } from './stores.js'
import { vaultValuesSuite } from './vault-values.js'
import { verifySuite } from './verify.js'
import type { Suite } from './suite.js'
import { Workshop } from './workshop.js'

const SUITES: readonly ((shop: Workshop) => Suite | Promise<Suite>)[] = [
  startSuite,
  nodesSuite,
  hundredSuite,
  fleetSuite,
  storeStartSuite,
  storeFleetSuite,
  vaultValuesSuite,
  verifySuite,
]

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    only: { type: 'string' },
    json: { type: 'string' },
    compare: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
// The certificates that a machine adds for Node more than double its start.
delete process.env['NODE_EXTRA_CA_CERTS']
const shop = new Workshop()
try {
  const lines: Line[] = []
  const suites: Suite[] = []
  for (const make of SUITES) {
    const suite = await make(shop)
    if (values.only !== undefined && !suite.title.includes(values.only)) continue
    process.stderr.write(`${suite.title} …\n`)
    await suite.prepare?.()
    const count = Math.min(rounds, suite.mostRounds ?? rounds)
    lines.push(...linesOf(suite, measure(suite.contestants, count, shop.folder)))
    suites.push(suite)
  }
  if (values.only === undefined)
    lines.push(...packageFigures().map((figure) => ({ suite: 'Package', ...figure })))
  const record = recordOf(lines, rounds)
  const former = values.compare === undefined ? undefined : read(values.compare)
  console.log(formatRecord(record, suites, former).join('\n'))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(record, null, 2)}\n`)
  if (values.write) writeTable(formatRecord(record, suites))
} finally {
  shop.remove()
}

function read(file: string): Record {
  return JSON.parse(readFileSync(file, 'utf8')) as Record
}

function writeTable(table: readonly string[]): void {
  const file = join(import.meta.dirname, '../../docs/speed.md')
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text.replace(
      /(<!-- bench -->\n)[^]*?(<!-- \/bench -->)/,
      (_, head: string, tail: string) => `${head}\n${table.join('\n')}\n\n${tail}`,
    ),
  )
}
