// What can go wrong on the way, with real signals, links, owners and a full disk: each file is the old one or the new one, and
// nothing in the clear is left beside it.
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { LAUNCHER, PASSWORD, Project } from '../support/project.js'
import type { Outcome, RunOptions } from '../support/project.js'

jest.setTimeout(60_000)

const SECRET = 'Zq7Xv2mZ9kL4pR8wT3nB6yH1s'
const PLAIN = `# a comment\ntoken: "${SECRET}"\nport: 6443\n`
const isRoot = process.geteuid!() === 0

let project: Project
beforeEach(() => {
  project = new Project()
  project.write('new', 'another password\n')
  project.write('group_vars/all.yml', PLAIN)
})
afterEach(() => project.remove())

function vault(args: readonly string[], options?: RunOptions): Outcome {
  return runCli(project, ['vault', ...args], options)
}

function text(name: string): string {
  return readFileSync(project.path(name), 'utf8')
}

function namesIn(folder: string): string[] {
  return readdirSync(project.path(folder)).sort()
}

describe('what stands', () => {
  test('mode and owner of a file stay', () => {
    chmodSync(project.path('group_vars/all.yml'), 0o640)
    if (isRoot) chownSync(project.path('group_vars/all.yml'), 12345, 23456)
    const before = statSync(project.path('group_vars/all.yml'))
    expect(vault(['encrypt', 'group_vars']).status).toBe(0)
    expect(vault(['decrypt', 'group_vars']).status).toBe(0)
    const { mode, uid, gid } = statSync(project.path('group_vars/all.yml'))
    expect([mode, uid, gid]).toEqual([before.mode, before.uid, before.gid])
    expect(text('group_vars/all.yml')).toBe(PLAIN)
  })

  test('a tree where one file fails reports it, does the others and ends with its status', () => {
    project.write('group_vars/broken.yml', 'token: "abc\n')
    project.write('group_vars/typed.yml', 'token: 0123\n')
    const { status, stderr, stdout } = vault(['encrypt', '--inline', 'group_vars'])
    expect(status).toBe(6)
    expect(stderr).toContain('[group_vars/broken.yml:')
    expect(stderr).toContain('[group_vars/typed.yml:1:8 (token)] (K3SV_VAULT_VALUE)')
    expect(stdout).toContain('1 file encrypted, 1 value in them; 2 failed')
    expect(text('group_vars/all.yml')).toContain('!vault')
    expect(text('group_vars/typed.yml')).toBe('token: 0123\n')
  })

  test('a value that cannot be rekeyed leaves its whole file as it was', () => {
    project.write('group_vars/all.yml', `token: ${SECRET}\nk3s_token: ${SECRET}\n`)
    expect(vault(['encrypt', '--inline', 'group_vars']).status).toBe(0)
    const lines = text('group_vars/all.yml').split('\n')
    const sealed = lines.map((line, index) => (index === 9 ? '  3030' : line)).join('\n')
    project.write('group_vars/all.yml', sealed)
    const outcome = vault(['rekey', '--new-vault-password-file', 'new', 'group_vars'])
    expect(outcome.status).toBe(6)
    expect(outcome.stderr).toContain('(k3s_token)')
    expect(text('group_vars/all.yml')).toBe(sealed)
  })

  test('what is encrypted stays when it is encrypted again, and a check tells what would change', () => {
    expect(vault(['encrypt', '--inline', '--check', 'group_vars']).status).toBe(8)
    expect(text('group_vars/all.yml')).toBe(PLAIN)
    expect(vault(['encrypt', '--inline', 'group_vars']).status).toBe(0)
    const sealed = text('group_vars/all.yml')
    expect(vault(['encrypt', '--inline', '--check', 'group_vars']).status).toBe(0)
    expect(vault(['encrypt', '--inline', 'group_vars']).status).toBe(6)
    expect(vault(['encrypt', '--inline', '--allow-nothing', 'group_vars']).status).toBe(0)
    expect(text('group_vars/all.yml')).toBe(sealed)
  })

  test('a dry run shows the change without the value', () => {
    const { stdout, status } = vault(['encrypt', '--inline', '-n', 'group_vars'])
    expect(status).toBe(0)
    expect(stdout).toContain('-token: [redacted]\n+token: !vault [vault id default]\n')
    expect(stdout).not.toContain(SECRET)
    expect(text('group_vars/all.yml')).toBe(PLAIN)
  })
})

