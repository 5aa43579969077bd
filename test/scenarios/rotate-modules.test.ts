// The modules of a rotation by real Ansible, on files laid out as roles lay them out: asked first, done, asked again, done again; and a
// role's own play afterwards, which has nothing to change.
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Ansible } from '../support/ansible.js'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const PLUGINS = resolve(LAUNCHER, '..')
const OLD = 'OldTokenOfTheClusterQ7'
const NEW = 'NewTokenOfTheClusterW8'
const AGENT = 'NewTokenOfTheAgentsE9'

/** Stands in for the program, which hands over nothing without a rotation: as it does, on a pipe. */
const PROGRAM = `#!/bin/sh
[ "$*" = 'rotate prod --hand-over --rotation r1' ] || exit 2
printf '{"schema":1,"cluster":"prod","rotation":"r1","server":{"old":"${OLD}","new":"${NEW}"},"agent":{"old":"${OLD}a","new":"${AGENT}"}}'
`

const UNIT = '/etc/systemd/system/k3s.service'
const ENV = '/etc/systemd/system/k3s.service.env'
const CONFIG = '/etc/rancher/k3s/config.yaml'
const TOKEN_FILE = '/etc/rancher/k3s/cluster-token'
const RKE2 = '/etc/rancher/rke2/config.yaml'

/** What the nodes of {@link ROLES} have besides. */
const FILES = {
  [UNIT]: `[Service]\nEnvironmentFile=-${ENV}\nExecStart=/usr/local/bin/k3s server\n`,
}

const copy = (dest: string, content: string): object => ({
  'ansible.builtin.copy': { dest, content, mode: '0600' },
})

/** How roles write: a dump of YAML, YAML without quotes, in a block, a file of the token alone, an environment file, a unit. */
const ROLES: readonly (readonly [
  role: string,
  path: string,
  write: (file: string) => object,
  place: object,
])[] = [
  [
    'k3s-io',
    CONFIG,
    (file) => copy(file, "{{ {'token': token, 'cluster-init': true} | to_nice_yaml }}"),
    { place: 'config', option: 'token' },
  ],
  [
    'lablabs',
    RKE2,
    (file) => copy(file, 'write-kubeconfig-mode: 0640\ntoken: {{ token }}\nprofile: cis\n'),
    { place: 'config', option: 'token' },
  ],
  [
    'rke2-ansible',
    RKE2,
    (path) => ({
      'ansible.builtin.blockinfile': {
        path,
        block: "{{ {'token': token} | to_nice_yaml(indent=0) }}",
      },
    }),
    { place: 'config', option: 'token' },
  ],
  [
    'quoted',
    CONFIG,
    (file) => copy(file, 'token: "{{ token }}"\n'),
    { place: 'config', option: 'token' },
  ],
  [
    'agents of k3s-io',
    ENV,
    (path) => ({
      'ansible.builtin.lineinfile': {
        path,
        regexp: '^K3S_TOKEN=',
        line: "K3S_TOKEN='{{ token }}'",
      },
    }),
    { place: 'environment-file', option: 'token' },
  ],
  [
    'agents of timothystewart6',
    UNIT,
    (file) =>
      copy(file, '[Service]\nExecStart=/usr/local/bin/k3s agent --token {{ token }} --debug\n'),
    { place: 'command-line', option: 'token' },
  ],
  [
    'pyratlabs',
    TOKEN_FILE,
    (file) => copy(file, '{{ token }}\n'),
    { place: 'token-file', option: 'token' },
  ],
]

/** What is done with each role's files, and whether it changes anything. */
const COURSE = [
  ['the role writes', true],
  ['the role writes again', false],
  ['the new token is laid beside', true],
  ['the exchange is looked at', true],
  ['nothing has changed', false],
  ['the exchange', true],
  ['the exchange again', false],
  ['the role writes the new token', false],
  ['the way back', true],
  ['the role writes the old token', false],
] as const

