import { describe, expect, test } from '@jest/globals'
import { HostVariables, readValue } from '../../src/ansible-play/host-variables.js'
import { parseVersion } from '../../src/ansible-play/programs.js'
import { parseSettings } from '../../src/ansible-play/settings.js'

const VAULT = '$ANSIBLE_VAULT;1.1;AES256\n6162\n'

const LIST = JSON.stringify({
  _meta: {
    hostvars: {
      s1: { token: { __ansible_unsafe: 'one' }, rack: 7 },
      s2: { token: { __ansible_vault: VAULT } },
      a1: { token: 'bare' },
    },
  },
  all: { children: ['ungrouped', 'k3s_cluster'] },
  k3s_cluster: { children: ['server', 'agent'] },
  server: { hosts: ['s1', 's2'] },
  agent: { hosts: ['a1', 'a2'] },
  loop: { children: ['loop', 'server'] },
})

describe('what ansible-inventory --list prints', () => {
  const hosts = new HostVariables(LIST)

  test.each([
    ['server', ['s1', 's2']],
    ['k3s_cluster', ['s1', 's2', 'a1', 'a2']],
    ['loop', ['s1', 's2']],
    ['nothing', []],
  ])('the group %s has the hosts %j', (group, expected) => {
    expect([...hosts.hostsOf(group)]).toEqual(expected)
  })

  test('the groups of a host begin with the nearest', () => {
    expect(hosts.groupsOf('a1')).toEqual(['agent', 'k3s_cluster'])
  })

  test('a host without variables is there, too', () => {
    expect([hosts.has('a2'), hosts.has('s1'), hosts.has('stranger')]).toEqual([true, true, false])
    expect(hosts.valueOf('a2', { name: 'token' })).toEqual({ form: 'absent' })
  })

  test('values come in each of the forms that Ansible writes', () => {
    const text = (host: string): string | undefined => {
      const value = hosts.valueOf(host, { name: 'token' })
      return value.form === 'text' ? value.text.reveal() : undefined
    }
    expect([text('s1'), text('a1')]).toEqual(['one', 'bare'])
    expect(hosts.valueOf('s2', { name: 'token' })).toEqual({ form: 'sealed', text: VAULT })
    expect(hosts.valueOf('s1', { name: 'rack' })).toEqual({ form: 'other' })
    expect(hosts.valueOf('s1', { name: 'toString' })).toEqual({ form: 'absent' })
  })

  test.each([
    ['no JSON', '[WARNING]: secret'],
    ['a list', '[]'],
    ['no hostvars', '{"_meta": {}}'],
  ])('%s is refused without its text', (_case, text) => {
    expect(() => new HostVariables(text)).toThrow(
      expect.objectContaining({ code: 'K3SV_CLUSTER_ANSIBLE' }),
    )
    expect(() => new HostVariables(text)).not.toThrow('secret')
  })
})

test.each([null, 7, [1], {}, { __ansible_unsafe: 7 }])('%j is no text', (value) => {
  expect(readValue(value).form).toBe('other')
})

describe('what the other programs print', () => {
  test.each([
    ['ansible-inventory [core 2.19.14]\n  config file = None\n', { major: 2, minor: 19 }],
    ['ansible-inventory [core 2.21.0.dev0]', { major: 2, minor: 21 }],
    ['ansible-inventory 2.9.27', undefined],
    ['', undefined],
  ])('%j is version %j', (text, version) => {
    expect(parseVersion(text)).toEqual(version)
  })

  test.each([
    [
      [{ name: 'DEFAULT_HOST_LIST', value: ['/a', '/b'] }, { GALAXY_SERVERS: {} }],
      ['/a', '/b'],
    ],
    [[{ name: 'CONFIG_FILE', value: '/ansible.cfg' }], []],
    [[null], []],
    [{}, []],
  ])('%j names the sources %j', (settings, sources) => {
    expect(parseSettings(JSON.stringify(settings)).sources.value).toEqual(sources)
  })
})
