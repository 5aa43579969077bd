// What `check` says of the play that would really run: the sources and settings of the project, and nothing added to them. Each
// project stands for one that a user brought.
import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findAnsible } from '../support/ansible.js'
import { runCli } from '../support/cli.js'
import { describeEachAnsible } from '../support/each-ansible.js'
import { closedPort, listen, stopListening } from '../support/ports.js'
import { LAUNCHER, Project } from '../support/project.js'

const newest = findAnsible().at(-1)
const each = newest === undefined ? describe.skip : describe

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(async () => {
  project.remove()
  await stopListening()
})

interface Found {
  readonly rule: string
  readonly severity: string
  readonly message: string
  readonly hint?: string
  readonly place?: { readonly file: string; readonly line?: number; readonly key?: string }
}

/** As a user would find it: hosts of the project's own, and a token in it. */
const K3S_ANSIBLE = {
  'k3s_vars.yml': 'clusters: { prod: {} }\n',
  'ansible.cfg': `[defaults]
nocows = True
roles_path = ./roles
inventory = ./inventory.yml
vault_password_file = .vault_password
`,
  'inventory.yml': `---
k3s_cluster:
  children:
    server:
      hosts:
        192.16.35.11:
    agent:
      hosts:
        192.16.35.12:
  vars:
    k3s_version: v1.34.1+k3s1
    token: "changeme!"
`,
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) project.write(name, text)
}

function edit(name: string, pattern: string | RegExp, replacement: string): void {
  const text = readFileSync(project.path(name), 'utf8')
  const edited = text.replace(pattern, replacement)
  if (edited === text) throw new Error(`${name} has nothing to replace`)
  project.write(name, edited)
}

interface Options {
  readonly bin?: string
  readonly variables?: NodeJS.ProcessEnv
}

function check(args: readonly string[] = [], { bin, variables }: Options = {}): readonly Found[] {
  const environment = { PATH: `${bin ?? newest!.bin}:${process.env['PATH']}`, ...variables }
  const { status, stdout, stderr } = runCli(project, ['check', '--json', ...args], { environment })
  expect(stderr).toBe('')
  const { findings } = JSON.parse(stdout) as { findings: readonly Found[] }
  expect(status).toBe(findings.some(({ severity }) => severity === 'error') ? 8 : 0)
  return findings
}

/** What is found besides that there is no token yet, or none to be made without knowing the servers. */
function checkUnminted(args: readonly string[] = [], options: Options = {}): readonly Found[] {
  const findings = check(args, options).filter(
    ({ rule }) => rule !== 'K3SV_STORE_ABSENT' && rule !== 'K3SV_CLUSTER_DOUBT',
  )
  expect(existsSync(project.path('k3s_tokens'))).toBe(false)
  return findings
}

const rulesOf = (findings: readonly Found[]): string[] =>
  findings.map(({ severity, rule }) => `${severity} ${rule}`)

const SOUND = '[inventory]\nany_unparsed_is_failed = true\n'

