import { resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { missingLines, namesPlugin } from '../../../src/cli/init/cfg-lines.js'
import type { CfgNeeds } from '../../../src/cli/init/cfg-lines.js'
import { parseIni } from '../../../src/vault/ini.js'

const PLUGIN: CfgNeeds = { plugin: { name: 'k3s_vars', folder: 'plugins/vars' }, others: [] }
const SOURCE: CfgNeeds = { source: 'plugins/k3s_vars', others: [] }
const FAILS = '[inventory]\nany_unparsed_is_failed = true\n'

function lines(cfg: string, needs: CfgNeeds): string[] {
  const words = {
    isOurSource: (word: string) => word.endsWith('k3s_vars'),
    isSamePath: (one: string, other: string) => resolve('/p', one) === resolve('/p', other),
  }
  return missingLines(parseIni(cfg, 'ansible.cfg'), needs, words).map(
    ({ section, key, value, instead }) =>
      `[${section}] ${key} = ${value}${instead === undefined ? '' : ` (instead of ${instead})`}`,
  )
}

describe('the lines that an ansible.cfg lacks', () => {
  test.each<[string, string, CfgNeeds, string[]]>([
    [
      'an empty one, for the plugin',
      '',
      PLUGIN,
      [
        '[defaults] vars_plugins = plugins/vars',
        '[defaults] vars_plugins_enabled = host_group_vars, k3s_vars',
        '[inventory] any_unparsed_is_failed = true',
      ],
    ],
    [
      'one that has everything, in other words',
      `[defaults]\nvars_plugins = ./plugins/vars/\nvars_plugins_enabled=host_group_vars,k3s_vars\n${FAILS.replace('true', 'Yes')}`,
      PLUGIN,
      [],
    ],
    [
      'other plugins stay, and ours is the last, which wins',
      `[defaults]\nvars_plugins = mine\nvars_plugins_enabled = k3s_vars, host_group_vars, community.sops.sops\n${FAILS}`,
      PLUGIN,
      [
        '[defaults] vars_plugins = mine:plugins/vars (instead of mine)',
        '[defaults] vars_plugins_enabled = host_group_vars, community.sops.sops, k3s_vars (instead of k3s_vars, host_group_vars, community.sops.sops)',
      ],
    ],
    [
      'a collection needs no folder',
      FAILS,
      { plugin: { name: 'k3s_vars.token.k3s_vars' }, others: [] },
      ['[defaults] vars_plugins_enabled = host_group_vars, k3s_vars.token.k3s_vars'],
    ],
    [
      'any_unparsed_is_failed that is off',
      FAILS.replace('true', 'no'),
      { others: [] },
      ['[inventory] any_unparsed_is_failed = true (instead of no)'],
    ],
    [
      'a setting in [DEFAULT] alone is none',
      '[DEFAULT]\nany_unparsed_is_failed = true\n',
      { others: [] },
      ['[inventory] any_unparsed_is_failed = true'],
    ],
    ['our source', FAILS, SOURCE, ['[defaults] inventory = plugins/k3s_vars']],
    [
      'our source behind another one',
      `[defaults]\ninventory = hosts.ini\n${FAILS}`,
      SOURCE,
      ['[defaults] inventory = hosts.ini, plugins/k3s_vars (instead of hosts.ini)'],
    ],
    [
      'our source, which stands first and would lose, by the name that it has there',
      `[defaults]\ninventory = ../k3s_vars, hosts.ini\n${FAILS}`,
      SOURCE,
      ['[defaults] inventory = hosts.ini, ../k3s_vars (instead of ../k3s_vars, hosts.ini)'],
    ],
    [
      'our source where it belongs',
      `[defaults]\ninventory = hosts.ini,../k3s_vars\n${FAILS}`,
      SOURCE,
      [],
    ],
    [
      'sources that were named',
      FAILS,
      { others: ['hosts.ini'] },
      ['[defaults] inventory = hosts.ini'],
    ],
    [
      'sources that were named beside those that are configured',
      `[defaults]\ninventory = other\n${FAILS}`,
      { others: ['hosts.ini'] },
      [],
    ],
    [
      'a password file',
      FAILS,
      { others: [], passwordFile: '.vault_password' },
      ['[defaults] vault_password_file = .vault_password'],
    ],
  ])('%s', (_title, cfg, needs, expected) => {
    expect(lines(cfg, needs)).toEqual(expected)
  })

  test('a plugin is known by either name', () => {
    const named = (value: string): boolean =>
      namesPlugin(parseIni(`[defaults]\nvars_plugins_enabled = ${value}\n`, 'ansible.cfg'))
    expect(named('host_group_vars, k3s_vars')).toBe(true)
    expect(named('k3s_vars.token.k3s_vars')).toBe(true)
    expect(named('host_group_vars, my_k3s_vars')).toBe(false)
  })
})
