// A tree that is scanned gets nothing run, whatever it names, and no password of its own is used; each with the control that
// the same tree is believed when the user says so. And what the other commands run: what Ansible would run there.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { basename } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readYamlDocuments } from '../../src/yaml/read.js'
import { runCli } from '../support/cli.js'
import { LAUNCHER, PASSWORD, Project } from '../support/project.js'
import type { RunOptions } from '../support/project.js'

let project: Project
beforeEach(() => {
  project = new Project({ 'ansible.cfg': '[defaults]\nvault_password_file = .vault_password\n' })
  project.write('group_vars/all.yml', 'token: changeme\n')
  const sealed = runCli(project, ['vault', 'encrypt', '--inline', 'group_vars/all.yml'])
  expect(sealed).toMatchObject({ status: 0, stderr: '' })
  mkdirSync(project.path('tree'))
  project.write('tree/group_vars/all.yml', text('group_vars/all.yml'))
  // Nothing outside of the tree opens anything.
  rmSync(project.path('ansible.cfg'))
})
afterEach(() => project.remove())

function text(path: string): string {
  return readFileSync(project.path(path), 'utf8')
}

/** A vault password script that leaves a mark when it runs, and gives the right password. */
function trap(path: string): void {
  project.write(path, `#!/bin/sh\ntouch '${project.path('mark')}'\necho '${PASSWORD}'\n`, 0o755)
}

function hasRun(): boolean {
  const ran = existsSync(project.path('mark'))
  rmSync(project.path('mark'), { force: true })
  return ran
}

interface Scanned {
  readonly status: number | null
  readonly opened: number
  readonly reason: string | undefined
}

function scan(args: readonly string[], options: RunOptions = {}): Scanned {
  const { status, stdout, stderr } = runCli(project, ['scan', '--json', ...args], options)
  expect(stderr).toBe('')
  const { sealed } = JSON.parse(stdout) as { sealed: { opened: number; reason?: string } }
  return { status, opened: sealed.opened, reason: sealed.reason }
}

/** Not run, not opened, told why; and with the user's word for it, run and opened. */
function expectHeld(
  args: readonly string[],
  { isScript = true, ...options }: RunOptions & { isScript?: boolean } = {},
): void {
  const held = scan(args, options)
  expect(held).toMatchObject({ opened: 0, reason: expect.stringMatching(/scan (?:runs|does)/) })
  expect(hasRun()).toBe(false)
  const trusting = scan([...args, '--trust-project'], options)
  expect(trusting).toMatchObject({ status: 8, opened: 1 })
  expect(hasRun()).toBe(isScript)
}

const IN_TREE = () => ({ cwd: project.path('tree') })

describe('a scan runs no vault password script', () => {
  test('that the ansible.cfg of the tree names, in the tree', () => {
    trap('tree/pass.sh')
    project.write('tree/ansible.cfg', '[defaults]\nvault_password_file = pass.sh\n')
    expectHeld([], IN_TREE())
  })

  test('that it names as a client script in a list', () => {
    trap('tree/pass-client.sh')
    project.write('tree/ansible.cfg', '[defaults]\nvault_identity_list = x@pass-client.sh\n')
    expectHeld([], IN_TREE())
  })

  test('that it names outside of the tree', () => {
    trap('outside.sh')
    project.write(
      'tree/ansible.cfg',
      `[defaults]\nvault_password_file = ${project.path('outside.sh')}\n`,
    )
    expectHeld([], IN_TREE())
  })

  test('that it names through a link out of the tree, and one into it', () => {
    trap('outside.sh')
    symlinkSync('../outside.sh', project.path('tree/inside.sh'))
    project.write('tree/ansible.cfg', '[defaults]\nvault_password_file = inside.sh\n')
    expectHeld([], IN_TREE())

    trap('tree/real.sh')
    symlinkSync('tree/real.sh', project.path('link.sh'))
    rmSync(project.path('tree/ansible.cfg'))
    expectHeld(['tree'], { environment: { ANSIBLE_VAULT_PASSWORD_FILE: 'link.sh' } })
  })

  test('that a variable of the user names in the tree', () => {
    trap('tree/pass.sh')
    const environment = { ANSIBLE_VAULT_PASSWORD_FILE: 'tree/pass.sh' }
    expectHeld(['tree'], { environment })
    project.run('git', ['init', '-q', 'tree'])
    expectHeld(['tree/group_vars/all.yml'], { environment })
  })

  test('of an ansible.cfg of the tree that a variable names, also through a link', () => {
    trap('outside.sh')
    const lines = `[defaults]\nvault_password_file = ${project.path('outside.sh')}\n`
    project.write('tree/ansible.cfg', lines)
    expectHeld(['tree'], { environment: { ANSIBLE_CONFIG: 'tree' } })
    symlinkSync('tree/ansible.cfg', project.path('mine.cfg'))
    expectHeld(['tree'], { environment: { ANSIBLE_CONFIG: 'mine.cfg' } })
  })

  test('of the project around a folder or a file that is scanned', () => {
    trap('tree/pass.sh')
    project.write('tree/ansible.cfg', '[defaults]\nvault_password_file = pass.sh\n')
    expectHeld(['group_vars'], IN_TREE())
    expectHeld(['group_vars/all.yml'], IN_TREE())
    project.run('git', ['init', '-q', 'tree'])
    expectHeld(['../group_vars'], {
      cwd: project.path('tree/group_vars'),
      environment: { ANSIBLE_CONFIG: '../ansible.cfg' },
    })
  })

  test('of the user, whose own password file outside is read', () => {
    trap('home/mine.sh')
    project.write('home/.ansible.cfg', '[defaults]\nvault_password_file = ~/mine.sh\n')
    expectHeld(['tree'])
    project.write('home/mine', `${PASSWORD}\n`)
    project.write('home/.ansible.cfg', '[defaults]\nvault_password_file = ~/mine\n')
    expect(scan(['tree'])).toMatchObject({ status: 8, opened: 1 })
    expect(hasRun()).toBe(false)
  })

  test('even one that comes before a password file of the user', () => {
    trap('tree/pass.sh')
    project.write('mine', `${PASSWORD}\n`)
    const environment = { ANSIBLE_VAULT_IDENTITY_LIST: 'a@tree/pass.sh, b@mine' }
    expect(scan(['tree'], { environment })).toMatchObject({ status: 8, opened: 1 })
    expect(hasRun()).toBe(false)
  })
})

