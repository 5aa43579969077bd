// Another user of the machine, who may write where he should not: he takes a document away so that a second token is made, puts a
// script in the place of a password, or keeps a plain text from being wiped. He is real: another user id does it, and each attack
// has the control that it works where nobody looks.
import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const isRoot = process.geteuid!() === 0
const MALLORY = 4321

let project: Project
beforeEach(() => {
  project = new Project()
  // Everybody may come as far as the project.
  chmodSync(dirname(project.folder), 0o755)
})
afterEach(() => project.remove())

/** Does something as the other user, who is in the group of the project only where a test says so. */
function asMallory(program: string, ...args: readonly string[]): Outcome {
  const user = [`--reuid=${MALLORY}`, `--regid=${MALLORY}`, '--clear-groups']
  return project.run('setpriv', [...user, program, ...args])
}

function open(path: string, mode: number, group = MALLORY): void {
  chownSync(project.path(path), process.geteuid!(), group)
  chmodSync(project.path(path), mode)
}

interface Told {
  readonly rule: string
  readonly severity: string
  readonly place?: { readonly file?: string }
}

function check(): readonly Told[] {
  const { stdout } = runCli(project, ['check', '--json'])
  return (JSON.parse(stdout) as { findings: Told[] }).findings
}

const ofRule = (rule: string): readonly Told[] => check().filter((one) => one.rule === rule)

// Only root can be somebody else.
const withMallory = isRoot ? describe : describe.skip

withMallory('a document that somebody else takes away', () => {
  const list = (): Outcome => runCli(project, ['--list'])
  const DOCUMENT = 'k3s_tokens/home.yml'

  function mint(): string {
    expect(list()).toMatchObject({ status: 0, stderr: '' })
    return readFileSync(project.path(DOCUMENT), 'utf8')
  }

  function expectNoSecond(): void {
    const { status, stdout, stderr } = list()
    expect([status, stdout]).toEqual([5, ''])
    expect(stderr).toMatch(/^k3s_vars: [^\n]+ \(K3SV_STORE_EXPOSED\)\nhint: [^\n]+\n$/)
    expect(existsSync(project.path(DOCUMENT))).toBe(false)
  }

  test('control: where he may not write he cannot, and the owner himself gets a second token', () => {
    const first = mint()
    expect(asMallory('rm', '-f', project.path(DOCUMENT)).status).not.toBe(0)
    rmSync(project.path(DOCUMENT))
    expect(mint()).not.toBe(first)
  })

  test.each([
    ['a folder of his group', 0o775],
    ['a folder of everybody', 0o777],
  ])('from %s: no second token is made, and a check tells before', (_, mode) => {
    mint()
    open('k3s_tokens', mode)
    expect(ofRule('K3SV_STORE_EXPOSED')).toMatchObject([{ severity: 'error' }])
    expect(asMallory('rm', project.path(DOCUMENT)).status).toBe(0)
    expectNoSecond()
    open('k3s_tokens', 0o755)
    expect(ofRule('K3SV_STORE_EXPOSED')).toEqual([])
    expect(list().status).toBe(0)
  })

  test.each([
    ['the folder of tokens as a whole', false],
    ['the same, and puts an empty one in its place', true],
  ])('with the folder around it: %s', (_, isReplaced) => {
    mint()
    open('.', 0o775)
    expect(ofRule('K3SV_STORE_EXPOSED')).toMatchObject([
      { severity: 'error', place: { file: project.folder } },
    ])
    expect(asMallory('mv', project.path('k3s_tokens'), project.path('away')).status).toBe(0)
    if (isReplaced) expect(asMallory('mkdir', project.path('k3s_tokens')).status).toBe(0)
    expectNoSecond()
  })

  test('by a link that he makes where the folder was', () => {
    mint()
    open('.', 0o775)
    mkdirSync(join(dirname(project.folder), 'his'))
    chownSync(join(dirname(project.folder), 'his'), MALLORY, MALLORY)
    expect(asMallory('mv', project.path('k3s_tokens'), project.path('away')).status).toBe(0)
    expect(asMallory('ln', '-s', '../his', project.path('k3s_tokens')).status).toBe(0)
    expectNoSecond()
    expect(readdirSync(join(dirname(project.folder), 'his'))).toEqual([])
  })

  test('in a folder of his own, even where it is closed to others', () => {
    mkdirSync(project.path('his'))
    chownSync(project.path('his'), MALLORY, MALLORY)
    project.write('k3s_vars.yml', 'clusters: { home: { probe: false, store: his/tokens } }\n')
    const { status, stdout, stderr } = list()
    expect([status, stdout]).toEqual([5, ''])
    expect(stderr).toContain('K3SV_STORE_EXPOSED')
    expect(existsSync(project.path('his/tokens'))).toBe(false)
  })

  test('but a group that is the user’s own adds nobody, and a sticky folder keeps what is ours', () => {
    mkdirSync(project.path('k3s_tokens'))
    open('k3s_tokens', 0o775, process.getegid!())
    mint()
    mkdirSync(project.path('sticky'))
    chmodSync(project.path('sticky'), 0o1777)
    project.write('k3s_vars.yml', 'clusters: { home: { probe: false, store: sticky/tokens } }\n')
    expect(list()).toMatchObject({ status: 0, stderr: '' })
    expect(
      asMallory('mv', project.path('sticky/tokens'), project.path('sticky/x')).status,
    ).not.toBe(0)
  })

  test('neither import nor a rotation writes into such a folder; what is there is still handed out', () => {
    mint()
    open('k3s_tokens', 0o775)
    const before = readFileSync(project.path(DOCUMENT), 'utf8')
    const replaced = runCli(project, ['token', 'import', 'home', '--stdin', '--replace'], {
      input: 'Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5',
    })
    expect([replaced.status, readFileSync(project.path(DOCUMENT), 'utf8')]).toEqual([5, before])
    expect(list()).toMatchObject({ status: 0, stderr: '' })
  })
})

