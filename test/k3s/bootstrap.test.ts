// Bootstrap tokens in a real K3s: of the shape of its own, taken by agents, gone when they are deleted. With K3S_VARS_RECORD=1 what its
// API answers is written to test/vectors/k3s-api-bootstrap.json, which the scenarios without a K3s are held to.
import { readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { openApi } from '../../src/kubernetes/api.js'
import type { Api, ApiAnswer } from '../../src/kubernetes/api.js'
import { environmentIn } from '../support/environment.js'
import { enterAgent } from '../support/k3s-agent.js'
import { describeReal, K3S_BINARY, K3sOnPorts } from '../support/k3s-on-ports.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const TOKEN = 'Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5'
const SECRETS = '/api/v1/namespaces/kube-system/secrets'
const VECTORS = join(import.meta.dirname, '../vectors/k3s-api-bootstrap.json')
jest.setTimeout(300_000)

describeReal('bootstrap tokens in a real K3s', () => {
  let server: K3sOnPorts
  let project: Project
  let api: Api

  const bootstrap = (...args: string[]): Outcome =>
    project.run(LAUNCHER, ['bootstrap', ...args, '--kubeconfig', server.kubeconfig])

  beforeAll(async () => {
    server = await K3sOnPorts.start({ token: TOKEN })
    project = new Project({
      'k3s_vars.yml': `clusters: { home: { hosts: { server: { 127.0.0.1: { api_port: ${server.port} } } } } }\n`,
    })
    project.write('server', server.read('token'))
    const imported = project.run(LAUNCHER, ['token', 'import', 'home', '--file', 'server'])
    expect(imported).toMatchObject({ status: 0 })
    const environment = environmentIn(project.folder, {})
    api = openApi({ environment, file: server.kubeconfig, isInteractive: false })
  })

  afterAll(async () => {
    await server.remove()
    project.remove()
  })

  async function secretOf(id: string): Promise<Record<string, unknown>> {
    const { status, body } = await api.ask('GET', `${SECRETS}/bootstrap-token-${id}`)
    expect(status).toBe(200)
    return JSON.parse(body.toString()) as Record<string, unknown>
  }

  const idOf = (token: string): string => /([a-z0-9]{6})\.[a-z0-9]{16}\s*$/.exec(token)![1]!

  test('have the shape of those that it makes itself', async () => {
    const own = spawnSync(
      K3S_BINARY!,
      ['token', 'create', '--kubeconfig', server.kubeconfig, '--ttl', '1h', '--description', 'x'],
      { encoding: 'utf8' },
    )
    expect(own.status).toBe(0)
    const made = bootstrap('create', 'home', '--description', 'x', '--reveal')
    expect(made).toMatchObject({ status: 0, stderr: '' })
    const [theirs, ours] = [await secretOf(idOf(own.stdout)), await secretOf(idOf(made.stdout))]
    const shapeOf = (secret: Record<string, unknown>): unknown => {
      const data = secret['data'] as Record<string, string>
      const { 'token-id': id, 'token-secret': hidden, expiration, description, ...same } = data
      const given = [id, hidden, expiration, description].map((text) =>
        Buffer.from(text!, 'base64').toString(),
      )
      const shown = given.map((text) =>
        text.replace(/^k3s-vars: .*: /, '').replace(/[a-z0-9]/g, 'x'),
      )
      return {
        type: secret['type'],
        immutable: secret['immutable'],
        same,
        shown: shown.map((t) => t.replace(/\d/g, 'x')),
      }
    }
    expect(shapeOf(ours)).toEqual(shapeOf(theirs))
  })

  test('are taken by an agent with the CA in front, and no more once they are deleted', async () => {
    const { stdout } = bootstrap('create', 'home', '--ttl', '10m', '--reveal')
    const token = stdout.trim()
    const [hash] = /(?<=^K10)[0-9a-f]{64}/.exec(server.read('token'))!
    expect(token).toMatch(new RegExp(`^K10${hash}::[a-z0-9]{6}\\.[a-z0-9]{16}$`))
    expect(await enterAgent(server, token)).toBe('has its certificates')
    const listed = bootstrap('list', 'home')
    expect(listed.stdout).toContain(idOf(token))
    expect(listed.stdout).not.toContain(token.split('.')[1])
    expect(bootstrap('delete', 'home', idOf(token))).toMatchObject({ status: 0, stderr: '' })
    expect(bootstrap('list', 'home').stdout).not.toContain(idOf(token))
    // A token that was just taken is remembered for ten seconds (apiserver, TokenSuccessCacheTTL).
    await new Promise((resolve) => setTimeout(resolve, 12_000))
    expect(await enterAgent(server, token)).toBe('is refused')
    expect(bootstrap('delete', 'home', idOf(token))).toMatchObject({ status: 7, stdout: '' })
  })

  test('are made by an exec plugin, and in no other cluster than the one that is known', () => {
    const text = readFileSync(server.kubeconfig, 'utf8')
    const dataOf = (name: string): string =>
      Buffer.from(new RegExp(`${name}-data: (\\S+)`).exec(text)![1]!, 'base64').toString()
    const credential = JSON.stringify({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: {
        clientCertificateData: dataOf('client-certificate'),
        clientKeyData: dataOf('client-key'),
      },
    })
    project.write('credential.json', credential)
    project.write('plugin', `#!/bin/sh\ncat '${project.path('credential.json')}'\n`, 0o700)
    const user = `  user:\n    exec: { apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never }\n`
    project.write('exec.yml', text.replace(/ {2}user:\n(?: {4}.*\n)+/, user))
    const made = project.run(LAUNCHER, [
      ...['bootstrap', 'create', 'home', '--kubeconfig', 'exec.yml', '--reveal', '--json'],
    ])
    expect(made).toMatchObject({ status: 0, stderr: '' })

    project.write('k3s_vars.yml', 'clusters: { other: }\n')
    project.write('server', `K10${'0123456789abcdef'.repeat(4)}::server:${TOKEN}`)
    const imported = ['token', 'import', 'other', '--file', 'server', '--offline']
    expect(project.run(LAUNCHER, imported).status).toBe(0)
    const before = bootstrap('list', 'other')
    expect(before).toMatchObject({ status: 7, stdout: '' })
    const refused = bootstrap('create', 'other', '--reveal')
    expect(refused).toMatchObject({ status: 7, stdout: '' })
    expect(refused.stderr).toContain('(K3SV_CLUSTER_PIN)')
  })

  test('are answered for by its API as it was recorded', async () => {
    const recorded = await record(api)
    if (process.env['K3S_VARS_RECORD'] === '1') {
      const version = spawnSync(K3S_BINARY!, ['--version'], { encoding: 'utf8' }).stdout
      const text = JSON.stringify({ version: version.split('\n')[0], answers: recorded }, null, 2)
      writeFileSync(VECTORS, `${text}\n`)
    }
    const { answers } = JSON.parse(readFileSync(VECTORS, 'utf8')) as { answers: typeof recorded }
    const shapes = (all: typeof recorded): unknown =>
      Object.entries(all).map(([name, { status, body }]) => [name, status, keysIn(body)])
    expect(shapes(recorded)).toEqual(shapes(answers))
  })
})

interface Recorded {
  readonly status: number
  readonly body: unknown
}

/** The secret in it is of no token that lives longer than this test. */
async function record(api: Api): Promise<Record<string, Recorded>> {
  const name = 'bootstrap-token-abcdef'
  const data = {
    'token-id': 'abcdef',
    'token-secret': '0123456789abcdef',
    expiration: '2099-01-01T00:00:00Z',
    'usage-bootstrap-authentication': 'true',
    'usage-bootstrap-signing': 'true',
    'auth-extra-groups': 'system:bootstrappers:k3s:default-node-token',
    description: 'recorded',
  }
  const encoded = Object.entries(data).map(([key, text]) => [
    key,
    Buffer.from(text).toString('base64'),
  ])
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'kube-system' },
    type: 'bootstrap.kubernetes.io/token',
    data: Object.fromEntries(encoded) as unknown,
  }
  const list = `${SECRETS}?fieldSelector=${encodeURIComponent('type=bootstrap.kubernetes.io/token')}`
  const asked: Record<string, ApiAnswer> = {
    unauthorized: await api.askAnonymously(SECRETS),
    created: await api.ask('POST', SECRETS, secret),
    exists: await api.ask('POST', SECRETS, secret),
    list: await api.ask('GET', list),
    deleted: await api.ask('DELETE', `${SECRETS}/${name}`),
    absent: await api.ask('DELETE', `${SECRETS}/${name}`),
  }
  return Object.fromEntries(
    Object.entries(asked).map(([key, { status, body }]) => {
      const value = JSON.parse(body.toString()) as { items?: { metadata: { name: string } }[] }
      const items = value.items?.filter((item) => item.metadata.name === name)
      return [key, { status, body: items === undefined ? value : { ...value, items } }]
    }),
  )
}

/** Every path of keys in a value. */
function keysIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysIn)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, keysIn(one)]))
}
