import { describe, expect, test } from '@jest/globals'
import { fitRole, recognizeRoles } from '../../src/role/recognize.js'
import type { InventoryView } from '../../src/role/recognize.js'

type Groups = Readonly<Record<string, readonly string[]>>
type HostVars = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Groups with all their hosts, and what single hosts have; `*` stands for every host. */
function view(groups: Groups, variables: HostVars = {}): InventoryView {
  return {
    groups: Object.keys(groups),
    hosts: [...new Set(Object.values(groups).flat())],
    hostsOf: (group) => new Set(groups[group] ?? []),
    valueOf: (host, name) => variables[host]?.[name] ?? variables['*']?.[name],
  }
}

const K3S_IO = { k3s_cluster: ['s', 'a'], server: ['s'], agent: ['a'] }
const TECHNO_TIM = { k3s_cluster: ['s', 'a'], master: ['s'], node: ['a'] }
const ONE = { k3s_cluster: ['s', 'a'] }
const MARKED = { s: { k3s_control_node: true } }

describe('recognizeRoles', () => {
  test.each<[string, Groups, HostVars, string[]]>([
    ['k3s-io by its groups', K3S_IO, {}, ['k3s-io']],
    ['timothystewart6 by its groups', TECHNO_TIM, {}, ['timothystewart6']],
    [
      'rke2-ansible by its groups',
      { rke2_cluster: ['s', 'a'], rke2_servers: ['s'], rke2_agents: ['a'] },
      {},
      ['rke2-ansible'],
    ],
    [
      'lablabs by its groups',
      { k8s_cluster: ['s', 'a'], masters: ['s'], workers: ['a'] },
      {},
      ['lablabs'],
    ],
    [
      'ednz by the groups of its scenarios',
      { k3s: ['s', 'a'], k3s_controller: ['s'], k3s_worker: ['a'] },
      {},
      ['ednz'],
    ],
    ['pyratlabs by the group of the cluster, where no other role has more', ONE, {}, ['pyratlabs']],
    ['pyratlabs by its variables, though k3s-io has groups', K3S_IO, MARKED, ['pyratlabs']],
    [
      'two roles, of both of which there are variables',
      K3S_IO,
      { s: { k3s_control_node: true, api_endpoint: 'x' } },
      ['k3s-io', 'pyratlabs'],
    ],
    ['a single server', { k3s_cluster: ['s'], server: ['s'] }, {}, ['k3s-io']],
    ['two roles that fit equally', { ...K3S_IO, ...TECHNO_TIM }, {}, ['k3s-io', 'timothystewart6']],
    [
      'variables decide between equal groups',
      { ...K3S_IO, ...TECHNO_TIM },
      { '*': { k3s_token: 'x' } },
      ['timothystewart6'],
    ],
    ['a role by variables alone', { web: ['w'] }, { '*': { rke2_token: 'x' } }, ['lablabs']],
    ['no role: a group that is called server, alone', { server: ['s'] }, {}, []],
    ['no role: the common name token', { web: ['w'] }, { '*': { token: 'x' } }, []],
    ['no role: groups of Kubespray', { kube_control_plane: ['s'], kube_node: ['a'] }, {}, []],
    ['no role: empty groups', { k3s_cluster: [], server: [], agent: [] }, {}, []],
    ['no role: nothing', {}, {}, []],
  ])('%s', (_title, groups, variables, expected) => {
    expect(recognizeRoles(view(groups, variables)).map(({ role }) => role)).toEqual(expected)
  })

  test('tells what speaks for a role', () => {
    const [fit] = recognizeRoles(view(K3S_IO, { s: { api_endpoint: 'x', token: 'x' } }))
    expect(fit).toEqual({
      role: 'k3s-io',
      groups: { cluster: 'k3s_cluster', server: 'server', agent: 'agent' },
      groupsFit: 'all',
      variables: ['api_endpoint'],
    })
  })
})

describe('the names of the groups', () => {
  test('are those that the role is told', () => {
    const groups = { cluster_x: ['s', 'a'], control: ['s'], compute: ['a'] }
    const names = {
      rke2_cluster_group_name: 'cluster_x',
      rke2_servers_group_name: 'control',
      rke2_agents_group_name: 'compute',
    }
    const [fit] = recognizeRoles(view(groups, { '*': names }))
    expect(fit).toMatchObject({
      role: 'lablabs',
      groupsFit: 'all',
      groups: { cluster: 'cluster_x', server: 'control', agent: 'compute' },
    })
  })

  test('are not taken from a template, or from a name that no group has', () => {
    const named = (server_group: string): object =>
      fitRole('k3s-io', view(K3S_IO, { '*': { server_group } })).groups
    expect(named('{{ x }}')).toMatchObject({ server: 'server' })
    expect(named('nobody')).toMatchObject({ server: 'server' })
  })

  test.each<[string, Groups, HostVars, object]>([
    [
      'those with the marked hosts, and the smallest around them',
      { site: ['s', 'a', 'db'], nodes: ['s', 'a'], control: ['s'], rest: ['a'] },
      MARKED,
      { cluster: 'nodes', server: 'control', agent: 'rest' },
    ],
    [
      'one group whose hosts are all servers is the cluster and no side',
      { nodes: ['s'] },
      MARKED,
      { cluster: 'nodes', server: 'k3s_server', agent: 'k3s_agent' },
    ],
    [
      'the name that the profile knows wins',
      { ...ONE, control: ['s'] },
      MARKED,
      { cluster: 'k3s_cluster', server: 'control', agent: 'k3s_agent' },
    ],
    [
      'a mark as INI inventories have it',
      { nodes: ['s', 'a'], control: ['s'] },
      { s: { k3s_control_node: 'yes' } },
      { cluster: 'nodes', server: 'control', agent: 'k3s_agent' },
    ],
  ])('of a role that asks for none: %s', (_title, groups, variables, expected) => {
    expect(fitRole('pyratlabs', view(groups, variables)).groups).toEqual(expected)
  })
})
