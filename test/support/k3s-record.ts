// Keeps what `npm run test:k3s -- --record` found for the table in docs/real-k3s.md: k3s-record.ts REPORT VERSION NOTES. Of files
// that were not run the former record stays.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { K3sRecord } from '../../src/build/k3s-scenarios.js'

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

const [report = '', version, notes = ''] = process.argv.slice(2)
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
const former = JSON.parse(readFileSync(FILE, 'utf8')) as K3sRecord
const files = new Set(scenarios.map(({ file }) => file))
const measured = readFileSync(notes, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as NonNullable<K3sRecord['measured']>[number])
const record: K3sRecord = {
  version: version!,
  date: new Date().toISOString().slice(0, 10),
  node: process.versions.node,
  scenarios: [
    ...former.scenarios.filter(({ file }) => !files.has(file)),
    ...scenarios.map(({ status, ...scenario }) => scenario),
  ].sort((a, b) => a.file.localeCompare(b.file, 'en')),
  measured: [
    ...(former.measured ?? []).filter(({ file }) => !measured.some((one) => one.file === file)),
    ...measured,
  ].sort((a, b) => a.file.localeCompare(b.file, 'en')),
}
writeFileSync(FILE, `${JSON.stringify(record, null, 2)}\n`)
console.log(`recorded in ${FILE}: run \`npm run generate\``)
