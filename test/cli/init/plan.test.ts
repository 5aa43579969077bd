import { inspect } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { planInit } from '../../../src/cli/init/plan.js'
import type { InitOptions, Situation, Step } from '../../../src/cli/init/plan.js'
import { Secret } from '../../../src/secret.js'
import { readYaml } from '../../../src/yaml/read.js'

const OPTIONS: InitOptions = {
  cluster: 'prod',
  role: 'k3s-io',
  launcher: true,
  password: () => new Secret('new password\n'),
}

function situation(paths: readonly string[], more: Partial<Situation> = {}): Situation {
  return {
    exists: (path) => paths.includes(path),
    passwordFile: undefined,
    hasOtherPasswords: false,
    hasTokens: false,
    isIgnored: () => false,
    ...more,
  }
}

function summary(steps: readonly Step[]): string[] {
  return steps.map(({ action, path }) => `${action} ${path}`)
}

const ALL = ['k3s_vars.yml', 'ansible.cfg', '.vault_password', 'plugins/k3s_vars', '.gitignore']
const HAS_PASSWORD = { passwordFile: '.vault_password' }

describe('init', () => {
  test.each<[string, Situation, Partial<InitOptions>, string[]]>([
    [
      'an empty folder gets everything',
      situation([]),
      {},
      [
        'create k3s_vars.yml',
        'create ansible.cfg',
        'create .vault_password',
        'create .gitignore',
        'create plugins/k3s_vars',
      ],
    ],
    [
      'a folder that has everything gets nothing',
      situation(ALL, { ...HAS_PASSWORD, isIgnored: () => true }),
      {},
      ['keep k3s_vars.yml', 'keep ansible.cfg', 'keep .vault_password', 'keep plugins/k3s_vars'],
    ],
    [
      'a clone without its vault password gets a new one alone',
      situation(['k3s_vars.yml', 'ansible.cfg'], { ...HAS_PASSWORD, isIgnored: () => true }),
      { launcher: false },
      ['keep k3s_vars.yml', 'keep ansible.cfg', 'create .vault_password'],
    ],
    [
      'a folder with tokens gets no new password, which could not open them',
      situation(['k3s_vars.yml', 'ansible.cfg'], { ...HAS_PASSWORD, hasTokens: true }),
      { launcher: false },
      ['keep k3s_vars.yml', 'keep ansible.cfg', 'advise .vault_password'],
    ],
    [
      'an ansible.cfg without vault settings is left alone and told about',
      situation(['ansible.cfg']),
      { launcher: false },
      ['create k3s_vars.yml', 'keep ansible.cfg', 'advise ansible.cfg'],
    ],
    [
      'an ansible.cfg with an identity list needs no password file',
      situation(['ansible.cfg'], { hasOtherPasswords: true }),
      { launcher: false },
      ['create k3s_vars.yml', 'keep ansible.cfg'],
    ],
    [
      'a .gitignore that lets the password pass is told about',
      situation(['.gitignore']),
      { launcher: false },
      ['create k3s_vars.yml', 'create ansible.cfg', 'create .vault_password', 'advise .gitignore'],
    ],
    [
      'a password file outside the folder is none of its .gitignore',
      situation(['ansible.cfg'], { passwordFile: '../secrets/password' }),
      { launcher: false },
      ['create k3s_vars.yml', 'keep ansible.cfg', 'create ../secrets/password'],
    ],
  ])('%s', (_title, given, options, expected) => {
    expect(summary(planInit(given, { ...OPTIONS, ...options }))).toEqual(expected)
  })

  const created = (path: string): Extract<Step, { action: 'create' }> => {
    const step = planInit(situation([]), OPTIONS).find((one) => one.path === path)
    if (step?.action !== 'create') throw new Error(`${path} is not created`)
    return step
  }

  const textOf = (path: string): string => {
    const { text } = created(path)
    return typeof text === 'string' ? text : text.reveal()
  }

  test('the password file is private and the launcher executable', () => {
    const { mode, text } = created('.vault_password')
    expect([mode, text instanceof Secret && text.reveal()]).toEqual([0o600, 'new password\n'])
    expect(inspect(planInit(situation([]), OPTIONS), { depth: null })).not.toContain('new password')
    expect(created('plugins/k3s_vars').mode).toBe(0o755)
  })

  test('the configuration has five lines besides its comments', () => {
    const text = textOf('k3s_vars.yml')
    const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line))
    expect(lines).toHaveLength(5)
    expect(readYaml(text).value).toEqual({
      clusters: { prod: { role: 'k3s-io', hosts: { server: ['server1.example'] } } },
    })
  })

  test('every option that the configuration shows as a comment is written as YAML', () => {
    const text = textOf('k3s_vars.yml')
      .split('\n')
      .map((line) => line.replace(/^(\s*)# (?=( {2})?[a-z_]+:)/, '$1'))
      .join('\n')
    expect(readYaml(text).value).toMatchObject({
      clusters: { prod: { vars: { ansible_user: 'debian' }, mint: 'first-use' } },
      defaults: {},
    })
  })
})
