import { cpSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import type { Ansible } from '../support/ansible.js'
import { describeEachAnsible, describeNewestAnsible } from '../support/each-ansible.js'
import { LAUNCHER, PASSWORD, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { useWarmPython } from '../support/warm-python.js'

const QUICK_START = resolve(import.meta.dirname, '../../examples/quickstart')
const MADE_HERE = /\/(?:scratch|k3s_tokens|\.vault_password)(?:\/|$)/
const CONFIG_YAML = 'scratch/server1/etc/rancher/k3s/config.yaml'
const ENVIRONMENT_FILE = 'scratch/agent1/etc/systemd/system/k3s-agent.service.env'

let project: Project
beforeEach(() => {
  project = new Project()
  cpSync(QUICK_START, project.folder, {
    recursive: true,
    filter: (path) => !MADE_HERE.test(path.slice(QUICK_START.length)),
  })
  project.write('.vault_password', PASSWORD)
})
afterEach(() => project.remove())

function configure(from: string, to: string): void {
  const config = readFileSync(project.path('k3s_vars.yml'), 'utf8')
  expect(config).toContain(from)
  project.write('k3s_vars.yml', config.replace(from, to))
}

function fingerprintOf({ stdout }: Outcome): string | undefined {
  return /fingerprint ([0-9a-f]{12})/.exec(stdout)?.[1]
}

/** What Ansible printed, without the line breaks and continuation marks that differ between its versions. */
function said({ stdout, stderr }: Outcome): string {
  return `${stdout}\n${stderr}`.replace(/\s+/g, ' ')
}

test('without the vault password, init makes no other one while tokens are kept', () => {
  expect(project.run(LAUNCHER, ['--list']).status).toBe(0)
  rmSync(project.path('.vault_password'))
  const { status, stdout } = runCli(project, ['init', '--no-launcher'])
  expect(status).toBe(0)
  expect(stdout).toContain('bring .vault_password back')
  expect(() => statSync(project.path('.vault_password'))).toThrow('ENOENT')
})

type Play = (...args: readonly string[]) => Outcome

function playerOf({ bin }: Ansible, ...options: readonly string[]): Play {
  const program = join(bin, 'ansible-playbook')
  return (...args) => project.run(program, ['-i', LAUNCHER, 'site.yml', ...options, ...args])
}

/** The first of two plays has succeeded and changed something; the second one changes nothing. */
function expectSettled(play: Play, first: Outcome): void {
  expect(first.status).toBe(0)
  expect(fingerprintOf(first)).toBeDefined()
  expect(first.stdout).toMatch(/changed=[1-9]/)

  const second = play()
  expect(second.status).toBe(0)
  expect(second.stdout).toContain('changed=0')
  expect(second.stdout).not.toMatch(/changed=[1-9]/)
  expect(fingerprintOf(second)).toBe(fingerprintOf(first))
}

describeEachAnsible((ansible) => {
  const play = playerOf(ansible, ...useWarmPython(ansible))

  test('the play agrees with itself on an agent token of its own, and a second run changes nothing', () => {
    configure('agent_token: false', 'agent_token: true')
    const first = play()
    expect(first.stderr).toBe('')
    expectSettled(play, first)
  })

  // ansible-core 2.19 and 2.20 write a vaulted value as ciphertext where to_nice_yaml gets it; K3s would take that for the token.
  const writesCiphertext = /^2\.(?:19|20)\./.test(ansible.version)
  test(`with "emit: vaulted" the play ${writesCiphertext ? 'finds ciphertext' : 'agrees with itself'}`, () => {
    configure('role: k3s-io', 'role: k3s-io\n    emit: vaulted')
    const outcome = play()
    const written = readFileSync(project.path(CONFIG_YAML), 'utf8')
    expect(outcome.status).toBe(writesCiphertext ? 2 : 0)
    if (writesCiphertext) {
      expect(written).toContain('$ANSIBLE_VAULT')
      expect(said(outcome)).toContain('the token that server1 reads is Ansible Vault text')
    } else {
      expect(written).toMatch(/^token: [A-Za-z0-9]{43}\n$/)
    }
  })
})

describeNewestAnsible((ansible) => {
  const play = playerOf(ansible, ...useWarmPython(ansible))

  test('the files are for their owner alone, not even -vvv with --diff shows the token, and a second run changes nothing', () => {
    const playCold = playerOf({ ...ansible, bin: ansible.cold })
    const loud = playCold('-vvv', '--diff')
    const token = /^K3S_TOKEN=(.+)$/m.exec(
      readFileSync(project.path(ENVIRONMENT_FILE), 'utf8'),
    )![1]!
    expect(readFileSync(project.path(CONFIG_YAML), 'utf8')).toBe(`token: ${token}\n`)
    expect(loud.stdout + loud.stderr).not.toContain(token)
    for (const file of [CONFIG_YAML, ENVIRONMENT_FILE]) {
      expect(statSync(project.path(file)).mode & 0o777).toBe(0o600)
    }
    expectSettled(play, loud)
  })

  test.each([
    ['another token', 'x'.repeat(43), 'agent1 reads another token than server1'],
    ['a short token', 'short', 'the token that agent1 reads has less than 32 characters'],
  ])('the play fails when one agent gets %s', (_, token, message) => {
    project.write('host_vars/agent1.yml', `token: ${token}\n`)
    const outcome = play()
    expect(outcome.status).toBe(2)
    expect(said(outcome)).toContain(message)
    expect(said(outcome)).not.toContain(token)
  })

  test('without the vault password the play stops and names the missing file', () => {
    expect(project.run(LAUNCHER, ['--list']).status).toBe(0)
    rmSync(project.path('.vault_password'))
    const outcome = play()
    expect(outcome.status).toBe(1)
    expect(said(outcome)).toMatch(
      /vault password file \S+\/my project\/\.vault_password was not found/,
    )
  })

  test('with a wrong vault password the play stops before its first task with our error', () => {
    expect(project.run(LAUNCHER, ['--list']).status).toBe(0)
    project.write('.vault_password', 'another password')
    const outcome = play()
    expect(outcome.status).toBe(1)
    expect(said(outcome)).toContain('K3SV_VAULT_WRONG_PASSWORD')
    expect(outcome.stdout).not.toContain('TASK')
  })

  test('with a broken configuration the play stops before its first task with our error', () => {
    configure('role: k3s-io', 'rule: k3s-io')
    const outcome = play()
    expect(outcome.status).toBe(1)
    expect(said(outcome)).toContain('k3s_vars.yml:5')
    expect(said(outcome)).toContain('K3SV_CONFIG_UNKNOWN_KEY')
    expect(said(outcome)).toContain('hint:')
    expect(outcome.stdout).not.toContain('TASK')
  })
})
