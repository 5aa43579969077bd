// What a real Git tells of a document that is not in the store any more.
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { gitHistory } from '../../../src/store/file/git-history.js'
import type { GitAnswer } from '../../../src/store/store.js'
import { environmentIn } from '../../support/environment.js'

let base: string
let repository: string
let store: string

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'k3s_vars-history-')))
  repository = join(base, 'a [project]*')
  store = join(repository, 'deploy', 'k3s_tokens')
  mkdirSync(join(repository, 'deploy'), { recursive: true })
  git('init', '-q', '-b', 'main')
  write('deploy/site.yml')
  commit('first')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

/** Nothing of the machine's own settings, and a person to commit. */
const PLAIN = {
  PATH: process.env['PATH'],
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'n',
  GIT_AUTHOR_EMAIL: 'e@example.com',
  GIT_COMMITTER_NAME: 'n',
  GIT_COMMITTER_EMAIL: 'e@example.com',
}

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', repository, ...args], {
    encoding: 'utf8',
    env: PLAIN,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function write(path: string): void {
  mkdirSync(join(repository, path, '..'), { recursive: true })
  writeFileSync(join(repository, path), 'x\n')
}

function commit(message: string): void {
  git('add', '-A')
  git('commit', '-qm', message)
}

function ask(
  cluster = 'prod',
  folder = store,
  variables: NodeJS.ProcessEnv = { PATH: process.env['PATH'] },
): GitAnswer {
  return gitHistory(folder, environmentIn(base, variables))(cluster)
}

const DOCUMENT = 'deploy/k3s_tokens/prod.yml'

describe('a document that Git never had', () => {
  test('in a repository with others', () => {
    write('deploy/k3s_tokens/dev.yml')
    commit('dev')
    const history = gitHistory(store, environmentIn(base, { PATH: process.env['PATH'] }))
    expect([history('prod'), history('dev')]).toEqual(['never', 'had'])
  })

  test('in a repository without any commit', () => {
    rmSync(join(repository, '.git'), { recursive: true })
    git('init', '-q')
    expect(ask()).toBe('never')
  })

  test('outside of every repository, also without Git', () => {
    const folder = join(base, 'elsewhere')
    mkdirSync(folder)
    expect(ask('prod', folder)).toBe('outside')
    expect(ask('prod', folder, { PATH: '/nowhere' })).toBe('outside')
  })
})

