import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { Project } from '../support/project.js'
import type { Outcome, RunOptions } from '../support/project.js'

const TOKEN = 'Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5'
const OTHER = 'Q29ycmVjdEhvcnNlQmF0dGVyeVN0YXBsZUFnYWluMTIz'
const HASH = '0123456789abcdef'.repeat(4)

const AS_JSON = `${JSON.stringify(
  { schema: 'urn:k3s-vars:token-show-reveal:1', cluster: 'home', kind: 'server', token: TOKEN },
  null,
  2,
)}\n`

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

function cli(args: readonly string[], options?: RunOptions): Outcome {
  return runCli(project, args, options)
}

function reveal(...args: readonly string[]): string {
  return cli(['token', 'show', '--reveal', ...args]).stdout
}

function withAgentToken(): void {
  project.write('k3s_vars.yml', 'clusters: { home: { probe: false, agent_token: true } }\n')
}

describe('token new', () => {
  test('makes a token once, and does not show it', () => {
    const first = cli(['token', 'new', 'home', '--yes'])
    expect(first).toMatchObject({ status: 0, stderr: '' })
    const token = reveal().trim()
    expect(token).toMatch(/^[A-Za-z][A-Za-z0-9]{42}$/)
    expect(first.stdout).not.toContain(token)
    expect(cli(['token', 'new', '--yes'])).toMatchObject({ status: 5, stdout: '' })
    expect(reveal().trim()).toBe(token)
  })

  test('makes one where mint is never', () => {
    project.write('k3s_vars.yml', 'clusters: { home: { mint: never, probe: false } }\n')
    expect(cli(['--list'])).toMatchObject({ status: 5, stdout: '' })
    expect(cli(['token', 'new', '--yes']).status).toBe(0)
    expect(cli(['--list']).status).toBe(0)
  })

  test('adds an agent token that is missing', () => {
    cli(['token', 'new', '--yes'])
    const server = reveal()
    withAgentToken()
    expect(cli(['token', 'new', '--kind', 'agent']).stdout).toContain(
      'made the server and agent token',
    )
    expect(reveal('--kind', 'agent')).not.toBe(server)
    expect(reveal()).toBe(server)
  })

  test('prints a bootstrap token only when told to', () => {
    expect(cli(['token', 'new', '--kind', 'bootstrap'])).toMatchObject({ status: 2, stdout: '' })
    const { stdout } = cli(['token', 'new', '--kind', 'bootstrap', '--reveal'])
    expect(stdout).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}\n$/)
  })

  test('writes a bootstrap token to a new private file', () => {
    const args = ['token', 'new', '--kind', 'bootstrap', '--output', 'join']
    expect(cli(args).status).toBe(0)
    expect(readFileSync(project.path('join'), 'utf8')).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}\n$/)
    expect(statSync(project.path('join')).mode & 0o777).toBe(0o600)
    expect(cli(args)).toMatchObject({ status: 2 })
    expect(readdirSync(project.folder)).not.toContain('k3s_tokens')
  })
})

