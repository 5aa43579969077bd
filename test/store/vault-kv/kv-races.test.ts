// Races on a real OpenBao, of processes that log in as the role of the docs.
import { test } from '@jest/globals'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../../support/openbao.js'
import { makeRole } from '../../support/openbao-role.js'
import { describeRaces } from '../races.js'

if (findOpenBao() === undefined) {
  test.skip(NO_OPENBAO, () => undefined)
} else {
  describeRaces('KV version 2 of OpenBao', async () => {
    const bao = await OpenBao.start()
    const spec = {
      kind: 'openbao',
      base: '/',
      timeout: 60_000,
      address: bao.address,
      mount: 'secret',
      path: 'k3s/races/{cluster}',
      auth: 'approle',
    } as const
    return { spec, variables: makeRole(bao), close: () => bao.stop() }
  })
}
