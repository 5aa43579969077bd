// Names that are made to deceive: nothing raw of them reaches a terminal or a log, from any command.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { COMMANDS } from '../../src/cli/commands.js'
import { wordsOf } from '../../src/cli/arguments.js'
import { findAnsible } from '../support/ansible.js'
import { runCli } from '../support/cli.js'
import { ANSIBLE_CFG, CONFIG, LAUNCHER, PASSWORD, Project } from '../support/project.js'
import type { Outcome, RunOptions } from '../support/project.js'
import { runOnTerminal } from '../support/terminal.js'

jest.setTimeout(120_000)

const TOKEN = 'Zq7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc'

/** Line ends, an escape, one of C1, a bidirectional override, an invisible character, Unicode's own line end, a delete. */
const EVIL = 'a\n::error::b\r##[error]c\u001b[31md\u009be\u202ef\u200bg\u2028h\u007f'
const STEERING =
  // eslint-disable-next-line no-control-regex -- these are what must not come out
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/
const COMMAND = /^\s*(?:::|##(?:\[|vso))/m

/** What a check is asked to tell GitHub's runner. */
const OWN =
  /^::(?:error|warning|notice) file=[^:,\s]*,line=\d+,(?:col=\d+,)?title=k3s-vars%3A [^:,]*::/gm

function expectClean({ stdout: all, stderr }: Pick<Outcome, 'stdout' | 'stderr'>): void {
  const stdout = all.replace(OWN, '')
  for (const text of [stdout, stderr]) {
    expect(STEERING.exec(text)?.[0].codePointAt(0)?.toString(16)).toBeUndefined()
    expect(COMMAND.exec(text)).toBeNull()
  }
}

describe('a project whose folder and files have such names', () => {
  let project: Project
  let folder: string
  beforeAll(() => {
    project = new Project()
    folder = project.path(EVIL)
    const write = (name: string, text: string, mode = 0o600): void => {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text, { mode })
    }
    write('k3s_vars.yml', CONFIG)
    write('ansible.cfg', ANSIBLE_CFG)
    write('.vault_password', `${PASSWORD}\n`)
    write(`group_vars/${EVIL}.yml`, `token: ${TOKEN}\n`)
    write(
      `group_vars/${EVIL}2.yml`,
      `k3s_token: ${TOKEN}\n"${JSON.stringify(EVIL).slice(1, -1)}": ${TOKEN}\n`,
    )
    write(`group_vars/broken.yml`, 'token: !vault x\n"\n')
    write(`tokens/${EVIL}`, TOKEN)
    write(`sealed/${EVIL}.yml`, 'a: 1\n')
    write(`sealed/${EVIL}2.yml`, `token: ${TOKEN}\n`)
    write(`bad/${EVIL}/k3s_vars.yml`, 'clusters: { home: { nope: 1 } }\n')
    write(`inventory/${EVIL}`, `[server]\nserver1 token=${TOKEN}\n`)
    write('editor', '#!/bin/sh\necho b: 2 >>"$1"\n', 0o755)
    mkdirSync(join(folder, 'home'))
    expect(run(['vault', 'encrypt', `sealed/${EVIL}.yml`]).status).toBe(0)
    expect(run(['vault', 'encrypt', '--inline', `sealed/${EVIL}2.yml`]).status).toBe(0)
  })
  afterAll(() => project.remove())

  function run(args: readonly string[], options: RunOptions = {}): Outcome {
    const [newest] = findAnsible().slice(-1)
    const path = [newest?.bin, process.env['PATH']].filter((part) => part !== undefined).join(':')
    const environment = { PATH: path, HOME: join(folder, 'home'), ...options.environment }
    return runCli(project, args, { ...options, cwd: folder, environment })
  }

  const FILES = [`sealed/${EVIL}.yml`, `sealed/${EVIL}2.yml`]
  /** Calls that say a name, in the order in which they go through a project's life; each also as JSON. */
  const CALLS: readonly (readonly string[])[] = [
    ['init', '--dir', `new/${EVIL}`],
    ['init', '--dir', `tokens/${EVIL}`],
    ['status'],
    ['status', '--config', `bad/${EVIL}/k3s_vars.yml`],
    ['check', '-i', `inventory/${EVIL}`],
    ['check', '--playbook-dir', EVIL],
    ['check'],
    ['verify'],
    ['verify', '--config', `bad/${EVIL}/k3s_vars.yml`],
    ['scan'],
    ['scan', '--sarif'],
    ['scan', `group_vars/${EVIL}.yml`, EVIL],
    ['scan', '--baseline', EVIL],
    ['token new', 'home', '--yes'],
    ['token new', 'home', '--yes', '--config', `bad/${EVIL}/k3s_vars.yml`],
    ['token new', '--kind', 'bootstrap', '--output', `${EVIL}/x`],
    ['token show', 'home'],
    ['token show', EVIL],
    ['token inspect', `tokens/${EVIL}`],
    ['token inspect', EVIL],
    ['token import', 'home', '--file', `tokens/${EVIL}`],
    ['token import', 'home', '--file', EVIL],
    ['token bind', 'home'],
    ['token bind', EVIL],
    ['extra-vars', 'home', '--output', `${EVIL}/x`],
    ['extra-vars', EVIL],
    ['group-vars write', '--output', `out/${EVIL}`],
    ['group-vars write', '--check', '--output', `out/${EVIL}`],
    ['group-vars write', '--output', `tokens/${EVIL}`],
    ['vault encrypt', '--inline', '-n', 'group_vars'],
    ['vault encrypt', '--inline', '--check', 'group_vars'],
    ['vault encrypt', '--inline', '-k', '*', 'group_vars'],
    ['vault encrypt', ...FILES],
    ['vault encrypt', '--vault-id', EVIL, ...FILES],
    ['vault encrypt', '--encrypt-vault-id', EVIL, ...FILES],
    ['vault view', ...FILES],
    ['vault view', '-k', 'token', ...FILES, 'sealed'],
    ['vault view', `group_vars/${EVIL}2.yml`, EVIL],
    ['vault edit', `sealed/${EVIL}.yml`],
    ['vault edit', `group_vars/${EVIL}.yml`, EVIL],
    ['vault edit', '-k', EVIL, `sealed/${EVIL}2.yml`],
    ['vault rekey', '--new-vault-id', `${EVIL}@.vault_password`, 'sealed'],
    ['vault rekey', '--new-vault-id', EVIL, 'sealed'],
    ['vault rekey', '--new-vault-id', 'b@.vault_password', '--inline', ...FILES],
    ['vault decrypt', '-n', ...FILES],
    ['vault decrypt', '--only-vault-id', EVIL, 'sealed'],
    ['vault decrypt', 'sealed', 'group_vars'],
    ['check', '--github', '-i', `inventory/${EVIL}`],
    ['check', '--gitlab', '-i', `inventory/${EVIL}`],
    ['check', '--markdown', '-i', `inventory/${EVIL}`],
    ['drift', 'home', '-i', `inventory/${EVIL}`],
    ['drift', EVIL],
    ['adopt', 'home', '-i', `inventory/${EVIL}`],
    ['ca new', 'home', '-i', `inventory/${EVIL}`],
    ['ca show', 'home'],
    ['ca export', 'home', '--output', `${EVIL}/x`],
    ['bootstrap create', 'home', '--kubeconfig', EVIL, '--context', EVIL, '--output', `${EVIL}/x`],
    ['bootstrap list', 'home', '--kubeconfig', `tokens/${EVIL}`],
    ['bootstrap delete', 'home', EVIL, '--kubeconfig', EVIL],
    ['rotate', EVIL],
    ['token for-snapshot', EVIL],
    ['store show'],
    ['store show', EVIL],
    ['store copy', 'home', '--keep', '--to', `out/${EVIL}`],
    ['store copy', 'home', '--to', `{ ${EVIL}`],
    ['store rekey', 'home', '--new-vault-id', EVIL],
    ['completion', EVIL],
    ['completion', 'bash'],
  ]

  test('every command is among those that are tried', () => {
    const tried = new Set(CALLS.map(([words]) => words))
    expect(COMMANDS.map(wordsOf).filter((words) => !tried.has(words))).toEqual([])
  })

  test.each(CALLS.map((call, index) => [call[0]!, index] as const))('%s (%i)', (words, index) => {
    const args = [...words.split(' '), ...CALLS[index]!.slice(1)]
    const environment = { EDITOR: './editor' }
    const forms = ['--sarif', '--github', '--gitlab', '--markdown']
    const json = args.some((arg) => forms.includes(arg)) ? [] : [[...args, '--json']]
    for (const call of [...json, args]) expectClean(run(call, { environment }))
  })

  test.each([
    ['a link to the launcher', ['--list'], { K3S_VARS_CONFIG: `bad/${EVIL}/k3s_vars.yml` }],
    ['a configuration that is missing', ['--list'], { K3S_VARS_CONFIG: EVIL }],
    ['a password file', ['--list'], { ANSIBLE_VAULT_PASSWORD_FILE: EVIL }],
    ['a list of them', ['--list'], { ANSIBLE_VAULT_IDENTITY_LIST: `${EVIL}@${EVIL}` }],
    [
      'a vault id',
      ['vault', 'encrypt', 'group_vars/broken.yml'],
      { ANSIBLE_VAULT_IDENTITY_LIST: `${EVIL}@.vault_password` },
    ],
  ])('the inventory source, and variables: %s', (_, args, environment) => {
    const outcome = run(args, { environment })
    expectClean(outcome)
  })

  test('control: the names are as evil as they look, and a program that shows them is led', () => {
    const { stdout } = project.run('find', [join(folder, 'sealed')])
    expect(() => expectClean({ stdout, stderr: '' })).toThrow()
  })

  test('at a terminal, in colours and at a prompt', () => {
    const shown = project.run('/usr/bin/script', ['-qec', `'${LAUNCHER}' scan`, '/dev/null'], {
      cwd: folder,
    })
    // Only what makes colours is left, each sequence whole.
    // eslint-disable-next-line no-control-regex -- the colours of our own
    const plain = shown.stdout.replace(/\u001b\[[0-9;]*m|\r(?=\n)/g, '')
    expectClean({ stdout: plain, stderr: '' })
    expect(shown.stdout).not.toContain('\u001b[31md')
    const { shown: asked } = runOnTerminal(
      [LAUNCHER, 'vault', 'encrypt', '--vault-id', '\u001b[31m\u009bx@prompt', 'k3s_vars.yml'],
      {
        question: 'Vault password (',
        typed: '\u0003',
        cwd: folder,
        environment: project.environment,
      },
    )
    expect(asked).toContain('Vault password (\\x1b[31m\\x9bx): ')
  })
})

test('whatever writes text goes through the one place, or is named here with what else it writes', () => {
  const RAW: Readonly<Record<string, string>> = {
    'cli/secret-output.ts': 'a secret, to a file or a descriptor',
    'cli/commands/bootstrap-create.ts': 'a token that was asked for',
    'cli/commands/ca-export.ts': 'keys that were asked for',
    'cli/commands/completion.ts': 'a script of our own',
    'cli/commands/extra-vars.ts': 'variables for Ansible',
    'cli/commands/token-new.ts': 'a token that was asked for',
    'cli/commands/token-show.ts': 'a token that was asked for',
    'cli/commands/vault-view.ts': 'what was in a file; names are cleaned',
    'cli/rotate/hand-over.ts': 'tokens for the play, as JSON, into its pipe',
    'cli/vault/standard-input.ts': 'what was in a text',
    'cli/run.ts': 'help, which is our own',
    'cli/main.ts': 'nothing: it waits for the end of what was written',
    'files/private-folder.ts': 'zeros over a plain text',
    'source/main.ts': 'JSON for Ansible, and errors that formatError has made fit',
    'source/start.ts': 'a message of our own, before either bundle is there',
  }
  const CLEAN = /printable|formatBar|\\r\\u001b/
  const src = join(import.meta.dirname, '../../src')
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter(
      (name) => name.endsWith('.ts') && !/^(?:build|source\/(?:code-cache|keep-code))/.test(name),
    )
  const writers = files.filter((name) =>
    /(?:stdout|stderr|stream)\.write\(|writeSync\(|console\./i.test(
      readFileSync(join(src, name), 'utf8'),
    ),
  )
  const others = writers.filter((name) => RAW[name] === undefined)
  expect(writers.length).toBeGreaterThan(15)
  for (const name of others) expect(readFileSync(join(src, name), 'utf8')).toMatch(CLEAN)
  expect(Object.keys(RAW).filter((name) => !writers.includes(name))).toEqual([])
})
