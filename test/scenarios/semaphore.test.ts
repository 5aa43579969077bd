// What examples/semaphore.md says, as Semaphore does it: a fresh checkout, an environment of its own, ansible-playbook on a terminal. Its
// server is not to be had here; how it calls Ansible is read from its source (db_lib/AnsiblePlaybook.go).
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { LAUNCHER, PASSWORD, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const PAGE = readFileSync(join(import.meta.dirname, '../../examples/semaphore.md'), 'utf8')

/** The block of the page that has this in it, as the file that it is. */
function block(has: string): string {
  const found = [...PAGE.matchAll(/^( *)```\w+\n([^]*?)^\1```$/gm)].find(([, , text]) =>
    text!.includes(has),
  )
  return found![2]!.replaceAll(new RegExp(`^${found![1]!}`, 'gm'), '')
}

const SITE = `- name: The token
  hosts: server
  connection: local
  gather_facts: false
  tasks:
    - name: Is there
      ansible.builtin.assert: { that: token | length == 43 }
      no_log: true
`

let project: Project
beforeEach(() => {
  project = new Project({
    'k3s_vars.yml': 'clusters: { prod: { hosts: { server: [localhost] }, probe: false } }\n',
  })
  const made = runCli(project, ['token', 'new', 'prod', '--yes', '--assume-new'])
  expect(made).toMatchObject({ status: 0, stderr: '' })
  project.write('ansible.cfg', block('vault_password_file'))
  chmodSync(project.write('vault-password.sh', block('printf')), 0o755)
  project.write('plugins/k3s_vars', `#!/bin/sh\nexec '${LAUNCHER}' "$@"\n`, 0o755)
  project.write('node_modules/.bin/k3s-vars', `#!/bin/sh\nexec '${LAUNCHER}' "$@"\n`, 0o755)
  project.write('check.yml', `---\n${block('What every host')}`)
  project.write('site.yml', SITE)
  execFileSync('rm', [project.path('.vault_password')])
})
afterEach(() => project.remove())

describeNewestAnsible(({ bin }) => {
  const task = (playbook: string, secrets: NodeJS.ProcessEnv): Outcome => {
    const group = JSON.parse(block('"CI"')) as NodeJS.ProcessEnv
    const environment = {
      PATH: [bin, process.env['PATH']].join(delimiter),
      PYTHONUNBUFFERED: '1',
      ANSIBLE_FORCE_COLOR: 'True',
      ANSIBLE_NOCOLOR: undefined,
      ANSIBLE_HOST_KEY_CHECKING: 'False',
      ...group,
      ...secrets,
    }
    const line = `ansible-playbook -i plugins/k3s_vars ${playbook}`
    return project.run('/usr/bin/script', ['-qec', line, '/dev/null'], { environment })
  }

  test('a task plays with the token that was committed', () => {
    const played = task('site.yml', { VAULT_PASSWORD: PASSWORD })
    expect(played).toMatchObject({ status: 0 })
    expect(played.stdout).toMatch(/ok=1/)
  })

  test('the check says what a play would get', () => {
    expect(task('check.yml', { VAULT_PASSWORD: PASSWORD })).toMatchObject({ status: 0 })
  })

  test('without the secret it stops, and says what is missing', () => {
    const played = task('site.yml', {})
    expect(played.status).not.toBe(0)
    expect(played.stdout).toContain('vault-password.sh')
  })

  test('a document that is missing is no reason to make one', () => {
    execFileSync('rm', ['-r', project.path('k3s_tokens')])
    const played = task('site.yml', { VAULT_PASSWORD: PASSWORD })
    expect(played.status).not.toBe(0)
    expect(played.stdout.replace(/\s+/g, ' ')).toContain('K3SV_STORE_ABSENT')
    expect(existsSync(project.path('k3s_tokens/prod.yml'))).toBe(false)
  })
})
