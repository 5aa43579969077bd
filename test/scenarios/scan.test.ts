// The command over whole trees: real Git, real links, real vaults of the real ansible-vault.
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findAnsible } from '../support/ansible.js'
import { runCli } from '../support/cli.js'
import { PASSWORD, Project } from '../support/project.js'
import type { Outcome, RunOptions } from '../support/project.js'
import { AGENT, CLEAN, PLANTED, SECURE, STRONG } from '../scan/trees.js'

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

function cli(args: readonly string[], options: RunOptions = {}): Outcome {
  return runCli(project, args, options)
}

interface Answer {
  readonly findings: readonly {
    readonly rule: string
    readonly severity: string
    readonly file: string
    readonly line: number | null
    readonly key: string | null
  }[]
  readonly scanned: number
  readonly skipped: number
  readonly allowed: number
  readonly known: number
  readonly sealed: { readonly opened: number; readonly unopened: number; readonly reason?: string }
}

function scan(...args: readonly string[]): { status: number | null; answer: Answer } {
  const { status, stdout, stderr } = cli(['scan', '--json', ...args])
  expect(stderr).toBe('')
  return { status, answer: JSON.parse(stdout) as Answer }
}

/** `file:line rule` of each finding. */
function found(...args: readonly string[]): string[] {
  return scan(...args).answer.findings.map(({ rule, file, line }) => `${file}:${line} ${rule}`)
}

function git(...args: readonly string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com']
  expect(project.run('git', [...identity, ...args]).status).toBe(0)
}

function plant(folder: string): void {
  for (const [path, text] of PLANTED) project.write(`${folder}/${path}`, text)
}

describe('a tree with planted secrets', () => {
  test('every one is found, with exit status 8, and none is shown in any form', () => {
    plant('tree')
    const expected = PLANTED.flatMap(([path, , rules]) =>
      rules.map((rule) => `tree/${path}:${rule.split(':')[1]} ${rule.split(':')[0]}`),
    )
    // Known only once the whole tree is seen: a token variable of another file refers to it.
    expect(expected).toContain('tree/group_vars/vault.yml:1 plain-token')
    const { status, answer } = scan('tree')
    expect(status).toBe(8)
    expect(found('tree').sort()).toEqual(expected.sort())
    expect(answer.scanned).toBe(PLANTED.length)
    for (const form of [[], ['--json'], ['--sarif'], ['--quiet']]) {
      const { status, stdout, stderr } = cli(['scan', 'tree', ...form])
      expect(status).toBe(8)
      for (const secret of [STRONG, AGENT, SECURE]) expect(stdout + stderr).not.toContain(secret)
    }
  })

  test('the lines for people say where, what and what to do', () => {
    project.write('tree/vars.yml', `token: ${STRONG}\nk3s_token: changeme\n`)
    const { stdout } = cli(['scan', 'tree'])
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(
        /^tree\/vars\.yml:1:8: error: token: a token stands here .* \(plain-token, form role-variable, fingerprint [0-9a-f]{12}\)$/,
      ),
      'tree/vars.yml:2:12: error: k3s_token: this is a sample token that everybody knows (sample-token, form variable)',
      expect.stringMatching(/^ {2}hint for plain-token: /),
      expect.stringMatching(/^ {2}hint for sample-token: /),
      '1 file scanned: 2 errors',
      '',
    ])
  })

  test('a baseline keeps quiet about what it knows, from any folder, and holds no secret', () => {
    plant('tree')
    const write = ['scan', 'tree', '--baseline', 'tree/known.json', '--write-baseline']
    expect(cli(write)).toMatchObject({ status: 0, stderr: '' })
    const text = readFileSync(project.path('tree/known.json'), 'utf8')
    for (const secret of [STRONG, AGENT, 'changeme', 'kubernetes'])
      expect(text).not.toContain(secret)
    const { status, answer } = scan('tree', '--baseline', 'tree/known.json')
    expect([status, answer.findings, answer.known > 50]).toEqual([0, [], true])
    const elsewhere = cli(['scan', '.', '--baseline', 'known.json'], { cwd: project.path('tree') })
    expect(elsewhere.status).toBe(0)
    project.write('tree/new.yml', `token: ${AGENT}\n`)
    expect(found('tree', '--baseline', 'tree/known.json')).toEqual(['tree/new.yml:1 plain-token'])
    project.write('tree/group_vars/all.yml', `a: 1\nb: 2\nc: 3\ntoken: ${AGENT}\n`)
    expect(found('tree', '--baseline', 'tree/known.json')).toContain(
      'tree/group_vars/all.yml:4 plain-token',
    )
  })
})

