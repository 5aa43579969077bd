// What hides in a tree: names that are no text, folders that nobody may read, links in circles, paths that are too long. It is
// read, or named with a status, and the rest is looked at all the same. Each with the control that the other programs pass over it.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const TOKEN = 'Zq7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc'
const isRoot = process.geteuid!() === 0
const MALLORY = 4321

let project: Project
beforeEach(() => {
  project = new Project()
  chmodSync(dirname(project.folder), 0o755)
  project.write('tree/group_vars/all.yml', `k3s_token: ${TOKEN}\n`)
})
afterEach(() => {
  project.run('chmod', ['-R', 'u+rwx', project.folder])
  project.remove()
})

interface Scanned {
  readonly status: number | null
  readonly found: readonly (readonly [rule: string, file: string])[]
}

function scanned({ status, stdout, stderr }: Outcome): Scanned {
  expect(stderr).toBe('')
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; file: string }[] }
  return { status, found: findings.map(({ rule, file }) => [rule, file]) }
}

const scan = (...args: readonly string[]): Scanned =>
  scanned(runCli(project, ['scan', '--json', ...args]))

/** A path of bytes below the project. */
function bytes(...parts: readonly (string | Buffer)[]): Buffer {
  const all = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))
  return Buffer.concat([Buffer.from(`${project.folder}/`), ...all])
}

const IN_GIT = [
  ['outside of Git', () => {}],
  ['in Git', () => void project.run('git', ['init', '--quiet', 'tree'])],
  [
    'in Git, tracked',
    () => {
      project.run('git', ['init', '--quiet', 'tree'])
      project.run('git', ['-C', 'tree', 'add', '.'])
    },
  ],
] as const

describe.each(IN_GIT)('names that are not UTF-8, %s', (_, init) => {
  const LATIN = Buffer.from('caf\u00e9.yml', 'latin1')
  beforeEach(() => {
    writeFileSync(bytes('tree/group_vars/', LATIN), `token: ${TOKEN}\n`)
    mkdirSync(bytes('tree/', Buffer.of(0xff), '/host_vars'), { recursive: true })
    writeFileSync(bytes('tree/', Buffer.of(0xff), '/host_vars/n1.yml'), `token: ${TOKEN}\n`)
    // A half of a surrogate pair in UTF-8, and a character that holds such a half in UTF-16.
    writeFileSync(
      bytes('tree/group_vars/', Buffer.of(0xed, 0xb2, 0x80), '💀.yml'),
      `token: ${TOKEN}\n`,
    )
    init()
  })
  const FOUND = [
    'tree/group_vars/\udced\udcb2\udc80💀.yml',
    'tree/group_vars/all.yml',
    'tree/group_vars/caf\udce9.yml',
    'tree/\udcff/host_vars/n1.yml',
  ]

  test('are read by a scan, and shown by their bytes', () => {
    const { status, found } = scan('tree')
    expect(status).toBe(8)
    expect([...found].sort()).toEqual(FOUND.map((file) => ['plain-token', file]).sort())
    const { stdout } = runCli(project, ['scan', 'tree'])
    expect(stdout).toContain('tree/group_vars/caf\\xe9.yml:1:8: error:')
    const sarif = runCli(project, ['scan', '--sarif', 'tree']).stdout
    expect(sarif).toContain('tree/group_vars/caf%E9.yml"')
    expect(sarif).toContain('tree/%FF/host_vars/n1.yml"')
  })

  test('are known by a baseline', () => {
    const baseline = ['scan', '--baseline', 'known.json']
    expect(runCli(project, [...baseline, '--write-baseline', 'tree']).status).toBe(0)
    expect(runCli(project, [...baseline, 'tree'])).toMatchObject({ status: 0, stderr: '' })
  })

  test('are sealed, rekeyed and opened under the names that they have', () => {
    project.write('.new', 'another password, long enough\n')
    const before = readdirSync(bytes('tree/group_vars'), 'buffer')
    const content = (): string => readFileSync(bytes('tree/group_vars/', LATIN), 'utf8')
    expect(runCli(project, ['vault', 'encrypt', 'tree'])).toMatchObject({ status: 0, stderr: '' })
    expect(content()).toMatch(/^\$ANSIBLE_VAULT/)
    expect(readdirSync(bytes('tree/group_vars'), 'buffer')).toEqual(before)
    expect(scan('tree').found).toEqual([])
    const rekey = ['vault', 'rekey', '--new-vault-id', 'x@.new', 'tree']
    expect(runCli(project, rekey).stdout).toContain('\n4 files rekeyed\n')
    const decrypt = ['vault', 'decrypt', '--vault-id', 'x@.new', 'tree']
    expect(runCli(project, decrypt)).toMatchObject({ status: 0, stderr: '' })
    expect(content()).toBe(`token: ${TOKEN}\n`)
    expect(readdirSync(bytes('tree/group_vars'), 'buffer')).toEqual(before)
  })
})

