import { describe, expect, test } from '@jest/globals'
import type { ClusterConfig } from '../../src/config/config.js'
import { programOf, serverEndpoints } from '../../src/cluster/endpoints.js'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import type { KnownRole } from '../../src/role/profile.js'

function cluster(role: KnownRole, vars: ClusterConfig['vars'] = {}): ClusterConfig {
  const hosts = { server: { s1: { ansible_host: '10.0.0.11' }, '::1': {} }, agent: {} }
  return { role: ROLE_PROFILES[role], vars, hosts } as unknown as ClusterConfig
}

describe('where the supervisor answers', () => {
  test.each<[KnownRole, ClusterConfig['vars'], number, string]>([
    ['k3s-io', {}, 6443, 'k3s'],
    ['k3s-io', { api_port: 7443 }, 7443, 'k3s'],
    ['lablabs', {}, 9345, 'rke2'],
    ['rke2-ansible', {}, 9345, 'rke2'],
  ])('of %s with %j is port %i', (role, vars, port, program) => {
    expect(serverEndpoints(cluster(role, vars))).toContain(`https://10.0.0.11:${port}`)
    expect(programOf(cluster(role))).toBe(program)
  })
})
