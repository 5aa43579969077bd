import { describe, expect, test } from '@jest/globals'
import type { ClusterConfig } from '../../src/config/config.js'
import { programOf, serverEndpoints } from '../../src/cluster/endpoints.js'
import type { ServerHost } from '../../src/cluster/endpoints.js'
import { customProfile } from '../../src/role/custom.js'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import type { KnownRole } from '../../src/role/profile.js'
import { cluster as clusterWith } from '../inventory/cluster.js'

function cluster(role: KnownRole, vars: ClusterConfig['vars'] = {}): ClusterConfig {
  const hosts = { server: { s1: { ansible_host: '10.0.0.11' } }, agent: { a1: {} } }
  return clusterWith({ role: ROLE_PROFILES[role], vars, hosts })
}

describe('where the supervisor answers', () => {
  test.each<[KnownRole, ClusterConfig['vars'], number, string]>([
    ['k3s-io', {}, 6443, 'k3s'],
    ['k3s-io', { api_port: 7443 }, 7443, 'k3s'],
    ['k3s-io', { api_port: '7443' }, 7443, 'k3s'],
    ['timothystewart6', {}, 6443, 'k3s'],
    ['pyratlabs', {}, 6443, 'k3s'],
    ['ednz', {}, 6443, 'k3s'],
    ['lablabs', {}, 9345, 'rke2'],
    ['rke2-ansible', {}, 9345, 'rke2'],
  ])('of %s with %j is port %i', (role, vars, port, program) => {
    expect(serverEndpoints(cluster(role, vars)).urls).toEqual([`https://10.0.0.11:${port}`])
    expect(programOf(cluster(role))).toBe(program)
  })
})

type Variables = ServerHost['variables']

describe('the address of a server', () => {
  test.each<[string, string, Variables, readonly string[]]>([
    ['its name', 'n1.example.com', {}, ['https://n1.example.com:6443']],
    ['ansible_host', 'n1', { ansible_host: '10.0.0.9' }, ['https://10.0.0.9:6443']],
    [
      'ansible_host as text that is not evaluated',
      'n1',
      { ansible_host: { __ansible_unsafe: '10.0.0.9' } },
      ['https://10.0.0.9:6443'],
    ],
    ['a name of IPv6', '::1', {}, ['https://[::1]:6443']],
    ['IPv6', 'n1', { ansible_host: 'fd00::9' }, ['https://[fd00::9]:6443']],
    ['this machine', 'n1', { ansible_connection: 'local' }, ['https://127.0.0.1:6443']],
    ['not the port of SSH', 'n1', { ansible_port: 2222 }, ['https://n1:6443']],
    ['with a port of its own', 'n1', { api_port: 7443 }, ['https://n1:7443']],
    ['a name that begins with a dash: none', '-n1', {}, []],
    ['a template: none', 'n1', { ansible_host: '{{ ip }}' }, []],
    ['a port from a template: none', 'n1', { api_port: '{{ port }}' }, []],
    ['a name with a port: none', 'n1:2222', {}, []],
    ['an IPv6 address with a zone: none', 'fe80::1%eth0', {}, []],
    ['with a path: none', 'n1/x', {}, []],
  ])('is %s', (_, name, variables, urls) => {
    const own = clusterWith({ hosts: { server: { [name]: variables }, agent: {} } })
    const expected = { urls, unaddressed: urls.length === 0 ? [name] : [] }
    expect(serverEndpoints(own)).toEqual(expected)
    expect(serverEndpoints(clusterWith(), [{ name, variables }])).toEqual(expected)
  })

  test('of a role that does not tell what it installs has both ports', () => {
    const hosts = { server: { s1: {} }, agent: {} }
    expect(serverEndpoints(clusterWith({ role: customProfile({}), hosts })).urls).toEqual([
      'https://s1:6443',
      'https://s1:9345',
    ])
  })

  test('and api_endpoint are asked once each; a template there is one of the servers', () => {
    const at = (endpoint: string) => serverEndpoints(cluster('k3s-io', { api_endpoint: endpoint }))
    expect(at('192.0.2.10').urls).toEqual(['https://192.0.2.10:6443', 'https://10.0.0.11:6443'])
    expect(at('10.0.0.11').urls).toEqual(['https://10.0.0.11:6443'])
    expect(at("{{ groups['server'][0] }}")).toEqual({
      urls: ['https://10.0.0.11:6443'],
      unaddressed: [],
    })
  })
})

test.each([
  ['lb', 'https://lb:9345'],
  ['lb:443', 'https://lb:443'],
  ['https://lb', 'https://lb:9345'],
  ['https://lb.example.com:443/', 'https://lb.example.com:443'],
  ['fd00::9', 'https://[fd00::9]:9345'],
  ['[fd00::9]:443', 'https://[fd00::9]:443'],
  ['https://[fd00::9]', 'https://[fd00::9]:9345'],
])('endpoint %s is asked at %s', (endpoint, url) => {
  const role = ROLE_PROFILES.lablabs
  expect(serverEndpoints(clusterWith({ role, endpoints: [endpoint] })).urls).toEqual([url])
})
