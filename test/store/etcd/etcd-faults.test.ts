// What an etcd does when it is not well, or is not the one that is meant: real members, killed, stopped, cut off.
import { promises } from 'node:dns'
import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { EtcdClient } from '../../../src/store/etcd/client.js'
import { readFleet } from '../../../src/store/etcd/fleet.js'
import type { FleetOptions } from '../../../src/store/etcd/fleet.js'
import { readSettings } from '../../../src/store/etcd/settings.js'
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
      etcd.ctl('compact', '--physical', String(etcd.revision()))
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

    describe('a name with several addresses', () => {
      /** The resolver stands in for a DNS that has these addresses for the name `localhost`, the only one that plain http may have. */
      function resolveTo(...addresses: readonly string[]): void {
        const all = addresses.map((address) => ({ address, family: 4 }))
        jest.spyOn(promises, 'lookup').mockImplementation(() => Promise.resolve(all) as never)
      }

      test.each([
        ['first', ['127.0.0.9', '127.0.0.1']],
        ['last', ['127.0.0.1', '127.0.0.9']],
        ['of three in the middle', ['127.0.0.8', '127.0.0.9', '127.0.0.1']],
      ])('is asked at the one that lives, where another refuses (%s)', async (_, addresses) => {
        resolveTo(...addresses)
        const spec = specOf([`http://localhost:${etcd.ports[0]!}`])
        expect(await open(spec).createIfAbsent(first('prod'))).toMatchObject({ won: true })
        expect(promises.lookup).toHaveBeenCalled()
        const direct = { ...spec, endpoints: etcd.endpoints }
        expect((await open(direct).get('prod'))?.document.cluster).toBe('prod')
      })

      test('is asked at the one that lives, where another takes the connection and says nothing', async () => {
        const port = etcd.ports[0]!
        const silent = createServer()
        await new Promise<void>((resolve) => silent.listen(port, '127.0.0.9', resolve))
        try {
          resolveTo('127.0.0.9', '127.0.0.1')
          const { took, outcome } = await timed(() =>
            open(specOf([`http://localhost:${port}`])).get('prod'),
          )
          expect(outcome).toBeNull()
          expect(took).toBeLessThan(3000 + SLACK)
        } finally {
          silent.close()
        }
      })

      test('none of which lives is an error in bounded time', async () => {
        resolveTo('127.0.0.8', '127.0.0.9')
        const spec = specOf([`http://localhost:${etcd.ports[0]!}`], { timeout: 1000 })
        const { took, outcome } = await timed(() => open(spec).get('prod'))
        expect(outcome).toMatchObject({
          code: 'K3SV_STORE_UNAVAILABLE',
          message: expect.stringContaining('refuses the connection'),
        })
        expect(took).toBeLessThan(1000 + SLACK)
      })
    })

    test('a compaction between two pages: the range is read anew, and all of it shows one moment', async () => {
      const spec = specOf(etcd.endpoints, { timeout: 60_000 })
      const client = new EtcdClient(readSettings(spec, environment), spec)
      const names = Array.from({ length: 1100 }, (_, index) => `c${index}`)
      etcd.putAll(names.map((name) => [`${spec.prefix}${name}`, 'one']))
      let pages = 0
      const compacting = (times: number): FleetOptions => ({
        prefix: spec.prefix,
        readOne: () => Promise.reject(new Error('nobody is asked for alone')),
        ask: async (call, message, passes) => {
          const answer = await client.ask(call, message, passes)
          if (++pages <= times) {
            // Whatever the first page was of is gone.
            etcd.ctl('put', `${spec.prefix}c1`, `two-${pages}`)
            etcd.ctl('compact', String(etcd.revision()))
          }
          return answer
        },
      })
      const texts = readFleet(names, compacting(1))
      const found = await Promise.all(texts.values())
      expect(found).toHaveLength(1100)
      expect(found.map((one) => one?.text).filter((text) => text !== 'one')).toEqual(['two-1'])
      // Page after page, again and again: an error, and nothing that looks as if it were not there.
      pages = 0
      const never = readFleet(names, compacting(Infinity))
      for (const one of await Promise.allSettled(never.values()))
        expect(one).toMatchObject({
          status: 'rejected',
          reason: {
            code: 'K3SV_STORE_UNAVAILABLE',
            message: 'etcd was compacted while it was read',
          },
        })
      expect(pages).toBe(3)
    })

    test('a compaction between the texts and their marks is an error, and no absent key', async () => {
      const spec = specOf(etcd.endpoints)
      const client = new EtcdClient(readSettings(spec, environment), spec)
      await open(spec).createIfAbsent(first('prod'))
      etcd.ctl('del', `${spec.prefix}prod`)
      const names = ['prod', ...Array.from({ length: 20 }, (_, index) => `never-${index}`)]
      const texts = readFleet(names, {
        prefix: spec.prefix,
        readOne: () => Promise.resolve(null),
        ask: async (call, message, passes) => {
          const answer = await client.ask(call, message, passes)
          etcd.ctl('put', `${spec.prefix}other`, 'x')
          etcd.ctl('compact', String(etcd.revision()))
          return answer
        },
      })
      for (const one of await Promise.allSettled(texts.values()))
        expect(one).toMatchObject({ reason: { code: 'K3SV_STORE_UNAVAILABLE' } })
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
