// The module for nodes, run by real Ansible on the files of a node: what it tells, and that it tells no token.
import { createHmac } from 'node:crypto'
import { mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { describeEachAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const PLUGINS = resolve(LAUNCHER, '..')
const CURRENT = 'CanaryNodeTokenT5rQ8wZ2mK7xV4nB9cL3'
const FORMER = 'CanaryFormerTokenH6jD1sG8fP5yU2aE4'
const HASH = 'ab'.repeat(32)
const NONCE = 'a nonce for tests'

const codeOf = (text: string, label = 'token'): string =>
  createHmac('sha256', NONCE).update(`${label}\0${text}`).digest('hex')

interface Said {
  readonly places: readonly Readonly<Record<string, unknown>>[]
}

let project: Project
beforeEach(() => {
  project = new Project()
  const files = {
    'etc/systemd/system/k3s.service':
      '[Service]\nEnvironmentFile=-/etc/systemd/system/k3s.service.env\nExecStart=/usr/local/bin/k3s server\n',
    'etc/systemd/system/k3s.service.env': `K3S_TOKEN=${FORMER}\n`,
    'etc/rancher/k3s/config.yaml': `token: ${CURRENT}\n`,
    'var/lib/rancher/k3s/server/token': `K10${HASH}::server:${CURRENT}\n`,
    'var/lib/rancher/k3s/server/cred/passwd': `${CURRENT},node,node,k3s:agent\n${FORMER},server,server,k3s:server\n`,
  }
  for (const [name, text] of Object.entries(files)) project.write(`node/${name}`, text)
  symlinkSync('token', project.path('node/var/lib/rancher/k3s/server/agent-token'))
})
afterEach(() => project.remove())

/** Everything below a folder, with what a write would change. */
function snapshot(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => `${name} ${statSync(join(folder, name)).mtimeMs}`)
}

describeEachAnsible((ansible) => {
  const run = (args: readonly string[]): Outcome =>
    project.run(
      join(ansible.bin, 'ansible'),
      ['-i', 'localhost,', '-c', 'local', 'localhost', '-m', 'k3s_token_facts', ...args],
      {
        environment: {
          ANSIBLE_LIBRARY: join(PLUGINS, 'modules'),
          ANSIBLE_MODULE_UTILS: join(PLUGINS, 'module_utils'),
          ANSIBLE_PYTHON_INTERPRETER: ansible.python,
        },
      },
    )

  test('tells each place by a code, and changes nothing, in check mode either', () => {
    const root = project.path('node')
    const before = snapshot(root)
    const args = ['-a', JSON.stringify({ nonce: NONCE, root })]
    for (const more of [[], ['--check', '--diff']]) {
      const { status, stdout } = run([...args, ...more])
      expect({ status, stdout: stdout.slice(0, 24) }).toEqual({
        status: 0,
        stdout: 'localhost | SUCCESS => {',
      })
      const said = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Said
      expect(said).toMatchObject({ changed: false, program: 'k3s', kind: 'server', conflicts: [] })
      expect(said).not.toHaveProperty('ansible_facts')
      const places = said.places.map(({ place, token, code, wins = false }) => [
        place,
        token,
        code,
        wins,
      ])
      expect(places).toEqual([
        ['server/token', 'server', codeOf(CURRENT), false],
        ['cred/passwd', 'server', codeOf(FORMER), false],
        ['cred/passwd', 'agent', codeOf(CURRENT), false],
        ['environment-file', 'server', codeOf(FORMER), false],
        ['config', 'server', codeOf(CURRENT), true],
      ])
    }
    expect(snapshot(root)).toEqual(before)
  })

  test('shows neither a token nor the nonce at the highest verbosity, and when it fails', () => {
    const root = project.path('node')
    const outcomes = [
      run(['-vvvvv', '-a', JSON.stringify({ nonce: NONCE, root })]),
      run(['-vvvvv', '-a', JSON.stringify({ nonce: NONCE, root, program: 'other' })]),
    ]
    project.write('node/etc/rancher/k3s/config.yaml', `token: "${CURRENT}\n${FORMER}: [\n`)
    project.write('node/var/lib/rancher/k3s/server/cred/passwd', `"${CURRENT}\n`)
    outcomes.push(run(['-vvvvv', '-a', JSON.stringify({ nonce: NONCE, root })]))
    expect(outcomes.map(({ status }) => status)).toEqual([0, 2, 0])
    const shown = outcomes.map(({ stdout, stderr }) => stdout + stderr)
    for (const secret of [CURRENT, FORMER]) expect(shown.join('')).not.toContain(secret)
    // Since 2.19 Ansible quotes the arguments of a task that failed as they were written: here by hand, in our play by a variable.
    for (const text of [shown[0], shown[2]]) expect(text).not.toContain(NONCE)
  })

  test('tells a node without K3s by that word', () => {
    mkdirSync(project.path('empty'))
    const { stdout } = run(['-a', JSON.stringify({ nonce: NONCE, root: project.path('empty') })])
    const said = JSON.parse(stdout.slice(stdout.indexOf('{')))
    expect(said).toMatchObject({ program: 'none', kind: 'none', places: [] })
  })
})
