// What an etcd does when it is not well, or is not the one that is meant: real members, killed, stopped, cut off.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { openShared } from '../../../src/store/open.js'
import { ensureDocument } from '../../../src/store/update.js'
import type { EtcdSpec } from '../../../src/store-spec.js'
import { Etcd, findEtcd, NO_ETCD } from '../../support/etcd.js'
import { closedPort, listen, stopListening } from '../../support/ports.js'
import { Proxy } from '../../support/proxy.js'
import { first, tokens } from '../samples.js'

const environment = { variables: {}, cwd: '/', home: undefined }
let places = 0

function specOf(endpoints: readonly string[], more: Partial<EtcdSpec> = {}): EtcdSpec {
  const prefix = `/faults-${++places}/`
  return { kind: 'etcd', base: '/', timeout: 3000, endpoints, prefix, ...more }
}

const open = (spec: EtcdSpec) => openShared(spec, { environment, trustedOwners: [] })

/** How long it took, in milliseconds, besides what came of it. */
async function timed<T>(work: () => Promise<T>): Promise<{ took: number; outcome: T | Error }> {
  const since = performance.now()
  const outcome = await work().catch((error: unknown) => error as Error)
  return { took: performance.now() - since, outcome }
}

/** Slack for a busy machine. */
const SLACK = 2500

