import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { get } from '../../src/cluster/request.js'
import { connect, PATHS } from '../../src/cluster/supervisor.js'
import type { Supervisor } from '../../src/cluster/supervisor.js'
import { Secret } from '../../src/secret.js'
import { makeIdentity, RecordedK3s } from '../support/recorded-k3s.js'
import type { RecordedOptions } from '../support/recorded-k3s.js'

const SERVER_TOKEN = 'CanaryTokenQ7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc'
const AGENT_TOKEN = 'CanaryAgentW4eK8zN2cV5bM1xL7jH3gF9dS6aQ0p'
const NOW = new Date()

const running: RecordedK3s[] = []
afterEach(async () => {
  const unrecorded = running.flatMap((server) => server.unrecorded)
  await Promise.all(running.splice(0).map((server) => server.stop()))
  expect(unrecorded).toEqual([])
})

async function start(options: Partial<RecordedOptions> = {}): Promise<RecordedK3s> {
  const server = await RecordedK3s.start({ serverToken: SERVER_TOKEN, ...options })
  running.push(server)
  return server
}

function options(pin: string, program: 'k3s' | 'rke2' = 'k3s') {
  return { program, pin, now: NOW, milliseconds: 5000 }
}

async function connected(server: RecordedK3s, program?: 'k3s' | 'rke2'): Promise<Supervisor> {
  const supervisor = await connect(server.url, options(server.identity.caHash, program))
  if ('reason' in supervisor) throw new Error(supervisor.reason)
  return supervisor
}

describe('what the client can ask', () => {
  // Answers of other paths hold private keys, or the key of the network.
  test('is four paths', () => {
    expect(PATHS).toEqual({
      ca: '/cacerts',
      serverToken: '/v1-PROGRAM/token',
      olderServerToken: '/v1-PROGRAM/encrypt/status',
      agentToken: '/v1-PROGRAM/server-ca.crt',
    })
  })

  test('it asks by GET, for the CA twice before any password, and for each token once', async () => {
    const server = await start({ agentToken: AGENT_TOKEN })
    const supervisor = await connected(server)
    await supervisor.askServerToken(new Secret(SERVER_TOKEN))
    await supervisor.askAgentToken(new Secret(AGENT_TOKEN))
    expect(server.requests).toEqual([
      { method: 'GET', path: '/cacerts', role: 'none' },
      { method: 'GET', path: '/cacerts', role: 'none' },
      { method: 'GET', path: '/v1-k3s/token', role: 'server', password: SERVER_TOKEN },
      { method: 'GET', path: '/v1-k3s/server-ca.crt', role: 'node', password: AGENT_TOKEN },
    ])
  })

  test('RKE2 is asked by its own name', async () => {
    const server = await start()
    const supervisor = await connected(server, 'rke2')
    expect(await supervisor.askServerToken(new Secret(SERVER_TOKEN))).toBe('accepted')
    expect(await supervisor.askAgentToken(new Secret(SERVER_TOKEN))).toBe('accepted')
    expect(server.requests.slice(2).map(({ path }) => path)).toEqual([
      '/v1-rke2/token',
      '/v1-rke2/server-ca.crt',
    ])
  })
})

describe('what a server says of a token', () => {
  test.each<[string, Partial<RecordedOptions>, [string, string], [string, string]]>([
    [
      'both right',
      { agentToken: AGENT_TOKEN },
      [SERVER_TOKEN, AGENT_TOKEN],
      ['accepted', 'accepted'],
    ],
    ['one for all', {}, [SERVER_TOKEN, SERVER_TOKEN], ['accepted', 'accepted']],
    ['both wrong', {}, [AGENT_TOKEN, AGENT_TOKEN], ['refused', 'refused']],
    ['exchanged', { agentToken: AGENT_TOKEN }, [AGENT_TOKEN, SERVER_TOKEN], ['refused', 'refused']],
    [
      'an older release',
      { state: 'older' },
      [SERVER_TOKEN, SERVER_TOKEN],
      ['accepted', 'accepted'],
    ],
    [
      'an older release, wrong',
      { state: 'older' },
      [AGENT_TOKEN, AGENT_TOKEN],
      ['refused', 'refused'],
    ],
  ])('%s', async (_, given, [server, agent], expected) => {
    const supervisor = await connected(await start(given))
    expect([
      await supervisor.askServerToken(new Secret(server)),
      await supervisor.askAgentToken(new Secret(agent)),
    ]).toEqual(expected)
  })

  test('nothing of a token is in what is answered', async () => {
    const supervisor = await connected(await start())
    const verdict = await supervisor.askServerToken(new Secret(AGENT_TOKEN))
    expect(JSON.stringify([verdict, supervisor])).not.toContain('Canary')
  })

  test('a server that ends in between is no refusal', async () => {
    const server = await start()
    const supervisor = await connected(server)
    await server.stop()
    expect(await supervisor.askServerToken(new Secret(SERVER_TOKEN))).toBe('not-listening')
    await server.stop().catch(() => undefined)
  })
})

