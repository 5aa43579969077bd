// Every option and argument that names a file or folder, with paths that cannot lead to one: each ends in an error of ours,
// with a status and a hint, and never in an internal error. What was named may be a secret in the wrong place.
import { mkdirSync, symlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { Project } from '../support/project.js'

let project: Project
beforeAll(() => {
  project = new Project()
  project.write('vars.yml', 'token: x\n')
  project.write('file', 'text\n')
  mkdirSync(project.path('folder'))
  symlinkSync('circle', project.path('circle'))
  expect(runCli(project, ['token', 'new', '--yes']).status).toBe(0)
})
afterAll(() => project.remove())

const CANARY = 'canary8f3a'

/** One error of ours with its hint. */
const OURS = /^k3s_vars: [^\n]+ \(K3SV_(?!FAULT)\w+\)\nhint: [^\n]+\n$/

const PATHS: readonly (readonly [string, string])[] = [
  ['through a file', `file/${CANARY}`],
  ['of a name too long', CANARY.repeat(30)],
  ['too long as a whole', 'folder/'.repeat(1000) + CANARY],
  ['in a circle of links', `circle/${CANARY}`],
  ['that is a circle of links', 'circle'],
  ['that is missing', CANARY],
]

const OPTIONS: readonly (readonly [string, (path: string) => readonly string[]])[] = [
  ['--config', (path) => ['status', '--config', path]],
  ['token import --file', (path) => ['token', 'import', 'home', '--file', path]],
  ['token import --agent-file', (path) => ['token', 'import', 'home', '--agent-file', path]],
  ['token inspect', (path) => ['token', 'inspect', path]],
  [
    'token new --output',
    (path) => ['token', 'new', '--kind', 'bootstrap', '--output', `${path}/x`],
  ],
  ['token show --output', (path) => ['token', 'show', '--output', `${path}/x`]],
  ['extra-vars --output', (path) => ['extra-vars', '--output', `${path}/x`]],
  ['vault encrypt', (path) => ['vault', 'encrypt', path]],
  ['vault view', (path) => ['vault', 'view', path]],
  ['vault edit', (path) => ['vault', 'edit', path]],
  ['--vault-id', (path) => ['vault', 'encrypt', '--vault-id', `a@${path}`, 'vars.yml']],
  ['--vault-password-file', (path) => ['vault', 'view', '--vault-password-file', path, 'vars.yml']],
  ['--new-vault-id', (path) => ['vault', 'rekey', '--new-vault-id', `b@${path}`, 'vars.yml']],
  [
    '--new-vault-password-file',
    (path) => ['vault', 'rekey', '--new-vault-password-file', path, 'vars.yml'],
  ],
  ['scan', (path) => ['scan', path]],
  ['scan --baseline', (path) => ['scan', '--baseline', path, 'vars.yml']],
  [
    'scan --write-baseline',
    (path) => ['scan', '--baseline', `${path}/x`, '--write-baseline', 'vars.yml'],
  ],
]

describe.each(OPTIONS)('%s', (_option, argumentsOf) => {
  test.each(PATHS)('refuses a path %s', (_what, path) => {
    const { status, stdout, stderr } = runCli(project, argumentsOf(path))
    expect(stderr).toMatch(OURS)
    expect(status).toBeGreaterThan(1)
    expect(stdout + stderr).not.toContain(CANARY)
  })
})

describe.each<[string, string, readonly string[]]>([
  ['K3S_VARS_CONFIG', 'K3S_VARS_CONFIG', ['status']],
  ['K3S_VARS_CONFIG, for Ansible', 'K3S_VARS_CONFIG', ['--list']],
  ['ANSIBLE_VAULT_PASSWORD_FILE', 'ANSIBLE_VAULT_PASSWORD_FILE', ['--list']],
])('%s', (_what, variable, args) => {
  test.each(PATHS)('refuses a path %s', (_path, path) => {
    const { status, stdout, stderr } = runCli(project, args, { environment: { [variable]: path } })
    expect(stderr).toMatch(OURS)
    expect([status! > 1, stdout]).toEqual([true, ''])
  })
})

describe.each(['ANSIBLE_CONFIG', 'ANSIBLE_VAULT_IDENTITY_LIST'])('%s', (variable) => {
  test.each(PATHS)(
    'a path %s is passed over for the next source, as Ansible does',
    (_path, path) => {
      const { status, stderr } = runCli(project, ['--list'], { environment: { [variable]: path } })
      expect([status, stderr]).toEqual([0, ''])
    },
  )
})

describe('the store of the configuration', () => {
  test.each(PATHS.slice(0, -1))('refuses a path %s', (_path, path) => {
    project.write('other.yml', `clusters: { home: { probe: false, store: ${path} } }\n`)
    const environment = { K3S_VARS_CONFIG: 'other.yml' }
    const checked = runCli(project, ['check'], { environment })
    expect([checked.status, checked.stderr]).toEqual([8, ''])
    for (const args of [['--list'], ['token', 'new', '--yes'], ['token', 'show']]) {
      const { status, stdout, stderr } = runCli(project, args, { environment })
      expect(stderr).toMatch(OURS)
      expect([status, stdout]).toEqual([5, ''])
    }
  })
})

describe('a folder that is written to', () => {
  test.each(PATHS.slice(0, -1))('refuses a path %s', (_path, path) => {
    for (const args of [
      ['init', '--dir', path],
      ['group-vars', 'write', '--output', path],
    ]) {
      const { status, stdout, stderr } = runCli(project, args)
      expect(stderr).toMatch(OURS)
      expect([status, stdout]).toEqual([2, ''])
    }
  })
})

describe('a check', () => {
  test.each(PATHS)('tells a source or a folder of playbooks %s', (_path, path) => {
    for (const option of ['-i', '--playbook-dir']) {
      const { status, stderr } = runCli(project, ['check', option, path])
      expect(stderr).not.toContain('K3SV_FAULT')
      expect([0, 7, 8]).toContain(status)
    }
  })
})

test('a tree deeper than a path can be long is read as far as that goes', () => {
  const script = 'cd folder; i=0; while [ $i -lt 60 ]; do mkdir "$1"; cd "$1"; i=$((i+1)); done'
  const { status } = project.run('sh', [
    '-c',
    `${script}; echo x: 1 >deep.yml`,
    'sh',
    'd'.repeat(100),
  ])
  expect(status).toBe(0)
  try {
    const scan = runCli(project, ['scan', 'folder'])
    expect(scan).toMatchObject({ status: 8, stderr: '' })
    expect(scan.stdout).toContain('(unreadable)')
    const encrypt = runCli(project, ['vault', 'encrypt', 'folder'])
    expect(encrypt.status).toBe(6)
    expect(encrypt.stderr).toContain('cannot be read')
  } finally {
    project.run('rm', ['-rf', 'folder'])
  }
})
