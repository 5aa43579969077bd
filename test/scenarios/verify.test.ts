// Whether servers have what is kept here. They are TLS servers with the recorded answers of a real K3s, which keep every request;
// see test/support/recorded-k3s.ts.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { delimiter } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { makeIdentity, RecordedK3s } from '../support/recorded-k3s.js'
import type { RecordedOptions } from '../support/recorded-k3s.js'
import { startOnTerminal } from '../support/terminal.js'
import type { TerminalOutcome } from '../support/terminal.js'

const TOKEN = 'Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5'
const FORMER = 'Q29ycmVjdEhvcnNlQmF0dGVyeVN0YXBsZUFnYWluMTIz'
const AGENT = 'QWdlbnRzSm9pbldpdGhUaGlzT25lQW5kTm9uZUVsc2U5'
const SECRETS = [TOKEN, FORMER, AGENT]

interface Told {
  readonly summary: Readonly<Record<string, number>>
  readonly clusters: readonly {
    readonly state: string
    readonly findings: readonly { readonly rule: string }[]
    readonly servers: readonly {
      readonly ca: string
      readonly state: string
      readonly readiness?: string
      readonly findings: readonly { readonly rule: string }[]
      readonly tokens: readonly Readonly<Record<string, unknown>>[]
    }[]
  }[]
}

let project: Project
const running: RecordedK3s[] = []
beforeEach(() => {
  project = new Project()
})
afterEach(async () => {
  project.remove()
  const unrecorded = running.flatMap((server) => server.unrecorded)
  await Promise.all(running.splice(0).map((server) => server.stop()))
  expect(unrecorded).toEqual([])
})

async function cli(...args: string[]): Promise<Outcome> {
  const outcome = await project.start(LAUNCHER, args)
  for (const secret of SECRETS) expect(outcome.stdout + outcome.stderr).not.toContain(secret)
  return outcome
}

async function living(options: Partial<RecordedOptions> = {}): Promise<RecordedK3s> {
  const server = await RecordedK3s.start({ serverToken: TOKEN, ...options })
  running.push(server)
  return server
}

function configure(port: number, more = ''): void {
  project.write(
    'k3s_vars.yml',
    `clusters: { home: { vars: { api_port: ${port} }, hosts: { server: { s1: { ansible_host: 127.0.0.1 } } }${more} } }\n`,
  )
}

/** Keeps a token, with the CA that it names; the servers are not asked. */
async function keep(token: string, caHash?: string, ...args: string[]): Promise<void> {
  const text = caHash === undefined ? token : `K10${caHash}::server:${token}`
  project.write('brought', `${text}\n`)
  const { stderr, status } = await cli(
    'token',
    'import',
    'home',
    '--offline',
    '--file',
    'brought',
    ...args,
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
}

async function verify(...args: string[]): Promise<{ status: number | null; told: Told }> {
  const { status, stdout } = await cli('verify', '--json', ...args)
  return { status, told: JSON.parse(stdout) as Told }
}

const rulesOf = ({ clusters }: Told): string[] =>
  clusters.flatMap(({ findings, servers }) =>
    [...findings, ...servers.flatMap((server) => server.findings)].map(({ rule }) => rule),
  )

describe('a server that is as the document says', () => {
  test('is sound: CA, server token and agent token, and it is up', async () => {
    const server = await living()
    configure(server.port)
    await keep(TOKEN, server.identity.caHash)
    const { status, told } = await verify()
    expect(status).toBe(0)
    expect(told.summary).toEqual({ sound: 1, unknown: 0, wrong: 0 })
    const [{ ca, readiness, tokens }] = told.clusters[0]!.servers as [
      Told['clusters'][0]['servers'][0],
    ]
    expect({ ca, readiness }).toEqual({ ca: 'pinned', readiness: 'ready' })
    expect(tokens).toEqual(
      ['server', 'agent'].map((kind) => ({
        kind,
        number: 1,
        standing: 'current',
        expected: 'accepted',
        verdict: 'accepted',
      })),
    )
    expect(server.passwords).toEqual([TOKEN, TOKEN])
  })

  test('is told in one row, and nothing on standard error', async () => {
    const server = await living()
    configure(server.port)
    await keep(TOKEN, server.identity.caHash)
    const { stdout, stderr, status } = await cli('verify', 'home')
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['STATE', 'CLUSTER', 'SERVER', 'CA', 'TOKEN', 'AGENT', 'FORMER', 'PENDING'],
      ['√ sound', 'home', `127.0.0.1:${server.port}`, 'same', 'accepted', 'accepted', '-', '-'],
      ['1 cluster: 1 sound'],
      [''],
    ])
    expect((await cli('verify', '--short')).stdout).toBe('1 cluster: 1 sound\n')
  })

  test('as Markdown', async () => {
    const server = await living()
    configure(server.port)
    await keep(TOKEN, server.identity.caHash)
    expect((await cli('verify', '--markdown')).stdout).toBe(
      `| state | cluster | server | ca | token | agent | former | pending |
| --- | --- | --- | --- | --- | --- | --- | --- |
| √ sound | home | 127.0.0.1:${server.port} | same | accepted | accepted | - | - |

1 cluster: 1 sound
`,
    )
  })

  test('with an agent token of its own', async () => {
    const server = await living({ agentToken: AGENT })
    configure(server.port, ', agent_token: true')
    project.write('agent', `${AGENT}\n`)
    await keep(TOKEN, server.identity.caHash, '--agent-file', 'agent')
    expect((await verify()).status).toBe(0)
    expect(server.passwords).toEqual([TOKEN, AGENT])
  })

  test('refuses the last former token, which proves it gone; all of them on request', async () => {
    const server = await living()
    configure(server.port)
    await keep(AGENT, server.identity.caHash)
    await keep(FORMER, server.identity.caHash, '--replace')
    await keep(TOKEN, server.identity.caHash, '--replace')
    const { status, told } = await verify()
    expect(status).toBe(0)
    expect(told.clusters[0]!.servers[0]!.tokens).toContainEqual({
      kind: 'server',
      number: 2,
      standing: 'former',
      expected: 'refused',
      verdict: 'refused',
    })
    expect(server.passwords).not.toContain(AGENT)
    expect((await verify('--all-former')).status).toBe(0)
    expect(server.passwords).toContain(AGENT)
  })
})

