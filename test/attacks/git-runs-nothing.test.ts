// A tree that is only looked at runs nothing: every way in which a repository's own configuration names a program, each with
// the control that plain Git does run it.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { listByGit } from '../../src/ansible-files/tree/git.js'
import { askGit } from '../../src/files/git.js'
import { environmentIn } from '../support/environment.js'

let base: string
let repository: string

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'k3s_vars-git-')))
  repository = join(base, 'tree')
  mkdirSync(repository)
  git('init', '-q')
  writeFileSync(join(repository, '.gitignore'), 'secret.yml\n')
  writeFileSync(join(repository, 'site.yml'), 'a: 1\n')
  git('add', '-A')
  git('-c', 'user.name=n', '-c', 'user.email=e@example.com', 'commit', '-qm', 'first')
})

afterEach(() => rmSync(base, { recursive: true, force: true }))

/** Git's own variables would lead these calls elsewhere when the tests run inside a hook. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')),
  )
}

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', repository, ...args], {
    encoding: 'utf8',
    env: plainEnvironment(),
  })
}

/** A program that leaves a mark when it runs. */
function trap(name: string): { readonly program: string; readonly sprung: () => boolean } {
  const program = join(base, name)
  const mark = join(base, `${name}.ran`)
  writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\n`)
  chmodSync(program, 0o755)
  return {
    program,
    sprung: () => {
      const ran = existsSync(mark)
      rmSync(mark, { force: true })
      return ran
    },
  }
}

function plainly(...args: readonly string[]): void {
  spawnSync('git', ['-C', repository, ...args], { env: plainEnvironment() })
}

const LIST = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.']

describe('Git that is asked about a tree', () => {
  test('fetches no missing object by a program that the tree names', () => {
    const { program, sprung } = trap('upload-pack')
    const blob = git('rev-parse', ':.gitignore').trim()
    git('update-index', '--skip-worktree', '.gitignore')
    rmSync(join(repository, '.gitignore'))
    rmSync(join(repository, '.git/objects', blob.slice(0, 2), blob.slice(2)))
    writeFileSync(join(repository, 'new.yml'), 'a: 2\n')
    git('config', 'core.repositoryFormatVersion', '1')
    git('config', 'extensions.partialClone', 'origin')
    git('config', 'remote.origin.promisor', 'true')
    git('config', 'remote.origin.url', repository)
    git('config', 'remote.origin.uploadPack', program)

    listByGit(repository, environmentIn(base, process.env))
    expect(sprung()).toBe(false)

    plainly(...LIST)
    expect(sprung()).toBe(true)
  })

  test('runs no file system monitor', () => {
    const { program, sprung } = trap('monitor')
    git('config', 'core.fsmonitor', program)

    expect(listByGit(repository, environmentIn(base, process.env))).toMatchObject({
      paths: expect.arrayContaining(['site.yml']),
    })
    expect(sprung()).toBe(false)

    plainly(...LIST)
    expect(sprung()).toBe(true)
  })

  test('runs no hook', () => {
    const { program, sprung } = trap('hook')
    const hooks = join(repository, '.git/hooks')
    mkdirSync(hooks, { recursive: true })
    writeFileSync(join(hooks, 'post-index-change'), `#!/bin/sh\n'${program}'\n`)
    chmodSync(join(hooks, 'post-index-change'), 0o755)
    const refresh = ['update-index', '--force-write-index', '--refresh']

    askGit({ folder: repository, args: refresh, environment: environmentIn(base, process.env) })
    expect(sprung()).toBe(false)

    plainly(...refresh)
    expect(sprung()).toBe(true)
  })

  test('believes no bare repository that lies in the tree as content', () => {
    const { program, sprung } = trap('embedded')
    const embedded = join(repository, 'docs')
    execFileSync('git', ['init', '-q', '--bare', embedded], { env: plainEnvironment() })
    // Content of the bare repository's folder can be its work tree, by its own configuration.
    const config = ['-C', embedded, 'config']
    for (const [key, value] of [
      ['core.bare', 'false'],
      ['core.worktree', embedded],
      ['core.fsmonitor', program],
    ] as const) {
      execFileSync('git', [...config, key, value], { env: plainEnvironment() })
    }
    writeFileSync(join(embedded, 'vars.yml'), 'a: 1\n')

    expect(listByGit(embedded, environmentIn(base, process.env))).toBeNull()
    expect(sprung()).toBe(false)

    spawnSync('git', ['-C', embedded, ...LIST], { env: plainEnvironment() })
    expect(sprung()).toBe(true)
  })

  test('is not led to another repository by the variables that a hook has', () => {
    const other = join(base, 'other')
    mkdirSync(other)
    execFileSync('git', ['init', '-q', other], { env: plainEnvironment() })
    writeFileSync(join(repository, 'secret.yml'), 'token: 1\n')
    const led = { ...process.env, GIT_DIR: join(other, '.git'), GIT_WORK_TREE: repository }

    expect(listByGit(repository, environmentIn(base, led))).toMatchObject({
      paths: expect.not.arrayContaining(['secret.yml']),
    })

    const { stdout } = spawnSync('git', ['-C', repository, 'ls-files', '-o'], { env: led })
    expect(stdout.toString()).toContain('secret.yml')
  })
})
