// The same tree as an Ansible collection: built, installed into an empty folder, and used there by full names.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { findAnsible } from '../support/ansible.js'
import { describeEachAnsible } from '../support/each-ansible.js'
import { messagesOf } from '../support/messages.js'
import { LAUNCHER, Project } from '../support/project.js'

const ROOT = resolve(LAUNCHER, '../..')

/** What `ansible-doc --json` tells of a module. */
interface Explained {
  readonly doc: { readonly module: string; readonly options: object }
  readonly examples: string
  readonly return: object
}

let built: string
let archive: string
beforeAll(() => {
  built = mkdtempSync(join(tmpdir(), 'k3s_vars-collection-'))
  const newest = findAnsible().at(-1)
  if (newest === undefined) return
  const args = ['collection', 'build', '--output-path', built, ROOT]
  execFileSync(join(newest.bin, 'ansible-galaxy'), args, { stdio: 'pipe' })
  archive = join(built, readdirSync(built)[0]!)
})
afterAll(() => rmSync(built, { recursive: true, force: true }))

let project: Project
afterEach(() => project.remove())

/** Installs the collection into an empty folder of a project; answers where it lies then. */
function install(bin: string): string {
  const outcome = project.run(join(bin, 'ansible-galaxy'), [
    ...['collection', 'install', archive, '--offline', '--collections-path', 'collections'],
  ])
  expect(outcome.status).toBe(0)
  return project.path('collections/ansible_collections/k3s_vars/token')
}

describeEachAnsible((ansible) => {
  test('is installed with the program, and works by full names', () => {
    project = new Project({
      'k3s_vars.yml': 'clusters: { home: { probe: false } }\n',
      'ansible.cfg':
        '[defaults]\nvault_password_file = .vault_password\ncollections_path = collections\nvars_plugins_enabled = host_group_vars, k3s_vars.token.k3s_vars\n[inventory]\nany_unparsed_is_failed = true\n',
      'inventory.yml':
        'k3s_cluster: { children: { server: { hosts: { s1: { ansible_connection: local } } } } }\n',
      'site.yml': `- hosts: server
  gather_facts: false
  tasks:
    - debug: { msg: "{{ lookup('k3s_vars.token.k3s_token', 'home') == token }}|{{ token }}" }
`,
    })
    const folder = install(ansible.bin)
    const launcher = join(folder, 'plugins/k3s_vars')
    expect(statSync(launcher).mode & 0o111).not.toBe(0)
    expect(readdirSync(folder).sort()).toEqual(
      [
        ...[
          'CHANGELOG.md',
          'FILES.json',
          'LICENSE',
          'MANIFEST.json',
          'README.md',
          'README.zh-CN.md',
        ],
        ...['SECURITY.md', 'changelogs', 'dist', 'docs', 'meta', 'playbooks', 'plugins'],
      ].sort(),
    )

    // Code of the machine that built it is of no use on another one.
    expect(readdirSync(join(folder, 'dist')).filter((name) => name.endsWith('.cache'))).toEqual([])
    expect(readdirSync(join(folder, 'dist'))).toContain('inventory.cjs')

    const list = project.run(launcher, ['--list'])
    expect(list).toMatchObject({ status: 0, stderr: '' })
    const args = ['-i', 'inventory.yml', 'site.yml']
    const outcome = project.run(join(ansible.bin, 'ansible-playbook'), args)
    expect(outcome).toMatchObject({ status: 0, stderr: '' })
    expect(messagesOf(outcome.stdout)).toEqual([
      `True|${project.run(launcher, ['token', 'show', '--reveal']).stdout.trim()}`,
    ])

    for (const [kind, name] of [
      ['lookup', 'k3s_token'],
      ['vars', 'k3s_vars'],
    ] as const) {
      const doc = project.run(join(ansible.bin, 'ansible-doc'), [
        ...['-t', kind, `k3s_vars.token.${name}`],
      ])
      expect(doc.stdout).toContain('K3S_VARS_EXECUTABLE')
    }
    // Every module explains itself: options, examples and what it answers.
    const modules = readdirSync(join(folder, 'plugins/modules'))
      .filter((name) => name.endsWith('.py'))
      .map((name) => `k3s_vars.token.${name.replace('.py', '')}`)
    expect(modules.length).toBeGreaterThan(0)
    const docs = project.run(join(ansible.bin, 'ansible-doc'), ['--json', ...modules])
    expect(docs.status).toBe(0)
    const explained = JSON.parse(docs.stdout) as Record<string, Explained>
    expect(Object.keys(explained).sort()).toEqual([...modules].sort())
    for (const { doc, examples, return: answer } of Object.values(explained)) {
      expect(Object.keys(doc.options).length).toBeGreaterThan(0)
      expect(examples).toContain(`k3s_vars.token.${doc.module}:`)
      expect(Object.keys(answer).length).toBeGreaterThan(0)
    }
    const module = 'k3s_vars.token.k3s_token_facts'
    const asked = project.run(join(ansible.bin, 'ansible'), [
      ...['-i', 'inventory.yml', 's1', '-m', module, '-a', 'nonce=x root=/nowhere'],
      ...['-e', `ansible_python_interpreter=${ansible.python}`],
    ])
    expect(asked.stdout).toContain('"program": "none"')

    // The play by its own name, and what the program says of the answer.
    const drift = project.run(join(ansible.bin, 'ansible-playbook'), [
      ...['k3s_vars.token.drift', '-i', 'inventory.yml', '-e', 'k3s_vars_cluster=home'],
      ...['-e', `ansible_python_interpreter=${ansible.python}`],
    ])
    expect(drift.status).toBe(2)
    expect(drift.stdout).toContain('nothing of K3s or RKE2 is on it (no-k3s)')
    expect(drift.stdout).toContain('changed=0')
  })
})
