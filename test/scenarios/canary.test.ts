// A marker as token and another as vault password go through every command and every failure; then everything that came
// out or was left behind is searched whole. Whatever shows a marker where it does not belong fails here.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findAnsible } from '../support/ansible.js'
import { runCli } from '../support/cli.js'
import { Project } from '../support/project.js'
import type { Outcome, RunOptions } from '../support/project.js'

const TOKEN = 'CanaryTokenQ7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc'
const PASSWORD = 'CanaryPasswordW4eK8zN2'
const MARKERS = [TOKEN, PASSWORD].flatMap((marker) => [
  marker,
  Buffer.from(marker).toString('hex'),
  Buffer.from(marker).toString('base64').replace(/=+$/, ''),
  encodeURIComponent(JSON.stringify(marker)),
])

let project: Project
beforeEach(() => {
  project = new Project({ '.vault_password': `${PASSWORD}\n` })
})
afterEach(() => project.remove())

function cli(args: readonly string[], options?: RunOptions): Outcome {
  return runCli(project, args, options)
}

function adopt(): void {
  const outcome = cli(['token', 'import', 'home', '--stdin'], { input: TOKEN })
  expect(outcome.status).toBe(0)
  expectSilent(outcome)
}

function expectSilent({ stdout, stderr }: Outcome): void {
  for (const marker of MARKERS) {
    expect(stdout.replace(/\s+/g, '')).not.toContain(marker)
    expect(stderr.replace(/\s+/g, '')).not.toContain(marker)
  }
}

/** Every command that needs nothing more than a project; each has to keep its mouth shut in every situation. */
const COMMANDS: readonly (readonly string[])[] = [
  ['status'],
  ['verify'],
  ['drift', 'home', '-i', 'localhost,'],
  ['adopt', 'home', '-i', 'localhost,'],
  ['verify', 'home', '--markdown', '--all-former'],
  ['check'],
  ['check', 'home', '-i', 'hosts.yml'],
  ['token', 'show'],
  ['token', 'new', '--yes'],
  ['token', 'new', '--kind', 'agent'],
  ['token', 'inspect', '.vault_password'],
  ['bootstrap', 'list', 'home'],
  ['bootstrap', 'create', 'home', '--reveal'],
  ['ca', 'show'],
  ['ca', 'new', '--assume-new'],
  ['ca', 'export'],
  ['ca', 'export', '--output', 'tls'],
  ['group-vars', 'write', '--check'],
  ['group-vars', 'write', '--output', 'vars'],
  ['scan'],
  ['scan', '--all', '--sarif'],
  ['init'],
  ['vault', 'encrypt', '--inline', '--dry-run', '.'],
  ['vault', 'encrypt', '--check', 'k3s_vars.yml'],
  ['vault', 'decrypt', '--dry-run', '.'],
  ['vault', 'rekey', '--check', '--new-vault-password-file', '.vault_password', '.'],
]

/** Commands whose answer is the token, once it can be had. */
const REVEALING: readonly (readonly string[])[] = [
  ['token', 'show', '--reveal'],
  ['extra-vars'],
  ['--list'],
  ['--plugins'],
]

describe('a sound project', () => {
  test.each(COMMANDS)('%s %s shows no secret', (...args) => {
    adopt()
    for (const form of [[], ['--json'], ['--quiet']]) expectSilent(cli([...args, ...form]))
  })

  test('the token comes out exactly where it was asked for', () => {
    adopt()
    expect(cli(['token', 'show', '--reveal']).stdout).toBe(`${TOKEN}\n`)
    expect(JSON.parse(cli(['extra-vars']).stdout)).toEqual({ token: { __ansible_unsafe: TOKEN } })
    expect(cli(['--list']).stdout.split(TOKEN)).toHaveLength(2)
    for (const args of REVEALING) expect(cli(args)).toMatchObject({ status: 0, stderr: '' })
  })

  test('the password comes out nowhere, and nothing is left in the clear', () => {
    adopt()
    for (const args of [...COMMANDS, ...REVEALING]) {
      expect(Object.values(cli(args)).join()).not.toContain(PASSWORD)
    }
    expect(cli(['extra-vars', '--output', 'vars.json']).status).toBe(0)
    expect(filesWith(TOKEN)).toEqual(['vars.json'])
    expect(filesWith(PASSWORD)).toEqual(['.vault_password'])
  })
})