describe('a clean tree', () => {
  test('has nothing, with everything in it that only looks like a secret', () => {
    for (const [path, text] of Object.entries(CLEAN)) project.write(`tree/${path}`, text)
    expect(scan('tree')).toMatchObject({ status: 0, answer: { findings: [] } })
    expect(cli(['scan', 'tree']).stdout).toMatch(/^\d+ files scanned: no findings\n$/)
  })

  test('is also a project of ours, once its tokens are minted and Git ignores the password', () => {
    git('init', '--quiet')
    project.write('.gitignore', '/.vault_password\n/home/\n')
    expect(cli(['token', 'new', 'home', '--yes']).status).toBe(0)
    git('add', '.')
    const { status, answer } = scan('--trust-project')
    expect([status, answer.findings]).toEqual([0, []])
    expect(answer.sealed).toMatchObject({ opened: 1, unopened: 0 })
  })
})

describe('samples', () => {
  test('in a sample to be copied are worth a note and no failure', () => {
    project.write('tree/inventory.yml.example', 'token: changeme!\n')
    project.write('tree/sample/k3s.env', 'K3S_TOKEN=changeme\n')
    const { status, answer } = scan('tree')
    expect(status).toBe(0)
    expect(answer.findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
      'note sample-token',
      'note sample-token',
    ])
  })
})

describe('what is looked at', () => {
  test('binary, huge and linked files outside do no harm', () => {
    const folder = project.path('tree')
    mkdirSync(folder)
    writeFileSync(`${folder}/binary`, Buffer.from(`\0K3S_TOKEN=${STRONG}`))
    writeFileSync(`${folder}/huge.log`, `K3S_TOKEN=${STRONG}\n`.repeat(250_000))
    writeFileSync(`${folder}/utf16.txt`, Buffer.from(`\ufeffk3s --token ${STRONG}\n`, 'utf16le'))
    writeFileSync(`${folder}/latin1.env`, Buffer.from(`# \xfc\nK3S_TOKEN=${STRONG}\n`, 'latin1'))
    project.write('outside.env', `K3S_TOKEN=${STRONG}\n`)
    symlinkSync('../outside.env', `${folder}/link.env`)
    symlinkSync('.', `${folder}/circle`)
    expect(project.run('mkfifo', [`${folder}/pipe`]).status).toBe(0)
    const { answer } = scan('tree')
    expect(answer.skipped).toBe(2)
    expect(answer.findings.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'tree/latin1.env:2',
      'tree/utf16.txt:1',
    ])
    expect(found('tree/link.env')).toEqual(['tree/link.env:1 plain-token'])
  })

  test('Git tells what is ignored; --all looks at it, too, and --ignore leaves out more', () => {
    git('init', '--quiet')
    project.write('.gitignore', 'ignored/\n/.vault_password\n')
    for (const name of ['ignored/a.env', 'kept/b.env', 'vendor/c.env', 'node_modules/d.env']) {
      project.write(name, `K3S_TOKEN=${STRONG}\n`)
    }
    expect(found()).toEqual(['kept/b.env:1 plain-token', 'vendor/c.env:1 plain-token'])
    expect(found('--ignore', 'vendor')).toEqual(['kept/b.env:1 plain-token'])
    expect(found('--all').filter((one) => one.includes('.env'))).toHaveLength(3)
    expect(found('ignored/a.env', '--ignore', '*')).toEqual(['ignored/a.env:1 plain-token'])
  })

  test('Git is not handed a token', () => {
    project.write('bin/git', `#!/bin/sh\nenv >'${project.path('seen')}'\nexit 1\n`, 0o700)
    const PATH = `${project.path('bin')}:${process.env['PATH']}`
    cli(['scan'], { environment: { PATH, K3S_TOKEN: STRONG, K3S_AGENT_TOKEN: AGENT } })
    const seen = readFileSync(project.path('seen'), 'utf8')
    expect(seen).toContain('PATH=')
    for (const secret of [STRONG, AGENT]) expect(seen).not.toContain(secret)
  })

  test('a comment allows one rule on one line', () => {
    project.write('tree/a.env', `K3S_TOKEN=${STRONG} # k3s-vars: allow plain-token for tests\n`)
    expect(scan('tree')).toMatchObject({ status: 0, answer: { findings: [], allowed: 1 } })
  })

  test('a path that is not there is an error that does not repeat it, and the others are scanned', () => {
    project.write('tree/open.env', `K3S_TOKEN=${STRONG}\n`)
    const outcome = cli(['scan', STRONG, 'tree', 'nowhere'])
    expect(outcome.status).toBe(2)
    expect(outcome.stdout).toContain('tree/open.env:1')
    expect(outcome.stderr).toMatch(
      /^k3s_vars: path 1 is not there [^]*^k3s_vars: path 3 is not there /m,
    )
    expect(outcome.stdout + outcome.stderr).not.toContain(STRONG)
    expect(cli(['scan', STRONG])).toMatchObject({ status: 2, stdout: '' })
  })

  test.each([
    [['--write-baseline'], '--write-baseline needs the file'],
    [['--baseline', 'nowhere.json'], 'cannot be read'],
    [['--baseline', 'ansible.cfg'], 'is no baseline'],
    [['--baseline', 'no/where.json', '--write-baseline'], 'cannot be written'],
    [['--sarif', '--json'], 'exclude each other'],
  ])('%j is an error', (args, message) => {
    const outcome = cli(['scan', 'k3s_vars.yml', ...args])
    expect([outcome.status, outcome.stdout]).toEqual([2, ''])
    expect(outcome.stderr).toContain(message)
  })
})

