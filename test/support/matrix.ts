// Prints jest's report as a table of ansible-core versions and scenarios, and records it: matrix.ts REPORT [RECORD].
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { findAnsible } from './ansible.js'
import type { Ansible } from './ansible.js'
import { EMITS, expectedArrivals, WAYS } from './ways.js'

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[]
      readonly status: string
    }[]
  }[]
}

const [report = '', record] = process.argv.slice(2)
const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
const scenarios = testResults.map(({ name }) => basename(name, '.test.ts')).sort()
const versions = findAnsible().map((ansible) => ({
  version: ansible.version,
  python: pythonOf(ansible),
  scenarios: Object.fromEntries(scenarios.map((name) => [name, count(name, ansible)])),
}))

print(['ansible-core', 'Python', ...scenarios])
for (const { version, python, scenarios: counts } of versions) {
  print([version, python, ...Object.values(counts).map(format)])
}
if (record !== undefined) save(record)

interface Count {
  readonly passed: number
  readonly failed: number
}

/** How many tests of a scenario passed and failed with an ansible-core. */
function count(scenario: string, { version }: Ansible): Count {
  const statuses = testResults
    .filter(({ name }) => basename(name, '.test.ts') === scenario)
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ ancestorTitles }) => ancestorTitles.includes(`ansible-core ${version}`))
    .map(({ status }) => status)
  const passed = statuses.filter((status) => status === 'passed').length
  return { passed, failed: statuses.filter((status) => status === 'failed').length }
}

function format({ passed, failed }: Count): string {
  return failed === 0 ? `${passed} passed` : `${failed} of ${passed + failed} FAILED`
}

/** A failed run is no record; neither is one without the scenario that the ways of a token stand on. */
function save(file: string): void {
  const isSound = versions.every(
    ({ scenarios: counts }) =>
      (counts['ways']?.passed ?? 0) > 0 &&
      Object.values(counts).every(({ failed }) => failed === 0),
  )
  if (!isSound)
    throw new Error('not recorded: something failed, or the scenario `ways` did not run')
  const result = {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    versions: versions.map((one) => ({
      ...one,
      arrivals: WAYS.flatMap((way) =>
        EMITS.map((emit) => ({ way, emit, ...expectedArrivals(one.version, way, emit) })),
      ),
    })),
  }
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
  console.log(`recorded in ${file}: run \`npm run generate\``)
}

function pythonOf({ python }: Ansible): string {
  const args = ['-c', 'import platform; print(platform.python_version())']
  return execFileSync(python, args, { encoding: 'utf8' }).trim()
}

function print(cells: readonly string[]): void {
  console.log(cells.map((cell) => cell.padEnd(14)).join(' '))
}
