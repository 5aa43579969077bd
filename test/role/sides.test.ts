import { expect, test } from '@jest/globals'
import { sidesOf } from '../../src/role/sides.js'
import type { JoiningSides } from '../../src/role/sides.js'
import type { RoleId } from '../../src/role/profile.js'

const NAMES = { cluster: 'all_nodes', server: 'servers', agent: 'agents' }

type Groups = Readonly<Record<string, readonly string[]>>
type Values = Readonly<Record<string, Readonly<Record<string, unknown>>>>

function sides(role: RoleId, groups: Groups, values: Values = {}): JoiningSides {
  return sidesOf(role, NAMES, {
    hostsOf: (group) => new Set(groups[group] ?? []),
    valueOf: (host, name) => values[host]?.[name],
  })
}

const MEMBERS = { all_nodes: ['a', 'b', 'c'] }
const ONE_MARKED = { b: { k3s_control_node: 'yes' } }

test.each<[string, RoleId, Groups, Values, readonly string[], readonly string[]]>([
  ['groups', 'k3s-io', { servers: ['a'], agents: ['b'] }, {}, ['a'], ['b']],
  ['a role with names of its own has no other way', 'k3s-io', MEMBERS, {}, [], []],
  ['the mark of a role without', 'pyratlabs', MEMBERS, ONE_MARKED, ['b'], ['a', 'c']],
  ['nobody is marked: each may be a server', 'pyratlabs', MEMBERS, {}, ['a', 'b', 'c'], []],
  ['another mark', 'ednz', MEMBERS, { a: { k3s_mode: 'server' } }, ['a'], ['b', 'c']],
  [
    'groups that are there are heeded alone',
    'pyratlabs',
    { ...MEMBERS, servers: ['a'] },
    ONE_MARKED,
    ['a'],
    [],
  ],
  ['a role of the user has no mark', 'custom', MEMBERS, {}, [], []],
])('%s', (_title, role, groups, values, server, agent) => {
  expect(sides(role, groups, values)).toEqual({ server, agent })
})
