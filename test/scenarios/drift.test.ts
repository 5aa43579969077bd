// `drift` on answers of nodes as the play hands them over: what each place stands for, and what is found. The answers of real nodes
// are tried in test/k3s/nodes.test.ts.
import { createHash, createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const FORMER = 'FormerDriftTokenK8vB3nM7xZ1qW5eR9tY2'
const CURRENT = 'CurrentDriftTokenP4lK6jH2gF8dS1aQ7wE3'
const AGENT = 'AgentDriftTokenU9iO5pL2kJ7hG4fD6sA1zX'
const STRANGE = 'StrangeDriftTokenC3vB8nM1qW6eR4tY9uI'
const NONCE = 'f00d'.repeat(16)

const codeOf = (secret: string): string =>
  createHmac('sha256', NONCE).update(`token\0${secret}`).digest('hex')
const keyOf = (secret: string): string => {
  const name = createHash('sha256').update(secret).digest('hex').slice(0, 12)
  return createHmac('sha256', NONCE).update(`key\0${name}`).digest('hex')
}

type Fields = Readonly<Record<string, unknown>>

const CONFIG = '/etc/rancher/k3s/config.yaml'
const ENV = '/etc/systemd/system/k3s.service.env'

function source(secret: string, more: Fields = {}): Fields {
  return {
    place: 'config',
    path: CONFIG,
    line: 1,
    option: 'token',
    token: 'server',
    state: 'present',
    form: 'short',
    code: codeOf(secret),
    wins: true,
    read: true,
    ...more,
  }
}

const WRITTEN = (secret: string): readonly Fields[] =>
  [
    { place: 'server/token', path: '/d/server/token', token: 'server' },
    { place: 'cred/passwd', path: '/d/server/cred/passwd', token: 'server' },
  ].map((one) => ({ ...one, line: null, state: 'present', form: 'short', code: codeOf(secret) }))

const MEMORY = (secret: string): Fields => ({
  place: 'memory',
  path: null,
  line: null,
  token: 'server',
  state: 'present',
  form: 'short',
  code: codeOf(secret),
})

const MEMBER = {
  id: 'a1',
  name: 'one-1a2b',
  peers: ['https://10.0.0.11:2380'],
  learner: false,
  reachable: true,
}

/** A sound server, and what is different about it. */
function server(more: Fields = {}): Fields {
  return {
    changed: false,
    program: 'k3s',
    kind: 'server',
    service: { name: 'k3s', path: '/etc/systemd/system/k3s.service' },
    process: { pid: 7, started: 42 },
    data_dir: '/d',
    join: '',
    places: [source(CURRENT), ...WRITTEN(CURRENT), MEMORY(CURRENT)],
    faults: [],
    conflicts: [],
    datastore: { kind: 'etcd', state: 'read', keys: [keyOf(CURRENT)], members: [MEMBER] },
    ca: '',
    ...more,
  }
}

const placed = (...sources: readonly Fields[]): Fields =>
  server({ places: [...sources, ...WRITTEN(CURRENT), MEMORY(CURRENT)] })

const agent = (secret: string, more: Fields = {}): Fields =>
  server({
    kind: 'agent',
    places: [source(secret, { token: 'agent', ...more })],
    datastore: { kind: 'none', state: 'absent', keys: [], members: [] },
  })

/** What a node answers, and what is found: `RULE PLACE`. */
const NODES: readonly (readonly [string, Fields, readonly string[]])[] = [
  ['nothing is wrong', server(), []],
  ['a former token is configured', placed(source(FORMER)), [`source-former ${CONFIG}:1`]],
  ['a token of nobody is configured', placed(source(STRANGE)), [`source-other ${CONFIG}:1`]],
  [
    "agents' token is configured on a server",
    placed(source(AGENT)),
    [`source-other-kind ${CONFIG}:1`],
  ],
  [
    'an empty line wins',
    placed(source('', { state: 'empty', form: 'empty', code: undefined })),
    [`source-empty ${CONFIG}:1`],
  ],
  [
    'an environment file has the former token',
    placed(source(CURRENT), source(FORMER, { place: 'environment-file', path: ENV, wins: false })),
    [`sources-disagree ${ENV}:1`],
  ],
  [
    'a file that nobody reads has the former token',
    placed(
      source(CURRENT),
      source(FORMER, { place: 'environment-file', path: ENV, wins: false, read: false }),
    ),
    [`left-behind ${ENV}:1`],
  ],
  [
    'two places have the same token',
    placed(source(CURRENT), source(CURRENT, { place: 'environment-file', path: ENV, wins: false })),
    [],
  ],
  [
    'the text splits the server',
    placed(source(CURRENT, { form: 'split' })),
    [`split-form ${CONFIG}:1`],
  ],
  ['nothing is configured', placed(), ['no-source']],
  [
    'two spellings, and a file that is no YAML',
    server({
      conflicts: ['token'],
      faults: [{ place: 'config', path: CONFIG, line: 3, reason: 'syntax' }],
    }),
    [`source-unreadable ${CONFIG}:3`, 'two-spellings'],
  ],
  [
    'it was not restarted since the rotation',
    server({ places: [source(CURRENT), ...WRITTEN(FORMER), MEMORY(FORMER)] }),
    [
      'memory-former memory',
      'written-former /d/server/cred/passwd (server)',
      'written-former /d/server/token',
    ],
  ],
  [
    'the cluster was rotated by hand',
    server({
      places: [source(CURRENT), ...WRITTEN(STRANGE), MEMORY(CURRENT)],
      datastore: { kind: 'etcd', state: 'read', keys: [keyOf(STRANGE)], members: [MEMBER] },
    }),
    [
      'datastore-other datastore (etcd)',
      'written-other /d/server/cred/passwd (server)',
      'written-other /d/server/token',
    ],
  ],
  [
    'a rotation was broken off',
    server({
      datastore: {
        kind: 'etcd',
        state: 'read',
        keys: [keyOf(CURRENT), keyOf(STRANGE)],
        members: [MEMBER],
      },
    }),
    ['datastore-two-keys datastore (etcd)'],
  ],
  [
    'it does not run',
    server({
      process: {},
      places: [source(CURRENT), ...WRITTEN(CURRENT)],
      datastore: { kind: 'etcd', state: 'unreadable', reason: 'stopped', keys: [], members: [] },
    }),
    ['not-running'],
  ],
  [
    'a process that knows another token than its node',
    server({
      places: [
        source(CURRENT),
        ...WRITTEN(CURRENT),
        { ...MEMORY(CURRENT), state: 'refused', reason: 'refused', code: undefined },
      ],
    }),
    ['memory-other memory'],
  ],
  ['an agent with its own token', agent(AGENT), []],
  ["an agent with the servers' token", agent(CURRENT), [`source-other-kind ${CONFIG}:1`]],
  ['an agent with a bootstrap token', agent(STRANGE, { form: 'bootstrap' }), []],
  ['a host without K3s', server({ program: 'none', kind: 'none', places: [] }), ['no-k3s']],
  ['nobody answers', { unreachable: true, msg: STRANGE }, ['node-unreachable']],
  ['the module failed', { failed: true, msg: STRANGE }, ['node-failed']],
]

interface Said {
  readonly state: string
  readonly nodes: readonly { readonly findings: readonly { rule: string; on?: string }[] }[]
  readonly findings: readonly { readonly rule: string }[]
}

let project: Project
beforeAll(() => {
  project = new Project({
    'k3s_vars.yml':
      'clusters: { home: { probe: false, agent_token: true, hosts: { server: [one] } } }\n',
  })
  project.write('agent', AGENT)
  for (const [input, more] of [
    [FORMER, []],
    [CURRENT, ['--replace']],
  ] as const) {
    const args = ['token', 'import', 'home', '--stdin', '--agent-file', 'agent', ...more]
    expect(runCli(project, args, { input })).toMatchObject({ status: 0 })
  }
})
afterAll(() => project.remove())

function drift(nodes: Fields, ...more: readonly string[]): Outcome {
  const input = JSON.stringify({ nonce: NONCE, nodes })
  return runCli(project, ['drift', 'home', '--facts', '-', ...more], { input })
}

describe('what is found where', () => {
  test.each(NODES)('%s', (_, facts, expected) => {
    const { status, stdout, stderr } = drift({ one: facts, other: server() }, '--json')
    expect(stderr).toBe('')
    const said = JSON.parse(stdout) as Said
    const [one, other] = said.nodes
    const found = one!.findings.map(({ rule, on }) => (on === undefined ? rule : `${rule} ${on}`))
    expect([...found].sort()).toEqual(expected)
    expect(other!.findings).toEqual([])
    expect(status).toBe({ sound: 0, unknown: 7, wrong: 8 }[said.state])
    for (const secret of [FORMER, CURRENT, AGENT, STRANGE]) expect(stdout).not.toContain(secret)
    expect(stdout).not.toContain(codeOf(CURRENT))
  })

  test('a rotation by hand is told once, with how to bring its token home', () => {
    const keyed = { kind: 'etcd', state: 'read', keys: [keyOf(STRANGE)], members: [MEMBER] }
    const where = server({
      places: [source(CURRENT), ...WRITTEN(STRANGE), MEMORY(CURRENT)],
      datastore: keyed,
    })
    const { status, stdout } = drift({ one: where, two: server({ datastore: keyed }) })
    expect(status).toBe(8)
    expect(stdout.match(/\(rotated-by-hand\)/g)).toHaveLength(1)
    expect(stdout).toContain('as it seems on one')
    expect(stdout).toContain('k3s-vars token import home --stdin --replace --offline')
  })

  test('a member of etcd that no server reaches is told once', () => {
    const dead = { ...MEMBER, id: 'b2', name: 'gone', reachable: false }
    const datastore = {
      kind: 'etcd',
      state: 'read',
      keys: [keyOf(CURRENT)],
      members: [MEMBER, dead],
    }
    const { status, stdout } = drift({ one: server({ datastore }), two: server({ datastore }) })
    expect(status).toBe(8)
    expect(stdout.match(/\(dead-member\)/g)).toHaveLength(1)
    expect(stdout).toContain('gone (b2) at https://10.0.0.11:2380')
  })
})

describe('before a token is adopted', () => {
  const agree = (nodes: Fields): Outcome => {
    const input = JSON.stringify({ nonce: NONCE, nodes })
    return runCli(project, ['adopt', 'home', '--facts', '-', '--json'], { input })
  }
  const own = (code: string): Fields => ({
    place: 'server/agent-token',
    path: '/d/server/agent-token',
    token: 'agent',
    state: 'present',
    form: 'secure',
    code: codeOf(code),
  })
  const withAgentToken = (token: string, agentToken: string): Fields =>
    server({ places: [source(token), ...WRITTEN(token), MEMORY(token), own(agentToken)] })

  test('what agrees says where the tokens are read, whatever they are', () => {
    const nodes = { one: withAgentToken(STRANGE, AGENT), two: withAgentToken(STRANGE, AGENT) }
    const { status, stdout } = agree({ gone: { unreachable: true }, ...nodes })
    expect(JSON.parse(stdout)).toMatchObject({ state: 'unknown', node: 'one' })
    expect(status).toBe(7)
    const sound = agree(nodes)
    expect(sound.status).toBe(0)
    expect(JSON.parse(sound.stdout)).toMatchObject({
      state: 'sound',
      node: 'one',
      server: '/d/server/token',
      agent: '/d/server/agent-token',
    })
  })

  test.each<[string, Fields, string]>([
    ['another token', withAgentToken(CURRENT, AGENT), 'written-other'],
    ['another agent token', withAgentToken(STRANGE, CURRENT), 'written-other'],
    [
      'another key',
      server({ datastore: { kind: 'etcd', state: 'read', keys: [keyOf(FORMER)], members: [] } }),
      'datastore-other',
    ],
  ])('a server with %s stops it', (_, two, rule) => {
    const { status, stdout } = agree({ one: withAgentToken(STRANGE, AGENT), two })
    expect(status).toBe(8)
    expect(stdout).toContain(`"${rule}"`)
    for (const secret of [FORMER, CURRENT, AGENT, STRANGE]) expect(stdout).not.toContain(secret)
  })

  test('an agent with another token is told, and stops nothing', () => {
    const { status, stdout } = agree({ one: server(), two: agent(FORMER) })
    expect(status).toBe(0)
    expect(stdout).toContain('(source-other)')
  })

  test.each([{}, { one: agent(CURRENT) }])('nobody to ask stops it: %j', (nodes) => {
    expect(agree(nodes).status).toBe(7)
  })
})

describe('what people read', () => {
  test('a sound node takes one line, another one all its places, with the one that wins', () => {
    const env = source(FORMER, { place: 'environment-file', path: ENV, wins: false })
    const { stdout } = drift({ good: server(), bad: placed(source(CURRENT), env) })
    const lines = stdout.split('\n')
    expect(lines[1]).toMatch(
      /^× wrong +bad +server +\/etc\/rancher\/k3s\/config.yaml:1 \* +server +current \(2\)$/,
    )
    expect(lines.find((line) => line.startsWith('√'))).toMatch(
      /good +server +4 places +current \(2\)$/,
    )
    expect(stdout).toContain(`${ENV}:1: it has the former server token (generation 1)`)
    expect(stdout.trimEnd().endsWith('home: generation 2, idle; 2 nodes: 1 wrong, 1 sound')).toBe(
      true,
    )
  })
})

test.each([
  '',
  'x',
  '[]',
  '{"nodes": []}',
  `{"nonce": "${STRANGE}", "nodes": {"a": {"program": 1}}}`,
])('what is no answer of nodes is refused, and not repeated: %j', (input) => {
  const { status, stdout, stderr } = runCli(project, ['drift', '--facts', '-'], { input })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain('(K3SV_USAGE)')
  expect(stderr).not.toContain(STRANGE)
})
