// Whatever holds a vault password or a key can be printed, logged and serialized without showing it.
import { pbkdf2Sync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { Vault } from 'ansible-vault'
import { afterEach, expect, jest, test } from '@jest/globals'
import { Secret } from '../../src/secret.js'
import { prefetchKey } from '../../src/source/prefetch.js'
import { createVault } from '../../src/vault/create.js'
import { parseEnvelope } from '../../src/vault/envelope.js'
import { Keychain } from '../../src/vault/keychain.js'
import { loadKeyring } from '../../src/vault/passwords.js'
import { readSettings } from '../../src/vault/settings.js'
import { environmentIn } from '../support/environment.js'
import { makeFolder } from './folder.js'

const PASSWORD = 'hunter2-Zw8rT2kQ9mX4vB7n'
const folder = makeFolder()
const project = makeFolder()
folder.write('password', `${PASSWORD}\n`)
const variables = {
  HOME: folder.path,
  ANSIBLE_CONFIG: folder.write('bare.cfg', '[defaults]\n'),
  ANSIBLE_VAULT_PASSWORD_FILE: join(folder.path, 'password'),
}
const environment = environmentIn(folder.path, variables)

afterEach(() => {
  jest.restoreAllMocks()
})

/** Every way in which a program shows an object, and every way in which the bytes could be told. */
function expectUnseen(holder: object, ...secrets: readonly Buffer[]): void {
  const shown = [
    inspect(holder),
    inspect(holder, { depth: null, showHidden: true, maxArrayLength: null, getters: true }),
    JSON.stringify(holder),
    ...Object.values(holder).map(String),
  ].join('\n')
  for (const secret of secrets) {
    const told = [
      secret.toString('latin1'),
      secret.toString('hex'),
      secret.toString('hex').replace(/..(?=.)/g, '$& '),
      secret.toString('base64'),
      [...secret].join(', '),
      [...secret].join(','),
    ]
    for (const form of told) expect(shown).not.toContain(form.slice(0, 40))
  }
}

const password = Buffer.from(PASSWORD)

test('the check itself sees what is shown', () => {
  for (const holder of [{ password }, { deep: { password: PASSWORD } }, { list: [...password] }]) {
    expect(() => expectUnseen(holder, password)).toThrow()
  }
})

test('keyring, keychain and vault', async () => {
  const keyring = loadKeyring(readSettings(environment), { environment })
  expect(keyring.secrets[0]!.password.reveal().toString()).toBe(PASSWORD)
  expectUnseen(keyring, password)
  expectUnseen(keyring.secrets[0]!, password)
  const keychain = new Keychain({ access: { environment }, given: [] })
  expectUnseen(keychain, password)
  expectUnseen(keychain.choose(undefined), password)
  const vault = createVault({ environment })
  const sealed = await vault.seal(new Secret('a token'))
  expect((await vault.open(sealed)).reveal()).toBe('a token')
  expectUnseen(vault, password)
})

test('a key that is derived beforehand', async () => {
  const sealed = await createVault({ environment }).seal(new Secret('a token'))
  const { salt } = parseEnvelope(sealed)
  project.write('k3s_vars.yml', 'clusters:\n  home:\n')
  project.write('k3s_tokens/home.yml', `current:\n  server: !vault |\n    ${sealed}`)
  project.write('password', PASSWORD)
  writeFileSync(join(project.path, 'ansible.cfg'), '[defaults]\nvault_password_file = password\n')
  const early = prefetchKey({ environment: environmentIn(project.path), launcher: '' })!
  const key = await early.key
  const derived = pbkdf2Sync(PASSWORD, salt, 10_000, 80, 'sha256')
  expect(key!.reveal().equals(derived)).toBe(true)
  expectUnseen(early, password, derived)
  expectUnseen({ key }, derived)
})

test('the instances of the package that encrypts', async () => {
  const encrypt = jest.spyOn(Vault.prototype, 'encrypt')
  await createVault({ environment }).seal(new Secret('a token'))
  const [instance] = encrypt.mock.contexts
  expectUnseen(instance as object, password)
  expectUnseen({ instance }, password)
  // As the package itself has it, it would.
  expect(() => expectUnseen(new Vault({ password: PASSWORD }), password)).toThrow()
})
