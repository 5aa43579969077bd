// Many clusters: which are due, what happens to the rest when one fails, how old tokens are told; and which of them a snapshot needs.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { loadConfig } from '../../src/config/load.js'
import { createLifecycle } from '../../src/lifecycle/create.js'
import { mintTokens } from '../../src/lifecycle/mint.js'
import { runCli } from '../support/cli.js'
import { environmentIn } from '../support/environment.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const DAY = 86_400_000
/** Days that each token is old. */
const AGES = { berlin: 40, paris: 200, rome: 120, oslo: 3 } as const

let project: Project
const cli = (...args: readonly string[]): Outcome => runCli(project, args)

beforeAll(async () => {
  const clusters = Object.keys(AGES).map(
    (name) => `  ${name}: { probe: false, hosts: { server: [${name}1] } }\n`,
  )
  project = new Project({ 'k3s_vars.yml': `clusters:\n${clusters.join('')}` })
  const environment = environmentIn(project.folder, { HOME: project.path('home') })
  const config = loadConfig({ environment, launcher: LAUNCHER })
  for (const cluster of config.clusters) {
    const age = AGES[cluster.name as keyof typeof AGES]
    const lifecycle = {
      ...createLifecycle({ environment, config }),
      now: () => new Date(Date.now() - age * DAY),
    }
    await mintTokens(lifecycle, cluster, 'minted')
  }
})
afterAll(() => project.remove())

describe('a fleet', () => {
  const due = (...args: readonly string[]): unknown => {
    const { status, stdout } = cli('rotate', '--all', '--plan', '--json', ...args)
    expect(status).toBe(0)
    const { clusters } = JSON.parse(stdout) as { clusters: { cluster: string }[] }
    return clusters.map(({ cluster }) => cluster)
  }

  test('is due by age, the oldest first, and not too many at once', () => {
    expect(due()).toEqual(['paris', 'rome', 'berlin', 'oslo'])
    expect(due('--older-than', '90d')).toEqual(['paris', 'rome'])
    expect(due('--older-than', '90d', '--limit', '1')).toEqual(['paris'])
    expect(due('--older-than', '52w')).toEqual([])
  })

  test('is not rotated without a yes', () => {
    const { status, stderr } = cli('rotate', '--all', '-i', 'inventory.yml')
    expect([status, stderr.includes('K3SV_USAGE_TERMINAL')]).toEqual([2, true])
  })

  test('the first that fails keeps the others from beginning, and each is told', () => {
    // Without Ansible no rotation goes on.
    const environment = { PATH: project.path('nowhere') }
    const args = [
      'rotate',
      '--all',
      '--older-than',
      '30d',
      '--yes',
      '--json',
      '-i',
      'inventory.yml',
    ]
    const { status, stdout } = runCli(project, args, { environment })
    expect(status).toBe(7)
    const { clusters } = JSON.parse(stdout) as { clusters: { cluster: string; outcome: string }[] }
    expect(clusters.map(({ cluster, outcome }) => `${cluster}: ${outcome}`)).toEqual([
      'paris: stopped',
      'rome: not begun',
      'berlin: not begun',
    ])
    const told = runCli(
      project,
      args.filter((word) => word !== '--json'),
      { environment },
    )
    expect(told.stdout).toContain('0 of 3 rotated')
    expect(told.stdout).toContain('put Ansible on PATH')
    expect(cli('rotate', '--status').stdout).not.toContain('staged')
  })

  test('status makes an old token a finding', () => {
    expect(cli('status').status).toBe(0)
    const { status, stdout } = cli('status', '--max-age', '90d')
    expect(status).toBe(8)
    expect(stdout).toContain('paris: its token is older than 90d: k3s-vars rotate paris')
    expect(stdout).not.toContain('oslo: its token')
    const { clusters } = JSON.parse(cli('status', '--max-age', '90d', '--json').stdout) as {
      clusters: { cluster: string; old: boolean }[]
    }
    expect(clusters.filter(({ old }) => old).map(({ cluster }) => cluster)).toEqual([
      'paris',
      'rome',
    ])
    expect(cli('status', '--max-age', '1y')).toMatchObject({ status: 2, stdout: '' })
  })
})

