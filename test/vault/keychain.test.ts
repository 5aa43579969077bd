import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parseEnvelope } from '../../src/vault/envelope.js'
import { idOf, Keychain, loadOne, namedIds, sealWith, tryOpen } from '../../src/vault/keychain.js'
import { makeFolder } from './folder.js'
import { environmentIn } from '../support/environment.js'

const folder = makeFolder()
folder.write('one', 'first password\n')
folder.write('two', 'second password\n')

const CLEAR = Buffer.from([0x61, 0xff, 0x00])
/** Two passwords of Ansible's settings; the machine's own ansible.cfg is kept out by one that says nothing. */
const ACCESS = {
  environment: environmentIn(folder.path, {
    ANSIBLE_CONFIG: folder.write('bare.cfg', '[defaults]\n'),
    ANSIBLE_VAULT_IDENTITY_LIST: 'a@one',
    ANSIBLE_VAULT_PASSWORD_FILE: 'one',
    ANSIBLE_VAULT_ENCRYPT_IDENTITY: 'a',
  }),
}
const given = (...texts: string[]) => texts.map((text) => ({ text, origin: '--vault-id' }))
const keychain = (...texts: string[]) => new Keychain({ access: ACCESS, given: given(...texts) })
const load = (text: string) => loadOne(ACCESS, given(text)[0]!)

describe('a keychain', () => {
  test('has the passwords of the settings and those of the command line between them', () => {
    expect(namedIds({ access: ACCESS, given: given('b@two', 'c@missing') })).toEqual([
      'a',
      'b',
      'c',
      'default',
    ])
  })

  test('opens bytes of any kind with each of them, and tells which one it was', async () => {
    const both = keychain('b@two')
    for (const id of ['a', 'b']) {
      const { bytes, secret } = await both.open(await sealWith(both.choose(id), CLEAR))
      expect([bytes.equals(CLEAR), secret.id]).toEqual([true, id])
    }
  })

  test('says where the text stands that nothing opens, or that is none', async () => {
    const place = { file: 'group_vars/all.yml', line: 3 }
    const foreign = await sealWith(load('two'), CLEAR)
    await expect(keychain().open(foreign, place)).rejects.toMatchObject({
      code: 'K3SV_VAULT_WRONG_PASSWORD',
      location: place,
    })
    expect(() => keychain().open('text', place)).toThrow(
      expect.objectContaining({ code: 'K3SV_VAULT_NOT_VAULT', location: place }),
    )
  })

  test('seals with the id that is asked for, else with the one that Ansible would choose', () => {
    expect(keychain('b@two').choose('b').origin).toBe(join(folder.path, 'two'))
    expect(keychain('b@two').choose(undefined).id).toBe('a')
  })

  test.each([
    ['one of its own', 'a@one', true],
    ['the same password by another id', 'z@one', false],
    ['another password by the same id', 'a@two', false],
    ['neither', 'z@two', false],
  ])('opens what was sealed with %s (%s): %s', (_, source, expected) => {
    expect(keychain().opens(load(source))).toBe(expected)
  })
})

describe('one source', () => {
  test('is loaded alone, whatever the settings name', () => {
    expect(load('new@two')).toMatchObject({ id: 'new', origin: join(folder.path, 'two') })
    expect(load('two').id).toBe('default')
  })

  test('is an error where it has no password, though the settings have one', () => {
    expect(() => load('new@missing')).toThrow(
      expect.objectContaining({ code: 'K3SV_VAULT_PASSWORD_SOURCE' }),
    )
  })

  test('alone tries its password on a text', async () => {
    const sealed = await sealWith(load('b@two'), CLEAR)
    expect(await tryOpen(sealed, load('b@two'))).toEqual(CLEAR)
    expect(await tryOpen(sealed, load('b@one'))).toBeUndefined()
  })
})

test('the id of a text is that of its header, and default where there is none', async () => {
  const named = await sealWith(load('prod@one'), CLEAR)
  const plain = await sealWith(load('default@one'), CLEAR)
  expect([idOf(named), idOf(plain)]).toEqual(['prod', 'default'])
  expect(idOf(named.replace(';prod', ';'))).toBe('default')
  expect(parseEnvelope(plain).label).toBeUndefined()
  const place = { file: 'group_vars/all.yml' }
  expect(() => idOf('text', place)).toThrow(expect.objectContaining({ location: place }))
})
