// Importing looks before it believes: what comes in is no token, or the cluster says something else. The cluster is a TLS server
// with the recorded answers of a real K3s, which keeps every request; see test/support/recorded-k3s.ts.
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome, RunOptions } from '../support/project.js'
import { makeIdentity, RecordedK3s } from '../support/recorded-k3s.js'
import type { RecordedOptions } from '../support/recorded-k3s.js'
import { runOnTerminal } from '../support/terminal.js'
import type { TerminalOutcome } from '../support/terminal.js'

const TOKEN = 'vQ3xT7mZp9Lk2Ws8Rb5Ny4Hd6Jc1Gf0aUeXiOoEtBqA'
const OTHER = 'Q29ycmVjdEhvcnNlQmF0dGVyeVN0YXBsZUFnYWluMTIz'
const HASH = '0123456789abcdef'.repeat(4)

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

const statusOf = async (): Promise<unknown> => {
  const { stdout } = await cli(['status', 'home', '--json'])
  return (JSON.parse(stdout) as { readonly clusters: readonly unknown[] }).clusters[0]
}
const hasStore = (): boolean => readdirSync(project.folder).includes('k3s_tokens')

async function cli(args: readonly string[], options?: RunOptions): Promise<Outcome> {
  const outcome = await project.start(LAUNCHER, args, options)
  for (const secret of [TOKEN, OTHER]) {
    expect(outcome.stderr).not.toContain(secret)
    if (!args.includes('--reveal')) expect(outcome.stdout).not.toContain(secret)
  }
  return outcome
}

async function importing(input: string, ...args: string[]): Promise<Outcome> {
  return cli(['token', 'import', 'home', '--stdin', ...args], { input })
}

async function living(options: Partial<RecordedOptions> = {}): Promise<RecordedK3s> {
  const server = await RecordedK3s.start({ serverToken: TOKEN, ...options })
  running.push(server)
  return server
}

/** Servers of the cluster, in their order. */
function configure(servers: readonly { readonly port: number }[], more = ''): void {
  const hosts = servers.map(
    ({ port }, index) => `s${index}: { ansible_host: 127.0.0.1, api_port: ${port} }`,
  )
  const port = servers[0]?.port ?? 1
  project.write(
    'k3s_vars.yml',
    `clusters: { home: { vars: { api_port: ${port} }, hosts: { server: { ${hosts.join(', ')} } }${more} } }\n`,
  )
}

describe('what is no token', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['shell-error', 'cat: /var/lib/rancher/k3s/server/token: Permission denied\n'],
    ['shell-error', 'sudo: a password is required\n'],
    ['prompt', `[sudo] password for anna: \r\nK10${HASH}::server:${TOKEN}\r\n`],
    ['environment-line', `K3S_TOKEN='${TOKEN}'\n`],
    ['yaml-line', `token: ${TOKEN}\n`],
    ['template', '{{ vault_k3s_token }}'],
    ['placeholder', '<your-token-here>'],
    ['placeholder', '****************'],
    ['several-lines', `${TOKEN}\n${OTHER}\n`],
    ['lost-colon', `K10${HASH}:server:${TOKEN}\n`],
  ]

  test.each(texts)('%s is refused however it comes: %j', async (rule, text) => {
    const file = project.write('brought', text)
    const ways: [string[], RunOptions, number][] = [
      [['import', 'home', '--stdin'], { input: text }, 4],
      [['import', 'home', '--file', 'brought'], {}, 4],
      [['import', 'home', '--env'], { environment: { K3S_TOKEN: text } }, 4],
      [['import', 'home', '--env'], { environment: { RKE2_TOKEN_FILE: file } }, 4],
      [['inspect', '--stdin'], { input: text }, 8],
      [['inspect', 'brought'], {}, 8],
    ]
    const outcomes = await Promise.all(
      ways.map(([args, options]) => cli(['token', ...args], options)),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(ways.map(([, , status]) => status))
    for (const { stdout, stderr } of outcomes) {
      expect(stdout + stderr).toContain(`not-a-token/${rule}`)
      expect(stdout + stderr).toContain('hint: ')
    }
    expect(hasStore()).toBe(false)
  })

  test.each([
    ['K10:::pw', 'split-form', /lets no server join/],
    ['K10server:abcdefghijklmnop', 'split-form', /lets no server join/],
    [`\ufeff${TOKEN}`, 'byte-order-mark', /U\+FEFF/],
    [`K10${HASH.slice(1)}::server:${TOKEN}`, 'K3SV_TOKEN_CA_HASH', /63 characters instead of 64/],
    ['', 'K3SV_TOKEN_EMPTY', /printed nothing/],
  ])('%j is refused with the reason', async (text, rule, reason) => {
    const { status, stdout, stderr } = await importing(text)
    expect({ status, stdout, store: hasStore() }).toEqual({ status: 4, stdout: '', store: false })
    expect(stderr).toContain(rule)
    expect(stderr).toMatch(reason)
  })

  test('--env takes the variables of RKE2, and refuses two for one token', async () => {
    const two = { RKE2_TOKEN: TOKEN, K3S_TOKEN_FILE: '/nowhere' }
    const refused = await cli(['token', 'import', 'home', '--env'], {
      environment: { K3S_TOKEN: TOKEN, RKE2_TOKEN: TOKEN },
    })
    expect(refused).toMatchObject({ status: 4, stdout: '' })
    expect(refused.stderr).toContain('K3S_TOKEN and RKE2_TOKEN are both set')
    const missing = await cli(['token', 'import', 'home', '--env'], { environment: two })
    expect(missing.stderr).toContain('the file of K3S_TOKEN_FILE does not exist')
    const environment = { RKE2_TOKEN: TOKEN }
    expect((await cli(['token', 'import', 'home', '--env'], { environment })).status).toBe(0)
    expect((await cli(['token', 'show', '--reveal'])).stdout).toBe(`${TOKEN}\n`)
  })
})

