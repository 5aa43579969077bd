// Where the settings of a connection come from, and which of several counts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readConnection, readLogin } from '../../../src/store/vault-kv/settings.js'
import type { KvSpec } from '../../../src/store-spec.js'
import { revealed } from '../samples.js'

const spec = (given: Partial<KvSpec> = {}): KvSpec => ({
  kind: 'openbao',
  base: '/',
  timeout: 5000,
  mount: 'secret',
  path: 'k3s/{cluster}',
  ...given,
})

const environmentOf = (variables: Readonly<Record<string, string>>, home?: string) => ({
  variables,
  cwd: '/',
  home,
})

const ALL = {
  ANSIBLE_HASHI_VAULT_ADDR: 'https://ansible',
  BAO_ADDR: 'https://bao',
  VAULT_ADDR: 'https://vault',
}
const { ANSIBLE_HASHI_VAULT_ADDR: _, ...WITHOUT_ANSIBLE } = ALL

describe('the address', () => {
  test.each([
    ['that of k3s_vars.yml', spec({ address: 'https://file' }), ALL, 'file'],
    ["then the collection's", spec(), ALL, 'ansible'],
    ["then OpenBao's", spec(), WITHOUT_ANSIBLE, 'bao'],
    ["then Vault's", spec(), { BAO_ADDR: '', VAULT_ADDR: 'https://vault' }, 'vault'],
    ["for Vault never OpenBao's", spec({ kind: 'vault' }), WITHOUT_ANSIBLE, 'vault'],
  ])('%s', (_title, given, variables, host) => {
    expect(readConnection(given, environmentOf(variables)).address.hostname).toBe(host)
  })

  test.each([
    'ftp://bao',
    'http://bao:8200',
    'https://u:p@bao',
    'bao:8200',
    'http://127.0.0.1.example',
  ])('not %s', (address) => {
    expect(() => readConnection(spec(), environmentOf({ BAO_ADDR: address }))).toThrow(
      expect.objectContaining({ code: 'K3SV_STORE_SETTINGS' }),
    )
  })
})

describe('the login', () => {
  const login = (
    given: Partial<KvSpec>,
    variables: Readonly<Record<string, string>>,
    home?: string,
  ) => revealed(readLogin(spec(given), environmentOf(variables, home)))

  test('a token from a variable comes before the one of `bao login`', () => {
    const home = mkdtempSync(join(tmpdir(), 'k3s_vars-home-'))
    try {
      writeFileSync(join(home, '.vault-token'), 'filed\n')
      expect(login({}, { BAO_TOKEN: 'b', VAULT_TOKEN: 'v' }, home)).toMatchObject({ token: 'b' })
      expect(login({}, { VAULT_TOKEN: 'v' }, home)).toMatchObject({ token: 'v' })
      expect(login({}, {}, home)).toMatchObject({ auth: 'token', token: 'filed' })
      writeFileSync(join(home, 'elsewhere'), 'other')
      expect(login({}, { BAO_TOKEN_PATH: join(home, 'elsewhere') }, home)).toMatchObject({
        token: 'other',
      })
    } finally {
      rmSync(home, { recursive: true })
    }
  })

  test.each([
    [
      'approle',
      { auth: 'approle', roleId: 'r' },
      { BAO_SECRET_ID: 's' },
      { mount: 'approle', body: { role_id: 'r', secret_id: 's' } },
    ],
    [
      'the variable of the collection over the file',
      { auth: 'cert' },
      {
        ANSIBLE_HASHI_VAULT_AUTH_METHOD: 'approle',
        ANSIBLE_HASHI_VAULT_ROLE_ID: 'a',
        BAO_ROLE_ID: 'b',
        VAULT_SECRET_ID: 's',
      },
      { auth: 'approle', body: { role_id: 'a', secret_id: 's' } },
    ],
    [
      'jwt at a mount of its own',
      { auth: 'jwt', authMount: 'gitlab', role: 'ci' },
      { VAULT_ID_TOKEN: 'j' },
      { mount: 'gitlab', body: { role: 'ci', jwt: 'j' } },
    ],
    [
      'cert by the name of its role',
      { auth: 'cert', role: 'laptops' },
      {},
      { body: { name: 'laptops' } },
    ],
    ['cert, whatever role id an AppRole has', { auth: 'cert' }, { BAO_ROLE_ID: 'b' }, { body: {} }],
  ] as const)('%s', (_title, given, variables, expected) => {
    expect(login(given, variables)).toMatchObject(expected)
    if ('body' in expected)
      expect((login(given, variables) as { body: unknown }).body).toEqual(expected.body)
  })

  test('without the token of a pod there is no login by Kubernetes', () => {
    expect(() => login({ auth: 'kubernetes', role: 'x' }, {})).toThrow(
      expect.objectContaining({ code: 'K3SV_STORE_SETTINGS' }),
    )
  })
})
