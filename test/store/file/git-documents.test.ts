// What Git has of documents, asked of real repositories.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { renderDocument } from '../../../src/document/text.js'
import { readCommitted } from '../../../src/store/file/git-documents.js'
import type { CommittedDocument } from '../../../src/store/file/git-documents.js'
import { environmentIn } from '../../support/environment.js'
import { first } from '../samples.js'

let folder: string
let seconds = 1_800_000_000
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-git-'))
  git('init', '--quiet', '--initial-branch', 'main', '.')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function git(...args: readonly string[]): string {
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgSign=false']
  const { status, stdout, stderr } = spawnSync('git', ['-C', folder, ...settings, ...args], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      // Commits of one second have no order.
      GIT_COMMITTER_DATE: `${(seconds += 10)} +0000`,
    },
  })
  if (status !== 0) throw new Error(stderr)
  return stdout.trim()
}

/** A document that the tests tell by its generation. */
function write(generation: number, name = 'store/prod.yml', cluster = 'prod'): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, renderDocument({ ...first(cluster), generation }))
}

function commit(generation: number, name?: string, cluster?: string): string {
  write(generation, name, cluster)
  git('add', '--all')
  git('commit', '--quiet', '-m', 'x')
  return git('rev-parse', 'HEAD')
}

function read(cluster = 'prod', store = 'store'): readonly CommittedDocument[] {
  return readCommitted(join(folder, store), environmentIn(folder, process.env))!.of([cluster])[0]!
}

const told = (found: readonly CommittedDocument[]): readonly (readonly [number, string])[] =>
  found.map(({ document, place }) => [document.generation, place])

describe('the documents of a repository', () => {
  test('are told with their commits, the newest first, and where these are', () => {
    const commits = [commit(1), commit(2)]
    git('checkout', '--quiet', '-b', 'other')
    commits.push(commit(3))
    git('checkout', '--quiet', 'main')
    write(4)
    const found = read()
    expect(told(found)).toEqual([
      [3, 'elsewhere'],
      [2, 'head'],
      [1, 'before'],
    ])
    expect(found.map((one) => one.commit)).toEqual(commits.reverse())
  })

  test.each<[string, () => void]>([
    ['a branch', () => git('checkout', '--quiet', '-b', 'other')],
    ['a commit that has only a tag', () => git('checkout', '--quiet', '--detach')],
  ])('are found in %s', (_what, leave) => {
    commit(1)
    leave()
    commit(2)
    git('tag', 'kept')
    git('checkout', '--quiet', 'main')
    expect(told(read())).toEqual([
      [2, 'elsewhere'],
      [1, 'head'],
    ])
  })

  test('are found in a stash, behind a merge that took nothing of them, and of a remote', () => {
    commit(1)
    git('checkout', '--quiet', '-b', 'side')
    commit(2)
    git('checkout', '--quiet', 'main')
    git('merge', '--quiet', '--no-ff', '-s', 'ours', '-m', 'x', 'side')
    git('branch', '-D', 'side')
    write(3)
    git('stash', '--quiet')
    git('update-ref', 'refs/remotes/origin/main', commit(4))
    git('reset', '--quiet', '--hard', 'HEAD~1')
    expect(new Map(told(read()))).toEqual(
      new Map([
        [1, 'head'],
        [2, 'before'],
        [3, 'elsewhere'],
        [4, 'elsewhere'],
      ]),
    )
  })

  test('are those of the one cluster, whatever its name is', () => {
    const names = ['prod', 'prod.old', '[ab]', 'prod*', 'ä', 'with blank', ':(glob)**']
    names.forEach((name, index) => commit(index + 1, `store/${name}.yml`, name))
    names.forEach((name, index) => expect(told(read(name))).toEqual([[index + 1, 'head']]))
    const all = readCommitted(join(folder, 'store'), environmentIn(folder, process.env))!
    expect(all.of(names).map((found) => told(found)[0]![0])).toEqual(
      names.map((_, index) => index + 1),
    )
    expect(all.of(['nobody'])).toEqual([[]])
  })

  test('are left out where they are none: damaged, of another cluster, a link', () => {
    commit(1)
    writeFileSync(join(folder, 'store/prod.yml'), 'damaged\n')
    git('commit', '--quiet', '--all', '-m', 'x')
    commit(2, 'store/prod.yml', 'dev')
    rmSync(join(folder, 'store/prod.yml'))
    symlinkSync('elsewhere.yml', join(folder, 'store/prod.yml'))
    git('add', '--all')
    git('commit', '--quiet', '-m', 'x')
    expect(told(read())).toEqual([[1, 'before']])
  })

  test('are found where the store is the top of the repository, and behind a link to it', () => {
    commit(1, 'prod.yml')
    expect(told(read('prod', '.'))).toEqual([[1, 'head']])
    symlinkSync('.', join(folder, 'link'))
    expect(told(read('prod', 'link'))).toEqual([[1, 'head']])
  })

  test('are none before the first commit', () => {
    write(1)
    expect(read()).toEqual([])
  })
})

test('a clone of a part of the history says so', () => {
  commit(1)
  commit(2)
  git('clone', '--quiet', '--depth', '1', `file://${folder}`, 'clone')
  const part = readCommitted(join(folder, 'clone/store'), environmentIn(folder, process.env))!
  expect(part.isComplete).toBe(false)
  expect(told(part.of(['prod'])[0]!)).toEqual([[2, 'head']])
  expect(readCommitted(join(folder, 'store'), environmentIn(folder, process.env))!.isComplete).toBe(
    true,
  )
})

test('outside of a repository, in none and in `.git` there is nothing to ask', () => {
  const outside = mkdtempSync(join(tmpdir(), 'k3s_vars-no-git-'))
  try {
    for (const place of [outside, join(outside, 'missing'), join(folder, '.git')]) {
      expect(readCommitted(place, environmentIn(folder, process.env))).toBeUndefined()
    }
  } finally {
    rmSync(outside, { recursive: true })
  }
})
