// The login of a pod, at a real OpenBao. Its method `kubernetes` asks the API of the cluster whose the pod's token is: where
// `K3S_BINARY` names one, that is a real K3s (test/k3s/pod-login.test.ts); here a stand-in for kube-apiserver answers the one question that is asked,
// a TokenReview, as the API does.
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openShared } from '../../../src/store/open.js'
import type { KvSpec } from '../../../src/store-spec.js'
import { shellBlocks } from '../../support/doc-commands.js'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../../support/openbao.js'
import { makeRole } from '../../support/openbao-role.js'
import { first } from '../samples.js'

let bao: OpenBao
let api: Server
let reviews: { token: string; audiences?: readonly string[] }[] = []

const NAMESPACE = 'automation'
const ACCOUNT = 'ansible'
const UID = 'd77f89bc-9055-11e7-a068-0800276d99bf'

/** The form of a token of a service account; OpenBao looks at its claims, and whether it is valid only the API says. */
function tokenOf(account: string): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iat: now,
    nbf: now,
    exp: now + 600,
    iss: 'https://kubernetes.default.svc.cluster.local',
    sub: `system:serviceaccount:${NAMESPACE}:${account}`,
    aud: ['k3s_vars'],
    'kubernetes.io': { namespace: NAMESPACE, serviceaccount: { name: account, uid: UID } },
  }
  const parts = [{ alg: 'RS256', kid: 'x' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  return [...parts, Buffer.from(`signature-canary-${account}`).toString('base64url')].join('.')
}

function storeWith(more: Partial<KvSpec> = {}) {
  const spec: KvSpec = {
    kind: 'openbao',
    base: '/nowhere',
    timeout: 5000,
    address: bao.address,
    mount: 'secret',
    path: 'k3s/{cluster}',
    auth: 'kubernetes',
    role: 'k3s_vars',
    tokenPath: join(bao.ca.folder, 'pod-token'),
    ...more,
  }
  return openShared(spec, {
    environment: { variables: { BAO_CACERT: bao.ca.cert }, cwd: '/', home: '/nowhere' },
    trustedOwners: [],
  })
}

if (findOpenBao() === undefined) {
  test.skip(NO_OPENBAO, () => undefined)
} else {
  beforeAll(async () => {
    bao = await OpenBao.start()
    makeRole(bao)
    const { cert, key } = bao.ca.sign('kube-apiserver', 'IP:127.0.0.1')
    api = createServer(
      { cert: readFileSync(cert), key: readFileSync(key) },
      (request, response) => {
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', () => {
          response.setHeader('Content-Type', 'application/json')
          if (request.url !== '/apis/authentication.k8s.io/v1/tokenreviews') {
            response.writeHead(404).end('{}')
            return
          }
          const { spec } = JSON.parse(Buffer.concat(chunks).toString()) as {
            spec: (typeof reviews)[number]
          }
          reviews.push(spec)
          const isKnown = spec.token === tokenOfKnown
          const user = {
            username: `system:serviceaccount:${NAMESPACE}:${ACCOUNT}`,
            uid: UID,
            groups: ['system:serviceaccounts'],
          }
          const status = isKnown
            ? { authenticated: true, user, audiences: spec.audiences }
            : { error: 'no' }
          response.end(
            JSON.stringify({
              kind: 'TokenReview',
              apiVersion: 'authentication.k8s.io/v1',
              spec,
              status,
            }),
          )
        })
      },
    )
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
    const { port } = api.address() as AddressInfo
    const commands = shellBlocks('stores-openbao.md').find((block) => block.includes('kubernetes'))!
    // An OpenBao in a pod finds the CA and its own token there.
    bao.run(
      commands.replace(
        'kubernetes_host=https://kubernetes.default.svc',
        `kubernetes_host=https://127.0.0.1:${port} kubernetes_ca_cert=@${bao.ca.cert} token_reviewer_jwt=${tokenOf('reviewer')}`,
      ),
    )
  })
  afterAll(async () => {
    api.closeAllConnections()
    api.close()
    await bao.stop()
  })
  let tokenOfKnown = ''

  test('a pod logs in by the token that its service account has, and makes the first token', async () => {
    tokenOfKnown = tokenOf(ACCOUNT)
    // As Kubernetes writes it, without an end of the line, and as people do.
    for (const end of ['', '\n']) {
      writeFileSync(join(bao.ca.folder, 'pod-token'), tokenOfKnown + end)
      const store = storeWith()
      if (end === '') expect(await store.createIfAbsent(first())).toMatchObject({ won: true })
      expect((await store.get('prod'))?.document).toEqual(first())
      const facts = Object.fromEntries(await store.describe())
      expect(facts['logged in as']).toMatch(/kubernetes/)
      expect(facts['policies']).toContain('k3s_vars')
    }
    expect(reviews.length).toBeGreaterThan(0)
    expect(new Set(reviews.map(({ token }) => token))).toEqual(new Set([tokenOfKnown]))
    expect(bao.auditLog).not.toContain(tokenOfKnown)
  })

  test('another pod, and another role, are refused, and their tokens are in no error', async () => {
    reviews = []
    writeFileSync(join(bao.ca.folder, 'stranger'), tokenOf('stranger'))
    for (const more of [{ tokenPath: join(bao.ca.folder, 'stranger') }, { role: 'of-others' }]) {
      const error: unknown = await storeWith(more)
        .get('prod')
        .catch((one: unknown) => one)
      expect(error).toMatchObject({
        code: 'K3SV_STORE_DENIED',
        message: 'OpenBao does not let us log in with kubernetes at auth/kubernetes',
      })
      const { stack, hint } = error as Error & { hint: string }
      expect(`${String(error)} ${stack} ${hint}`).not.toMatch(/canary|eyJ/)
    }
  })

  test('a pod without a token, or with an empty file, is told what is missing', async () => {
    await expect(
      storeWith({ tokenPath: join(bao.ca.folder, 'nowhere') }).get('prod'),
    ).rejects.toMatchObject({ code: 'K3SV_STORE_SETTINGS' })
    writeFileSync(join(bao.ca.folder, 'empty'), '\n')
    await expect(
      storeWith({ tokenPath: join(bao.ca.folder, 'empty') }).get('prod'),
    ).rejects.toMatchObject({ code: 'K3SV_STORE_SETTINGS' })
  })
}
