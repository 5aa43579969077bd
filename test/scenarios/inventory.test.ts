import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { afterEach, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { describeEachAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'

let project: Project
afterEach(() => project.remove())

interface List {
  readonly k3s_cluster: { readonly vars: { readonly token: { readonly __ansible_unsafe: string } } }
}

const tokenOf = (stdout: string): string =>
  (JSON.parse(stdout) as List).k3s_cluster.vars.token.__ansible_unsafe

test('the first list mints, the next ones answer the same, and nothing is on stderr', () => {
  project = new Project()
  const first = project.run(LAUNCHER, ['--list'])
  const second = project.run(LAUNCHER, ['--list'])
  expect(first).toMatchObject({ status: 0, stderr: '' })
  expect(second).toEqual(first)
  expect(tokenOf(first.stdout)).toMatch(/^[A-Za-z][A-Za-z0-9]{42}$/)
  const file = project.path('k3s_tokens/home.yml')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).not.toContain(tokenOf(first.stdout))
  expect(readFileSync(file, 'utf8')).toContain('$ANSIBLE_VAULT;1.1;AES256')
})

test('fifty that start at once on an empty store answer one token and leave one file', async () => {
  project = new Project()
  const answers = await Promise.all(
    Array.from(
      { length: 50 },
      () =>
        new Promise<{ status: number | null; stdout: string }>((resolve) => {
          const child = spawn(LAUNCHER, ['--list'], {
            cwd: project.folder,
            env: { PATH: process.env['PATH'], HOME: project.path('home') },
            stdio: ['ignore', 'pipe', 'inherit'],
          })
          let stdout = ''
          child.stdout.on('data', (piece) => (stdout += String(piece)))
          child.on('close', (status) => resolve({ status, stdout }))
        }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 0))
  expect(new Set(answers.map(({ stdout }) => tokenOf(stdout))).size).toBe(1)
  expect(readdirSync(project.path('k3s_tokens'))).toEqual(['home.yml'])
})

test.each([
  ['server1', {}],
  ['agent1', { rack: 7 }],
  ['stranger', {}],
])('--host %s prints an object', (host, expected) => {
  project = new Project()
  const { status, stdout, stderr } = project.run(LAUNCHER, ['--host', host])
  expect({ status, stderr, answer: JSON.parse(stdout) as unknown }).toEqual({
    status: 0,
    stderr: '',
    answer: expected,
  })
})

test.each([
  ['no vault password', { 'ansible.cfg': '[defaults]\n' }, 'K3SV_VAULT_NO_PASSWORD', 6],
  [
    'a broken configuration',
    { 'k3s_vars.yml': 'clusters:\n  home:\n    rule: k3s-io\n' },
    'K3SV_CONFIG_UNKNOWN_KEY',
    3,
  ],
  [
    'minting switched off',
    { 'k3s_vars.yml': 'clusters: { home: { mint: never } }\n' },
    'K3SV_STORE_ABSENT',
    5,
  ],
  ['a damaged document', { 'k3s_tokens/home.yml': 'schema: 1\n' }, 'K3SV_STORE_CORRUPT', 5],
])(
  'with %s nothing is printed or minted, and the error says what to do',
  (_, files, code, status) => {
    project = new Project(files)
    const outcome = project.run(LAUNCHER, ['--list'])
    expect(outcome).toMatchObject({ status, stdout: '' })
    expect(outcome.stderr).toMatch(new RegExp(`^k3s_vars: .*\\(${code}\\)\nhint: .+\n$`))
    if (!('k3s_tokens/home.yml' in files))
      expect(readdirSync(project.folder)).not.toContain('k3s_tokens')
  },
)

test('a token in K3S_TOKEN is not answered with an invented one', () => {
  project = new Project()
  const outcome = project.run(LAUNCHER, ['--list'], {
    environment: { K3S_TOKEN: 'a-token-from-elsewhere' },
  })
  expect(outcome).toMatchObject({ status: 5, stdout: '' })
  expect(outcome.stderr).toContain('token import home --env')
  expect(outcome.stderr).not.toContain('a-token-from-elsewhere')
})

describeEachAnsible((ansible) => {
  const inventory = (
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
  ): ReturnType<Project['run']> =>
    project.run(join(ansible.bin, 'ansible-inventory'), args, { environment })
  const ask = (
    pattern: string,
    expression: string,
    sources: readonly string[] = ['-i', LAUNCHER],
  ): ReturnType<Project['run']> =>
    project.run(join(ansible.bin, 'ansible'), [
      pattern,
      ...sources,
      '-c',
      'local',
      '-m',
      'debug',
      '-a',
      `msg={{ ${expression} }}`,
    ])
  const messages = (stdout: string): string[] =>
    [...stdout.matchAll(/"msg": (".*")/g)].map((match) => JSON.parse(match[1]!) as string)

  test('sees the groups, the hosts and their variables, without a word on stderr', () => {
    project = new Project()
    const { status, stdout, stderr } = inventory(['-i', LAUNCHER, '--graph'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(
      '  |--@k3s_cluster:\n  |  |--@server:\n  |  |  |--server1\n  |  |  |--server2\n',
    )
    expect(stdout).toContain('  |  |--@agent:\n  |  |  |--agent1\n')
  })

  test('gives every host the same token, as a string', () => {
    project = new Project()
    const token = tokenOf(project.run(LAUNCHER, ['--list']).stdout)
    const { status, stdout } = ask(
      'all',
      "token ~ '|' ~ (token is string) ~ '|' ~ (rack | default(0))",
    )
    expect(status).toBe(0)
    expect(messages(stdout).sort()).toEqual([
      `${token}|True|0`,
      `${token}|True|0`,
      `${token}|True|7`,
    ])
  })

  test('gives a separate agent token to agents, and both to servers', () => {
    project = new Project({
      'k3s_vars.yml':
        'clusters: { home: { agent_token: true, probe: false, hosts: { server: [s1], agent: [a1] }, vars: { server_config_yaml: "disable: traefik" } } }\n',
    })
    const server = messages(
      ask(
        's1',
        "token ~ '|' ~ (server_config_yaml | from_yaml)['agent-token'] ~ '|' ~ (server_config_yaml | from_yaml).disable",
      ).stdout,
    )[0]!.split('|')
    const agent = messages(
      ask('a1', "token ~ '|' ~ (server_config_yaml is match('.*agent-token'))").stdout,
    )[0]!.split('|')
    expect(server[1]).toBe(agent[0])
    expect(server[0]).not.toBe(agent[0])
    expect(server[2]).toBe('traefik')
    expect(agent[1]).toBe('False')
  })

  test('adds group variables to a static inventory that comes before it', () => {
    project = new Project({
      'k3s_vars.yml': 'clusters: { home: { probe: false } }\n',
      'inventory.yml':
        'k3s_cluster: { vars: { token: sample }, children: { server: { hosts: { own1: } }, agent: { hosts: { own2: } } } }\n',
    })
    const { stdout } = ask('all', 'token', ['-i', 'inventory.yml', '-i', LAUNCHER])
    const token = tokenOf(project.run(LAUNCHER, ['--list']).stdout)
    expect(messages(stdout)).toEqual([token, token])
  })

  test('at host level our token wins over group_vars/all', () => {
    project = new Project({
      'k3s_vars.yml':
        'clusters: { home: { level: host, probe: false, hosts: { server: [s1] } } }\n',
      'group_vars/all.yml': 'token: from group_vars\n',
    })
    const { stdout } = project.run(LAUNCHER, ['--host', 's1'])
    const minted = project.run(LAUNCHER, ['--list'])
    expect(minted.status).toBe(0)
    const token = (
      JSON.parse(project.run(LAUNCHER, ['--host', 's1']).stdout) as {
        token: { __ansible_unsafe: string }
      }
    ).token.__ansible_unsafe
    expect(stdout).toContain('__ansible_unsafe')
    project.write(
      'site.yml',
      '- hosts: all\n  gather_facts: false\n  connection: local\n  tasks:\n    - debug: { msg: "{{ token }}" }\n',
    )
    const play = project.run(join(ansible.bin, 'ansible-playbook'), ['-i', LAUNCHER, 'site.yml'])
    expect(messages(play.stdout)).toEqual([token])
  })

  test('opens vaulted tokens itself', () => {
    project = new Project({
      'k3s_vars.yml':
        'clusters: { home: { emit: vaulted, probe: false, hosts: { server: [s1] } } }\n',
    })
    const { stdout } = ask('s1', "(token ~ '') | length")
    expect(stdout).toContain('43')
  })

  test('carries a token with Jinja in it byte for byte', () => {
    project = new Project()
    const token = 'Abc{{ 1+1 }}{#x#}{%y%}-0123456789-0123456789'
    const imported = runCli(project, ['token', 'import', 'home', '--stdin'], {
      input: `${token}\n`,
    })
    expect(imported.status).toBe(0)
    expect(new Set(messages(ask('all', 'token').stdout))).toEqual(new Set([token]))
  })

  const FAILURES: readonly (readonly [string, Record<string, string>, string])[] = [
    [
      'a broken configuration',
      { 'k3s_vars.yml': 'clusters: { home: { rule: x } }\n' },
      'unknown key rule',
    ],
    ['no vault password', { 'ansible.cfg': '[defaults]\n' }, 'K3SV_VAULT_NO_PASSWORD'],
  ]
  test.each(FAILURES)(
    'shows our error for %s, and finds no host in the program text',
    (_, files, text) => {
      project = new Project(files)
      const lenient = inventory(['-i', LAUNCHER, '--list'], {
        ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: 'False',
      })
      expect(lenient.stderr.replace(/\s+/g, ' ')).toContain(text)
      expect(
        (JSON.parse(lenient.stdout) as { _meta: { hostvars: object } })._meta.hostvars,
      ).toEqual({})
      const strict = inventory(['-i', LAUNCHER, '--list'], {
        ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: 'True',
      })
      expect(strict.status).not.toBe(0)
      expect(strict.stderr.replace(/\s+/g, ' ')).toContain(text)
    },
  )

  test('fails in the same way when there is no Node.js', () => {
    project = new Project()
    const { status, stderr } = inventory(['-i', LAUNCHER, '--list'], {
      K3S_VARS_NODE: '/nowhere/node',
    })
    expect(status).not.toBe(0)
    expect(stderr.replace(/\s+/g, ' ')).toContain('Node.js 20.19, or 22.3 or newer, is needed')
  })
})