// Root may read everything.
const withMallory = isRoot ? describe : describe.skip

withMallory.each(IN_GIT.slice(0, 2))('folders and files that may not be read, %s', (_, init) => {
  beforeEach(() => {
    project.write('tree/closed/group_vars/all.yml', `k3s_token: ${TOKEN}\n`)
    project.write('tree/host_vars/n1.yml', `k3s_token: ${TOKEN}\n`)
    project.write('tree/ignored/x.yml', 'a: 1\n')
    project.write('tree/.gitignore', '/ignored/\n')
    init()
    project.run('chown', ['-R', `${MALLORY}:${MALLORY}`, project.folder])
    chmodSync(project.path('tree/closed'), 0)
    chmodSync(project.path('tree/ignored'), 0)
    chmodSync(project.path('tree/host_vars/n1.yml'), 0)
  })

  const asMallory = (...args: readonly string[]): Outcome =>
    project.run('setpriv', [
      ...[`--reuid=${MALLORY}`, `--regid=${MALLORY}`, '--clear-groups'],
      ...args,
    ])

  test('are named by a scan, which goes on', () => {
    const { status, found } = scanned(asMallory(LAUNCHER, 'scan', '--json', 'tree'))
    const isGit = existsSync(project.path('tree/.git'))
    expect(status).toBe(8)
    expect(found).toEqual([
      ['unreadable', 'tree/closed'],
      // What Git ignores is left out.
      ...(isGit ? [] : [['unreadable', 'tree/ignored']]),
      ['plain-token', 'tree/group_vars/all.yml'],
      ['unreadable', 'tree/host_vars/n1.yml'],
    ])
    const all = scanned(asMallory(LAUNCHER, 'scan', '--json', '--all', 'tree'))
    expect(all.found).toContainEqual(['unreadable', 'tree/ignored'])
  })

  test('are named by a vault command, which does the rest', () => {
    const { status, stdout, stderr } = asMallory(LAUNCHER, 'vault', 'encrypt', 'tree')
    expect(status).toBe(6)
    expect(stderr).toContain('this cannot be read [tree/closed] (K3SV_VAULT_FILE)')
    expect(stderr).toContain('it cannot be read (EACCES) [tree/host_vars/n1.yml] (K3SV_VAULT_FILE)')
    expect(stdout).toContain('encrypted tree/group_vars/all.yml')
  })

  test('control: Git and grep go on with nothing but a word on standard error', () => {
    project.run('git', ['init', '--quiet', 'tree'])
    project.run('chown', ['-R', `${MALLORY}:${MALLORY}`, project.path('tree/.git')])
    const listed = asMallory('git', '-C', 'tree', 'ls-files', '--others', '--exclude-standard')
    expect([listed.status, listed.stdout.includes('closed')]).toEqual([0, false])
  })

  test('a link into such a folder is named, one that leads elsewhere is not', () => {
    symlinkSync('closed/group_vars/all.yml', project.path('tree/linked.yml'))
    symlinkSync('../tree/closed/group_vars/all.yml', project.path('tree/around.yml'))
    symlinkSync('/proc/1/cwd/x', project.path('tree/elsewhere.yml'))
    const { found } = scanned(asMallory(LAUNCHER, 'scan', '--json', 'tree'))
    expect(found).toContainEqual(['unreadable', 'tree/linked.yml'])
    expect(found).toContainEqual(['unreadable', 'tree/around.yml'])
    expect(found).not.toContainEqual(['unreadable', 'tree/elsewhere.yml'])
  })
})

