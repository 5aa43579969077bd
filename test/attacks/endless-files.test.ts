// Pipes, devices and endless files in the place of every file that is read: each ends at once, in a word of ours or passed over,
// and nothing waits for ever or fills the memory.
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { listFiles } from '../../src/ansible-files/tree/list.js'
import { environmentIn } from '../support/environment.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

const ENDLESS: readonly (readonly [string, (path: string) => void])[] = [
  ['a pipe', (path) => void project.run('mkfifo', [path])],
  ['/dev/zero', (path) => symlinkSync('/dev/zero', path)],
  ['a file of 1 GiB', (path) => void project.run('truncate', ['-s', '1G', path])],
]

/** In bounded time and memory: half of what one of the files would take. */
function run(...args: readonly string[]): Outcome {
  const limited = 'ulimit -v 4000000 2>/dev/null; exec "$@"'
  return project.run('sh', ['-c', limited, 'sh', LAUNCHER, ...args], { timeout: 20_000 })
}

const READERS: readonly (readonly [string, string, readonly string[], number])[] = [
  ['the configuration', 'other.yml', ['status', '--config', 'other.yml'], 3],
  ['an included one', 'clusters.d/a.yml', ['status'], 3],
  ['a token document', 'k3s_tokens/home.yml', ['--list'], 5],
  ['the file of a token', 'token', ['token', 'inspect', 'token'], 4],
  ['one to be sealed', 'group_vars/all.yml', ['vault', 'encrypt', 'group_vars/all.yml'], 6],
  ['one to be opened', 'sealed.yml', ['vault', 'view', 'sealed.yml'], 6],
  [
    'a password file of the command line',
    'pass',
    ['vault', 'view', '--vault-id', 'a@pass', 'x.yml'],
    6,
  ],
]

describe.each(ENDLESS)('%s', (kind, make) => {
  test.each(READERS)('as %s (%s)', (_, path, args, status) => {
    if (path === 'clusters.d/a.yml') {
      project.write(
        'k3s_vars.yml',
        'include: clusters.d/*.yml\nclusters: { home: { probe: false } }\n',
      )
    }
    project.write('x.yml', '$ANSIBLE_VAULT;1.1;AES256\n3030\n')
    project.write(path, '')
    rmSync(project.path(path))
    make(project.path(path))
    // A token may come from a pipe: somebody is at the other end, and here it is the test.
    if (path === 'token' && kind === 'a pipe') return
    const outcome = run(...args)
    expect(outcome).toMatchObject({
      status,
      stdout: expect.stringMatching(/^(?:0 files .* failed\n)?$/),
    })
    expect(outcome.stderr).toMatch(/^k3s_vars: [^\n]+ \(K3SV_(?!FAULT)\w+\)\nhint: [^\n]+\n/)
  })

  test('in a tree that is scanned', () => {
    project.write('tree/a.yml', 'k3s_token: Zq7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc\n')
    for (const name of ['b.yml', 'ansible.cfg', '.vault_pass', 'group_vars']) {
      make(project.path(`tree/${name}`))
    }
    const { status, stdout } = run('scan', '--json', 'tree')
    const { findings } = JSON.parse(stdout) as { findings: { rule: string }[] }
    expect([status, findings.map(({ rule }) => rule)]).toEqual([8, ['plain-token']])
  })

  test('as what Git reads of the tree: it is not waited for for ever, and the tree is looked at all the same', () => {
    project.write('tree/a.yml', 'a: 1\n')
    project.run('git', ['init', '--quiet', 'tree'])
    rmSync(project.path('tree/.git/info'), { recursive: true, force: true })
    mkdirSync(project.path('tree/.git/info'))
    for (const name of ['.gitignore', '.git/info/exclude']) {
      make(project.path(`tree/${name}`))
      const { PATH } = process.env
      const started = performance.now()
      const { files, problems } = listFiles(['tree'], {
        environment: environmentIn(project.folder, { PATH, HOME: join(project.folder, 'home') }),
        ignore: [],
        gitIgnored: 'skip',
        patience: 1500,
      })
      expect(performance.now() - started).toBeLessThan(15_000)
      expect(files.map(({ path }) => path)).toContain('tree/a.yml')
      const isLate = problems.some(({ path }) => path === 'tree/.git')
      // Control: Git by itself would wait.
      if (kind === 'a pipe') expect(isLate).toBe(true)
      rmSync(project.path(`tree/${name}`))
    }
  })
})
