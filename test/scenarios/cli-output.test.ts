import { readFileSync, statSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { describeEachAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome, RunOptions } from '../support/project.js'

const TOKEN = 'Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5'
const VARS = { token: { __ansible_unsafe: TOKEN } }

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

function cli(args: readonly string[], options?: RunOptions): Outcome {
  return runCli(project, args, options)
}

function adopt(): void {
  expect(cli(['token', 'import', 'home', '--stdin'], { input: TOKEN }).status).toBe(0)
}

/** Runs a command line with standard output on a terminal. */
function onTerminal(line: string): Outcome {
  return project.run('/usr/bin/script', ['-qec', `'${LAUNCHER}' ${line}`, '/dev/null'])
}

describe('help', () => {
  test('lists every command', () => {
    const { status, stdout, stderr } = cli(['help'])
    expect([status, stderr]).toEqual([0, ''])
    for (const word of [
      'init',
      'status',
      'check',
      'scan',
      'token',
      'group-vars',
      'extra-vars',
      'completion',
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${word} `, 'm'))
    }
  })

  test.each(
    ['init', 'status', 'check', 'scan', 'extra-vars', 'completion'].concat(
      ['new', 'show', 'inspect', 'import'].map((verb) => `token ${verb}`),
      ['group-vars write'],
    ),
  )('of %s has examples and the global options', (words) => {
    for (const args of [
      [...words.split(' '), '--help'],
      ['help', ...words.split(' ')],
    ]) {
      const { status, stdout } = cli(args)
      expect(status).toBe(0)
      expect(stdout).toMatch(new RegExp(`^Examples:\n  # .*\n  k3s-vars ${words}`, 'm'))
      expect(stdout).toContain('--config')
    }
  })

  test.each([
    [[], ['help']],
    [['-h'], ['help']],
    [['token'], ['help', 'token']],
    [
      ['vault', '-h'],
      ['help', 'vault'],
    ],
    [
      ['token', 'new', '-h'],
      ['token', 'new', '--help'],
    ],
  ])('%j asks for it, too', (args, asked) => {
    expect(cli(args)).toEqual({ ...cli(asked), status: 0, stderr: '' })
    expect(cli(args).stdout).toMatch(/^Usage: k3s-vars /)
  })

  test('has the options of a command above those of all', () => {
    expect(cli(['check', '-h']).stdout).toMatch(/^Arguments:\n[^]*^Options:\n[^]*^Everywhere:\n/m)
  })

  test('fits 80 columns where it is piped', () => {
    const lines = cli(['help']).stdout.split('\n')
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(lines.some((line) => line.length > 70)).toBe(true)
  })

  test('is translated into no other language', () => {
    const { stdout } = cli(['help'], {
      environment: { LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' },
    })
    expect(stdout).toContain('Commands:')
  })

  test('has the version of the package', () => {
    const file = new URL('../../package.json', `file://${__filename}`)
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
    expect(cli(['--version']).stdout).toBe(`${version}\n`)
    expect(cli(['-V']).stdout).toBe(`${version}\n`)
  })
})

describe('a wrong command line', () => {
  test.each([
    ['an unknown command', ['statsu'], 'there is no such command', 'did you mean k3s-vars status?'],
    ['an unknown option', ['status', '--jsn'], '--jsn is not an option', 'did you mean --json?'],
    [
      'an option and no command',
      ['--config', 'x'],
      'a command is missing',
      'k3s-vars help lists the commands',
    ],
    ['an argument too few', ['token', 'import'], 'an argument is missing', 'token import --help'],
    ['an argument too many', ['token', 'show', 'home', TOKEN], 'does not take so many', '--help'],
    ['an option without value', ['status', '--config'], '--config needs a value', '--help'],
    ['an option twice', ['status', '--config', 'a', '--config', 'b'], 'given twice', 'keep one'],
    ['an unknown choice', ['token', 'show', '--kind', TOKEN], 'must be server or agent', '--help'],
    ['an unknown shell', ['completion', 'csh'], 'must be bash or zsh or fish', '--help'],
    [
      'a token as option',
      ['token', 'import', 'home', `--token=${TOKEN}`],
      'never given',
      '--stdin',
    ],
  ])('with %s is refused with a way on', (_what, args, message, hint) => {
    const { status, stdout, stderr } = cli(args)
    expect([status, stdout]).toEqual([2, ''])
    const [first, second] = stderr.split('\n')
    expect(first).toContain(message)
    expect(first).toMatch(/^k3s_vars: .*\(K3SV_USAGE\)$/)
    expect(second).toMatch(/^hint: /)
    expect(second).toContain(hint)
    expect(stderr).not.toContain(TOKEN)
  })

  test('is told as JSON where that was asked for', () => {
    const { stderr } = cli(['statsu', '--json'])
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'K3SV_USAGE', exitStatus: 2 } })
  })
})

