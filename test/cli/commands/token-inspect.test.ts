import { describe, expect, test } from '@jest/globals'
import { formatReport } from '../../../src/cli/commands/token-inspect.js'
import { K3S_IO } from '../../../src/role/k3s-io.js'
import { inspectToken } from '../../../src/token/inspect.js'

function report(text: string): string {
  const purpose = { kind: 'server', role: K3S_IO } as const
  return formatReport(inspectToken(text, purpose), false).join('\n')
}

describe('the report on a token', () => {
  test.each([
    ['a good one', 'zMlAGKewSUnX8TWD6agyUQWzOIHmZEE8ywOWoXwU1om', /nothing is wrong with it/],
    [
      'a bootstrap token',
      'abcdef.0123456789abcdef',
      /kind: +bootstrap token\n[^]*error: .*\(bootstrap-shape\)/,
    ],
    [
      'a broken secure token',
      'K10canary8f3a',
      /kind: +none that K3s can read\n[^]*error: .*\(K3SV_TOKEN_FORMAT\)/,
    ],
    [
      'a token for OpenRC',
      'Abc$defghijklmnop1234567890',
      /warning: .*\[\/etc\/rancher\/k3s\/k3s-agent\.env\]/,
    ],
  ])('on %s tells what is wrong and where, without the token', (_case, token, expected) => {
    expect(report(token)).toMatch(expected)
    expect(report(token)).not.toContain(token)
  })
})
