// Markers as token, vault password and secret of the connection go through every command over a store of each kind, in every way
// in which a store fails; then all that came out, that children were handed, or that was left behind is searched whole.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { COMMANDS } from '../../src/cli/commands.js'
import { TestCa } from '../support/certificates.js'
import { startCli } from '../support/cli.js'
import { IS_MATRIX } from '../support/each-ansible.js'
import { Echo } from '../support/echoes.js'
import type { WebAnswer } from '../support/echoes.js'
import { Etcd, findEtcd, NO_ETCD } from '../support/etcd.js'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../support/openbao.js'
import { makeRole } from '../support/openbao-role.js'
import { closedPort, listen, stopListening } from '../support/ports.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { sample } from '../support/sampler.js'
import { hasSshd, Sshd } from '../support/sshd.js'

const TOKEN = 'CanaryTokenQ7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc'
const AGENT = 'CanaryAgentB2nM5vC8xZ1lK4jH7gF0dS3aP6oI9uy'
const PASSWORD = 'CanaryPasswordW4eK8zN2'
/** A token of the store, a secret id, a password of etcd, a password in a URL of Git. */
const CONNECTION = 'canary-connection-5f1c9e7a3b'

/** Every command; what has no store in it must keep its mouth shut as well. */
const ALL: readonly (readonly string[])[] = [
  ['init'],
  ['status'],
  ['check'],
  ['verify'],
  ['drift', 'home', '-i', 'localhost,'],
  ['adopt', 'home', '-i', 'localhost,'],
  ['rotate', 'home', '-i', 'localhost,'],
  ['rotate', 'home', '--abort'],
  ['scan'],
  ['token', 'new', '--yes'],
  ['token', 'new', '--kind', 'agent'],
  ['token', 'show'],
  ['token', 'inspect', '.vault_password'],
  ['token', 'import', 'home', '--stdin'],
  ['token', 'import', 'home', '--stdin', '--replace'],
  ['token', 'bind'],
  ['token', 'for-snapshot', 'snapshot'],
  ['store', 'show'],
  ['store', 'copy', '--to', 'elsewhere', '--keep'],
  ['store', 'rekey', '--new-vault-password-file', '.new_password'],
  ['ca', 'new', '--assume-new'],
  ['ca', 'show'],
  ['ca', 'export', '--output', 'tls'],
  ['bootstrap', 'create', 'home', '--reveal'],
  ['bootstrap', 'list', 'home'],
  ['bootstrap', 'delete', 'home', 'abcdef'],
  ['vault', 'encrypt', '--inline', '--dry-run', '.'],
  ['vault', 'decrypt', '--dry-run', '.'],
  ['vault', 'rekey', '--check', '--new-vault-password-file', '.new_password', '.'],
  ['vault', 'view', 'k3s_vars.yml'],
  ['vault', 'edit', 'k3s_vars.yml'],
  ['group-vars', 'write', '--check'],
  ['completion', 'bash'],
]
/** Commands whose answer is the token, once it can be had. */
const REVEALING: readonly (readonly string[])[] = [
  ['token', 'show', '--reveal'],
  ['extra-vars'],
  ['--list'],
  ['--plugins'],
]
/** A way into each part of the program, for failures that take their time. */
const FEW: readonly (readonly string[])[] = [
  ['status'],
  ['token', 'import', 'home', '--stdin', '--replace'],
  ['store', 'show'],
  ['store', 'copy', '--to', 'elsewhere', '--keep'],
  ['ca', 'show'],
  ...REVEALING,
]

test('every command goes through it', () => {
  for (const { usage } of COMMANDS) {
    const words = usage.split(' ').filter((word) => /^[a-z-]+$/.test(word))
    const isThere = [...ALL, ...REVEALING].some((args) =>
      words.every((word, at) => args[at] === word),
    )
    expect({ usage, isThere }).toEqual({ usage, isThere: true })
  }
})

/** A store of a kind, with a document in it, and what its users have in the environment. */
interface World {
  readonly store: string
  readonly variables: NodeJS.ProcessEnv
  /** Besides {@link CONNECTION}. */
  readonly secrets: readonly string[]
}

