// A CA that is made in advance, held to a real K3s: the secure form holds from the very first start, agents that have it compare
// before they send anything.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { enterAgent } from '../support/k3s-agent.js'
import { describeReal, K3sOnPorts } from '../support/k3s-on-ports.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

describeReal('a CA that is made in advance', () => {
  let project: Project
  let server: K3sOnPorts

  const run = (...args: readonly string[]): Outcome => project.run(LAUNCHER, args)
  const reveal = (...more: readonly string[]): string =>
    run('token', 'show', '--reveal', ...more).stdout.trim()
  const secure = (kind: string): string => reveal('--format', 'secure', '--kind', kind)
  const configure = (port: number): string =>
    project.write(
      'k3s_vars.yml',
      `clusters: { prod: { form: secure, agent_token: true, hosts: { server: { 127.0.0.1: { api_port: ${port} } } } } }\n`,
    )

  beforeAll(async () => {
    project = new Project()
    configure(1)
    expect(run('token', 'new', '--yes').status).toBe(0)
    expect(run('ca', 'new').status).toBe(0)
    const folder = project.path('k3s')
    mkdirSync(join(folder, 'data/server'), { recursive: true })
    expect(run('ca', 'export', '--output', join(folder, 'data/server/tls')).status).toBe(0)
    server = await K3sOnPorts.start({
      folder,
      token: secure('server'),
      agentToken: secure('agent'),
    })
    configure(server.port)
  }, 300_000)

  afterAll(async () => {
    await server.remove()
    project.remove()
  })

  test('is the one that K3s has, with the very token that we hand out', () => {
    expect(server.read('token').trim()).toBe(secure('server'))
    expect(server.read('agent-token').trim()).toBe(secure('agent'))
    const { status, stdout } = run('verify', 'prod', '--json')
    const { clusters } = JSON.parse(stdout) as {
      clusters: { servers: { ca: string; tokens: { kind: string; verdict: string }[] }[] }[]
    }
    expect(status).toBe(0)
    expect(clusters[0]!.servers[0]).toMatchObject({
      ca: 'pinned',
      tokens: [
        { kind: 'server', verdict: 'accepted' },
        { kind: 'agent', verdict: 'accepted' },
      ],
    })
  })

  test('leaves both forms of the token the same one: a server takes either after the other', async () => {
    for (const form of ['short', 'secure']) {
      await server.down()
      const [token, agentToken] = ['server', 'agent'].map((kind) =>
        reveal('--format', form, '--kind', kind),
      )
      await server.up({ token: token!, agentToken: agentToken! })
      expect(server.read('token').trim()).toBe(secure('server'))
      expect(run('verify', 'prod')).toMatchObject({ status: 0, stderr: '' })
    }
  }, 300_000)

  test('is made for no cluster that runs', () => {
    project.write(
      'k3s_vars.yml',
      `clusters: { again: { hosts: { server: { 127.0.0.1: { api_port: ${server.port} } } } } }\n`,
    )
    project.write('token', 'Zq7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jcQeUaWo3tX2v')
    expect(run('token', 'import', 'again', '--file', 'token', '--offline').status).toBe(0)
    const { status, stdout, stderr } = run('ca', 'new', 'again', '--assume-new')
    expect({ status, stdout }).toEqual({ status: 7, stdout: '' })
    expect(stderr).toContain('(K3SV_CLUSTER_ALIVE)')
    expect(existsSync(project.path('k3s_tokens/again.ca.yml'))).toBe(false)
    configure(server.port)
  })

  test('lets an agent in that has its hash, and one with another hash sends nothing', async () => {
    const token = secure('agent')
    expect(await enterAgent(server, token)).toBe('has its certificates')
    const hash = token.slice(3, 67)
    const other = token.replace(
      hash,
      hash.replace(/./g, (digit) => (digit === '0' ? '1' : '0')),
    )
    expect(await enterAgent(server, other)).toBe('refused the CA')
  }, 120_000)
})