describe('links and lengths', () => {
  test('links in a circle are named, those to nowhere and out of the tree are not', () => {
    symlinkSync('circle', project.path('tree/circle'))
    symlinkSync('two', project.path('tree/one'))
    symlinkSync('one', project.path('tree/two'))
    symlinkSync('nowhere', project.path('tree/dangling'))
    symlinkSync('/etc/passwd', project.path('tree/out'))
    symlinkSync('..', project.path('tree/up'))
    const { status, found } = scan('tree')
    expect(status).toBe(8)
    expect(found).toEqual([
      ['unreadable', 'tree/circle'],
      ['unreadable', 'tree/one'],
      ['unreadable', 'tree/two'],
      ['plain-token', 'tree/group_vars/all.yml'],
    ])
    const { status: code, stderr } = runCli(project, ['vault', 'encrypt', 'tree'])
    expect([code, stderr.match(/K3SV_VAULT_FILE/g)?.length]).toEqual([6, 3])
    expect(readFileSync(project.path('tree/group_vars/all.yml'), 'utf8')).toMatch(/^\$ANSIBLE/)
  })

  test('a link that names something too long is named', () => {
    symlinkSync('x'.repeat(300), project.path('tree/long'))
    symlinkSync(`${'y/'.repeat(1900)}z`, project.path('tree/longer'))
    expect(scan('tree').found).toContainEqual(['unreadable', 'tree/long'])
  })

  test.each(IN_GIT.slice(0, 2))('a tree deeper than a path can be, %s', (_, init) => {
    init()
    const script = 'cd tree; i=0; while [ $i -lt 60 ]; do mkdir "$1"; cd "$1"; i=$((i+1)); done'
    const deep = `${script}; echo 'k3s_token: ${TOKEN}' >deep.yml`
    expect(project.run('sh', ['-c', deep, 'sh', 'd'.repeat(100)]).status).toBe(0)
    const { status, found } = scan('tree')
    expect(status).toBe(8)
    expect(found.map(([rule]) => rule)).toContain('unreadable')
    expect(found).toContainEqual(['plain-token', 'tree/group_vars/all.yml'])
    project.run('rm', ['-rf', join(project.folder, 'tree')])
  })
})

describe('hosts that are none', () => {
  test.each([
    '10.0.0.1:6443:1',
    'a:b',
    'x:',
    ':1',
    'n1:0',
    'n1:99999',
    'a b',
    'a\nb',
    '[::1',
    '\u202ex',
  ])('%j is refused with its place, and no server is asked', (host) => {
    const config = { clusters: { home: { hosts: { server: [host] } } } }
    project.write('k3s_vars.yml', JSON.stringify(config))
    for (const args of [['--list'], ['token', 'new', '--yes'], ['verify'], ['check']]) {
      const { status, stdout, stderr } = runCli(project, args)
      expect([args[0], status, stdout]).toEqual([args[0], 3, ''])
      expect(stderr).toMatch(/^k3s_vars: [^\n]+ \[[^\n]+\] \(K3SV_CONFIG_\w+\)\nhint: [^\n]+\n$/)
    }
  })

  test('a name that would lead the question elsewhere is not asked: what nobody can tell stops', () => {
    const config = { clusters: { home: { hosts: { server: ['127.0.0.1/../x'] } } } }
    project.write('k3s_vars.yml', JSON.stringify(config))
    const { status, stdout, stderr } = runCli(project, ['--list'])
    expect([status, stdout]).toEqual([7, ''])
    expect(stderr).toContain('K3SV_CLUSTER_DOUBT')
  })
})
