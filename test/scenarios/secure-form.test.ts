// `form: secure`: tokens are handed out with the CA that the document keeps in front of them, by every way, and else not at all.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { describeEachAnsible, describeNewestAnsible } from '../support/each-ansible.js'
import { messagesOf, saidBy } from '../support/messages.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const PLUGINS = resolve(LAUNCHER, '..')
const SERVER = 'Zq7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jcQeUaWo3tX2v'
const AGENT = 'Mb5rYc8dHk2nPs9tVw3xZa6eFg1jLq4uRi7oTy0pBz'
const CA = '0123456789abcdef'.repeat(4)
const OTHER_CA = 'f123456789abcdef'.repeat(4)
const SECURE = { server: `K10${CA}::server:${SERVER}`, agent: `K10${CA}::node:${AGENT}` }

const HOSTS = 'hosts: { server: [s1], agent: [a1] }'
const SHARED = `clusters: { home: { probe: false, form: secure, ${HOSTS} } }\n`
const SEPARATE = SHARED.replace('probe', 'agent_token: true, probe')
const CFG = `[defaults]
vault_password_file = .vault_password
lookup_plugins = ${join(PLUGINS, 'lookup')}
vars_plugins = ${join(PLUGINS, 'vars')}
`

let project: Project
beforeEach(() => {
  project = new Project({ 'k3s_vars.yml': SEPARATE, 'ansible.cfg': CFG })
})
afterEach(() => project.remove())

function cli(...args: readonly string[]): Outcome {
  return runCli(project, args)
}

function adopt(server = SECURE.server): void {
  project.write('server', server)
  project.write('agent', AGENT)
  const files = ['--file', 'server', '--agent-file', 'agent']
  expect(cli('token', 'import', 'home', ...files, '--offline')).toMatchObject({ status: 0 })
}