withMallory('an included configuration', () => {
  beforeEach(() => {
    project.write(
      'k3s_vars.yml',
      'include: clusters.d/*.yml\nclusters: { home: { probe: false } }\n',
    )
    project.write('clusters.d/one.yml', 'clusters: { one: { probe: false } }\n')
    chmodSync(project.path('clusters.d'), 0o755)
  })
  const status = (): Outcome => runCli(project, ['status'])
  const HIS = 'clusters: { one: { probe: false, hosts: { server: [evil.example] } } }\n'
  const overwrite = (): Outcome =>
    asMallory('sh', '-c', 'printf %s "$1" >"$2"', 'sh', HIS, project.path('clusters.d/one.yml'))

  test.each([
    ['his group', 0o664],
    ['everybody', 0o666],
  ])('that %s can write is refused, though its folder is closed', (_, mode) => {
    expect(overwrite().status).not.toBe(0)
    expect(status().status).toBe(0)
    open('clusters.d/one.yml', mode)
    expect(overwrite().status).toBe(0)
    const { status: code, stdout, stderr } = status()
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain('(K3SV_CONFIG_WORLD_WRITABLE)')
    expect(runCli(project, ['--list'])).toMatchObject({ status: 3, stdout: '' })
  })
})

describe('the source of the vault password', () => {
  const exposed = (): readonly Told[] => ofRule('vault-source-exposed')

  test('of our own, closed and strong, is no finding', () => {
    expect(exposed()).toEqual([])
    expect(ofRule('weak-vault-password')).toEqual([])
  })

  const asRoot = isRoot ? test : test.skip
  asRoot.each<[string, (path: string) => void]>([
    ['that his group can write', (path) => open(path, 0o660)],
    ['that everybody can write', (path) => open(path, 0o666)],
    ['that is his', (path) => chownSync(project.path(path), MALLORY, MALLORY)],
  ])('%s: a check warns, of a file and of a script', (_, give) => {
    give('.vault_password')
    expect(exposed()).toMatchObject([
      { severity: 'warn', place: { file: project.path('.vault_password') } },
    ])
    project.write('pass.sh', '#!/bin/sh\necho a long password that is none of these\n', 0o700)
    project.write('ansible.cfg', '[defaults]\nvault_password_file = pass.sh\n')
    expect(exposed()).toEqual([])
    give('pass.sh')
    chmodSync(project.path('pass.sh'), 0o777)
    expect(exposed()).toHaveLength(1)
  })

  asRoot('in a folder that he can write, or that a link leads into: he can exchange it', () => {
    mkdirSync(project.path('his'))
    project.write('his/password', 'the password of a vault, long enough\n')
    open('his', 0o775)
    symlinkSync('his/password', project.path('linked'))
    project.write('ansible.cfg', '[defaults]\nvault_password_file = linked\n')
    expect(exposed()).toMatchObject([{ place: { file: project.path('his') } }])
    // Control: he can.
    expect(asMallory('rm', '-f', project.path('his/password')).status).toBe(0)
  })

  test.each([
    'a',
    'ansible',
    'hunter2',
    'changeme',
    'Password123456',
    'spring-2024-secret',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    '12345678901234567890',
  ])('a weak password is told, and not what it is: %s', (password) => {
    project.write('.vault_password', `${password}\n`)
    // Before the first token is sealed with it, too.
    expect(ofRule('weak-vault-password')).toMatchObject([{ severity: 'warn' }])
    expect(runCli(project, ['token', 'new', '--yes']).status).toBe(0)
    const { stdout } = runCli(project, ['check'])
    expect(stdout).toContain('(weak-vault-password)')
    // Shorter ones stand in any text.
    if (password.length > 7) expect(stdout).not.toContain(password)
  })

  test.each([
    'kT9vQ2xL7mRz4WpN8sYc',
    'correct horse battery staple',
    '3f9c1ab07d5e42886b7f0c9d1e2a3b4c',
    'O8nB5d2L6hVx+1yQmZ/0sA==',
  ])('a strong one is not: %s', (password) => {
    project.write('.vault_password', `${password}\n`)
    expect(ofRule('weak-vault-password')).toEqual([])
  })

  test('a script is not run to judge its password, but judged where it ran', () => {
    const script = `#!/bin/sh\ntouch '${project.path('ran')}'\necho a\n`
    project.write('pass.sh', script, 0o700)
    project.write('ansible.cfg', '[defaults]\nvault_password_file = pass.sh\n')
    expect(ofRule('weak-vault-password')).toEqual([])
    expect(existsSync(project.path('ran'))).toBe(false)
    expect(runCli(project, ['token', 'new', '--yes']).status).toBe(0)
    expect(ofRule('weak-vault-password')).toHaveLength(1)
  })
})