/** What is wrong; `change` is about the store that was sound so far. */
interface Failure<Of extends World> {
  readonly code: RegExp
  readonly isSlow?: true
  readonly change: (world: Of) => Promise<Partial<Pick<World, 'store' | 'variables'>>>
  readonly mend?: (world: Of) => Promise<void>
}

let project: Project
beforeEach(() => {
  project = new Project({ '.new_password': 'another password of this project\n' })
  // Programs that a command starts write down what they were handed.
  project.write('.vault_password', spying(`echo ${PASSWORD}`), 0o700)
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()
  project.write('spies/git', spying(`exec ${git} "$@"`), 0o700)
  project.write('seen', '')
})
afterEach(async () => {
  project.remove()
  await stopListening()
})

/** A shell notes its own words and variables, and goes on. */
function spying(then: string): string {
  return `#!/bin/sh\n{ echo "SPIED \${0##*/} $*"; /usr/bin/env; } >>'${project.path('seen')}'\n${then}\n`
}

function configure({ store }: Pick<World, 'store'>): void {
  project.write(
    'k3s_vars.yml',
    `clusters: { home: { probe: false, hosts: { server: [server1] }, store: ${store} } }\n`,
  )
}

const call = (world: World, args: readonly string[]): Promise<Outcome> => {
  const environment = {
    PATH: `${project.path('spies')}:${process.env['PATH']}`,
    EDITOR: 'false',
    K3S_AGENT_TOKEN: AGENT,
    ...world.variables,
  }
  // What reads nothing from there, or something else.
  const input = args[1] === 'import' ? TOKEN : ''
  return startCli(project, args, { environment, input })
}

function markersOf({ secrets }: World): readonly string[] {
  return [TOKEN, AGENT, PASSWORD, CONNECTION, ...secrets].flatMap((marker) => [
    marker,
    Buffer.from(marker).toString('hex'),
    Buffer.from(marker).toString('base64').replace(/=+$/, ''),
  ])
}

function expectSilent(world: World, text: string): void {
  const squeezed = text.replace(/\s+/g, '')
  for (const marker of markersOf(world)) expect(squeezed).not.toContain(marker)
}

/** What programs were handed: their words, and variables that are not those of the connection, which everybody hands on. */
function expectChildrenSilent(world: World): void {
  const own = Object.keys(world.variables)
  const seen = readFileSync(project.path('seen'), 'utf8')
  for (const program of seen.split('SPIED ').slice(1)) {
    // Git that may not connect gets none of them either.
    const isLocal = program.includes('\nGIT_ALLOW_PROTOCOL=\n')
    const lines = program
      .split('\n')
      .filter((line) => isLocal || !own.some((name) => line.startsWith(`${name}=`)))
    expectSilent(world, lines.join('\n'))
  }
}

/** Files that hold a marker, besides those of the test's own. */
function expectNothingLeft(world: World): void {
  const found = readdirSync(project.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const text = existsSync(file) ? readFileSync(file, 'latin1') : ''
      return markersOf(world).some((marker) => text.includes(marker))
    })
    .map((file) => file.slice(project.folder.length + 1))
  // A user's own settings of Git hold what the user wrote there.
  const own = ['.vault_password', 'seen', '.git/config']
  expect(found.filter((file) => !own.includes(file))).toEqual([])
}

