import { cpSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { describeEachAnsible } from '../support/each-ansible.js'
import { LAUNCHER, PASSWORD, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const QUICK_START = resolve(import.meta.dirname, '../../examples/quickstart')
const MADE_HERE = /\/(?:scratch|k3s_tokens|\.vault_password)(?:\/|$)/

let project: Project
afterEach(() => project.remove())

describeEachAnsible((ansible) => {
  function copyQuickStart(): void {
    project = new Project()
    cpSync(QUICK_START, project.folder, {
      recursive: true,
      filter: (path) => !MADE_HERE.test(path.slice(QUICK_START.length)),
    })
    project.write('.vault_password', PASSWORD)
  }
  const play = (): Outcome =>
    project.run(join(ansible.bin, 'ansible-playbook'), ['-i', LAUNCHER, 'site.yml'])
  const fingerprintOf = ({ stdout }: Outcome): string | undefined =>
    /fingerprint ([0-9a-f]{12})/.exec(stdout)?.[1]

  test.each([
    ['one token', 'false'],
    ['an agent token of its own', 'true'],
  ])('the play agrees with itself on %s, and a second run changes nothing', (_, agentToken) => {
    copyQuickStart()
    const config = readFileSync(project.path('k3s_vars.yml'), 'utf8')
    project.write(
      'k3s_vars.yml',
      config.replace('agent_token: false', `agent_token: ${agentToken}`),
    )
    const first = play()
    expect(first.status).toBe(0)
    expect(fingerprintOf(first)).toBeDefined()
    const second = play()
    expect(second.status).toBe(0)
    expect(second.stdout).not.toMatch(/changed=[1-9]/)
    expect(fingerprintOf(second)).toBe(fingerprintOf(first))
    const written = project.path('scratch/server1/etc/rancher/k3s/config.yaml')
    expect(statSync(written).mode & 0o777).toBe(0o600)
  })

  test('without the vault password the play stops with an error that says what to do', () => {
    copyQuickStart()
    expect(play().status).toBe(0)
    rmSync(project.path('.vault_password'))
    const { status, stdout, stderr } = play()
    expect(status).not.toBe(0)
    expect((stdout + stderr).replace(/\s+/g, ' ')).toMatch(/vault password file/)
  })
})
