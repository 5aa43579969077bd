// As AWX runs an inventory update and then a job: another user, a project that it cannot write, no home folder, a private data
// folder, its environment. Sources: RunInventoryUpdate in awx/main/tasks/jobs.py and awx/main/constants.py of ansible/awx.
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { messagesOf, saidBy } from '../support/messages.js'
import { LAUNCHER, PASSWORD, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const NOBODY = 65534
const CONFIG = `clusters:
  home:
    emit: vaulted
    probe: false
    hosts: { server: [s1], agent: [a1] }
    vars: { ansible_connection: local, ansible_python_interpreter: "{{ ansible_playbook_python }}" }
`

const AS_NOBODY = ['--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups']
/** Reads everything and writes nothing of others: for programs that lie in a home folder. */
const READS_ALL = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search']

/** How to run a program as another user here; or why that cannot be. */
function otherUser(program: string): readonly string[] | string {
  if (process.geteuid?.() !== 0) return 'only root can become another user'
  const can = (options: readonly string[]): boolean =>
    spawnSync('setpriv', [...options, program, '--version'], {
      env: {
        PATH: process.env['PATH'],
        ANSIBLE_HOME: '/tmp/.k3s_vars-awx',
        ANSIBLE_LOCAL_TEMP: '/tmp',
      },
    }).status === 0
  const options = [[...AS_NOBODY, ...READS_ALL], AS_NOBODY].find(can)
  return options ?? 'no other user can run this Ansible, or there is no setpriv'
}

let project: Project
afterEach(() => project.remove())

/** A project as `k3s-vars init` makes it, with the program on PATH as in the execution environment. */
function start(isMinted: boolean): void {
  project = new Project({ 'k3s_vars.yml': CONFIG })
  mkdirSync(project.path('bin'))
  symlinkSync(LAUNCHER, project.path('bin/k3s_vars'))
  expect(runCli(project, ['init']).status).toBe(0)
  if (isMinted) expect(project.run(LAUNCHER, ['--list']).status).toBe(0)
  // Its checkout has neither the password nor this Ansible's settings, and everybody may read it.
  project.write('ansible.cfg', '[defaults]\n', 0o644)
  mkdirSync(project.path('private/artifacts'), { recursive: true })
  project.write('private/password', PASSWORD)
  for (const path of ['private', 'private/artifacts', 'private/password']) {
    chownSync(project.path(path), NOBODY, NOBODY)
  }
  for (const path of [dirname(project.folder), project.folder]) chmodSync(path, 0o755)
  if (isMinted) {
    chmodSync(project.path('k3s_tokens'), 0o755)
    chmodSync(project.path('k3s_tokens/home.yml'), 0o644)
  }
}

describeNewestAnsible((ansible) => {
  // As installed: the warm programs are those of the user who runs the tests alone.
  const program = (name: string): string => join(ansible.cold, name)
  const user = otherUser(program('ansible-inventory'))
  const testAsNobody = typeof user === 'string' ? test.skip : test
  const why = typeof user === 'string' ? ` (skipped: ${user})` : ''

  const runAsNobody = (
    name: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
  ): Outcome =>
    project.run('setpriv', [...(user as readonly string[]), program(name), ...args], {
      environment: {
        HOME: undefined,
        PATH: `${project.path('bin')}:${process.env['PATH']}`,
        ANSIBLE_HOME: project.path('private/.ansible'),
        ANSIBLE_LOCAL_TEMP: project.path('private/tmp'),
        ANSIBLE_INVENTORY_UNPARSED_FAILED: 'True',
        ANSIBLE_INVENTORY_EXPORT: 'True',
        ANSIBLE_VERBOSE_TO_STDERR: 'True',
        AWX_PRIVATE_DATA_DIR: project.path('private'),
        INVENTORY_SOURCE_ID: '7',
        INVENTORY_UPDATE_ID: '42',
        ...environment,
      },
    })

  const update = (environment: NodeJS.ProcessEnv = {}): Outcome =>
    runAsNobody(
      'ansible-inventory',
      [
        ...['--list', '--export', '-i', project.path('plugins/k3s_vars')],
        ...['--output', project.path('private/artifacts/output.json')],
        ...['--playbook-dir', project.folder],
      ],
      environment,
    )

  testAsNobody(`an update takes sealed tokens, and a job opens them${why}`, () => {
    start(true)
    const updated = update()
    expect(saidBy(updated)).not.toContain('ERROR')
    expect(updated.status).toBe(0)
    const output = readFileSync(project.path('private/artifacts/output.json'), 'utf8')
    const token = project
      .run(LAUNCHER, ['token', 'show', '--reveal'], {
        environment: { ANSIBLE_VAULT_PASSWORD_FILE: project.path('private/password') },
      })
      .stdout.trim()
    expect(token).toHaveLength(43)
    expect(output).toContain('__ansible_vault')
    expect(output).not.toContain(token)

    // A job gets the inventory back from AWX's database, and the password from its vault credential.
    project.write('private/hosts', `#!/bin/sh\ncat <<'JSON'\n${output}\nJSON\n`, 0o755)
    project.write(
      'site.yml',
      '- hosts: all\n  gather_facts: false\n  tasks:\n    - debug: { msg: "{{ token }}" }\n',
      0o644,
    )
    const job = runAsNobody('ansible-playbook', [
      ...['-i', project.path('private/hosts'), 'site.yml'],
      ...['--vault-password-file', project.path('private/password')],
    ])
    expect(job.status).toBe(0)
    expect(messagesOf(job.stdout)).toEqual([token, token])
  })

  testAsNobody(
    `where nothing was minted, nothing is, and the update fails with the reason${why}`,
    () => {
      start(false)
      const ANSIBLE_VAULT_PASSWORD_FILE = project.path('private/password')
      const outcome = update({ ANSIBLE_VAULT_PASSWORD_FILE })
      expect(outcome.status).not.toBe(0)
      expect(saidBy(outcome)).toContain('K3SV_STORE_READ_ONLY')
      expect(saidBy(outcome)).toContain('hint:')
      expect(update().status).not.toBe(0)
      expect(readdirSync(project.folder)).not.toContain('k3s_tokens')
    },
  )
})

test('the definition of an execution environment names the collection that lies beside it', () => {
  project = new Project()
  const script = resolve(LAUNCHER, '../../examples/awx/make-definition')
  const outcome = project.run(script, ['image.example/base', 'made'])
  expect(outcome.status).toBe(0)
  const archive = readdirSync(project.path('made')).find((name) => name.endsWith('.tar.gz'))!
  const definition = readFileSync(outcome.stdout.trim(), 'utf8')
  expect(definition).toContain('name: image.example/base\n')
  expect(definition).toContain(`- name: collections/${archive}\n`)
  expect(definition).toContain(`- src: ${archive}\n    dest: collections\n`)
  expect(definition).toContain('nodejs')
})