function describeFailures<Of extends World>(
  name: string,
  open: () => Promise<Of & { close(): void | Promise<void> }>,
  failures: Readonly<Record<string, Failure<Of>>>,
): void {
  describe(name, () => {
    let world: Of & { close(): void | Promise<void> }
    beforeAll(async () => {
      world = await open()
    })
    afterAll(() => world.close())

    test('that is sound: the token comes out where it was asked for, and nowhere else', async () => {
      configure(world)
      const adopted = await call(world, ['token', 'import', 'home', '--stdin'])
      expect(adopted).toMatchObject({ status: 0, stderr: '' })
      for (const args of REVEALING) {
        const { status, stdout, stderr } = await call(world, args)
        expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: '' })
        // Plugins get the inventory and the tokens, each token in both.
        expect(stdout.split(TOKEN).length).toBe(args[0] === '--plugins' ? 4 : 2)
      }
      for (const args of ALL.filter(([first, second]) => `${first} ${second}` !== 'store rekey')) {
        const { stdout, stderr } = await call(world, args)
        expectSilent(world, stdout + stderr)
      }
      expectChildrenSilent(world)
      rmSync(project.path('elsewhere'), { recursive: true, force: true })
      expectNothingLeft(world)
    })

    const all = Object.entries(failures).map((entry, index) => [...entry, index] as const)
    test.each(all)('with %s', async (_, { code, isSlow, change, mend }, index) => {
      // Every third of the others, each failure another third; at night all of them.
      const others = ALL.filter((__, at) => IS_MATRIX || (at - index) % 3 === 0)
      const broken = { ...world, ...(await change(world)) }
      const merged = { ...broken, variables: { ...world.variables, ...broken.variables } }
      configure(merged)
      try {
        const commands = isSlow ? FEW : [...others, ...REVEALING]
        // What waits for a server that does not answer waits together.
        const outcomes = isSlow ? await Promise.all(FEW.map((args) => call(merged, args))) : []
        for (const [at, args] of commands.entries()) {
          const outcome = outcomes[at] ?? (await call(merged, args))
          expectSilent(merged, outcome.stdout + outcome.stderr)
          if (!REVEALING.includes(args)) continue
          expect({ args, ...outcome }).toMatchObject({ args, status: 5, stdout: '' })
          expect(outcome.stderr).toMatch(code)
          expect(outcome.stderr).toMatch(/\nhint: .+\n$/)
        }
        const json = await call(merged, ['status', '--json'])
        expectSilent(merged, json.stdout + json.stderr)
        // Those that repeat it had it.
        for (const { heard } of standIns) expect(heard.join('\n')).toContain(CONNECTION)
        expectChildrenSilent(merged)
        expectNothingLeft(merged)
      } finally {
        await mend?.(world)
      }
    })

    test('shows nothing to other processes while it runs, and leaves no file', async () => {
      project.write('tmp/.keep', '')
      configure(world)
      for (const [args, input] of [
        [['token', 'import', 'home', '--stdin', '--replace'], TOKEN],
        [['--list'], ''],
      ] as const) {
        project.write(
          '.vault_password',
          `#!/bin/sh\nsleep 0.1\nread -r word <"$(dirname "$0")/word"\necho "$word"\n`,
          0o700,
        )
        project.write('word', `${PASSWORD}\n`)
        const seen = await sample(LAUNCHER, args, {
          cwd: project.folder,
          environment: { ...project.environment, TMPDIR: project.path('tmp'), ...world.variables },
          markers: [TOKEN, PASSWORD],
          folders: [project.folder],
          input,
        })
        expect({ args, status: seen.status, stderr: seen.stderr }).toEqual({
          args,
          status: 0,
          stderr: '',
        })
        for (const line of seen.commandLines) expectSilent(world, line)
        for (const one of seen.childEnvironments) {
          for (const marker of [TOKEN, PASSWORD]) expect(one).not.toContain(marker)
        }
        expect([...seen.filesWithMarker]).toEqual(['word'])
        expect(readdirSync(project.path('tmp'))).toEqual(['.keep'])
      }
    })
  })
}

interface KvWorld extends World {
  readonly bao: OpenBao
  readonly other: TestCa
}

const kv = (settings: string): string => `{ openbao: { ${settings} } }`

/** A stand-in that answers so. */
const echoes =
  (answer: WebAnswer) =>
  async ({ bao }: KvWorld): Promise<Partial<World>> => {
    const echo = await Echo.web(bao.ca.sign('echo', 'IP:127.0.0.1'), answer)
    standIns.push(echo)
    return {
      store: kv(`address: 'https://127.0.0.1:${echo.port}', timeout: 0.4`),
      variables: { BAO_TOKEN: CONNECTION },
    }
  }

let standIns: Echo[] = []
afterEach(async () => {
  for (const one of standIns) await one.stop()
  standIns = []
})

/** What a text says in the places of an answer that are looked at. */
const everywhere = (heard: string): object => ({
  errors: [heard],
  warnings: [heard],
  data: { data: { document: heard, [heard]: heard }, metadata: { version: heard }, version: heard },
  auth: { client_token: [heard], errors: heard },
})

