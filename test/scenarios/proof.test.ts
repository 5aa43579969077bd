// The harness of `npm run proof` in its short form: every promise of the store against races, crashes, power cuts and
// errors of the world, and the negative control that shows that the trial can fail.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
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

const folder = mkdtempSync(join(tmpdir(), 'k3s-vars-proof-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(GROUPS)('%s', (group) => {
  let rows: readonly Row[]
  beforeAll(() => {
    const json = join(folder, `${group}.json`)
    const harness = join(ROOT, 'test/proof/main.ts')
    const args = [harness, '--short', '--only', group, '--json', json]
    spawnSync(join(ROOT, 'node_modules/.bin/tsx'), args, { cwd: ROOT, encoding: 'utf8' })
    rows = (JSON.parse(readFileSync(json, 'utf8')) as { rows: Row[] }).rows
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