describe('token show', () => {
  test('tells without showing', () => {
    cli(['token', 'new', '--yes'])
    const { status, stdout } = cli(['token', 'show', '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      cluster: 'home',
      role: 'k3s-io',
      generation: 1,
      phase: 'idle',
      fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
      tokens: [{ kind: 'server', length: 43 }],
    })
    expect(stdout).not.toContain(reveal().trim())
  })

  test('tells the rest without the password', () => {
    cli(['token', 'new', '--yes'])
    const environment = { ANSIBLE_CONFIG: project.write('empty.cfg', '[defaults]\n') }
    const { status, stdout } = cli(['token', 'show'], { environment })
    expect(status).toBe(0)
    expect(stdout).toContain('server token:  sealed; no password here opens it')
  })

  test('keeps former generations, tells when each held, and reveals them by number', () => {
    const first = 'FirstTokenQ9mX4vB7nL1pD6sF3hJ5gZz8'
    cli(['token', 'import', 'home', '--stdin'], { input: first })
    cli(['token', 'import', 'home', '--stdin', '--replace'], { input: TOKEN })
    const day = new Date().toISOString().slice(0, 10)
    expect(cli(['token', 'show']).stdout).toMatch(
      new RegExp(`^generation 1: +\\d{4}-\\d\\d-\\d\\d to ${day.slice(0, 8)}\\d\\d`, 'm'),
    )
    const { generations } = JSON.parse(cli(['token', 'show', '--json']).stdout) as {
      generations: Record<string, unknown>[]
    }
    expect(generations).toMatchObject([
      { generation: 2, retired: null },
      { generation: 1, retired: expect.stringMatching(/Z$/) },
    ])
    expect(cli(['token', 'show', '--reveal', '--generation', '1']).stdout).toBe(`${first}\n`)
    expect(cli(['token', 'show', '--reveal', '--generation', '2']).stdout).toBe(`${TOKEN}\n`)
    const unknown = cli(['token', 'show', '--reveal', '--generation', '3'])
    expect(unknown).toMatchObject({ status: 2, stdout: '' })
    expect(unknown.stderr).toContain('it keeps 2, 1;')
  })

  test.each([
    ['the short token', ['--format', 'short'], `${TOKEN}\n`],
    [
      'the secure token',
      ['--format', 'secure', '--ca-hash', HASH],
      `K10${HASH}::server:${TOKEN}\n`,
    ],
    ['the token as JSON', ['--json'], AS_JSON],
  ])('reveals %s alone', (_what, options, expected) => {
    cli(['token', 'import', 'home', '--stdin'], { input: TOKEN })
    expect(cli(['token', 'show', '--reveal', ...options])).toEqual({
      status: 0,
      stdout: expected,
      stderr: '',
    })
  })

  test.each([
    ['a secure token without the hash', ['--reveal', '--format', 'secure'], 7],
    ['a hash that is none', ['--reveal', '--format', 'secure', '--ca-hash', 'abc'], 2],
    ['a format without --reveal', ['--format', 'short'], 2],
    ['an agent token that is not there', ['--reveal', '--kind', 'agent'], 5],
    ['a cluster that is not there', ['other'], 3],
  ])('refuses %s', (_what, options, status) => {
    cli(['token', 'new', '--yes'])
    expect(cli(['token', 'show', ...options])).toMatchObject({ status, stdout: '' })
  })

  test('has nothing to show before there is a token', () => {
    const outcome = cli(['token', 'show'])
    expect(outcome).toMatchObject({ status: 5, stdout: '' })
    expect(outcome.stderr).toContain('(K3SV_STORE_ABSENT)')
    expect(readdirSync(project.folder)).not.toContain('k3s_tokens')
  })
})

describe('token inspect', () => {
  test.each([
    ['a good token', TOKEN, 0, { kind: 'password', format: 'short', problem: null }],
    ['a server’s own', `K10${HASH}::server:${TOKEN}`, 0, { kind: 'server', caPinned: true }],
    ['a bootstrap token', 'abcdef.0123456789abcdef', 8, { kind: 'bootstrap' }],
    ['a broken one', 'K10abc', 8, { kind: 'unknown', problem: { code: 'K3SV_TOKEN_FORMAT' } }],
    ['nothing', '', 8, { problem: { code: 'K3SV_TOKEN_EMPTY' } }],
  ])('knows %s from a file and from standard input', (_what, token, status, expected) => {
    project.write('file', token)
    for (const outcome of [
      cli(['token', 'inspect', 'file', '--json']),
      cli(['token', 'inspect', '--json'], { input: token }),
      cli(['token', 'inspect', '-', '--json'], { input: token }),
    ]) {
      expect(outcome).toMatchObject({ status, stderr: '' })
      expect(JSON.parse(outcome.stdout)).toMatchObject(expected)
    }
  })

  test('takes a token as argument for a file name, and does not repeat it', () => {
    const outcome = cli(['token', 'inspect', TOKEN])
    expect(outcome).toMatchObject({ status: 4, stdout: '' })
    expect(outcome.stderr).toContain('never given as an argument')
    expect(outcome.stderr).not.toContain(TOKEN)
  })
})

