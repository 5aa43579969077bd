// Where ansible-vault has an answer of its own, ours is the same: on standard input, for paths that there is nothing to do
// for, and for values that carry the tag of a sealed one and are none.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { runOnTerminal } from '../support/terminal.js'

jest.setTimeout(120_000)

let project: Project
beforeEach(() => {
  project = new Project()
  project.write('.new', 'another password\n')
  project.write('plain.yml', 'a: 1\n')
  project.write('whole.yml', 'token: q8ZrT4mLw0Xy7KcVb2Nh5P\n')
  project.write('inline.yml', 'token: q8ZrT4mLw0Xy7KcVb2Nh5P\nport: 6443\n')
  expectDone('encrypt', 'whole.yml')
  expectDone('encrypt', '--inline', 'inline.yml')
})
afterEach(() => project.remove())

function vault(...args: readonly string[]): Outcome {
  return runCli(project, ['vault', ...args])
}

function expectDone(...args: readonly string[]): string {
  const { status, stdout, stderr } = vault(...args)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

function text(name: string): string {
  return readFileSync(project.path(name), 'utf8')
}

/** Bytes in, bytes out. */
function pipe(program: string, args: readonly string[], input: Buffer | string) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: project.folder,
    env: project.environment,
    input,
  })
  return { status, stdout, stderr: stderr.toString() }
}

const REKEY = ['rekey', '--new-vault-password-file', '.new'] as const
const CONTENTS = ['no line end', Buffer.from([0x61, 0, 0xff, 0x0a, 0xc3])]