describe('a server that is not as the document says is status 8', () => {
  test.each<[string, Partial<RecordedOptions>, string[]]>([
    ['has a former token still', { serverToken: FORMER }, ['former-server-token-accepted']],
    ['has a token that nobody knows', { serverToken: AGENT }, ['server-token-refused']],
    ['has an agent token of its own', { agentToken: AGENT }, ['agent-token-refused']],
    ['is one of RKE2', { identity: makeIdentity(undefined, 'rke2') }, ['other-program']],
  ])('it %s', async (_, options, rules) => {
    const server = await living(options)
    configure(server.port)
    await keep(FORMER, server.identity.caHash)
    await keep(TOKEN, server.identity.caHash, '--replace')
    const { status, told } = await verify()
    expect(status).toBe(8)
    expect(rulesOf(told)).toEqual(rules)
  })

  test('each token is tried once', async () => {
    const server = await living({ serverToken: AGENT })
    configure(server.port)
    await keep(FORMER, server.identity.caHash)
    await keep(TOKEN, server.identity.caHash, '--replace')
    await verify()
    const tried = server.requests.flatMap(({ path, role, password }) =>
      password === undefined ? [] : [`${path} ${role} ${password}`],
    )
    expect(tried).toHaveLength(2)
    expect(new Set(tried).size).toBe(2)
  })

  test('it has another CA: both hashes are named, and no password is sent', async () => {
    const server = await living()
    configure(server.port)
    await keep(TOKEN, '9'.repeat(64))
    const { status, stdout } = await cli('verify')
    expect(status).toBe(8)
    expect(stdout).toMatch(/^× wrong +home +127\.0\.0\.1:\d+ +other-ca +- +- +- +-$/m)
    expect(stdout).toContain(`${server.identity.caHash} answered; known is ${'9'.repeat(64)}`)
    expect(server.passwords).toEqual([])
  })

  test('a proxy with the right CA and a certificate of its own gets no password', async () => {
    const real = makeIdentity()
    const server = await living({ givesOut: [real.ca] })
    configure(server.port)
    await keep(TOKEN, real.caHash)
    const { status, told } = await verify()
    expect([status, ...rulesOf(told)]).toEqual([8, 'foreign-certificate'])
    expect(server.passwords).toEqual([])
  })
})

describe('what could not be asked is status 7', () => {
  test.each<[string, Partial<RecordedOptions>, string]>([
    ['is starting', { state: 'starting' }, 'no-answer'],
    ['is an apiserver without a supervisor', { state: 'apiserver' }, 'no-answer'],
  ])('the server %s', async (_, options, rule) => {
    const server = await living(options)
    configure(server.port)
    await keep(TOKEN, server.identity.caHash)
    const { status, told } = await verify()
    expect([status, ...rulesOf(told)]).toEqual([7, rule])
  })

  test('nobody listens', async () => {
    configure(1)
    await keep(TOKEN, '9'.repeat(64))
    const { status, stdout } = await cli('verify')
    expect(status).toBe(7)
    expect(stdout).toContain(
      'error: home: https://127.0.0.1:1: it refuses the connection (no-answer)',
    )
  })

  test('no CA is known: the server is asked for its own, and nothing is sent', async () => {
    const server = await living()
    configure(server.port)
    await keep(TOKEN)
    const { status, stdout } = await cli('verify')
    expect(status).toBe(7)
    expect(stdout).toContain('hint: compare its CA once: k3s-vars verify home --pin')
    expect(server.passwords).toEqual([])
  })

  test('there is no token, no server, or no vault password', async () => {
    configure(1)
    expect(rulesOf((await verify()).told)).toEqual(['K3SV_STORE_ABSENT'])
    await keep(TOKEN, '9'.repeat(64))
    project.write('.vault_password', 'another\n')
    expect(rulesOf((await verify()).told)).toEqual(['K3SV_VAULT_WRONG_PASSWORD'])
    project.write('k3s_vars.yml', 'clusters: { home: {} }\n')
    project.write('.vault_password', 'a vault password for tests\n')
    const { status, told } = await verify()
    expect([status, ...rulesOf(told)]).toEqual([7, 'no-servers'])
  })
})