describe('a secret on the command line', () => {
  const K10 = `K10${TOKEN}`
  test.each<readonly string[][]>([
    [['status', TOKEN]],
    [['check', TOKEN]],
    [[TOKEN]],
    [['token', TOKEN]],
    [['token', 'show', TOKEN]],
    [['token', 'show', 'home', TOKEN]],
    [['token', 'show', '--kind', TOKEN]],
    [['token', 'show', '--reveal', '--format', TOKEN]],
    [['token', 'show', '--reveal', '--format', 'secure', '--ca-hash', TOKEN]],
    [['token', 'new', TOKEN]],
    [['token', 'new', '--kind', TOKEN]],
    [['token', 'inspect', TOKEN]],
    [['token', 'inspect', K10]],
    [['token', 'inspect', '--role', TOKEN]],
    [['token', 'import', TOKEN]],
    [['token', 'import', 'home', TOKEN]],
    [['token', 'import', 'home', '--file', TOKEN]],
    [['token', 'import', 'home', '--file', K10]],
    [['token', 'import', 'home', '--agent-file', TOKEN]],
    [['token', 'import', 'home', '--stdin', TOKEN]],
    [['token', 'import', 'home', '--token', TOKEN]],
    [['token', 'import', 'home', `--token=${TOKEN}`]],
    [['token', 'import', 'home', `--${TOKEN}`]],
    [['token', 'import', 'home', `--file=${TOKEN}`]],
    [['token', 'import', 'home', `-${TOKEN}`]],
    [['bootstrap', 'list', TOKEN]],
    [['bootstrap', 'delete', 'home', TOKEN]],
    [['bootstrap', 'create', 'home', '--reveal', '--ttl', TOKEN]],
    [['bootstrap', 'list', 'home', '--kubeconfig', `ansible.cfg/${TOKEN}`]],
    [['bootstrap', 'list', 'home', '--context', TOKEN]],
    [['ca', 'new', TOKEN]],
    [['ca', 'show', TOKEN]],
    [['ca', 'export', '--output', `no-such-folder/${TOKEN}`]],
    [['group-vars', 'write', TOKEN]],
    [['group-vars', TOKEN]],
    [['group-vars', 'write', '--output', `ansible.cfg/${TOKEN}`]],
    [['scan', TOKEN]],
    [['scan', `no-such-folder/${TOKEN}`]],
    [['scan', '--baseline', TOKEN]],
    [['scan', '--baseline', `no/${TOKEN}`, '--write-baseline']],
    [['extra-vars', '--fd', TOKEN]],
    [['extra-vars', '--side', TOKEN]],
    [['extra-vars', '--output', `no-such-folder/${TOKEN}`]],
    [['init', '--cluster', TOKEN]],
    [['init', '--role', TOKEN]],
    [['completion', TOKEN]],
    [['vault', TOKEN]],
    [['vault', 'encrypt', TOKEN]],
    [['vault', 'encrypt', '--vault-id', TOKEN, '.']],
    [['vault', 'encrypt', '--vault-id', `${TOKEN}@${TOKEN}`, '.']],
    [['vault', 'encrypt', '--encrypt-vault-id', TOKEN, '.']],
    [['vault', 'encrypt', '--vault-password-file', TOKEN, '.']],
    [['vault', 'rekey', '--new-vault-id', TOKEN, '.']],
    [['vault', 'rekey', '--new-vault-password-file', TOKEN, '.']],
    [['vault', 'rekey', '.', `--new-password=${TOKEN}`]],
    [['vault', 'view', TOKEN]],
    [['vault', 'edit', TOKEN]],
    [['status', '--config', TOKEN]],
    [['status', `--password=${PASSWORD}`]],
    [['--vault-password', PASSWORD, 'status']],
    [['--list', TOKEN]],
    [['--plugins', TOKEN]],
  ])('is not repeated: %j', (args) => {
    adopt()
    for (const form of [[], ['--json']]) {
      const outcome = cli([...args, ...form])
      expect(outcome.status).not.toBe(0)
      expectSilent(outcome)
    }
  })
})

