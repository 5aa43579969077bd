// Who may do what in a real etcd, and whom we trust: users, passwords, certificates, with the very commands of docs/stores-etcd.md.
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import tls, { createServer } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { openShared } from '../../../src/store/open.js'
import type { EtcdSpec } from '../../../src/store-spec.js'
import { TestCa } from '../../support/certificates.js'
import { shellBlocks } from '../../support/doc-commands.js'
import { Etcd, findEtcd, NO_ETCD } from '../../support/etcd.js'
import { listen, stopListening } from '../../support/ports.js'
import { Proxy } from '../../support/proxy.js'
import { first } from '../samples.js'

type Variables = Readonly<Record<string, string>>

function storeAt(
  endpoints: readonly string[],
  variables: Variables = {},
  more: Partial<EtcdSpec> = {},
) {
  const spec: EtcdSpec = {
    kind: 'etcd',
    base: '/',
    timeout: 3000,
    endpoints,
    prefix: '/k3s_vars/',
    ...more,
  }
  return openShared(spec, {
    environment: { variables, cwd: '/', home: undefined },
    trustedOwners: [],
  })
}

/** The commands of the docs, in order, as an administrator runs them who gives passwords without being asked. */
function makeRole(etcd: Etcd, user: string, how: readonly string[], right = 'readwrite'): void {
  const [role] = shellBlocks('stores-etcd.md')
  for (const line of role!.trim().split('\n')) {
    const [, ...args] = line.split(' ')
    const isUser = args[0] === 'user' && args[1] === 'add'
    const named = args.map((arg) => (arg === 'k3s_vars' ? user : arg === 'readwrite' ? right : arg))
    etcd.ctl(...(isUser ? ['user', 'add', ...how] : named))
  }
}

