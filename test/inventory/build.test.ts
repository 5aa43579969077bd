import { describe, expect, test } from '@jest/globals'
import { buildHost, buildInventory } from '../../src/inventory/build.js'
import type { EmittedTokens } from '../../src/inventory/variables.js'
import { RKE2_ANSIBLE } from '../../src/role/rke2-ansible.js'
import { Secret } from '../../src/secret.js'
import { cluster } from './cluster.js'

const SERVER = { __ansible_unsafe: 'server-secret' }
const AGENT = { __ansible_unsafe: 'agent-secret' }

const shared: EmittedTokens = { server: { form: 'plain', secret: new Secret('server-secret') } }
const separate: EmittedTokens = {
  ...shared,
  agent: { form: 'plain', secret: new Secret('agent-secret') },
}

const HOSTS = { server: { s1: { rack: 1 }, s2: {} }, agent: { a1: {} } }

/** As Ansible gets it. */
function list(...supplies: Parameters<typeof buildInventory>[0]): Record<string, unknown> {
  return JSON.parse(JSON.stringify(buildInventory(supplies))) as Record<string, unknown>
}

describe('one cluster', () => {
  test('without hosts hands out group variables alone, with an empty _meta', () => {
    expect(list({ cluster: cluster(), tokens: shared })).toEqual({
      k3s_cluster: { vars: { k3s_server_config_mode: '0600', token: SERVER } },
      _meta: { hostvars: {} },
    })
  })

  test('with hosts is a whole inventory in the groups of the role', () => {
    const answer = list({ cluster: cluster({ hosts: HOSTS, vars: { a: 1 } }), tokens: shared })
    expect(answer).toEqual({
      k3s_cluster: {
        vars: { k3s_server_config_mode: '0600', a: 1, token: SERVER },
        children: ['server', 'agent'],
      },
      server: { hosts: ['s1', 's2'] },
      agent: { hosts: ['a1'] },
      _meta: { hostvars: { s1: { rack: 1 } } },
    })
  })

  test('with an agent token never shows the server token to agents', () => {
    const answer = list({ cluster: cluster({ hosts: HOSTS, agentToken: true }), tokens: separate })
    expect(answer['agent']).toEqual({ hosts: ['a1'], vars: { token: AGENT } })
    expect(answer['k3s_cluster']).not.toHaveProperty('vars.token')
    expect(answer['server']).toMatchObject({ vars: { token: SERVER, k3s_agent_token: AGENT } })
  })

  test('hands the data-dir of rke2-ansible out beside a separate agent token, which would hide it', () => {
    const vars = { cluster_rke2_config: { 'data-dir': '/data' }, group_rke2_config: { cni: 'x' } }
    const own = { cluster_rke2_config: { 'data-dir': '/mine' } }
    const hosts = { server: { s1: own, s2: {} }, agent: { a1: {} } }
    const settings = { role: RKE2_ANSIBLE, hosts, vars }
    const answer = list({ cluster: cluster({ ...settings, agentToken: true }), tokens: separate })
    expect(answer).toMatchObject({
      rke2_servers: {
        vars: { host_rke2_config: { 'data-dir': '/data', token: SERVER, 'agent-token': AGENT } },
      },
      rke2_agents: { vars: { host_rke2_config: { 'data-dir': '/data', token: AGENT } } },
      _meta: { hostvars: { s1: { host_rke2_config: { 'data-dir': '/mine', token: SERVER } } } },
    })
    const without = list({ cluster: cluster(settings), tokens: shared })
    expect(JSON.stringify(without)).not.toContain('host_rke2_config')
  })

  test("keeps the user's own server_config_yaml in front of the agent token", () => {
    const own = 'disable: traefik\n'
    const answer = list({
      cluster: cluster({ agentToken: true, vars: { server_config_yaml: own } }),
      tokens: separate,
    })
    expect(answer['server']).toHaveProperty(
      'vars.server_config_yaml',
      "disable: traefik\nagent-token: {{ (k3s_agent_token ~ '') | to_json }}\n",
    )
  })

  test('at host level puts the token on each host and not on the group', () => {
    const answer = list({ cluster: cluster({ hosts: HOSTS, level: 'host' }), tokens: shared })
    expect(answer['k3s_cluster']).not.toHaveProperty('vars.token')
    expect(answer['_meta']).toEqual({
      hostvars: { s1: { rack: 1, token: SERVER }, s2: { token: SERVER }, a1: { token: SERVER } },
    })
  })

  test('lets the user choose the mode of config.yaml', () => {
    const answer = list({
      cluster: cluster({ vars: { k3s_server_config_mode: '0640' } }),
      tokens: shared,
    })
    expect(answer['k3s_cluster']).toHaveProperty('vars.k3s_server_config_mode', '0640')
  })

  test('hands out vault text in the form that Ansible opens itself', () => {
    const answer = list({
      cluster: cluster({ emit: 'vaulted' }),
      tokens: { server: { form: 'vaulted', text: '$ANSIBLE_VAULT;…' } },
    })
    expect(answer['k3s_cluster']).toHaveProperty('vars.token', {
      __ansible_vault: '$ANSIBLE_VAULT;…',
    })
  })
})