each('a project with an inventory of its own', () => {
  beforeEach(() => write(K3S_ANSIBLE))

  test("k3s-ansible's own ansible.cfg leaves us out, and the value that is there is named", () => {
    const findings = checkUnminted()
    expect(findings).toMatchObject([
      {
        rule: 'source-not-in-play',
        severity: 'error',
        place: { file: project.path('ansible.cfg'), line: 4, key: 'inventory' },
        hint: expect.stringContaining('vars plugin k3s_vars'),
      },
      {
        rule: 'host-with-other-token',
        severity: 'error',
        place: { file: project.path('inventory.yml'), line: 12 },
      },
    ])
    expect(findings[0]!.message).toContain(project.path('inventory.yml'))
    expect(rulesOf(checkUnminted(['-i', 'inventory.yml']))).toEqual(rulesOf(findings))
  })

  test('with our source last, the play has to stop where it fails', () => {
    const sources = ['-i', 'inventory.yml', '-i', LAUNCHER]
    expect(checkUnminted(sources)).toMatchObject([
      {
        rule: 'unparsed-passes',
        severity: 'error',
        place: { file: project.path('ansible.cfg') },
        hint: expect.stringContaining('any_unparsed_is_failed = true'),
      },
      {
        rule: 'token-elsewhere',
        severity: 'warn',
        place: { file: project.path('inventory.yml'), line: 12 },
      },
    ])
    const off = { ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: 'no' }
    edit('ansible.cfg', /$/, SOUND)
    edit('inventory.yml', /.*changeme.*\n/, '')
    expect(checkUnminted(sources)).toEqual([])
    expect(checkUnminted(sources, { variables: off })).toMatchObject([
      { rule: 'unparsed-passes', hint: expect.stringContaining(Object.keys(off)[0]!) },
    ])
  })

  test('our source before the inventory loses to it', () => {
    edit('ansible.cfg', './inventory.yml', `${LAUNCHER}, inventory.yml`)
    edit('ansible.cfg', /$/, SOUND)
    expect(checkUnminted()).toMatchObject([
      {
        rule: 'source-not-last',
        severity: 'error',
        place: { file: project.path('inventory.yml'), line: 12 },
        hint: expect.stringContaining('last'),
      },
    ])
  })

  test('a token of a living cluster is adopted, and not replaced by a new one', () => {
    edit('inventory.yml', 'changeme!', 'aVeryGoodTokenOfALivingCluster')
    edit('ansible.cfg', /$/, SOUND)
    const sources = ['-i', 'inventory.yml', '-i', LAUNCHER]
    expect(checkUnminted(sources)).toMatchObject([
      {
        rule: 'token-elsewhere',
        severity: 'error',
        hint: expect.stringContaining('token import prod'),
        place: { line: 12 },
      },
    ])
  })

  test('the vars plugin is enough, and needs no setting for a source that fails', () => {
    const plugins = `${dirname(LAUNCHER)}/vars`
    edit('ansible.cfg', /$/, `vars_plugins = ${plugins}\n`)
    edit('inventory.yml', /.*changeme.*\n/, '')
    expect(checkUnminted()).toEqual([])
    write({ 'group_vars/server.yml': 'token: another\n' })
    expect(checkUnminted()).toMatchObject([
      {
        rule: 'host-with-other-token',
        place: { file: project.path('group_vars/server.yml'), line: 1 },
        hint: expect.stringContaining('vars_plugins_enabled = host_group_vars, k3s_vars'),
      },
    ])
  })

  test('the first run would ask the servers that the plugin hands over, and so does the check', async () => {
    edit('ansible.cfg', /$/, `vars_plugins = ${dirname(LAUNCHER)}/vars\n`)
    edit('inventory.yml', /.*changeme.*\n/, '')
    const address = (port: number): string =>
      `192.16.35.11: { ansible_host: 127.0.0.1, api_port: ${port} }`
    const closed = await closedPort()
    edit('inventory.yml', '192.16.35.11:', address(closed))
    expect(rulesOf(check())).toEqual(['note K3SV_STORE_ABSENT'])
    const silent = await listen('silence')
    edit('inventory.yml', String(closed), String(silent))
    const [doubt, ...others] = check()
    expect(others).toEqual([])
    expect(doubt).toMatchObject({ severity: 'error', rule: 'K3SV_CLUSTER_DOUBT' })
    expect(doubt!.message).toContain(`https://127.0.0.1:${silent}`)
    expect(existsSync(project.path('k3s_tokens'))).toBe(false)
  })

  test('files that hold the token already need neither', () => {
    const environment = { PATH: `${newest!.bin}:${process.env['PATH']}` }
    const run = (...args: readonly string[]): void => {
      const { status, stderr } = runCli(project, args, { environment })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    }
    const input = 'aVeryGoodTokenOfALivingCluster4711'
    expect(runCli(project, ['token', 'import', 'prod', '--stdin'], { input }).status).toBe(0)
    run('group-vars', 'write', 'prod')
    edit('inventory.yml', /.*changeme.*\n/, '')
    expect(check()).toEqual([])
  })

  test('a lookup of ours is no value of somebody else', () => {
    edit('inventory.yml', '"changeme!"', `"{{ lookup('k3s_token', 'prod') }}"`)
    expect(checkUnminted()).toEqual([])
  })

  test('no inventory at all', () => {
    edit('ansible.cfg', /inventory = .*\n/, '')
    expect(checkUnminted()).toMatchObject([{ rule: 'no-inventory', severity: 'error' }])
  })

  test('variables of plays and roles win over everything', () => {
    edit('ansible.cfg', /$/, SOUND)
    edit('inventory.yml', /.*changeme.*\n/, '')
    write({
      'site.yml': `- hosts: server
  vars:
    token: one
  vars_files: [more.yml]
  roles:
    - { role: k3s_server, token: two }
- hosts: agent
  tasks:
    - block:
        - import_role: { name: k3s_agent }
          vars:
            token: three
`,
      'more.yml': 'other: 1\ntoken: four\n',
      'ours.yml': `- hosts: all\n  vars: { token: "{{ lookup('k3s_token', 'prod') }}" }\n`,
      'roles/k3s_server/vars/main.yml': '---\ntoken: five\n',
      'roles/k3s_server/defaults/main.yml': '---\ntoken: six\n',
    })
    const findings = checkUnminted(['-i', 'inventory.yml', '-i', LAUNCHER])
    expect(new Set(rulesOf(findings))).toEqual(new Set(['warn play-sets-token']))
    const places = findings.map(({ place }) => `${place!.file}:${place!.line}`)
    expect(places.sort()).toEqual(
      [
        `${project.path('more.yml')}:2`,
        `${project.path('roles/k3s_server/vars/main.yml')}:2`,
        `${project.path('site.yml')}:3`,
        `${project.path('site.yml')}:6`,
        `${project.path('site.yml')}:12`,
      ].sort(),
    )
  })
})

