// What each host of each role ends with, over the whole document that Ansible gets.
import { describe, expect, test } from '@jest/globals'
import type { ClusterConfig, Variables } from '../../src/config/config.js'
import { buildHost, buildInventory } from '../../src/inventory/build.js'
import type { EmittedTokens } from '../../src/inventory/variables.js'
import { customProfile } from '../../src/role/custom.js'
import type { RoleProfile } from '../../src/role/profile.js'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import { RKE2_ANSIBLE } from '../../src/role/rke2-ansible.js'
import { variablesAt } from '../../src/role/token-variables.js'
import { Secret } from '../../src/secret.js'
import { cluster as defaultCluster } from './cluster.js'

const SERVER = 'the-server-secret'
const AGENT = 'the-agent-secret'
const TOKENS: EmittedTokens = {
  server: { form: 'plain', secret: new Secret(SERVER) },
  agent: { form: 'plain', secret: new Secret(AGENT) },
}

const CUSTOM = customProfile({
  groups: { cluster: 'all_of_them', server: 'bosses', agent: 'hands' },
  variables: {
    server: { 'config.token': 'server', 'config.agent-token': 'agent' },
    agent: { 'config.token': 'agent', plain_token: 'agent' },
  },
})
const ROLES = [...Object.values(ROLE_PROFILES), CUSTOM]
const SEPARATE = ROLES.filter(({ sharedOnly }) => sharedOnly === undefined)

function cluster(role: RoleProfile, changes: Partial<ClusterConfig> = {}): ClusterConfig {
  return defaultCluster({ role, hosts: { server: { s1: {} }, agent: { a1: {} } }, ...changes })
}

interface Group {
  readonly hosts?: readonly string[]
  readonly children?: readonly string[]
  readonly vars?: Variables
}

/** The variables of a host as Ansible merges them: groups from the top down, then the host's own. */
function hostOf(config: ClusterConfig, host: string): Variables {
  const { agent, ...server } = TOKENS
  const tokens = config.agentToken ? { ...server, agent: agent! } : server
  const text = JSON.stringify(buildInventory([{ cluster: config, tokens }]))
  const { _meta, ...groups } = JSON.parse(text) as Record<string, Group> & {
    _meta: { hostvars: Record<string, Variables> }
  }
  const reach = (name: string): readonly string[] => {
    const { hosts = [], children = [] } = groups[name]!
    return [...hosts, ...children.flatMap(reach)]
  }
  const depth = (name: string): number =>
    Math.max(
      0,
      ...Object.keys(groups)
        .filter((up) => groups[up]!.children?.includes(name))
        .map((up) => depth(up) + 1),
    )
  const mine = Object.keys(groups).filter((name) => reach(name).includes(host))
  const ordered = mine.sort((a, b) => depth(a) - depth(b)).map((name) => groups[name]!.vars)
  return Object.assign({}, ...ordered, _meta.hostvars[host]) as Variables
}

function secretAt(
  variables: Variables,
  { name, key, referencedVariable }: { name: string; key?: string; referencedVariable?: string },
): unknown {
  const value = variables[referencedVariable ?? name]
  const place =
    key === undefined || referencedVariable !== undefined ? value : (value as Variables)?.[key]
  return (place as Variables | undefined)?.['__ansible_unsafe']
}

describe.each(ROLES)('role $id', (role) => {
  test.each(['group', 'host'] as const)(
    'with level %s everybody gets the server token',
    (level) => {
      for (const [side, host] of [
        ['server', 's1'],
        ['agent', 'a1'],
      ] as const) {
        const variables = hostOf(cluster(role, { level }), host)
        const places = variablesAt(role.shared, side)
        expect(places.length).toBeGreaterThan(0)
        for (const place of places) expect(secretAt(variables, place)).toBe(SERVER)
        expect(JSON.stringify(variables)).not.toContain(AGENT)
      }
    },
  )

  test('puts its hosts into the groups that its playbooks name', () => {
    const names = { server: { s1: {} }, agent: { a1: {} } }
    const other = cluster(role, { name: 'other', hosts: { server: { s2: {} }, agent: { a2: {} } } })
    const alone = JSON.parse(
      JSON.stringify(
        buildInventory([{ cluster: cluster(role, { hosts: names }), tokens: TOKENS }]),
      ),
    ) as Record<string, Group>
    expect(alone[role.groups.server]!.hosts).toEqual(['s1'])
    expect(alone[role.groups.agent]!.hosts).toEqual(['a1'])
    expect(alone[role.groups.cluster]!.children).toEqual([role.groups.server, role.groups.agent])
    const both = JSON.parse(
      JSON.stringify(
        buildInventory([
          { cluster: cluster(role), tokens: TOKENS },
          { cluster: other, tokens: TOKENS },
        ]),
      ),
    ) as Record<string, Group>
    expect(both[role.groups.server]).toEqual({ children: ['prod_server', 'other_server'] })
    expect(both[role.groups.agent]).toEqual({ children: ['prod_agent', 'other_agent'] })
    expect(both[role.groups.cluster]).toEqual({
      children: [role.groups.server, role.groups.agent, 'prod', 'other'],
    })
  })

  test('leaves a setting of the user alone', () => {
    for (const { name, side } of role.settings) {
      const variables = hostOf(
        cluster(role, { vars: { [name]: 'mine' } }),
        side === 'agent' ? 'a1' : 's1',
      )
      expect(variables[name]).toBe('mine')
    }
  })
})