function list(): Record<string, { vars: Record<string, unknown> }> {
  const { status, stdout, stderr } = project.run(LAUNCHER, ['--list'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout) as ReturnType<typeof list>
}

const unsafe = (text: string): unknown => ({ __ansible_unsafe: text })

describe('the inventory source', () => {
  test('hands servers and agents their own, with the CA in front', () => {
    adopt()
    const { server, agent } = list()
    expect(server!.vars).toMatchObject({
      token: unsafe(SECURE.server),
      k3s_agent_token: unsafe(SECURE.agent),
    })
    expect(agent!.vars).toEqual({ token: unsafe(SECURE.agent) })
  })

  test('hands agents without a token of their own that of the servers', () => {
    adopt()
    project.write('k3s_vars.yml', SHARED)
    expect(list()['k3s_cluster']!.vars['token']).toEqual(unsafe(SECURE.server))
  })

  test.each([[['--list']], [['--plugins']]])(
    '%j: a document without a CA stops with the way to one',
    (args) => {
      adopt(SERVER)
      const { status, stdout, stderr } = project.run(LAUNCHER, args)
      expect({ status, stdout }).toEqual({ status: 7, stdout: '' })
      expect(stderr).toContain('no CA of cluster home is known')
      expect(stderr).toContain('(K3SV_CLUSTER_CA)')
      expect(stderr).toContain('k3s-vars verify home --pin')
      expect(stderr).toContain('k3s-vars ca new home')
    },
  )

  test('makes no token that could not be handed out', () => {
    const { status, stdout, stderr } = project.run(LAUNCHER, ['--list'])
    expect({ status, stdout }).toEqual({ status: 7, stdout: '' })
    expect(stderr).toContain('(K3SV_CLUSTER_CA)')
    expect(existsSync(project.path('k3s_tokens'))).toBe(false)
  })

  test('believes no CA of a document that nobody has bound', () => {
    adopt()
    const file = project.path('k3s_tokens/home.yml')
    const unbound = readFileSync(file, 'utf8').replace(/^ {2}(?:binding|origin):.*\n/gm, '')
    project.write('k3s_tokens/home.yml', unbound)
    const { status, stdout, stderr } = project.run(LAUNCHER, ['--list'])
    expect({ status, stdout }).toEqual({ status: 7, stdout: '' })
    expect(stderr).toContain('not bound')
    expect(stderr).toContain('k3s-vars token bind home')
  })

  test('never hands out a CA that somebody else put into the document', () => {
    adopt()
    const file = project.path('k3s_tokens/home.yml')
    project.write('k3s_tokens/home.yml', readFileSync(file, 'utf8').replace(CA, OTHER_CA))
    const { status, stdout, stderr } = project.run(LAUNCHER, ['--list'])
    expect({ status, stdout }).toEqual({ status: 5, stdout: '' })
    expect(stderr).toContain('(K3SV_STORE_BINDING)')
  })
})

describe('the command line', () => {
  test('writes the secure form into extra vars and group_vars, and tells when the CA changed', () => {
    adopt()
    expect(JSON.parse(cli('extra-vars', '--side', 'agent').stdout)).toMatchObject({
      token: unsafe(SECURE.agent),
    })
    expect(cli('group-vars', 'write').status).toBe(0)
    expect(cli('vault', 'view', 'group_vars/agent/k3s_vars.yml').stdout).toContain(SECURE.agent)
    expect(cli('group-vars', 'write', '--check').status).toBe(0)
    project.write('server', SECURE.server.replace(CA, OTHER_CA))
    expect(
      cli('token', 'import', 'home', '--file', 'server', '--offline', '--replace').status,
    ).toBe(0)
    const drift = cli('group-vars', 'write', '--check')
    expect(drift.status).toBe(8)
    expect(drift.stdout).toContain('differs from the store')
  })

  test('shows the token alone unless it is asked for the other form, and no CA but the kept one', () => {
    adopt()
    const reveal = (...more: string[]): Outcome => cli('token', 'show', 'home', '--reveal', ...more)
    expect(reveal().stdout).toBe(`${SERVER}\n`)
    expect(reveal('--format', 'secure').stdout).toBe(`${SECURE.server}\n`)
    expect(reveal('--format', 'secure', '--kind', 'agent').stdout).toBe(`${SECURE.agent}\n`)
    expect(reveal('--format', 'secure', '--ca-hash', CA).stdout).toBe(`${SECURE.server}\n`)
    const other = reveal('--format', 'secure', '--ca-hash', OTHER_CA)
    expect(other).toMatchObject({ status: 7, stdout: '' })
    expect(other.stderr).toContain('(K3SV_CLUSTER_PIN)')
  })

  test('refuses it beside emit: vaulted, which opens nothing', () => {
    project.write('k3s_vars.yml', SHARED.replace('probe', 'emit: vaulted, probe'))
    const { status, stdout, stderr } = project.run(LAUNCHER, ['--list'])
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toMatch(/form secure .*\(clusters\.home\.form\).*\(K3SV_CONFIG_COMBINATION\)/)
  })

  test('refuses it for a role that cuts what it gets at colons', () => {
    adopt()
    const custom = `role: custom, custom: { variables: { cluster: { my: server } }, files: [{ side: server, file: /x, encoding: cut-at-colons }] }`
    project.write('k3s_vars.yml', SHARED.replace('probe', `${custom}, probe`))
    const { status, stdout, stderr } = project.run(LAUNCHER, ['--list'])
    expect({ status, stdout }).toEqual({ status: 4, stdout: '' })
    expect(stderr).toContain('cut-at-colons/colon')
    expect(stderr).toContain('form: short')
  })
})

describeEachAnsible((ansible) => {
  const program = (name: string): string => join(ansible.bin, name)

  test('every host of a play gets it, by source, vars plugin and lookup', () => {
    adopt()
    project.write(
      'k3s_vars.yml',
      'clusters: { home: { form: secure, agent_token: true, probe: false } }\n',
    )
    project.write(
      'inventory.yml',
      'k3s_cluster: { vars: { ansible_connection: local }, children: { server: { hosts: { s1: } }, agent: { hosts: { a1: } } } }\n',
    )
    const texts = [
      '{{ token }}',
      "{{ lookup('k3s_token', 'home', kind='agent') }}",
      "{{ lookup('k3s_token', 'home', format='short') }}",
    ]
    const tasks = texts.map((msg) => `    - debug: { msg: "${msg}" }\n`).join('')
    project.write('site.yml', `- hosts: a1\n  gather_facts: false\n  tasks:\n${tasks}`)
    const { status, stdout } = project.run(program('ansible-playbook'), [
      ...['-i', 'inventory.yml', 'site.yml'],
    ])
    expect({ status, said: messagesOf(stdout) }).toEqual({
      status: 0,
      said: [SECURE.agent, SECURE.agent, SERVER],
    })
  })

  test('a lookup with another CA than the kept one fails', () => {
    adopt()
    project.write(
      'site.yml',
      `- hosts: localhost
  gather_facts: false
  tasks:
    - debug: { msg: "{{ lookup('k3s_token', 'home', format='secure', ca_hash='${OTHER_CA}') }}" }
`,
    )
    const outcome = project.run(program('ansible-playbook'), ['site.yml'])
    expect(outcome.status).toBe(2)
    expect(saidBy(outcome)).toContain('(K3SV_CLUSTER_PIN)')
  })
})

describeNewestAnsible((ansible) => {
  test('check finds nothing wrong with it, and the token alone where somebody else sets it', () => {
    adopt()
    const check = (): Outcome =>
      runCli(project, ['check', '-i', LAUNCHER, '-i', 'more.yml', '--offline'], {
        environment: { PATH: `${ansible.bin}:${process.env['PATH']}` },
      })
    project.write('more.yml', 'all: { hosts: {} }\n')
    project.write(
      'ansible.cfg',
      '[defaults]\nvault_password_file = .vault_password\n[inventory]\nany_unparsed_is_failed = true\n',
    )
    expect(check().stdout).toContain('1 cluster checked: no findings')
    project.write('more.yml', `agent: { hosts: { a1: { token: ${SECURE.agent} } } }\n`)
    expect(check().stdout).toContain('1 cluster checked: no findings')
    project.write('more.yml', `agent: { hosts: { a1: { token: ${AGENT} } } }\n`)
    const found = check()
    expect(found.stdout).toContain('(host-with-short-form)')
    expect(found.stdout).not.toContain(AGENT)
  })

  test('check names a cluster that could hand out nothing', () => {
    adopt(SERVER)
    const { status, stdout } = runCli(project, ['check', '--offline'], {
      environment: { PATH: `${ansible.bin}:${process.env['PATH']}` },
    })
    expect(status).toBe(8)
    expect(stdout).toContain('(K3SV_CLUSTER_CA)')
  })
})
