// Tokens that people bring, each through the tasks and templates of each role: what is accepted arrives byte for byte, and
// what is refused would really have broken. Many clusters in one inventory, so that one play carries all of them.
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { load } from 'js-yaml'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { loadConfig } from '../../src/config/load.js'
import { buildInventory } from '../../src/inventory/build.js'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import type { KnownRole, RoleProfile } from '../../src/role/profile.js'
import { Secret } from '../../src/secret.js'
import { lintToken } from '../../src/token/lint.js'
import { runCli } from '../support/cli.js'
import { describeNewestAnsible, IS_MATRIX } from '../support/each-ansible.js'
import { Example } from '../support/examples.js'
import { environmentIn } from '../support/environment.js'
import { LAUNCHER, Project } from '../support/project.js'
import { useWarmPython } from '../support/warm-python.js'

const TOKENS = [
  'AbcdefghijklmnopqrstuVWXYZ0123456789',
  'Abc-def_ghi.jkl+mno/pqr=stu',
  'Abc{{ 6*7 }}defghijklmnop',
  'Abc{# lost #}defghijklmnop',
  'Abc{% raw %}defghijklmnop',
  'Abc%bdefghijklmnopqr',
  'Abc$HOMEdefghijklmnop',
  'Abc`true`defghijklmnop',
  'Abcdefghijk lmnopqrst',
  `Abc def ${'ghijklmnop '.repeat(12)}end`,
  'Abcdef # END ANSIBLE MANAGED BLOCK',
  'Abcdefghi: jklmnopqr',
  'Abcdefghijklmnopqrs:',
  '"Abcdefghijklmnopqr"',
  "Abcdefghi'jklmnopqrs",
  'Abcdefghi\\jklmnopqrs',
  '*Abcdefghijklmnopqr',
  '-Abcdefghijklmnopqr',
  '~/Abcdefghijklmnopq',
  'Abc;def&ghi|jkl<m>no',
  'Äbcdefghijklmnöpqrst',
  '12345678901234e5',
  '00001234567012345670',
]

/** A few of them for every day. */
const CHOSEN = IS_MATRIX
  ? TOKENS
  : TOKENS.filter((_, index) => [0, 2, 5, 8, 13, 15, 21].includes(index))
const ROLES: readonly KnownRole[] = IS_MATRIX
  ? (Object.keys(ROLE_PROFILES) as KnownRole[])
  : ['k3s-io', 'timothystewart6', 'lablabs']

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

/**
 * Clusters t0, t1 … of one server and one agent each. Our inventory source hands out no token that a rule refuses, so what it
 * would answer is written down.
 */
function prepare(example: Example, role: KnownRole): void {
  example.write(
    'k3s_vars.yml',
    `defaults:
  role: ${role}
  probe: false
  vars:
    ansible_connection: local
    ansible_python_interpreter: '{{ ansible_playbook_python }}'
    root: "{{ 'scratch' | realpath }}/{{ inventory_hostname }}"
    ${role === 'rke2-ansible' ? 'cluster_rke2_config: { cni: cilium }' : ''}
clusters:
${CHOSEN.map((_, n) => `  t${n}: { hosts: { server: [s${n}], agent: [a${n}] }, vars: { cluster: t${n} } }`).join('\n')}
`,
  )
  const { clusters } = loadConfig({
    environment: environmentIn(example.path()),
    launcher: LAUNCHER,
  })
  const answer = buildInventory(
    clusters.map((cluster, n) => {
      const server = { form: 'plain', secret: new Secret(CHOSEN[n]!) } as const
      return { cluster, tokens: { server } }
    }),
  )
  example.write('answer.json', JSON.stringify(answer))
  example.write('answer.sh', '#!/bin/sh\ncat answer.json\n')
  chmodSync(example.path('answer.sh'), 0o755)
}

/** What the node reads, for each file that an example writes; undefined where it cannot. */
type Reader = (text: string) => string | undefined

/** As go-yaml does for what is tested here: numbers of YAML 1.2 are numbers, and written anew. */
const yaml: Reader = (text) => {
  try {
    const { token } = load(text) as { token?: string | number | boolean | null }
    return token === null || token === undefined ? undefined : String(token)
  } catch {
    return undefined
  }
}

