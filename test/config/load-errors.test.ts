import { describe, expect, test } from '@jest/globals'
import { refusal } from './folder.js'
import type { Files, Told } from './folder.js'

const CANARY = 'K10canary5f3a'

function one(options: string): string {
  return `# a comment\nclusters:\n  prod:\n    ${options.replaceAll('\n', '\n    ')}\n`
}

type Row = readonly [title: string, files: Files | string, told: Partial<Told>]

const at = (line: number, column: number, key: string) => ({ line, column, key })
const invalid = { code: 'K3SV_CONFIG_INVALID' }
const syntax = { code: 'K3SV_CONFIG_SYNTAX' }
const unknown = { code: 'K3SV_CONFIG_UNKNOWN_KEY' }
const include = { code: 'K3SV_CONFIG_INCLUDE' }
const pattern = { code: 'K3SV_CONFIG_HOST_PATTERN' }
const combination = { code: 'K3SV_CONFIG_COMBINATION' }
const conflict = { code: 'K3SV_CONFIG_HOST_CONFLICT' }

const KEYS: readonly Row[] = [
  [
    'a misspelt key at the top',
    `cluster: {}`,
    {
      ...unknown,
      ...at(1, 1, 'cluster'),
      message: 'unknown key cluster',
      hint: 'did you mean clusters?',
    },
  ],
  [
    'a misspelt option',
    one('rolle: k3s-io'),
    { ...unknown, ...at(4, 5, 'clusters.prod.rolle'), hint: 'did you mean role?' },
  ],
  [
    'a misspelt nested option',
    one('token:\n  lenght: 20'),
    { ...unknown, ...at(5, 7, 'clusters.prod.token.lenght'), hint: 'did you mean length?' },
  ],
  [
    'a misspelt side in a flow mapping',
    one('hosts: { servers: [a] }'),
    { ...unknown, ...at(4, 14, 'clusters.prod.hosts.servers'), hint: 'did you mean server?' },
  ],
  [
    'an unlike key in the defaults',
    'defaults:\n  xylophone: 1',
    { ...unknown, ...at(2, 3, 'defaults.xylophone') },
  ],
  [
    'hosts in the defaults',
    'defaults:\n  hosts: {}',
    { ...unknown, ...at(2, 3, 'defaults.hosts') },
  ],
  [
    'a key that swallowed its value',
    one(`{ role:${CANARY}x }`),
    { ...unknown, ...at(4, 7, 'clusters.prod'), message: 'a key that is not a name' },
  ],
  [
    '__proto__ as an option',
    one('__proto__: {}'),
    { ...unknown, ...at(4, 5, 'clusters.prod.__proto__') },
  ],
  [
    'constructor as an option',
    one('constructor: {}'),
    { ...unknown, ...at(4, 5, 'clusters.prod.constructor') },
  ],
  ...['all', 'ungrouped'].map((name): Row => [
    `a cluster named like Ansible's own group ${name}`,
    `clusters:\n  prod: {}\n  ${name}: {}`,
    {
      ...invalid,
      ...at(3, 3, `clusters.${name}`),
      message: `a cluster cannot be named ${name}, which is a group of Ansible's own`,
    },
  ]),
  ...['10', '"10"', '010', '0x10', '1_0'].map((name): Row => [
    `a cluster named with digits alone, ${name}`,
    `clusters:\n  ${name}: {}`,
    { ...invalid, message: expect.stringContaining('needs a letter') as unknown as string },
  ]),
  [
    '__proto__ as a cluster',
    'clusters:\n  __proto__: {}',
    { ...invalid, ...at(2, 3, 'clusters.__proto__') },
  ],
  ['an upper-case cluster', 'clusters:\n  Prod: {}', { ...invalid, ...at(2, 3, 'clusters.Prod') }],
]