if (findOpenBao() === undefined) {
  test.skip(NO_OPENBAO, () => undefined)
} else {
  const root = ({ bao }: KvWorld) => ({
    BAO_TOKEN: bao.token,
    ANSIBLE_HASHI_VAULT_AUTH_METHOD: 'token',
  })
  const failures: Record<string, Failure<KvWorld>> = {
    'a secret id that is not one': {
      code: /DENIED/,
      change: async ({ bao }) => {
        // Of a role of its own, which is locked after five of them.
        await bao.ask('POST', 'auth/approle/role/tried', {})
        const { body } = await bao.ask('GET', 'auth/approle/role/tried/role-id')
        return {
          variables: { BAO_ROLE_ID: body['data'].role_id as string, BAO_SECRET_ID: CONNECTION },
        }
      },
    },
    'a token that is not one': {
      code: /DENIED/,
      change: () =>
        Promise.resolve({
          variables: { BAO_TOKEN: CONNECTION, ANSIBLE_HASHI_VAULT_AUTH_METHOD: 'token' },
        }),
    },
    'a JWT that is not one': {
      code: /DENIED|UNFIT/,
      change: () =>
        Promise.resolve({
          variables: { BAO_JWT: CONNECTION, ANSIBLE_HASHI_VAULT_AUTH_METHOD: 'jwt' },
        }),
    },
    'a path that it may not see': {
      code: /DENIED/,
      change: () => Promise.resolve({ store: kv("auth: approle, path: 'elsewhere/{cluster}'") }),
    },
    'no such mount': {
      code: /UNFIT|DENIED/,
      change: (world) => Promise.resolve({ store: kv('mount: none'), variables: root(world) }),
    },
    'KV of version 1': {
      code: /UNFIT/,
      change: async (world) => {
        await world.bao.ask('POST', 'sys/mounts/old', { type: 'kv', options: { version: '1' } })
        return { store: kv('mount: old'), variables: root(world) }
      },
    },
    'a deleted version': {
      code: /VANISHED/,
      change: async ({ bao }) => {
        await bao.ask('POST', 'secret/data/k3s/gone/home', { data: { document: TOKEN } })
        await bao.ask('DELETE', 'secret/data/k3s/gone/home')
        return { store: kv("auth: approle, path: 'k3s/gone/{cluster}'") }
      },
    },
    'a destroyed version': {
      code: /VANISHED/,
      change: async ({ bao }) => {
        await bao.ask('POST', 'secret/data/k3s/lost/home', { data: { document: TOKEN } })
        await bao.ask('PUT', 'secret/destroy/k3s/lost/home', { versions: [1] })
        return { store: kv("auth: approle, path: 'k3s/lost/{cluster}'") }
      },
    },
    'a secret of others': {
      code: /FOREIGN/,
      change: async ({ bao }) => {
        await bao.ask('POST', 'secret/data/k3s/others/home', { data: { token: TOKEN } })
        return { store: kv("auth: approle, path: 'k3s/others/{cluster}'") }
      },
    },
    'a document that is none': {
      code: /CORRUPT/,
      change: async ({ bao }) => {
        const document = `current: ["${TOKEN}\n`
        await bao.ask('POST', 'secret/data/k3s/odd/home', { data: { document } })
        return { store: kv("auth: approle, path: 'k3s/odd/{cluster}'") }
      },
    },
    'a server that is sealed': {
      code: /UNAVAILABLE/,
      change: async ({ bao }) => {
        await bao.seal()
        return {}
      },
      mend: ({ bao }) => bao.unseal(),
    },
    'a CA that is not known': {
      code: /TLS/,
      change: ({ other }) => Promise.resolve({ variables: { BAO_CACERT: other.cert } }),
    },
    'a certificate for another name': {
      code: /TLS/,
      change: () => Promise.resolve({ variables: { BAO_TLS_SERVER_NAME: 'other.example' } }),
    },
    'a server that wants no TLS': {
      code: /UNAVAILABLE|DENIED/,
      change: ({ bao }) =>
        Promise.resolve({
          store: kv(`address: 'http://127.0.0.1:${bao.port}', auth: approle, timeout: 0.4`),
        }),
    },
    'an address that holds a password': {
      code: /SETTINGS/,
      change: () =>
        Promise.resolve({ variables: { BAO_ADDR: `https://anna:${CONNECTION}@127.0.0.1:1` } }),
    },
    'nobody there': {
      code: /UNAVAILABLE/,
      isSlow: true,
      change: async () => ({
        store: kv(
          `address: 'https://127.0.0.1:${await closedPort()}', auth: approle, timeout: 0.4`,
        ),
      }),
    },
    'a server that is silent': {
      code: /UNAVAILABLE/,
      isSlow: true,
      change: async () => ({
        store: kv(
          `address: 'https://127.0.0.1:${await listen('silence')}', auth: approle, timeout: 0.4`,
        ),
      }),
    },
    'a server that hangs up': {
      code: /UNAVAILABLE|TLS/,
      isSlow: true,
      change: async () => ({
        store: kv(
          `address: 'https://127.0.0.1:${await listen('hangs up')}', auth: approle, timeout: 0.4`,
        ),
      }),
    },
    ...Object.fromEntries(
      [200, 204, 400, 403, 404, 405, 412, 413, 429, 473, 500, 503].map((status) => [
        `an answer ${status} that repeats what was asked`,
        {
          code: /K3SV_STORE_[A-Z]+/,
          ...([200, 403, 404].includes(status) ? {} : { isSlow: true as const }),
          change: echoes((heard) => ({
            status,
            headers: { 'Retry-After': '1', 'X-Echo': heard.replace(/[^ -~]/g, ' ') },
            text: status === 204 ? '' : JSON.stringify(everywhere(heard)),
          })),
        },
      ]),
    ),
    'an answer that is no JSON': {
      code: /UNAVAILABLE/,
      isSlow: true,
      change: echoes((heard) => ({ status: 200, text: `{"data": ${heard}` })),
    },
    'an answer that is cut': {
      code: /UNAVAILABLE/,
      isSlow: true,
      change: echoes((heard) => {
        const text = JSON.stringify(everywhere(heard))
        return { status: 200, text, cutAfter: text.length - 10 }
      }),
    },
    'an answer that leads elsewhere': {
      code: /UNAVAILABLE/,
      isSlow: true,
      change: echoes((heard) => ({
        status: 307,
        headers: { Location: `http://127.0.0.1:1/${encodeURIComponent(heard)}` },
        text: heard,
      })),
    },
    'a document of the length of a film': {
      code: /UNAVAILABLE/,
      isSlow: true,
      change: echoes((heard) => ({ status: 200, text: heard.repeat(20_000) })),
    },
  }
  describeFailures(
    'OpenBao',
    async () => {
      const bao = await OpenBao.start()
      const other = new TestCa()
      const { BAO_SECRET_ID = '', ...rest } = makeRole(bao)
      return {
        bao,
        other,
        store: kv('auth: approle, timeout: 60'),
        variables: { ...rest, BAO_SECRET_ID, BAO_ADDR: bao.address },
        secrets: [BAO_SECRET_ID, bao.token],
        close: async () => {
          await bao.stop()
          other.remove()
        },
      }
    },
    failures,
  )
}