describe('vault password files', () => {
  test('that Git has or would take, under any name that ansible.cfg or habit gives them', () => {
    git('init', '--quiet')
    project.write('.gitignore', '/home/\n/.vault_password\n')
    project.write('env/ansible.cfg', '[defaults]\nvault_identity_list = dev@keys/dev, p@keys/run\n')
    project.write('env/keys/dev', 'a password\n')
    project.write('env/keys/run', '#!/bin/sh\necho a password\n', 0o700)
    project.write('.vault_pass.txt', 'another\n')
    project.write('sealed.vault_pass', '$ANSIBLE_VAULT;1.1;AES256\n6161\n')
    project.write('vault_password.yml', 'a: 1\n')
    project.write('.vault_pass.example', 'put it here\n')
    expect(found('--no-open')).toEqual([
      '.vault_pass.txt:null password-file',
      'env/keys/dev:null password-file',
    ])
    expect(found('env/keys/dev', 'env/ansible.cfg')).toEqual(['env/keys/dev:null password-file'])
  })

  test('that others can read, even where Git ignores them', () => {
    git('init', '--quiet')
    project.write('.gitignore', '/home/\n/.vault_password\n')
    chmodSync(project.path('.vault_password'), 0o644)
    expect(scan().answer.findings).toMatchObject([{ rule: 'password-file-mode', severity: 'warn' }])
  })

  test('outside a repository are worth a note', () => {
    expect(scan()).toMatchObject({
      status: 0,
      answer: { findings: [{ rule: 'password-file', severity: 'note', file: '.vault_password' }] },
    })
  })
})

const newest = findAnsible().at(-1)
const describeWithAnsible = newest === undefined ? describe.skip : describe

describeWithAnsible('what the real ansible-vault sealed', () => {
  /** `ansible-vault encrypt_string`, as people use it. */
  function seal(text: string, name: string): string {
    const args = ['encrypt_string', '--stdin-name', name]
    const { status, stdout } = project.run(newest!.vault, args, { input: text })
    expect(status).toBe(0)
    return stdout.endsWith('\n') ? stdout : `${stdout}\n`
  }

  test('is opened and judged, or counted where no password opens it', () => {
    project.write('tree/good.yml', seal(STRONG, 'k3s_token'))
    project.write('tree/newline.yml', seal(`${STRONG}\n`, 'k3s_token'))
    project.write('tree/weak.yml', `a: 1\n${seal('kubernetes', 'k3s_token')}`)
    project.write('tree/other.yml', seal('key\n', 'ssh_key'))
    project.write('tree/inline.yml', seal(STRONG, 'token'))
    project.write('tree/behind.yml', seal(STRONG, 'vault_prod'))
    project.write('tree/behind2.yml', 'token: "{{ vault_prod }}"\n')
    project.write('tree/whole.yml', 'a: 1\ntoken: changeme!\n')
    expect(project.run(newest!.vault, ['encrypt', 'tree/whole.yml']).status).toBe(0)
    const { answer } = scan('tree')
    expect(answer.sealed).toMatchObject({ opened: 6, unopened: 0 })
    const expected = [
      'tree/behind.yml:1 inline-vault',
      'tree/inline.yml:1 inline-vault',
      'tree/newline.yml:1 trailing-newline',
      'tree/weak.yml:2 weak-token',
      'tree/whole.yml:null sample-token',
    ]
    expect(found('tree')).toEqual(expected)

    const withoutOpening = ['inline-vault', 'inline-vault']
    const { answer: unopened } = scan('tree', '--no-open')
    expect(unopened.findings.map(({ rule }) => rule)).toEqual(withoutOpening)
    expect(cli(['scan', 'tree', '--no-open']).stdout).toContain(
      '6 sealed values not opened, so not checked: --no-open was given\n',
    )
    project.write('.vault_password', `not ${PASSWORD}\n`)
    const { answer: wrong } = scan('tree')
    expect(wrong.findings.map(({ rule }) => rule)).toEqual(withoutOpening)
    expect(wrong.sealed).toMatchObject({ opened: 0, unopened: 6 })
    project.write('ansible.cfg', '[defaults]\n')
    expect(cli(['scan', 'tree']).stdout).toContain(
      '6 sealed values not opened, so not checked: no vault password is configured\n',
    )
  })
})
