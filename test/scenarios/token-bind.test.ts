// Documents that are bound: by every change, by `token bind`, and again after a change that a person wanted.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findAnsible } from '../support/ansible.js'
import { runCli } from '../support/cli.js'
import { Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { asSchema1, unbind } from '../support/unbound.js'

const CONFIG = 'clusters:\n  prod: { probe: false, agent_token: true }\n'
const DOCUMENT = 'k3s_tokens/prod.yml'
const MADE_UP = 'MyClusterTokenForProduction2024x'

let project: Project
beforeEach(() => {
  project = new Project({ 'k3s_vars.yml': CONFIG })
})
afterEach(() => project.remove())

const cli = (...args: readonly string[]): Outcome => runCli(project, args)
const text = (name = DOCUMENT): string => readFileSync(project.path(name), 'utf8')
const edit = (from: string | RegExp, to: string): void => {
  const edited = text().replace(from, to)
  expect(edited).not.toBe(text())
  writeFileSync(project.path(DOCUMENT), edited)
}
const isBound = (): boolean => /^ {2}binding: "[0-9a-f]{32} [0-9a-f]{32}"$/m.test(text())

function refused(outcome: Outcome, code = 'K3SV_STORE_BINDING'): void {
  expect(outcome).toMatchObject({ status: 5, stdout: '' })
  expect(outcome.stderr).toContain(`(${code})`)
  expect(outcome.stderr).toMatch(/^hint: \S/m)
}

function mint(): void {
  expect(cli('token', 'new', 'prod', '--yes').status).toBe(0)
  expect(isBound()).toBe(true)
}

describe('a document from before there were bindings', () => {
  beforeEach(() => {
    mint()
    unbind(project, 'prod')
    expect(text()).toMatch(/^schema: 1$/m)
    expect(isBound()).toBe(false)
  })

  test('hands its token out, and check names it', () => {
    expect(cli('--list').status).toBe(0)
    const { stdout } = cli('check', 'prod', '--json')
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; severity: string }[] }
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'unbound',
        severity: 'warn',
        hint: expect.stringContaining('k3s-vars token bind prod'),
      }),
    )
  })

  test('is bound by token bind, once, and keeps what people wrote', () => {
    edit('current:', '# see ticket 42\ncurrent:')
    const before = cli('--list').stdout
    expect(cli('token', 'bind')).toEqual({ status: 0, stdout: 'prod: bound\n', stderr: '' })
    expect(text()).toContain('# see ticket 42\ncurrent:')
    expect(isBound()).toBe(true)
    const bound = text()
    expect(cli('token', 'bind', 'prod').stdout).toBe('prod: unchanged: bound already\n')
    expect(text()).toBe(bound)
    expect(cli('--list').stdout).toBe(before)
    const { stdout } = cli('check', 'prod', '--json')
    expect(stdout).not.toMatch(/unbound|BINDING/)
  })

  test('is bound by the next change, with its former tokens', () => {
    project.write('new', `${MADE_UP}\n`)
    const args = ['token', 'import', 'prod', '--offline', '--replace', '--file', 'new']
    expect(cli(...args).status).toBe(0)
    expect(text()).toMatch(/^ {2}binding: !vault \|$/m)
    expect(text()).toMatch(/^ {4}binding: "[0-9a-f]{32} [0-9a-f]{32}"$/m)
    expect(cli('check', 'prod', '--json').stdout).not.toMatch(/unbound|BINDING/)
  })
})

describe('a document that was changed', () => {
  test('on purpose: another name for the cluster, taken only when told to', () => {
    mint()
    renameSync(project.path(DOCUMENT), project.path('k3s_tokens/live.yml'))
    project.write('k3s_vars.yml', CONFIG.replace('prod', 'live'))
    const name = 'k3s_tokens/live.yml'
    writeFileSync(project.path(name), text(name).replace('cluster: "prod"', 'cluster: "live"'))
    const before = text(name)
    for (const args of [['--list'], ['token', 'show'], ['token', 'show', '--reveal']]) {
      refused(cli(...args))
    }
    refused(cli('token', 'bind', 'live'))
    refused(cli('token', 'new', 'live', '--kind', 'agent'))
    expect(text(name)).toBe(before)
    const { status, stdout } = cli('token', 'bind', 'live', '--accept')
    expect([status, stdout]).toEqual([
      0,
      'live: bound\n  accepted: the document of cluster live is not as it was written: it was edited, or holds parts of another one\n',
    ])
    expect(cli('--list').status).toBe(0)
  })

  test('names what was changed, in JSON too', () => {
    mint()
    edit(/fingerprint: ".*"/, 'fingerprint: "0123456789ab"')
    const { status, stdout } = cli('token', 'bind', '--accept', '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      schema: 'urn:k3s-vars:token-bind:1',
      clusters: [
        {
          cluster: 'prod',
          outcome: 'bound',
          accepted: [
            {
              code: 'K3SV_STORE_BINDING',
              message: expect.stringContaining('another fingerprint'),
              key: 'current.fingerprint',
            },
          ],
        },
      ],
    })
    expect(text()).not.toContain('0123456789ab')
  })

  test('to one token for servers and agents, which nobody can accept', () => {
    mint()
    const [server] = /(?<=server: )!vault \|\n(?: {4}.*\n)+/.exec(text())!
    edit(/(?<=agent: )!vault \|\n(?: {4}.*\n)+/, server)
    const before = text()
    refused(cli('--list'))
    refused(cli('token', 'bind', '--accept'))
    expect(text()).toBe(before)
  })
})