describe('a plain text that is to be wiped', () => {
  beforeEach(() => {
    project.write('vars.yml', 'secret: mine\n')
    expect(runCli(project, ['vault', 'encrypt', 'vars.yml']).status).toBe(0)
    mkdirSync(project.path('run'), { mode: 0o700 })
  })

  const environment = (): NodeJS.ProcessEnv => ({
    EDITOR: './editor',
    XDG_RUNTIME_DIR: project.path('run'),
  })

  test.each([
    ['a copy that cannot be read', 'cp "$1" "$1~"; chmod 000 "$1~"'],
    ['a folder that cannot be entered', 'mkdir d; cp "$1" d/x; cp "$1" y; chmod 000 d'],
    ['folders within each other', 'mkdir -p d/e/f; cp "$1" d/e/f/x; chmod 000 d/e/f d/e d'],
    ['a link, a pipe and a socket', 'ln -s /etc/passwd l; mkfifo p; cp "$1" z'],
    ['names that are none', 'cp "$1" "$(printf "a\\nb\\377")"'],
  ])('%s keeps nothing else from it', (_, body) => {
    project.write(
      'editor',
      `#!/bin/sh\ncd "$(dirname "$1")"\nset -- "$(basename "$1")"\n${body}\n`,
      0o755,
    )
    const edit = ['vault', 'edit', 'vars.yml']
    if (!isRoot) {
      expect(runCli(project, edit, { environment: environment() })).toMatchObject({ status: 0 })
    } else {
      project.run('chown', ['-R', `${MALLORY}:${MALLORY}`, project.folder])
      const user = [`--reuid=${MALLORY}`, `--regid=${MALLORY}`, '--clear-groups']
      const outcome = project.run('setpriv', [...user, LAUNCHER, ...edit], {
        environment: environment(),
      })
      expect(outcome).toMatchObject({ status: 0, stderr: '' })
    }
    expect(readdirSync(project.path('run'))).toEqual([])
  })

  const asRoot = isRoot ? test : test.skip
  asRoot(
    'what belongs to somebody else is named, all else is wiped, and the status says so',
    async () => {
      project.write(
        'editor',
        '#!/bin/sh\ncp "$1" "$1.swp"\ntouch ready\nuntil [ -e go ]; do sleep 0.05; done\n',
        0o755,
      )
      project.run('chown', ['-R', `${MALLORY}:${MALLORY}`, project.folder])
      const child = spawn(
        'setpriv',
        [
          ...[`--reuid=${MALLORY}`, `--regid=${MALLORY}`, '--clear-groups', LAUNCHER],
          ...['vault', 'edit', '--quiet', 'vars.yml'],
        ],
        { cwd: project.folder, env: { ...project.environment, ...environment() } },
      )
      let stderr = ''
      child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part))
      while (!existsSync(project.path('ready'))) await new Promise((done) => setTimeout(done, 20))
      const [folder] = readdirSync(project.path('run'))
      const theirs = project.path(`run/${folder}/a`)
      mkdirSync(theirs, { mode: 0o755 })
      writeFileSync(join(theirs, 'copy'), 'secret: mine\n', { mode: 0o600 })
      writeFileSync(project.path('go'), '')
      const status = await new Promise((done) => child.on('close', done))
      expect(status).toBe(6)
      expect(stderr).toContain(`could not be removed [${theirs}/copy] (K3SV_VAULT_EDITOR)`)
      expect(readdirSync(project.path(`run/${folder}`))).toEqual(['a'])
      expect(readdirSync(theirs)).toEqual(['copy'])
    },
  )
})