describe('links', () => {
  test('a link is followed inside the tree only, and stays a link', () => {
    project.write('outside.yml', PLAIN)
    project.write('tree/group_vars/real.yml', PLAIN)
    symlinkSync('real.yml', project.path('tree/group_vars/inside.yml'))
    symlinkSync('../../outside.yml', project.path('tree/group_vars/outside.yml'))
    mkdirSync(project.path('elsewhere'))
    project.write('elsewhere/far.yml', PLAIN)
    symlinkSync('../../elsewhere', project.path('tree/group_vars/folder'))
    expect(vault(['encrypt', 'tree']).status).toBe(0)
    expect(text('tree/group_vars/real.yml')).toContain('$ANSIBLE_VAULT')
    expect(text('tree/group_vars/inside.yml')).toBe(text('tree/group_vars/real.yml'))
    expect(text('outside.yml')).toBe(PLAIN)
    expect(text('elsewhere/far.yml')).toBe(PLAIN)
  })

  test('a file with a second name is left as it is, since that one would keep the plain text', () => {
    linkSync(project.path('group_vars/all.yml'), project.path('copy'))
    const { status, stderr } = vault(['encrypt', 'group_vars'])
    expect(status).toBe(6)
    expect(stderr).toContain('hard link')
    expect(text('group_vars/all.yml')).toBe(PLAIN)
  })
})

describe('an end at any moment', () => {
  const COUNT = 60
  const names = Array.from({ length: COUNT }, (_, index) =>
    index === 0 ? 'group_vars/all.yml' : `group_vars/file${index}.yml`,
  )

  test('SIGKILL within a tree leaves each file old or new, and the next run goes on', async () => {
    for (const name of names) project.write(name, PLAIN)
    expect(vault(['encrypt', '--inline', 'group_vars']).status).toBe(0)
    const before = new Map(names.map((name) => [name, text(name)]))
    const args = ['vault', 'rekey', '--new-vault-id', 'fresh@new', 'group_vars']
    const child = spawn(LAUNCHER, args, {
      cwd: project.folder,
      stdio: 'ignore',
      env: { PATH: process.env['PATH'], HOME: project.path('home') },
    })
    const isBegun = (): boolean => names.some((name) => text(name) !== before.get(name))
    while (!isBegun() && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 2))
    child.kill('SIGKILL')
    await new Promise((resolve) => child.on('close', resolve))

    const after = names.map((name) => text(name))
    const isNew = (content: string): boolean => content.includes(';fresh\n')
    const done = after.filter(isNew).length
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(COUNT)
    after.forEach((content, index) => {
      if (!isNew(content)) expect(content).toBe(before.get(names[index]!))
    })
    for (const name of namesIn('group_vars'))
      expect(text(`group_vars/${name}`)).not.toContain(SECRET)

    const again = vault(['rekey', '--new-vault-id', 'fresh@new', 'group_vars'])
    expect(again.status).toBe(0)
    expect(again.stdout).toContain(`; ${done} left as they are`)
    expect(namesIn('group_vars')).toHaveLength(COUNT)
    const opened = vault(['view', '--vault-id', 'fresh@new', '-k', 'token', '--json', 'group_vars'])
    const { files } = JSON.parse(opened.stdout) as { files: { content: string }[] }
    expect(files.map(({ content }) => content)).toEqual(Array(COUNT).fill(PLAIN))
  })

  const testFullDisk = isRoot ? test : test.skip
  testFullDisk('a full disk fails the file and leaves it whole', () => {
    const disk = project.path('disk')
    mkdirSync(disk)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk])
    if (mounted.status !== 0) {
      process.stderr.write('no tmpfs can be mounted here: a full disk is not tested\n')
      return
    }
    try {
      const large = `# ${'x'.repeat(20_000)}\ntoken: "${SECRET}"\n`
      project.write('disk/group_vars/a.yml', large)
      project.write('disk/group_vars/b.yml', large)
      const { status, stderr } = vault(['encrypt', 'disk'])
      expect(status).toBe(6)
      expect(stderr).toContain('the disk or the quota is full')
      expect([text('disk/group_vars/a.yml'), text('disk/group_vars/b.yml')]).toContain(large)
      expect(namesIn('disk/group_vars')).toEqual(['a.yml', 'b.yml'])
    } finally {
      spawnSync('umount', [disk])
    }
  })

  const asUser = isRoot ? test.skip : test
  asUser('a folder that cannot be written fails the file', () => {
    chmodSync(project.path('group_vars'), 0o500)
    expect(vault(['encrypt', 'group_vars'])).toMatchObject({ status: 6 })
    chmodSync(project.path('group_vars'), 0o700)
    expect(text('group_vars/all.yml')).toBe(PLAIN)
  })
})

