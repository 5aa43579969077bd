// Files that are none, that are damaged, or that others can write: told and never passed over, and nothing waits for ever.
import { chmodSync, chownSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { LAUNCHER, PASSWORD, Project } from '../support/project.js'

let project: Project
beforeEach(() => {
  project = new Project()
  project.write('sealed.yml', 'a: 1\n')
  expect(runCli(project, ['vault', 'encrypt', 'sealed.yml']).status).toBe(0)
})
afterEach(() => project.remove())

const LIMIT = { timeout: 20_000 }

describe('a password or a configuration that never ends', () => {
  test.each([
    ['a pipe', (path: string) => void project.run('mkfifo', [path])],
    ['/dev/zero', (path: string) => symlinkSync('/dev/zero', path)],
    ['a file of 1 GiB', (path: string) => void project.run('truncate', ['-s', '1G', path])],
  ])('%s: as password file, and as ansible.cfg', (_, make) => {
    make(project.path('endless'))
    const environment = { ANSIBLE_VAULT_PASSWORD_FILE: 'endless' }
    const view = ['vault', 'view', 'sealed.yml']
    const file = project.run(LAUNCHER, view, { environment, ...LIMIT })
    expect(file).toMatchObject({ status: 6, stdout: '' })
    make(project.path('endless.cfg'))
    const cfg = project.run(LAUNCHER, view, {
      environment: { ANSIBLE_CONFIG: 'endless.cfg' },
      ...LIMIT,
    })
    expect(cfg).toMatchObject({ status: 6, stdout: '' })
    expect(project.run(LAUNCHER, view, LIMIT)).toMatchObject({ status: 0, stdout: 'a: 1\n' })
  })

  test('but the substitution of a process works, and so does standard input', () => {
    const call = `'${LAUNCHER}' vault view sealed.yml --vault-password-file`
    const environment = { ANSIBLE_CONFIG: 'none.cfg', ANSIBLE_VAULT_PASSWORD_FILE: undefined }
    project.write('none.cfg', '[defaults]\n')
    const substituted = project.run('bash', ['-c', `${call} <(echo '${PASSWORD}')`], {
      environment,
      ...LIMIT,
    })
    expect(substituted).toMatchObject({ status: 0, stdout: 'a: 1\n' })
    const typed = project.run('bash', ['-c', `echo '${PASSWORD}' | ${call} /dev/stdin`], {
      environment,
      ...LIMIT,
    })
    expect(typed).toMatchObject({ status: 0, stdout: 'a: 1\n' })
  })
})

describe('vault text that Ansible does not see', () => {
  const COMMANDS = [
    ['rekey', '--new-vault-password-file', '.new'],
    ['decrypt'],
    ['encrypt'],
    ['view'],
  ] as const
  const DAMAGES: readonly (readonly [string, (text: string) => string])[] = [
    ['a byte that is not ASCII', (text) => text.replace(/\n3/, '\n\u00e9')],
    ['a byte order mark', (text) => `\ufeff${text}`],
    ['a blank line', (text) => `\n${text}`],
    ['---', (text) => `---\n${text}`],
  ]

  test.each(DAMAGES)('%s is named by each command, and the file stays', (_, damage) => {
    project.write('.new', 'a new password\n')
    const text = damage(readFileSync(project.path('sealed.yml'), 'utf8'))
    project.write('sealed.yml', text)
    for (const command of COMMANDS) {
      const { status, stderr } = runCli(project, ['vault', ...command, 'sealed.yml'])
      expect([command[0], status]).toEqual([command[0], 6])
      expect(stderr).toContain('sealed.yml')
      expect(readFileSync(project.path('sealed.yml'), 'utf8')).toBe(text)
    }
  })
})

test('what an editor saved in another encoding is refused, and the file stays', () => {
  project.write('values.yml', 'token: changeme\n')
  expect(runCli(project, ['vault', 'encrypt', '--inline', 'values.yml']).status).toBe(0)
  const before = readFileSync(project.path('values.yml'))
  const editor = project.write('editor', '#!/bin/sh\nprintf \'gr\\374n\' > "$1"\n', 0o755)
  const edit = ['vault', 'edit', '-k', 'token', 'values.yml']
  const environment = { EDITOR: `'${editor}'` }
  const refused = runCli(project, edit, { environment })
  expect(refused).toMatchObject({ status: 6, stdout: '' })
  expect(refused.stderr).toContain('K3SV_VAULT_NOT_TEXT')
  expect(readFileSync(project.path('values.yml'))).toEqual(before)
  writeFileSync(editor, '#!/bin/sh\nprintf \'gr\\303\\274n\' > "$1"\n')
  expect(runCli(project, edit, { environment })).toMatchObject({ status: 0, stderr: '' })
})

test('an included configuration that others can write is refused', () => {
  mkdirSync(project.path('clusters.d'))
  project.write('k3s_vars.yml', 'include: clusters.d/*.yml\nclusters: { home: { probe: false } }\n')
  project.write('clusters.d/one.yml', 'clusters: { one: { probe: false } }\n')
  const status = (): number | null => runCli(project, ['status']).status
  chmodSync(project.path('clusters.d'), 0o755)
  expect(status()).toBe(0)
  chmodSync(project.path('clusters.d'), 0o757)
  expect(status()).toBe(3)
  chmodSync(project.path('clusters.d'), 0o775)
  expect(status()).toBe(0)
  if (process.geteuid!() !== 0) return
  chownSync(project.path('clusters.d'), 0, 1234)
  chmodSync(project.path('clusters.d'), 0o775)
  expect(status()).toBe(3)
})