describe('a cluster that answers', () => {
  test('has its own token adopted, and each token is tried once', async () => {
    const server = await living({ agentToken: OTHER })
    configure([server], ', agent_token: true')
    project.write('agent', `K10${server.identity.caHash}::node:${OTHER}\n`)
    project.write('server', `K10${server.identity.caHash}::server:${TOKEN}\n`)
    const args = ['token', 'import', 'home', '--file', 'server', '--agent-file', 'agent']
    const { status, stdout, stderr } = await cli(args)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(
      `${server.url} has the CA of the token and accepts the server and agent token\nhome: adopted`,
    )
    expect(server.passwords).toEqual([TOKEN, OTHER])
    const { stdout: json } = await cli([...args, '--json'])
    expect(JSON.parse(json)).toMatchObject({
      outcome: 'unchanged',
      confirmed: true,
      notAsked: null,
      servers: [{ url: server.url, ca: 'pinned', server: 'accepted', agent: 'accepted' }],
    })
  })

  test.each<[string, (server: RecordedK3s) => string, number, string]>([
    ['another', () => HASH, 7, 'K3SV_CLUSTER_PIN'],
    [
      'the right one in capitals, as K3s compares text',
      ({ identity }) => identity.caHash.toUpperCase(),
      4,
      'K3SV_TOKEN_CA_HASH',
    ],
  ])('refuses a CA hash that is %s, and gets no password', async (_, hashOf, status, code) => {
    const server = await living()
    configure([server])
    const outcome = await importing(`K10${hashOf(server)}::server:${TOKEN}`)
    expect(outcome).toMatchObject({ status, stdout: '' })
    expect(outcome.stderr).toContain(`(${code})`)
    expect(server.passwords).toEqual([])
    expect(hasStore()).toBe(false)
  })

  test('refuses a right hash with a wrong secret, tried once', async () => {
    const server = await living()
    configure([server])
    const outcome = await importing(`K10${server.identity.caHash}::server:${OTHER}`)
    expect(outcome).toMatchObject({ status: 7, stdout: '' })
    expect(outcome.stderr).toContain('(K3SV_CLUSTER_TOKEN)')
    expect(outcome.stderr).toContain('restarted')
    expect(server.passwords).toEqual([OTHER])
    expect(hasStore()).toBe(false)
  })

  test.each([{}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }])(
    'behind a proxy with another certificate gets no password, with %j',
    async (environment) => {
      const real = makeIdentity()
      const proxy = await living({ givesOut: [real.ca] })
      configure([proxy])
      const input = `K10${real.caHash}::server:${TOKEN}`
      const outcome = await cli(['token', 'import', 'home', '--stdin'], { input, environment })
      expect(outcome).toMatchObject({ status: 7, stdout: '' })
      expect(outcome.stderr).toContain('(K3SV_CLUSTER_PIN)')
      expect(proxy.passwords).toEqual([])
    },
  )

  test('sees nothing at all of a short token, which is said', async () => {
    const server = await living()
    configure([server])
    const { status, stdout } = await importing(TOKEN)
    expect(status).toBe(0)
    expect(stdout).toContain('not compared with the cluster: a short token does not say which CA')
    expect(server.requests).toEqual([])
  })

  test.each([
    ['--offline', ['--offline'], ''],
    ['probe: false', [], ', probe: false'],
  ])('is left alone with %s, which is said', async (_, args, more) => {
    const server = await living()
    configure([server], more)
    const { status, stdout } = await importing(`K10${HASH}::server:${TOKEN}`, ...args)
    expect(status).toBe(0)
    expect(stdout).toContain('not compared with the cluster: ')
    expect(server.requests).toEqual([])
  })
})