const VALUES: readonly Row[] = [
  [
    'a text for a boolean',
    one(`probe: ${CANARY}`),
    { ...invalid, ...at(4, 5, 'clusters.prod.probe'), message: 'expected boolean' },
  ],
  [
    'a list for vars',
    one(`vars: [${CANARY}]`),
    { ...invalid, ...at(4, 5, 'clusters.prod.vars'), message: 'expected object' },
  ],
  [
    'a word that is not allowed',
    one(`"emit": ${CANARY}`),
    { ...invalid, ...at(4, 5, 'clusters.prod.emit'), message: 'expected one of plain, vaulted' },
  ],
  ['an unknown role', one(`role: ${CANARY}`), { ...invalid, ...at(4, 5, 'clusters.prod.role') }],
  [
    'a short token',
    one('token: { length: 15 }'),
    { ...invalid, ...at(4, 14, 'clusters.prod.token.length'), message: 'expected 16 or more' },
  ],
  [
    'a long token',
    one('token: { length: 257 }'),
    { ...invalid, ...at(4, 14, 'clusters.prod.token.length'), message: 'expected 256 or less' },
  ],
  [
    'a number as a host',
    one('hosts:\n  server:\n    - a\n    - 7'),
    { ...invalid, ...at(7, 11, 'clusters.prod.hosts.server.1') },
  ],
  [
    'variables of a host that are a text',
    one(`hosts:\n  agent:\n    007x: ${CANARY}`),
    { ...invalid, ...at(6, 9, 'clusters.prod.hosts.agent.007x') },
  ],
  [
    'a wrong value behind an alias',
    `defaults:\n  vars: &v { probe: ${CANARY} }\nclusters:\n  prod: *v`,
    { ...invalid, ...at(4, 3, 'clusters.prod.probe') },
  ],
  ['a list for everything', `- ${CANARY}`, invalid],
  ['a text for everything', CANARY, { ...invalid, message: 'the configuration is not a mapping' }],
  ['no cluster', '', { ...invalid, message: 'the configuration has no cluster' }],
  [
    'infinity, which JSON does not have',
    one('vars:\n  a: 1\n  b: [0, -.inf]'),
    { ...invalid, ...at(6, 14, 'clusters.prod.vars.b.1') },
  ],
  [
    'no number, which JSON does not have either',
    one('hosts: { server: { a: { x: .NaN } } }'),
    { ...invalid, ...at(4, 29, 'clusters.prod.hosts.server.a.x') },
  ],
  [
    'half a surrogate pair',
    one(`vars: { a: "${CANARY}\\uD800" }`),
    { ...invalid, ...at(4, 13, 'clusters.prod.vars.a') },
  ],
  [
    'half a surrogate pair in a name',
    one('vars: { "\\U0000DC00": 1 }'),
    { ...invalid, ...at(4, 5, 'clusters.prod.vars') },
  ],
  [
    'a store in a folder with NUL',
    one('store: "a\\0b"'),
    { ...invalid, ...at(4, 5, 'clusters.prod.store') },
  ],
  ...['_meta', 'all', 'ungrouped'].map((group): Row => [
    `a group named ${group}`,
    one(`groups: { cluster: ${group} }`),
    {
      ...invalid,
      ...at(4, 15, 'clusters.prod.groups.cluster'),
      message: "a group cannot be named all, ungrouped or _meta, which are Ansible's own",
    },
  ]),
  ['an empty mapping of clusters', 'clusters: {}', { ...invalid, ...at(1, 1, 'clusters') }],
]

const SYNTAX: readonly Row[] = [
  ['a value with a colon', one(`role: a: ${CANARY}`), { ...syntax, line: 4 }],
  ['an unknown tag', one(`role: !${CANARY} x`), { ...syntax, line: 4 }],
  ['an unknown alias', one(`role: *${CANARY}`), { ...syntax, line: 4 }],
  ['a tag of letters that no tag has', one(`role: !a%zz${CANARY} x`), { ...syntax, line: 4 }],
  ['a duplicate key', one(`role: k3s-io\nrole: ${CANARY}`), { ...syntax, line: 5 }],
  [
    'a key twice through __proto__',
    `clusters: {}\nclusters: { ${CANARY}: 1 }`,
    { ...syntax, line: 2 },
  ],
  ['a tab as indentation', `clusters:\n\tprod: ${CANARY}`, { ...syntax, line: 2 }],
  ['nesting without end', `${'['.repeat(5000)}${CANARY}`, { ...syntax, line: 1 }],
  ['aliases that multiply', bomb(), syntax],
  ['an alias of itself', `clusters: &a { prod: *a }`, syntax],
  ['two documents', `a: 1\n---\nb: ${CANARY}`, syntax],
]

function bomb(): string {
  const lines = Array.from(
    { length: 12 },
    (_, n) =>
      `  v${n}: &v${n} [${Array(9)
        .fill(n ? `*v${n - 1}` : CANARY)
        .join(',')}]`,
  )
  return `vars:\n${lines.join('\n')}`
}

