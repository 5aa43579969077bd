// Tokens in sealed group_vars files, read by the real Ansible without our inventory source.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { describeEachAnsible } from '../support/each-ansible.js'
import { LAUNCHER, PASSWORD, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { useWarmPython } from '../support/warm-python.js'

const SERVER = 'Zq7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jcQeUaWo3tX2v'
const AGENT = 'Mb5rYc8dHk2nPs9tVw3xZa6eFg1jLq4uRi7oTy0pBz'
const SHARED = 'clusters: { home: { probe: false } }\n'
const SEPARATE = 'clusters: { home: { probe: false, agent_token: true } }\n'
const CLUSTER_FILE = 'group_vars/k3s_cluster/k3s_vars.yml'
const SERVER_FILE = 'group_vars/server/k3s_vars.yml'
const AGENT_FILE = 'group_vars/agent/k3s_vars.yml'

let project: Project
beforeEach(() => {
  project = new Project({ 'k3s_vars.yml': SHARED })
})
afterEach(() => project.remove())

function cli(...args: readonly string[]): Outcome {
  return runCli(project, args)
}

function write(...args: readonly string[]): Outcome {
  return cli('group-vars', 'write', ...args)
}

function adopt(config = SHARED): void {
  project.write('k3s_vars.yml', config)
  project.write('server', SERVER)
  project.write('agent', AGENT)
  const agent = config === SHARED ? [] : ['--agent-file', 'agent']
  expect(cli('token', 'import', 'home', '--file', 'server', ...agent).status).toBe(0)
}

/** `path state` of each file that a check tells of. */
function check(): { status: number | null; files: string[] } {
  const { status, stdout } = write('--check', '--json')
  const { files } = JSON.parse(stdout) as { files: { file: string; state: string }[] }
  return {
    status,
    files: files.map(({ file, state }) => `${file.slice(project.folder.length + 1)} ${state}`),
  }
}

function read(name: string): string {
  return readFileSync(project.path(name), 'utf8')
}

describe('writing', () => {
  test('makes a sealed file of mode 0600, and the second time leaves its bytes alone', () => {
    adopt()
    const first = write('home')
    expect(first).toEqual({ status: 0, stdout: `${CLUSTER_FILE}: written\n`, stderr: '' })
    const bytes = read(CLUSTER_FILE)
    expect(bytes).toMatch(/^\$ANSIBLE_VAULT;1\.1;AES256\n/)
    expect(statSync(project.path(CLUSTER_FILE)).mode & 0o777).toBe(0o600)
    expect(write()).toMatchObject({ status: 0, stdout: `${CLUSTER_FILE}: unchanged\n` })
    expect(read(CLUSTER_FILE)).toBe(bytes)
    expect(check()).toEqual({ status: 0, files: [`${CLUSTER_FILE} same`] })
  })

  test('follows the store, and removes what a cluster no longer hands out', () => {
    adopt(SEPARATE)
    expect(write().status).toBe(0)
    expect(existsSync(project.path(AGENT_FILE))).toBe(true)
    project.write('server', `${SERVER}2`)
    const replace = ['token', 'import', 'home', '--file', 'server', '--replace']
    expect(cli(...replace).status).toBe(0)
    expect(check()).toEqual({
      status: 8,
      files: [`${CLUSTER_FILE} same`, `${SERVER_FILE} changed`, `${AGENT_FILE} same`],
    })
    const agentBytes = read(AGENT_FILE)
    expect(write().stdout).toContain(`${SERVER_FILE}: written anew\n`)
    expect(read(AGENT_FILE)).toBe(agentBytes)
    project.write('k3s_vars.yml', SHARED)
    expect(check().files).toEqual([
      `${CLUSTER_FILE} changed`,
      `${SERVER_FILE} stale`,
      `${AGENT_FILE} stale`,
    ])
    expect(write().status).toBe(0)
    expect(existsSync(project.path(SERVER_FILE))).toBe(false)
    expect(check()).toEqual({ status: 0, files: [`${CLUSTER_FILE} same`] })
  })

  test('seals with the vault id of the cluster, and again when that changes', () => {
    project.write('prod_password', 'for prod\n')
    const cfg = '[defaults]\nvault_identity_list = prod@prod_password, default@.vault_password\n'
    project.write('ansible.cfg', cfg)
    adopt('clusters: { home: { probe: false, vault_id: prod, agent_token: false } }\n')
    expect(write().status).toBe(0)
    expect(read(CLUSTER_FILE)).toMatch(/^\$ANSIBLE_VAULT;1\.2;AES256;prod\n/)
    project.write('k3s_vars.yml', 'clusters: { home: { probe: false, vault_id: default } }\n')
    expect(check().files).toEqual([`${CLUSTER_FILE} other id`])
    expect(write().status).toBe(0)
    expect(read(CLUSTER_FILE)).toMatch(/^\$ANSIBLE_VAULT;1\.1;AES256\n/)
  })

  test('goes to another folder on demand, and of several clusters to groups of their own', () => {
    project.write('k3s_vars.yml', 'clusters: { a: { probe: false }, b-c: { probe: false } }\n')
    for (const name of ['a', 'b-c']) expect(cli('token', 'new', name, '--yes').status).toBe(0)
    expect(write('--output', 'inv/group_vars').stdout).toBe(
      'inv/group_vars/a/k3s_vars.yml: written\ninv/group_vars/b_c/k3s_vars.yml: written\n',
    )
    expect(write('b-c', '--output', 'inv/group_vars', '--json').stdout).toContain('"same"')
  })

  /** As FAT, SMB and some of FUSE answer. */
  const WITHOUT_LINKS = [
    'strace',
    '-f',
    '-o',
    '/dev/null',
    '-e',
    'inject=?link,?linkat:error=EPERM',
  ]
  const hasStrace = spawnSync(WITHOUT_LINKS[0]!, [...WITHOUT_LINKS.slice(1), 'true']).status === 0
  const testWithoutLinks = hasStrace ? test : test.skip

  testWithoutLinks('works where the file system has no hard links (with strace)', () => {
    adopt()
    const [strace, ...options] = WITHOUT_LINKS
    const run = (...args: readonly string[]): Outcome =>
      project.run(strace!, [...options, LAUNCHER, ...args])
    expect(run('group-vars', 'write')).toEqual({
      status: 0,
      stdout: `${CLUSTER_FILE}: written\n`,
      stderr: '',
    })
    expect(statSync(project.path(CLUSTER_FILE)).mode & 0o777).toBe(0o600)
    expect(readdirSync(project.path('group_vars/k3s_cluster'))).toEqual(['k3s_vars.yml'])
    expect(check().status).toBe(0)
    expect(run('extra-vars', '--output', 'vars.json').status).toBe(0)
    expect(read('vars.json')).toContain(SERVER)
    project.write('theirs.json', '{}\n')
    expect(run('extra-vars', '--output', 'theirs.json').status).toBe(2)
    expect(read('theirs.json')).toBe('{}\n')
  })

  test('mints nothing', () => {
    const outcome = write('home')
    expect([outcome.status, outcome.stdout]).toEqual([5, ''])
    expect(existsSync(project.path('group_vars'))).toBe(false)
  })

  test('needs a password, and changes nothing without', () => {
    adopt()
    expect(write().status).toBe(0)
    const bytes = read(CLUSTER_FILE)
    project.write('ansible.cfg', '[defaults]\n')
    expect(write()).toMatchObject({ status: 6, stdout: '' })
    expect(write('--check')).toMatchObject({ status: 6, stdout: '' })
    expect(read(CLUSTER_FILE)).toBe(bytes)
  })
})

describe('what is not ours', () => {
  const FOREIGN: readonly (readonly [string, () => void])[] = [
    ['a file of variables', () => void project.write(CLUSTER_FILE, 'a: 1\n')],
    ['a sealed file of theirs', () => sealed('a: 1\n', PASSWORD)],
    ['a file that another password sealed', () => sealed('a: 1\n', 'another password')],
    ['a damaged file', () => void project.write(CLUSTER_FILE, '$ANSIBLE_VAULT;1.1;AES256\n61\n')],
    [
      'a link',
      () => {
        project.write('elsewhere.yml', 'a: 1\n')
        mkdirSync(project.path('group_vars/k3s_cluster'), { recursive: true })
        symlinkSync('../../elsewhere.yml', project.path(CLUSTER_FILE))
      },
    ],
    ["another cluster's file", () => sealed('# Tokens of the K3s cluster other,\n', PASSWORD)],
  ]

  function sealed(text: string, password: string): void {
    project.write('their_password', `${password}\n`)
    const environment = { ANSIBLE_VAULT_PASSWORD_FILE: 'their_password' }
    const script = `const {Vault} = require(${JSON.stringify(require.resolve('ansible-vault'))})
      process.stdout.write(new Vault({password: ${JSON.stringify(password)}}).encryptSync(${JSON.stringify(text)}))`
    const { stdout } = project.run(process.execPath, ['-e', script], { environment })
    project.write(CLUSTER_FILE, stdout)
  }

  test.each(FOREIGN)('%s is drift, and is replaced with --force alone', (_what, prepare) => {
    adopt()
    prepare()
    const before = read(CLUSTER_FILE)
    expect(check()).toEqual({ status: 8, files: [`${CLUSTER_FILE} foreign`] })
    const refused = write()
    expect([refused.status, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr).toMatch(
      /is not ours.*k3s_vars\.yml.*K3SV_USAGE_OUTPUT.*\nhint: .*--force/,
    )
    expect(read(CLUSTER_FILE)).toBe(before)
    expect(write('--force').stdout).toBe(`${CLUSTER_FILE}: replaced\n`)
    expect(check().status).toBe(0)
  })

  test('a file of ours that somebody opened is sealed again', () => {
    adopt()
    expect(write().status).toBe(0)
    project.write(
      CLUSTER_FILE,
      `# Tokens of the K3s cluster home, written by \`k3s-vars group-vars write\`, which overwrites changes.\n---\ntoken: x\n`,
    )
    expect(check().files).toEqual([`${CLUSTER_FILE} unsealed`])
    expect(write().stdout).toBe(`${CLUSTER_FILE}: sealed\n`)
  })

  test('a group_vars/GROUP.yml, which Ansible would no longer read, stops it', () => {
    adopt()
    project.write('group_vars/k3s_cluster.yml', 'a: 1\n')
    const outcome = write()
    expect([outcome.status, outcome.stdout]).toEqual([2, ''])
    expect(outcome.stderr).toContain('would no longer read this file')
    expect(existsSync(project.path('group_vars/k3s_cluster'))).toBe(false)
  })
})

describeEachAnsible((ansible) => {
  const warm = useWarmPython(ansible)
  const INVENTORY = `k3s_cluster:
  children:
    server: { hosts: { s1: { ansible_connection: local } } }
    agent: { hosts: { a1: { ansible_connection: local } } }
`
  // What the k3s-io role does with the token: config.yaml through to_nice_yaml on servers, a line on agents.
  const PLAY = `- hosts: k3s_cluster
  gather_facts: false
  tasks:
    - copy:
        dest: "{{ playbook_dir }}/{{ inventory_hostname }}.yaml"
        content: "{{ {'token': token} | combine((server_config_yaml | default('{}')) | from_yaml) | to_nice_yaml }}"
        mode: "0600"
    - copy:
        dest: "{{ playbook_dir }}/{{ inventory_hostname }}.env"
        content: "K3S_TOKEN={{ token }}\\n"
        mode: "0600"
`

  test.each([
    [SHARED, SERVER, SERVER],
    [SEPARATE, SERVER, AGENT],
  ])('every host ends with its token, in both forms (%j)', (config, server, agent) => {
    adopt(config)
    expect(write().status).toBe(0)
    project.write('hosts.yml', INVENTORY)
    project.write('site.yml', PLAY)
    const args = ['-i', 'hosts.yml', 'site.yml', ...warm]
    const run = project.run(`${ansible.bin}/ansible-playbook`, args)
    expect(run.stdout).toMatch(/failed=0/)
    expect(run.status).toBe(0)
    expect(read('s1.env')).toBe(`K3S_TOKEN=${server}\n`)
    expect(read('a1.env')).toBe(`K3S_TOKEN=${agent}\n`)
    expect(read('s1.yaml').split('\n')).toContain(`token: ${server}`)
    expect(read('a1.yaml').split('\n')).toContain(`token: ${agent}`)
    if (agent !== server) {
      expect(read('s1.yaml').split('\n')).toContain(`agent-token: ${agent}`)
      expect(read('a1.yaml') + read('a1.env')).not.toContain(server)
      const list = ['-i', 'hosts.yml', '--host', 'a1']
      const { stdout } = project.run(`${ansible.bin}/ansible-inventory`, list)
      expect(stdout).toContain(agent)
      expect(stdout).not.toContain(server)
    }
  })
})