describe('several clusters', () => {
  const north = cluster({ name: 'north-1', hosts: { server: { n1: {} }, agent: {} } })
  const south = cluster({ name: 'south', hosts: { server: { s1: {} }, agent: { s2: {} } } })
  const token = (text: string): EmittedTokens => ({
    server: { form: 'plain', secret: new Secret(text) },
  })

  test('get groups of their own below those of the role', () => {
    const answer = list(
      { cluster: north, tokens: token('north') },
      { cluster: south, tokens: token('south') },
    )
    expect(answer).toMatchObject({
      k3s_cluster: { children: ['server', 'agent', 'north_1', 'south'] },
      server: { children: ['north_1_server', 'south_server'] },
      north_1: {
        children: ['north_1_server', 'north_1_agent'],
        vars: { token: { __ansible_unsafe: 'north' } },
      },
      south: { vars: { token: { __ansible_unsafe: 'south' } } },
      south_agent: { hosts: ['s2'] },
      north_1_agent: { hosts: [] },
    })
    expect(answer['k3s_cluster']).not.toHaveProperty('vars')
  })

  test('that would share a group are refused', () => {
    const twin = cluster({ name: 'north_1' })
    expect(() =>
      buildInventory([
        { cluster: north, tokens: shared },
        { cluster: twin, tokens: shared },
      ]),
    ).toThrow(expect.objectContaining({ code: 'K3SV_CONFIG_COMBINATION' }))
  })
})

describe('--host', () => {
  const never = (): Promise<never> => Promise.reject(new Error('no token is needed'))

  test.each([
    ['a host of ours', 's1', { rack: 1 }],
    ['a host without variables', 'a1', {}],
    ['a foreign host', 'elsewhere', {}],
    ['a name that every object has', 'toString', {}],
    ['the prototype', '__proto__', {}],
  ])('answers an object for %s and opens no token', async (_, host, expected) => {
    const answer = await buildHost([cluster({ hosts: HOSTS })], host, never)
    expect(JSON.parse(JSON.stringify(answer))).toEqual(expected)
  })

  test('answers the token at host level', async () => {
    const clusters = [cluster({ hosts: HOSTS, level: 'host' })]
    const answer = await buildHost(clusters, 's1', () => Promise.resolve(shared))
    expect({ ...answer }).toEqual({ rack: 1, token: SERVER })
  })
})

test('a host or a variable called __proto__ is a name like others', () => {
  const hosts = JSON.parse('{"server":{"__proto__":{"x":1}},"agent":{}}') as typeof HOSTS
  const text = JSON.stringify(buildInventory([{ cluster: cluster({ hosts }), tokens: shared }]))
  expect(text).toContain('"hosts":["__proto__"]')
  expect(text).toContain('"hostvars":{"__proto__":{"x":1}}')
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})