describe('a token that is refused', () => {
  test.each([
    `K10${TOKEN}`,
    `K10${TOKEN}::server:${TOKEN}`,
    `K10::node:${TOKEN}`,
    `${TOKEN}\n${TOKEN}`,
    `${TOKEN}\n\n`,
    ` ${TOKEN}`,
    `$ANSIBLE_VAULT;1.1;AES256\n${TOKEN}`,
    `!vault ${TOKEN}`,
    `${TOKEN}\\`,
    `'${TOKEN}'`,
    `{{ ${TOKEN} }}`,
    `${TOKEN}\u0000`,
    `${TOKEN}$(reboot)`,
    TOKEN.repeat(2000),
  ])('is not repeated: %j', (input) => {
    for (const form of [[], ['--json']]) {
      expectSilent(cli(['token', 'inspect', '--role', 'k3s-io', ...form], { input }))
      expectSilent(cli(['token', 'import', 'home', '--stdin', ...form], { input }))
      if (!input.includes('\0')) {
        const environment = { K3S_TOKEN: input.slice(0, 10_000), K3S_AGENT_TOKEN: TOKEN }
        expectSilent(cli(['token', 'import', 'home', '--env', ...form], { environment }))
      }
    }
  })
})

/** What can be wrong with a project, with the markers where they could be quoted from. */
const FAULTS: readonly (readonly [string, () => NodeJS.ProcessEnv | void])[] = [
  ['a configuration that is no YAML', () => config(`clusters: { home: ["${TOKEN}\n`)],
  ['a configuration with a tag', () => config(`clusters: !${TOKEN} x\n`)],
  ['a configuration with an alias', () => config(`clusters: *${TOKEN}\n`)],
  ['an unknown key', () => config(`clusters: { home: { ${TOKEN}: 1 } }\n`)],
  ['an unknown key at the top', () => config(`${TOKEN}: 1\nclusters: { home: {} }\n`)],
  ['an unknown role', () => config(`clusters: { home: { role: ${TOKEN} } }\n`)],
  ['an unknown word', () => config(`clusters: { home: { emit: ${TOKEN} } }\n`)],
  ['a value of another type', () => config(`clusters: { home: { agent_token: ${TOKEN} } }\n`)],
  ['a token in vars', () => config(`clusters: { home: { vars: { token: ${TOKEN} } } }\n`)],
  ['a text in place of the clusters', () => config(`clusters: ${TOKEN}\n`)],
  ['a text in place of everything', () => config(`${TOKEN}\n`)],
  [
    'a key twice',
    () => config(`clusters: { home: {} }\nclusters: { home: { vault_id: ${TOKEN} } }\n`),
  ],
  [
    'a host range that is none',
    () => config(`clusters: { home: { hosts: { server: ["[${TOKEN}"] } } }\n`),
  ],
  ['a document that is no YAML', () => store(`current: ["${TOKEN}\n`)],
  ['a document that is a text', () => store(`${TOKEN}\n`)],
  ['a document with a key too many', () => store(tampered(/^phase/m, `${TOKEN}: 1\nphase`))],
  ['a document with a value too many', () => store(tampered(/phase: idle/, `phase: ${TOKEN}`))],
  ['a document with a token as vault text', () => store(tampered(/\$ANSIBLE_VAULT.*/, TOKEN))],
  [
    'a document with a damaged envelope',
    () => store(tampered(/(AES256\n +)/, `$1${TOKEN}\n          `)),
  ],
  ['a document of a newer version', () => store(`schema: 99\ncluster: ${TOKEN}\n`)],
  ['a folder in place of the document', () => folder()],
  ['another vault password', () => void project.write('.vault_password', `${PASSWORD}2\n`)],
  ['a password script that prints and fails', () => script(`echo ${PASSWORD}; exit 3`)],
  ['a password file that is executable by mistake', () => executable()],
  ['a password script that dies', () => script(`echo ${PASSWORD}; kill -9 $$`)],
  ['an ansible.cfg without a section', () => cfg(`${PASSWORD}\n`)],
  ['an ansible.cfg with a line that is none', () => cfg(`[defaults]\n${PASSWORD}\n`)],
  ['an ansible.cfg with a key twice', () => cfg(`[defaults]\n${PASSWORD}=1\n${PASSWORD}=2\n`)],
  ['tokens in the environment', () => ({ K3S_TOKEN: TOKEN, K3S_AGENT_TOKEN: TOKEN })],
  [
    'another value in group_vars',
    () => void project.write('group_vars/all.yml', `token: ${TOKEN}x\n`),
  ],
  [
    'a template in group_vars',
    () => void project.write('group_vars/all.yml', `token: "{{ ${TOKEN}"\n`),
  ],
  ['an inventory that is broken', () => void project.write('hosts.yml', `all: [ ${TOKEN}\n`)],
]

