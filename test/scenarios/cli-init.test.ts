import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { describeEachAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'

const CHECKOUT = dirname(dirname(LAUNCHER))

let project: Project
afterEach(() => project.remove())

/** A folder below the project's that holds nothing yet. */
function emptyFolder(): string {
  project = new Project()
  return mkdtempSync(project.path('empty-'))
}

function install(folder: string): void {
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(CHECKOUT, join(folder, 'node_modules/k3s-vars'))
  makeToken(folder)
}

/** On purpose: the hosts that `init` writes are those of a documentation, and nobody can ask them. */
function makeToken(folder: string): void {
  const made = runCli(project, ['token', 'new', '--yes', '--assume-new'], { cwd: folder })
  expect(made.status).toBe(0)
}

describe('init', () => {
  test('sets an empty folder up, once', () => {
    const folder = emptyFolder()
    const first = runCli(project, ['init'], { cwd: folder })
    expect(first).toMatchObject({ status: 0, stderr: '' })
    expect(first.stdout.split('\n\nnext:\n')[0]).toBe(
      [
        'created  k3s_vars.yml',
        'created  ansible.cfg',
        'created  .vault_password',
        'created  .gitignore',
        'created  plugins/k3s_vars',
        'created  .gitattributes',
      ].join('\n'),
    )
    expect(statSync(join(folder, '.vault_password')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, '.vault_password'), 'utf8')).toMatch(/^[\w-]{43}\n$/)
    expect(first.stdout).toContain(
      '1. write your servers and agents into k3s_vars.yml, in the place of\n     server1.example\n',
    )
    expect(first.stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    const before = snapshot(folder)
    const second = runCli(project, ['init'], { cwd: folder })
    expect(second).toMatchObject({ status: 0, stderr: '' })
    expect(second.stdout).not.toContain('created')
    expect(snapshot(folder)).toEqual(before)
  })

  test('makes the folder, and takes the name of the cluster', () => {
    emptyFolder()
    const options = ['--dir', 'deep/er', '--cluster', 'edge-1', '--no-launcher']
    expect(runCli(project, ['init', ...options]).status).toBe(0)
    expect(readFileSync(project.path('deep/er/k3s_vars.yml'), 'utf8')).toContain('\n  edge-1:\n')
    expect(readdirSync(project.path('deep/er'))).not.toContain('plugins')
  })

  test('gives a clone its vault password and leaves everything else alone', () => {
    project = new Project()
    rmSync(project.path('.vault_password'))
    project.write('.gitignore', '.vault_password\n')
    const before = snapshot(project.folder)
    const { stdout } = runCli(project, ['init', '--no-launcher'])
    expect(stdout.split('\n\n')[0]).toBe(
      'kept     k3s_vars.yml\nkept     ansible.cfg\ncreated  .vault_password',
    )
    expect(snapshot(project.folder).filter((line) => !before.includes(line))).toHaveLength(1)
  })

  describe('in a repository, asks Git whether it would take the password:', () => {
    const CREATED = 'created  .gitignore'
    const ADVISED =
      'add to .gitignore, so that the vault password never gets into Git:\n       /.vault_password\n'
    const git = (folder: string, ...args: readonly string[]): void => {
      const { status } = project.run('git', ['-C', folder, ...args])
      expect(status).toBe(0)
    }

    test.each<[string, Readonly<Record<string, string>>, 'nothing' | 'created' | 'advised']>([
      ['a pattern above that fits', { '.gitignore': '*_password\n' }, 'nothing'],
      ['a pattern of the folder', { 'deploy/.gitignore': '.vault*\n' }, 'nothing'],
      ['an exclude of the repository', { '.git/info/exclude': '.vault_password\n' }, 'nothing'],
      ["a file of the user's own", { 'home/.config/git/ignore': '.vault_*\n' }, 'nothing'],
      [
        'a line that a later one takes back',
        { 'deploy/.gitignore': '.vault_password\n!.vault_password\n' },
        'advised',
      ],
      ['a comment', { 'deploy/.gitignore': '#.vault_password\n' }, 'advised'],
      ['another name', { 'deploy/.gitignore': 'vault_password\n' }, 'advised'],
      ['nothing', {}, 'created'],
    ])('%s', (_what, files, expected) => {
      const folder = emptyFolder()
      git(folder, 'init', '--quiet')
      for (const [name, text] of Object.entries(files)) {
        const path = name.startsWith('home/') ? name : relative(project.folder, join(folder, name))
        project.write(path, text)
      }
      const args = ['init', '--no-launcher', '--dir', 'deploy']
      const { status, stdout } = runCli(project, args, { cwd: folder })
      expect(status).toBe(0)
      const seen = stdout.includes(CREATED)
        ? 'created'
        : stdout.includes(ADVISED)
          ? 'advised'
          : 'nothing'
      expect(seen).toBe(expected)
      const again = runCli(project, args, { cwd: folder }).stdout
      expect([again.includes(CREATED), again.includes(ADVISED)]).toEqual([
        false,
        expected === 'advised',
      ])
    })

    test('and names all that a clone needs, the package among it', () => {
      const folder = emptyFolder()
      git(folder, 'init', '--quiet')
      const own = relative(project.folder, folder)
      const asked = { devDependencies: { 'k3s-vars': 'file:k3s-vars-0.1.0.tgz' } }
      project.write(`${own}/package.json`, JSON.stringify(asked))
      project.write(`${own}/package-lock.json`, '{}')
      project.write(`${own}/k3s-vars-0.1.0.tgz`, '')
      mkdirSync(join(folder, 'node_modules'))
      const { stdout } = runCli(project, ['init'], { cwd: folder })
      expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe(
        '/.vault_password\n/node_modules/\n',
      )
      const added = [...stdout.matchAll(/^ {7}git add (?!--)(.*)$/gm)].flatMap(([, paths]) =>
        paths!.split(' '),
      )
      expect(added.sort()).toEqual([
        '.gitattributes',
        '.gitignore',
        'ansible.cfg',
        'k3s-vars-0.1.0.tgz',
        'k3s_tokens',
        'k3s_vars.yml',
        'package-lock.json',
        'package.json',
      ])
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
      const elsewhere = { devDependencies: { 'k3s-vars': 'file:../k3s-vars-0.1.0.tgz' } }
      project.write(`${own}/package.json`, JSON.stringify(elsewhere))
      project.write('k3s-vars-0.1.0.tgz', '')
      const foreign = runCli(project, ['init'], { cwd: folder }).stdout
      expect(foreign).toContain('package.json')
      expect(foreign).not.toContain('tgz')
      // Where a .gitignore is there already, that is left to do.
      project.write(`${own}/.gitignore`, '/.vault_password\n')
      expect(runCli(project, ['init'], { cwd: folder }).stdout).toContain(
        'add to .gitignore, so that installed packages stay out of Git:\n       /node_modules/\n',
      )
    })

    test('and neither hooks, fsmonitor nor GIT_DIR of somebody else have a say', () => {
      const folder = emptyFolder()
      git(folder, 'init', '--quiet')
      const canary = project.write('canary', '#!/bin/sh\ntouch "$0.ran"\n', 0o700)
      git(folder, 'config', 'core.fsmonitor', canary)
      project.write(relative(project.folder, join(folder, '.gitignore')), '/.vault_password\n')
      const elsewhere = project.path('elsewhere')
      project.run('git', ['init', '--quiet', elsewhere])
      const environment = { GIT_DIR: join(elsewhere, '.git'), GIT_WORK_TREE: elsewhere }
      const { stdout } = runCli(project, ['init'], { cwd: folder, environment })
      expect(stdout).not.toMatch(/(?:created|add to) +\.gitignore/)
      expect(existsSync(`${canary}.ran`)).toBe(false)
    })
  })

  test('makes no new password for tokens that another one sealed', () => {
    project = new Project()
    expect(runCli(project, ['token', 'new', '--yes']).status).toBe(0)
    rmSync(project.path('.vault_password'))
    const { stdout } = runCli(project, ['init'])
    expect(stdout).toContain(
      'bring .vault_password back: a new password would not open what is sealed\n     here\n',
    )
    expect(readdirSync(project.folder)).not.toContain('.vault_password')
  })

  test('does not follow a link that points nowhere', () => {
    const folder = emptyFolder()
    symlinkSync(project.path('elsewhere'), join(folder, 'k3s_vars.yml'))
    expect(runCli(project, ['init'], { cwd: folder }).stdout).toContain('kept     k3s_vars.yml')
    expect(readdirSync(project.folder)).not.toContain('elsewhere')
  })

  test.each(['Prod', 'a b', '-x', '../up', 'all', 'ungrouped', '10'])(
    'refuses the cluster name %s',
    (name) => {
      emptyFolder()
      const outcome = runCli(project, ['init', `--cluster=${name}`])
      expect(outcome).toMatchObject({ status: 2, stdout: '' })
      expect(outcome.stderr).toContain('(K3SV_USAGE)')
    },
  )
})

describe('the launcher that init writes', () => {
  test('says what to do where the package is not installed', () => {
    const folder = emptyFolder()
    runCli(project, ['init'], { cwd: folder })
    const outcome = project.run(join(folder, 'plugins/k3s_vars'), ['--list'])
    expect(outcome).toMatchObject({ status: 1, stdout: '' })
    expect(outcome.stderr).toMatch(
      /^k3s_vars: .*\(K3SV_FAULT\)\nhint: run "npm install" in this project.*\n$/,
    )
  })

  test('finds the package above it and the configuration beside it, from any folder', () => {
    const folder = emptyFolder()
    runCli(project, ['init'], { cwd: folder })
    install(folder)
    const environment = { ANSIBLE_CONFIG: join(folder, 'ansible.cfg') }
    const launcher = join(folder, 'plugins/k3s_vars')
    const outcome = project.run(launcher, ['--list'], { cwd: tmpdir(), environment })
    expect(outcome).toMatchObject({ status: 0, stderr: '' })
    expect(outcome.stdout).toContain('"hosts":["server1.example"]')
  })

  test.each([
    ['a link to it', 'inventory/k3s_vars', 'plugins/k3s_vars', true],
    ['a link with another name', 'inventory/hosts', 'plugins/k3s_vars', true],
    ['a link to its folder', 'sources', 'plugins', false],
  ])('finds its project through %s, from any folder', (_, name, target, isFile) => {
    const folder = emptyFolder()
    project.run(LAUNCHER, ['init'], { cwd: folder })
    install(folder)
    const link = project.path(`elsewhere/${name}`)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(relative(dirname(link), join(folder, target)), link)
    const environment = { ANSIBLE_CONFIG: join(folder, 'ansible.cfg') }
    const launcher = isFile ? link : join(link, 'k3s_vars')
    for (const path of [launcher, `./${relative(project.path('elsewhere'), launcher)}`]) {
      const options = { cwd: project.path('elsewhere'), environment }
      const outcome = project.run(path, ['--list'], options)
      expect(outcome).toMatchObject({ status: 0, stderr: '' })
      expect(outcome.stdout).toContain('"hosts":["server1.example"]')
    }
  })

  test('prefers the configuration beside the link', () => {
    const folder = emptyFolder()
    project.run(LAUNCHER, ['init'], { cwd: folder })
    install(folder)
    project.write('elsewhere/k3s_vars.yml', 'clusters: { x: { rule: no } }\n')
    symlinkSync(join(folder, 'plugins/k3s_vars'), project.path('elsewhere/link'))
    const outcome = project.run(project.path('elsewhere/link'), ['--list'], { cwd: folder })
    expect(outcome).toMatchObject({ status: 0, stderr: '' })
    const away = project.run(project.path('elsewhere/link'), ['--list'], { cwd: tmpdir() })
    expect(away).toMatchObject({ status: 3, stdout: '' })
    expect(away.stderr).toContain('elsewhere/k3s_vars.yml')
  })

  test('two launchers on PATH without the package end, and say so', () => {
    const folder = emptyFolder()
    project.run(LAUNCHER, ['init'], { cwd: folder })
    project.run(LAUNCHER, ['init', '--dir', 'other'], { cwd: folder })
    const PATH = `${join(folder, 'plugins')}:${join(folder, 'other/plugins')}:${process.env['PATH']}`
    const options = { cwd: folder, environment: { PATH }, timeout: 10_000 }
    const outcome = project.run(join(folder, 'plugins/k3s_vars'), ['--list'], options)
    expect(outcome).toMatchObject({ status: 1, stdout: '' })
    expect(outcome.stderr).toContain('is not installed')
  })

  test('finds the program on PATH, and not itself', () => {
    const folder = emptyFolder()
    runCli(project, ['init'], { cwd: folder })
    makeToken(folder)
    const plugins = join(folder, 'plugins')
    const PATH = `${plugins}:${dirname(LAUNCHER)}:${process.env['PATH']}`
    const outcome = project.run('k3s_vars', ['--list'], { cwd: folder, environment: { PATH } })
    expect(outcome).toMatchObject({ status: 0, stderr: '' })
  })
})

describeEachAnsible((ansible) => {
  const PATH = `${ansible.bin}:${process.env['PATH']}`
  const ask = (folder: string) =>
    project.run('ansible-inventory', ['--list'], { cwd: folder, environment: { PATH } })

  test('what init sets up works with ansible-inventory as it is', () => {
    const folder = emptyFolder()
    runCli(project, ['init'], { cwd: folder })
    install(folder)
    const outcome = ask(folder)
    expect(outcome.status).toBe(0)
    expect(outcome.stdout).toContain('server1.example')
  })

  test('a launcher without its package stops Ansible and shows why', () => {
    const folder = emptyFolder()
    runCli(project, ['init'], { cwd: folder })
    const outcome = ask(folder)
    expect(outcome.status).not.toBe(0)
    expect(outcome.stderr.replace(/\s+/g, ' ')).toContain('run "npm install" in this project')
  })
})

/** Every file with its mode and content. */
function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${statSync(file).mode} ${readFileSync(file, 'utf8')}`)
    .sort()
}
