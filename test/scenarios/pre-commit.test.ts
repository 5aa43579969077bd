// The hook as its users have it: the real pre-commit installs this checkout from a Git repository, builds it there, and stands
// between `git commit` and the repository. Packages come from npm's cache where it has them.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { listFiles } from '../../src/ansible-files/tree/list.js'
import { STRONG } from '../scan/trees.js'
import { Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { environmentIn } from '../support/environment.js'

const ROOT = resolve(import.meta.dirname, '../..')
const PRE_COMMIT = join(ROOT, '.cache/pre-commit/bin/pre-commit')
/** What is made and not the user's, should the checkout be no repository. */
const MADE = ['dist/', '.cache/', 'coverage/', '.vault_password', 'scratch/']

let project: Project
beforeAll(() => {
  project = new Project()
})
afterAll(() => project.remove())

/** Runs a program in a folder of the project, with this process's settings for npm and the network. */
function run(folder: string, program: string, ...args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: project.path(folder),
    encoding: 'utf8',
    env: {
      ...process.env,
      PRE_COMMIT_HOME: project.path('../pre-commit'),
      npm_config_prefer_offline: 'true',
      GIT_CONFIG_GLOBAL: project.path('gitconfig'),
    },
  })
  return { status, stdout, stderr }
}

function git(folder: string, ...args: readonly string[]): Outcome {
  return run(folder, 'git', ...args)
}

/** A repository with all files of this checkout, whether they are committed here or not. */
function publish(): string {
  const { files } = listFiles(['.'], {
    environment: environmentIn(ROOT, process.env),
    ignore: MADE,
    gitIgnored: 'skip',
  })
  for (const { path, file } of files) {
    const target = project.path(join('../published', path))
    mkdirSync(dirname(target), { recursive: true })
    cpSync(file, target)
  }
  git('../published', 'init', '--quiet')
  git('../published', 'add', '--all')
  expect(git('../published', 'commit', '--quiet', '--message', 'all').status).toBe(0)
  return git('../published', 'rev-parse', 'HEAD').stdout.trim()
}

const describeWithPreCommit = existsSync(PRE_COMMIT) ? describe : describe.skip

describeWithPreCommit('pre-commit', () => {
  test('installs the hook, and lets no commit pass that has a token in it', () => {
    project.write('gitconfig', '[user]\nname = test\nemail = test@example.com\n')
    const revision = publish()
    const manifest = project.path('../published/.pre-commit-hooks.yaml')
    expect(run('../published', PRE_COMMIT, 'validate-manifest', manifest).status).toBe(0)
    const url = `file://${project.path('../published')}`
    project.write(
      'user/.pre-commit-config.yaml',
      `repos:\n  - repo: ${url}\n    rev: ${revision}\n    hooks: [{ id: k3s-vars-scan }]\n`,
    )
    project.write('user/group_vars/all.yml', `a: 1\ntoken: ${STRONG}\n`)
    project.write('user/sound name.yml', 'token: "{{ vault_token }}"\n')
    git('user', 'init', '--quiet')
    git('user', 'add', '--all')
    expect(run('user', PRE_COMMIT, 'install')).toMatchObject({ status: 0 })

    const refused = git('user', 'commit', '--message', 'with a token')
    const told = refused.stdout + refused.stderr
    expect(told).toContain('group_vars/all.yml:2:8: error: token: a token stands here')
    expect(told).toContain('- exit code: 8')
    expect(told).not.toContain(STRONG)
    expect(refused.status).toBe(1)
    expect(git('user', 'rev-parse', 'HEAD').status).not.toBe(0)

    // What is not staged is put aside by pre-commit, so the commit is judged by what is in it.
    project.write('user/group_vars/all.yml', 'a: 1\ntoken: "{{ vault_token }}"\n')
    git('user', 'add', '--all')
    project.write('user/group_vars/all.yml', `a: 1\ntoken: ${STRONG}\n`)
    const passed = git('user', 'commit', '--message', 'without')
    expect(passed.stdout + passed.stderr).toMatch(/k3s-vars scan\.+Passed/)
    expect(passed.status).toBe(0)
    expect(readFileSync(project.path('user/group_vars/all.yml'), 'utf8')).toContain(STRONG)
    rmSync(project.path('../pre-commit'), { recursive: true, force: true })
  })
})

if (!existsSync(PRE_COMMIT)) {
  test.skip('no pre-commit in .cache/pre-commit; test/run installs it', () => {})
}