describe('token import', () => {
  test.each<[string, string[], string, Record<string, string>]>([
    ['a file', ['--file', 'file'], '', {}],
    ['standard input', ['--stdin'], `${TOKEN}\n`, {}],
    ['the environment', ['--env'], '', { K3S_TOKEN: TOKEN }],
  ])('adopts from %s', (_where, options, input, environment) => {
    project.write('file', `${TOKEN}\n`)
    const outcome = cli(['token', 'import', 'home', ...options], { input, environment })
    expect(outcome).toMatchObject({ status: 0, stderr: '' })
    expect(outcome.stdout).toContain('home: adopted')
    expect(outcome.stdout).not.toContain(TOKEN)
    expect(reveal()).toBe(`${TOKEN}\n`)
  })

  test('takes a server’s own token file apart', () => {
    project.write('file', `K10${HASH}::server:${TOKEN}\n`)
    const { stdout } = cli(['token', 'import', 'home', '--file', 'file'])
    expect(stdout).toContain('took one final newline off what --file holds\n')
    expect(reveal()).toBe(`${TOKEN}\n`)
  })

  test('adopts both tokens', () => {
    withAgentToken()
    project.write('server', `K10${HASH}::server:${TOKEN}\n`)
    project.write('agent', `K10${HASH}::node:${OTHER}\n`)
    const files = ['--file', 'server', '--agent-file', 'agent']
    expect(cli(['token', 'import', 'home', ...files]).status).toBe(0)
    expect([reveal(), reveal('--kind', 'agent')]).toEqual([`${TOKEN}\n`, `${OTHER}\n`])
  })

  test('leaves the same token as it is', () => {
    cli(['token', 'import', 'home', '--stdin'], { input: TOKEN })
    const before = readFileSync(project.path('k3s_tokens/home.yml'), 'utf8')
    const again = cli(['token', 'import', 'home', '--stdin', '--json'], { input: TOKEN })
    expect(again.status).toBe(0)
    expect(JSON.parse(again.stdout)).toMatchObject({ outcome: 'unchanged', generation: 1 })
    expect(readFileSync(project.path('k3s_tokens/home.yml'), 'utf8')).toBe(before)
  })

  test('replaces another token only when told to, and keeps the former', () => {
    cli(['token', 'import', 'home', '--stdin'], { input: TOKEN })
    const refused = cli(['token', 'import', 'home', '--stdin'], { input: OTHER })
    expect(refused).toMatchObject({ status: 5, stdout: '' })
    expect(refused.stderr).toContain('(K3SV_STORE_OCCUPIED)')
    expect(reveal()).toBe(`${TOKEN}\n`)
    expect(cli(['token', 'import', 'home', '--stdin', '--replace'], { input: OTHER }).status).toBe(
      0,
    )
    expect(reveal()).toBe(`${OTHER}\n`)
    expect(JSON.parse(cli(['token', 'show', '--json']).stdout)).toMatchObject({
      former: 1,
      generation: 2,
    })
  })

  test.each<[string, string[], string, string]>([
    ['a bootstrap token', ['--stdin'], 'abcdef.0123456789abcdef', 'K3SV_TOKEN_REFUSED'],
    ['an agent’s token', ['--stdin'], `K10${HASH}::node:${TOKEN}`, 'K3SV_TOKEN_REFUSED'],
    ['two lines', ['--stdin'], `${TOKEN}\n${OTHER}`, 'K3SV_TOKEN_REFUSED'],
    ['a second final newline', ['--stdin'], `${TOKEN}\n\n`, 'K3SV_TOKEN_REFUSED'],
    ['vault text', ['--stdin'], '$ANSIBLE_VAULT;1.1;AES256\n6162\n', 'K3SV_TOKEN_REFUSED'],
    ['a sample', ['--stdin'], 'changeme!', 'K3SV_TOKEN_REFUSED'],
    ['nothing', ['--stdin'], '', 'K3SV_TOKEN_EMPTY'],
    ['no source', [], '', 'K3SV_USAGE'],
    ['two sources', ['--stdin', '--env'], TOKEN, 'K3SV_USAGE'],
    ['an unset variable', ['--env'], '', 'K3SV_TOKEN_SOURCE'],
    ['a file that is not there', ['--file', TOKEN], '', 'K3SV_TOKEN_SOURCE'],
  ])('refuses %s', (_what, options, input, code) => {
    const outcome = cli(['token', 'import', 'home', ...options], { input })
    expect(outcome).toMatchObject({ status: code === 'K3SV_USAGE' ? 2 : 4, stdout: '' })
    expect(outcome.stderr).toContain(`(${code})`)
    expect(outcome.stderr).not.toContain(TOKEN)
    expect(readdirSync(project.folder)).not.toContain('k3s_tokens')
  })

  test('needs a password that seals', () => {
    writeFileSync(project.path('ansible.cfg'), '[defaults]\n')
    const outcome = cli(['token', 'import', 'home', '--stdin'], { input: TOKEN })
    expect(outcome).toMatchObject({ status: 6, stdout: '' })
    expect(outcome.stderr).toContain('(K3SV_VAULT_NO_PASSWORD)')
  })
})
