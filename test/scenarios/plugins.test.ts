// The lookup and the vars plugin, found by their paths; test/scenarios/collection.test.ts has them by their full names.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { isSince } from '../support/ansible.js'
import { runCli } from '../support/cli.js'
import { describeEachAnsible } from '../support/each-ansible.js'
import { messagesOf, saidBy } from '../support/messages.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const PLUGINS = resolve(LAUNCHER, '..')
const JINJA_TOKEN = 'Abc{{ 1+1 }}{#x#}{%y%}-0123456789-0123456789'
const CA_HASH = '0123456789abcdef'.repeat(4)

const WITHOUT_HOSTS = 'clusters: { home: { probe: false } }\n'

const INVENTORY = `k3s_cluster:
  vars: { ansible_connection: local, ansible_python_interpreter: "{{ ansible_playbook_python }}" }
  children:
    server: { hosts: { s1: , s2: } }
    agent: { hosts: { a1: } }
`

let project: Project
afterEach(() => project.remove())

/** A project with a static inventory and `ansible.cfg` that names the plugins wanted. */
function start(
  plugins: readonly ('lookup' | 'vars')[],
  files: Readonly<Record<string, string>> = {},
): void {
  const paths = plugins.map((name) => `${name}_plugins = ${join(PLUGINS, name)}\n`).join('')
  project = new Project({
    'k3s_vars.yml': WITHOUT_HOSTS,
    'ansible.cfg': `[defaults]\nvault_password_file = .vault_password\n${paths}`,
    'inventory.yml': INVENTORY,
    ...files,
  })
}

function playbook(...tasks: string[]): string {
  const list = tasks.map((task) => `    - ${task}\n`).join('')
  return `- hosts: all\n  gather_facts: false\n  tasks:\n${list}`
}

/** A play that ends well only if each lookup fails with its text. */
function failing(lookups: Readonly<Record<string, string>>): string {
  const tasks = Object.entries(lookups).flatMap(([args, text]) => [
    `debug: { msg: "{{ lookup('k3s_token', ${args}) }}" }\n      ignore_errors: true\n      register: failed`.replace(
      ', )',
      ')',
    ),
    `assert: { that: [failed is failed, "failed.msg is search(text, multiline=True)"] }\n      vars: { text: ${JSON.stringify(text.replace('?', '[?]'))} }`,
  ])
  return playbook(...tasks)
}

const debug = (expression: string): string => `debug: { msg: "${expression}" }`

function importToken(token: string): void {
  const outcome = runCli(project, ['token', 'import', 'home', '--stdin'], { input: token })
  expect(outcome.status).toBe(0)
}

function reveal(...options: string[]): string {
  return runCli(project, ['token', 'show', 'home', '--reveal', ...options]).stdout.trim()
}

/** An executable in the launcher's place that leaves a line for each of its runs. */
function counted(): NodeJS.ProcessEnv {
  const program = project.write(
    'bin/counted',
    `#!/bin/sh\necho "$@" >>'${project.path('runs')}'\nexec '${LAUNCHER}' "$@"\n`,
    0o700,
  )
  return { K3S_VARS_EXECUTABLE: program }
}

function runs(): string[] {
  return readFileSync(project.path('runs'), 'utf8').trimEnd().split('\n')
}

describe('the document for the plugins', () => {
  const ask = (...clusters: string[]): Outcome =>
    project.run(LAUNCHER, ['--plugins'], { input: JSON.stringify({ clusters }) })
  const TWO = 'clusters: { home: { probe: false }, edge: { probe: false, agent_token: true } }\n'

  test('has the inventory only where it is of all clusters, and reads only those that are named', () => {
    start([], { 'k3s_vars.yml': TWO })
    const one = JSON.parse(ask('edge').stdout) as Record<string, object>
    expect(Object.keys(one)).toEqual(['schema', 'clusters'])
    expect(Object.keys(one['clusters']!)).toEqual(['edge'])
    expect(readdirSync(project.path('k3s_tokens'))).toEqual(['edge.yml'])

    const all = JSON.parse(ask().stdout) as Record<string, object>
    expect(all['inventory']).toEqual(JSON.parse(project.run(LAUNCHER, ['--list']).stdout))
    expect(Object.keys(all['clusters']!)).toEqual(['home', 'edge'])
  })

  test('refuses an unknown cluster without repeating its name', () => {
    start([])
    const outcome = ask('hone')
    expect(outcome).toMatchObject({ status: 3, stdout: '' })
    expect(outcome.stderr).toMatch(
      /^k3s_vars: the configuration has no cluster of this name .*\nhint: did you mean home\?\n$/,
    )
    expect(existsSync(project.path('k3s_tokens'))).toBe(false)
  })
})