describe('edit', () => {
  const editor = (body: string): NodeJS.ProcessEnv => {
    project.write('editor', `#!/bin/sh\nls -ld "$1" "$(dirname "$1")" >seen\n${body}\n`, 0o700)
    mkdirSync(project.path('run'), { recursive: true, mode: 0o700 })
    return { EDITOR: './editor', XDG_RUNTIME_DIR: project.path('run') }
  }

  test.each([
    ['a whole file', ['encrypt', 'group_vars'], 'port: 1\n'],
    ['a value', ['encrypt', '--inline', 'group_vars'], PLAIN.replace(SECRET, 'port: 1')],
  ])('%s is opened in a private place and encrypted again', (_what, encrypt, expected) => {
    expect(vault(encrypt).status).toBe(0)
    const environment = editor('echo "port: 1" >"$1"')
    expect(vault(['edit', 'group_vars/all.yml'], { environment })).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(text('seen')).toMatch(/^drwx------ [^]*\n-rw------- /)
    expect(namesIn('run')).toEqual([])
    expect(text('group_vars/all.yml')).toContain('$ANSIBLE_VAULT')
    expect(vault(['view', 'group_vars/all.yml']).stdout).toBe(expected)
  })

  test('what is not changed is not written, and a failing editor changes nothing', () => {
    expect(vault(['encrypt', 'group_vars']).status).toBe(0)
    const before = text('group_vars/all.yml')
    expect(vault(['edit', 'group_vars/all.yml'], { environment: editor(':') }).status).toBe(0)
    const failing = editor('echo x >"$1"; exit 3')
    const { status, stderr } = vault(['edit', 'group_vars/all.yml'], { environment: failing })
    expect(status).toBe(6)
    expect(stderr).toContain('K3SV_VAULT_EDITOR')
    expect(text('group_vars/all.yml')).toBe(before)
    expect(namesIn('run')).toEqual([])
  })

  test('an editor that takes the file away changes nothing', () => {
    expect(vault(['encrypt', 'group_vars']).status).toBe(0)
    const before = text('group_vars/all.yml')
    const { status, stderr } = vault(['edit', 'group_vars/all.yml'], {
      environment: editor('rm "$1"'),
    })
    expect(status).toBe(6)
    expect(stderr).toMatch(
      /private file for the editor cannot be used \(ENOENT\).*K3SV_VAULT_EDITOR/,
    )
    expect(text('group_vars/all.yml')).toBe(before)
    expect(namesIn('run')).toEqual([])
  })

  test.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    'the plain text is wiped after %s',
    async (signal) => {
      expect(vault(['encrypt', 'group_vars']).status).toBe(0)
      const environment = editor('touch open; exec sleep 20')
      const child = spawn(LAUNCHER, ['vault', 'edit', 'group_vars/all.yml'], {
        cwd: project.folder,
        stdio: 'ignore',
        detached: true,
        env: { PATH: process.env['PATH'], HOME: project.path('home'), ...environment },
      })
      while (!existsSync(project.path('open')))
        await new Promise((resolve) => setTimeout(resolve, 10))
      expect(namesIn('run')).toHaveLength(1)
      child.kill(signal)
      await new Promise((resolve) => child.on('close', resolve))
      if (signal === 'SIGKILL') {
        // The editor is still there; nothing of ours is, until the next one comes.
        process.kill(-child.pid!, 'SIGKILL')
        expect(namesIn('run')).toHaveLength(1)
        expect(vault(['edit', 'group_vars/all.yml'], { environment: editor(':') }).status).toBe(0)
      }
      expect(namesIn('run')).toEqual([])
    },
  )
})

test('the vault password never gets in the way of a name', () => {
  const { status, stderr } = vault(['encrypt', '--vault-id', PASSWORD, 'group_vars'])
  expect(status).toBe(6)
  expect(stderr).not.toContain(PASSWORD)
  expect(text('group_vars/all.yml')).toBe(PLAIN)
})