interface EtcdWorld extends World {
  readonly etcd: Etcd
}

if (findEtcd() === undefined) {
  test.skip(NO_ETCD, () => undefined)
} else {
  const at = (address: string, more = ''): string =>
    `{ etcd: { endpoints: '${address}', timeout: 0.4${more} } }`
  const answering = (status: number): Failure<EtcdWorld> => ({
    code: /K3SV_STORE_[A-Z]+/,
    isSlow: true,
    change: async () => {
      const echo = await Echo.grpc(status)
      standIns.push(echo)
      return {
        store: at(`http://127.0.0.1:${echo.port}`),
        variables: { ETCDCTL_USER: `anna:${CONNECTION}` },
      }
    },
  })
  describeFailures<EtcdWorld>(
    'etcd',
    async () => {
      const etcd = await Etcd.start()
      etcd.ctl('role', 'add', 'k3s_vars')
      etcd.ctl('role', 'grant-permission', 'k3s_vars', '--prefix=true', 'readwrite', '/k3s_vars/')
      for (const [user, password] of [
        ['k3s_vars', CONNECTION],
        ['stranger', CONNECTION],
        ['root', 'root'],
      ] as const)
        etcd.ctl('user', 'add', `${user}:${password}`)
      etcd.ctl('user', 'grant-role', 'k3s_vars', 'k3s_vars')
      etcd.ctl('user', 'grant-role', 'root', 'root')
      etcd.ctl('auth', 'enable')
      return {
        etcd,
        store: `{ etcd: { endpoints: '${etcd.endpoints[0]!}', timeout: 60 } }`,
        variables: { ETCDCTL_USER: 'k3s_vars', ETCDCTL_PASSWORD: CONNECTION },
        secrets: [],
        close: () => etcd.stop(),
      }
    },
    {
      'a wrong password': {
        code: /DENIED/,
        change: () => Promise.resolve({ variables: { ETCDCTL_PASSWORD: `${CONNECTION}x` } }),
      },
      'no rights': {
        code: /DENIED/,
        change: () => Promise.resolve({ variables: { ETCDCTL_USER: `stranger:${CONNECTION}` } }),
      },
      'a password for nobody in particular': {
        code: /DENIED/,
        change: () =>
          Promise.resolve({ variables: { ETCDCTL_USER: '', ETCDCTL_PASSWORD: CONNECTION } }),
      },
      'a deleted document': {
        code: /VANISHED/,
        change: ({ etcd }) => {
          const root = ['--user', 'root:root']
          etcd.ctl(...root, 'put', '/k3s_vars/gone/.known/home', '')
          return Promise.resolve({ store: at(etcd.endpoints[0]!, ', prefix: /k3s_vars/gone/') })
        },
      },
      'a document that is none': {
        code: /CORRUPT/,
        change: ({ etcd }) => {
          etcd.ctl('--user', 'root:root', 'put', '/k3s_vars/odd/home', `current: ["${TOKEN}`)
          return Promise.resolve({ store: at(etcd.endpoints[0]!, ', prefix: /k3s_vars/odd/') })
        },
      },
      'TLS that the server does not speak': {
        code: /TLS/,
        change: ({ etcd }) => Promise.resolve({ store: at(`https://127.0.0.1:${etcd.ports[0]!}`) }),
      },
      'an address that holds a password': {
        code: /SETTINGS/,
        change: () =>
          Promise.resolve({
            store: '{ etcd: {} }',
            variables: { ETCDCTL_ENDPOINTS: `https://anna:${CONNECTION}@127.0.0.1:1` },
          }),
      },
      'nobody there': {
        code: /UNAVAILABLE/,
        isSlow: true,
        change: async () => ({ store: at(`http://127.0.0.1:${await closedPort()}`) }),
      },
      'a server that is silent': {
        code: /UNAVAILABLE/,
        isSlow: true,
        change: async () => ({ store: at(`http://127.0.0.1:${await listen('silence')}`) }),
      },
      'a web server': {
        code: /UNAVAILABLE/,
        isSlow: true,
        change: async () => ({ store: at(`http://127.0.0.1:${await listen('plain HTTP')}`) }),
      },
      ...Object.fromEntries(
        [0, 2, 3, 5, 7, 8, 9, 11, 12, 13, 14, 16].map((status) => [
          `an answer of gRPC status ${status} that repeats what was asked`,
          answering(status),
        ]),
      ),
    },
  )
}