describe('a cluster that cannot be asked', () => {
  test.each<[string, Partial<RecordedOptions>, RegExp]>([
    ['one that is starting', { state: 'starting' }, /could not be asked: it is starting/],
    ['an apiserver alone', { state: 'apiserver' }, /could not be asked: it has an apiserver/],
    [
      'a certificate of another name',
      { identity: makeIdentity('DNS:elsewhere') },
      /could not be asked: it has a certificate for other names/,
    ],
  ])('%s: adopted, and said', async (_, options, expected) => {
    const server = await living(options)
    configure([server])
    const { status, stdout } = await importing(`K10${server.identity.caHash}::server:${TOKEN}`)
    expect(status).toBe(0)
    expect(stdout).toMatch(expected)
    expect(stdout).toContain('not confirmed: no server of the cluster could be asked')
    expect(server.passwords).toEqual([])
  })

  test('nobody listens: adopted, said, and a field in JSON', async () => {
    configure([{ port: 1 }])
    const { status, stdout } = await importing(`K10${HASH}::server:${TOKEN}`, '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'adopted',
      confirmed: false,
      servers: [{ url: 'https://127.0.0.1:1', ca: 'not-listening' }],
    })
  })
})

describe('a weak token', () => {
  test('is adopted only when told to, and is called weak from then on', async () => {
    expect(await importing('changeme!')).toMatchObject({ status: 4, stdout: '' })
    expect((await importing('changeme!')).stderr).toContain('--allow-weak')
    const { status, stdout } = await importing('changeme!', '--allow-weak')
    expect(status).toBe(0)
    expect(stdout).toContain('the server token is weak: it is a sample that everybody knows')
    expect(stdout).toContain('k3s-vars rotate')
    const shown = await cli(['token', 'show'])
    expect(shown.stdout).toMatch(/server token: .*weak: it is a sample/)
    const glance = await cli(['status'])
    expect(glance.stdout).toMatch(
      /^home .* imported +none: weak .*\n\nkept in .*\nnone: others could find/m,
    )
    expect(await statusOf()).toMatchObject({
      origin: 'imported',
      fingerprint: null,
      guessable: 'weak',
    })
    const check = await cli(['check', 'home'])
    expect(check.stdout).toMatch(/warning.*sample/)
    expect(check.stdout).not.toMatch(/^error.*(?:sample|short)/m)
  })

  test('that is no weakness but a fault is refused all the same', async () => {
    expect(await importing('abcdef.0123456789abcdef', '--allow-weak')).toMatchObject({ status: 4 })
  })
})

