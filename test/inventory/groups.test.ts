import { describe, expect, test } from '@jest/globals'
import type { ClusterConfig } from '../../src/config/config.js'
import { nameGroups } from '../../src/inventory/groups.js'
import { K3S_IO } from '../../src/role/k3s-io.js'
import { LABLABS } from '../../src/role/lablabs.js'

function named(name: string, changes: Partial<ClusterConfig> = {}): ClusterConfig {
  return { name, role: K3S_IO, groups: {}, location: { key: name }, ...changes } as ClusterConfig
}

describe('the groups of', () => {
  test('one cluster are those of its role, but for what the user names', () => {
    expect(nameGroups([named('prod', { groups: { agent: 'workers' } })])).toEqual([
      { cluster: 'k3s_cluster', server: 'server', agent: 'workers' },
    ])
  })

  test('several clusters are named after them, whatever their roles', () => {
    expect(nameGroups([named('north-1'), named('south', { role: LABLABS })])).toEqual([
      { cluster: 'north_1', server: 'north_1_server', agent: 'north_1_agent' },
      { cluster: 'south', server: 'south_server', agent: 'south_agent' },
    ])
  })
})

describe('a group that would have the variables of two', () => {
  test.each<[string, ClusterConfig[], RegExp]>([
    [
      'clusters of like names',
      [named('a-b'), named('a_b')],
      /hosts of a-b and the hosts of a_b .* a_b/,
    ],
    [
      'a cluster named as a side of another',
      [named('a'), named('a_server')],
      /servers of a and the hosts of a_server/,
    ],
    [
      'a cluster named as a group of its role',
      [named('server'), named('b')],
      /hosts of server and the servers of server .* group server/,
    ],
    [
      'a cluster named as a group of the role of another',
      [named('masters'), named('b', { role: LABLABS })],
      /hosts of masters and the servers of b/,
    ],
    [
      'a side that is given the name of the role',
      [named('a', { groups: { server: 'server' } }), named('b')],
      /servers of a and the servers of b/,
    ],
    [
      'two sides of one name',
      [named('a', { groups: { server: 'x', agent: 'x' } })],
      /servers of a and the agents of a/,
    ],
    [
      'a side that is given the name of another side',
      [named('a', { groups: { agent: 'k3s_cluster' } })],
      /hosts of a and the agents of a/,
    ],
  ])('is refused for %s', (_, clusters, message) => {
    expect(() => nameGroups(clusters)).toThrow(
      expect.objectContaining({
        code: 'K3SV_CONFIG_COMBINATION',
        message: expect.stringMatching(message),
        location: { key: expect.any(String) },
      }),
    )
  })
})
