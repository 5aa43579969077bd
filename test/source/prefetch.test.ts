import { execFileSync } from 'node:child_process'
import { pbkdf2Sync } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Secret } from '../../src/secret.js'
import { prefetchKey } from '../../src/source/prefetch.js'
import type { DerivedKey } from '../../src/vault/derived-key.js'
import { sealText } from '../../src/vault/engine.js'
import { parseEnvelope } from '../../src/vault/envelope.js'
import { environmentIn } from '../support/environment.js'

const PASSWORD = 'hunter2'
let folder = ''
let sealed = ''

/** A project as `k3s-vars init` and a first run leave it. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-'))
  sealed = await sealText(new Secret('a token'), new Secret(Buffer.from(PASSWORD)), 'default')
  mkdirSync(join(folder, 'k3s_tokens'))
  write('k3s_vars.yml', 'clusters:\n  home:\n')
  write('k3s_tokens/home.yml', documentWith(sealed))
  write('ansible.cfg', '[defaults]\nvault_password_file = .vault_password\n')
  write('.vault_password', `${PASSWORD}\n`)
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

function documentWith(text: string): string {
  return `schema: 1\ncurrent:\n  server: !vault |\n    ${text.trimEnd().replaceAll('\n', '\n    ')}\nprevious: []\n`
}

function begin(variables: Record<string, string> = {}): DerivedKey | undefined {
  const environment = environmentIn(folder, variables)
  return prefetchKey({ environment, launcher: join(folder, 'plugins/k3s_vars') })
}

describe('the key that the vault will ask for is derived', () => {
  const expectKey = async (): Promise<void> => {
    const { salt } = parseEnvelope(sealed)
    const early = begin()!
    expect(early.password.reveal().toString()).toBe(PASSWORD)
    expect(early.salt.equals(salt)).toBe(true)
    const key = pbkdf2Sync(PASSWORD, salt, 10_000, 80, 'sha256')
    expect((await early.key)!.equals(new Secret(key))).toBe(true)
  }

  test('in a project as init makes it', expectKey)

  test('with a vault id in the header', async () => {
    sealed = await sealText(new Secret('a token'), new Secret(Buffer.from(PASSWORD)), 'prod')
    write('k3s_tokens/home.yml', documentWith(sealed))
    await expectKey()
  })

  test('for the first of several clusters', async () => {
    write('k3s_tokens/away.yml', documentWith('$ANSIBLE_VAULT;1.1;AES256\n3132\n'))
    write('k3s_vars.yml', "clusters: { 'home': { emit: plain }, away: }\n")
    await expectKey()
  })

  test('with a store of its own', async () => {
    mkdirSync(join(folder, 'elsewhere'))
    write('elsewhere/home.yml', documentWith(sealed))
    rmSync(join(folder, 'k3s_tokens'), { recursive: true })
    write('k3s_vars.yml', 'clusters:\n  home:\n    store: "elsewhere" # here\n')
    await expectKey()
  })
})

test('a variable names the password file and the configuration', () => {
  write('other', 'second')
  const variables = {
    ANSIBLE_VAULT_PASSWORD_FILE: join(folder, 'other'),
    K3S_VARS_CONFIG: join(folder, 'k3s_vars.yml'),
  }
  expect(begin(variables)!.password.reveal().toString()).toBe('second')
})

describe('nothing is begun', () => {
  const cases: readonly (readonly [string, () => void])[] = [
    ['without a configuration', () => rmSync(join(folder, 'k3s_vars.yml'))],
    ['without a cluster', () => write('k3s_vars.yml', 'include: c/*.yml\n')],
    ['without a store', () => rmSync(join(folder, 'k3s_tokens'), { recursive: true })],
    ['without a document', () => rmSync(join(folder, 'k3s_tokens/home.yml'))],
    ['where the token is plain', () => write('k3s_tokens/home.yml', 'server: "a token"\n')],
    [
      'where the token goes out sealed',
      () => write('k3s_vars.yml', 'defaults: { emit: vaulted }\nclusters: { home: }\n'),
    ],
    ['without a password', () => rmSync(join(folder, '.vault_password'))],
    ['without settings', () => rmSync(join(folder, 'ansible.cfg'))],
    [
      'where the password comes from a script',
      () => chmodSync(join(folder, '.vault_password'), 0o700),
    ],
    ['where a document is far too large', () => write('k3s_tokens/home.yml', ' '.repeat(1e6))],
  ]

  test.each(cases)('%s', (_, change) => {
    change()
    expect(begin()).toBeUndefined()
  })

  test.each(['ANSIBLE_VAULT_IDENTITY_LIST', 'ANSIBLE_CONFIG'])('where %s decides', (name) => {
    expect(begin({ [name]: 'x' })).toBeUndefined()
  })

  test('where the password comes through a pipe, and the pipe is left alone', () => {
    rmSync(join(folder, '.vault_password'))
    execFileSync('mkfifo', [join(folder, '.vault_password')])
    // Opening it would wait for a writer, for ever.
    expect(begin()).toBeUndefined()
  })
})