test('where nobody knows what is installed, the port that answers counts', async () => {
  const server = await living()
  project.write(
    'k3s_vars.yml',
    `clusters: { home: { role: custom, custom: { variables: { cluster: { my_token: server } } }, endpoint: ['127.0.0.1:1', '127.0.0.1:${server.port}'] } }\n`,
  )
  await keep(TOKEN, server.identity.caHash)
  const { status, told } = await verify()
  expect(status).toBe(0)
  expect(told.clusters[0]!.servers).toHaveLength(1)
})

test('a host whose address is a template cannot be told', async () => {
  const server = await living()
  configure(server.port, `, endpoint: '127.0.0.1:${server.port}'`)
  const config = readFileSync(project.path('k3s_vars.yml'), 'utf8')
  project.write('k3s_vars.yml', config.replace('{ s1:', "{ s2: { ansible_host: '{{ x }}' }, s1:"))
  await keep(TOKEN, server.identity.caHash)
  const { status, told } = await verify()
  expect([status, ...rulesOf(told)]).toEqual([7, 'no-address'])
})

test('a server of a release that does not know /token is sound, too', async () => {
  const server = await living({ state: 'older' })
  configure(server.port)
  await keep(TOKEN, server.identity.caHash)
  expect((await verify()).status).toBe(0)
})

test('a server that is not up yet is sound, with a warning', async () => {
  const server = await living({ state: 'not-ready' })
  configure(server.port)
  await keep(TOKEN, server.identity.caHash)
  const { status, told } = await verify()
  expect([status, ...rulesOf(told)]).toEqual([0, 'not-ready'])
})

test('a CA that ends within thirty days is a warning', async () => {
  const server = await living({ identity: makeIdentity(undefined, 'k3s', 29) })
  configure(server.port)
  await keep(TOKEN, server.identity.caHash)
  const { status, told } = await verify()
  expect([status, ...rulesOf(told)]).toEqual([0, 'ca-ends'])
})

