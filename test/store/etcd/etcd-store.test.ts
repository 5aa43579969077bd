// The contract on a real etcd, of three members.
import { afterAll, beforeAll, test } from '@jest/globals'
import { openShared } from '../../../src/store/open.js'
import type { EtcdSpec } from '../../../src/store-spec.js'
import { Etcd, findEtcd, NO_ETCD } from '../../support/etcd.js'
import { describeStore } from '../contract.js'

if (findEtcd() === undefined) {
  test.skip(NO_ETCD, () => undefined)
} else {
  let etcd: Etcd
  let places = 0
  beforeAll(async () => {
    etcd = await Etcd.start({ members: 3 })
  })
  afterAll(() => etcd.stop())
  describeStore('etcd', () => {
    const spec: EtcdSpec = {
      kind: 'etcd',
      base: '/',
      timeout: 60_000,
      endpoints: etcd.endpoints,
      prefix: `/k3s_vars-${++places}/`,
    }
    return {
      isSealedOnly: true,
      connect: () =>
        openShared(spec, {
          environment: { variables: {}, cwd: '/', home: undefined },
          trustedOwners: [],
        }),
      close: () => undefined,
    }
  })
}
