import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { listFiles } from '../../../src/ansible-files/tree/list.js'
import type { ListOptions } from '../../../src/ansible-files/tree/list.js'
import { environmentIn } from '../../support/environment.js'

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'k3s_vars-tree-')))
  write('a.yml', 'deep/b.yml', 'node_modules/x/c.yml', 'logs/d.log', 'logs/e.yml')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), name)
  }
}

function git(...args: string[]): void {
  execFileSync('git', ['-C', root, ...args], { stdio: 'ignore' })
}

function list(
  paths: readonly string[],
  { cwd = root, ...options }: Partial<ListOptions> & { cwd?: string } = {},
): string[] {
  const { PATH, HOME } = process.env
  const environment = environmentIn(cwd, { PATH, HOME, GIT_CEILING_DIRECTORIES: dirname(root) })
  const all = { environment, ignore: [], gitIgnored: 'skip' as const, ...options }
  return listFiles(paths, all).files.map(({ path }) => path)
}

describe('outside a repository', () => {
  test('everything but the folders of tools is listed', () => {
    expect(list(['.'])).toEqual(['a.yml', 'deep/b.yml', 'logs/d.log', 'logs/e.yml'])
  })

  test('globs leave out what is below the path, and never a file that is named', () => {
    expect(list(['.', 'a.yml'], { ignore: ['*.log', 'a.yml'] })).toEqual([
      'deep/b.yml',
      'logs/e.yml',
      'a.yml',
    ])
  })

  test('a file is listed once, however often it is reached', () => {
    expect(list(['deep/b.yml', '.', './deep', join(root, 'a.yml')])).toEqual([
      'deep/b.yml',
      'a.yml',
      'logs/d.log',
      'logs/e.yml',
    ])
  })

  test('a path that is not there is a problem of its position', () => {
    const { problems } = listFiles(['a.yml', 'secret'], {
      environment: environmentIn(root),
      ignore: [],
      gitIgnored: 'skip',
    })
    expect(problems).toEqual([{ root: 1, path: undefined, reason: 'missing' }])
  })

  test('links are followed to files inside the tree only, and never in circles', () => {
    write('outside/secret.yml', 'tree/real.yml')
    symlinkSync('../outside/secret.yml', join(root, 'tree/out.yml'))
    symlinkSync('../outside', join(root, 'tree/outfolder'))
    symlinkSync('.', join(root, 'tree/circle'))
    symlinkSync('nowhere', join(root, 'tree/broken'))
    symlinkSync('real.yml', join(root, 'tree/again.yml'))
    mkdirSync(join(root, 'tree/node_modules'))
    write('tree/node_modules/hidden.yml')
    symlinkSync('node_modules/hidden.yml', join(root, 'tree/shown.yml'))
    expect(list(['tree'])).toEqual(['tree/again.yml', 'tree/shown.yml'])
  })
})

describe('in a Git repository', () => {
  beforeEach(() => {
    git('init', '--quiet')
    write('.gitignore')
    writeFileSync(join(root, '.gitignore'), '*.log\n/deep/\n')
  })

  test('Git tells what is ignored', () => {
    expect(list(['.'])).toEqual(['.gitignore', 'a.yml', 'logs/e.yml'])
    expect(list(['.'], { gitIgnored: 'include' })).toEqual([
      '.gitignore',
      'a.yml',
      'deep/b.yml',
      'logs/d.log',
      'logs/e.yml',
    ])
  })

  test('what is tracked is listed even if a rule would ignore it', () => {
    git('add', '--force', 'deep/b.yml')
    expect(list(['.'])).toContain('deep/b.yml')
  })

  test('a folder of the repository is listed by itself, under the path that was given', () => {
    write('deep/.keep')
    expect(list([join(root, 'logs')])).toEqual([join(root, 'logs/e.yml')])
    expect(list(['e.yml'], { cwd: join(root, 'logs') })).toEqual(['e.yml'])
  })

  test('a repository inside it is looked into', () => {
    write('inner/f.yml', 'inner/g.log')
    execFileSync('git', ['-C', join(root, 'inner'), 'init', '--quiet'])
    expect(list(['.'])).toEqual(['.gitignore', 'a.yml', 'inner/f.yml', 'inner/g.log', 'logs/e.yml'])
  })

  test('a file that Git has and nobody deleted from it is no problem when it is gone', () => {
    git('add', 'a.yml')
    rmSync(join(root, 'a.yml'))
    expect(list(['.'])).not.toContain('a.yml')
  })
})
