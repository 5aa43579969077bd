import { describe, expect, test } from '@jest/globals'
import { describeConfirmation } from '../../src/cli/confirmation.js'
import type { ServerReport } from '../../src/lifecycle/confirm.js'

const url = (n: number): string => `https://10.0.0.${n}:6443`
const yes = (n: number): ServerReport => ({ url: url(n), ca: 'pinned', server: 'accepted' })

describe('what the servers said', () => {
  test('is told with the trouble first', () => {
    const servers: ServerReport[] = [
      yes(1),
      { url: url(2), ca: 'no-answer' },
      { url: url(3), ca: 'pinned', server: 'accepted', agent: 'unclear' },
    ]
    expect(describeConfirmation({ servers })).toEqual([
      `${url(2)} could not be asked: it does not answer in time`,
      `${url(3)} has the CA of the token, but: agent token: it gives an answer that no K3s gives`,
      `${url(1)} has the CA of the token and accepts the server token`,
    ])
  })

  test('names both kinds that were tried', () => {
    const servers: ServerReport[] = [{ ...yes(1), agent: 'accepted' }]
    expect(describeConfirmation({ servers })).toEqual([
      `${url(1)} has the CA of the token and accepts the server and agent token`,
    ])
  })

  test('is counted where there are many', () => {
    const servers = Array.from({ length: 20 }, (_, n) => yes(n))
    const lines = describeConfirmation({ servers })
    expect([lines.length, lines.at(-1)]).toEqual([9, 'and 12 more servers'])
  })

  test('says so where nobody could be asked', () => {
    const servers: ServerReport[] = [{ url: url(1), ca: 'not-listening' }]
    expect(describeConfirmation({ servers }).at(-1)).toMatch(/^not confirmed: no server/)
  })

  test.each(['offline', 'probe-off', 'no-servers', 'no-pin'] as const)(
    'says why none was asked: %s',
    (notAsked) => {
      const lines = describeConfirmation({ notAsked, servers: [] })
      expect(lines).toEqual([expect.stringMatching(/^not compared with the cluster: ./)])
    },
  )
})
