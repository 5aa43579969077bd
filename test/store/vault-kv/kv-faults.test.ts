// OpenBao that is not well, is not the one meant, or had what is not there any more: each told apart, and never a second token.
import { generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import dns from 'node:dns'
import { createServer } from 'node:https'
import { createServer as createTcp } from 'node:net'
import type { AddressInfo } from 'node:net'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { replaceTokens } from '../../../src/document/transitions.js'
import type { ClusterDocument } from '../../../src/document/document.js'
import { openShared } from '../../../src/store/open.js'
import type { TokenStore, WriteOutcome } from '../../../src/store/store.js'
import type { SharedStore } from '../../../src/store/shared-store.js'
import { ensureDocument, updateDocument } from '../../../src/store/update.js'
import type { KvSpec } from '../../../src/store-spec.js'
import { TestCa } from '../../support/certificates.js'
import { CutProxy } from '../../support/cut-proxy.js'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../../support/openbao.js'
import { makeRole } from '../../support/openbao-role.js'
import type { Credentials } from '../../support/openbao-role.js'
import { listen, stopListening } from '../../support/ports.js'
import { first, LATER, plainTokens, tokens, writeId } from '../samples.js'

const CANARY = 'pa55-canary-8f3b'

let bao: OpenBao
let credentials: Credentials
let places = 0

const change =
  (number: number) =>
  (document: ClusterDocument): ClusterDocument =>
    replaceTokens(document, tokens(`t${number}`), { writeId: writeId(number), now: LATER })

/** A place of its own in the server, and the key of `prod` there. */
function newPlace(spec: Partial<KvSpec> = {}): { readonly spec: KvSpec; readonly key: string } {
  const folder = `k3s/${++places}`
  const known: KvSpec = {
    kind: 'openbao',
    base: '/nowhere',
    timeout: 5000,
    address: bao.address,
    mount: 'secret',
    path: `${folder}/{cluster}`,
    auth: 'approle',
    ...spec,
  }
  return { spec: known, key: `${folder}/prod` }
}

function open(
  spec: KvSpec,
  variables: Readonly<Record<string, string>> = credentials,
): SharedStore {
  return openShared(spec, {
    environment: { variables, cwd: '/nowhere', home: '/nowhere' },
    trustedOwners: [],
  })
}

const mint = (store: SharedStore, number = 1) =>
  ensureDocument(store, 'prod', () => Promise.resolve(first('prod', number)))

const refusal = (code: string, message?: RegExp) => ({
  code,
  ...(message && { message: expect.stringMatching(message) }),
})

if (findOpenBao() === undefined) {
  test.skip(NO_OPENBAO, () => undefined)
} else {
  beforeAll(async () => {
    bao = await OpenBao.start()
    credentials = makeRole(bao)
  })
  afterAll(() => bao.stop())
  afterEach(() => {
    jest.restoreAllMocks()
  })

  describe('what was there and is not is no absent key', () => {
    test.each([
      ['soft-deleted', (key: string) => bao.ask('DELETE', `secret/data/${key}`)],
      ['destroyed', (key: string) => bao.ask('PUT', `secret/destroy/${key}`, { versions: [1] })],
      [
        'expired',
        async (key: string) => {
          const { body } = await bao.ask('GET', `secret/data/${key}`)
          await bao.ask('POST', `secret/metadata/${key}`, { delete_version_after: '1s' })
          await bao.ask('POST', `secret/data/${key}`, { data: body['data'].data })
          await new Promise((resolve) => setTimeout(resolve, 1500))
        },
      ],
    ])('%s', async (_, take) => {
      const { spec, key } = newPlace()
      await mint(open(spec))
      await take(key)
      const vanished = refusal('K3SV_STORE_VANISHED', /was deleted, destroyed or has expired/)
      await expect(open(spec).get('prod')).rejects.toMatchObject(vanished)
      await expect(mint(open(spec), 2)).rejects.toMatchObject(vanished)
      await expect(open(spec).createIfAbsent(first('prod', 3))).rejects.toMatchObject({
        code: expect.stringMatching(/VANISHED|EXPIRES/),
      })
      // Nobody wrote anything over it.
      const { body } = await bao.ask('GET', `secret/metadata/${key}`)
      expect(Object.keys(body['data'].versions as object).length).toBeLessThanOrEqual(2)
    })

    test('the policy of the docs lets no controller take a key away', async () => {
      const { spec, key } = newPlace()
      await mint(open(spec))
      const login = await bao.ask('POST', 'auth/approle/login', {
        role_id: credentials['BAO_ROLE_ID'],
        secret_id: credentials['BAO_SECRET_ID'],
      })
      const env = { BAO_TOKEN: login.body['auth'].client_token as string }
      for (const command of [
        `bao kv metadata delete -mount=secret ${key}`,
        `bao kv delete -mount=secret ${key}`,
        `bao kv destroy -mount=secret -versions=1 ${key}`,
      ])
        expect(() => bao.run(command, env)).toThrow(/permission denied/)
      expect(bao.run(`bao kv get -mount=secret -field=document ${key}`, env)).toContain('schema: 2')
    })
  })

  describe('a place that cannot keep a token is refused before anything is written', () => {
    test('KV of version 1, which overwrites without comparing', async () => {
      await bao.ask('POST', 'sys/mounts/old', { type: 'kv', options: { version: '1' } })
      const { spec } = newPlace({ mount: 'old', auth: 'token' })
      const root = { BAO_CACERT: bao.ca.cert, BAO_TOKEN: bao.token }
      const unfit = refusal('K3SV_STORE_UNFIT', /version 1/)
      await expect(mint(open(spec, root))).rejects.toMatchObject(unfit)
      await expect(open(spec, root).createIfAbsent(first())).rejects.toMatchObject(unfit)
      await expect(open(spec, root).replace('1', first())).rejects.toMatchObject(unfit)
      expect((await bao.ask('LIST', 'old/data/k3s')).status).toBe(404)
      // The control: the same write without that question goes through, twice.
      const write = (text: string) =>
        bao.ask('POST', 'old/data/x', { options: { cas: 0 }, data: { document: text } })
      expect([(await write('a')).status, (await write('b')).status]).toEqual([204, 204])
    })

    test('no mount, another engine, no namespace', async () => {
      const root = { BAO_CACERT: bao.ca.cert, BAO_TOKEN: bao.token }
      await expect(
        mint(open(newPlace({ mount: 'none', auth: 'token' }).spec, root)),
      ).rejects.toMatchObject({
        code: expect.stringMatching(/UNFIT|DENIED/),
      })
      await expect(
        mint(open(newPlace({ mount: 'cubbyhole', auth: 'token' }).spec, root)),
      ).rejects.toMatchObject(refusal('K3SV_STORE_UNFIT', /no KV/))
      await expect(mint(open(newPlace({ namespace: 'none' }).spec))).rejects.toMatchObject({
        code: expect.stringMatching(/UNFIT|DENIED/),
      })
    })

    test.each([
      [
        'the key',
        (key: string) => bao.ask('POST', `secret/metadata/${key}`, { delete_version_after: '1h' }),
      ],
      ['the mount', () => bao.ask('POST', 'secret/config', { delete_version_after: '1h' })],
    ])('%s deletes by itself', async (of, set) => {
      const { spec, key } = newPlace()
      await set(key)
      try {
        await expect(mint(open(spec))).rejects.toMatchObject(
          refusal('K3SV_STORE_EXPIRES', new RegExp(of)),
        )
        expect(await open(spec).get('prod')).toBeNull()
        expect(await open(spec).findWarnings('prod')).toMatchObject([{ rule: 'store-expires' }])
      } finally {
        await bao.ask('POST', 'secret/config', { delete_version_after: '0s' })
      }
    })

    test('a secret that others wrote', async () => {
      const { spec, key } = newPlace()
      await bao.ask('POST', `secret/data/${key}`, { data: { token: CANARY } })
      const error: unknown = await mint(open(spec)).catch((one: unknown) => one)
      expect(error).toMatchObject(refusal('K3SV_STORE_FOREIGN'))
      expect(`${String(error)} ${(error as Error).stack}`).not.toContain(CANARY)
    })
  })

  describe('who is not let in', () => {
    test.each([
      [
        'a wrong secret id',
        {},
        { BAO_SECRET_ID: CANARY },
        'K3SV_STORE_DENIED',
        /log in with approle/,
      ],
      [
        'a wrong token',
        { auth: 'token' },
        { BAO_TOKEN: CANARY },
        'K3SV_STORE_DENIED',
        /read secret/,
      ],
      ['no token', { auth: 'token' }, {}, 'K3SV_STORE_SETTINGS', /wants a token/],
      ['a wrong JWT', { auth: 'jwt' }, { BAO_JWT: CANARY }, 'K3SV_STORE_DENIED', /log in with jwt/],
      ['no certificate', { auth: 'cert' }, {}, 'K3SV_STORE_DENIED', /log in with cert/],
      [
        'another path',
        { path: 'elsewhere/{cluster}' },
        {},
        'K3SV_STORE_DENIED',
        /read secret\/data\/elsewhere/,
      ],
      ['no address', { address: undefined }, {}, 'K3SV_STORE_SETTINGS', /where OpenBao is/],
      [
        'no CA where it should be',
        { caCert: '/nowhere/ca.pem' },
        {},
        'K3SV_STORE_SETTINGS',
        /not there/,
      ],
      [
        'http to elsewhere',
        { address: undefined },
        { BAO_ADDR: `http://${CANARY}.example` },
        'K3SV_STORE_SETTINGS',
        /secrets away/,
      ],
      [
        'an unknown way in',
        {},
        { ANSIBLE_HASHI_VAULT_AUTH_METHOD: CANARY },
        'K3SV_STORE_SETTINGS',
        /not known/,
      ],
    ])('%s', async (_, given, variables, code, message) => {
      const { address = undefined, ...rest } = { address: bao.address, ...given } as Partial<KvSpec>
      const { spec } = newPlace(rest)
      const { address: usual, ...without } = spec
      const used = address === undefined ? without : { ...without, address: usual! }
      const error: unknown = await mint(open(used, { ...credentials, ...variables })).catch(
        (one: unknown) => one,
      )
      expect(error).toMatchObject(refusal(code, message))
      const { stack, hint } = error as Error & { hint: string }
      expect(`${String(error)} ${stack} ${hint}`).not.toContain(CANARY)
    })

    test('a wrong secret id is tried once for a whole fleet, so that nobody locks the role out', async () => {
      const { spec } = newPlace()
      const begun = bao.auditLog.length
      const store = open(spec, { ...credentials, BAO_SECRET_ID: CANARY })
      const names = Array.from({ length: 100 }, (_, index) => `c${index}`)
      await store.prefetch(names)
      for (const name of names)
        await expect(store.get(name)).rejects.toMatchObject(refusal('K3SV_STORE_DENIED'))
      const asked = bao.auditLog.slice(begun).match(/"path":"auth\/approle\/login"/g) ?? []
      // One request and its answer.
      expect(asked.length).toBeLessThanOrEqual(2)
      const sound = bao.auditLog.length
      const fleet = open(spec)
      await fleet.prefetch(names)
      for (const name of names) expect(await fleet.get(name)).toBeNull()
      const logins = bao.auditLog.slice(sound).match(/"path":"auth\/approle\/login"/g) ?? []
      expect(logins).toHaveLength(2)
    })

    test('a login that was not answered is tried again', async () => {
      const { spec } = newPlace({ timeout: 1000 })
      const store = open(spec)
      await bao.seal()
      await expect(store.get('prod')).rejects.toMatchObject(refusal('K3SV_STORE_UNAVAILABLE'))
      await bao.unseal()
      expect(await store.get('prod')).toBeNull()
    })

    test('a role that may only read reads, and makes nothing', async () => {
      const { spec } = newPlace()
      await bao.ask('PUT', 'sys/policies/acl/reader', {
        policy: 'path "secret/data/k3s/*" { capabilities = ["read"] }',
      })
      const { body } = await bao.ask('POST', 'auth/token/create', { policies: ['reader'] })
      const reader = { ...credentials, BAO_TOKEN: body['auth'].client_token as string }
      const asReader = { ...spec, auth: 'token' } as const
      await expect(mint(open(asReader, reader))).rejects.toMatchObject(refusal('K3SV_STORE_DENIED'))
      await mint(open(spec))
      expect((await open(asReader, reader).get('prod'))?.document).toEqual(first('prod', 1))
      await expect(updateDocument(open(asReader, reader), 'prod', change(2))).rejects.toMatchObject(
        refusal('K3SV_STORE_DENIED', /update/),
      )
    })
  })

  describe('logins', () => {
    test('by a token in the file of `bao login`, by a certificate, and by a JWT that a CI service signed', async () => {
      const { spec } = newPlace()
      await mint(open(spec))
      const home = bao.ca.folder
      writeFileSync(join(home, '.vault-token'), `${bao.token}\n`)
      const byFile = openShared(
        { ...spec, auth: 'token' },
        {
          environment: { variables: { BAO_CACERT: bao.ca.cert }, cwd: '/', home },
          trustedOwners: [],
        },
      )
      expect(await byFile.get('prod')).not.toBeNull()
      const { cert, key } = bao.ca.sign('laptop')
      await bao.ask('POST', 'sys/auth/cert', { type: 'cert' })
      await bao.ask('POST', 'auth/cert/certs/laptops', {
        certificate: readFileSync(bao.ca.cert, 'utf8'),
        allowed_common_names: 'laptop',
        token_policies: 'k3s_vars',
      })
      const byCertificate = { ...spec, auth: 'cert', clientCert: cert, clientKey: key } as const
      expect(await open(byCertificate).get('prod')).not.toBeNull()
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const pem = publicKey.export({ type: 'spki', format: 'pem' })
      await bao.ask('POST', 'sys/auth/jwt', { type: 'jwt' })
      await bao.ask('POST', 'auth/jwt/config', { jwt_validation_pubkeys: [pem] })
      await bao.ask('POST', 'auth/jwt/role/ci', {
        role_type: 'jwt',
        user_claim: 'sub',
        bound_audiences: ['k3s_vars'],
        token_policies: 'k3s_vars',
      })
      const byJwt = { ...spec, auth: 'jwt', role: 'ci' } as const
      const iat = Math.floor(Date.now() / 1000)
      const jwt = signJwt({ sub: 'job', aud: 'k3s_vars', iat, exp: iat + 600 }, privateKey)
      expect(await open(byJwt, { ...credentials, BAO_JWT: jwt }).get('prod')).not.toBeNull()
      expect(
        (await open(byCertificate).describe()).find(([name]) => name === 'logged in as')?.[1],
      ).toContain('cert')
    })
  })

  describe('a server that is not well', () => {
    test('sealed in the middle: an error at once, and the same token afterwards', async () => {
      const { spec } = newPlace()
      const store = open(spec)
      await mint(store)
      await bao.seal()
      try {
        const begun = performance.now()
        for (const one of [store, open(spec)]) {
          await expect(one.get('prod')).rejects.toMatchObject(
            refusal('K3SV_STORE_UNAVAILABLE', /is sealed/),
          )
          await expect(updateDocument(one, 'prod', change(2))).rejects.toMatchObject(
            refusal('K3SV_STORE_UNAVAILABLE', /is sealed/),
          )
        }
        expect(performance.now() - begun).toBeLessThan(4000)
      } finally {
        await bao.unseal()
      }
      expect((await mint(open(spec), 9)).document).toEqual(first('prod', 1))
    })

    test('the power goes while many make the first token: exactly one remains', async () => {
      const { spec } = newPlace({ timeout: 2000 })
      const racing = Array.from({ length: 8 }, (_, index) =>
        mint(open(spec), index + 1).catch(() => undefined),
      )
      await new Promise((resolve) => setTimeout(resolve, 30))
      await bao.crash()
      const ended = await Promise.all(racing)
      await bao.unseal()
      const { document } = await mint(open(spec), 99)
      for (const one of ended)
        if (one !== undefined) expect(one.document.writeId).toBe(document.writeId)
    })

    test('the answer is cut after the write was done: it is ours, first and later', async () => {
      // Long enough to see the write at the server while its answer is still on the way.
      const proxy = await CutProxy.start(bao.port, 400)
      const { spec, key } = newPlace()
      const cut = async (version: number): Promise<void> => {
        for (;;) {
          const { status, body } = await bao.ask('GET', `secret/data/${key}`)
          if (status === 200 && body['data'].metadata.version === version) return proxy.cut()
        }
      }
      const throughProxy = { ...spec, address: `https://127.0.0.1:${proxy.port}` }
      const cutting = (version: number): TokenStore => {
        const store = open(throughProxy)
        const write = async (writing: Promise<WriteOutcome>): Promise<WriteOutcome> => {
          await cut(version)
          const outcome = await writing.catch((error: unknown) => error)
          proxy.mend()
          expect(outcome).toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
          throw outcome
        }
        return {
          get: (cluster) => store.get(cluster),
          createIfAbsent: (document) => write(store.createIfAbsent(document)),
          replace: (from, document) => write(store.replace(from, document)),
        }
      }
      try {
        const made = await ensureDocument(cutting(1), 'prod', () => Promise.resolve(first()))
        expect(made.minted).toBe(true)
        expect((await updateDocument(cutting(2), 'prod', change(2))).generation).toBe(2)
        expect(await open(spec).get('prod')).toMatchObject({
          version: '2',
          document: { generation: 2 },
        })
      } finally {
        await proxy.stop()
      }
    })

    test.each([
      ['refuses', false],
      ['takes the connection and says nothing', true],
    ])(
      'a name with two addresses, one of which %s: the other is asked, or it ends in time',
      async (_, isSilent) => {
        const silent = createTcp()
        if (isSilent)
          await new Promise<void>((resolve) => silent.listen(bao.port, '127.0.0.9', resolve))
        // The resolver stands in for a DNS that has both for the name localhost, which the certificate has.
        const all = ['127.0.0.9', '127.0.0.1'].map((address) => ({ address, family: 4 }))
        const lookup = jest
          .spyOn(dns, 'lookup')
          .mockImplementation(((...args: [string, object, (error: null, found: object) => void]) =>
            args[2](null, all)) as never)
        try {
          const address = `https://localhost:${bao.port}`
          const { spec } = newPlace({ address, timeout: 1000 })
          const begun = performance.now()
          const outcome: unknown = await open(spec)
            .get('prod')
            .catch((error: unknown) => error)
          // A TCP connection that stands is taken for the server, until the time is over.
          if (isSilent) expect(outcome).toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
          else expect(outcome).toBeNull()
          expect(performance.now() - begun).toBeLessThan(4000)
          expect(lookup).toHaveBeenCalled()
        } finally {
          lookup.mockRestore()
          silent.close()
        }
      },
    )

    test('silence ends in time, whatever the clock does', async () => {
      const proxy = await CutProxy.start(bao.port)
      try {
        const { spec } = newPlace({ address: `https://127.0.0.1:${proxy.port}`, timeout: 700 })
        const store = open(spec)
        expect(await store.get('prod')).toBeNull()
        proxy.silence()
        const begun = performance.now()
        const now = Date.now.bind(Date)
        jest.spyOn(Date, 'now').mockImplementation(() => now() + 3_600_000)
        await expect(store.get('prod')).rejects.toMatchObject(
          refusal('K3SV_STORE_UNAVAILABLE', /no answer in 0\.7 s/),
        )
        expect(performance.now() - begun).toBeLessThan(2500)
      } finally {
        await proxy.stop()
      }
    })

    test.each([
      ['hangs up', 'hangs up', 'K3SV_STORE_(?:UNAVAILABLE|TLS)'],
      ['speaks no TLS', 'plain HTTP', 'K3SV_STORE_TLS'],
      ['is something else', 'page', 'K3SV_STORE_(?:UNAVAILABLE|TLS)'],
      ['fails', 500, 'K3SV_STORE_(?:UNAVAILABLE|TLS)'],
    ] as const)('what answers there %s', async (_, kind, code) => {
      const port = await listen(kind)
      const { spec } = newPlace({ address: `https://127.0.0.1:${port}`, timeout: 700 })
      const variables = { BAO_CACERT: bao.ca.cert, BAO_TOKEN: CANARY }
      await expect(mint(open({ ...spec, auth: 'token' }, variables))).rejects.toMatchObject({
        code: expect.stringMatching(code),
      })
      await stopListening()
    })

    test('too many requests are asked again when the server says so', async () => {
      const asked: number[] = []
      const { cert, key } = bao.ca.sign('busy', 'IP:127.0.0.1')
      const server = createServer(
        { cert: readFileSync(cert), key: readFileSync(key) },
        (_, response) => {
          asked.push(performance.now())
          const isFirst = asked.length === 1
          response.writeHead(isFirst ? 429 : 200, { 'Retry-After': '1' })
          response.end(
            JSON.stringify(
              isFirst
                ? { errors: [] }
                : { data: { data: { document: 'x' }, metadata: { version: 1 } } },
            ),
          )
        },
      )
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      try {
        const { port } = server.address() as AddressInfo
        const { spec } = newPlace({ address: `https://127.0.0.1:${port}`, auth: 'token' })
        await expect(
          open(spec, { ...credentials, BAO_TOKEN: 't' }).get('prod'),
        ).rejects.toMatchObject({ code: 'K3SV_STORE_CORRUPT' })
        expect(asked).toHaveLength(2)
        expect(asked[1]! - asked[0]!).toBeGreaterThan(950)
      } finally {
        server.closeAllConnections()
        server.close()
      }
    })
  })

  describe('a certificate that is not to be trusted', () => {
    test.each([
      ['of an unknown CA', () => ({ ca: new TestCa() }), {}, /no CA that is known/],
      [
        'for another name',
        (ca: TestCa) => ({ ca, names: 'DNS:other.example' }),
        {},
        /for another name/,
      ],
      ['that has expired', (ca: TestCa) => ({ ca, expired: true }), {}, /has expired/],
      [
        'of TLS 1.1, whatever Node is told',
        (ca: TestCa) => ({ ca, isOld: true }),
        {},
        /not to be trusted/,
      ],
      [
        'whatever the environment says',
        () => ({ ca: new TestCa() }),
        { NODE_TLS_REJECT_UNAUTHORIZED: '0', BAO_SKIP_VERIFY: 'true', VAULT_SKIP_VERIFY: '1' },
        /no CA/,
      ],
    ])('%s: nothing is sent', async (_, make, variables, message) => {
      const {
        ca,
        names = 'IP:127.0.0.1',
        expired = false,
        isOld = false,
      } = make(bao.ca) as { ca: TestCa; names?: string; expired?: boolean; isOld?: boolean }
      const { cert, key } = ca.sign('server', names, { expired })
      let asked = 0
      const old = {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      } as const
      const server = createServer(
        { cert: readFileSync(cert), key: readFileSync(key), ...(isOld && old) },
        (_request, response) => {
          asked++
          response.end('{}')
        },
      )
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const former = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      try {
        if ('NODE_TLS_REJECT_UNAUTHORIZED' in variables)
          process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
        const { port } = server.address() as AddressInfo
        const { spec } = newPlace({ address: `https://127.0.0.1:${port}`, auth: 'token' })
        const used = { ...credentials, BAO_TOKEN: CANARY, ...variables }
        await expect(mint(open(spec, used))).rejects.toMatchObject(
          refusal('K3SV_STORE_TLS', message),
        )
        expect(asked).toBe(0)
      } finally {
        if (former === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
        server.close()
        if (ca !== bao.ca) ca.remove()
      }
    })

    test('a redirect away from TLS is not followed', async () => {
      const { cert, key } = bao.ca.sign('standby', 'IP:127.0.0.1')
      const plain = await listen('plain HTTP')
      const server = createServer(
        { cert: readFileSync(cert), key: readFileSync(key) },
        (request, response) =>
          void response
            .writeHead(307, { Location: `http://127.0.0.1:${plain}${request.url}` })
            .end(),
      )
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      try {
        const { port } = server.address() as AddressInfo
        const { spec } = newPlace({
          address: `https://127.0.0.1:${port}`,
          auth: 'token',
          timeout: 500,
        })
        await expect(
          open(spec, { ...credentials, BAO_TOKEN: CANARY }).get('prod'),
        ).rejects.toMatchObject(refusal('K3SV_STORE_UNAVAILABLE', /where TLS is not/))
      } finally {
        server.closeAllConnections()
        server.close()
        await stopListening()
      }
    })
  })

  describe('what the server sees', () => {
    test('sealed documents alone; with encrypt: never the plain fields, too', async () => {
      const sealed = newPlace()
      await mint(open(sealed.spec))
      const open1 = newPlace()
      const document = first('prod', 1, { ...plainTokens(CANARY) })
      await open(open1.spec).createIfAbsent(document)
      const fields = async (key: string) =>
        Object.keys((await bao.ask('GET', `secret/data/${key}`)).body['data'].data as object)
      expect(await fields(sealed.key)).toEqual(['document'])
      expect((await fields(open1.key)).sort()).toEqual(['document', 'token'])
      expect(bao.run(`bao kv get -mount=secret -field=token ${open1.key}`)).toBe(CANARY)
      // The audit log has every request, with what was written hashed.
      expect(bao.auditLog).toContain(`secret/data/${sealed.key}`)
      expect(bao.auditLog).not.toContain(CANARY)
    })

    test('a fleet by at most 64 connections, each cluster asked once', async () => {
      const { spec } = newPlace()
      const store = open(spec)
      const names = Array.from({ length: 200 }, (_, index) => `c${index}`)
      await store.createIfAbsent(first('c7'))
      await store.prefetch(names)
      const found = await Promise.all(names.map((name) => store.get(name)))
      expect(found.filter((one) => one !== null)).toHaveLength(1)
      const asked = bao.auditLog
        .split('\n')
        .filter(
          (line) =>
            line.includes('"type":"request"') &&
            line.includes(`"path":"secret/data/${spec.path.split('{')[0]!}`),
        )
      // Two questions each for the first write of c7.
      expect(asked.length).toBeLessThanOrEqual(names.length + 3)
    })
  })
}

function signJwt(claims: object, key: KeyObject): string {
  const text = [{ alg: 'ES256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}