function forEach(ansible: Ansible): void {
  let project: Project

  beforeEach(() => {
    project = new Project({
      program: PROGRAM,
      'ansible.cfg': '[defaults]\n',
      'inventory.yml':
        'all: { hosts: { here: { ansible_connection: local, ansible_pipelining: true } } }\n',
    })
    chmodSync(project.path('program'), 0o700)
  })
  afterEach(() => project.remove())

  const root = (): string => project.path('root')

  function play(
    tasks: readonly object[],
    flags: readonly string[] = [],
    variables: object = {},
  ): Outcome & { readonly changed: number } {
    const vars = { ansible_python_interpreter: '/usr/bin/python3', ...variables }
    const plays = [{ hosts: 'here', gather_facts: false, vars, tasks }]
    project.write('play.yml', JSON.stringify(plays))
    const args = ['-i', 'inventory.yml', 'play.yml', ...flags]
    const outcome = project.run('ansible-playbook', args, {
      // Seventy tasks; a busy machine takes two minutes for them.
      timeout: 280_000,
      environment: {
        PATH: `${ansible.bin}:${process.env['PATH']}`,
        ANSIBLE_LIBRARY: join(PLUGINS, 'modules'),
        ANSIBLE_MODULE_UTILS: join(PLUGINS, 'module_utils'),
        ANSIBLE_ACTION_PLUGINS: join(PLUGINS, 'action'),
        TMPDIR: project.path('home'),
      },
    })
    return { ...outcome, changed: Number(/changed=(\d+)/.exec(outcome.stdout)?.[1] ?? -1) }
  }

  const common = (program: string, where = root()): object => ({
    cluster: 'prod',
    rotation: 'r1',
    program,
    root: where,
    executable: project.path('program'),
    folder: project.folder,
  })
  const beside = (program: string, where = root()): object => ({
    k3s_token_side_files: {
      ...common(program, where),
      files: [{ option: 'token', token: 'server', prefix: '' }],
    },
  })

  test('leaves nothing to do for the role, and can be taken back', () => {
    const tasks = ROLES.flatMap(([role, path, write, place]) => {
      const program = path.includes('rke2') ? 'rke2' : 'k3s'
      const where = join(root(), role)
      for (const [file, text] of Object.entries(FILES))
        if (file !== path || path.endsWith('.env')) project.write(`root/${role}${file}`, text)
      project.write(`root/${role}${path}`, '\n')
      if (path === TOKEN_FILE) project.write(`root/${role}${CONFIG}`, `token-file: ${TOKEN_FILE}\n`)
      const lay = (token: string): object => ({ ...write(join(where, path)), vars: { token } })
      const exchange = (to = 'new'): object => ({
        k3s_token_switch: {
          ...common(program, where),
          to,
          places: [{ ...place, path, token: 'server', style: null, line: 3, prefix: '' }],
        },
      })
      const course = [
        ...[lay(OLD), lay(OLD), beside(program, where), { ...exchange(), check_mode: true }],
        ...[
          lay(OLD),
          { ...exchange(), diff: true },
          exchange(),
          lay(NEW),
          exchange('old'),
          lay(OLD),
        ],
      ]
      return course.map((task, index) => ({
        name: `${role}: ${COURSE[index]![0]}`,
        ...task,
        // A secret that a role prints is the role's own.
        ...('k3s_token_switch' in task || 'k3s_token_side_files' in task ? {} : { no_log: true }),
      }))
    })
    const { status, stdout, stderr } = play(tasks, ['-vvvvv', '--diff'])
    expect({ status, stdout: status === 0 ? '' : stdout, stderr }).toMatchObject({
      status: 0,
      stdout: '',
    })
    const told = stdout.split(/^TASK \[/m).slice(1)
    const found = told.map((text) => [
      /^(.*)\] \*/.exec(text)![1],
      /^changed: \[here\]/m.test(text),
    ])
    expect(found).toEqual(
      ROLES.flatMap(([role]) => COURSE.map(([what, isChanged]) => [`${role}: ${what}`, isChanged])),
    )
    for (const token of [OLD, NEW])
      for (const text of told.filter((one) => !one.includes(': the role writes')))
        expect(text).not.toContain(token)
  }, 300_000)

  test('lays tokens beside over pipes alone, and removes them', () => {
    const path = 'root/etc/rancher/k3s/k3s_vars-rotation/r1'
    expect(play([beside('k3s')], ['--check'])).toMatchObject({ status: 0 })
    expect(existsSync(project.path(path))).toBe(false)
    const done = play([beside('k3s')], ['-vvvvv'])
    expect(done).toMatchObject({ status: 0, changed: 1 })
    expect(done.stdout + done.stderr).not.toContain(NEW)
    expect(readFileSync(project.path(`${path}/token`), 'utf8')).toBe(NEW)
    const away = { k3s_token_side_files: { state: 'absent', program: 'k3s', root: root() } }
    expect(play([beside('k3s'), away, away])).toMatchObject({ status: 0, changed: 1 })
    expect(readdirSync(project.path('root/etc/rancher/k3s'))).toEqual([])
  }, 60_000)

  test.each([
    ['without pipelining', { ansible_pipelining: false }, {}, 'without pipelining'],
    ['for another rotation', {}, { rotation: 'r2' }, 'ended with status 2'],
  ])('hands nothing over %s', (_, variables, other, said) => {
    const files = [{ option: 'token', token: 'server' }]
    const task = { k3s_token_side_files: { ...common('k3s'), ...other, files } }
    const { status, stdout } = play([task], [], variables)
    expect(status).toBe(2)
    expect(stdout).toContain(said)
    expect(stdout).not.toContain(NEW)
    expect(existsSync(root())).toBe(false)
  })
}

describeNewestAnsible(forEach)
