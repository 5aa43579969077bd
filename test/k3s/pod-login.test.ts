// The login of a pod at a real OpenBao, which asks the API of a real K3s whose the pod's token is. The commands are those of
// docs/stores-openbao.md; that the two are not in one cluster is all that differs.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { openShared } from '../../src/store/open.js'
import { shellBlocks } from '../support/doc-commands.js'
import { describeReal, K3S_BINARY, K3sOnPorts } from '../support/k3s-on-ports.js'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../support/openbao.js'
import { makeRole } from '../support/openbao-role.js'
import { first } from '../store/samples.js'

jest.setTimeout(300_000)

describeReal('a pod logs in to OpenBao', () => {
  if (findOpenBao() === undefined) {
    test.skip(NO_OPENBAO, () => undefined)
    return
  }
  let server: K3sOnPorts
  let bao: OpenBao

  function kubectl(...args: readonly string[]): string {
    const all = ['--kubeconfig', server.kubeconfig, ...args]
    // K3s is it under this name.
    const how = { argv0: 'kubectl', encoding: 'utf8' } as const
    const { status, stdout, stderr } = spawnSync(K3S_BINARY!, all, how)
    expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: '' })
    return stdout.trim()
  }

  beforeAll(async () => {
    server = await K3sOnPorts.start({ token: 'Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5' })
    bao = await OpenBao.start()
    makeRole(bao)
    kubectl('create', 'namespace', 'automation')
    for (const account of ['ansible', 'stranger', 'reviewer'])
      kubectl('create', 'serviceaccount', account, '-n', 'automation')
    const reviewer = ['--clusterrole=system:auth-delegator', '--serviceaccount=automation:reviewer']
    kubectl('create', 'clusterrolebinding', 'reviewer', ...reviewer)
    const ca = join(bao.ca.folder, 'k3s.crt')
    writeFileSync(ca, server.read('tls/server-ca.crt'))
    const commands = shellBlocks('stores-openbao.md').find((block) => block.includes('kubernetes'))!
    const review = kubectl('create', 'token', 'reviewer', '-n', 'automation')
    bao.run(
      commands.replace(
        'kubernetes_host=https://kubernetes.default.svc',
        `kubernetes_host=${server.url} kubernetes_ca_cert=@${ca} token_reviewer_jwt=${review}`,
      ),
    )
  })
  afterAll(async () => {
    await bao.stop()
    await server.remove()
  })

  /** The store as a pod of this account sees it, with a token for this audience. */
  function storeOf(account: string, audience: string) {
    const args = ['-n', 'automation', '--audience', audience, '--duration', '10m']
    const tokenPath = join(bao.ca.folder, `${account}-${audience}`)
    writeFileSync(tokenPath, kubectl('create', 'token', account, ...args))
    return openShared(
      {
        kind: 'openbao',
        base: '/nowhere',
        timeout: 10_000,
        address: bao.address,
        mount: 'secret',
        path: 'k3s/{cluster}',
        auth: 'kubernetes',
        role: 'k3s_vars',
        tokenPath,
      },
      {
        environment: { variables: { BAO_CACERT: bao.ca.cert }, cwd: '/', home: '/nowhere' },
        trustedOwners: [],
      },
    )
  }

  test('by the token of its service account, and makes the first token of a cluster', async () => {
    const store = storeOf('ansible', 'k3s_vars')
    expect(await store.createIfAbsent(first())).toMatchObject({ won: true })
    expect((await storeOf('ansible', 'k3s_vars').get('prod'))?.document).toEqual(first())
    expect(Object.fromEntries(await store.describe())['logged in as']).toMatch(
      /ansible.*kubernetes/,
    )
  })

  test.each([
    ['another account', 'stranger', 'k3s_vars'],
    ['a token for another audience', 'ansible', 'others'],
  ])('%s is refused', async (_, account, audience) => {
    await expect(storeOf(account, audience).get('prod')).rejects.toMatchObject({
      code: 'K3SV_STORE_DENIED',
      message: 'OpenBao does not let us log in with kubernetes at auth/kubernetes',
    })
  })
})
