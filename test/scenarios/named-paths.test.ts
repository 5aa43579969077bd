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
  expect(runCli(project, ['token', 'new']).status).toBe(0)
})
afterAll(() => project.remove())

const CANARY = 'canary8f3a'

const PATHS: readonly (readonly [string, string])[] = [
  ['through a file', `file/${CANARY}`],
  ['of a name too long', CANARY.repeat(30)],
  ['too long as a whole', `folder/../`.repeat(1000) + CANARY],
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
    expect(stderr).toMatch(/^k3s_vars: [^\n]+ \(K3SV_(?!FAULT)\w+\)\nhint: [^\n]+\n$/)
    expect(status).toBeGreaterThan(1)
    expect(stdout + stderr).not.toContain(CANARY)
  })
})
