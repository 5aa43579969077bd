// Fleets on a real OpenBao: how many requests are under way at once, seen by a proxy before it, and what its own limits of the rate do.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openShared } from '../../../src/store/open.js'
import type { KvSpec } from '../../../src/store-spec.js'
import { CountingProxy } from '../../support/counting-proxy.js'
import type { CountingOptions } from '../../support/counting-proxy.js'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../../support/openbao.js'
import { first } from '../samples.js'

let bao: OpenBao
let proxies: CountingProxy[] = []

async function proxyWith(more: Partial<CountingOptions>): Promise<CountingProxy> {
  const shown = bao.ca.sign('proxy', 'IP:127.0.0.1')
  const proxy = await CountingProxy.start({ shown, ca: bao.ca.cert, port: bao.port, ...more })
  proxies.push(proxy)
  return proxy
}

function open(address: string, timeout = 5000) {
  const spec: KvSpec = {
    kind: 'openbao',
    base: '/nowhere',
    timeout,
    address,
    mount: 'secret',
    path: 'k3s/{cluster}',
    auth: 'token',
  }
  const variables = { BAO_TOKEN: bao.token, BAO_CACERT: bao.ca.cert }
  return openShared(spec, {
    environment: { variables, cwd: '/nowhere', home: undefined },
    trustedOwners: [],
  })
}

/** What is known of so many clusters, of which every hundredth has a document. */
async function readFleet(address: string, count: number, timeout?: number) {
  const store = open(address, timeout)
  const names = Array.from({ length: count }, (_, index) => `c${index}`)
  await store.prefetch(names)
  const all = names.map((name) => store.get(name).then((found) => found?.document.cluster ?? null))
  // To its end, whatever becomes of one.
  await Promise.allSettled(all)
  return Promise.all(all)
}

const expected = (count: number): (string | null)[] =>
  Array.from({ length: count }, (_, index) => (index % 100 === 0 ? `c${index}` : null))

if (findOpenBao() === undefined) {
  test.skip(NO_OPENBAO, () => undefined)
} else {
  beforeAll(async () => {
    bao = await OpenBao.start()
    const store = open(bao.address, 60_000)
    for (let index = 0; index < 600; index += 100) await store.createIfAbsent(first(`c${index}`))
  })
  afterAll(async () => {
    for (const proxy of proxies) await proxy.stop()
    proxies = []
    await bao.stop()
  })

  test('600 clusters: 64 requests under way and no more, over as many connections, each cluster asked for once', async () => {
    const proxy = await proxyWith({ delay: 20 })
    expect(await readFleet(proxy.address, 600, 60_000)).toEqual(expected(600))
    expect(proxy.most).toBeGreaterThan(32)
    expect(proxy.most).toBeLessThanOrEqual(64)
    expect(proxy.connections).toBeLessThanOrEqual(64)
    // And once what kind of mount it is, which says what an absent key means.
    expect(proxy.requests).toBe(601)
  })

  test('a server that wants to be left alone for a second is, by the whole fleet, and no more than 64 are under way', async () => {
    // A batch in the middle is refused.
    const refuse = (number: number) =>
      number >= 100 && number < 130 ? { 'Retry-After': '1' } : undefined
    const proxy = await proxyWith({ delay: 20, refuse })
    expect(await readFleet(proxy.address, 300, 60_000)).toEqual(expected(300))
    expect(proxy.refused).toBe(30)
    expect(proxy.requests).toBe(331)
    expect(proxy.most).toBeLessThanOrEqual(64)
    // From the first refusal was heard of until the second had passed nobody asked; those under way were on their way.
    const gaps = proxy.times.slice(1).map((time, index) => time - proxy.times[index]!)
    expect(Math.max(...gaps)).toBeGreaterThan(500)
  })

  test('a date behind Retry-After is understood, too', async () => {
    const refuse = (number: number) =>
      number === 0 ? { 'Retry-After': new Date(Date.now() + 2000).toUTCString() } : undefined
    const proxy = await proxyWith({ refuse })
    expect(await readFleet(proxy.address, 1)).toEqual(['c0'])
    expect(proxy.times[1]! - proxy.times[0]!).toBeGreaterThan(900)
  })

  test('the quota of a real server lets a fleet through bit by bit, though that takes longer than one question may', async () => {
    const quota = 'sys/quotas/rate-limit/fleet'
    await bao.ask('POST', quota, { path: 'secret/', rate: 25, interval: '1s' })
    try {
      const begun = performance.now()
      expect(await readFleet(bao.address, 200, 5000)).toEqual(expected(200))
      expect(performance.now() - begun).toBeGreaterThan(5500)
    } finally {
      await bao.ask('DELETE', quota)
    }
  })

  test('a server that refuses everything is an error in time, and nothing is known', async () => {
    const proxy = await proxyWith({ refuse: () => ({ 'Retry-After': '1' }) })
    const begun = performance.now()
    await expect(readFleet(proxy.address, 200, 4000)).rejects.toMatchObject({
      code: 'K3SV_STORE_UNAVAILABLE',
      message: expect.stringMatching(
        /^OpenBao cannot answer: (?:too many requests|no answer in 4 s)$/,
      ),
    })
    // Of retries of every cluster, one behind the other, it would be minutes.
    expect(performance.now() - begun).toBeLessThan(30_000)
    expect(proxy.most).toBeLessThanOrEqual(64)
  })
}