describe('status', () => {
  const CONFIG = 'clusters: { a: { agent_token: true, probe: false }, b: {}, c: {} }\n'

  test('shows all clusters and needs no password', () => {
    project.write('k3s_vars.yml', CONFIG)
    expect(cli(['token', 'new', 'a', '--yes']).status).toBe(0)
    project.write('k3s_tokens/c.yml', 'nothing: of ours\n')
    const environment = { ANSIBLE_CONFIG: project.write('empty.cfg', '[defaults]\n') }
    const { status, stdout } = cli(['status'], { environment })
    expect(status).toBe(8)
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^CLUSTER +ROLE +STATE +GEN +PHASE +AGE +ORIGIN +FINGERPRINT +AGENTS$/)
    expect(rows[0]).toMatch(/^a +k3s-io +ok +1 +idle +0m +minted +[0-9a-f]{12} +own$/)
    expect(rows[1]).toMatch(/^b +k3s-io +absent +- +- +- +- +- +-$/)
    expect(rows[2]).toMatch(/^c +k3s-io +corrupt \(K3SV_STORE_CORRUPT\) /)
  })

  test('takes clusters, JSON and quiet', () => {
    project.write('k3s_vars.yml', CONFIG)
    expect(JSON.parse(cli(['status', 'b', '--json']).stdout)).toMatchObject({
      clusters: [{ cluster: 'b', state: 'absent' }],
    })
    expect(cli(['status', '--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(cli(['status', TOKEN])).toMatchObject({ status: 3, stdout: '' })
  })

  test('takes the configuration that is named', () => {
    const file = project.write('elsewhere/k3s_vars.yml', 'clusters: { far: {} }\n')
    expect(cli(['status', '--config', file]).stdout).toContain('far ')
    expect(cli(['status', '--config', 'nowhere.yml'])).toMatchObject({ status: 3, stdout: '' })
  })
})

describe('extra-vars', () => {
  test('go to a private file, and again to the same', () => {
    adopt()
    for (const file of ['vars.json', 'vars.json']) {
      expect(cli(['extra-vars', 'home', '--output', file])).toEqual({
        status: 0,
        stdout: '',
        stderr: '',
      })
      expect(JSON.parse(readFileSync(project.path(file), 'utf8'))).toEqual(VARS)
      expect(statSync(project.path(file)).mode & 0o777).toBe(0o600)
    }
  })

  test('replace no file of anybody else', () => {
    adopt()
    project.write('vars.json', '{"password": "other"}')
    expect(cli(['extra-vars', '--output', 'vars.json'])).toMatchObject({ status: 2, stdout: '' })
    expect(readFileSync(project.path('vars.json'), 'utf8')).toBe('{"password": "other"}')
  })

  test('go to an inherited descriptor', () => {
    adopt()
    const line = `'${LAUNCHER}' extra-vars --fd 3 3>vars.json`
    expect(project.run('bash', ['-c', line])).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(JSON.parse(readFileSync(project.path('vars.json'), 'utf8'))).toEqual(VARS)
  })

  test('go to a pipe, and to a terminal only when told to', () => {
    adopt()
    expect(JSON.parse(cli(['extra-vars']).stdout)).toEqual(VARS)
    const refused = onTerminal('extra-vars')
    expect(refused.status).toBe(2)
    expect(refused.stdout).not.toContain(TOKEN)
    expect(onTerminal('extra-vars --reveal').stdout).toContain(TOKEN)
  })

  test('are as sealed as the cluster hands its token out', () => {
    project.write('k3s_vars.yml', 'clusters: { home: { emit: vaulted, probe: false } }\n')
    adopt()
    const { stdout } = cli(['extra-vars'])
    expect(stdout).toContain('__ansible_vault')
    expect(stdout).not.toContain(TOKEN)
  })

  test('need a side where agents have a token of their own', () => {
    project.write('k3s_vars.yml', 'clusters: { home: { agent_token: true, probe: false } }\n')
    cli(['token', 'new', '--yes'])
    const agent = cli(['token', 'show', '--reveal', '--kind', 'agent']).stdout.trim()
    expect(cli(['extra-vars'])).toMatchObject({ status: 3, stdout: '' })
    const vars = JSON.parse(cli(['extra-vars', '--side', 'agent']).stdout) as unknown
    expect(vars).toEqual({ token: { __ansible_unsafe: agent } })
  })

  test('do not mint', () => {
    expect(cli(['extra-vars'])).toMatchObject({ status: 5, stdout: '' })
  })
})

describe('a terminal', () => {
  test('gets colours, unless NO_COLOR is set', () => {
    expect(onTerminal('statsu').stdout).toContain('\u001b[31mk3s_vars: there is no such command')
    const environment = { NO_COLOR: '1' }
    const plain = project.run('/usr/bin/script', ['-qec', `'${LAUNCHER}' statsu`, '/dev/null'], {
      environment,
    })
    expect(plain.stdout).not.toContain('\u001b[')
  })

  test('that is closed early is no error', () => {
    const outcome = project.run('bash', ['-c', `set -o pipefail; '${LAUNCHER}' help | true`])
    expect(outcome).toEqual({ status: 0, stdout: '', stderr: '' })
  })
})

describeEachAnsible((ansible) => {
  test('extra vars reach a play as they are', () => {
    adopt()
    cli(['extra-vars', '--output', 'vars.json'])
    const environment = { PATH: `${ansible.bin}:${process.env['PATH']}` }
    const args = ['-i', 'localhost,', '-c', 'local', 'localhost', '-m', 'ansible.builtin.debug']
    const outcome = project.run(
      'ansible',
      [...args, '-a', 'msg={{ token | length }}', '-e', '@vars.json'],
      { environment },
    )
    expect(outcome.stdout).toMatch(new RegExp(`"msg": "?${TOKEN.length}"?`))
  })
})
