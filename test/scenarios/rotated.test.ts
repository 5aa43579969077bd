// A cluster whose K3s is keyed with the pending token already: every command that tells is about that one, and none hands it out.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { loadConfig } from '../../src/config/load.js'
import type { ClusterDocument } from '../../src/document/document.js'
import { markRotated, markRotating, stageTokens } from '../../src/document/transitions.js'
import type { WriteStamp } from '../../src/document/transitions.js'
import { changeDocument } from '../../src/lifecycle/bind.js'
import { createLifecycle } from '../../src/lifecycle/create.js'
import { newWriteStamp, sealTokens } from '../../src/lifecycle/seal.js'
import { Secret } from '../../src/secret.js'
import { runCli } from '../support/cli.js'
import { environmentIn } from '../support/environment.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const PENDING = 'PendingZw8rT2kQ9mX4vB7nL1pD6sF3hJ5g'
const AGENT = 'AgentKq7rT2kQ9mX4vB7nL1pD6sF3hJ5gWw'
const CONFIG = `clusters:
  home:
    probe: false
    agent_token: true
    hosts: { server: [s1], agent: [a1] }
`

let project: Project
let former: string
let fingerprint: string | null

const cli = (args: readonly string[]): Outcome => runCli(project, args)
const json = (...args: string[]): Record<string, unknown> =>
  JSON.parse(cli([...args, '--json']).stdout) as Record<string, unknown>

beforeAll(async () => {
  project = new Project({ 'k3s_vars.yml': CONFIG })
  expect(project.run(LAUNCHER, ['--list']).status).toBe(0)
  former = cli(['token', 'show', '--reveal']).stdout.trim()
  const environment = environmentIn(project.folder, { HOME: project.path('home') })
  const config = loadConfig({ environment, launcher: LAUNCHER })
  const lifecycle = createLifecycle({ environment, config })
  const cluster = config.clusters[0]!
  const pair = { server: new Secret(PENDING), agent: new Secret(AGENT) }
  const tokens = await sealTokens(lifecycle, cluster, pair, 'minted')
  fingerprint = tokens.fingerprint
  const change = (next: (document: ClusterDocument, stamp: WriteStamp) => ClusterDocument) => {
    const stamp = newWriteStamp(lifecycle)
    return changeDocument(lifecycle, cluster, (document) => next(document, stamp))
  }
  await change((document, stamp) => stageTokens(document, { rotation: 'r1', tokens }, stamp))
  await change((document, stamp) => markRotating(document, 'r1', stamp))
  expect(cli(['token', 'show', '--reveal']).stdout).toBe(`${former}\n`)
  await change((document, stamp) => markRotated(document, 'r1', stamp))
})

afterAll(() => project.remove())

test('the fingerprint tells the tokens apart', () => {
  const text = readFileSync(project.path('k3s_tokens/home.yml'), 'utf8')
  const all = [...text.matchAll(/fingerprint: "([0-9a-f]{12})"/g)].map(([, digits]) => digits)
  expect(new Set(all).size).toBe(2)
  expect(all).toContain(fingerprint)
})

test.each([
  ['--list', ''],
  ['--plugins', ''],
  ['--plugins', '{"clusters": ["home"]}'],
  ['--host', 's1'],
])('%s %s stops, and says how to go on', (word, more) => {
  const args = word === '--host' ? [word, more] : [word]
  const { status, stdout, stderr } = project.run(LAUNCHER, args, { input: more })
  const isHost = word === '--host'
  expect([status, isHost ? '' : stdout]).toEqual([isHost ? 0 : 7, ''])
  expect(stdout).not.toContain(PENDING)
  if (isHost) return
  expect(stderr).toContain('phase rotated, begun 20')
  expect(stderr).toContain('K3S_VARS_ROTATION=r1 ansible-playbook k3s_vars.token.rotate')
})

test.each(['emit: vaulted', 'level: host'])('so it does with %s', (option) => {
  project.write('other.yml', CONFIG.replace('probe: false', `probe: false\n    ${option}`))
  const environment = { K3S_VARS_CONFIG: 'other.yml' }
  const { status, stdout } = project.run(LAUNCHER, ['--list'], { environment })
  expect([status, stdout]).toEqual([7, ''])
})

test('status, token show and token import tell of the same generation', () => {
  const { clusters } = json('status') as { clusters: Record<string, unknown>[] }
  const told = { generation: 2, fingerprint }
  expect(clusters[0]).toMatchObject({ ...told, phase: 'rotated', agentToken: true })
  expect(json('token', 'show')).toMatchObject({ ...told, phase: 'rotated' })
  expect(clusters[0]!['created']).toBe(json('token', 'show')['created'])
  project.write('brought', `${PENDING}\n`)
  expect(json('token', 'import', 'home', '--offline', '--file', 'brought')).toMatchObject({
    ...told,
    outcome: 'unchanged',
  })
})

test('token show --reveal gives it, extra-vars and group-vars write do not', () => {
  expect(cli(['token', 'show', '--reveal']).stdout).toBe(`${PENDING}\n`)
  expect(cli(['token', 'show', '--reveal', '--kind', 'agent']).stdout).toBe(`${AGENT}\n`)
  for (const args of [
    ['extra-vars', '--side', 'server'],
    ['group-vars', 'write'],
  ]) {
    const { status, stdout, stderr } = cli(args)
    expect([status, stdout]).toEqual([7, ''])
    expect(stderr).toContain('K3SV_ROTATION_UNDER_WAY')
  }
})

test('check judges it, and finds nothing wrong but that there is no Ansible here', () => {
  const { findings } = json('check') as { findings: { severity: string; rule: string }[] }
  const errors = findings.filter(({ severity }) => severity === 'error')
  expect(errors.map(({ rule }) => rule)).toEqual(['K3SV_CLUSTER_ANSIBLE'])
})

test('no other token comes in while the rotation is not finished', () => {
  for (const args of [
    ['token', 'new', '--yes'],
    ['token', 'new', '--kind', 'agent'],
    ['token', 'import', 'home', '--offline', '--replace', '--file', 'other'],
  ]) {
    project.write('other', 'OtherTokenQ9mX4vB7nL1pD6sF3hJ5gZz8\n')
    const { status, stdout } = cli(args)
    expect([status, stdout]).toEqual([5, ''])
  }
})