describeNewestAnsible((ansible) => {
  const theirs = (args: readonly string[], input: Buffer | string = '') =>
    pipe(ansible.vault, args, input)
  const ours = (args: readonly string[], input: Buffer | string = '') =>
    pipe(LAUNCHER, ['vault', ...args], input)

  describe('standard input', () => {
    test.each([
      ['encrypt -', ['encrypt', '-'], ['decrypt', '-']],
      ['encrypt', ['encrypt'], ['decrypt']],
    ])('%s: each opens what the other one sealed, byte for byte', (_, encrypt, decrypt) => {
      for (const content of CONTENTS) {
        const mine = ours(encrypt, content)
        expect(mine).toMatchObject({ status: 0, stderr: '' })
        expect(theirs(decrypt, mine.stdout).stdout).toEqual(Buffer.from(content))
        const real = theirs(encrypt, content)
        expect(ours(decrypt, real.stdout)).toEqual({
          status: 0,
          stdout: Buffer.from(content),
          stderr: '',
        })
      }
    })

    test('view - shows it; theirs ends it with a line end that is not in it', () => {
      const sealed = theirs(['encrypt', '-'], 'no line end').stdout
      expect(theirs(['view', '-'], sealed).stdout.toString()).toBe('no line end\n')
      expect(ours(['view', '-'], sealed)).toMatchObject({
        status: 0,
        stdout: Buffer.from('no line end'),
      })
    })

    test.each([
      ['encrypt', ['encrypt', '-'], /input is already encrypted/i, () => text('whole.yml')],
      ['decrypt', ['decrypt', '-'], /input is not vault encrypted data/i, () => 'plain'],
      ['view', ['view', '-'], /input is not vault encrypted data/i, () => 'plain'],
    ])('%s of what is none says so, and nothing comes out', (_, args, words, input) => {
      const real = theirs(args, input())
      expect([real.status, real.stdout.toString()]).toEqual([1, ''])
      expect(real.stderr).toMatch(words)
      const mine = ours(args, input())
      expect([mine.status, mine.stdout.toString()]).toEqual([6, ''])
      expect(mine.stderr).toMatch(words)
      expect(mine.stderr).toContain('[<stdin>] (K3SV_VAULT_NOTHING)')
    })
  })

  describe('a named file that there is nothing to do for', () => {
    test.each([
      ['encrypt', 'whole.yml', /input is already encrypted/i, ['encrypt']],
      ['decrypt', 'plain.yml', /input is not vault encrypted data/i, ['decrypt']],
      ['view', 'plain.yml', /input is not vault encrypted data/i, ['view']],
      ['rekey', 'plain.yml', /input is not vault encrypted data/i, REKEY],
    ] as const)('%s %s: theirs and ours say the same', (_, file, words, args) => {
      const before = text(file)
      const real = theirs([...args, file])
      expect(real.status).toBe(1)
      expect(real.stderr).toMatch(words)
      const mine = vault(...args, file)
      expect(mine.status).toBe(6)
      expect(mine.stderr).toMatch(words)
      expect(mine.stderr).toContain(`[${file}] (K3SV_VAULT_NOTHING)`)
      expect(mine.stdout).not.toContain('left as')
      expect(vault(...args, '--allow-nothing', file).status).toBe(0)
      expect(text(file)).toBe(before)
    })
  })

  test('plain text behind !vault: Ansible fails where it is used, and opens it once encrypt has sealed it', () => {
    const sealed = text('inline.yml').replace('token:', 'sealed:')
    project.write(
      'vars.yml',
      `# above\nplain: !vault mine-1\n${sealed}block: !vault |\n  mine-2\nfolded: !vault >-\n  mine-3\nlast: 1\n`,
    )
    const seen = (name: string): Outcome =>
      project.run(join(ansible.bin, 'ansible'), [
        ...['localhost', '-e', '@vars.yml', '-m', 'debug', '-a', `msg={{ ${name} }}`],
      ])
    expect(seen('plain').status).not.toBe(0)
    expect(seen('sealed').stdout).toContain('q8ZrT4mLw0Xy7KcVb2Nh5P')
    expectDone('encrypt', '-k', 'plain', '-k', 'block', '-k', 'folded', 'vars.yml')
    expect(seen('plain').stdout).toContain('"mine-1"')
    expect(seen('block').stdout).toContain('"mine-2"')
    expect(seen('folded').stdout).toContain('"mine-3"')
    expect(text('vars.yml')).toMatch(/^# above\nplain: !vault \|\n {2}\$ANSIBLE_VAULT;1.1;AES256\n/)
    expectDone('decrypt', 'vars.yml')
    expect(text('vars.yml')).toBe(
      '# above\nplain: mine-1\nsealed: q8ZrT4mLw0Xy7KcVb2Nh5P\nport: 6443\nblock: mine-2\nfolded: mine-3\nlast: 1\n',
    )
  })
})

describe('plain text behind !vault', () => {
  const PLAIN = 'k3s_token: !vault q8ZrT4mLw0Xy7KcVb2Nh5P\n'

  test.each([['decrypt'], ['view'], REKEY])(
    '%s tells it in one error, and does the other values',
    (...args) => {
      project.write('vars.yml', PLAIN + text('inline.yml'))
      const { status, stdout, stderr } = vault(...args, 'vars.yml')
      expect(status).toBe(6)
      expect(stderr.replace(/^k3s_vars: warning: .*\n/m, '')).toBe(
        'k3s_vars: !vault stands before plain text: nothing is sealed here, and Ansible cannot open it [vars.yml:1:12 (k3s_token)] (K3SV_VAULT_PLAIN)\n' +
          'hint: seal it: k3s-vars vault encrypt --key k3s_token vars.yml\n',
      )
      const done = args[0] === 'view' ? stdout : text('vars.yml')
      expect(done.startsWith(PLAIN)).toBe(true)
      if (args[0] === 'rekey') {
        expect(expectDone('view', '--vault-password-file', '.new', '-k', 'token', 'vars.yml')).toBe(
          'q8ZrT4mLw0Xy7KcVb2Nh5P\n',
        )
      } else expect(done).toContain('\ntoken: q8ZrT4mLw0Xy7KcVb2Nh5P\n')
    },
  )

  test('the hint is a way out: what it names seals the value, and then all is well', () => {
    project.write('vars.yml', PLAIN)
    const { stderr } = vault('view', 'vars.yml')
    const hint = /seal it: k3s-vars (.*)\n/.exec(stderr)![1]!.split(' ')
    expect(runCli(project, hint)).toMatchObject({ status: 0, stderr: '' })
    expect(expectDone('view', '-k', 'k3s_token', 'vars.yml')).toBe('q8ZrT4mLw0Xy7KcVb2Nh5P\n')
  })

  test('edit says the same, and edits the sealed one beside it', () => {
    project.write('vars.yml', PLAIN)
    expect(vault('edit', 'vars.yml').stderr).toContain('K3SV_VAULT_PLAIN')
  })

  test.each([
    ['nothing', 'k3s_token: !vault\nport: 1\n', 'nothing stands behind !vault'],
    ['an empty text', "k3s_token: !vault ''\n", 'nothing stands behind !vault'],
    ['a template', 'k3s_token: !vault "{{ x }}"\n', 'K3SV_VAULT_PLAIN'],
  ])('%s behind it is told and not sealed', (_, yaml, words) => {
    project.write('vars.yml', yaml)
    const { status, stderr } = vault('encrypt', '--inline', 'vars.yml')
    expect([status, text('vars.yml')]).toEqual([6, yaml])
    expect(stderr).toContain(words)
  })

  test('a scan takes it for what it is: open', () => {
    mkdirSync(project.path('group_vars'))
    project.write('group_vars/all.yml', PLAIN)
    const { status, stdout } = runCli(project, ['scan', '--json', 'group_vars'])
    const { findings, sealed } = JSON.parse(stdout) as {
      findings: { rule: string }[]
      sealed: { opened: number; unopened: number }
    }
    expect([status, findings.map(({ rule }) => rule)]).toEqual([8, ['plain-token']])
    expect(sealed).toMatchObject({ opened: 0, unopened: 0 })
  })
})

describe('what is sealed already is never sealed once more', () => {
  const body = (): string => text('whole.yml').split('\n').slice(1).join('\n')
  const indented = (yaml: string): string => yaml.replace(/^/gm, '  ')

  test.each<[string, () => string]>([
    ['a comment above the header', () => `# my secrets\n${text('whole.yml')}`],
    ['a directive above the header', () => `%YAML 1.1\n---\n${text('whole.yml')}`],
    ['an indented header', () => `  ${text('whole.yml')}`],
    ['a header that a shell has shortened', () => text('whole.yml').replace('$ANSIBLE_VAULT', '')],
    ['a header without its $', () => text('whole.yml').slice(1)],
    ['no header at all', () => body()],
    ['one value without a key', () => `!vault |\n${indented(text('whole.yml'))}`],
    ['the same below a comment', () => `# x\n--- !vault |\n${indented(text('whole.yml'))}`],
  ])('%s: encrypt refuses the file, alone and in a tree, and it stays', (_, make) => {
    const content = make()
    project.write('group_vars/all.yml', content)
    for (const path of ['group_vars/all.yml', 'group_vars']) {
      const { status, stderr } = vault('encrypt', path)
      expect(stderr).toContain('[group_vars/all.yml] (K3SV_VAULT_FORMAT)')
      expect([status, text('group_vars/all.yml')]).toEqual([6, content])
    }
  })

  test('UTF-16, as PowerShell writes it behind >, of either kind', () => {
    for (const order of ['little', 'big']) {
      const wide = Buffer.from(`\ufeff${text('whole.yml')}`, 'utf16le')
      if (order === 'big') wide.swap16()
      project.write('group_vars/all.yml', '')
      spawnSync('tee', [project.path('group_vars/all.yml')], { input: wide, stdio: ['pipe'] })
      for (const command of ['encrypt', 'view', 'decrypt']) {
        const { status, stderr } = vault(command, 'group_vars/all.yml')
        expect([command, status]).toEqual([command, 6])
        expect(stderr).toContain('is UTF-16')
      }
      expect(readFileSync(project.path('group_vars/all.yml'))).toEqual(wide)
    }
  })

  test.each<[string, () => string]>([
    ['a shortened header', () => text('whole.yml').replace('$ANSIBLE_VAULT', '')],
    ['no header', () => body()],
    ['the header behind a blank line', () => `\n${text('whole.yml')}`],
  ])('in a value: %s is told with its place', (_, make) => {
    const quoted = JSON.stringify(make())
    const yaml = `k3s_token: !vault ${quoted}\nother_token: ${quoted}\n`
    project.write('vars.yml', yaml)
    const tagged = vault('view', 'vars.yml')
    expect([tagged.status, tagged.stdout]).toEqual([6, ''])
    expect(tagged.stderr).toContain('[vars.yml:1:12 (k3s_token)] (K3SV_VAULT_NOT_VAULT)')
    // No hint that leads to sealing it once more.
    expect(tagged.stderr).toMatch(/^hint: (?:its header is lost: )?let /m)
    const bare = vault('encrypt', '-k', '*_token', 'vars.yml')
    expect([bare.status, text('vars.yml')]).toEqual([6, yaml])
    expect(bare.stderr).toContain('[vars.yml:2:14 (other_token)] (K3SV_VAULT_VALUE)')
  })

  test('a value that is all of its file is opened and rekeyed where it stands', () => {
    const sealed = `!vault |\n${indented(text('whole.yml')).trimEnd()}\n`
    project.write('alone.yml', sealed)
    expect(vault(...REKEY, 'alone.yml').status).toBe(0)
    const opened = vault('decrypt', '--vault-password-file', '.new', 'alone.yml')
    expect(opened).toMatchObject({ status: 0, stderr: '' })
    expect(text('alone.yml')).toContain('token: q8ZrT4mLw0Xy7KcVb2Nh5P')
  })

  test('a hex token, and a document that shows vault text, are no damaged vault text', () => {
    project.write('hex.yml', `token: ${'3f'.repeat(32)}\n`)
    project.write('note.md', `# How we seal\n\n    $ANSIBLE_VAULT;1.1;AES256\n`)
    expectDone('encrypt', '--inline', 'hex.yml')
    expectDone('encrypt', 'note.md')
  })
})

describe('a named path is never among those that are left as they are', () => {
  test.each<[string, readonly string[], string, string]>([
    ['whole, and values are asked for', ['decrypt', '--inline'], 'whole.yml', 'OTHER'],
    ['whole, and a key is asked for', ['view', '-k', 'token'], 'whole.yml', 'OTHER'],
    ['whole, and values are to be rekeyed', [...REKEY, '--inline'], 'whole.yml', 'OTHER'],
    ['values, and whole files are asked for', ['decrypt', '--whole'], 'inline.yml', 'OTHER'],
    ['values, and whole files are to be rekeyed', [...REKEY, '--whole'], 'inline.yml', 'OTHER'],
    ['with another id', ['decrypt', '--only-vault-id', 'prod'], 'whole.yml', 'OTHER'],
    ['values with another id', ['view', '--only-vault-id', 'prod'], 'inline.yml', 'OTHER'],
    ['no such key', ['decrypt', '-k', 'nope'], 'inline.yml', 'NOTHING'],
    ['no such open value', ['encrypt', '-k', 'nope'], 'plain.yml', 'NOTHING'],
    ['sealed values', ['encrypt', '--inline'], 'inline.yml', 'NOTHING'],
  ])('%s', (_, args, file, code) => {
    const before = text(file)
    const { status, stdout, stderr } = vault(...args, file)
    expect(stderr).toContain(`[${file}] (K3SV_VAULT_${code})`)
    expect([status, text(file)]).toEqual([6, before])
    expect(stdout).not.toContain('left as they are')
    const allowed = vault(...args, '--allow-nothing', file)
    expect(allowed.status).toBe(code === 'OTHER' ? 6 : 0)
  })

  test('of several, each is named by itself, and the others are done', () => {
    project.write('open.yml', 'a: 1\n')
    const { status, stdout, stderr } = vault('encrypt', 'open.yml', 'whole.yml', 'open.yml')
    expect(stderr).toContain('the input is already encrypted [whole.yml]')
    expect([status, text('open.yml').slice(0, 14)]).toEqual([6, '$ANSIBLE_VAULT'])
    expect(stdout).toContain('1 file encrypted; 1 failed')
  })

  test('damaged, and not to be opened', () => {
    project.write('damaged.yml', text('whole.yml').replace(/\n.*\n$/, '\n'))
    project.write('foreign.yml', 'a: 1\n')
    expectDone('encrypt', '--vault-id', 'x@.new', 'foreign.yml')
    const { status, stdout, stderr } = vault('decrypt', 'damaged.yml', 'foreign.yml')
    expect(stderr).toContain('[damaged.yml] (K3SV_VAULT_')
    expect(stderr).toContain('[foreign.yml] (K3SV_VAULT_WRONG_PASSWORD)')
    expect([status, stdout]).toEqual([6, '0 files decrypted; 2 failed\n'])
  })

  test('a check asks whether something would change: no is no error', () => {
    expect(vault('encrypt', '--check', 'whole.yml').status).toBe(0)
    expect(vault('decrypt', '--check', 'plain.yml').status).toBe(0)
    expect(vault('encrypt', '--check', 'plain.yml').status).toBe(8)
  })

  test('rekeying again what is rekeyed goes on, and is done', () => {
    expect(vault('rekey', '--new-vault-id', 'x@.new', 'whole.yml').status).toBe(0)
    const again = ['rekey', '--new-vault-id', 'x@.new', 'whole.yml']
    expect(expectDone(...again)).toBe('0 files rekeyed; 1 left as they are\n')
  })
})

describe('a tree', () => {
  beforeEach(() => {
    project.write('tree/group_vars/all.yml', text('inline.yml'))
    project.write('tree/group_vars/vault.yml', text('whole.yml'))
  })

  test('without anything to do is an error, but with --allow-nothing', () => {
    project.write('none/group_vars/all.yml', 'a: 1\n')
    const { status, stderr } = vault('decrypt', 'none')
    expect(stderr).toContain('nothing in the folder was to do [none] (K3SV_VAULT_NOTHING)')
    expect(status).toBe(6)
    expectDone('decrypt', '--allow-nothing', 'none')
    // Beside one that something is done in, it is none.
    expectDone('decrypt', 'none', 'tree')
  })

  test('files in it that are sealed in another way are named with why, and not summed up', () => {
    const stdout = expectDone('decrypt', '--inline', 'tree')
    expect(stdout).toContain(
      '  tree/group_vars/vault.yml: left as it is: it is encrypted as a whole, and values were asked for\n',
    )
    expect(stdout).toContain('1 file decrypted, 1 value in them; 1 sealed in another way\n')
  })

  test('a path within one that is worked on is no second one', () => {
    expectDone('decrypt', 'tree', 'tree/group_vars/all.yml')
  })
})

describe('standard input, besides', () => {
  test('values within what comes in are sealed and opened, the rest stays', () => {
    const yaml = '# kept\ntoken: "q8ZrT4mLw0Xy7KcVb2Nh5P" # why\nport: 6443\n'
    const sealed = runCli(project, ['vault', 'encrypt', '--inline', '-'], { input: yaml })
    expect(sealed).toMatchObject({ status: 0, stderr: '' })
    expect(sealed.stdout).toMatch(/^# kept\ntoken: !vault \|.*\n {2}\$ANSIBLE_VAULT/)
    const opened = runCli(project, ['vault', 'decrypt', '-'], { input: sealed.stdout })
    expect(opened).toEqual({ status: 0, stdout: yaml, stderr: '' })
  })

  test('empty, it is refused: what a failed command leaves is nobody’s secret', () => {
    const outcome = runCli(project, ['vault', 'encrypt', '-'])
    expect(outcome).toMatchObject({ status: 6, stdout: '' })
    expect(outcome.stderr).toContain('the input is empty')
  })

  test('a password is asked for at the terminal all the same', () => {
    const line = `printf mine | '${LAUNCHER}' vault encrypt --vault-id x@prompt --encrypt-vault-id x - >sealed`
    const { status, shown } = runOnTerminal(['sh', '-c', line], {
      question: 'Vault password (x): ',
      typed: 'another password\r',
      cwd: project.folder,
      environment: project.environment,
    })
    expect([status, shown.includes('mine')]).toEqual([0, false])
    expect(expectDone('view', '--vault-id', 'x@.new', 'sealed')).toBe('mine')
  })

  test('JSON takes no sealed values; as JSON the answer has the content in it', () => {
    const json = runCli(project, ['vault', 'encrypt', '--inline', '-'], {
      input: '{"token": "q8ZrT4mLw0Xy7KcVb2Nh5P"}',
    })
    expect(json).toMatchObject({ status: 6, stdout: '' })
    const answered = runCli(project, ['vault', 'decrypt', '--json'], { input: text('whole.yml') })
    expect(JSON.parse(answered.stdout)).toMatchObject({
      files: [{ file: '<stdin>', content: 'token: q8ZrT4mLw0Xy7KcVb2Nh5P\n' }],
    })
  })

  test('it stands alone; a check and a dry run tell of it', () => {
    const beside = vault('encrypt', '-', 'plain.yml')
    expect([beside.status, text('plain.yml')]).toEqual([2, 'a: 1\n'])
    const run = (flag: string): Outcome =>
      runCli(project, ['vault', 'encrypt', flag, '-'], { input: 'x' })
    expect(run('--check')).toMatchObject({ status: 8, stderr: '' })
    expect(run('--dry-run').stdout).toContain('--- <stdin>\n+++ <stdin>\n')
  })
})
