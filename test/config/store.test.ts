import { describe, expect, test } from '@jest/globals'
import { CONFIG_SCHEMA } from '../../src/config/schema.js'
import { STORE_KEYS } from '../../src/config/store-words.js'
import { nameDocument } from '../../src/store-spec.js'
import { load, refusal } from './folder.js'

const CANARY = 'pa55canary'

const one = (store: string): string => `clusters:\n  prod:\n    store: ${store}\n`
const storeOf = (text: string) => load(text).clusters[0]!.store

describe('the store of a cluster', () => {
  test.each([
    [
      'openbao',
      '{ openbao: {} }',
      { mount: 'secret', path: 'k3s/{cluster}' },
      'openbao secret/k3s/prod',
    ],
    [
      'vault',
      '{ vault: { address: "https://v:8200/", mount: team/kv, path: "x-{cluster}", auth: approle, role_id: r, timeout: 1.5 } }',
      { address: 'https://v:8200', mount: 'team/kv', auth: 'approle', roleId: 'r', timeout: 1500 },
      'vault https://v:8200 team/kv/x-prod',
    ],
    [
      'etcd',
      '{ etcd: { endpoints: "http://127.0.0.1:2379", user: ctl } }',
      { endpoints: ['http://127.0.0.1:2379'], prefix: '/k3s_vars/', user: 'ctl' },
      'etcd http://127.0.0.1:2379 /k3s_vars/prod',
    ],
    ['git', '{ git: {} }', { remote: 'origin' }, 'git origin refs/k3s_vars/tokens:prod.yml'],
  ])('%s has its defaults, and a name for messages', (kind, store, expected, named) => {
    const spec = storeOf(one(store))
    expect(spec).toMatchObject({ kind, timeout: 5000, ...expected })
    expect(nameDocument(spec, 'prod')).toBe(named)
  })

  test('files of TLS are relative to the configuration', () => {
    const spec = storeOf(one('{ openbao: { ca_cert: ca.pem, client_key: /k.pem } }'))
    expect(spec).toMatchObject({
      caCert: expect.stringMatching(/^\/.+\/ca\.pem$/),
      clientKey: '/k.pem',
    })
  })

  test("settings of a cluster's own kind are merged into those of the defaults, another kind replaces them", () => {
    const text = (own: string): string =>
      `defaults: { store: { openbao: { mount: kv, path: "a/{cluster}" } } }\n${one(own)}`
    expect(storeOf(text('{ openbao: { mount: own } }'))).toMatchObject({
      mount: 'own',
      path: 'a/{cluster}',
    })
    expect(storeOf(text('{ etcd: {} }'))).toMatchObject({ kind: 'etcd', endpoints: [] })
    expect(storeOf(text('tokens'))).toMatchObject({ kind: 'file' })
  })

  test('every key that the schema knows is offered where one is misspelt', () => {
    const { kvStore, etcdStore, gitStore } = CONFIG_SCHEMA.definitions
    const of = (one: { readonly properties: object }): string =>
      Object.keys(one.properties).join(' ')
    expect(STORE_KEYS).toEqual({
      store: 'openbao vault etcd git',
      'store.openbao': of(kvStore),
      'store.vault': of(kvStore),
      'store.etcd': of(etcdStore),
      'store.git': of(gitStore),
    })
  })
})

describe('refused in a store', () => {
  const invalid = 'K3SV_CONFIG_INVALID'
  test.each([
    [
      'an unknown kind',
      '{ opnbao: {} }',
      'K3SV_CONFIG_UNKNOWN_KEY',
      /^unknown key opnbao$/,
      /openbao/,
    ],
    ['two kinds', '{ openbao: {}, etcd: {} }', invalid, /one kind of store alone/, /./],
    ['no kind', '{}', invalid, /at least one entry/, /./],
    [
      'a misspelt key',
      '{ openbao: { adress: x } }',
      'K3SV_CONFIG_UNKNOWN_KEY',
      /adress/,
      /mean address/,
    ],
    [
      'a misspelt key of etcd',
      '{ etcd: { endpoint: x } }',
      'K3SV_CONFIG_UNKNOWN_KEY',
      /./,
      /mean endpoints/,
    ],
    [
      'a token',
      `{ openbao: { token: ${CANARY} } }`,
      'K3SV_CONFIG_SECRET',
      /^token is a secret/,
      /BAO_TOKEN/,
    ],
    [
      'a secret id',
      `{ vault: { secret_id: ${CANARY} } }`,
      'K3SV_CONFIG_SECRET',
      /^secret_id/,
      /VAULT_SECRET_ID/,
    ],
    [
      'a password',
      `{ etcd: { password: ${CANARY} } }`,
      'K3SV_CONFIG_SECRET',
      /^password/,
      /ETCDCTL_PASSWORD/,
    ],
    [
      'a password of Git',
      `{ git: { password: ${CANARY} } }`,
      'K3SV_CONFIG_SECRET',
      /^password/,
      /credential/,
    ],
    [
      'a password in an address',
      `{ openbao: { address: "https://u:${CANARY}@h" } }`,
      invalid,
      /without a user/,
      /./,
    ],
    [
      'a password in a remote',
      `{ git: { remote: "https://u:${CANARY}@h/x" } }`,
      invalid,
      /without a password/,
      /./,
    ],
    [
      'a password behind a user',
      `{ etcd: { user: "u:${CANARY}" } }`,
      invalid,
      /without a password/,
      /./,
    ],
    [
      'plain http to elsewhere',
      '{ openbao: { address: "http://bao:8200" } }',
      invalid,
      /http only/,
      /./,
    ],
    [
      'plain http to a name that looks near',
      '{ openbao: { address: "http://localhost.evil" } }',
      invalid,
      /http only/,
      /./,
    ],
    [
      'plain http among endpoints',
      '{ etcd: { endpoints: ["https://a", "http://b:1"] } }',
      invalid,
      /http only/,
      /./,
    ],
    [
      'a path without the cluster',
      '{ openbao: { path: k3s/prod } }',
      invalid,
      /\{cluster\} once/,
      /./,
    ],
    [
      'a path with it twice',
      '{ openbao: { path: "{cluster}/{cluster}" } }',
      invalid,
      /\{cluster\} once/,
      /./,
    ],
    [
      'a path that leads out',
      '{ openbao: { path: "../{cluster}" } }',
      invalid,
      /\{cluster\} once/,
      /./,
    ],
    [
      'a ref that Git does not take',
      '{ git: { ref: "refs/a..b" } }',
      invalid,
      /whole name of a ref/,
      /./,
    ],
    [
      'a remote that is an option',
      '{ git: { remote: "--upload-pack=x" } }',
      invalid,
      /remote/,
      /./,
    ],
    ['no patience at all', '{ etcd: { timeout: 0 } }', invalid, /0\.1 or more/, /./],
  ])('%s', (_, store, code, message, hint) => {
    const told = refusal(one(store))
    expect(told).toMatchObject({ code, line: 3 })
    expect(told.message).toMatch(message)
    expect(told.hint).toMatch(hint)
    expect(JSON.stringify(told)).not.toContain(CANARY)
    // The same where it stands for all clusters.
    const all = refusal(`defaults:\n  store: ${store}\nclusters: { prod: }\n`)
    expect(all).toMatchObject({ code, message: told.message, hint: told.hint })
  })
})