describe('a document that Git has or had', () => {
  const cases: readonly (readonly [string, () => void])[] = [
    [
      'on another branch',
      () => {
        git('checkout', '-q', '-b', 'tokens')
        write(DOCUMENT)
        commit('token')
        git('checkout', '-q', 'main')
      },
    ],
    [
      'in the index, its folder deleted',
      () => {
        write(DOCUMENT)
        git('add', '-A')
        rmSync(store, { recursive: true })
      },
    ],
    [
      'in the last commit, its folder deleted',
      () => {
        write(DOCUMENT)
        commit('token')
        rmSync(store, { recursive: true })
      },
    ],
    [
      'in a commit before it was deleted',
      () => {
        write(DOCUMENT)
        commit('token')
        rmSync(store, { recursive: true })
        commit('gone')
      },
    ],
    [
      'on a branch that a merge took nothing of',
      () => {
        git('checkout', '-q', '-b', 'tokens')
        write(DOCUMENT)
        commit('token')
        git('checkout', '-q', 'main')
        write('other.yml')
        commit('other')
        git('merge', '-q', '-s', 'ours', '-m', 'merge', 'tokens')
        git('branch', '-q', '-D', 'tokens')
      },
    ],
    [
      'made by a merge itself',
      () => {
        git('checkout', '-q', '-b', 'side')
        write('other.yml')
        commit('other')
        git('checkout', '-q', 'main')
        git('merge', '-q', '--no-ff', '--no-commit', 'side')
        write(DOCUMENT)
        commit('merge')
        git('rm', '-q', DOCUMENT)
        commit('gone')
      },
    ],
    [
      'in the stash, as a file that was not tracked',
      () => {
        write(DOCUMENT)
        git('stash', '-q', '-u')
      },
    ],
    [
      'in an older stash',
      () => {
        write(DOCUMENT)
        git('stash', '-q', '-u')
        write('other.yml')
        git('stash', '-q', '-u')
      },
    ],
    [
      'in a commit that was reset',
      () => {
        write(DOCUMENT)
        commit('token')
        git('reset', '-q', '--hard', 'HEAD~1')
      },
    ],
    [
      'in a tag',
      () => {
        git('checkout', '-q', '--orphan', 'other')
        write(DOCUMENT)
        commit('token')
        git('tag', 'v1')
        git('checkout', '-q', 'main')
        git('branch', '-q', '-D', 'other')
        git('reflog', 'expire', '--expire=now', '--all')
      },
    ],
    [
      'left out by a sparse checkout',
      () => {
        write(DOCUMENT)
        commit('token')
        git('sparse-checkout', 'set', '--no-cone', '/*', '!/deploy/k3s_tokens/')
      },
    ],
  ]
  test.each(cases)('%s', (_, prepare) => {
    prepare()
    expect(ask()).toBe('had')
  })

  test('asked through a link to the folder', () => {
    write(DOCUMENT)
    commit('token')
    git('rm', '-q', DOCUMENT)
    const link = join(base, 'link')
    symlinkSync(join(repository, 'deploy'), link)
    expect(ask('prod', join(link, 'k3s_tokens'))).toBe('had')
  })

  test('although the environment names another repository', () => {
    write(DOCUMENT)
    commit('token')
    git('rm', '-q', '--cached', DOCUMENT)
    const other = { PATH: process.env['PATH'], GIT_DIR: join(base, 'nowhere') }
    expect(ask('prod', store, other)).toBe('had')
  })
})

describe('Git that cannot know', () => {
  const clone = (...args: readonly string[]): string => {
    write('new.yml')
    commit('second')
    const copy = join(base, 'copy')
    git('config', 'uploadpack.allowFilter', 'true')
    git('clone', '-q', ...args, `file://${repository}`, copy)
    return join(copy, 'deploy', 'k3s_tokens')
  }

  test('is a shallow clone', () => {
    expect(ask('prod', clone('--depth', '1'))).toBe('incomplete')
  })

  test.each(['blob:none', 'tree:0'])('is a partial clone with --filter %s', (filter) => {
    expect(ask('prod', clone('--filter', filter))).toBe('incomplete')
  })

  test('is a repository where Git is missing', () => {
    expect(ask('prod', store, { PATH: '/nowhere' })).toBe('silent')
  })

  test('is a repository that Git cannot read', () => {
    writeFileSync(join(repository, '.git', 'HEAD'), 'nonsense\n')
    expect(ask()).toBe('silent')
  })

  const asRoot = process.geteuid!() === 0 ? test : test.skip
  asRoot('is a repository of somebody else, which Git does not trust', () => {
    execFileSync('chown', ['-R', '12345', repository])
    chmodSync(repository, 0o755)
    expect(ask()).toBe('silent')
  })

  test('is a repository with a damaged commit', () => {
    const head = git('rev-parse', 'HEAD').trim()
    rmSync(join(repository, '.git', 'objects', head.slice(0, 2), head.slice(2)))
    expect(ask()).toBe('silent')
  })
})

describe('a document that the repository ignores', () => {
  test('is not looked for, also in a shallow clone', () => {
    write('.gitignore')
    writeFileSync(join(repository, '.gitignore'), 'k3s_tokens/\n')
    commit('ignore')
    expect(ask()).toBe('never')
    git('clone', '-q', '--depth', '1', `file://${repository}`, join(base, 'copy'))
    expect(ask('prod', join(base, 'copy', 'deploy', 'k3s_tokens'))).toBe('ignored')
  })

  test('is looked for while Git tracks it all the same', () => {
    write(DOCUMENT)
    commit('token')
    appendFileSync(join(repository, '.gitignore'), 'k3s_tokens/\n')
    rmSync(store, { recursive: true })
    expect(ask()).toBe('had')
  })
})
