import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ClusterConfig } from '../../src/config/config.js'
import { K3S_IO } from '../../src/role/k3s-io.js'
import { importTokens } from '../../src/lifecycle/import.js'
import type { Lifecycle } from '../../src/lifecycle/lifecycle.js'
import { ensureTokens, mintAgentToken, mintTokens } from '../../src/lifecycle/mint.js'
import { openGeneration, openTokens, requireSound } from '../../src/lifecycle/open.js'
import { newWriteStamp, sealTokens } from '../../src/lifecycle/seal.js'
import { allGenerations } from '../../src/document/active.js'
import type { ClusterDocument } from '../../src/document/document.js'
import { markRotated, markRotating, stageTokens } from '../../src/document/transitions.js'
import type { WriteStamp } from '../../src/document/transitions.js'
import { changeDocument } from '../../src/lifecycle/bind.js'
import { Secret } from '../../src/secret.js'
import { openHistory, openWhole } from '../../src/store/open.js'
import { createVault } from '../../src/vault/create.js'
import { environmentIn } from '../support/environment.js'

let folder: string
let lifecycle: Lifecycle
let cluster: ClusterConfig

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-lifecycle-'))
  const password = join(folder, 'password')
  writeFileSync(password, 'a vault password')
  lifecycle = lifecycleWith({ ANSIBLE_VAULT_PASSWORD_FILE: password })
  cluster = {
    name: 'home',
    role: K3S_IO,
    groups: {},
    vars: {},
    agentToken: false,
    emit: 'plain',
    form: 'short',
    level: 'group',
    mint: 'first-use',
    probe: false,
    endpoints: [],
    encrypt: 'always',
    token: { length: 43, alphabet: 'alphanumeric' },
    store: { kind: 'file', folder: join(folder, 'k3s_tokens') },
    location: {},
  }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function lifecycleWith(variables: Record<string, string>): Lifecycle {
  const environment = environmentIn(folder, variables)
  return {
    vault: createVault({ environment }),
    storeOf: ({ store }) => openWhole(store, { environment, trustedOwners: [] }).documents,
    authoritiesOf: ({ store }) => openWhole(store, { environment, trustedOwners: [] }).authorities,
    warningsOf: () => Promise.resolve([]),
    historyOf: ({ name, store }) => openHistory(store, environment)(name),
    environment,
    now: () => new Date('2026-01-02T03:04:05Z'),
    randomBytes,
  }
}

const refused = (code: string): unknown => expect.objectContaining({ code })
const isEmpty = (): boolean => !readdirSync(folder).includes('k3s_tokens')
const token = (seed: string): Secret => new Secret(`${seed}-Zw8rT2kQ9mX4vB7nL1pD6sF3hJ5g`)

describe('minting', () => {
  test('makes one token, and then opens that one', async () => {
    const first = await ensureTokens(lifecycle, cluster)
    const second = await ensureTokens(lifecycle, cluster)
    expect([first.minted, second.minted]).toEqual([true, false])
    const opened = await openTokens(lifecycle, { cluster, document: second.document })
    expect(opened.server.reveal()).toMatch(/^[A-Za-z][A-Za-z0-9]{42}$/)
    expect(opened.agent).toBeUndefined()
  })

  test('makes a different agent token when asked', async () => {
    const separate = { ...cluster, agentToken: true }
    const { document } = await ensureTokens(lifecycle, separate)
    const { server, agent } = await openTokens(lifecycle, { cluster: separate, document })
    expect(agent?.equals(server)).toBe(false)
  })

  test.each([
    [
      'minting is off',
      (): ClusterConfig => ({ ...cluster, mint: 'never' }),
      {},
      'K3SV_STORE_ABSENT',
    ],
    [
      'there is no vault password',
      (): ClusterConfig => cluster,
      { ANSIBLE_VAULT_PASSWORD_FILE: '/nowhere' },
      'K3SV_VAULT_PASSWORD_SOURCE',
    ],
  ])('stops and changes nothing when %s', async (_, configure, environment, code) => {
    const here = lifecycleWith({
      ANSIBLE_VAULT_PASSWORD_FILE: join(folder, 'password'),
      ...environment,
    })
    await expect(ensureTokens(here, configure())).rejects.toEqual(refused(code))
    expect(isEmpty()).toBe(true)
  })

  test('on demand works where minting on first use is off, but once', async () => {
    const never: ClusterConfig = { ...cluster, mint: 'never' }
    await mintTokens(lifecycle, never, 'minted')
    await expect(mintTokens(lifecycle, never, 'minted')).rejects.toEqual(
      refused('K3SV_STORE_OCCUPIED'),
    )
  })

  test('of an agent token keeps the server token', async () => {
    const { document } = await ensureTokens(lifecycle, cluster)
    const before = await openTokens(lifecycle, { cluster, document })
    const separate = { ...cluster, agentToken: true }
    await expect(openTokens(lifecycle, { cluster: separate, document })).rejects.toEqual(
      refused('K3SV_STORE_ABSENT'),
    )
    const added = await mintAgentToken(lifecycle, separate)
    const { agent, binding, ...server } = added.current
    expect(agent).toBeDefined()
    const { binding: former, ...alone } = document.current
    expect({ ...added, current: server }).toEqual({
      ...document,
      writeId: added.writeId,
      current: alone,
    })
    expect(binding).not.toEqual(former)
    const after = await openTokens(lifecycle, { cluster: separate, document: added })
    expect(after.server.equals(before.server)).toBe(true)
    expect(after.agent!.equals(after.server)).toBe(false)
    await expect(mintAgentToken(lifecycle, separate)).rejects.toEqual(
      refused('K3SV_STORE_OCCUPIED'),
    )
  })
})

