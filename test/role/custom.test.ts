import { describe, expect, test } from '@jest/globals'
import { customProfile } from '../../src/role/custom.js'
import { ENCODINGS } from '../../src/role/profile.js'

describe('a role of the user', () => {
  test('has the groups of k3s-io where it names none', () => {
    expect(customProfile({ groups: { server: 'masters' } }).groups).toEqual({
      cluster: 'k3s_cluster',
      server: 'masters',
      agent: 'agent',
    })
  })

  test('reads a key of a dictionary where a name has a dot; the key can have more of them', () => {
    const { shared } = customProfile({
      variables: { cluster: { my_token: 'server', 'my_config.k3s.io/token': 'server' } },
    })
    expect(shared).toEqual([
      { side: 'cluster', name: 'my_token', kind: 'server' },
      { side: 'cluster', name: 'my_config', key: 'k3s.io/token', kind: 'server' },
    ])
  })

  test('has agents join with the server token, and no agent token for servers, where it is shared', () => {
    const { shared, separate, sharedOnly } = customProfile({
      variables: { server: { t: 'server', a: 'agent' }, agent: { t: 'agent' } },
    })
    expect(shared).toEqual([
      { side: 'server', name: 't', kind: 'server' },
      { side: 'agent', name: 't', kind: 'server' },
    ])
    expect(separate).toHaveLength(3)
    expect(sharedOnly).toBeUndefined()
  })

  test.each([
    ['the whole cluster has the server token', { cluster: { t: 'server' } }],
    ['agents have the server token', { server: { t: 'server' }, agent: { t: 'server' } }],
    ['servers do not know it', { server: { t: 'server' }, agent: { t: 'agent' } }],
    ['agents do not get it', { server: { t: 'server', a: 'agent' } }],
  ] as const)('cannot have an agent token where %s', (_, variables) => {
    expect(customProfile({ variables }).sharedOnly).toMatch(/^custom\.variables /)
  })

  test('is judged by what it says of its files, and else warned of everything', () => {
    const file = { side: 'agent', file: '/etc/x', encoding: 'shell' } as const
    expect(customProfile({ files: [file] }).destinations).toEqual([file])
    const { destinations } = customProfile({})
    expect(destinations.map(({ encoding }) => encoding)).toEqual([...ENCODINGS])
    expect(destinations.every(({ severity }) => severity === 'warn')).toBe(true)
  })
})
