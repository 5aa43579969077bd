import { afterEach, describe, expect, test } from '@jest/globals'
import type { ClusterConfig } from '../../src/config/config.js'
import { confirmTokens } from '../../src/lifecycle/confirm.js'
import type { BroughtTokens, Confirmation } from '../../src/lifecycle/confirm.js'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import { Secret } from '../../src/secret.js'
import { makeIdentity, RecordedK3s } from '../support/recorded-k3s.js'
import type { RecordedOptions } from '../support/recorded-k3s.js'

const SERVER = 'CanaryTokenQ7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc'
const FORMER = 'CanaryFormerW4eK8zN2cV5bM1xL7jH3gF9dS6aQ0p'
const identity = makeIdentity()

const running: RecordedK3s[] = []
afterEach(async () => {
  const unrecorded = running.flatMap((server) => server.unrecorded)
  await Promise.all(running.splice(0).map((server) => server.stop()))
  expect(unrecorded).toEqual([])
})

async function start(options: Partial<RecordedOptions> = {}): Promise<RecordedK3s> {
  const server = await RecordedK3s.start({ serverToken: SERVER, identity, ...options })
  running.push(server)
  return server
}

/** A cluster whose one server, and whose endpoint besides, are at these ports of this machine. */
function at(ports: readonly number[], more: Partial<ClusterConfig> = {}): ClusterConfig {
  const [port] = ports
  return {
    name: 'home',
    role: ROLE_PROFILES['k3s-io'],
    groups: {},
    vars: { api_port: port },
    hosts: { server: { s1: { ansible_host: '127.0.0.1' } }, agent: {} },
    agentToken: false,
    emit: 'plain',
    form: 'short',
    level: 'group',
    mint: 'never',
    probe: true,
    endpoints: [],
    encrypt: 'always',
    token: { length: 43, alphabet: 'alphanumeric' },
    store: { kind: 'file', folder: '/nowhere' },
    location: {},
    ...more,
  }
}

const brought = (text: string, caHash: string | undefined = identity.caHash) => ({
  secret: new Secret(text),
  ...(caHash !== undefined && { caHash }),
})

async function confirm(cluster: ClusterConfig, tokens: BroughtTokens): Promise<Confirmation> {
  return confirmTokens(cluster, tokens, { now: new Date(), offline: false })
}

const code = (expected: string): unknown => expect.objectContaining({ code: expected })

describe('servers that are asked about a token', () => {
  test('say yes to the one that they have', async () => {
    const server = await start()
    const cluster = at([server.port])
    expect(await confirm(cluster, { server: brought(SERVER) })).toEqual({
      servers: [{ url: server.url, ca: 'pinned', server: 'accepted' }],
    })
  })

  test('are asked about an agent token by the CA of the server token', async () => {
    const server = await start({ agentToken: FORMER })
    const tokens = { server: brought(SERVER), agent: { secret: new Secret(FORMER) } }
    expect(await confirm(at([server.port]), tokens)).toEqual({
      servers: [{ url: server.url, ca: 'pinned', server: 'accepted', agent: 'accepted' }],
    })
  })

  test.each<[string, BroughtTokens, string]>([
    ['another token', { server: brought(FORMER) }, 'K3SV_CLUSTER_TOKEN'],
    [
      'a former agent token',
      { server: brought(SERVER), agent: brought(FORMER) },
      'K3SV_CLUSTER_TOKEN',
    ],
    ['another CA', { server: brought(SERVER, '0'.repeat(64)) }, 'K3SV_CLUSTER_PIN'],
    [
      'tokens of two CAs',
      { server: brought(SERVER), agent: brought(SERVER, '0'.repeat(64)) },
      'K3SV_TOKEN_CA_HASH',
    ],
  ])('keep %s from being believed', async (_, tokens, expected) => {
    const server = await start()
    await expect(confirm(at([server.port]), tokens)).rejects.toEqual(code(expected))
    const wrong = expected === 'K3SV_CLUSTER_TOKEN' ? [FORMER] : []
    expect(server.passwords.filter((password) => password === FORMER)).toEqual(wrong)
    if (expected !== 'K3SV_CLUSTER_TOKEN') expect(server.passwords).toEqual([])
  })

  test('the error names both hashes as far as people compare them, and no token', async () => {
    const server = await start()
    const asked = confirm(at([server.port]), { server: brought(SERVER, '9'.repeat(64)) })
    await expect(asked).rejects.toMatchObject({
      message: expect.stringContaining(
        `(${'9'.repeat(12)}… in the token, ${identity.caHash.slice(0, 12)}… answered)`,
      ),
    })
    await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining('Canary') })
  })

  test('RKE2 is asked by its own name', async () => {
    const server = await start()
    const cluster = at([server.port], { role: ROLE_PROFILES.lablabs })
    await confirm(cluster, { server: brought(SERVER) })
    expect(server.requests.map(({ path }) => path)).toContain('/v1-rke2/token')
  })
})

describe('no server is asked', () => {
  test.each<[string, Partial<ClusterConfig>, BroughtTokens, string]>([
    ['where the configuration says so', { probe: false }, { server: brought(SERVER) }, 'probe-off'],
    [
      'where none is known',
      { hosts: { server: {}, agent: {} } },
      { server: brought(SERVER) },
      'no-servers',
    ],
    ['about a token that names no CA', {}, { server: { secret: new Secret(SERVER) } }, 'no-pin'],
  ])('%s', async (_, more, tokens, notAsked) => {
    const server = await start()
    expect(await confirm(at([server.port], more), tokens)).toEqual({ notAsked, servers: [] })
    expect(server.requests).toEqual([])
  })
})