describe('what is kept of a token that comes in', () => {
  const MADE_UP = 'MyClusterTokenForProduction2024x'

  test.each([
    [TOKEN, null],
    [MADE_UP, 'made-up'],
  ])(
    'status tells where it comes from, and whether one could guess it',
    async (text, guessable) => {
      expect((await importing(text)).status).toBe(0)
      expect(await statusOf()).toMatchObject({ origin: 'imported', guessable, ca: [] })
      const words = guessable
        ? /^home .* imported +none: made up /m
        : /^home .* imported +[0-9a-f]{12} /m
      expect((await cli(['status'])).stdout).toMatch(words)
    },
  )

  test('the CA that it names, and with a replacing one that one', async () => {
    const [other, shown] = ['b'.repeat(64), ['token', 'show', 'home']]
    expect((await importing(TOKEN)).status).toBe(0)
    expect((await cli(shown)).stdout).not.toContain('CA')
    const { stdout } = await importing(`K10${HASH}::server:${TOKEN}`)
    expect(stdout).toContain('home: unchanged: this is the token already; generation 1')
    expect(stdout).toContain(`home: known by the CA ${HASH}\n`)
    expect((await cli(shown)).stdout).toMatch(
      new RegExp(`^CA: +${HASH} \\(from a token that was imported, `, 'm'),
    )
    expect(await statusOf()).toMatchObject({ ca: [{ hash: HASH, source: 'token' }] })
    const before = readFileSync(project.path('k3s_tokens/home.yml'), 'utf8')
    for (const text of [`K10${HASH}::server:${TOKEN}`, TOKEN])
      expect((await importing(text)).status).toBe(0)
    const refused = await importing(`K10${other}::server:${TOKEN}`)
    expect(refused).toMatchObject({ status: 7, stdout: '' })
    expect(refused.stderr).toContain('(K3SV_CLUSTER_PIN)')
    expect(readFileSync(project.path('k3s_tokens/home.yml'), 'utf8')).toBe(before)
    expect((await importing(`K10${other}::server:${TOKEN}`, '--replace')).status).toBe(0)
    expect(await statusOf()).toMatchObject({ generation: 1, ca: [{ hash: other }] })
  })
})

describe('a terminal', () => {
  const QUESTION = 'The server token of home, not shown: '
  const on = (
    typed: string,
    args: readonly string[] = ['token', 'import', 'home'],
  ): TerminalOutcome =>
    runOnTerminal([LAUNCHER, ...args], {
      question: args.includes('inspect') ? 'The token, not shown: ' : QUESTION,
      typed,
      cwd: project.folder,
      environment: { ...project.environment, TERM: 'dumb' },
    })

  test('is asked for the token, which it does not show', async () => {
    const { status, shown, echo } = on(`${TOKEN}\n`)
    expect({ status, echo }).toEqual({ status: 0, echo: true })
    expect(shown).toContain(QUESTION)
    expect(shown).toContain('home: adopted')
    expect(shown).not.toContain(TOKEN)
    expect((await cli(['token', 'show', '--reveal'])).stdout).toBe(`${TOKEN}\n`)
  })

  test('takes keys of editing', async () => {
    const { status } = on(`wrong\u0015${TOKEN}é\u007f\n`)
    expect(status).toBe(0)
    expect((await cli(['token', 'show', '--reveal'])).stdout).toBe(`${TOKEN}\n`)
  })

  test('shows again what is typed after Ctrl-C, and nothing is adopted', () => {
    const { status, shown, echo } = on(`${TOKEN.slice(0, 20)}\u0003`)
    expect({ status, echo, store: hasStore() }).toEqual({ status: -2, echo: true, store: false })
    expect(shown).not.toContain(TOKEN.slice(0, 20))
  })

  test('is asked for a token to inspect', () => {
    const { status, shown } = on(`${TOKEN}\n`, ['token', 'inspect', '--stdin'])
    expect(status).toBe(0)
    expect(shown).toContain('nothing is wrong with it')
    expect(shown).not.toContain(TOKEN)
  })
})

test('nothing of it is in what Ansible runs at every start', () => {
  const texts = ['v1-PROGRAM/token', 'not-a-token/']
  const bundle = (name: string): string =>
    readFileSync(resolve(__dirname, '../../dist', name), 'utf8')
  for (const text of texts) {
    expect(bundle('cli.cjs')).toContain(text)
    expect(bundle('inventory.cjs')).not.toContain(text)
    expect(bundle('start.cjs')).not.toContain(text)
  }
})

test('the help shows each example as one types it', async () => {
  const { stdout } = await cli(['token', 'import', '--help'])
  const [, examples = ''] = stdout.split('Examples:\n')
  expect(examples).toMatch(/^ {2}k3s-vars token import prod$/m)
  expect(examples).toMatch(/^ {2}ssh server sudo -n cat /m)
  expect(examples).not.toContain('k3s-vars ssh')
})
