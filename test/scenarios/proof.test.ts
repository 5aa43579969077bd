// The harness of `npm run proof` in its short form: every promise of the store against races, crashes, power cuts and
// errors of the world, and the negative control that shows that the trial can fail.
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

jest.setTimeout(600_000)

const ROOT = resolve(__dirname, '../..')
const GROUPS = ['races', 'crashes', 'power', 'world'] as const

interface Row {
  readonly name: string
  readonly skip?: string
  readonly trials: number
  readonly violations: readonly string[]
  readonly control?: { readonly trials: number; readonly violations: readonly string[] }
}

let all: readonly Row[]
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'k3s-vars-proof-test-'))
  const json = join(folder, 'rows.json')
  const args = ['--import', 'tsx', join(ROOT, 'test/proof/main.ts'), '--short', '--json', json]
  try {
    spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })
    all = (JSON.parse(readFileSync(json, 'utf8')) as { rows: Row[] }).rows
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

describe.each(GROUPS)('%s', (group) => {
  let rows: readonly Row[]
  beforeAll(() => {
    rows = all.filter(({ name }) => name.startsWith(`${group}/`))
  })

  test('keeps every promise', () => {
    const tried = rows.filter(({ skip }) => skip === undefined)
    expect(tried.length).toBeGreaterThan(0)
    for (const { name, trials, violations } of tried) {
      expect({ name, violations }).toEqual({ name, violations: [] })
      expect({ name, trials }).not.toEqual({ name, trials: 0 })
    }
  })

  test('would notice a broken one', () => {
    for (const { name, control } of rows.filter(({ skip }) => skip === undefined)) {
      expect({ name, caught: control!.violations.length > 0 }).toEqual({ name, caught: true })
    }
  })
})
