// What `check` says where a token shares its variable with settings of the user, and of hosts in two clusters.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findAnsible } from '../support/ansible.js'
import { runCli } from '../support/cli.js'
import { LAUNCHER, Project } from '../support/project.js'

const ansible = findAnsible().at(-1)
const each = ansible === undefined ? describe.skip : describe

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

interface Found {
  readonly rule: string
  readonly severity: string
  readonly message: string
  readonly place?: { readonly file: string; readonly line?: number; readonly key?: string }
}

function check(...sources: readonly string[]): readonly Found[] {
  for (const [name] of config.matchAll(/(?<=^ {2})\w+(?=:)/gm)) {
    expect(runCli(project, ['token', 'new', name, '--yes', '--assume-new'])).toMatchObject({
      status: 0,
    })
  }
  return checkMinted(...sources)
}

function checkMinted(...sources: readonly string[]): readonly Found[] {
  const environment = { PATH: `${ansible!.bin}:${process.env['PATH']}` }
  const args = ['check', '--json', ...[...sources, LAUNCHER].flatMap((source) => ['-i', source])]
  const { stdout, stderr } = runCli(project, args, { environment })
  expect(stderr).toBe('')
  return (JSON.parse(stdout) as { findings: readonly Found[] }).findings
}

let config = ''
function write(text: string, files: Readonly<Record<string, string>>): void {
  config = text
  project.write('k3s_vars.yml', text)
  for (const [name, content] of Object.entries(files)) project.write(name, content)
}

const RKE2 = `rke2_cluster:
  children: { rke2_servers: { hosts: { s1: } }, rke2_agents: { hosts: { a1: } } }
`

each('with the newest ansible-core, check', () => {
  test('finds nothing where the settings stand beside the token in our configuration', () => {
    write(
      `clusters:
  home:
    role: rke2-ansible
    agent_token: true
    vars: { cluster_rke2_config: { cni: cilium }, host_rke2_config: { debug: true } }
`,
      { 'inventory.yml': RKE2 },
    )
    expect(check('inventory.yml')).toEqual([])
  })

  test('names the file whose dictionary takes the place of ours', () => {
    write('clusters:\n  home:\n    role: rke2-ansible\n', {
      'inventory.yml': RKE2,
      'group_vars/rke2_cluster.yml': 'cluster_rke2_config: { cni: cilium }\n',
    })
    expect(check('inventory.yml')).toMatchObject([
      {
        rule: 'dictionary-replaced',
        severity: 'error',
        message: expect.stringMatching(/^s1, a1: cluster_rke2_config .* no token/),
        place: { file: project.path('group_vars/rke2_cluster.yml'), key: 'cluster_rke2_config' },
      },
    ])
  })

  test('names the keys that ours hides, and their file', () => {
    write(
      `clusters:
  home:
    role: rke2-ansible
    level: host
    hosts: { server: [s1], agent: [a1] }
`,
      {
        'group_vars/rke2_servers.yml':
          'cluster_rke2_config: { cni: cilium, disable: [x], token: x }\n',
      },
    )
    const found = check()
    expect(found).toMatchObject([
      {
        rule: 'settings-hidden',
        severity: 'error',
        message: expect.stringMatching(/^s1: .* loses cni, disable, /),
        place: { file: project.path('group_vars/rke2_servers.yml'), line: 1 },
      },
    ])
  })

  test('names the keys of another inventory that ours hides', () => {
    write('clusters:\n  home:\n    role: rke2-ansible\n', {
      'inventory.yml': `${RKE2}  vars: { cluster_rke2_config: { cni: cilium } }\n`,
    })
    expect(check('inventory.yml')).toMatchObject([
      {
        rule: 'settings-hidden',
        severity: 'error',
        message: expect.stringMatching(/^s1, a1: .* loses cni, /),
        place: { file: project.path('inventory.yml'), line: 3 },
      },
    ])
  })

  test("names the keys of k3s-io's text that ours hides, and no value of them", () => {
    write('clusters:\n  home:\n    agent_token: true\n', {
      'inventory.yml': `k3s_cluster:
  children: { server: { hosts: { s1: } }, agent: { hosts: { a1: } } }
  vars:
    server_config_yaml: |
      datastore-endpoint: postgres://user:canary8f3a@db/k3s
      disable:
        - traefik
`,
    })
    const [hidden, ...more] = check('inventory.yml')
    expect(hidden).toMatchObject({
      rule: 'settings-hidden',
      severity: 'error',
      message: expect.stringMatching(
        /^s1: .* server_config_yaml, which loses datastore-endpoint, disable, /,
      ),
      place: { file: project.path('inventory.yml'), line: 4 },
    })
    expect(JSON.stringify(hidden)).not.toContain('canary8f3a')
    expect(more).toEqual([])
  })

  test('tells of a data-dir that the role would forget, and hands ours out beside the token', () => {
    const config = (vars: string): string =>
      `clusters:\n  home:\n    role: rke2-ansible\n    agent_token: true\n${vars}`
    write(config(''), {
      'inventory.yml': RKE2,
      'group_vars/rke2_cluster.yml': 'cluster_rke2_config: { data-dir: /data/rke2 }\n',
    })
    expect(check('inventory.yml')).toMatchObject([
      {
        rule: 'key-not-kept',
        severity: 'error',
        message: expect.stringMatching(/^s1, a1: the role reads data-dir from host_rke2_config/),
      },
    ])
    project.write('group_vars/rke2_cluster.yml', '{}\n')
    project.write(
      'k3s_vars.yml',
      config('    vars: { cluster_rke2_config: { data-dir: /data/rke2 } }\n'),
    )
    expect(checkMinted('inventory.yml')).toEqual([])
  })

  test('tells of a role that does not read the token with one server, wherever the hosts come from', () => {
    const master = (...names: readonly string[]): string =>
      `[master]\n${names.join('\n')}\n[node]\na1\n[k3s_cluster:children]\nmaster\nnode\n`
    write('clusters:\n  home:\n    role: timothystewart6\n', { 'hosts.ini': master('m1') })
    expect(check('hosts.ini')).toMatchObject([{ rule: 'token-not-read', severity: 'error' }])
    const input = 'theTokenThatK3sHasMadeOfItsOwn'
    const adopt = ['token', 'import', 'home', '--replace', '--stdin']
    expect(runCli(project, adopt, { input })).toMatchObject({ status: 0 })
    expect(checkMinted('hosts.ini')).toEqual([])
    project.write('hosts.ini', master('m1', 'm2'))
    expect(checkMinted('hosts.ini')).toEqual([])
  })

  test('names the file whose YAML text has no agent token', () => {
    write('clusters:\n  home:\n    agent_token: true\n    hosts: { server: [s1] }\n', {
      'group_vars/server.yml': 'server_config_yaml: |\n  disable: traefik\n',
    })
    expect(check()).toMatchObject([
      {
        rule: 'text-replaced',
        severity: 'error',
        message: expect.stringMatching(/^s1: server_config_yaml .* no agent-token/),
        place: { file: project.path('group_vars/server.yml') },
      },
    ])
  })

  test('names both clusters of a host that has two tokens', () => {
    write('clusters:\n  north:\n  south:\n', {
      'inventory.yml': `north: { children: { north_server: { hosts: { h1: , h2: } } } }
south: { children: { south_server: { hosts: { h2: , h3: } } } }
`,
    })
    const found = check('inventory.yml').find(({ rule }) => rule === 'host-in-two-clusters')
    expect(found).toMatchObject({ severity: 'error', cluster: 'south' })
    expect(found!.message).toMatch(/^h2 is in the groups of north, too/)
  })
})