describe('a scan uses no password file of the tree', () => {
  test('that it names itself, that lies in it, or that a link of it leads to', () => {
    project.write('tree/pass', `${PASSWORD}\n`)
    project.write('tree/ansible.cfg', '[defaults]\nvault_password_file = pass\n')
    expectHeld([], { ...IN_TREE(), isScript: false })
    project.write('tree/ansible.cfg', '[defaults]\nvault_password_file = ../.vault_password\n')
    expectHeld([], { ...IN_TREE(), isScript: false })
    rmSync(project.path('tree/ansible.cfg'))
    expectHeld(['tree'], {
      environment: { ANSIBLE_VAULT_PASSWORD_FILE: 'tree/pass' },
      isScript: false,
    })
  })
})

/** The base names of all programs that a call started. */
function programsOf(args: readonly string[], options: RunOptions): readonly string[] {
  const log = project.path('strace.log')
  const traced = ['-f', '-qq', '-e', 'trace=execve', '-o', log, LAUNCHER, ...args]
  project.run('strace', traced, options)
  const started = text('strace.log').matchAll(/execve\("([^"]+)".*\) = 0$/gm)
  return [...new Set([...started].map(([, program]) => basename(program!)))].sort()
}

test('the kernel saw no other program started than for an empty folder', () => {
  mkdirSync(project.path('empty'))
  project.run('git', ['init', '-q', 'empty'])
  project.run('git', ['init', '-q', 'tree'])
  trap('tree/pass.sh')
  project.write('tree/ansible.cfg', '[defaults]\nvault_password_file = pass.sh\n')
  project.run('git', ['-C', 'tree', 'config', 'core.fsmonitor', project.path('tree/pass.sh')])
  const harmless = programsOf(['scan'], { cwd: project.path('empty') })
  expect(harmless).toEqual(expect.arrayContaining(['git', 'k3s_vars']))
  expect(programsOf(['scan'], IN_TREE())).toEqual(harmless)
  expect(hasRun()).toBe(false)
  // The control: what is run is seen.
  expect(programsOf(['scan', '--trust-project'], IN_TREE())).toContain('pass.sh')
  expect(hasRun()).toBe(true)
})

describe('the hook of pre-commit', () => {
  const [, ...entry] = (() => {
    const [hooks] = readYamlDocuments(
      readFileSync(`${import.meta.dirname}/../../.pre-commit-hooks.yaml`, 'utf8'),
    ) as [readonly { readonly entry: string }[]]
    return hooks[0]!.entry.split(' ')
  })()

  test('never opens anything, and cannot be talked into it', () => {
    trap('home/mine.sh')
    project.write('home/.ansible.cfg', '[defaults]\nvault_password_file = ~/mine.sh\n')
    const hook = runCli(project, [...entry, 'tree/group_vars/all.yml'])
    expect(hook.stderr).toBe('')
    expect(hook.stdout).toContain('1 sealed value not opened, so not checked: --no-open was given')
    const asked = runCli(project, [...entry, '--trust-project', 'tree/group_vars/all.yml'])
    expect(asked).toMatchObject({ status: 2, stdout: '' })
    expect(hasRun()).toBe(false)
  })
})

describe('what a command runs of the project that it is called in', () => {
  const table = readFileSync(`${import.meta.dirname}/../../SECURITY.md`, 'utf8')
  /** Whether a call runs vault scripts, as SECURITY says it. */
  const RUNS = [...table.matchAll(/^\| `(.+?)` +\| (yes|no)\b/gm)].map(
    ([, call, word]) => [call!, word === 'yes'] as const,
  )

  test('is said in SECURITY', () => expect(RUNS.length).toBeGreaterThan(9))

  test.each(RUNS)('%s: the vault script: %s', (call, runs) => {
    const command = call.split(' ')
    project.write('ansible.cfg', '[defaults]\nvault_password_file = .vault_password\n')
    // The one name of all pages.
    project.write('k3s_vars.yml', text('k3s_vars.yml').replace(/\bhome:/, 'prod:'))
    expect(runCli(project, ['token', 'new', 'prod', '--yes']).status).toBe(0)
    trap('pass.sh')
    project.write('ansible.cfg', '[defaults]\nvault_password_file = pass.sh\n')
    const isList = command[0] === '--list'
    if (isList) expect(project.run(LAUNCHER, command)).toMatchObject({ status: 0 })
    else runCli(project, command)
    expect(hasRun()).toBe(runs)
  })
})