test('a play that fails is told before a document that nobody can read any more', () => {
  const document = project.path('k3s_tokens/oslo.yml')
  const kept = readFileSync(document)
  const script = `#!/bin/sh\necho 'generation: [' >'${document}'\nexit 2\n`
  chmodSync(project.write('bin/ansible-playbook', script), 0o755)
  project.write('inventory.yml', 'all: { hosts: { oslo1: {} } }\n')
  const PATH = `${project.path('bin')}:${process.env['PATH']}`
  const { status, stdout, stderr } = runCli(
    project,
    ['rotate', 'oslo', '--yes', '-i', 'inventory.yml'],
    { environment: { PATH } },
  )
  writeFileSync(document, kept)
  expect({ status, stdout }).toEqual({ status: 7, stdout: '' })
  const [first, hint] = stderr.split('\n')
  expect(first).toMatch(/^k3s_vars: the play .*; and the document of oslo cannot be read: /)
  expect(first).toContain('oslo.yml:')
  expect(first).toContain('(K3SV_CLUSTER_ANSIBLE)')
  expect(hint).toMatch(/^hint: .*k3s-vars rotate oslo -i INVENTORY$/)
})

describe('token for-snapshot', () => {
  const fingerprintOf = (name: string): string => {
    const { clusters } = JSON.parse(cli('status', name, '--json').stdout) as {
      clusters: { fingerprint: string }[]
    }
    return clusters[0]!.fingerprint
  }
  /** A key of etcd as it lies in a snapshot, with the revisions that follow it. */
  const key = (fingerprint: string, revision: number): string =>
    `\n\u0017/bootstrap/${fingerprint}\u0010\u0003\u0018${String.fromCharCode(revision)} \u0001`

  test('by the key in the file, the newest where a rotation was short before', () => {
    const [rome, paris] = [fingerprintOf('rome'), fingerprintOf('paris')]
    const filling = '\u0000'.repeat(1024 * 1024 - 7)
    project.write('etcd-snapshot-l1-1', `${key(paris, 5)}${filling}${key(rome, 9)}`)
    const { status, stdout } = cli('token', 'for-snapshot', 'etcd-snapshot-l1-1')
    expect([status, stdout.split('\n')[0]]).toEqual([
      0,
      expect.stringMatching(/^rome: generation 1 \(current, since .*\), by the key in the file$/),
    ])
    expect(stdout).toContain('k3s-vars token show rome --reveal --generation 1')
  })

  test('by its name, where there is no file', () => {
    const name = `oslo-1-${fingerprintOf('oslo')}-20261129t220000-aabbcc-l1-1764370000`
    const { status, stdout } = cli('token', 'for-snapshot', name, '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ cluster: 'oslo', generation: 1, by: 'name' })
  })

  test('by cluster and generation, where a rotation has named it and the token has no fingerprint', () => {
    project.write('brought', 'changeme!\n')
    const args = ['--file', 'brought', '--allow-weak', '--offline', '--replace']
    expect(cli('token', 'import', 'oslo', ...args).status).toBe(0)
    const name = 'oslo-2-none-20261130t020146-0d0b29-t3-1796004120'
    const { status, stdout } = cli('token', 'for-snapshot', name, '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ cluster: 'oslo', generation: 2, by: 'name' })
    expect(cli('token', 'for-snapshot', name.replace('-2-', '-7-')).status).toBe(2)
  })

  test.each([
    ['etcd-snapshot-nobody', 2, 'the name has no fingerprint'],
    ['k3s_vars.yml', 2, 'holds no key of K3s'],
    ['prod-1-0123456789ab', 5, 'is not kept here'],
  ])('%s: status %i', (name, status, text) => {
    const said = cli('token', 'for-snapshot', name)
    expect([said.status, said.stdout, said.stderr.includes(text)]).toEqual([status, '', true])
  })
})