/** systemd src/basic/env-file.c, for one value. */
const environment: Reader = (text) => {
  const value = /^K3S_TOKEN=(.*)$/m.exec(text)?.[1]
  const quoted = /^(['"])(.*)\1$/.exec(value ?? '')
  return (quoted ? quoted[2] : value)?.replace(/\\(.)/g, '$1')
}

/** systemd.service(5) and systemd.unit(5), for one argument: specifiers, quotes, escapes, variables, blanks. */
const execStart: Reader = (text) => {
  const argument = /--token K10[0-9a-f]{64}::server:(.*)$/m.exec(text)?.[1]
  return argument
    ?.replace(/%(.)/g, (_, one: string) => (one === '%' ? '%' : '(a specifier)'))
    .replace(/["']/g, '')
    .replace(/\\(.)/g, '$1')
    .replace(/\$\{?\w+\}?/g, '')
    .split(' ')[0]
}

const shown: Reader = (text) => /^K10[0-9a-f]{64}::server:(.*)$/m.exec(text)?.[1]
const plain: Reader = (text) => text.trim()

const AT: Readonly<Record<KnownRole, Readonly<Record<'s' | 'a', readonly [string, Reader]>>>> = {
  'k3s-io': {
    s: ['etc/rancher/k3s/config.yaml', yaml],
    a: ['etc/systemd/system/k3s-agent.service.env', environment],
  },
  timothystewart6: {
    s: ['var/lib/rancher/k3s/server/node-token', shown],
    a: ['etc/systemd/system/k3s-node.service', execStart],
  },
  pyratlabs: {
    s: ['etc/rancher/k3s/cluster-token', plain],
    a: ['etc/rancher/k3s/cluster-token', plain],
  },
  'rke2-ansible': {
    s: ['etc/rancher/rke2/config.yaml', yaml],
    a: ['etc/rancher/rke2/config.yaml', yaml],
  },
  lablabs: { s: ['etc/rancher/rke2/config.yaml', yaml], a: ['etc/rancher/rke2/config.yaml', yaml] },
  ednz: { s: ['etc/rancher/k3s/agent_token', plain], a: ['etc/rancher/k3s/agent_token', plain] },
}

function readAt(
  example: Example,
  role: KnownRole,
  host: `${'s' | 'a'}${number}`,
): string | undefined {
  const [file, read] = AT[role][host[0] as 's' | 'a']
  const path = example.path('scratch', host, file)
  return existsSync(path) ? read(readFileSync(path, 'utf8')) : undefined
}

/** The rules about files of the role that refuse a token; those that hold everywhere are no matter of a role. */
function refusals(token: string, role: RoleProfile): readonly string[] {
  return lintToken(new Secret(token), { kind: 'server', role })
    .filter(({ rule, severity }) => severity === 'error' && rule.includes('/'))
    .map(({ rule }) => rule)
}

describeNewestAnsible((ansible) => {
  const warm = useWarmPython(ansible)

  test.each(ROLES)('role %s: what is accepted arrives, what is refused would break', (role) => {
    const example = new Example(project, role)
    prepare(example, role)
    const playbook = join(ansible.bin, 'ansible-playbook')
    const { stdout, stderr } = example.run(playbook, '-i', 'answer.sh', 'site.yml', ...warm)
    const outcomes = CHOSEN.map((token, n) => {
      const isWhole =
        readAt(example, role, `s${n}`) === token && readAt(example, role, `a${n}`) === token
      return [token, isWhole ? 'arrives' : 'breaks']
    })
    const expected = CHOSEN.map((token) => [
      token,
      refusals(token, ROLE_PROFILES[role]).length === 0 ? 'arrives' : 'breaks',
    ])
    expect(outcomes).toEqual(expected)
    expect(outcomes.map(([, outcome]) => outcome)).toContain('arrives')
    for (const token of CHOSEN) expect(stdout + stderr).not.toContain(token)
  })
})

test.each(ROLES)(
  'role %s: an import is refused with the file, the reason and what the node would see',
  (role) => {
    project.write('k3s_vars.yml', `clusters: { home: { role: ${role} } }\n`)
    for (const token of CHOSEN) {
      const [rule] = refusals(token, ROLE_PROFILES[role])
      if (rule === undefined) continue
      const { status, stderr } = runCli(project, ['token', 'import', 'home', '--stdin'], {
        input: token,
      })
      expect([token, status]).toEqual([token, 4])
      expect(stderr).toMatch(/(?:refused|is no token) by rule [a-z/-]+/)
      expect(stderr).not.toContain(token)
    }
  },
)

const verifies = spawnSync('systemd-analyze', ['--version']).error === undefined ? test : test.skip
verifies('systemd itself refuses the unit of an agent whose token has a percent sign', () => {
  const unit = project.write(
    'x.service',
    '[Service]\nExecStart=/bin/echo agent --token K10::server:Abc%zdef\n',
  )
  expect(project.run('systemd-analyze', ['verify', '--man=no', unit]).stderr).toContain('specifier')
})