describe('no password reaches', () => {
  const other = makeIdentity()
  const real = makeIdentity()
  const ofAnotherName = makeIdentity('DNS:k3s.example')

  test.each<[string, Partial<RecordedOptions>, string, object]>([
    [
      'a server with another CA',
      { identity: other },
      real.caHash,
      { reason: 'other-ca', hash: other.caHash },
    ],
    [
      'a proxy that gives out the right CA and has a certificate of another',
      { identity: other, givesOut: [real.ca] },
      real.caHash,
      { reason: 'foreign-certificate' },
    ],
    [
      'a server whose CA changes after the first look',
      { identity: real, givesOut: [real.ca, other.ca] },
      real.caHash,
      { reason: 'other-ca', hash: other.caHash },
    ],
    [
      'a proxy that changes to its own CA after the first look',
      { identity: other, givesOut: [real.ca, other.ca] },
      real.caHash,
      { reason: 'foreign-certificate' },
    ],
    [
      'a server with a certificate of another name',
      { identity: ofAnotherName },
      ofAnotherName.caHash,
      { reason: 'certificate-of-another-name' },
    ],
    [
      'a server for which the hash is written in capitals',
      { identity: real },
      real.caHash.toUpperCase(),
      { reason: 'other-ca', hash: real.caHash },
    ],
    ['a server that is starting', { state: 'starting' }, real.caHash, { reason: 'starting' }],
    [
      'an apiserver without a supervisor',
      { state: 'apiserver' },
      real.caHash,
      { reason: 'apiserver' },
    ],
    [
      'a server that gives out no certificate',
      { identity: real, givesOut: ['welcome'] },
      real.caHash,
      { reason: 'no-ca' },
    ],
  ])('%s', async (_, given, pin, expected) => {
    const server = await start(given)
    expect(await connect(server.url, options(pin))).toEqual(expected)
    expect(server.passwords).toEqual([])
  })

  test('a server that changes its certificate between the pin and the question', async () => {
    const first = await start({ identity: real })
    const supervisor = await connected(first)
    const { port } = first
    await first.stop()
    running.pop()
    const second = await startAt(port, other)
    expect(await supervisor.askServerToken(new Secret(SERVER_TOKEN))).toBe('foreign-certificate')
    expect(second.passwords).toEqual([])
  })

  async function startAt(port: number, identity = other): Promise<RecordedK3s> {
    const server = await RecordedK3s.start({ serverToken: SERVER_TOKEN, identity, port })
    running.push(server)
    return server
  }
})

test('the recording answers nothing that was not recorded, and keeps it', async () => {
  const server = await start()
  const asked = get(server.url, '/v1-k3s/server-bootstrap', { milliseconds: 5000 })
  expect(await asked).toBe('cut-off')
  expect(server.unrecorded.splice(0)).toEqual([
    { method: 'GET', path: '/v1-k3s/server-bootstrap', role: 'none' },
  ])
})

describe('no server at all is told apart', () => {
  test.each([
    ['a port that nobody listens at', () => ({ url: 'https://127.0.0.1:1' }), 'not-listening'],
    [
      'a name that nobody has',
      () => ({ url: 'https://no-such-host.invalid:6443' }),
      'unknown-name',
    ],
    ['an address that is none', () => ({ url: 'https://[a::b::c]:6443' }), 'unknown-name'],
  ])('%s', async (_, make, reason) => {
    expect(await connect(make().url, options('0'.repeat(64)))).toEqual({ reason })
  })

  test.each([
    ['silence', () => {}, 'no-answer'],
    [
      'another protocol',
      (socket: { end: (text: string) => void }) => socket.end('220 mail ready\r\n'),
      'not-tls',
    ],
    ['an end without a word', (socket: { destroy: () => void }) => socket.destroy(), 'cut-off'],
  ])('%s', async (_, serve, reason) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      serve(socket)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    const given = { ...options('0'.repeat(64)), milliseconds: 500 }
    expect(await connect(url, given)).toEqual({ reason })
    server.close()
  })
})