interface GitWorld extends World {
  readonly bare: string
  readonly folder: string
  readonly sshd: Sshd | undefined
}

const remote = (url: string, more = ''): string =>
  `{ git: { remote: '${url}', timeout: 60${more} } }`

describeFailures<GitWorld>(
  'Git',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-canary-git-'))
    const bare = join(folder, 'tokens.git')
    execFileSync('git', ['init', '--quiet', '--bare', bare])
    const sshd = hasSshd() ? await Sshd.start() : undefined
    return {
      bare,
      folder,
      sshd,
      store: remote(sshd?.url(bare) ?? bare),
      variables: {
        ...sshd?.variables('good'),
        GIT_TRACE: '1',
        GIT_TRACE_CURL: '1',
        GIT_TRACE_SETUP: '2',
      },
      secrets: [],
      close: () => {
        sshd?.stop()
        rmSync(folder, { recursive: true })
      },
    }
  },
  {
    'a hook that repeats what it gets': {
      // Nothing is there, and nothing comes there.
      code: /ABSENT|DENIED/,
      change: ({ folder }) => {
        const bare = join(folder, 'hooked.git')
        execFileSync('git', ['init', '--quiet', '--bare', bare])
        const script = `#!/bin/sh\nenv >&2\necho '${TOKEN} ${CONNECTION}' >&2\nexit 1\n`
        writeFileSync(join(bare, 'hooks/pre-receive'), script, { mode: 0o755 })
        return Promise.resolve({ store: remote(bare) })
      },
    },
    'no repository there': {
      code: /UNFIT/,
      change: ({ folder }) => Promise.resolve({ store: remote(join(folder, 'nowhere.git')) }),
    },
    'a document that is none': {
      code: /CORRUPT/,
      change: ({ folder }) =>
        Promise.resolve({ store: remote(withFile(folder, 'odd', `current: ["${TOKEN}\n`)) }),
    },
    'a document that was taken away': {
      code: /VANISHED/,
      change: ({ folder }) =>
        Promise.resolve({ store: remote(withFile(folder, 'gone', TOKEN, true)) }),
    },
    'a ref that was deleted': {
      code: /VANISHED/,
      change: ({ folder }) => {
        const bare = withFile(folder, 'marked', TOKEN)
        const git = (...args: readonly string[]) => execFileSync('git', ['-C', bare, ...args])
        git('update-ref', 'refs/k3s_vars/tokens.known', 'refs/k3s_vars/tokens')
        git('update-ref', '-d', 'refs/k3s_vars/tokens')
        return Promise.resolve({ store: remote(bare) })
      },
    },
    'a password in the URL of a remote': {
      code: /UNAVAILABLE|TLS/,
      change: async () => {
        const url = `https://anna:${CONNECTION}@127.0.0.1:${await closedPort()}/x.git`
        const inProject = (...args: readonly string[]) =>
          execFileSync('git', ['-C', project.folder, ...args])
        inProject('init', '--quiet')
        inProject('remote', 'add', 'origin', url)
        return { store: remote('origin') }
      },
    },
    'a server that is silent': {
      code: /UNAVAILABLE/,
      isSlow: true,
      change: async () => ({
        store: `{ git: { remote: 'ssh://127.0.0.1:${await listen('silence')}/x', timeout: 0.5 } }`,
      }),
    },
    'a web page': {
      code: /UNFIT/,
      change: async () => ({
        store: remote(`http://127.0.0.1:${await listen('plain HTTP')}/x.git`),
      }),
    },
    'a certificate of nobody': {
      code: /TLS/,
      change: async () => ({ store: remote(`https://127.0.0.1:${await listen('page')}/x.git`) }),
    },
    'a key that is not let in': {
      code: hasSshd() ? /DENIED/ : /UNAVAILABLE|UNFIT|DENIED/,
      change: ({ sshd, bare }) =>
        Promise.resolve(
          sshd
            ? { variables: sshd.variables('stranger') }
            : { store: remote(`ssh://127.0.0.1:1${bare}`) },
        ),
    },
    'no Git': {
      code: /SETTINGS/,
      change: () => {
        rmSync(project.path('spies/git'))
        return Promise.resolve({ variables: { PATH: '/nowhere' } })
      },
    },
  },
)

/** A bare repository whose store has this file of the cluster, or had it. */
function withFile(folder: string, name: string, text: string, isGone = false): string {
  const bare = join(folder, `${name}.git`)
  const git = (args: readonly string[], input = ''): string => {
    const identity = ['-c', 'user.name=anna', '-c', 'user.email=anna@example.com']
    return execFileSync('git', ['-C', folder, '--git-dir', bare, ...identity, ...args], {
      input,
      encoding: 'utf8',
    }).trim()
  }
  execFileSync('git', ['init', '--quiet', '--bare', bare])
  const object = git(['hash-object', '-w', '--stdin'], text)
  const commit = git([
    'commit-tree',
    '-m',
    'one',
    git(['mktree'], `100644 blob ${object}\thome.yml\n`),
  ])
  const last = isGone ? git(['commit-tree', '-m', 'two', '-p', commit, git(['mktree'])]) : commit
  git(['update-ref', 'refs/k3s_vars/tokens', last])
  return bare
}
