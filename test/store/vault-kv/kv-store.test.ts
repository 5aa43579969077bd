// The contract on a real OpenBao, in a folder of its own for each test, as the role that the docs have made.
import { afterAll, beforeAll, test } from '@jest/globals'
import { openShared } from '../../../src/store/open.js'
import type { KvSpec } from '../../../src/store-spec.js'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../../support/openbao.js'
import { makeRole } from '../../support/openbao-role.js'
import type { Credentials } from '../../support/openbao-role.js'
import { describeStore } from '../contract.js'

if (findOpenBao() === undefined) {
  test.skip(NO_OPENBAO, () => undefined)
} else {
  let bao: OpenBao
  let credentials: Credentials
  let places = 0
  beforeAll(async () => {
    bao = await OpenBao.start()
    credentials = makeRole(bao)
  })
  afterAll(() => bao.stop())
  describeStore('KV version 2 of OpenBao', () => {
    const spec: KvSpec = {
      kind: 'openbao',
      base: '/',
      timeout: 5000,
      address: bao.address,
      mount: 'secret',
      path: `k3s/${++places}/{cluster}`,
      auth: 'approle',
    }
    return {
      connect: () =>
        openShared(spec, {
          environment: { variables: credentials, cwd: '/', home: undefined },
          trustedOwners: [],
        }),
      close: () => undefined,
    }
  })
}