describe('a token in the clear', () => {
  test('is handed out while encrypt is never, and then sealed only when somebody has looked', () => {
    project.write('k3s_vars.yml', CONFIG.replace('probe: false', 'probe: false, encrypt: never'))
    mint()
    expect(cli('--list').status).toBe(0)
    const former = cli('token', 'show', '--reveal').stdout
    project.write('k3s_vars.yml', CONFIG)
    for (const emit of ['plain', 'vaulted']) {
      project.write('k3s_vars.yml', CONFIG.replace('probe: false', `probe: false, emit: ${emit}`))
      refused(cli('--list'), 'K3SV_STORE_UNSEALED')
    }
    refused(cli('token', 'bind'), 'K3SV_STORE_UNSEALED')
    expect(cli('token', 'bind', '--accept').status).toBe(0)
    expect(text()).toMatch(/server: !vault \|\n/)
    expect(text()).not.toContain(former.trim())
    expect(cli('--list').status).toBe(0)
    expect(cli('token', 'show', '--reveal').stdout).toBe(former)
  })
})

describe('a token that somebody made up', () => {
  beforeEach(() => {
    project.write('new', `${MADE_UP}\n`)
    expect(cli('token', 'import', 'prod', '--offline', '--file', 'new').status).toBe(0)
    expect(cli('token', 'new', 'prod', '--kind', 'agent').status).toBe(0)
  })

  test('has no code in the clear, by which it could be guessed', () => {
    expect(text()).toMatch(/^ {2}guessable: made-up$/m)
    expect(text()).toMatch(/^ {2}binding: !vault \|$/m)
    expect(text()).not.toMatch(/"[0-9a-f]{32} [0-9a-f]{32}"/)
    expect(cli('--list').status).toBe(0)
  })

  test('is bound all the same', () => {
    edit(/created: "\d{4}/, 'created: "2020')
    refused(cli('--list'))
  })
})

describe('the same secrets under another password', () => {
  test('are bound as before: vault rekey', () => {
    mint()
    project.write('new_password', 'another password\n')
    const before = text()
    const rekeyed = cli('vault', 'rekey', DOCUMENT, '--new-vault-password-file', 'new_password')
    expect(rekeyed.status).toBe(0)
    expect(text()).not.toBe(before)
    project.write('.vault_password', 'another password\n')
    expect(cli('--list').status).toBe(0)
    expect(text()).toContain(/binding: .*/.exec(before)![0])
  })

  const [ansible] = findAnsible().slice(-1)
  const onAnsible = ansible === undefined ? test.skip : test
  onAnsible('are bound as before: each sealed anew by ansible-vault', () => {
    mint()
    const before = text()
    const token = cli('token', 'show', '--reveal').stdout.trim()
    const { stdout, status } = project.run(
      ansible!.vault,
      ['encrypt_string', '--stdin-name', 'server'],
      {
        input: token,
      },
    )
    expect(status).toBe(0)
    const [sealed] = /!vault \|\n(?: +.*\n?)+/.exec(stdout)!
    const indented = sealed.replace(/^ +/gm, '    ').trimEnd()
    edit(/(?<=server: )!vault \|\n(?: {4}.*\n)+/, `${indented}\n`)
    expect(text()).not.toBe(before)
    expect(cli('--list').status).toBe(0)
    expect(cli('token', 'show', '--reveal').stdout.trim()).toBe(token)
  })
})

test('schema 1 is what a document was before', () => {
  mint()
  const former = asSchema1(text())
  expect(former).not.toMatch(/origin|binding|^ca:/m)
  expect(former).toMatch(/^ {2}server: !vault/m)
})

test('a document that was given the last generation that there can be is refused by name at its next change', () => {
  mint()
  edit(/^generation: 1$/m, `generation: ${Number.MAX_SAFE_INTEGER}`)
  expect(cli('token', 'bind', '--accept').status).toBe(0)
  const before = text()
  // What replaces a document is a bundle of its own, whose errors are no classes of ours.
  const outcome = runCli(project, ['token', 'import', 'prod', '--stdin', '--replace'], {
    input: MADE_UP,
  })
  refused(outcome, 'K3SV_STORE_CORRUPT')
  expect(outcome.stderr).toContain('restore the document from Git or a backup')
  expect(text()).toBe(before)
})
