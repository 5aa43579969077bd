// What init would write, in folders that have this and that already.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Choices } from '../../../src/cli/init/choices.js'
import { planFiles } from '../../../src/cli/init/plan.js'
import type { Step } from '../../../src/cli/init/plan.js'
import { lookAt } from '../../../src/cli/init/project.js'
import { ROLE_PROFILES } from '../../../src/role/profiles.js'
import { Secret } from '../../../src/secret.js'
import { readYaml } from '../../../src/yaml/read.js'
import { Project } from '../../support/project.js'

const CHOICES: Choices = {
  cluster: 'prod',
  role: ROLE_PROFILES['k3s-io'],
  groups: {},
  fit: undefined,
  way: 'source',
  hasOurs: false,
  isLauncherWanted: true,
  vaultId: undefined,
  found: [],
  dictionaries: [],
  vars: {},
  sources: [],
}
const PLUGIN = { way: 'plugin' } as const

const CFG = '[defaults]\nvault_password_file = .vault_password\n'
const SEALED = 'x: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3031\n'

type Files = Readonly<Record<string, string>>

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

function plan(files: Files, choices: Partial<Choices> = {}): Step[] {
  const folder = mkdtempSync(project.path('folder-'))
  for (const [name, text] of Object.entries(files)) {
    const file = join(name.startsWith('home/') ? project.folder : folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const environment = { variables: {}, cwd: folder, home: project.path('home') }
  return planFiles(lookAt(folder, environment), {
    choices: { ...CHOICES, ...choices },
    launcher: undefined,
    password: () => new Secret('new password\n'),
  })
}

function summary(steps: readonly Step[]): string[] {
  return steps.map(({ action, path }) => `${action} ${path}`)
}

const ALL = {
  'k3s_vars.yml': 'clusters: {prod: {}}\n',
  'ansible.cfg': CFG,
  '.vault_password': 'x\n',
  'plugins/k3s_vars': '#!/bin/sh\n',
  '.gitignore': '/.vault_password\n',
  '.gitattributes': '/plugins/k3s_vars text eol=lf\n',
}

describe('init', () => {
  test.each<[string, Files, Partial<Choices>, string[]]>([
    [
      'an empty folder gets everything',
      {},
      {},
      [
        'create k3s_vars.yml',
        'create ansible.cfg',
        'create .vault_password',
        'create .gitignore',
        'create plugins/k3s_vars',
        'create .gitattributes',
      ],
    ],
    [
      'a folder that has everything gets nothing',
      ALL,
      {},
      ['keep k3s_vars.yml', 'keep ansible.cfg', 'keep .vault_password', 'keep plugins/k3s_vars'],
    ],
    [
      'the plugin needs no launcher',
      {},
      PLUGIN,
      ['create k3s_vars.yml', 'create ansible.cfg', 'create .vault_password', 'create .gitignore'],
    ],
    [
      'nor do plays that have a source of ours',
      { '.gitignore': '.vault_password' },
      { hasOurs: true },
      ['create k3s_vars.yml', 'create ansible.cfg', 'create .vault_password'],
    ],
    [
      'a clone without its vault password gets a new one alone',
      { ...ALL, '.vault_password': undefined as never },
      PLUGIN,
      ['keep k3s_vars.yml', 'keep ansible.cfg', 'create .vault_password'],
    ],
    [
      'a folder with tokens gets no new password, which could not open them',
      { 'ansible.cfg': CFG, 'k3s_tokens/prod.yml': '' },
      PLUGIN,
      ['create k3s_vars.yml', 'keep ansible.cfg'],
    ],
    [
      'nor does a project with other sealed values',
      { 'group_vars/all/db': SEALED },
      PLUGIN,
      ['create k3s_vars.yml', 'create ansible.cfg'],
    ],
    [
      'an ansible.cfg without vault settings is left alone, and has a password waiting for it',
      { 'ansible.cfg': '[defaults]\n' },
      PLUGIN,
      ['create k3s_vars.yml', 'keep ansible.cfg', 'create .vault_password', 'create .gitignore'],
    ],
    [
      'an ansible.cfg with an identity list needs no password file',
      { 'ansible.cfg': '[defaults]\nvault_identity_list = dev@dev.pass, prod@prompt\n' },
      PLUGIN,
      ['create k3s_vars.yml', 'keep ansible.cfg'],
    ],
    [
      'a .gitignore that lets the password pass is left alone',
      { '.gitignore': '*.retry\n' },
      PLUGIN,
      ['create k3s_vars.yml', 'create ansible.cfg', 'create .vault_password'],
    ],
    [
      'a password file outside the folder is not ours to make',
      { 'ansible.cfg': CFG.replace('.vault', '../.vault') },
      PLUGIN,
      ['create k3s_vars.yml', 'keep ansible.cfg'],
    ],
    [
      'a k3s_vars.yaml is a configuration, too',
      { 'k3s_vars.yaml': 'clusters: {prod: {}}\n', 'ansible.cfg': CFG, '.vault_password': 'x' },
      { ...PLUGIN },
      ['keep k3s_vars.yaml', 'keep ansible.cfg', 'keep .vault_password', 'create .gitignore'],
    ],
    [
      'passwords of the ansible.cfg at home stay in use',
      { 'home/.ansible.cfg': CFG },
      PLUGIN,
      ['create k3s_vars.yml', 'create ansible.cfg'],
    ],
  ])('%s', (_title, files, choices, expected) => {
    const given = Object.entries(files).filter(([, text]) => text !== undefined)
    expect(summary(plan(Object.fromEntries(given), choices))).toEqual(expected)
  })
})

function textOf(path: string, steps: readonly Step[]): string {
  const step = steps.find((one) => one.path === path)
  if (step?.action !== 'create') throw new Error(`${path} is not created`)
  return typeof step.text === 'string' ? step.text : step.text.reveal()
}

describe('what it writes', () => {
  test('the password file is private and the launcher executable', () => {
    const steps = plan({})
    const modes = steps.map((step) => step.action === 'create' && [step.path, step.mode])
    expect(modes).toContainEqual(['.vault_password', 0o600])
    expect(modes).toContainEqual(['plugins/k3s_vars', 0o755])
    expect(textOf('.vault_password', steps)).toBe('new password\n')
    expect(inspect(steps, { depth: null })).not.toContain('new password')
  })

  test('a configuration of five lines besides its comments', () => {
    const text = textOf('k3s_vars.yml', plan({}))
    const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line))
    expect(lines).toHaveLength(5)
    expect(readYaml(text).value).toEqual({
      clusters: { prod: { role: 'k3s-io', hosts: { server: ['server1.example'] } } },
    })
  })

  test('every option that the configuration shows as a comment is written as YAML', () => {
    const text = textOf('k3s_vars.yml', plan({}))
      .split('\n')
      .map((line) => line.replace(/^(\s*)# (?=( {2})?[a-z_]+:)/, '$1'))
      .join('\n')
    expect(readYaml(text).value).toMatchObject({
      clusters: { prod: { vars: { ansible_user: 'debian' }, mint: 'outside-ci' } },
      defaults: {},
    })
  })

  test('what the inventory says: groups, vault id, the other keys of a dictionary', () => {
    const kept = { selinux: true, 'node-label': ['a=b', '{{ x }}'], deep: { 'a: b': null, n: 1.5 } }
    const text = textOf(
      'k3s_vars.yml',
      plan(
        {},
        {
          ...PLUGIN,
          role: ROLE_PROFILES['rke2-ansible'],
          groups: { server: 'control plane' },
          vaultId: 'ops',
          vars: { cluster_rke2_config: kept, empty: {} },
        },
      ),
    )
    expect(readYaml(text).value).toEqual({
      clusters: {
        prod: {
          role: 'rke2-ansible',
          groups: { server: 'control plane' },
          vault_id: 'ops',
          vars: { cluster_rke2_config: kept, empty: {} },
        },
      },
    })
  })

  test('an ansible.cfg for the plugin, with the inventory that was named', () => {
    const folder = project.path('inventory')
    const text = textOf('ansible.cfg', plan({}, { ...PLUGIN, sources: [folder, 'a,b'] }))
    expect(text).toBe(`[defaults]
inventory = ../inventory, a,b
vars_plugins = node_modules/k3s-vars/plugins/vars
vars_plugins_enabled = host_group_vars, k3s_vars
vault_password_file = .vault_password

[inventory]
# Without this a play goes on without its variables when an inventory source fails.
any_unparsed_is_failed = true
`)
  })

  test('an ansible.cfg that keeps the passwords of the one at home, which it hides', () => {
    const home = '[defaults]\nvault_password_file = secrets/pass\nforks = 50\n'
    const text = textOf('ansible.cfg', plan({ 'home/.ansible.cfg': home }, PLUGIN))
    expect(text).toContain(`vault_password_file = ${project.path('home/secrets/pass')}\n`)
    expect(text).not.toContain('forks')
  })
})