describe.each(SEPARATE)('role $id with an agent token', (role) => {
  test.each(['group', 'host'] as const)('at level %s', (level) => {
    const config = cluster(role, { level, agentToken: true })
    const [server, agent] = [hostOf(config, 's1'), hostOf(config, 'a1')]
    for (const place of variablesAt(role.separate, 'server')) {
      expect(secretAt(server, place)).toBe(place.kind === 'server' ? SERVER : AGENT)
    }
    for (const place of variablesAt(role.separate, 'agent')) {
      expect(secretAt(agent, place)).toBe(AGENT)
    }
    expect(JSON.stringify(agent)).not.toContain(SERVER)
  })

  test('--host shows an agent nothing of the server token either', async () => {
    const config = cluster(role, { level: 'host', agentToken: true })
    const answer = await buildHost([config], 'a1', () => Promise.resolve(TOKENS))
    expect(JSON.stringify(answer)).toContain(AGENT)
    expect(JSON.stringify(answer)).not.toContain(SERVER)
  })
})

describe('a token inside a dictionary', () => {
  const vars = {
    cluster_rke2_config: { cni: 'cilium', 'tls-san': ['x'] },
    host_rke2_config: { debug: true },
  }

  test("keeps the user's other keys", () => {
    const shared = hostOf(cluster(RKE2_ANSIBLE, { vars }), 'a1')
    expect(shared['cluster_rke2_config']).toEqual({
      cni: 'cilium',
      'tls-san': ['x'],
      token: { __ansible_unsafe: SERVER },
    })
    const separate = hostOf(cluster(RKE2_ANSIBLE, { vars, agentToken: true }), 's1')
    expect(separate).toEqual({
      cluster_rke2_config: vars.cluster_rke2_config,
      host_rke2_config: {
        debug: true,
        token: { __ansible_unsafe: SERVER },
        'agent-token': { __ansible_unsafe: AGENT },
      },
    })
  })

  test('goes into the dictionary of a host that has its own', async () => {
    const hosts = {
      server: { s1: {} },
      agent: { a1: { host_rke2_config: { 'node-label': ['a=b'] } } },
    }
    const config = cluster(RKE2_ANSIBLE, { hosts, vars, agentToken: true })
    const expected = { 'node-label': ['a=b'], token: { __ansible_unsafe: AGENT } }
    expect(hostOf(config, 'a1')['host_rke2_config']).toEqual(expected)
    const answer = await buildHost([config], 'a1', () => Promise.resolve(TOKENS))
    expect(answer['host_rke2_config']).toEqual(expected)
    expect(hostOf(cluster(RKE2_ANSIBLE, { hosts }), 'a1')['host_rke2_config']).toEqual({
      'node-label': ['a=b'],
    })
  })

  test('stands beside another key of the same dictionary that is for all hosts', () => {
    const role = customProfile({
      variables: {
        cluster: { 'config.join': 'agent' },
        server: { 'config.token': 'server', 'config.agent-token': 'agent' },
      },
    })
    expect(role.sharedOnly).toBeUndefined()
    expect(hostOf(cluster(role, { agentToken: true }), 's1')['config']).toEqual({
      join: { __ansible_unsafe: AGENT },
      token: { __ansible_unsafe: SERVER },
      'agent-token': { __ansible_unsafe: AGENT },
    })
  })
})
