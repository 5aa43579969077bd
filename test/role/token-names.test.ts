import { describe, expect, test } from '@jest/globals'
import { isTokenValue } from '../../src/cli/vault/token-values.js'
import { kindOfName } from '../../src/role/token-names.js'
import { inspectText } from '../../src/scan/inspect-text.js'

/** Names as people write them: the last key, and the keys above it. */
const NAMES = [
  'k3s_token',
  'rke2_token',
  'vault_k3s_token',
  'vault_rke2_agent_token',
  'k3s_join_token',
  'k3s-join-token',
  'k3s.token',
  'k3sToken',
  'K3S_TOKEN',
  'K3S_AGENT_TOKEN',
  'RKE2_TOKEN',
  'K3S_CLUSTER_SECRET',
  'k3s_secret',
  'k3s_cluster_secret',
  'extra_server.agent-token',
  'cluster_rke2_config.token',
  'host_rke2_config.agent-token',
]

const OTHERS = [
  'github_token',
  'token_ttl',
  'k3s_token_file',
  'k3s_registry',
  'k3s_image_pull_secrets',
  'rke2_version',
  'aws_secret',
  'k3s token',
]

describe('one list of names', () => {
  test.each(NAMES)('%s holds a token to the scan and to encrypting', (dotted) => {
    const path = dotted === 'k3s.token' ? [dotted] : dotted.split('.')
    expect(kindOfName(path.at(-1)!, path.at(-2))).toBe('specific')
    expect(isTokenValue({ key: path.at(-1)!, path })).toBe(true)

    const indented = path.map((key, depth) => `${'  '.repeat(depth)}${key}:`).join('\n')
    const { hits } = inspectText(
      'group_vars/all.yml',
      `${indented} nA7vQ2xZ9mB4kT8rW3yL6pS1dF5gH\n`,
    )
    expect(hits.map(({ rule }) => rule)).toEqual(['plain-token'])
  })

  test.each(OTHERS)('%s holds none to either', (name) => {
    expect(kindOfName(name)).toBe('other')
    expect(isTokenValue({ key: name, path: [name] })).toBe(false)
    const { hits } = inspectText('group_vars/all.yml', `${name}: nA7vQ2xZ9mB4kT8rW3yL6pS1dF5gH\n`)
    expect(hits).toEqual([])
  })

  test('an item of a list goes by the key of the list', () => {
    expect(isTokenValue({ key: 'k3s_token', path: ['k3s_token', 0] })).toBe(true)
  })
})
