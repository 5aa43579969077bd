import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findAnsible } from '../support/ansible.js'
import type { Ansible } from '../support/ansible.js'
import { runCli } from '../support/cli.js'
import { describeEachAnsible, describeNewestAnsible } from '../support/each-ansible.js'
import { LAUNCHER, PASSWORD, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const NODE_ONLY = `${process.execPath.replace(/\/[^/]*$/, '')}:/usr/bin:/bin`

interface Finding {
  readonly rule: string
  readonly severity: string
  readonly cluster?: string
  readonly message: string
  readonly place?: { readonly file: string; readonly line?: number }
}

let project: Project
let PATH: string
beforeEach(() => {
  project = new Project()
  PATH = withoutAnsible()
})
afterEach(() => project.remove())

/** The programs that a check needs besides Ansible's. */
function withoutAnsible(): string {
  const bin = project.path('bin')
  project.write('bin/.keep', '')
  for (const program of ['node', 'sh', 'readlink']) {
    const found = NODE_ONLY.split(':')
      .map((folder) => `${folder}/${program}`)
      .find(existsSync)
    if (found !== undefined) symlinkSync(found, `${bin}/${program}`)
  }
  return bin
}

function cli(...args: readonly string[]): Outcome {
  return runCli(project, args, { environment: { PATH } })
}

function check(...args: readonly string[]): {
  status: number | null
  findings: readonly Finding[]
} {
  const { status, stdout, stderr } = cli('check', '--json', ...args)
  expect(stderr).toBe('')
  const { findings } = JSON.parse(stdout) as { findings: Finding[] }
  return { status, findings }
}

function mint(...names: readonly string[]): void {
  for (const name of names)
    expect(cli('token', 'new', name, '--yes', '--assume-new').status).toBe(0)
}

/** The findings but for the one that Ansible is missing, as `severity rule`. */
function withoutHosts(): string[] {
  return check()
    .findings.map(({ severity, rule }) => `${severity} ${rule}`)
    .filter((finding) => finding !== 'error K3SV_CLUSTER_ANSIBLE')
}

describe('without Ansible', () => {
  test('a sound project has nothing but the error that its hosts could not be compared', () => {
    mint('home')
    expect(check()).toMatchObject({
      status: 8,
      findings: [{ severity: 'error', rule: 'K3SV_CLUSTER_ANSIBLE' }],
    })
    expect(cli('check').stdout).toMatch(/\n1 cluster checked: 1 error\n$/)
  })

  test('a missing token is no error, and the check makes none', () => {
    expect(withoutHosts()).toEqual(['note K3SV_STORE_ABSENT'])
    expect(existsSync(project.path('k3s_tokens'))).toBe(false)
  })

  test.each<[string, () => void, string[]]>([
    [
      'a missing token that nothing mints',
      () => {
        project.write('k3s_vars.yml', 'clusters: { home: { mint: never } }\n')
      },
      ['error K3SV_STORE_ABSENT'],
    ],
    [
      'another vault password',
      () => {
        mint('home')
        project.write('.vault_password', 'another one, of many words\n')
      },
      ['error K3SV_VAULT_WRONG_PASSWORD'],
    ],
    [
      'no vault password',
      () => {
        mint('home')
        project.write('ansible.cfg', '[defaults]\n')
      },
      ['error K3SV_VAULT_NO_PASSWORD'],
    ],
    [
      'a vault password file that is missing',
      () => {
        mint('home')
        rmSync(project.path('.vault_password'))
      },
      ['error K3SV_VAULT_PASSWORD_SOURCE', 'warn K3SV_VAULT_PASSWORD_SOURCE'],
    ],
    [
      'a vault password that others can read',
      () => {
        mint('home')
        chmodSync(project.path('.vault_password'), 0o644)
      },
      ['warn permissions'],
    ],
    [
      'a damaged document',
      () => {
        mint('home')
        project.write('k3s_tokens/home.yml', 'damaged\n')
      },
      ['error K3SV_STORE_CORRUPT'],
    ],
    [
      'a fingerprint that somebody changed',
      () => {
        mint('home')
        edit('k3s_tokens/home.yml', /fingerprint: "[0-9a-f]{12}"/, 'fingerprint: "0123456789ab"')
      },
      ['error K3SV_STORE_BINDING'],
    ],
    [
      'tokens in the clear',
      () => {
        project.write('k3s_vars.yml', 'clusters: { home: { encrypt: never, probe: false } }\n')
        mint('home')
      },
      ['warn encrypt-never'],
    ],
    [
      'a secret in the clear where it should be sealed',
      () => {
        project.write('k3s_vars.yml', 'clusters: { home: { encrypt: never, probe: false } }\n')
        mint('home')
        project.write('k3s_vars.yml', 'clusters: { home: {} }\n')
      },
      ['error K3SV_STORE_UNSEALED'],
    ],
    [
      'another vault id than configured',
      () => {
        mint('home')
        project.write('k3s_vars.yml', 'clusters: { home: { vault_id: prod } }\n')
      },
      ['warn vault-id'],
    ],
    [
      'an agent token that is missing',
      () => {
        mint('home')
        project.write('k3s_vars.yml', 'clusters: { home: { agent_token: true } }\n')
      },
      ['error K3SV_STORE_ABSENT'],
    ],
    [
      'a store that others can write',
      () => {
        mint('home')
        chmodSync(project.path('k3s_tokens'), 0o770)
      },
      ['warn permissions'],
    ],
    [
      'an adopted token that is weak',
      () => {
        const input = 'aaaabbbbccccdddd'
        expect(runCli(project, ['token', 'import', 'home', '--stdin'], { input }).status).toBe(0)
      },
      ['warn weak', 'warn one-class'],
    ],
  ])('%s is found', (_what, prepare, expected) => {
    prepare()
    expect(withoutHosts()).toEqual(expected)
  })

  test('one bad cluster does not hide the others', () => {
    project.write('k3s_vars.yml', 'defaults: { probe: false }\nclusters: { a: {}, b: {}, c: {} }\n')
    mint('a', 'b', 'c')
    project.write('k3s_tokens/b.yml', 'damaged\n')
    chmodSync(project.path('k3s_tokens/c.yml'), 0o620)
    const found = check().findings.map(({ cluster, rule }) => `${cluster} ${rule}`)
    expect(found).toEqual(expect.arrayContaining(['b K3SV_STORE_CORRUPT', 'c permissions']))
    expect(found).not.toContainEqual(expect.stringMatching(/^a /))
  })

  test('a bad configuration is an error of its own', () => {
    project.write('k3s_vars.yml', 'clusters: { home: { rolle: x } }\n')
    expect(cli('check')).toMatchObject({ status: 3, stdout: '' })
  })
})

/** The sources in ansible.cfg, as the plays of the project have them. */
function useInventory(...sources: readonly string[]): void {
  edit(
    'ansible.cfg',
    /\[defaults\]\n(?:inventory.*\n)?/,
    `[defaults]\ninventory = ${sources.join(', ')}\n`,
  )
}

const other = { severity: 'error', rule: 'host-with-other-token', cluster: 'home' }
const behind = { ...other, rule: 'source-not-last' }

function use({ bin }: Ansible): void {
  PATH = `${bin}:${process.env['PATH']}`
  useInventory(LAUNCHER)
}

describeEachAnsible((ansible) => {
  beforeEach(() => use(ansible))

  test('every host ends with our token', () => {
    mint('home')
    expect(check()).toEqual({ status: 0, findings: [] })
  })

  test('an inline vault value of another token is found, and one of ours is as good', () => {
    mint('home')
    const seal = (text: string): string =>
      project.run(ansible.vault, ['encrypt_string', '--stdin-name', 'token'], { input: text })
        .stdout
    const file = project.write('group_vars/agent.yml', seal('another'))
    expect(check().findings).toMatchObject([{ ...other, place: { file, line: 1 } }])
    project.write('group_vars/agent.yml', seal(cli('token', 'show', '--reveal').stdout.trim()))
    expect(check()).toEqual({ status: 0, findings: [] })
  })

  test('sealed tokens are compared, and 2.19 is warned about', () => {
    edit('k3s_vars.yml', 'probe: false', 'probe: false\n    emit: vaulted')
    mint('home')
    const rules = check().findings.map(({ rule }) => rule)
    expect(rules).toEqual(ansible.version.startsWith('2.19.') ? ['vaulted-becomes-ciphertext'] : [])
  })
})

/** What is said of an answer, whichever version gave it. */
describeNewestAnsible((ansible) => {
  beforeEach(() => use(ansible))

  test('before the first mint the same is asked, and nothing is minted', () => {
    expect(check()).toMatchObject({
      status: 0,
      findings: [{ severity: 'note', rule: 'K3SV_STORE_ABSENT' }],
    })
    project.write('group_vars/all.yml', 'token: another\n')
    expect(check().findings).toMatchObject([other, { rule: 'K3SV_STORE_ABSENT' }])
    expect(existsSync(project.path('k3s_tokens'))).toBe(false)
  })

  test('a group_vars/all.yml that wins is named with its line, and level: host beats it', () => {
    mint('home')
    const file = project.write('group_vars/all.yml', '# ours\ntoken: another\n')
    const { status, findings } = check()
    expect(status).toBe(8)
    expect(findings).toMatchObject([{ ...other, place: { file, line: 2 } }])
    expect(findings[0]!.message).toContain('server1, server2, agent1')
    edit('k3s_vars.yml', 'probe: false', 'probe: false\n    level: host')
    expect(check()).toEqual({ status: 0, findings: [] })
  })

  test('hosts of another inventory are found by their groups', () => {
    project.write('k3s_vars.yml', 'clusters: { home: { probe: false } }\n')
    mint('home')
    expect(check().findings).toMatchObject([{ severity: 'error', rule: 'no-hosts' }])
    project.write(
      'hosts.yml',
      'k3s_cluster: { children: { server: { hosts: { s1: } }, agent: { hosts: { a1: } } } }\n',
    )
    expect(check('-i', 'hosts.yml', '-i', LAUNCHER)).toEqual({ status: 0, findings: [] })
    project.write('loose.yml', 'server: { hosts: { s1: } }\nagent: { hosts: { a1: } }\n')
    const [finding, ...more] = check('-i', 'loose.yml', '-i', LAUNCHER).findings
    expect(finding).toMatchObject({ severity: 'error', rule: 'host-without-token' })
    expect(finding!.message).toBe('s1, a1: no value for token')
    expect(more).toEqual([])
  })

  test('separate agent tokens are compared on their own side', () => {
    edit('k3s_vars.yml', 'probe: false', 'probe: false\n    agent_token: true')
    mint('home')
    expect(check()).toEqual({ status: 0, findings: [] })
    const server = cli('token', 'show', '--reveal').stdout.trim()
    project.write('group_vars/agent.yml', `token: ${server}\n`)
    expect(check().findings).toMatchObject([other])
    expect(check().findings[0]!.message).toMatch(/^agent1: token /)
  })
})

/** What does not depend on the version of Ansible is run with one. */
const newest = findAnsible().at(-1)
const describeNewest = newest === undefined ? describe.skip : describe
describeNewest('which file wins', () => {
  beforeEach(() => {
    PATH = `${newest!.bin}:${process.env['PATH']}`
    useInventory(LAUNCHER)
  })

  test('a sealed group_vars file is opened to be found', () => {
    mint('home')
    const file = project.write('group_vars/server.yml', 'token: another\n')
    const args = ['encrypt', file]
    expect(project.run(newest!.vault, args).status).toBe(0)
    expect(check().findings).toMatchObject([{ ...other, place: { file } }])
  })

  test.each([
    ['a YAML inventory', 'hosts.yml', 'all:\n  hosts:\n    server1:\n      token: another\n', 4],
    ['an INI inventory', 'hosts.ini', '[server]\nserver2\n[server:vars]\ntoken=another\n', 4],
    ['a group without hosts', 'vars.ini', '[server]\n[agent]\n[agent:vars]\ntoken = another\n', 4],
  ])('%s that wins is named with its line', (_what, name, text, line) => {
    mint('home')
    const file = project.write(name, text)
    const { status, findings } = check('-i', LAUNCHER, '-i', name)
    expect(status).toBe(8)
    expect(findings).toMatchObject([{ ...behind, place: { file, line } }])
  })

  test('a script that wins is named', () => {
    mint('home')
    const answer =
      '{"_meta": {"hostvars": {}}, "server": {"hosts": ["server1"], "vars": {"token": "another"}}}'
    const file = project.write(
      'other',
      `#!/bin/sh\n# an executable program\necho '${answer}'\n`,
      0o700,
    )
    const { findings } = check('-i', LAUNCHER, '-i', 'other')
    expect(findings).toMatchObject([{ ...behind, place: { file } }])
  })

  test('an inventory of ansible.cfg is asked without being named', () => {
    mint('home')
    const file = project.write('hosts.yml', 'all: { hosts: { server1: { token: another } } }\n')
    useInventory('hosts.yml', LAUNCHER)
    expect(check().findings).toMatchObject([{ ...other, place: { file, line: 1 } }])
  })

  test('the playbooks have group_vars, too', () => {
    mint('home')
    const file = project.write('plays/group_vars/k3s_cluster.yml', 'token: another\n')
    expect(check().findings).toEqual([])
    expect(check('--playbook-dir', 'plays').findings).toMatchObject([{ ...other, place: { file } }])
  })

  test('a template cannot be compared, and is named', () => {
    mint('home')
    const file = project.write('host_vars/agent1.yml', "token: '{{ another }}'\n")
    const { status, findings } = check()
    expect(status).toBe(0)
    expect(findings).toMatchObject([
      { severity: 'warn', rule: 'host-with-template', place: { file } },
    ])
  })

  test('a source that Ansible cannot read is named', () => {
    mint('home')
    const file = project.write('broken.yml', 'all: [\n')
    const { status, findings } = check('-i', LAUNCHER, '-i', 'broken.yml')
    expect(status).toBe(8)
    expect(findings).toMatchObject([
      { severity: 'error', rule: 'K3SV_CLUSTER_ANSIBLE' },
      { severity: 'error', rule: 'source-failed', place: { file } },
    ])
  })

  test('a source that is not there is named as that, and nothing else is said', () => {
    mint('home')
    const { status, findings } = check('-i', LAUNCHER, '-i', 'nowhere.yml')
    expect(status).toBe(8)
    expect(findings).toMatchObject([
      { severity: 'error', rule: 'source-missing', place: { file: project.path('nowhere.yml') } },
    ])
    expect(findings).toHaveLength(1)
  })

  test('nothing that is found shows a value', () => {
    mint('home')
    project.write('group_vars/all.yml', 'token: canary8f3a\n')
    const { stdout, stderr } = cli('check')
    expect(stdout + stderr).not.toContain('canary8f3a')
    expect(stdout + stderr).not.toContain(PASSWORD)
    expect(stdout + stderr).not.toContain(cli('token', 'show', '--reveal').stdout.trim())
  })
})

function edit(name: string, pattern: string | RegExp, replacement: string): void {
  const text = readFileSync(project.path(name), 'utf8')
  const edited = text.replace(pattern, replacement)
  if (edited === text) throw new Error(`${name} has nothing to replace`)
  project.write(name, edited)
}
