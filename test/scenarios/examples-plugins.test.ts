// The examples that leave the inventory as it is: each in a fresh copy, twice.
import { cpSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const EXAMPLES = resolve(import.meta.dirname, '../../examples')
const MADE_HERE = /\/(?:scratch|k3s_tokens|\.vault_password)(?:\/|$)/

let project: Project
afterEach(() => project.remove())

/** A copy as it would lie in a fresh clone, with its vault password made as its README says. */
function copy(name: string): string {
  project = new Project()
  const folder = project.path(`examples/${name}`)
  cpSync(join(EXAMPLES, name), folder, {
    recursive: true,
    filter: (path) => !MADE_HERE.test(path.slice(EXAMPLES.length)),
  })
  symlinkSync(resolve(LAUNCHER, '..'), project.path('plugins'))
  const made = project.run('../../plugins/k3s_vars', ['init'], { cwd: folder })
  expect(made.status).toBe(0)
  return folder
}

describeNewestAnsible((ansible) => {
  const run = (program: string, args: readonly string[], cwd: string): Outcome =>
    project.run(program, args, {
      cwd,
      environment: {
        PATH: `${ansible.bin}${delimiter}${process.env['PATH']}`,
        ANSIBLE_PIPELINING: 'True',
      },
    })

  test.each([
    ['static-inventory', 'ansible-playbook', ['site.yml']],
    ['lookup', 'ansible-playbook', ['site.yml']],
    ['extra-vars', './run', []],
  ])('%s ends well, and a second run changes nothing', (name, program, args) => {
    const folder = copy(name)
    const first = run(program, args, folder)
    expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: '' })
    expect(first.stdout).toMatch(/changed=[1-9]/)

    const loud = run(program, [...args, '-vvv', '--diff'], folder)
    expect(loud.status).toBe(0)
    expect(loud.stdout).not.toMatch(/changed=[1-9]/)

    const file = join(folder, 'scratch/agent1/k3s-agent.service.env')
    const token = /^K3S_TOKEN=(.{43})\n$/.exec(readFileSync(file, 'utf8'))![1]!
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(loud.stdout + loud.stderr).not.toContain(token)
    expect(readdirSync(folder)).not.toContain('vars.json')
  })
})

test('the token of extra-vars is in no argument and on no disk', () => {
  const folder = copy('extra-vars')
  const look = `#!/bin/sh
tr '\\0' ' ' </proc/$$/cmdline >seen
for argument; do case $argument in @*) ls -l "\${argument#@}" >>seen; cat "\${argument#@}" >got;; esac; done
`
  project.write('bin/ansible-playbook', look, 0o700)
  const outcome = project.run('./run', [], {
    cwd: folder,
    environment: { PATH: `${project.path('bin')}${delimiter}${process.env['PATH']}` },
  })
  expect(outcome).toMatchObject({ status: 0, stderr: '' })
  const { token } = JSON.parse(readFileSync(join(folder, 'got'), 'utf8')) as {
    token: { __ansible_unsafe: string }
  }
  const seen = readFileSync(join(folder, 'seen'), 'utf8')
  expect(seen).toContain('--extra-vars @/')
  expect(seen).toContain(' prw------- ')
  expect(seen).not.toContain(token.__ansible_unsafe)
})

test('extra-vars ends when the program fails, and says why', () => {
  const folder = copy('extra-vars')
  project.write('examples/extra-vars/k3s_vars.yml', 'clusters: { home: { rule: x } }\n')
  const outcome = project.run('./run', [], { cwd: folder })
  expect(outcome.status).toBe(3)
  expect(outcome.stderr).toContain('K3SV_CONFIG_UNKNOWN_KEY')
})
