// The lock of a token document in the hands of somebody who may be alive: every command that writes it waits as long as it is
// told to, then stops with a status, and changes nothing.
import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { currentProcess, formatProcess } from '../../src/files/process-identity.js'
import { runCli } from '../support/cli.js'
import { Project } from '../support/project.js'

const HOLDER = `0123456789abcdef ${formatProcess({ ...currentProcess(), pid: 4711, host: 'elsewhere' })}`
const TOKEN = 'Zq7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jcQeUaWo3tX2v'
const DOCUMENT = 'k3s_tokens/home.yml'

let project: Project
beforeEach(() => {
  project = new Project()
  project.write('given', TOKEN)
  project.write('new_password', 'another password\n')
})
afterEach(() => project.remove())

function lock(): void {
  mkdirSync(project.path('k3s_tokens'), { recursive: true, mode: 0o700 })
  symlinkSync(HOLDER, project.path('k3s_tokens/.home.lock'))
}

test.each([
  [['--list']],
  [['token', 'new', '--yes']],
  [['token', 'import', 'home', '--file', 'given']],
])('%j makes no first document', (args) => {
  lock()
  const { status, stdout, stderr } = runCli(project, args, { patience: 20 })
  expect([status, stdout]).toEqual([5, ''])
  expect(stderr).toContain('process 4711 on elsewhere holds the lock of the token document')
  expect(stderr).toContain('.home.lock] (K3SV_STORE_LOCKED)\nhint: ')
  expect(readdirSync(project.path('k3s_tokens'))).toEqual(['.home.lock'])
  expect(readlinkSync(project.path('k3s_tokens/.home.lock'))).toBe(HOLDER)
})

test.each<[readonly string[], number, string]>([
  [['token', 'import', 'home', '--replace', '--file', 'given'], 5, 'K3SV_STORE_LOCKED'],
  [['token', 'new', '--kind', 'agent'], 5, 'K3SV_STORE_LOCKED'],
  [
    ['vault', 'rekey', '--new-vault-password-file', 'new_password', 'k3s_tokens'],
    6,
    'another process is writing this token document',
  ],
])('%j leaves the document as it is', (args, status, message) => {
  project.write('k3s_vars.yml', 'clusters: { home: { probe: false, role: pyratlabs } }\n')
  expect(runCli(project, ['token', 'new', '--yes']).status).toBe(0)
  const before = readFileSync(project.path(DOCUMENT), 'utf8')
  lock()
  const outcome = runCli(project, args, { patience: 20 })
  expect(outcome.status).toBe(status)
  expect(outcome.stderr).toContain(message)
  expect(readFileSync(project.path(DOCUMENT), 'utf8')).toBe(before)
  expect(readdirSync(project.path('k3s_tokens')).sort()).toEqual(['.home.lock', 'home.yml'])
})

test('reading does not wait', () => {
  expect(runCli(project, ['token', 'new', '--yes']).status).toBe(0)
  lock()
  expect(runCli(project, ['--list'], { patience: 60_000 })).toMatchObject({ status: 0, stderr: '' })
})
