// No token is made beside a cluster that lives, or in place of one that is lost: with the real programs, from the outside. What
// each one who is asked can answer has its row in test/lifecycle/minting.test.ts.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import type { KnownRole } from '../../src/role/profile.js'
import { ALL_TOKEN_VARIABLES } from '../../src/token-environment.js'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { Example } from '../support/examples.js'
import { closedPort, listen, stopListening } from '../support/ports.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { makeIdentity, RecordedK3s } from '../support/recorded-k3s.js'
import { runOnTerminal } from '../support/terminal.js'

const identity = makeIdentity()
let project: Project
let k3s: RecordedK3s | undefined

afterEach(async () => {
  await stopListening()
  await k3s?.stop()
  k3s = undefined
  project.remove()
})

function start(config: string, files: Readonly<Record<string, string>> = {}): void {
  project = new Project({ 'k3s_vars.yml': config, ...files })
}

const list = (environment: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
  project.start(LAUNCHER, ['--list'], { environment })

function expectStop(outcome: Outcome, status: number, code: string): void {
  expect(outcome).toMatchObject({ status, stdout: '' })
  expect(outcome.stderr).toContain(`(${code})`)
  expect(outcome.stderr).toContain('\nhint: ')
  expect(existsSync(project.path('k3s_tokens'))).toBe(false)
}

function git(...args: readonly string[]): void {
  const user = ['-c', 'user.name=n', '-c', 'user.email=e@example.com']
  execFileSync('git', ['-C', project.folder, ...user, ...args], {
    env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    stdio: 'ignore',
  })
}

const UNPROBED = 'clusters: { home: { probe: false } }\n'

describe('a store that Git knows', () => {
  function commitToken(): void {
    start(UNPROBED, { '.gitignore': '.vault_password\nhome/\n' })
    git('init', '-q', '-b', 'main')
    git('add', '-A')
    git('commit', '-qm', 'first')
    git('checkout', '-q', '-b', 'tokens')
    expect(project.run(LAUNCHER, ['--list']).status).toBe(0)
    git('add', '-A')
    git('commit', '-qm', 'token')
  }

  test('is not made anew on a branch without it, and is read on its own', async () => {
    commitToken()
    const before = await list()
    git('checkout', '-q', 'main')
    const outcome = await list()
    expectStop(outcome, 5, 'K3SV_STORE_VANISHED')
    expect(outcome.stderr).toContain(`git log --all -- '${project.path('k3s_tokens/home.yml')}'`)
    git('checkout', '-q', 'tokens')
    expect(await list()).toEqual(before)
  })

  test('is not made anew where its folder was deleted', async () => {
    commitToken()
    rmSync(project.path('k3s_tokens'), { recursive: true })
    expectStop(await list(), 5, 'K3SV_STORE_VANISHED')
  })

  test('is not made at all in the shallow clone of a job, but by a person who vouches', () => {
    commitToken()
    const copy = new Project()
    try {
      rmSync(copy.folder, { recursive: true })
      git('clone', '-q', '--depth', '1', '-b', 'main', `file://${project.folder}`, copy.folder)
      copy.write('.vault_password', 'x')
      copy.write('home/x', '')
      const run = (...args: string[]): Outcome => copy.run(LAUNCHER, args)
      expect(run('--list').stderr).toContain('(K3SV_STORE_VANISHED)')
      const refused = run('token', 'new', '--yes').stderr
      expect(refused.match(/--assume-new/g)).toHaveLength(1)
      expect(refused).toContain('token new home --assume-new')
      expect(existsSync(copy.path('k3s_tokens'))).toBe(false)
      expect(run('token', 'new', '--yes', '--assume-new').status).toBe(0)
      expect(readFileSync(copy.path('k3s_tokens/home.yml'), 'utf8')).toContain('assumed-new')
    } finally {
      copy.remove()
    }
  })
})

test.each(ALL_TOKEN_VARIABLES)('%s stops, and reaches no program that is run', async (variable) => {
  start(UNPROBED)
  const script = `#!/bin/sh\nenv >>'${project.path('seen')}'\necho password\n`
  project.write('.vault_password', script, 0o700)
  const value = project.write('value', 'CanaryTokenQ7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc')
  const environment = { [variable]: value, OTHER: 'is seen' }
  expectStop(await list(environment), 5, 'K3SV_STORE_ABSENT')

  const made = await project.start(LAUNCHER, ['token', 'new', '--yes'], {})
  expect(made).toMatchObject({ status: 0, stderr: '' })
  expect(await list(environment)).toMatchObject({ status: 0, stderr: '' })
  const seen = readFileSync(project.path('seen'), 'utf8')
  expect(seen).toContain('OTHER=is seen')
  expect(seen).not.toContain(`${variable}=`)
})

describe('very many servers', () => {
  /** 1,500 addresses of this machine, at one port. */
  const fleet = (port: number, least = 250): string =>
    `clusters: { home: { encrypt: never, vars: { api_port: ${port} }, hosts: { server: ["127.1.[1:6].[1:${least}]"] } } }\n`
  const within = (descriptors: number): Promise<Outcome> =>
    project.start('/bin/sh', ['-c', `ulimit -n ${descriptors}; exec "$0" --list`, LAUNCHER])

  test.each([1024, 64])('are all asked with %i files open at most', async (descriptors) => {
    start(fleet(await closedPort()))
    expect(await within(descriptors)).toMatchObject({ status: 0, stderr: '' })
  })

  test('that say nothing are a doubt', async () => {
    start(fleet(await listen('silence', '0.0.0.0')))
    const outcome = await within(1024)
    expectStop(outcome, 7, 'K3SV_CLUSTER_DOUBT')
    expect(outcome.stderr).toContain('does not answer in time, and 1499 more give no clear answer')
  })

  test('a thousand that say nothing take less than five seconds', async () => {
    start(fleet(await listen('silence', '0.0.0.0'), 166))
    const begun = performance.now()
    await list({ K3S_TOKEN: 'asks nobody' })
    const asked = performance.now()
    expectStop(await list(), 7, 'K3SV_CLUSTER_DOUBT')
    // Without what a start alone takes on a busy machine.
    expect(performance.now() - asked - (asked - begun)).toBeLessThan(5000)
  })

  test('one that lives among silent ones is what is told, without waiting for the others', async () => {
    k3s = await RecordedK3s.start({ serverToken: 'x', identity })
    const port = await listen('silence', '0.0.0.0')
    start(fleet(port).replace('home: {', `home: { endpoint: "${k3s.url}",`))
    const begun = performance.now()
    const outcome = await list()
    expectStop(outcome, 7, 'K3SV_CLUSTER_ALIVE')
    expect(outcome.stderr).toContain(k3s.url)
    expect(performance.now() - begun).toBeLessThan(3000)
  })
})

describe('token new', () => {
  const onTerminal = (typed: string) =>
    runOnTerminal([LAUNCHER, 'token', 'new'], {
      question: '[y/N]',
      typed,
      cwd: project.folder,
      environment: project.environment,
    })
  const doubtful = async (): Promise<string> =>
    `clusters: { home: { vars: { api_port: ${await closedPort()} }, hosts: { server: [127.0.0.1, nobody.invalid] } } }\n`

  test('shows a person what it found, and makes a token only after a yes', async () => {
    start(await doubtful())
    const no = onTerminal('n\n')
    expect(no.status).toBe(0)
    expect(no.shown).toMatch(/ok +the environment /)
    expect(no.shown).toMatch(/\? +the servers +whether K3s runs there already is not known/)
    expect(no.shown).toContain('Is home a new cluster, and shall its token be made? [y/N]')
    expect(existsSync(project.path('k3s_tokens'))).toBe(false)

    const yes = onTerminal('y\n')
    expect(yes.shown).toContain('made the server token of home')
    expect(readFileSync(project.path('k3s_tokens/home.yml'), 'utf8')).toContain('assumed-new')
    expect(project.run(LAUNCHER, ['status']).stdout).toContain('assumed-new')
  })

  test('asks nothing off a terminal, and takes --yes for no word about doubts', async () => {
    start(await doubtful())
    const run = (...args: string[]) => project.start(LAUNCHER, ['token', 'new', ...args])
    expectStop(await run('--yes'), 7, 'K3SV_CLUSTER_DOUBT')
    expectStop(await run('--assume-new'), 2, 'K3SV_USAGE_TERMINAL')
    expect(await run('--yes', '--assume-new')).toMatchObject({ status: 0, stderr: '' })
  })

  test.each([['--yes'], ['--yes', '--assume-new']])(
    'makes none beside a K3s that answers, with %s',
    async (...args) => {
      k3s = await RecordedK3s.start({ serverToken: 'x', identity })
      start(`clusters: { home: { endpoint: "${k3s.url}" } }\n`)
      const outcome = await project.start(LAUNCHER, ['token', 'new', ...args])
      expectStop(outcome, 7, 'K3SV_CLUSTER_ALIVE')
      expect(outcome.stderr).toContain('k3s-vars token import home')
      expect(k3s.passwords).toEqual([])
    },
  )
})

describeNewestAnsible((ansible) => {
  const inventory = (...args: string[]): Promise<Outcome> =>
    project.start(join(ansible.bin, 'ansible-inventory'), [...args, '--list'])

  test("the inventory source makes none where the servers stand in the user's own inventory", async () => {
    k3s = await RecordedK3s.start({ serverToken: 'x', identity })
    start('clusters: { prod: {} }\n', {
      'inventory.yml': `k3s_cluster:
  vars: { token: changeme!, api_port: ${k3s.port} }
  children: { server: { hosts: { s1: { ansible_host: 127.0.0.1 } } } }
`,
    })
    const outcome = await inventory('-i', 'inventory.yml', '-i', LAUNCHER)
    expect(outcome.status).not.toBe(0)
    expect(outcome.stderr.replaceAll(/\s+/g, ' ')).toContain('K3SV_CLUSTER_DOUBT')
    expect(existsSync(project.path('k3s_tokens'))).toBe(false)
  })

  /** A project whose servers stand in its own inventory, and that gets its token from a plugin. */
  function startPlugin(kind: 'vars' | 'lookup', role: string, address: string): void {
    const folder = resolve(LAUNCHER, '..', kind)
    const { server, cluster } = ROLE_PROFILES[role as KnownRole].groups
    const message =
      kind === 'vars'
        ? '{{ vars | string | length }}'
        : "{{ lookup('k3s_token', 'prod') | length }}"
    start(`clusters: { prod: { role: ${role} } }\n`, {
      'ansible.cfg': `[defaults]\nvault_password_file = .vault_password\n${kind}_plugins = ${folder}\n`,
      'inventory/hosts.yml': `${cluster}: { children: { ${server}: { hosts: { n1: } } } }\n`,
      'inventory/host_vars/n1.yml': `${address}\nansible_connection: ssh\n`,
      'site.yml': `- hosts: all\n  gather_facts: false\n  tasks:\n    - debug: { msg: "${message}" }\n      delegate_to: localhost\n`,
    })
  }
  const play = (environment: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
    project.start(
      join(ansible.bin, 'ansible-playbook'),
      ['-i', 'inventory/hosts.yml', 'site.yml'],
      {
        environment,
      },
    )
  const said = ({ stdout, stderr }: Outcome): string =>
    `${stdout} ${stderr}`.replaceAll(/\s+/g, ' ')

  describe.each(['vars', 'lookup'] as const)('the %s plugin', (kind) => {
    test.each(['k3s-io', 'rke2-ansible', 'lablabs'])(
      'makes none beside a server of %s that answers, whose address host_vars have',
      async (role) => {
        k3s = await RecordedK3s.start({ serverToken: 'x', identity })
        startPlugin(kind, role, `ansible_host: 127.0.0.1\napi_port: ${k3s.port}`)
        const outcome = await play()
        expect(outcome.status).not.toBe(0)
        expect(said(outcome)).toContain('K3SV_CLUSTER_ALIVE')
        expect(said(outcome)).toContain(k3s.url)
        expect(existsSync(project.path('k3s_tokens'))).toBe(false)
        expect(k3s.passwords).toEqual([])
      },
    )

    test('makes one where every server of the inventory says that no K3s is there', async () => {
      startPlugin(kind, 'k3s-io', `ansible_host: 127.0.0.1\napi_port: ${await closedPort()}`)
      expect(await play()).toMatchObject({ status: 0 })
      expect(existsSync(project.path('k3s_tokens/prod.yml'))).toBe(true)
    })

    test('makes none where an address is a template that nobody can tell', async () => {
      startPlugin(kind, 'k3s-io', 'ansible_host: "{{ nothing_has_this }}"')
      const outcome = await play()
      expect(said(outcome)).toContain('K3SV_CLUSTER_DOUBT')
      expect(existsSync(project.path('k3s_tokens'))).toBe(false)
    })

    test('names no cluster in an argument, and gives up on a program that does not answer', async () => {
      startPlugin(kind, 'k3s-io', 'ansible_host: 127.0.0.1')
      const slow = `#!/bin/sh\necho "$@" >'${project.path('arguments')}'\ncat >/dev/null\nexec sleep 60\n`
      const program = project.write('slow', slow, 0o700)
      const outcome = await play({ K3S_VARS_EXECUTABLE: program, K3S_VARS_TIMEOUT: '1' })
      expect(outcome.status).not.toBe(0)
      expect(said(outcome)).toContain('the program gave no answer within 1 seconds (K3SV_FAULT)')
      expect(readFileSync(project.path('arguments'), 'utf8')).toBe('--plugins\n')
    })

    test.each([
      '{"schema": 3}',
      '{"schema": 3, "clusters": {}}',
      '{"schema": 3, "clusters": {"prod": {"server": {}}}, "inventory": {"_meta": {"hostvars": {}}}}',
      '{"schema": 3, "clusters": {"prod": {"server": {"password": "x", "sec',
      '{"schema": 3, "wants": {"groups": [], "variables": []}}',
      '[]',
    ])('takes no part of an answer for the whole: %s', async (answer) => {
      startPlugin(kind, 'k3s-io', 'ansible_host: 127.0.0.1')
      const script = `#!/bin/sh\ncat >/dev/null\necho '${answer}'\n`
      const outcome = await play({ K3S_VARS_EXECUTABLE: project.write('cut', script, 0o700) })
      expect(outcome.status).not.toBe(0)
      expect(said(outcome)).toContain('no whole document (K3SV_FAULT)')
      expect(said(outcome)).not.toMatch(/KeyError|TypeError|Traceback|Unexpected/)
    })
  })

  describe('token new', () => {
    const make = (...args: string[]): Promise<Outcome> =>
      project.start(LAUNCHER, ['token', 'new', ...args], {
        environment: { PATH: `${ansible.bin}:${process.env['PATH']}` },
      })
    const startWith = (port: number, variables: string, cfg = ''): void =>
      start('clusters: { prod: {} }\n', {
        'ansible.cfg': `[defaults]\nvault_password_file = .vault_password\n${cfg}`,
        'inventory.yml': `k3s_cluster:
  vars: { api_port: ${port}${variables} }
  children: { server: { hosts: { s1: { ansible_host: 127.0.0.1 } } } }
`,
      })

    test('asks the servers of the inventory that is named, or configured', async () => {
      k3s = await RecordedK3s.start({ serverToken: 'x', identity })
      startWith(k3s.port, '')
      expectStop(await make('--yes', '-i', 'inventory.yml'), 7, 'K3SV_CLUSTER_ALIVE')
      expectStop(await make('--yes'), 7, 'K3SV_CLUSTER_DOUBT')
      project.remove()

      startWith(await closedPort(), '', 'inventory = inventory.yml\n')
      const made = await make('--yes')
      expect(made).toMatchObject({ status: 0, stderr: '' })
      expect(made.stdout).toMatch(/ok +the project +the role's variable has no value/)
      expect(readFileSync(project.path('k3s_tokens/prod.yml'), 'utf8')).toContain('minted')
    })

    test("makes none where the role's variable has a value already, whoever vouches", async () => {
      startWith(await closedPort(), ', token: changeme!')
      const outcome = await make('--yes', '--assume-new', '-i', 'inventory.yml')
      expectStop(outcome, 5, 'K3SV_STORE_ABSENT')
      expect(outcome.stderr).toContain('token has a value already')
      expect(outcome.stderr).toContain('k3s-vars token import prod')
    })

    test('nor where our vars plugin would win over that value', async () => {
      startWith(await closedPort(), ', token: changeme!')
      const plugins = `vars_plugins = ${resolve(LAUNCHER, '../vars')}\nvars_plugins_enabled = host_group_vars, k3s_vars\n`
      project.write('ansible.cfg', `[defaults]\nvault_password_file = .vault_password\n${plugins}`)
      const outcome = await make('--yes', '--assume-new', '-i', 'inventory.yml')
      expectStop(outcome, 5, 'K3SV_STORE_ABSENT')
    })
  })

  test('the quick start works in a shallow clone, in a CI job, where something listens on 6443', async () => {
    start(UNPROBED)
    k3s = await RecordedK3s.start({ serverToken: 'x', identity, port: 6443 }).catch(() => undefined)
    const example = new Example(project, 'quickstart')
    git('init', '-q')
    git('add', '-A')
    git('commit', '-qm', 'first')
    git('commit', '-qm', 'second', '--allow-empty')
    const copy = project.path('copy')
    git('clone', '-q', '--depth', '1', `file://${project.folder}`, copy)
    rmSync(example.path(), { recursive: true })
    const cwd = join(copy, 'examples', 'quickstart')
    const environment = { CI: 'true' }
    project.write('copy/examples/quickstart/.vault_password', 'x')
    const play = await project.start(
      join(ansible.bin, 'ansible-playbook'),
      ['-i', LAUNCHER, 'site.yml'],
      { cwd, environment },
    )
    expect(play).toMatchObject({ status: 0, stderr: '' })
    expect(existsSync(join(cwd, 'k3s_tokens', 'prod.yml'))).toBe(true)
  })
})
