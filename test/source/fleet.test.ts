import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { main } from '../../src/source/main.js'
import { environmentIn } from '../support/environment.js'

/** More than are read side by side, and no multiple of that. */
const CLUSTERS = Array.from({ length: 150 }, (_, index) => `edge-${index}`)
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-'))
  const options = '{ encrypt: never, probe: false, hosts: { server: [HOST] } }'
  const entries = CLUSTERS.map((name) => `  ${name}: ${options.replace('HOST', `${name}-s`)}\n`)
  writeFileSync(join(folder, 'k3s_vars.yml'), `clusters:\n${entries.join('')}`)
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** The token of each cluster's own group. */
async function list(): Promise<string[]> {
  let [stdout, stderr] = ['', '']
  const variables = { HOME: folder, K3S_VARS_CONFIG: join(folder, 'k3s_vars.yml') }
  const call = {
    arguments: ['--list'],
    launcher: '',
    environment: environmentIn(folder, variables),
  }
  const status = await main(call, (descriptor, text) => {
    if (descriptor === 1) stdout += text
    else stderr += text
  })
  expect([status, stderr]).toEqual([0, ''])
  const groups = JSON.parse(stdout) as Record<
    string,
    { vars?: { token?: { __ansible_unsafe: string } } }
  >
  return CLUSTERS.map((name) => groups[name.replace('-', '_')]!.vars!.token!.__ansible_unsafe)
}

test('every cluster of a fleet has a token of its own, and the same on the next run', async () => {
  const first = await list()
  expect(new Set(first).size).toBe(CLUSTERS.length)
  expect(await list()).toEqual(first)
})
