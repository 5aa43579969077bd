// Races on a real etcd of three members.
import { test } from '@jest/globals'
import { Etcd, findEtcd, NO_ETCD } from '../../support/etcd.js'
import { describeRaces } from '../races.js'

if (findEtcd() === undefined) {
  test.skip(NO_ETCD, () => undefined)
} else {
  describeRaces('etcd', async () => {
    const etcd = await Etcd.start({ members: 3 })
    const spec = {
      kind: 'etcd',
      base: '/',
      timeout: 60_000,
      endpoints: etcd.endpoints,
      prefix: '/races/',
    } as const
    return { spec, variables: {}, close: () => etcd.stop() }
  })
}