/** A way into each part of the program; the commands share the rest. */
const AT_FAULT = [
  ['status'],
  ['scan'],
  ['group-vars', 'write', '--check'],
  ['check', 'home', '-i', 'hosts.yml', '--json'],
  ['token', 'show'],
  ['token', 'import', 'home', '--stdin'],
  ['init'],
  ...REVEALING,
]

describe('a fault', () => {
  test.each(FAULTS)('with %s shows no secret', (_what, prepare) => {
    adopt()
    const environment = prepare() ?? {}
    for (const args of AT_FAULT) {
      const outcome = cli(args, { environment, input: `${TOKEN}2` })
      const isAnswer = outcome.status === 0 && REVEALING.includes(args)
      expectSilent(isAnswer ? { ...outcome, stdout: '' } : outcome)
      if (outcome.status !== 0 && REVEALING.includes(args)) expect(outcome.stdout).toBe('')
    }
  })

  test('leaves no copy of a secret behind', () => {
    for (const [, prepare] of FAULTS.slice(0, 3)) {
      adopt()
      prepare()
      cli(['token', 'import', 'home', '--stdin', '--replace'], { input: `${TOKEN}2` })
      cli(['extra-vars', '--output', 'no-such-folder/vars.json'])
      project.write('k3s_vars.yml', 'clusters: { home: { probe: false } }\n')
    }
    expect(filesWith(TOKEN)).toEqual([])
  })
})

/** Files of variables with something wrong, or odd, and a secret in the middle of it. */
const VARS_FILES: readonly (readonly [string, string, string])[] = [
  ['no YAML', 'vars.yml', `token: "${TOKEN}\n`],
  ['a value too many', 'vars.yml', `token: ${TOKEN}: ${TOKEN}\n`],
  ['an alias', 'vars.yml', `a: &a ${TOKEN}\ntoken: *a\n`],
  ['another tag', 'vars.yml', `token: !!binary ${TOKEN}\n`],
  ['vault text that is none', 'vars.yml', `token: !vault ${TOKEN}\n`],
  ['damaged vault text', 'vars.yml', `token: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  ${TOKEN}\n`],
  ['a line end of its own', 'vars.yml', `token: ${TOKEN}\rx: 1\n`],
  ['INI', 'hosts.ini', `[all:vars]\ntoken=${TOKEN}\n`],
  ['no INI', 'hosts.ini', `[all]\nhost ${TOKEN}\n`],
  ['JSON', 'vars.json', `{"token": "${TOKEN}"}\n`],
  ['all right', 'vars.yml', `token: ${TOKEN}\nk3s_token: "${TOKEN}\\n"\n`],
]

