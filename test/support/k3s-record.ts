// Keeps what `npm run test:k3s -- --record` found for the table in docs/real-k3s.md: k3s-record.ts REPORT VERSION.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[]
      readonly title: string
      readonly status: string
      readonly duration: number | null
    }[]
  }[]
}

const FILE = join(import.meta.dirname, '../k3s/record.json')

const [report = '', version] = process.argv.slice(2)
const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
const scenarios = testResults
  .flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status, duration }) => ({
      file: basename(name, '.test.ts'),
      scenario: [...ancestorTitles, title].join(': '),
      status,
      seconds: Math.round((duration ?? 0) / 100) / 10,
    })),
  )
  .sort((a, b) => a.file.localeCompare(b.file, 'en'))
if (scenarios.length === 0 || scenarios.some(({ status }) => status !== 'passed'))
  throw new Error('not recorded: something failed or was skipped')
const record = {
  version,
  date: new Date().toISOString().slice(0, 10),
  node: process.versions.node,
  scenarios: scenarios.map(({ status, ...scenario }) => scenario),
}
writeFileSync(FILE, `${JSON.stringify(record, null, 2)}\n`)
console.log(`recorded in ${FILE}: run \`npm run generate\``)
