// What test/scenarios/verify.test.ts holds against recorded answers, held against a real K3s.
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { describeReal, K3sOnPorts } from '../support/k3s-on-ports.js'

const TOKEN = 'Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5'
const NEXT = 'Q29ycmVjdEhvcnNlQmF0dGVyeVN0YXBsZUFnYWluMTIz'
const AGENT = 'QWdlbnRzSm9pbldpdGhUaGlzT25lQW5kTm9uZUVsc2U5'
// A start takes eight seconds, and many times as long on a busy machine.
jest.setTimeout(300_000)

const REFUSAL = /invalid username\/password combination/g

describeReal('a real K3s is verified', () => {
  let server: K3sOnPorts
  let project: Project
  beforeAll(async () => {
    server = await K3sOnPorts.start({ token: TOKEN })
    project = new Project()
    configure('')
  })
  afterAll(async () => {
    await server.remove()
    project.remove()
  })

  function configure(more: string): void {
    const hosts = 'hosts: { server: { s1: { ansible_host: 127.0.0.1 } } }'
    const vars = `vars: { api_port: ${server.port} }`
    project.write('k3s_vars.yml', `clusters: { home: { ${vars}, ${hosts}${more} } }\n`)
  }

  async function cli(...args: string[]): Promise<Outcome> {
    const outcome = await project.start(LAUNCHER, args)
    for (const secret of [TOKEN, NEXT, AGENT])
      expect(outcome.stdout + outcome.stderr).not.toContain(secret)
    return outcome
  }

  async function bring(token: string, ...args: string[]): Promise<void> {
    project.write('brought', token)
    const { stderr, status } = await cli('token', 'import', 'home', '--file', 'brought', ...args)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  }

  /** The verdicts of its only server, by kind and generation. */
  async function verdicts(): Promise<Record<string, unknown>> {
    const { stdout, status } = await cli('verify', '--json')
    const { clusters } = JSON.parse(stdout) as {
      clusters: [
        { servers: [{ ca: string; program: string; readiness: string; tokens: Answer[] }] },
      ]
    }
    const [{ ca, program, readiness, tokens }] = clusters[0].servers
    const told = tokens.map(({ kind, number, verdict }) => [`${kind} ${number}`, verdict])
    const byToken = Object.fromEntries(told) as Record<string, string>
    return { status, ca, program, readiness, ...byToken }
  }

  interface Answer {
    readonly kind: string
    readonly number: number
    readonly verdict: string
  }

  test('its CA is compared once, with the hash that stands in server/token', async () => {
    await bring(TOKEN, '--offline')
    expect((await cli('verify')).status).toBe(7)
    const hash = server.read('token').slice(3, 67)
    const { status, stdout } = await cli('verify', '--pin', '--ca-hash', hash)
    expect(stdout).toContain(`home: kept the CA ${hash} in `)
    expect(status).toBe(0)
    expect(server.log).not.toMatch(REFUSAL)
  })

  test('it has the token, is K3s, and is up', async () => {
    // The supervisor answers some seconds before the server is ready, as it says itself.
    const deadline = Date.now() + 60_000
    let found = await verdicts()
    while (found['readiness'] !== 'ready' && Date.now() < deadline) {
      await setTimeout(500)
      found = await verdicts()
    }
    expect(found).toEqual({
      status: 0,
      ca: 'pinned',
      program: 'k3s',
      readiness: 'ready',
      'server 1': 'accepted',
      'agent 1': 'accepted',
    })
  })

  test('the CA of server/token is the one that token import compares', async () => {
    await bring(server.read('token'))
    expect((await cli('token', 'show')).stdout).toMatch(/^CA: +[0-9a-f]{64} \(confirmed/m)
  })

  test('a token that it does not have is one line in its log', async () => {
    await bring(NEXT, '--offline', '--replace')
    expect(await verdicts()).toMatchObject({
      status: 8,
      'server 2': 'refused',
      'server 1': 'accepted',
      'agent 1': 'accepted',
    })
    expect(server.log.match(REFUSAL)).toHaveLength(1)
  })

  test('after k3s token rotate it has the former one until it is restarted', async () => {
    await rotate(server, TOKEN, NEXT)
    expect(await verdicts()).toMatchObject({
      status: 8,
      'server 2': 'refused',
      'server 1': 'accepted',
    })
    await server.down()
    await server.up({ token: NEXT })
    expect(await verdicts()).toMatchObject({
      status: 0,
      'server 2': 'accepted',
      'server 1': 'refused',
    })
  })

  test('an agent token of its own', async () => {
    await server.down()
    await server.up({ agentToken: AGENT })
    expect(await verdicts()).toMatchObject({
      status: 8,
      'server 2': 'accepted',
      'agent 2': 'refused',
    })
    configure(', agent_token: true')
    project.write('agent', AGENT)
    expect((await cli('token', 'import', 'home', '--agent-file', 'agent')).status).toBe(0)
    expect(await verdicts()).toMatchObject({
      status: 0,
      'server 2': 'accepted',
      'agent 2': 'accepted',
    })
  })

  test('while it is down it cannot be told', async () => {
    await server.down()
    const { status, stdout } = await cli('verify')
    expect(status).toBe(7)
    expect(stdout).toContain('not-listening')
  })
})

/** As `k3s token rotate` does it. */
async function rotate(server: K3sOnPorts, from: string, to: string): Promise<void> {
  const { request } = await import('node:https')
  const authorization = `Basic ${Buffer.from(`server:${from}`).toString('base64')}`
  const ca = server.read('tls/server-ca.crt')
  const status = await new Promise((resolve, reject) => {
    const asked = request(
      `${server.url}/v1-k3s/token`,
      { method: 'PUT', ca, headers: { authorization, 'content-type': 'application/json' } },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode))
      },
    )
    asked.on('error', reject)
    asked.end(JSON.stringify({ newToken: to }))
  })
  expect(status).toBe(200)
}