describeEachAnsible((ansible) => {
  const play = (environment: NodeJS.ProcessEnv = {}, ...args: string[]): Outcome =>
    project.run(
      join(ansible.bin, 'ansible-playbook'),
      ['-i', 'inventory.yml', 'site.yml', ...args],
      {
        environment,
      },
    )

  describe('the lookup', () => {
    test('answers by kind and format, for clusters that variables name, literally', () => {
      const lookups = [
        "{{ lookup('k3s_token', cluster) }}",
        "{{ lookup('k3s_token', cluster, kind='agent') }}",
        "{{ lookup('k3s_token', 'home', format='secure', ca_hash=hash) }}",
        "{{ lookup('k3s_token', 'home', kind='agent', format='secure') }}",
        "{{ query('k3s_token', 'home', 'home') | unique | length | string }}",
      ]
      start(['lookup'], {
        'k3s_vars.yml': 'clusters: { home: { probe: false, agent_token: true } }\n',
        'site.yml': playbook(...lookups.map(debug)),
      })
      importToken(JINJA_TOKEN)
      expect(runCli(project, ['token', 'new', 'home', '--kind', 'agent']).status).toBe(0)
      const variables = `{"cluster": "home", "hash": "${CA_HASH}", "k3s_vars_ca_hash": "${CA_HASH}"}`
      const outcome = play({}, '-e', variables, '--limit', 's1')
      expect(outcome).toMatchObject({ status: 0, stderr: '' })
      expect(messagesOf(outcome.stdout)).toEqual([
        JINJA_TOKEN,
        reveal('--kind', 'agent'),
        reveal('--format', 'secure', '--ca-hash', CA_HASH),
        reveal('--kind', 'agent', '--format', 'secure', '--ca-hash', CA_HASH),
        '1',
      ])
    })

    test('runs the program once in each process that Ansible starts for a host and task', () => {
      const three = "{{ lookup('k3s_token', 'home') ~ lookup('k3s_token', 'home') | length }}"
      start(['lookup'], { 'site.yml': playbook(debug(three), debug(three)) })
      const outcome = play(counted())
      expect(outcome.status).toBe(0)
      expect(new Set(messagesOf(outcome.stdout)).size).toBe(1)
      expect(runs()).toEqual(Array.from({ length: 6 }, () => '--plugins'))
    })

    test('without a separate agent token, agents get what they join with: that of the servers', () => {
      start(['lookup'], {
        'site.yml': playbook(
          debug("{{ lookup('k3s_token', 'home', kind='agent', format='secure', ca_hash=hash) }}"),
        ),
      })
      const { stdout } = play({}, '-e', `hash=${CA_HASH}`, '--limit', 'a1')
      expect(messagesOf(stdout)).toEqual([reveal('--format', 'secure', '--ca-hash', CA_HASH)])
    })

    test('opens a sealed token with a password that only Ansible knows', () => {
      start(['lookup'], {
        'k3s_vars.yml': 'clusters: { home: { probe: false, emit: vaulted } }\n',
        'site.yml': playbook(debug("{{ lookup('k3s_token', 'home') }}")),
      })
      expect(project.run(LAUNCHER, ['--list']).status).toBe(0)
      const token = reveal()
      project.write('ansible.cfg', `[defaults]\nlookup_plugins = ${join(PLUGINS, 'lookup')}\n`)
      const opened = play({}, '--vault-id', 'any@.vault_password', '--limit', 's1')
      expect(messagesOf(opened.stdout)).toEqual([token])

      const sealed = play({}, '--limit', 's1')
      expect(sealed.status).toBe(2)
      expect(saidBy(sealed)).toContain('no vault password of this run opens the token')
      expect(saidBy(sealed)).toContain('hint: name the right one with --vault-id')
    })

    test('fails with our message and hint, and mints nothing', () => {
      start(['lookup'], {
        'site.yml': failing({
          "'hone'": 'did you mean home?',
          '': 'no cluster is named',
          [`'${JINJA_TOKEN.slice(0, 3)}'`]: 'has no cluster of this name',
          "'home', format='secure'": 'no CA of cluster home is known',
          "'home', kind='bootstrap'": 'kind',
        }),
      })
      expect(play({}, '--limit', 's1')).toMatchObject({ status: 0 })
      expect(existsSync(project.path('k3s_tokens'))).toBe(false)
    })

    test('refuses what is no answer of its own program, and quotes nothing of it', () => {
      const bodies = [
        "echo '{ CanaryToken'",
        `echo '["CanaryToken"]'`,
        `echo '{"schema": 1, "x": {"__ansible_unsafe": ["CanaryToken"]'`,
        `echo '{"schema": 2, "CanaryToken": "CanaryToken"}'`,
        'echo CanaryToken; echo CanaryToken >&2; exit 3',
      ]
      start(['lookup'])
      const programs = bodies.map((body, index) =>
        project.write(`bin/broken${index}`, `#!/bin/sh\n${body}\n`, 0o700),
      )
      const calls = programs.map((file) => [
        `'home', executable='${file}'`,
        'k3s_vars: the program ',
      ])
      project.write('site.yml', failing(Object.fromEntries(calls) as Record<string, string>))
      const outcome = play({}, '--limit', 's1', '-vvv')
      expect(outcome.status).toBe(0)
      expect(saidBy(outcome)).not.toContain('CanaryToken')
    })
  })

  describe('the vars plugin', () => {
    test('runs the program once, and the lookup asks no more', () => {
      const all = "{{ token }}|{{ sum }}|{{ lookup('k3s_token', 'home') }}|{{ token is string }}"
      start(['lookup', 'vars'], {
        'k3s_vars.yml': 'clusters: { home: { probe: false, vars: { sum: "{{ 1 + 1 }}" } } }\n',
        'site.yml': playbook(debug(all), debug(all)),
        'group_vars/all.yml': 'token: another\n',
      })
      importToken(JINJA_TOKEN)
      const outcome = play(counted())
      expect(outcome).toMatchObject({ status: 0, stderr: '' })
      expect(runs()).toEqual(['--plugins'])
      const line = `${JINJA_TOKEN}|2|${JINJA_TOKEN}|True`
      expect(messagesOf(outcome.stdout)).toEqual(Array.from({ length: 6 }, () => line))
    })

    test('gives each side its own token, and host variables where the hosts are configured', () => {
      start(['vars'], {
        'k3s_vars.yml':
          'clusters: { home: { probe: false, agent_token: true, hosts: { server: [s1], agent: { a1: { rack: 7 } } } } }\n',
        'site.yml': playbook(
          debug(
            "{{ token }}|{{ (server_config_yaml | default('{}') | from_yaml)['agent-token'] | default('none') }}|{{ rack | default(0) }}",
          ),
        ),
      })
      const { status, stdout } = play({}, '--limit', 's1,a1')
      expect(status).toBe(0)
      const [server, agent] = [reveal(), reveal('--kind', 'agent')]
      expect(messagesOf(stdout).sort()).toEqual([`${server}|${agent}|0`, `${agent}|none|7`].sort())
    })

    test('at the stage inventory it loses to group_vars/all, and is not run by tasks', () => {
      start(['vars'], {
        'site.yml': playbook(debug('{{ token }}')),
        'group_vars/all.yml': 'token: another\n',
      })
      const { stdout } = play({ K3S_VARS_STAGE: 'inventory' }, '--limit', 's1')
      expect(messagesOf(stdout)).toEqual(['another'])
    })

    test('named last in vars_plugins_enabled, it beats group_vars of any group; not named, it loses to them', () => {
      start(['vars'], {
        'site.yml': playbook(debug('{{ token | length | string }}')),
        'group_vars/k3s_cluster.yml': 'token: another\n',
        'group_vars/server.yml': 'token: another\n',
      })
      const lengthOf = (environment: NodeJS.ProcessEnv): readonly string[] =>
        messagesOf(play(environment, '--limit', 's1').stdout)
      expect(lengthOf({})).toEqual(['7'])
      const last = { ANSIBLE_VARS_ENABLED: 'host_group_vars, k3s_vars' }
      expect(lengthOf(last)).toEqual([isSince(ansible, '2.16') ? '43' : '7'])
      expect(lengthOf({ ANSIBLE_VARS_ENABLED: 'k3s_vars,host_group_vars' })).toEqual(['7'])
    })

    test('takes program and configuration from ansible.cfg, relative to it', () => {
      start(['vars'], { 'site.yml': playbook(debug('{{ token | length | string }}')) })
      project.write(
        'etc/ansible.cfg',
        `[defaults]\nvault_password_file = ../.vault_password\nvars_plugins = ${join(PLUGINS, 'vars')}\n[k3s_vars]\nconfig = prod.yml\nexecutable = ../k3s\n`,
      )
      project.write('etc/prod.yml', WITHOUT_HOSTS)
      project.write('k3s_vars.yml', 'clusters: no\n')
      project.write('k3s', `#!/bin/sh\nexec '${LAUNCHER}' "$@"\n`, 0o700)
      const outcome = play({ ANSIBLE_CONFIG: 'etc/ansible.cfg' }, '--limit', 's1')
      expect(messagesOf(outcome.stdout)).toEqual(['43'])
      expect(readdirSync(project.path('etc/k3s_tokens'))).toEqual(['home.yml'])
    })

    test.each([
      ['a broken configuration', { 'k3s_vars.yml': 'clusters: { home: { rule: x } }\n' }, {}],
      ['no vault password', { 'ansible.cfg': '' }, {}],
      ['a program that is not there', {}, { K3S_VARS_EXECUTABLE: '/nowhere/k3s_vars' }],
    ])('with %s Ansible stops with our error and hint', (_, files, environment) => {
      start(['vars'], { 'site.yml': playbook(debug('{{ token }}')), ...files })
      const paths = { ANSIBLE_VARS_PLUGINS: join(PLUGINS, 'vars') }
      const outcome = play({ ...paths, ...environment })
      expect(outcome.status).toBe(4)
      expect(saidBy(outcome)).toMatch(/k3s_vars: .+ hint: /)
      expect(outcome.stdout).not.toContain('TASK')
      expect(existsSync(project.path('k3s_tokens'))).toBe(false)
    })
  })

  test('ansible-doc shows both', () => {
    start(['lookup', 'vars'])
    const doc = (...args: string[]): Outcome =>
      project.run(join(ansible.bin, 'ansible-doc'), [...args, '--json'])
    for (const [kind, name] of [
      ['lookup', 'k3s_token'],
      ['vars', 'k3s_vars'],
    ] as const) {
      const { status, stdout } = doc('-t', kind, name)
      expect(status).toBe(0)
      const { options } = (JSON.parse(stdout) as Record<string, { doc: { options: object } }>)[
        name
      ]!.doc
      expect(Object.keys(options)).toEqual(
        expect.arrayContaining(['executable', 'config', kind === 'vars' ? 'stage' : 'kind']),
      )
    }
  })

  test('nothing else in the folder of the plugins is taken for a host', () => {
    start([], { 'k3s_vars.yml': 'clusters: { home: { probe: false, hosts: { server: [s1] } } }\n' })
    const hosts = project.run(join(ansible.bin, 'ansible'), ['all', '-i', PLUGINS, '--list-hosts'])
    expect(hosts.stdout).toBe('  hosts (1):\n    s1\n')
    const strict = project.run(
      join(ansible.bin, 'ansible'),
      ['all', '-i', PLUGINS, '--list-hosts'],
      {
        environment: { ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: 'True' },
      },
    )
    expect(strict.status).not.toBe(0)
  })
})
