// `examples/run` as a stranger calls it, with whatever stands in the environment and whatever rights the folder has.
import { chmodSync, cpSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const CHECKOUT = resolve(import.meta.dirname, '../..')
const LINKED = ['src', 'plugins', 'dist', 'node_modules', 'package.json', 'package-lock.json']
const MADE_HERE = /\/(?:scratch|k3s_tokens|\.vault_password)(?:\/|$)/

let project: Project
beforeEach(() => {
  project = new Project()
  for (const name of LINKED) symlinkSync(join(CHECKOUT, name), project.path(name))
  cpSync(join(CHECKOUT, 'examples'), project.path('examples'), {
    recursive: true,
    filter: (path) => !MADE_HERE.test(path.slice(CHECKOUT.length)),
  })
})
afterEach(() => project.remove())

describeNewestAnsible(({ cold }) => {
  const run = (...args: readonly string[]): Outcome =>
    project.run(project.path('examples/run'), args, {
      cwd: '/',
      timeout: 300_000,
      environment: {
        PATH: `${cold}:${process.env['PATH']}`,
        ANSIBLE_CONFIG: '/nowhere/ansible.cfg',
        ANSIBLE_INVENTORY_ENABLED: 'ini',
        ANSIBLE_VAULT_PASSWORD_FILE: '/nowhere/password',
        ANSIBLE_STDOUT_CALLBACK: 'nobody',
        K3S_TOKEN: 'of another cluster',
        RKE2_TOKEN: 'of another cluster',
        K3S_VARS_CONFIG: '/nowhere/k3s_vars.yml',
      },
    })

  test("the quick start runs, whatever the caller's environment says", () => {
    const { status, stdout, stderr } = run()
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/hosts read one token with the fingerprint [0-9a-f]{12}/)
  })

  test('a folder that everybody can write is refused by name', () => {
    const folder = project.path('examples/quickstart')
    chmodSync(folder, 0o777)
    const { status, stderr } = run()
    expect(status).toBe(1)
    expect(stderr).toBe(
      `refused: everybody can write ${folder}, so Ansible would not read its ansible.cfg (chmod o-w there)\n`,
    )
  })

  test('a run that plays no host fails', () => {
    project.write('examples/lablabs/site.yml', '- hosts: nobody\n  gather_facts: false\n')
    const { status, stderr } = run('lablabs')
    expect(status).toBe(1)
    expect(stderr).toBe(
      `nothing was played: no play of ${project.path('examples/lablabs')}/site.yml has a host\n`,
    )
  })
})
