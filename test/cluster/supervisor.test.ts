import type { RequestListener, ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { judge, readinessOf } from '../../src/cluster/answer.js'
import { openConnection } from '../../src/cluster/connection.js'
import { connect, fetchClaimedCa, PATHS } from '../../src/cluster/supervisor.js'
import type { Supervisor } from '../../src/cluster/supervisor.js'
import { Secret } from '../../src/secret.js'
import { makeIdentity, RecordedK3s } from '../support/recorded-k3s.js'
import type { RecordedOptions } from '../support/recorded-k3s.js'

const SERVER_TOKEN = 'CanaryTokenQ7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc'
const AGENT_TOKEN = 'CanaryAgentW4eK8zN2cV5bM1xL7jH3gF9dS6aQ0p'
const NEW_TOKEN = 'CanaryNewH5tB9kW3xQ8mN2vL6rD4sG7zJ1fY0pC'
const NOW = new Date()

const running: RecordedK3s[] = []
const connections: { end: () => void }[] = []
afterEach(async () => {
  for (const connection of connections.splice(0)) connection.end()
  const unrecorded = running.flatMap((server) => server.unrecorded)
  await Promise.all(running.splice(0).map((server) => server.stop()))
  expect(unrecorded).toEqual([])
})

async function start(options: Partial<RecordedOptions> = {}): Promise<RecordedK3s> {
  const server = await RecordedK3s.start({ serverToken: SERVER_TOKEN, ...options })
  running.push(server)
  return server
}

function options(pin: string, program: 'k3s' | 'rke2' = 'k3s', milliseconds = 5000) {
  return { program, pins: [pin], now: NOW, deadline: AbortSignal.timeout(milliseconds) }
}

async function connected(server: RecordedK3s, program?: 'k3s' | 'rke2'): Promise<Supervisor> {
  const supervisor = await connect(server.url, options(server.identity.caHash, program))
  if ('reason' in supervisor) throw new Error(supervisor.reason)
  connections.push(supervisor)
  return supervisor
}

describe('what the client can ask', () => {
  // Answers of other paths hold private keys, or the key of the network.
  test('is four paths', () => {
    expect(PATHS).toEqual({
      ca: '/cacerts',
      serverToken: '/v1-PROGRAM/token',
      encryption: '/v1-PROGRAM/encrypt/status',
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

describe('every recorded answer to a question of ours', () => {
  interface Recorded {
    readonly roles: readonly string[]
    readonly method: string
    readonly path: string
    readonly status: number
    readonly body: string
  }
  const { responses } = JSON.parse(
    readFileSync(join(__dirname, '../vectors/k3s-http-responses.json'), 'utf8'),
  ) as { responses: Recorded[] }
  const answers = responses
    .filter(({ method }) => method === 'GET')
    .flatMap(({ roles, path, status, body }) => roles.map((role) => ({ role, path, status, body })))
  const answer = ({ status, body }: { status: number; body: string }) => ({
    status,
    body: Buffer.from(body),
  })
  /** 401 is a wrong password, 403 the right one of the other kind, or none that the path wants. */
  const expected = (status: number, right: string): string =>
    ({ 401: 'refused', 403: 'forbidden', 200: right, 405: right })[status] ?? 'none'

  test.each(answers.filter(({ path }) => path === '/v1-k3s/token'))(
    'to $role at $path is a verdict on the server token',
    (row) => {
      const verdict = judge(answer(row), ({ status }) => status === 405)
      expect(verdict).toBe(expected(row.status, 'accepted'))
      expect(verdict === 'accepted').toBe(row.role === 'server')
    },
  )

  test.each(answers.filter(({ path }) => path === '/v1-k3s/server-ca.crt'))(
    'to $role at $path is a verdict on the agent token',
    (row) => {
      const verdict = judge(answer(row), ({ status }) => status === 200)
      expect(verdict).toBe(expected(row.status, 'accepted'))
      expect(verdict === 'accepted').toBe(['node', 'btbearer'].includes(row.role))
    },
  )

  test.each(answers.filter(({ path }) => path === '/v1-k3s/encrypt/status'))(
    'to $role at $path tells whether the server is up',
    (row) => {
      expect(readinessOf(answer(row))).toBe(expected(row.status, 'ready'))
    },
  )

  test.each(answers.filter(({ path }) => path === '/v1-k3s/nonexistent'))(
    'to $role at an unknown path is the answer of the apiserver',
    (row) => {
      expect(judge(answer(row), () => true)).toBe('apiserver')
      expect(readinessOf(answer(row))).toBe('apiserver')
    },
  )
})

describe('after a rotation a server is told by what it accepts', () => {
  type State = Readonly<Record<string, string | number>>
  const { rows } = JSON.parse(
    readFileSync(join(__dirname, '../vectors/k3s-http-after-rotation.json'), 'utf8'),
  ) as { rows: State[] }

  test.each(rows)('$server, $state, $credentials', async (row) => {
    const [user, name] = String(row['credentials']).split(' ')[0]!.split(':') as [string, string]
    const isNew = String(row['state']).startsWith('restarted')
    const state = String(row['state']).endsWith('not ready yet') ? 'not-ready' : 'ready'
    const server = await start({ serverToken: isNew ? NEW_TOKEN : SERVER_TOKEN, state })
    const supervisor = await connected(server)
    const token = new Secret(name === 'NEW' ? NEW_TOKEN : SERVER_TOKEN)
    const answered = (status: unknown): string =>
      ({ 405: 'accepted', 401: 'refused', 200: 'ready', 500: 'not-ready' })[Number(status)]!
    if (user === 'node') {
      // Not asked there, but its answer tells the same.
      const isRight = row['GET /v1-k3s/readyz'] !== 401
      expect(await supervisor.askAgentToken(token)).toBe(isRight ? 'accepted' : 'refused')
      return
    }
    expect(await supervisor.askServerToken(token)).toBe(answered(row['GET /v1-k3s/token']))
    const readiness = await supervisor.askReadiness(token)
    expect(readiness).toBe(answered(row['GET /v1-k3s/encrypt/status']))
  })
})

test('every answer during a restart has its word', () => {
  const { rows } = JSON.parse(
    readFileSync(join(__dirname, '../vectors/k3s-restart-timeline.json'), 'utf8'),
  ) as { rows: [number, string, string][] }
  const words = rows.flatMap(([, question, text]) => {
    const [, code, message = ''] = /^(\d{3}) ?(.*)$/.exec(text) ?? []
    if (code === undefined || !/^(?:GET token|server-ca|server) ?/.test(question)) return []
    const said = { kind: 'Status', message, code: Number(code) }
    const body = Buffer.from(code === '200' ? '{"stage":"","activekey":""}' : JSON.stringify(said))
    const answer = { status: Number(code), body }
    const isReadiness = /^server (?:right|wrong)/.test(question)
    return [
      isReadiness
        ? readinessOf(answer)
        : judge(answer, ({ status }) => [200, 405].includes(status)),
    ]
  })
  expect(words.length).toBeGreaterThan(10)
  expect(new Set(words)).toEqual(new Set(['ready', 'accepted', 'refused', 'starting', 'not-ready']))
})

describe('an answer that is none of K3s has its word', () => {
  const status = (code: number, more: object = {}) =>
    JSON.stringify({ kind: 'Status', code, ...more })

  test.each<[string, number, string, string]>([
    ['the page of a load balancer without a server', 502, '<html>Bad Gateway</html>', 'no-backend'],
    ['the same when it waits too long', 504, '<html>Gateway Timeout</html>', 'no-backend'],
    ['a load balancer in its maintenance', 503, '<html>Back soon</html>', 'no-backend'],
    ['a server that is starting', 503, status(503), 'starting'],
    ['a server that fails', 500, status(500), 'failing'],
    ['an apiserver', 401, status(401, { apiVersion: 'v1' }), 'apiserver'],
    ['an apiserver that is starting', 503, status(503, { apiVersion: 'v1' }), 'apiserver'],
    ['a web page', 200, '<html>Welcome</html>', 'not-k3s'],
    ['a login page', 401, '<html>Log in</html>', 'not-k3s'],
    ['a page that is not there', 404, 'not found', 'not-k3s'],
    ['an error without a word', 500, '', 'not-k3s'],
    ['JSON of something else', 200, '[]', 'not-k3s'],
    ['a Status of another kind', 429, status(429), 'unclear'],
  ])('%s', (_, code, body, word) => {
    const answer = { status: code, body: Buffer.from(body) }
    expect(judge(answer, ({ status }) => status === 405)).toBe(word)
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
      'a server that is not ready',
      { state: 'not-ready' },
      [SERVER_TOKEN, SERVER_TOKEN],
      ['accepted', 'accepted'],
    ],
    [
      'a server that fails',
      { state: 'failing' },
      [SERVER_TOKEN, SERVER_TOKEN],
      ['failing', 'failing'],
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

  test.each(['k3s', 'rke2'])('the certificate says that it is %s', async (program) => {
    const server = await start({ identity: makeIdentity(undefined, program) })
    expect((await connected(server)).program).toBe(program)
  })

  test('a certificate of neither says nothing', async () => {
    const server = await start({ identity: makeIdentity(undefined, 'nginx') })
    expect((await connected(server)).program).toBeUndefined()
  })

  test('any of several pins will do', async () => {
    const server = await start()
    const pins = ['0'.repeat(64), server.identity.caHash]
    const supervisor = await connect(server.url, { ...options(''), pins })
    expect(supervisor).toMatchObject({ ca: { hash: server.identity.caHash } })
    if (!('reason' in supervisor)) supervisor.end()
  })

  test('without a pin the CA is told, and nothing is sent', async () => {
    const server = await start()
    expect(await fetchClaimedCa(server.url, options(''))).toMatchObject({
      hash: server.identity.caHash,
    })
    expect(await connect(server.url, { ...options(''), pins: [] })).toEqual({
      reason: 'other-ca',
      hash: server.identity.caHash,
    })
    expect(server.passwords).toEqual([])
  })

  test('one deadline is for all that is asked of a server', async () => {
    const server = await start()
    const supervisor = await connect(server.url, options(server.identity.caHash, 'k3s', 600))
    if ('reason' in supervisor) throw new Error(supervisor.reason)
    connections.push(supervisor)
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(await supervisor.askServerToken(new Secret(SERVER_TOKEN))).toBe('no-answer')
    expect(server.passwords).toEqual([])
  })

  test.each(['127.0.0.1', '::1', 'localhost'])('the server is at %s', async (host) => {
    const server = await start({ host })
    const supervisor = await connected(server)
    expect(await supervisor.askServerToken(new Secret(SERVER_TOKEN))).toBe('accepted')
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
  const connection = openConnection(server.url, { deadline: AbortSignal.timeout(5000) })
  connections.push(connection)
  expect(await connection.get('/v1-k3s/server-bootstrap')).toBe('cut-off')
  expect(server.unrecorded.splice(0)).toEqual([
    { method: 'GET', path: '/v1-k3s/server-bootstrap', role: 'none' },
  ])
})

describe('a server that is none of K3s', () => {
  const { key, certificate: cert } = makeIdentity()

  test.each<[string, RequestListener, string]>([
    [
      'leads elsewhere',
      (_, response) => response.writeHead(302, { location: '/x' }).end(),
      'not-k3s',
    ],
    ['says yes to everything', (_, response) => response.end('hello'), 'no-ca'],
    ['never ends', (_, response) => pour(response, 9000, 1), 'cut-off'],
    ['drips', (_, response) => pour(response, 1, 50), 'no-answer'],
  ])('%s', async (_, listener, reason) => {
    const server = createHttps({ key, cert }, listener)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    const given = options('0'.repeat(64), 'k3s', 1000)
    expect(await connect(url, given)).toEqual({ reason })
    server.closeAllConnections()
    server.close()
  })
})

/** Writes for as long as somebody reads. */
function pour(response: ServerResponse, bytes: number, milliseconds: number): void {
  const timer = setInterval(() => response.write('x'.repeat(bytes)), milliseconds)
  response.on('close', () => clearInterval(timer))
}

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
    const given = options('0'.repeat(64), 'k3s', 500)
    expect(await connect(url, given)).toEqual({ reason })
    server.close()
  })
})