describe('adopting', () => {
  test('keeps what is there when the same token comes again', async () => {
    const first = await importTokens(
      lifecycle,
      cluster,
      { server: { secret: token('one') } },
      { replace: false },
    )
    const again = await importTokens(
      lifecycle,
      cluster,
      { server: { secret: token('one') } },
      { replace: false },
    )
    expect([first.outcome, again.outcome]).toEqual(['adopted', 'unchanged'])
    expect(again.document).toEqual(first.document)
  })

  test('refuses another token, and with replace keeps the former', async () => {
    await importTokens(lifecycle, cluster, { server: { secret: token('one') } }, { replace: false })
    const other = { server: { secret: token('two') } }
    await expect(importTokens(lifecycle, cluster, other, { replace: false })).rejects.toEqual(
      refused('K3SV_STORE_OCCUPIED'),
    )
    const { outcome, document } = await importTokens(lifecycle, cluster, other, { replace: true })
    expect({ outcome, generation: document.generation }).toEqual({
      outcome: 'replaced',
      generation: 2,
    })
    const generation = allGenerations(document).at(-1)!
    const former = requireSound(await openGeneration(lifecycle, { cluster, document, generation }))
    expect(former.server.equals(token('one'))).toBe(true)
  })

  test('of an agent token that was missing ends no generation', async () => {
    const server = { secret: token('one') }
    const first = await importTokens(lifecycle, cluster, { server }, {})
    const agent = { secret: token('two') }
    for (const [brought, expected] of [
      [{ agent }, 'adopted'],
      [{ agent, server }, 'unchanged'],
    ] as const) {
      const { outcome, document } = await importTokens(lifecycle, cluster, brought, {})
      expect(outcome).toBe(expected)
      expect(document.current.created).toBe(first.document.current.created)
      expect(document).toMatchObject({ generation: 1, previous: [] })
      const opened = await openTokens(lifecycle, {
        cluster: { ...cluster, agentToken: true },
        document,
      })
      expect([opened.server.equals(server.secret), opened.agent!.equals(agent.secret)]).toEqual([
        true,
        true,
      ])
    }
  })

  test('knows the pending token for the one that the cluster has once K3s is keyed with it', async () => {
    await importTokens(lifecycle, cluster, { server: { secret: token('one') } }, {})
    const sealed = await sealTokens(lifecycle, cluster, { server: token('two') }, 'imported')
    const steps = [
      (document: ClusterDocument, stamp: WriteStamp) =>
        stageTokens(document, { rotation: 'r1', tokens: sealed }, stamp),
      (document: ClusterDocument, stamp: WriteStamp) => markRotating(document, 'r1', stamp),
      (document: ClusterDocument, stamp: WriteStamp) => markRotated(document, 'r1', stamp),
    ]
    for (const step of steps) {
      const stamp = newWriteStamp(lifecycle)
      await changeDocument(lifecycle, cluster, (document) => step(document, stamp))
    }
    const again = await importTokens(lifecycle, cluster, { server: { secret: token('two') } }, {})
    expect(again.outcome).toBe('unchanged')
    await expect(
      importTokens(lifecycle, cluster, { server: { secret: token('one') } }, {}),
    ).rejects.toEqual(refused('K3SV_STORE_OCCUPIED'))
  })

  test('refuses an agent token alone for a cluster without a server token', async () => {
    await expect(
      importTokens(lifecycle, cluster, { agent: { secret: token('one') } }, { replace: false }),
    ).rejects.toEqual(refused('K3SV_STORE_ABSENT'))
    expect(isEmpty()).toBe(true)
  })

  test('refuses a token that a rule refuses', async () => {
    const bootstrap = new Secret('abcdef.0123456789abcdef')
    await expect(
      importTokens(lifecycle, cluster, { server: { secret: bootstrap } }, { replace: false }),
    ).rejects.toEqual(refused('K3SV_TOKEN_REFUSED'))
    expect(isEmpty()).toBe(true)
  })
})