each('groups without hosts', () => {
  const sources = ['-i', 'inventory.yml', '-i', LAUNCHER]

  test.each([
    [
      'of another role',
      'clusters: { prod: {} }\n',
      'k8s_cluster: { children: { masters: { hosts: { m1: } }, workers: { hosts: { w1: } } } }\n',
      /hosts in .*masters.*; |hosts in .*masters/,
      /set role: lablabs/,
    ],
    [
      'of the same role under other names',
      'clusters: { prod: {} }\n',
      'k3s_cluster: { vars: { server_group: boss }, children: { boss: { hosts: { m1: } }, agent: { hosts: { w1: } } } }\n',
      /boss/,
      /groups: \{ cluster: k3s_cluster, server: boss, agent: agent \}/,
    ],
  ])('%s are named', (_what, config, inventory, message, hint) => {
    write({ 'k3s_vars.yml': config, 'inventory.yml': inventory })
    const [found, ...more] = checkUnminted(sources)
    expect(found!.rule).toMatch(/^no-(?:hosts|servers)$/)
    expect(found!.message).toMatch(message)
    expect(found!.hint).toMatch(hint)
    expect(more).toEqual([])
  })

  test('no host anywhere', () => {
    write({ 'k3s_vars.yml': 'clusters: { prod: {} }\n' })
    expect(checkUnminted(['-i', LAUNCHER])).toMatchObject([
      { rule: 'no-hosts', message: expect.stringContaining('no host at all') },
    ])
  })
})

each('the launcher as a file', () => {
  const found = (): readonly Found[] => checkUnminted(['-i', 'plugins/k3s_vars'])
  const file = (): string => project.path('plugins/k3s_vars')
  const init = (): void => {
    symlinkSync(join(dirname(LAUNCHER), '..'), project.path('package'))
    project.write('node_modules/.keep', '')
    symlinkSync('../package', project.path('node_modules/k3s-vars'))
    expect(runCli(project, ['init']).status).toBe(0)
  }

  test('is sound as init writes it', () => {
    init()
    expect(found()).toEqual([])
  })

  test('is not there', () => {
    expect(found()).toMatchObject([{ rule: 'launcher-missing', place: { file: file() } }])
  })

  test('is not executable, here or in Git', () => {
    init()
    chmodSync(file(), 0o644)
    const rule = 'launcher-not-executable'
    expect(found()).toMatchObject([{ rule, severity: 'error', place: { file: file() } }])
    const git = (...args: readonly string[]): void =>
      expect(project.run('git', ['-C', project.folder, ...args]).status).toBe(0)
    git('init', '-q')
    git('add', 'plugins/k3s_vars')
    chmodSync(file(), 0o755)
    expect(found()).toMatchObject([{ rule, message: expect.stringContaining('in every clone') }])
    git('update-index', '--chmod=+x', 'plugins/k3s_vars')
    expect(found()).toEqual([])
  })

  test('has the line ends of another system', () => {
    init()
    edit('plugins/k3s_vars', /\n/g, '\r\n')
    chmodSync(file(), 0o755)
    expect(found()).toMatchObject([
      { rule: 'launcher-line-ends', hint: expect.stringContaining('.gitattributes') },
    ])
  })

  test('is a link that leads out of the project', () => {
    project.write('plugins/.keep', '')
    symlinkSync(LAUNCHER, file())
    expect(found()).toMatchObject([{ rule: 'launcher-linked', severity: 'warn' }])
    rmSync(file())
    init()
  })
})

describeEachAnsible((ansible) => {
  const bin = ansible.bin
  const isStrict = !/^2\.1[5-8]\./.test(ansible.version)

  test('PyratLabs with an agent token of its own, from 2.19 on', () => {
    write({
      'k3s_vars.yml': `clusters:
  prod:
    role: pyratlabs
    agent_token: true
    hosts: { server: [s1], agent: [a1] }
`,
    })
    const sources = ['-i', LAUNCHER]
    const broken = { rule: 'condition-breaks', severity: 'error' }
    const findings = checkUnminted(sources, { bin })
    expect(findings).toMatchObject(isStrict ? [broken] : [])
    if (!isStrict) return
    const variables = { ANSIBLE_ALLOW_BROKEN_CONDITIONALS: '1' }
    expect(checkUnminted(sources, { bin, variables })).toEqual([])
    edit(
      'k3s_vars.yml',
      'agent_token: true',
      'agent_token: true\n    vars: { k3s_skip_validation: true }',
    )
    expect(checkUnminted(sources, { bin })).toEqual([])
  })
})
