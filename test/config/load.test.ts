import { describe, expect, test } from '@jest/globals'
import { nameStore } from '../../src/store-spec.js'
import { load } from './folder.js'

describe('loadConfig', () => {
  test('fills in every default of a configuration of five lines', () => {
    const { clusters } = load(
      'clusters:\n  home:\n    hosts:\n      server: [a]\n      agent: ["b[1:2]"]\n',
    )
    expect(clusters).toHaveLength(1)
    expect(clusters[0]).toMatchObject({
      name: 'home',
      role: { id: 'k3s-io' },
      groups: {},
      vars: {},
      agentToken: false,
      emit: 'plain',
      form: 'short',
      level: 'group',
      mint: 'outside-ci',
      probe: true,
      encrypt: 'always',
      token: { length: 43, alphabet: 'alphanumeric' },
      store: { kind: 'file', folder: expect.stringMatching(/^\/.*\/k3s_tokens$/) },
      location: { line: 2, column: 3, key: 'clusters.home' },
    })
    expect(clusters[0]).not.toHaveProperty('vaultId')
    expect({ ...clusters[0]!.hosts!.server }).toEqual({ a: {} })
    expect(Object.keys(clusters[0]!.hosts!.agent)).toEqual(['b1', 'b2'])
  })

  test('hands tokens to hosts where the role itself sets the variable in group_vars/all', () => {
    const levels = load(`defaults: { role: timothystewart6 }
clusters:
  a: { hosts: { server: [a] } }
  b: { hosts: { server: [b] }, level: group }
  c:
`).clusters.map(({ level }) => level)
    expect(levels).toEqual(['host', 'group', 'group'])
  })

  test('takes a role of the user, the parts of its description merged with the defaults', () => {
    const [cluster] = load(`defaults:
  role: custom
  custom: { groups: { server: masters }, variables: { server: { my_config.token: server } } }
clusters:
  a: { custom: { variables: { agent: { my_token: agent } } } }
`).clusters
    expect(cluster!.role).toMatchObject({
      id: 'custom',
      groups: { cluster: 'k3s_cluster', server: 'masters', agent: 'agent' },
      shared: [
        { side: 'server', name: 'my_config', key: 'token', kind: 'server' },
        { side: 'agent', name: 'my_token', kind: 'server' },
      ],
    })
  })

  test('takes a cluster without anything, whose hosts come from elsewhere', () => {
    const [cluster] = load('clusters:\n  home:\n').clusters
    expect(cluster).not.toHaveProperty('hosts')
  })

  test('merges mappings of the defaults key by key and replaces the rest', () => {
    const { clusters } = load(`defaults:
  vault_id: all
  token: { length: 20, alphabet: hex }
  vars: { a: 1, list: [1, 2], deep: { x: 1, y: 2 } }
clusters:
  one: { vault_id: own, token: { length: 30 }, vars: { b: 2, list: [3], deep: { y: 3 } } }
  two:
`)
    expect(clusters.map(({ vaultId }) => vaultId)).toEqual(['own', 'all'])
    expect(clusters.map(({ token }) => token.length)).toEqual([30, 20])
    expect(clusters[0]!.token.alphabet).toBe('hex')
    expect(JSON.parse(JSON.stringify(clusters[0]!.vars))).toEqual({
      a: 1,
      b: 2,
      list: [3],
      deep: { x: 1, y: 3 },
    })
    expect(clusters[1]!.vars).toEqual({ a: 1, list: [1, 2], deep: { x: 1, y: 2 } })
  })

  test('takes included clusters in the order of patterns and names, hidden files left out', () => {
    const { clusters } = load({
      'k3s_vars.yml':
        'include: [./z.yml, d/*/?.yml, d/*.yml]\nclusters: { main: }\ndefaults: { store: s }',
      'z.yml': 'clusters: { z: }',
      'd/b.yml': 'clusters: { b: }',
      'd/a.yml': 'clusters: { a: }',
      'd/.hidden.yml': 'clusters: { hidden: }',
      'd/a.yml~': 'clusters: { backup: }',
      'd/ayml': 'clusters: { dot: }',
      'd/sub/c.yml': 'clusters: { c: }',
      'd/sub/cc.yml': 'clusters: { cc: }',
    })
    expect(clusters.map(({ name }) => name)).toEqual(['main', 'z', 'c', 'a', 'b'])
    expect(new Set(clusters.map(({ store }) => nameStore(store))).size).toBe(1)
    expect(clusters[2]!.location).toMatchObject({ file: expect.stringMatching(/d\/sub\/c\.yml$/) })
  })

  test('takes the port behind a name, which a variable of the host beats', () => {
    const [cluster] = load(`clusters:
  home:
    hosts: { server: ['n[1:2]:2222'], agent: { 'a1:22': { ansible_port: 23 }, '[2001:db8::7]:24': } }
`).clusters
    expect({ ...cluster!.hosts!.server }).toEqual({
      n1: { ansible_port: 2222 },
      n2: { ansible_port: 2222 },
    })
    expect({ ...cluster!.hosts!.agent }).toEqual({
      a1: { ansible_port: 23 },
      '2001:db8::7': { ansible_port: 24 },
    })
  })

  test('gives hosts their variables, a later pattern adding to an earlier one', () => {
    const [cluster] = load(`clusters:
  home:
    hosts:
      server:
        s[1:2]: { a: 1, b: 1 }
        s2: { b: 2 }
        s3:
`).clusters
    expect(cluster!.hosts!.server).toEqual(
      Object.assign(Object.create(null), { s1: { a: 1, b: 1 }, s2: { a: 1, b: 2 }, s3: {} }),
    )
  })

  test('has sealed and unsafe text as Ansible has it in JSON', () => {
    const [cluster] = load(
      'clusters: { a: { vars: { v: !vault "x", u: !unsafe "{{ y }}", d: 2024-01-02 } } }',
    ).clusters
    expect(cluster!.vars).toEqual({
      v: { __ansible_vault: 'x' },
      u: { __ansible_unsafe: '{{ y }}' },
      d: '2024-01-02',
    })
  })
})

describe('names that every object has', () => {
  const text = `defaults:
  vars: { __proto__: { a: 1 }, constructor: 1 }
clusters:
  constructor:
    vars: { __proto__: { b: 2 }, toString: 3 }
    hosts:
      server: [__proto__, constructor]
      agent: { toString: { __proto__: 4, hasOwnProperty: 5 } }
`

  test('are clusters, hosts and variables like any other', () => {
    const [cluster] = load(text).clusters
    expect(cluster!.name).toBe('constructor')
    expect(JSON.stringify(cluster!.vars)).toBe(
      '{"__proto__":{"a":1,"b":2},"constructor":1,"toString":3}',
    )
    expect(JSON.stringify(cluster!.hosts)).toBe(
      '{"server":{"__proto__":{},"constructor":{}},"agent":{"toString":{"__proto__":4,"hasOwnProperty":5}}}',
    )
  })

  test('change no other object', () => {
    load(text)
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
    expect(({} as Record<string, unknown>)['b']).toBeUndefined()
  })
})