if (findEtcd() === undefined) {
  test.skip(NO_ETCD, () => undefined)
} else {
  describe('three members of etcd', () => {
    let etcd: Etcd
    beforeAll(async () => {
      etcd = await Etcd.start({ members: 3 })
    })
    afterAll(() => etcd.stop())
    afterEach(async () => {
      jest.restoreAllMocks()
      await stopListening()
    })

    test('a deleted key is no absent one, compacted or not, for one and for a fleet', async () => {
      const spec = specOf(etcd.endpoints)
      await open(spec).createIfAbsent(first('prod'))
      etcd.ctl('del', `${spec.prefix}prod`)
      await expect(open(spec).get('prod')).rejects.toMatchObject({ code: 'K3SV_STORE_VANISHED' })
      const { revision } = (
        JSON.parse(etcd.ctl('get', 'x', '-w', 'json')) as { header: { revision: number } }
      ).header
      etcd.ctl('compact', '--physical', String(revision))
      await expect(open(spec).get('prod')).rejects.toMatchObject({ code: 'K3SV_STORE_VANISHED' })
      const fleet = open(spec)
      const names = ['prod', ...Array.from({ length: 20 }, (_, index) => `never-${index}`)]
      await fleet.prefetch(names)
      await expect(fleet.get('prod')).rejects.toMatchObject({ code: 'K3SV_STORE_VANISHED' })
      expect(await fleet.get('never-3')).toBeNull()
      // Nor is it made anew.
      await expect(open(spec).createIfAbsent(first('prod', 2))).rejects.toMatchObject({
        code: 'K3SV_STORE_VANISHED',
      })
    })

    test('deleting the keys of a cluster by their beginning leaves the mark', async () => {
      const spec = specOf(etcd.endpoints)
      await open(spec).createIfAbsent(first('prod'))
      etcd.ctl('del', '--prefix', `${spec.prefix}prod`)
      await expect(open(spec).get('prod')).rejects.toMatchObject({ code: 'K3SV_STORE_VANISHED' })
    })

    test('a lease is warned of while it lasts, and what expired with it is no absent key', async () => {
      const spec = specOf(etcd.endpoints)
      await open(spec).createIfAbsent(first('prod'))
      const key = `${spec.prefix}prod`
      const value = etcd.ctl('get', '--print-value-only', key)
      const [, lease] = /lease ([0-9a-f]+)/.exec(etcd.ctl('lease', 'grant', '2'))!
      etcd.ctl('put', '--lease', lease!, key, '--', value.slice(0, -1))
      const warned = await open(spec).findWarnings('prod')
      expect(warned).toMatchObject([{ rule: 'store-expires' }])
      etcd.ctl('lease', 'revoke', lease!)
      await expect(open(spec).get('prod')).rejects.toMatchObject({ code: 'K3SV_STORE_VANISHED' })
    })

    test('what is no document of ours under the key is an error', async () => {
      const spec = specOf(etcd.endpoints)
      etcd.ctl('put', `${spec.prefix}prod`, 'hello')
      await expect(open(spec).get('prod')).rejects.toMatchObject({ code: 'K3SV_STORE_CORRUPT' })
      await expect(open(spec).createIfAbsent(first('prod'))).rejects.toMatchObject({
        code: 'K3SV_STORE_CORRUPT',
      })
      expect(etcd.ctl('get', '--print-value-only', `${spec.prefix}prod`)).toBe('hello\n')
    })

    test('a fleet is read in pages that show one moment', async () => {
      const spec = specOf(etcd.endpoints, { timeout: 60_000 })
      const names = Array.from({ length: 1200 }, (_, index) => `c${index}`)
      const store = open(spec)
      await Promise.all(names.map((name) => store.createIfAbsent(first(name))))
      const fleet = open(spec)
      await fleet.prefetch([...names, 'never'])
      const found = await Promise.all(names.map((name) => fleet.get(name)))
      expect(found.map((one) => one?.document.cluster)).toEqual(names)
      expect(await fleet.get('never')).toBeNull()
    })

    test('members that refuse or keep silent are passed over, in time', async () => {
      const silent = await listen('silence')
      const closed = await closedPort()
      const endpoints = [closed, silent].map((port) => `http://127.0.0.1:${port}`)
      const spec = specOf([...endpoints, ...etcd.endpoints])
      const { took, outcome } = await timed(() => open(spec).get('prod'))
      expect(outcome).toBeNull()
      expect(took).toBeLessThan(3000 + SLACK)
    })

    test('a name with several addresses is asked at each of them', async () => {
      const [port] = etcd.ports
      expect(await open(specOf([`http://localhost:${port}`])).get('prod')).toBeNull()
    })

    test('a silent store is an error in bounded time, whatever the clock does', async () => {
      const port = await listen('silence')
      const now = Date.now.bind(Date)
      for (const jump of [3_600_000, -3_600_000]) {
        let calls = 0
        jest.spyOn(Date, 'now').mockImplementation(() => now() + (++calls > 3 ? jump : 0))
        const spec = specOf([`http://127.0.0.1:${port}`], { timeout: 1000 })
        const { took, outcome } = await timed(() => open(spec).get('prod'))
        expect(outcome).toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
        expect(took).toBeGreaterThan(500)
        expect(took).toBeLessThan(1000 + SLACK)
        // And a store that answers is not hurt.
        expect(await open(specOf(etcd.endpoints)).get('prod')).toBeNull()
      }
    })

    test('a write whose answer was lost is found to be ours', async () => {
      const proxy = await Proxy.start(etcd.ports[0]!)
      const spec = specOf([`http://127.0.0.1:${proxy.port}`])
      let minted = 0
      const ensured = await ensureDocument(open(spec), 'prod', () => {
        proxy.loseTheNextAnswer()
        return Promise.resolve(first('prod', ++minted, tokens('ours')))
      })
      expect(proxy.hasLostAnAnswer).toBe(true)
      expect(minted).toBe(1)
      expect(ensured.document.current.server).toEqual(
        first('prod', 1, tokens('ours')).current.server,
      )
      const { document } = (await open({ ...spec, endpoints: etcd.endpoints }).get('prod'))!
      expect(document.writeId).toBe(ensured.document.writeId)
      await proxy.stop()
    })

    // These leave the cluster without a quorum, or another leader: they come last.
    test('one token comes of a race in which the leader is killed', async () => {
      const spec = specOf(etcd.endpoints, { timeout: 10_000 })
      const leader = etcd.leader()
      const writes = Array.from({ length: 60 }, async (_, index) => {
        const cluster = `c${index % 6}`
        return ensureDocument(open(spec), cluster, () =>
          Promise.resolve(first(cluster, index + 1, tokens(`t${index}`))),
        )
      })
      etcd.signal(leader, 'SIGKILL')
      const ensured = await Promise.all(writes)
      const handedOut = new Set(
        ensured.map(({ document: { cluster, writeId } }) => `${cluster} ${writeId}`),
      )
      expect(handedOut.size).toBe(6)
      expect(ensured.filter(({ minted }) => minted)).toHaveLength(6)
      etcd.restart(leader)
      await etcd.settle()
    })

    test('without a quorum nothing is known, neither what is there nor that something is not', async () => {
      const spec = specOf(etcd.endpoints, { timeout: 2000 })
      await open(spec).createIfAbsent(first('prod'))
      etcd.signal(0, 'SIGSTOP')
      etcd.signal(1, 'SIGSTOP')
      for (const endpoints of [etcd.endpoints, [etcd.endpoints[2]!]]) {
        for (const cluster of ['prod', 'never']) {
          const { took, outcome } = await timed(() => open({ ...spec, endpoints }).get(cluster))
          expect(outcome).toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
          expect(took).toBeLessThan(2000 + SLACK)
        }
      }
      const { outcome } = await timed(() => open(spec).createIfAbsent(first('never')))
      expect(outcome).toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
      etcd.signal(0, 'SIGCONT')
      etcd.signal(1, 'SIGCONT')
      await etcd.settle()
      expect(await open(spec).get('prod')).not.toBeNull()
    })
  })
}