const WHOLE: readonly Row[] = [
  ['an include above the folder', 'include: ../x.yml', { ...include, ...at(1, 1, 'include') }],
  ['an absolute include', 'include: /etc/passwd', { ...include, ...at(1, 1, 'include') }],
  [
    'an include above the folder in the middle',
    { 'k3s_vars.yml': 'include: a/../../x.yml', 'a/b.yml': '' },
    include,
  ],
  [
    'an include that matches nothing',
    'defaults: {}\ninclude: [clusters.d/*.yml]',
    { ...include, ...at(2, 1, 'include') },
  ],
  [
    'an included file with defaults',
    { 'k3s_vars.yml': 'include: a.yml', 'a.yml': 'clusters: { a: }\ndefaults: {}' },
    { ...include, ...at(2, 1, 'defaults'), file: 'a.yml' },
  ],
  [
    'a cluster in two files',
    { 'k3s_vars.yml': 'include: a.yml\nclusters: { a: }', 'a.yml': 'clusters:\n  a:' },
    { ...include, ...at(2, 3, 'clusters.a'), file: 'a.yml' },
  ],
  [
    'an error in an included file',
    { 'k3s_vars.yml': 'include: d/?.yml', 'd/a.yml': 'clusters:\n  a:\n    roll: 1' },
    { ...unknown, ...at(3, 5, 'clusters.a.roll'), file: 'd/a.yml' },
  ],
  [
    'a host in two clusters',
    'clusters:\n  a: { hosts: { server: [h1] } }\n  b: { hosts: { agent: ["h[0:2]"] } }',
    { ...conflict, ...at(3, 3, 'clusters.b') },
  ],
  [
    'a host on both sides',
    one('hosts: { server: [h1], agent: [h1] }'),
    { ...conflict, ...at(3, 3, 'clusters.prod') },
  ],
  [
    'level host without hosts',
    one('level: host'),
    { ...combination, ...at(4, 5, 'clusters.prod.level') },
  ],
  [
    'level host in the defaults and no hosts',
    'clusters: { a: }\ndefaults:\n  level: host',
    { ...combination, ...at(3, 3, 'defaults.level') },
  ],
  [
    'sealed output of plain tokens',
    one('encrypt: never\nemit: vaulted'),
    { ...combination, ...at(5, 5, 'clusters.prod.emit') },
  ],
  [
    'a CA in front of what is not opened',
    one('form: secure\nemit: vaulted'),
    { ...combination, ...at(4, 5, 'clusters.prod.form') },
  ],
  [
    'a variable that is ours',
    one(`vars:\n  token: ${CANARY}`),
    { ...combination, ...at(5, 7, 'clusters.prod.vars.token') },
  ],
  [
    'a variable of the defaults that is ours',
    `clusters: { a: }\ndefaults:\n  vars: { x: 1, token: ${CANARY} }`,
    { ...combination, ...at(3, 17, 'defaults.vars.token') },
  ],
  [
    'a variable of a host that is ours',
    one(`hosts:\n  server:\n    "s[1:2]": { token: ${CANARY} }`),
    { ...combination, line: 5, key: 'clusters.prod.hosts.server.s1.token' },
  ],
  [
    'a key of a dictionary that is ours',
    one(`role: rke2-ansible\nvars: { cluster_rke2_config: { cni: x, token: ${CANARY} } }`),
    { ...combination, ...at(5, 44, 'clusters.prod.vars.cluster_rke2_config.token') },
  ],
  [
    'a text where we add a key to a dictionary',
    one(`role: rke2-ansible\nvars: { cluster_rke2_config: ${CANARY} }`),
    { ...combination, ...at(5, 13, 'clusters.prod.vars.cluster_rke2_config') },
  ],
  [
    'a sealed text where we add a key to a dictionary',
    one(`role: rke2-ansible\nvars: { cluster_rke2_config: !vault ${CANARY} }`),
    { ...combination, ...at(5, 13, 'clusters.prod.vars.cluster_rke2_config') },
  ],
  [
    'a dictionary where we add a line to a text',
    one('agent_token: true\nvars: { server_config_yaml: { a: 1 } }'),
    { ...combination, ...at(5, 13, 'clusters.prod.vars.server_config_yaml') },
  ],
  [
    'a text that has our line already',
    one(`agent_token: true\nvars: { server_config_yaml: 'agent-token: ${CANARY}' }`),
    { ...combination, ...at(5, 13, 'clusters.prod.vars.server_config_yaml') },
  ],
  [
    'an agent token with a role whose agents join with what the first server shows them',
    one('role: timothystewart6\nagent_token: true'),
    { ...combination, ...at(5, 5, 'clusters.prod.agent_token') },
  ],
  [
    'a role of its own that is not described',
    one('role: custom'),
    { ...combination, ...at(4, 5, 'clusters.prod.role') },
  ],
  [
    'a description without the role custom',
    one('custom: { variables: { cluster: { t: server } } }'),
    { ...combination, ...at(4, 5, 'clusters.prod.custom') },
  ],
  [
    'a role of its own that hands servers no token',
    one('role: custom\ncustom: { variables: { agent: { t: agent } } }'),
    { ...combination, ...at(5, 15, 'clusters.prod.custom.variables') },
  ],
  [
    'an agent token where a role of its own hands agents the server token',
    one('role: custom\nagent_token: true\ncustom: { variables: { cluster: { t: server } } }'),
    { ...combination, ...at(5, 5, 'clusters.prod.agent_token') },
  ],
  [
    'a variable of a role of its own that is none',
    one(`role: custom\ncustom: { variables: { cluster: { "a-b": server } } }`),
    { ...invalid, ...at(5, 39, 'clusters.prod.custom.variables.cluster.a-b') },
  ],
  [
    'a token of a role of its own that is none',
    one(`role: custom\ncustom: { variables: { cluster: { t: ${CANARY} } } }`),
    { ...invalid, message: 'expected one of server, agent' },
  ],
  [
    'a file of a role of its own without its encoding',
    one('role: custom\ncustom: { files: [{ side: server, file: /x }] }'),
    { ...invalid, message: 'the key encoding is missing' },
  ],
  [
    'a misspelt key of a file of a role of its own',
    one(
      'role: custom\ncustom: { files: [{ side: server, file: /x, encoding: shell, colour: x }] }',
    ),
    { ...unknown, hint: 'known here: side, file, encoding, kind' },
  ],
  [
    'a bad pattern in a list',
    one('hosts:\n  server:\n    - ok\n    - "h[3:1]"'),
    { ...pattern, ...at(7, 11, 'clusters.prod.hosts.server.1') },
  ],
  [
    'a bad pattern in a mapping',
    one('hosts:\n  agent: { ok: , "h[a:9]": { x: 1 } }'),
    { ...pattern, ...at(5, 22, 'clusters.prod.hosts.agent.h[a:9]') },
  ],
  ['too many hosts', one('hosts: { server: ["h[1:999][1:999]"] }'), pattern],
  [
    'too many hosts by several patterns',
    one('hosts:\n  server: ["a[1:60000]", "b[1:60000]"]'),
    { ...pattern, ...at(5, 30, 'clusters.prod.hosts.server.1') },
  ],
  [
    'too many hosts in several clusters',
    `clusters:\n${'abcdef'.replace(/./g, '  $&: { hosts: { server: ["$&[1:90000]"] } }\n')}`,
    { ...pattern, ...at(7, 3, 'clusters.f') },
  ],
  [
    'a host with an escape sequence',
    one('hosts: { server: ["a\\e[31m"] }'),
    { ...pattern, ...at(4, 23, 'clusters.prod.hosts.server.0') },
  ],
  ['a folder of a thousand stars', `include: "${'*/'.repeat(1000)}x"`, include],
  ['a thousand dots', `include: ${'./'.repeat(50_000)}x`, include],
  [
    'stars that try everything',
    {
      'k3s_vars.yml': `include: "${'*a'.repeat(12)}b"`,
      ['a'.repeat(200)]: '',
    },
    include,
  ],
  [
    'both spellings of the name',
    { 'k3s_vars.yml': '', 'k3s_vars.yaml': '' },
    { ...combination, file: 'k3s_vars.yaml' },
  ],
]

describe('loadConfig refuses', () => {
  test.each([...KEYS, ...VALUES, ...SYNTAX, ...WHOLE])('%s', (_, files, expected) => {
    const told = refusal(files)
    expect(told).toMatchObject({ file: 'k3s_vars.yml', ...expected })
    expect(JSON.stringify(told)).not.toContain('canary')
    expect(told.message).not.toMatch(/\n|\.$/)
  })
})