if (findEtcd() === undefined) {
  test.skip(NO_ETCD, () => undefined)
} else {
  describe('users with passwords', () => {
    let etcd: Etcd
    const root = ['--user', 'root:root-pa55']
    beforeAll(async () => {
      etcd = await Etcd.start()
      makeRole(etcd, 'k3s_vars', ['k3s_vars:pa55:word'])
      makeRole(etcd, 'reader', ['reader:pa55'], 'read')
      etcd.ctl('user', 'add', 'stranger:pa55')
      etcd.ctl('user', 'add', 'root:root-pa55')
      etcd.ctl('user', 'grant-role', 'root', 'root')
      etcd.ctl('auth', 'enable')
    })
    afterAll(() => etcd.stop())

    const good = { ETCDCTL_USER: 'k3s_vars:pa55:word' }

    test('the role of the docs reads and writes, and a reader reads', async () => {
      const store = storeAt(etcd.endpoints, good)
      expect(await store.get('prod')).toBeNull()
      expect(await store.createIfAbsent(first('prod'))).toMatchObject({ won: true })
      const reader = storeAt(etcd.endpoints, { ETCDCTL_USER: 'reader', ETCDCTL_PASSWORD: 'pa55' })
      expect((await reader.get('prod'))?.document.cluster).toBe('prod')
      for (const write of [
        () => reader.createIfAbsent(first('test')),
        async () => reader.replace((await reader.get('prod'))!.version, first('prod', 2)),
      ])
        await expect(write()).rejects.toMatchObject({
          code: 'K3SV_STORE_DENIED',
          message: 'etcd gives us no right to write below /k3s_vars/',
          hint: 'grant it: etcdctl role grant-permission ROLE --prefix=true readwrite /k3s_vars/',
        })
      expect(await reader.get('test')).toBeNull()
    })

    test('rights on another prefix, on a part of ours, and on one key alone, are each told in time, and nothing is taken for absent', async () => {
      const store = storeAt(etcd.endpoints, good)
      await store.createIfAbsent(first('edge-1'))
      const users = {
        elsewhere: ['--prefix=true', 'readwrite', '/others/'],
        part: ['--prefix=true', 'readwrite', '/k3s_vars/edge-'],
        one: ['readwrite', '/k3s_vars/edge-1'],
      }
      for (const [name, right] of Object.entries(users)) {
        etcd.ctl(...root, 'role', 'add', name)
        etcd.ctl(...root, 'role', 'grant-permission', name, ...right)
        etcd.ctl(...root, 'user', 'add', `${name}:pa55`)
        etcd.ctl(...root, 'user', 'grant-role', name, name)
        const user = storeAt(etcd.endpoints, { ETCDCTL_USER: `${name}:pa55` })
        const since = performance.now()
        for (const cluster of ['edge-1', 'edge-2', 'prod']) {
          // Without its mark nobody can tell whether a text was never there.
          await expect(user.get(cluster)).rejects.toMatchObject({
            code: 'K3SV_STORE_DENIED',
            message: 'etcd gives us no right to read below /k3s_vars/',
          })
          await expect(user.createIfAbsent(first(cluster, 9))).rejects.toMatchObject({
            code: 'K3SV_STORE_DENIED',
            message: 'etcd gives us no right to write below /k3s_vars/',
          })
        }
        expect(performance.now() - since).toBeLessThan(3000)
      }
      expect((await store.get('edge-1'))?.document).toEqual(first('edge-1'))
      expect(await store.get('edge-2')).toBeNull()
    })

    test('who may read single keys of a fleet gets those, and clear errors for the others', async () => {
      const store = storeAt(etcd.endpoints, good)
      await store.createIfAbsent(first('mine'))
      etcd.ctl(...root, 'role', 'add', 'single')
      for (const key of ['/k3s_vars/mine', '/k3s_vars/.known/mine'])
        etcd.ctl(...root, 'role', 'grant-permission', 'single', 'read', key)
      etcd.ctl(...root, 'user', 'add', 'single:pa55')
      etcd.ctl(...root, 'user', 'grant-role', 'single', 'single')
      const fleet = storeAt(etcd.endpoints, { ETCDCTL_USER: 'single:pa55' })
      const others = Array.from({ length: 20 }, (_, index) => `other-${index}`)
      await fleet.prefetch(['mine', ...others])
      expect((await fleet.get('mine'))?.document.cluster).toBe('mine')
      for (const name of others)
        await expect(fleet.get(name)).rejects.toMatchObject({ code: 'K3SV_STORE_DENIED' })
    })

    test.each([
      ['nobody', {}, 'etcd asks who we are, and no user or certificate is set'],
      ['a wrong password', { ETCDCTL_USER: 'k3s_vars:wrong' }, 'etcd does not let us in'],
      ['an unknown user', { ETCDCTL_USER: 'unknown:pa55' }, 'etcd does not let us in'],
      [
        'a user without the role',
        { ETCDCTL_USER: 'stranger:pa55' },
        'etcd gives us no right to read below /k3s_vars/',
      ],
    ] as const)('%s is denied, whatever is there', async (_, variables: Variables, message) => {
      for (const cluster of ['prod', 'never']) {
        const refusal = storeAt(etcd.endpoints, variables).get(cluster)
        await expect(refusal).rejects.toMatchObject({ code: 'K3SV_STORE_DENIED', message })
      }
      const fleet = storeAt(etcd.endpoints, variables)
      await fleet.prefetch(Array.from({ length: 20 }, (_, index) => `c${index}`))
      await expect(fleet.get('c1')).rejects.toMatchObject({ code: 'K3SV_STORE_DENIED' })
    })

    test('of many questions at once one logs in', async () => {
      const count = async (): Promise<number> => {
        const metrics = await (await fetch(`${etcd.endpoints[0]!}/metrics`)).text()
        const handled =
          /^grpc_server_handled_total\{grpc_code="OK",grpc_method="Authenticate".*\} (\d+)$/m
        return Number(handled.exec(metrics)?.[1])
      }
      const before = await count()
      const store = storeAt(etcd.endpoints, good)
      const names = Array.from({ length: 8 }, (_, index) => `never-${index}`)
      await store.prefetch(names)
      for (const name of names) expect(await store.get(name)).toBeNull()
      expect((await count()) - before).toBe(1)
    })

    test('a login that etcd forgot is done again', async () => {
      const store = storeAt(etcd.endpoints, good)
      await store.createIfAbsent(first('again'))
      // Any change of users makes the tokens of former logins void.
      etcd.ctl(...root, 'user', 'add', `new-${process.pid}:pa55`)
      expect((await store.get('again'))?.document.cluster).toBe('again')
    })

    test('what is missing is named before anything is asked', async () => {
      for (const [variables, more, text] of [
        [{ ETCDCTL_USER: 'k3s_vars' }, {}, 'there is no password for the etcd user k3s_vars'],
        [good, { user: 'other' }, 'there is no password for the etcd user other'],
        [{}, { endpoints: [] }, 'nobody says where etcd is'],
        [
          { ETCDCTL_ENDPOINTS: 'http://10.0.0.1:2379' },
          { endpoints: [] },
          'etcd at 10.0.0.1:2379 would be asked without TLS',
        ],
        [
          { ETCDCTL_ENDPOINTS: '10.0.0.1:2379' },
          { endpoints: [] },
          'etcd at 10.0.0.1:2379 would be asked without TLS',
        ],
        [
          { ETCDCTL_ENDPOINTS: 'https://u:p@e:1' },
          { endpoints: [] },
          'an address in ETCDCTL_ENDPOINTS holds a user or password',
        ],
        [
          { ETCDCTL_ENDPOINTS: 'ftp://e:1' },
          { endpoints: [] },
          'an address in ETCDCTL_ENDPOINTS is not HOST:PORT behind https://',
        ],
        [{ ETCDCTL_CERT: '/c' }, {}, 'there is a client certificate for etcd, but no key'],
        [
          { ETCDCTL_CACERT: '/nowhere' },
          {},
          'a file for TLS, which ETCDCTL_CACERT names, cannot be read (ENOENT)',
        ],
        [
          { ETCDCTL_CACERT: '/etc/hostname' },
          {},
          'a file for TLS, which ETCDCTL_CACERT names, holds no certificate as PEM',
        ],
      ] as const) {
        const refusal = storeAt(etcd.endpoints, variables, more).get('prod')
        await expect(refusal).rejects.toMatchObject({ code: 'K3SV_STORE_SETTINGS', message: text })
      }
    })
  })

  describe('TLS', () => {
    let ca: TestCa
    let other: TestCa
    let etcd: Etcd
    beforeAll(async () => {
      ;[ca, other] = [new TestCa(), new TestCa()]
      const server = ca.sign('etcd', 'IP:127.0.0.1,DNS:localhost')
      etcd = await Etcd.start({ tls: { ...server, ca: ca.cert, clientCa: ca.cert } })
    })
    afterAll(async () => {
      await etcd.stop()
      ca.remove()
      other.remove()
    })
    afterEach(stopListening)

    const showing = (certificate: { cert: string; key: string }): Variables => ({
      ETCDCTL_CACERT: ca.cert,
      ETCDCTL_CERT: certificate.cert,
      ETCDCTL_KEY: certificate.key,
    })

    test('a client certificate is let in by its name, and denied without the role', async () => {
      const [own, stranger, root] = ['k3s_vars', 'stranger', 'root'].map((name) => ca.sign(name))
      expect(await storeAt(etcd.endpoints, showing(own!)).get('prod')).toBeNull()
      makeRole(etcd, 'k3s_vars', ['k3s_vars', '--no-password'])
      // The server's own certificate is what etcdctl shows here.
      for (const name of ['root', 'etcd']) {
        etcd.ctl('user', 'add', name, '--no-password')
        etcd.ctl('user', 'grant-role', name, 'root')
      }
      etcd.ctl('auth', 'enable')
      const store = storeAt(etcd.endpoints, showing(own!))
      expect(await store.createIfAbsent(first('prod'))).toMatchObject({ won: true })
      expect((await storeAt(etcd.endpoints, showing(root!)).get('prod'))?.document.cluster).toBe(
        'prod',
      )
      for (const cluster of ['prod', 'never']) {
        await expect(
          storeAt(etcd.endpoints, showing(stranger!)).get(cluster),
        ).rejects.toMatchObject({
          code: 'K3SV_STORE_DENIED',
        })
      }
    })

    test.each<[string, () => { endpoint?: string; variables: Variables }, RegExp]>([
      [
        'a CA that is not trusted',
        () => ({ variables: { ...showing(ca.sign('k3s_vars')), ETCDCTL_CACERT: other.cert } }),
        /has a certificate of a CA that is not trusted/,
      ],
      [
        'a name that the certificate does not have',
        () => ({
          endpoint: `https://[::ffff:127.0.0.1]:${etcd.ports[0]!}`,
          variables: showing(ca.sign('k3s_vars')),
        }),
        /has a certificate for another name/,
      ],
      [
        'no certificate of ours',
        () => ({ variables: { ETCDCTL_CACERT: ca.cert } }),
        /refuses our certificate|cut the connection/,
      ],
      [
        'a certificate of ours by another CA',
        () => ({ variables: showing(other.sign('k3s_vars')) }),
        /refuses our certificate|cut the connection/,
      ],
    ])('%s is refused', async (_, make, text) => {
      const { endpoint, variables } = make()
      const endpoints = endpoint === undefined ? etcd.endpoints : [endpoint]
      const refusal = storeAt(endpoints, variables).get('never')
      await expect(refusal).rejects.toMatchObject({ message: expect.stringMatching(text) })
      const error = (await refusal.catch((one: unknown) => one)) as { code: string }
      expect(['K3SV_STORE_TLS', 'K3SV_STORE_UNAVAILABLE']).toContain(error.code)
    })

    test('an expired certificate is refused, and no question goes there', async () => {
      const expired = await Etcd.start({
        tls: { ...ca.sign('etcd', 'IP:127.0.0.1', { expired: true }), ca: ca.cert },
        unchecked: true,
      })
      await expect(
        storeAt(expired.endpoints, { ETCDCTL_CACERT: ca.cert }).get('never'),
      ).rejects.toMatchObject({
        code: 'K3SV_STORE_TLS',
        message: expect.stringContaining('has an expired certificate'),
      })
      await expired.stop()
    })

    test.each([
      ['of TLS 1.1', { maxVersion: 'TLSv1.1' }, {}, /does not speak TLS as asked/],
      [
        'of TLS 1.1, whatever Node is told',
        { maxVersion: 'TLSv1.1' },
        { DEFAULT_MIN_VERSION: 'TLSv1' },
        /does not speak TLS as asked/,
      ],
      ['of a CA that is not trusted, whatever Node is told', {}, {}, /CA that is not trusted/],
    ] as const)('a server %s gets nothing', async (_, options, defaults, text) => {
      const isOld = 'maxVersion' in options
      const { cert, key } = (isOld ? ca : other).sign('etcd', 'IP:127.0.0.1')
      let asked = 0
      const server = createServer({
        cert: readFileSync(cert),
        key: readFileSync(key),
        ALPNProtocols: ['h2'],
        ...(isOld && { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }),
        ...options,
      }).on('secureConnection', (socket) => {
        socket.on('error', () => undefined).on('data', () => asked++)
      })
      server.on('tlsClientError', () => undefined)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      const former = {
        min: tls.DEFAULT_MIN_VERSION,
        env: process.env['NODE_TLS_REJECT_UNAUTHORIZED'],
      }
      try {
        tls.DEFAULT_MIN_VERSION = 'DEFAULT_MIN_VERSION' in defaults ? 'TLSv1' : former.min
        process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
        const variables = { ETCDCTL_CACERT: ca.cert, ETCDCTL_USER: 'k3s_vars:pa55-canary' }
        const refusal = storeAt([`https://127.0.0.1:${port}`], variables, { timeout: 1000 })
        await expect(refusal.get('never')).rejects.toMatchObject({
          code: 'K3SV_STORE_TLS',
          message: expect.stringMatching(text),
        })
        expect(asked).toBe(0)
      } finally {
        tls.DEFAULT_MIN_VERSION = former.min
        if (former.env === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
        else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = former.env
        server.close()
      }
    })

    test('a server without TLS gets no password', async () => {
      const plain = await Etcd.start()
      const proxy = await Proxy.start(plain.ports[0]!)
      const variables = { ETCDCTL_CACERT: ca.cert, ETCDCTL_USER: 'k3s_vars:pa55-canary' }
      const refusal = storeAt([`https://localhost:${proxy.port}`], variables).get('never')
      await expect(refusal).rejects.toMatchObject({ code: 'K3SV_STORE_TLS' })
      // A greeting of TLS is some hundred bytes; the question after it was never sent.
      expect(proxy.sent).toBeLessThan(4000)
      await proxy.stop()
      await plain.stop()
    })

    test('what is no etcd is told, and is no absent key', async () => {
      for (const kind of [404, 'page', 'plain HTTP', 'hangs up'] as const) {
        const port = await listen(kind)
        const scheme = typeof kind === 'number' || kind === 'page' ? 'https' : 'http'
        const refusal = storeAt([`${scheme}://127.0.0.1:${port}`], {}, { timeout: 1000 }).get(
          'never',
        )
        await expect(refusal).rejects.toMatchObject({
          code: expect.stringMatching(/TLS|UNAVAILABLE/),
        })
      }
    })
  })
}