test.each(VARS_FILES)('a file of variables with %s shows no secret', (_what, name, text) => {
  for (const args of [
    ['encrypt', '--inline', '--dry-run'],
    ['encrypt', '--inline'],
    ['rekey', '--new-vault-id', 'other@.vault_password'],
    ['decrypt', '--json'],
    ['edit', '--key', 'token'],
    ['encrypt'],
  ]) {
    project.write(name, text)
    expectSilent(cli(['vault', ...args, name], { environment: { EDITOR: 'false' } }))
  }
  expect(filesWith(TOKEN)).toEqual([])
})

const newest = findAnsible().at(-1)
const testWithAnsible = newest === undefined ? test.skip : test

testWithAnsible('no child process is handed a secret', () => {
  adopt()
  spy('ansible-inventory')
  spy('ansible-config')
  const script = `#!/bin/sh\nenv >>"$SPY"; tr '\\0' ' ' </proc/$$/cmdline >>"$SPY"; echo ${PASSWORD}\n`
  project.write('.vault_password', script, 0o700)
  const environment = {
    PATH: `${project.path('spies')}:${newest!.bin}:${process.env['PATH']}`,
    SPY: project.path('seen'),
    K3S_TOKEN: TOKEN,
    K3S_AGENT_TOKEN: TOKEN,
  }
  project.write('group_vars/all.yml', 'token: another\n')
  project.write('hosts.yml', 'all: { hosts: { server1: } }\n')
  expect(cli(['check'], { environment }).status).toBe(8)
  expect(cli(['check', '-i', 'hosts.yml'], { environment }).status).toBe(8)
  const seen = readFileSync(project.path('seen'), 'utf8')
  expect(seen).toContain('SPIED ansible-inventory --list')
  expect(seen).toContain('SPIED ansible-config dump')
  const ofAnsible = seen.split('\n').filter((line) => !line.startsWith('K3S_'))
  for (const marker of MARKERS) expect(ofAnsible.join('\n')).not.toContain(marker)
  const spied = seen.split('SPIED ').slice(1)
  for (const one of spied.filter((text) => text.startsWith('ansible-'))) {
    expect(one.split('END')[0]).not.toContain(TOKEN)
  }
})

/** A stand-in that writes down its arguments and environment and then becomes the real program. */
function spy(program: string): void {
  const text = `#!/bin/sh
{ echo "SPIED ${program} $*"; env; echo END; } >>"$SPY"
exec "${newest!.bin}/${program}" "$@"
`
  project.write(`spies/${program}`, text, 0o700)
}

function config(text: string): void {
  project.write('k3s_vars.yml', text)
}

function cfg(text: string): void {
  project.write('ansible.cfg', text)
}

function store(text: string): void {
  project.write('k3s_tokens/home.yml', text)
}

function script(body: string): void {
  project.write('.vault_password', `#!/bin/sh\n${body}\n`, 0o700)
}

function executable(): void {
  project.write('.vault_password', `${PASSWORD}\n`, 0o700)
}

function folder(): void {
  rmSync(project.path('k3s_tokens/home.yml'))
  project.write(`k3s_tokens/home.yml/${TOKEN}`, '')
}

function tampered(pattern: RegExp, replacement: string): string {
  const text = readFileSync(project.path('k3s_tokens/home.yml'), 'utf8')
  const edited = text.replace(pattern, replacement)
  if (edited === text) throw new Error('nothing to replace in the document')
  return edited
}

/** The files of the project, and of our own among the temporary ones, that hold a text. */
function filesWith(text: string): string[] {
  return readdirSync(project.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => existsSync(file) && readFileSync(file, 'latin1').includes(text))
    .map((file) => file.slice(project.folder.length + 1))
}
