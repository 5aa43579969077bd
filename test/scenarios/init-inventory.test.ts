// `init` and `token import --from-inventory` in projects that have a token already, several vault ids, odd groups, or too little.
import { mkdirSync, readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { runOnTerminal } from '../support/terminal.js'

const TOKEN = 'Znegq8Xw0kS5c2Qm7Lr4Tb1Vh6Yd3Pf9'
const OTHER = 'Rr4Tb1Vh6Yd3Pf9Znegq8Xw0kS5c2Qm7'

const HOSTS = `[server]
127.17.0.1
127.17.0.2
[agent]
127.17.0.3
[k3s_cluster:children]
server
agent
`
const CFG = '[defaults]\ninventory = hosts.ini\nvault_password_file = .vault_password\n'

type Files = Readonly<Record<string, string>>

let project: Project
let folder: string
beforeEach(() => {
  project = new Project()
  folder = project.path('project')
})
afterEach(() => project.remove())

function write(files: Files): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) project.write(`project/${name}`, text)
}

describeNewestAnsible(({ bin, vault }) => {
  const environment = { PATH: `${bin}${delimiter}${process.env['PATH']}` }
  const run = (...args: readonly string[]): Outcome =>
    runCli(project, args, { cwd: folder, environment })

  /** Sealed by Ansible itself, as a value in YAML. */
  const seal = (name: string, text: string, ...options: readonly string[]): string => {
    const args = ['encrypt_string', ...options, '--stdin-name', name]
    const { status, stdout } = project.run(vault, args, {
      cwd: folder,
      environment,
      input: text,
    })
    expect(status).toBe(0)
    return stdout
  }

  /** What is left to do, each on one line. */
  const next = ({ stdout }: Outcome): string =>
    (stdout.split('\nnext:\n')[1] ?? '').replace(/\n {5}(?=\S)/g, ' ')

  describe('a token that is there already', () => {
    test.each<[string, Files, RegExp]>([
      [
        'in the clear, in the inventory',
        { 'hosts.ini': `${HOSTS}[k3s_cluster:vars]\ntoken=${TOKEN}\n` },
        /token in hosts\.ini:10 \(a token in the clear\)/,
      ],
      [
        'in the clear, behind another name, in two files',
        {
          'group_vars/server.yml': `token: '{{ our_token }}'\n`,
          'group_vars/agent.yml': `token: '{{ our_token }}'\n`,
          'group_vars/all.yml': `our_token: ${TOKEN}\n`,
        },
        /token in group_vars\/server\.yml:1 \(a token in the clear\); token in group_vars\/agent\.yml:1/,
      ],
    ])('%s: is imported first, by a command that works', (_title, files, expected) => {
      write({ 'ansible.cfg': CFG, 'hosts.ini': HOSTS, '.vault_password': 'x\n', ...files })
      const said = next(run('init'))
      expect(said).toMatch(expected)
      expect(said).not.toContain(TOKEN)
      expect(said).not.toContain('token new')
      expect(said).toContain('\n       k3s-vars token import prod --from-inventory\n')
      expect(run('token', 'import', 'prod', '--from-inventory')).toMatchObject({ status: 0 })
      expect(run('token', 'show', '--reveal').stdout).toBe(`${TOKEN}\n`)
      const again = next(run('init'))
      expect(again).toMatch(/take token out of \S+ \(a token in the clear\): a play without/)
      expect(again).not.toContain('token import')
    })

    test('vaulted, of one of two vault ids, which seals ours, too', () => {
      write({
        'ansible.cfg':
          '[defaults]\ninventory = hosts.ini\nvault_identity_list = dev@dev, ops@ops\n',
        'hosts.ini': HOSTS,
        dev: 'password of dev\n',
        ops: 'password of ops\n',
      })
      const sealed = seal('token', TOKEN, '--encrypt-vault-id', 'ops')
      write({ 'group_vars/k3s_cluster.yml': `---\n${sealed}` })
      const said = run('init')
      expect(said).toMatchObject({ status: 0, stderr: '' })
      expect(said.stdout).toMatch(/^vault id: +ops, of dev, ops$/m)
      expect(next(said)).toContain(
        'token in group_vars/k3s_cluster.yml:2 (a vaulted token of vault id ops)',
      )
      expect(readFileSync(`${folder}/k3s_vars.yml`, 'utf8')).toContain('    vault_id: "ops" ')
      expect(run('token', 'import', 'prod', '--from-inventory')).toMatchObject({ status: 0 })
      expect(run('token', 'show', '--reveal').stdout).toBe(`${TOKEN}\n`)
      expect(readFileSync(`${folder}/k3s_tokens/prod.yml`, 'utf8')).toContain(';AES256;ops')
    })

    test('behind another name, in a file that is sealed as a whole, is called vaulted', () => {
      write({
        'ansible.cfg':
          '[defaults]\ninventory = hosts.ini\nvault_identity_list = staging@dev, ops@ops\n',
        'hosts.ini': HOSTS,
        dev: 'password of dev\n',
        ops: 'password of ops\n',
        'group_vars/k3s_cluster/main.yml': "token: '{{ vault_token }}'\n",
        'group_vars/k3s_cluster/vault.yml': `vault_token: ${TOKEN}\n`,
      })
      const file = 'group_vars/k3s_cluster/vault.yml'
      const args = ['encrypt', '--encrypt-vault-id', 'ops', file]
      expect(project.run(vault, args, { cwd: folder, environment }).status).toBe(0)
      const said = run('init')
      expect(said.stderr).toBe('')
      expect(said.stdout).toContain('group_vars/k3s_cluster/main.yml:1 (vaulted)')
      expect(said.stdout).toMatch(/^vault id: +ops, of staging, ops$/m)
      const left = next(said).replace(/\s+/g, ' ')
      expect(left).toContain('(a vaulted token of vault id ops)')
      // The password of another stage opens no token of this one.
      expect(left).toMatch(/keep a copy of ops in/)
      expect(run('token', 'import', 'prod', '--from-inventory')).toMatchObject({ status: 0 })
      expect(run('token', 'show', '--reveal').stdout).toBe(`${TOKEN}\n`)
    })

    test('that differs from host to host is not taken, and both places are named', () => {
      write({
        'ansible.cfg': CFG,
        'hosts.ini': HOSTS,
        '.vault_password': 'x\n',
        'group_vars/server.yml': `token: ${TOKEN}\n`,
        'group_vars/agent.yml': `token: ${OTHER}\n`,
      })
      expect(run('init').status).toBe(0)
      const outcome = run('token', 'import', 'prod', '--from-inventory')
      expect(outcome).toMatchObject({ status: 4, stdout: '' })
      expect(outcome.stderr).toMatch(
        /127\.17\.0\.3 has another one than 127\.17\.0\.1, unlike in .*group_vars\/server\.yml:1 \[.*group_vars\/agent\.yml:1/,
      )
      expect(outcome.stderr).not.toContain(OTHER)
    })

    test.each<[string, string, RegExp]>([
      ['a template', `token: "{{ lookup('env', 'X') }}"\n`, /token of the inventory is a template/],
      ['a number', 'token: 12345678901234567890\n', /token of the inventory is no text/],
      ['a sample', 'token: changeme!\n', /rule sample/],
      ['nothing', 'other: x\n', /no host of the group k3s_cluster has a value for token/],
    ])('%s is not taken', (_title, text, expected) => {
      write({ 'ansible.cfg': CFG, 'hosts.ini': HOSTS, '.vault_password': 'x\n' })
      write({ 'group_vars/all.yml': text })
      expect(run('init').status).toBe(0)
      const outcome = run('token', 'import', 'prod', '--from-inventory')
      expect(outcome).toMatchObject({ status: 4, stdout: '' })
      expect(outcome.stderr).toMatch(expected)
    })

    test('is not taken from our own plugin', () => {
      write({ 'ansible.cfg': CFG, 'hosts.ini': HOSTS, '.vault_password': 'x\n' })
      expect(run('init').status).toBe(0)
      const plugins = LAUNCHER.replace('/k3s_vars', '/vars')
      const enabled = `vars_plugins = ${plugins}\nvars_plugins_enabled = host_group_vars, k3s_vars\n`
      write({ 'ansible.cfg': CFG + enabled })
      const outcome = run('token', 'import', 'prod', '--from-inventory')
      expect(outcome).toMatchObject({ status: 4, stdout: '' })
      expect(outcome.stderr).toContain('has a value for token')
    })
  })

  describe('what is not clear stops, and nothing is written', () => {
    const stops = (files: Files, args: readonly string[], expected: RegExp): void => {
      write(files)
      const outcome = run('init', ...args)
      expect(outcome).toMatchObject({ status: 2, stdout: '' })
      expect(outcome.stderr).toMatch(expected)
      expect(project.run('ls', ['-A'], { cwd: folder }).stdout.trim().split('\n').sort()).toEqual(
        [...new Set(Object.keys(files).map((name) => name.split('/')[0]))].sort(),
      )
    }

    test.each<[string, Files, readonly string[], RegExp]>([
      [
        'an inventory of no role',
        { 'hosts.ini': '[web]\n127.17.0.1\n' },
        [],
        /made for no role that is known; its groups: web .*\nhint: .*--role k3s-io or /,
      ],
      [
        'several inventories',
        { 'hosts.ini': HOSTS, 'inventories/prod/hosts.yml': 'all: {}\n' },
        [],
        /several inventories lie here: hosts\.ini, inventories\/prod\/hosts\.yml .*\nhint: .*-i hosts\.ini/,
      ],
      [
        'an inventory that ansible.cfg names and nobody made',
        { 'ansible.cfg': CFG, 'hosts-sample.ini': HOSTS },
        [],
        /the inventory that ansible\.cfg names is not there \[.*hosts\.ini\] .*\nhint: make it, from hosts-sample\.ini;/,
      ],
      [
        'several vault ids',
        {
          'ansible.cfg': '[defaults]\ninventory = hosts.ini\nvault_identity_list = a@a, b@b\n',
          'hosts.ini': HOSTS,
          a: 'x',
          b: 'y',
        },
        [],
        /several vault ids could seal: a, b .*\nhint: name one: --vault-id a/,
      ],
      [
        'a vault id that has no password',
        { 'ansible.cfg': CFG, 'hosts.ini': HOSTS, '.vault_password': 'x' },
        ['--vault-id', 'ops'],
        /the vault id of --vault-id has no password here; there are passwords for: default/,
      ],
      [
        'another cluster than the configuration has',
        { 'k3s_vars.yml': 'clusters: { edge: {} }\n', 'hosts.ini': HOSTS, 'ansible.cfg': CFG },
        ['--cluster', 'prod'],
        /the configuration that is there says nothing of that --cluster/,
      ],
    ])('%s', (_title, files, args, expected) => stops(files, args, expected))

    test.each<[string, Files, RegExp]>([
      [
        'vault passwords that the team did not hand out yet',
        {
          'ansible.cfg': '[defaults]\ninventory = hosts.ini\nvault_identity_list = a@a, b@b\n',
          'hosts.ini': HOSTS,
        },
        /vault password file .*\/a .* is missing/,
      ],
      [
        'a vault password that is missing, though something is sealed with it',
        {
          'ansible.cfg': CFG,
          'hosts.ini': HOSTS,
          'group_vars/all.yml': 'x: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3031\n',
        },
        /vault password file .*\.vault_password .* is missing/,
      ],
    ])('%s', (_title, files, expected) => {
      write(files)
      const outcome = run('init')
      expect(outcome).toMatchObject({ status: 6, stdout: '' })
      expect(outcome.stderr).toMatch(expected)
      expect(outcome.stderr).toContain('hint: bring it back')
    })

    test('an inventory that Ansible cannot read', () => {
      write({ 'ansible.cfg': CFG, 'hosts.ini': '[server\n' })
      const outcome = run('init')
      expect(outcome).toMatchObject({ status: 7, stdout: '' })
      expect(outcome.stderr).toContain('(K3SV_CLUSTER_ANSIBLE)')
    })
  })

  test('no source and no plugin of ours is run, and nothing is minted', () => {
    const canary = project.write(
      'plugins/k3s_vars',
      '#!/bin/sh\ntouch "$0.ran"\necho "{}"\n',
      0o700,
    )
    write({
      'hosts.ini': HOSTS,
      'k3s_vars.yml': 'clusters: { prod: {} }\n',
      '.vault_password': 'x',
    })
    const plugins = LAUNCHER.replace('/k3s_vars', '/vars')
    write({
      'ansible.cfg': `${CFG.replace('hosts.ini', `hosts.ini, ${canary}`)}vars_plugins = ${plugins}\n`,
    })
    expect(run('init')).toMatchObject({ status: 0, stderr: '' })
    const left = project.run('find', [
      project.folder,
      '-name',
      '*.ran',
      '-o',
      '-name',
      'k3s_tokens',
    ])
    expect(left.stdout).toBe('')
  })

  test('groups of other names and an inventory beside the project, by -i', () => {
    write({ 'site.yml': '- hosts: all\n' })
    project.write(
      'elsewhere/hosts.ini',
      `[control]\n127.17.0.1\n[compute]\n127.17.0.2\n[cluster_x:children]\ncontrol\ncompute\n[cluster_x:vars]\nrke2_cluster_group_name=cluster_x\nrke2_servers_group_name=control\nrke2_agents_group_name=compute\n`,
    )
    const said = run('init', '-i', '../elsewhere/hosts.ini', '--cluster', 'x1')
    expect(said).toMatchObject({ status: 0, stderr: '' })
    const config = readFileSync(`${folder}/k3s_vars.yml`, 'utf8')
    expect(config).toContain(
      '  x1:\n    role: lablabs # the Ansible role that reads the token\n    # The hosts are those of your inventory, by its groups.\n    groups: # as the inventory names them\n      cluster: "cluster_x"\n      server: "control"\n      agent: "compute"\n',
    )
    expect(readFileSync(`${folder}/ansible.cfg`, 'utf8')).toContain(
      'inventory = ../elsewhere/hosts.ini\n',
    )
    expect(next(said)).toContain('ansible-playbook site.yml\n')
  })

  test('the ansible.cfg at home is no longer used, and what it says is named', () => {
    write({ 'hosts.ini': HOSTS })
    project.write(
      'home/.ansible.cfg',
      '[defaults]\nforks = 50\n[ssh_connection]\npipelining = True\n',
    )
    expect(next(run('init'))).toMatch(
      /ansible\.cfg takes the place of .+\/home\/\.ansible\.cfg here: copy what the project needs of forks, pipelining/,
    )
  })

  test('what a file holds that is sealed as a whole does not leave it', () => {
    const dictionary = `cluster_rke2_config:\n  datastore-endpoint: postgres://u:${OTHER}@db\n`
    write({
      'ansible.cfg': CFG,
      'hosts.ini': HOSTS.replace('k3s_cluster', 'rke2_cluster')
        .replace('[server]', '[rke2_servers]')
        .replace('[agent]', '[rke2_agents]')
        .replace('\nserver\nagent', '\nrke2_servers\nrke2_agents'),
      '.vault_password': 'x\n',
      'group_vars/all.yml': dictionary,
    })
    const file = `${folder}/group_vars/all.yml`
    expect(project.run(vault, ['encrypt', file], { cwd: folder, environment }).status).toBe(0)
    const said = run('init')
    expect(said).toMatchObject({ status: 0, stderr: '' })
    expect(next(said)).toMatch(
      /move datastore-endpoint of cluster_rke2_config from group_vars\/all\.yml .*to vars of prod/,
    )
    expect(said.stdout + readFileSync(`${folder}/k3s_vars.yml`, 'utf8')).not.toContain(OTHER)
  })

  test('a vault password that ansible.cfg names, and that nobody made yet, is made', () => {
    write({ 'ansible.cfg': CFG, 'hosts.ini': HOSTS })
    const said = run('init')
    expect(said).toMatchObject({ status: 0, stderr: '' })
    expect(said.stdout).toContain('created  .vault_password')
    expect(said.stdout).toMatch(/^role: +k3s-io/m)
  })

  test('a terminal is asked what nobody can tell', () => {
    write({ 'ansible.cfg': CFG, 'hosts.ini': '[web]\n127.17.0.1\n', '.vault_password': 'x\n' })
    const outcome = runOnTerminal([LAUNCHER, 'init'], {
      question: 'A name for the cluster [prod]: ',
      typed: 'Edge\nedge\nnonsense\nlablabs\n',
      cwd: folder,
      environment: { ...project.environment, ...environment },
    })
    expect(outcome).toMatchObject({ status: 0, echo: true })
    for (const line of [
      '  use lower-case letters and digits, with dashes and underscores between them\r\n',
      'Which Ansible role installs the cluster? The token is handed to it.\r\n',
      '\n  lablabs          lablabs/ansible-role-rke2\r\n',
      '\nIts short name: ',
    ])
      expect(outcome.shown).toContain(line)
    expect(outcome.shown.match(/it is none of these/g)).toHaveLength(1)
    // All was typed at once: the line ends behind the answers stand further up.
    const lines = outcome.shown.split(/\r?\n|\[prod\]: |name: /)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    const config = readFileSync(`${folder}/k3s_vars.yml`, 'utf8')
    expect(config).toContain('  edge:\n    role: lablabs ')
  })
})