test('a web page in the place of the server is no K3s', async () => {
  const { key, certificate: cert } = makeIdentity()
  const server = createServer({ key, cert }, (_, response) => response.end('<html>Welcome</html>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  configure((server.address() as AddressInfo).port)
  await keep(TOKEN, '9'.repeat(64))
  expect((await verify()).told.clusters[0]!.servers[0]!.ca).toBe('no-ca')
  server.closeAllConnections()
  server.close()
})

describe('the CA is compared once', () => {
  const document = (): string => readFileSync(project.path('k3s_tokens/home.yml'), 'utf8')

  const onTerminal = (typed: string): Promise<TerminalOutcome> =>
    startOnTerminal([LAUNCHER, 'verify', 'home', '--pin'], {
      question: 'paste what it printed: ',
      typed,
      cwd: project.folder,
      environment: { ...project.environment, TERM: 'dumb' },
    })

  test.each([
    ['yes', (hash: string) => `yes\n${hash.slice(0, 0)}`],
    ['the hash itself', (hash: string) => `${hash}\n`],
  ])('a person says %s, and it is kept with how and when', async (_, typed) => {
    const server = await living()
    configure(server.port)
    await keep(TOKEN)
    const { caHash } = server.identity
    const { status, shown } = await onTerminal(typed(caHash))
    expect(shown).toContain('cut -c4-67 /var/lib/rancher/k3s/server/token')
    expect(shown).toContain(`home: kept the CA ${caHash} in `)
    expect(shown).toContain('1 cluster: 1 sound')
    expect(status).toBe(0)
    expect(document()).toMatch(
      new RegExp(`- hash: "?${caHash}"?\\n +source: person\\n +learnt: "2`),
    )
  })

  test.each([
    ['no', 'no\n', 'nobody said that the CA of home is right'],
    ['nothing', '\n', 'nobody said that the CA of home is right'],
    ['another hash', `${'9'.repeat(64)}\n`, 'not the same'],
  ])('a person says %s, and nothing is kept', async (_, typed, message) => {
    const server = await living()
    configure(server.port)
    await keep(TOKEN)
    const before = document()
    const { status, shown } = await onTerminal(typed)
    expect(shown).toContain(message)
    expect(status).toBe(7)
    expect(document()).toBe(before)
    expect(server.passwords).toEqual([])
  })

  test('off a terminal only the right hash will do', async () => {
    const server = await living()
    configure(server.port)
    await keep(TOKEN)
    const before = document()
    const { caHash } = server.identity
    const unasked = await cli('verify', 'home', '--pin')
    expect(unasked.stderr).toContain('K3SV_USAGE_TERMINAL')
    expect((await cli('verify', 'home', '--ca-hash', caHash)).status).toBe(2)
    expect((await cli('verify', 'home', '--pin', '--ca-hash', caHash.toUpperCase())).status).toBe(2)
    const wrong = await cli('verify', 'home', '--pin', '--ca-hash', '9'.repeat(64))
    expect([wrong.status, wrong.stdout]).toEqual([7, ''])
    expect(document()).toBe(before)
    expect((await cli('verify', 'home', '--pin', '--ca-hash', caHash)).status).toBe(0)
    expect(document()).toContain(caHash)
    expect(server.passwords).toHaveLength(2)
  })

  test('a changed CA takes the place of the former one, on a yes', async () => {
    const server = await living()
    configure(server.port)
    await keep(TOKEN, '9'.repeat(64))
    const { status, shown } = await onTerminal('yes\n')
    expect(shown).toContain(`and until now it is ${'9'.repeat(64)}, since 2`)
    expect(status).toBe(0)
    expect(document()).not.toContain('9'.repeat(64))
  })

  test('servers that give out several CAs are not of one cluster', async () => {
    const first = await living()
    const second = await living({ host: '::1', port: first.port })
    project.write(
      'k3s_vars.yml',
      `clusters: { home: { vars: { api_port: ${first.port} }, hosts: { server: { s1: { ansible_host: 127.0.0.1 }, s2: { ansible_host: '0:0:0:0:0:0:0:1' } } } } }\n`,
    )
    await keep(TOKEN)
    const { status, stderr } = await cli(
      'verify',
      'home',
      '--pin',
      '--ca-hash',
      first.identity.caHash,
    )
    expect(status).toBe(7)
    expect(stderr).toContain('the servers give out two CAs')
    expect(stderr).toContain(second.identity.caHash)
  })

  test('nobody answers', async () => {
    configure(1)
    await keep(TOKEN)
    expect((await cli('verify', 'home', '--pin')).stderr).toContain('K3SV_CLUSTER_UNREACHABLE')
  })
})

// Who has an inventory names no hosts in k3s_vars.yml.
describeNewestAnsible(({ bin }) => {
  const environment = { PATH: `${bin}${delimiter}${process.env['PATH']}` }
  const told = async (...args: string[]): Promise<Outcome> => {
    const outcome = await project.start(LAUNCHER, args, { environment })
    for (const secret of SECRETS) expect(outcome.stdout + outcome.stderr).not.toContain(secret)
    return outcome
  }

  beforeEach(() => {
    project.write('k3s_vars.yml', 'clusters: { home: {} }\n')
  })

  const inventory = (port: number): string =>
    project.write(
      'inventory.yml',
      `k3s_cluster: { children: { server: { hosts: { s1: { ansible_host: 127.0.0.1, api_port: ${port} } } }, agent: { hosts: { a1: } } } }\n`,
    )

  test('the servers of an inventory are asked, and where none is known the hint names it', async () => {
    const server = await living()
    inventory(server.port)
    await keep(TOKEN, server.identity.caHash)
    const nobody = await told('verify', 'home')
    expect([nobody.status, server.requests.length]).toEqual([7, 0])
    expect(nobody.stdout).toContain('(no-servers)')
    expect(nobody.stdout).toContain('with -i')
    const { status, stdout } = await told('verify', '-i', 'inventory.yml')
    expect(status).toBe(0)
    expect(stdout).toContain(`√ sound  home     127.0.0.1:${server.port}  same  accepted`)
  })

  test('so are those of ansible.cfg, by an import that names a CA, too', async () => {
    const server = await living()
    inventory(server.port)
    project.write(
      'ansible.cfg',
      '[defaults]\nvault_password_file = .vault_password\ninventory = inventory.yml\n',
    )
    project.write('brought', `K10${server.identity.caHash}::server:${TOKEN}\n`)
    const brought = await told('token', 'import', 'home', '--file', 'brought')
    expect(brought).toMatchObject({ status: 0, stderr: '' })
    expect(brought.stdout).toContain(`${server.url} has the CA of the token and accepts`)
    expect((await told('verify')).status).toBe(0)
  })
})
