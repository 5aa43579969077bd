// Ansible's programs as the scenarios use them, warm, and as they were installed: no answer differs.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Ansible } from '../support/ansible.js'
import { describeEachAnsible, isForAll } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

let project: Project
beforeAll(() => {
  project = new Project({
    'hosts.ini': '[server]\nserver1 a=1 b="x y"\n\n[server:vars]\nc={{ a }}\n',
    'site.yml':
      '- hosts: all\n  gather_facts: false\n  tasks:\n    - assert: { that: token is defined }\n    - debug: { var: inventory_hostname }\n',
    'fails.yml':
      "- hosts: all\n  gather_facts: false\n  tasks:\n    - fail: { msg: \"as it should be {{ lookup('env', 'WORD') }}\" }\n",
    'broken.yml': '- hosts: all\n  tasks: {\n',
    'other.cfg':
      '[defaults]\nforks = 3\nvault_password_file = .vault_password\n[inventory]\nenable_plugins = ini\n',
    'clear.yml': 'word: ünïcode 🔑\n',
    'not-a-word': 'x',
  })
  // Made before, so that both ways see the same.
  expect(project.run(LAUNCHER, ['token', 'new', '--yes', '--assume-new']).status).toBe(0)
})
afterAll(() => project.remove())

interface Call {
  readonly title: string
  readonly program: string
  readonly args: readonly string[]
  readonly variables?: NodeJS.ProcessEnv
  readonly input?: string
  /** Tried with older versions, too. */
  readonly all?: true
}

const CALLS: readonly Call[] = [
  { title: 'the version', program: 'ansible-inventory', args: ['--version'] },
  { title: 'a mistaken option', program: 'ansible-playbook', args: ['--no-such-option'] },
  {
    title: 'settings of ansible.cfg',
    program: 'ansible-config',
    args: ['dump', '--format', 'json'],
  },
  {
    title: 'settings of another file and of the environment',
    all: true,
    program: 'ansible-config',
    args: ['dump', '--only-changed', '--format', 'json'],
    variables: { ANSIBLE_CONFIG: 'other.cfg', ANSIBLE_TIMEOUT: '17', ANSIBLE_NOCOLOR: '0' },
  },
  {
    title: 'settings that are wrong',
    program: 'ansible-config',
    args: ['dump'],
    variables: { ANSIBLE_FORKS: 'many' },
  },
  {
    title: 'an inventory',
    all: true,
    program: 'ansible-inventory',
    args: ['--list', '-i', 'hosts.ini', '-i', LAUNCHER],
  },
  {
    title: 'an inventory that cannot be read',
    program: 'ansible-inventory',
    args: ['--list', '-i', 'not-a-word'],
    variables: { ANSIBLE_CONFIG: 'other.cfg' },
  },
  {
    title: 'a play',
    program: 'ansible-playbook',
    args: ['-i', LAUNCHER, 'site.yml'],
    variables: { ANSIBLE_FORKS: '1' },
  },
  {
    title: 'a play that says more',
    all: true,
    program: 'ansible-playbook',
    args: ['-i', 'hosts.ini', '--diff', '--check', '--limit', 'server', 'fails.yml'],
    variables: { WORD: 'wörd' },
  },
  { title: 'a broken play', program: 'ansible-playbook', args: ['-i', 'hosts.ini', 'broken.yml'] },
  { title: 'a question', program: 'ansible', args: ['all', '-i', 'hosts.ini', '--list-hosts'] },
  { title: 'a page', program: 'ansible-doc', args: ['--json', 'stat'] },
  {
    title: 'a clear text',
    program: 'ansible-vault',
    args: ['view', 'clear.yml'],
  },
  {
    title: 'a vault without password',
    program: 'ansible-vault',
    args: ['encrypt', '--output', '-', 'clear.yml'],
    variables: { ANSIBLE_CONFIG: '/dev/null' },
  },
  {
    title: 'a password on standard input, without a terminal',
    program: 'ansible-vault',
    args: ['encrypt_string', '--ask-vault-pass', 'x'],
    variables: { ANSIBLE_CONFIG: '/dev/null' },
    input: 'x\nx\n',
  },
]

describeEachAnsible((ansible: Ansible) => {
  const ask = (bin: string, { program, args, variables, input }: Call): Outcome => {
    const options = { environment: variables ?? {}, input: input ?? '' }
    const { status, stdout, stderr } = project.run(join(bin, program), args, options)
    const [out, err] = [stdout, stderr].map(withoutChance)
    return { status, stdout: out!, stderr: err! }
  }

  test.each(CALLS.filter(({ all }) => all || isForAll(ansible)))('$title', (call) => {
    expect(ask(ansible.bin, call)).toEqual(ask(ansible.cold, call))
  })

  test('a vault opens both ways, and its text goes where the mask of the caller says', () => {
    const [warm, cold] = [ansible.bin, ansible.cold].map((bin) => join(bin, 'ansible-vault'))
    for (const [sealing, opening] of [
      [warm!, cold!],
      [cold!, warm!],
    ] as const) {
      const sealed = project.path('sealed.yml')
      const seal = `umask 027; exec '${sealing}' encrypt --output '${sealed}' clear.yml`
      expect(project.run('sh', ['-c', seal])).toMatchObject({ status: 0, stderr: '' })
      expect(project.run('stat', ['-c', '%a', sealed]).stdout).toBe('600\n')
      const { stdout } = project.run(opening, ['view', sealed])
      expect(stdout).toBe('word: ünïcode 🔑\n')
    }
  })
})

/** Neither what time it took, nor the name of a folder that a process made for itself. */
function withoutChance(text: string): string {
  return text
    .replace(/ansible-local-\w+/g, 'ansible-local')
    .replace(/\d\d:\d\d:\d\d[.\d]*/g, 'time')
}
