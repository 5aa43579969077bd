import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readSettings } from '../../src/vault/settings.js'
import { makeFolder } from './folder.js'
import { environmentIn } from '../support/environment.js'

const folder = makeFolder()
const ME = userInfo()
let count = 0

/** A fresh project folder with an ansible.cfg of these lines under `[defaults]`. */
function project(lines: string | undefined, name = 'ansible.cfg') {
  const cwd = join(folder.path, `project-${++count}`)
  mkdirSync(cwd, { mode: 0o755 })
  if (lines !== undefined) folder.write(join(`project-${count}`, name), `[defaults]\n${lines}\n`)
  const home = join(cwd, 'home')
  const read = (variables: Record<string, string> = {}) =>
    readSettings(environmentIn(cwd, { HOME: home, ...variables }))
  return { cwd, home, read }
}

describe('which ansible.cfg', () => {
  const identityOf = (cwd: string, variables: Record<string, string | undefined> = {}) =>
    readSettings({ cwd, home: join(folder.path, 'me'), variables }).identity

  folder.write('me/.ansible.cfg', '[defaults]\nvault_identity = mine\n')
  folder.write('named/ansible.cfg', '[defaults]\nvault_identity = named\n')
  folder.write('named/other.ini', '[defaults]\nvault_identity = other\n')

  test('the one of the current folder before the one of the home folder', () => {
    expect(identityOf(project('vault_identity = local').cwd)).toBe('local')
    expect(identityOf(project(undefined).cwd)).toBe('mine')
  })

  test.each([
    ['a file', 'other.ini', 'other'],
    ['a folder', '.', 'named'],
  ])('the one that ANSIBLE_CONFIG names as %s before all', (_, path, expected) => {
    const named = join(folder.path, 'named', path)
    expect(identityOf(project('vault_identity = local').cwd, { ANSIBLE_CONFIG: named })).toBe(
      expected,
    )
  })

  test('the next one when ANSIBLE_CONFIG names nothing', () => {
    const { cwd } = project('vault_identity = local')
    expect(identityOf(cwd, { ANSIBLE_CONFIG: '/nowhere/ansible.cfg' })).toBe('local')
  })

  test('not that of a folder that everybody can write, which is reported', () => {
    const { cwd, read } = project('vault_identity = local')
    expect(read().cfg.ignored).toBeUndefined()
    chmodSync(cwd, 0o1777)
    expect(read().cfg.ignored).toBe(join(cwd, 'ansible.cfg'))
    expect(identityOf(cwd)).toBe('mine')
  })

  test('nothing is reported of a folder that everybody can write when nothing is left out', () => {
    const { cwd, read } = project(undefined)
    chmodSync(cwd, 0o1777)
    expect(read().cfg.ignored).toBeUndefined()
    const file = join(cwd, 'ansible.cfg')
    writeFileSync(file, '[defaults]\n')
    expect(read({ ANSIBLE_CONFIG: file }).cfg).toMatchObject({ file, ignored: undefined })
  })

  test('the one of the home folder when the current one is gone', () => {
    expect(identityOf(join(folder.path, 'gone'))).toBe('mine')
  })

  test.each([
    ['another ending', 'x.conf', '[defaults]\n'],
    ['YAML, which Ansible never implemented', 'x.yml', 'defaults: {}\n'],
    [
      'a vault setting that is not UTF-8',
      'x.cfg',
      Buffer.from('[defaults]\nvault_password_file = caf\u00e9\n', 'latin1'),
    ],
    ['no section', 'y.cfg', 'vault_identity = canary\n'],
  ])('an error for %s', (_, name, content) => {
    const file = folder.write(`bad/${name}`, content)
    expect(() => identityOf(folder.path, { ANSIBLE_CONFIG: file })).toThrow(
      expect.objectContaining({
        code: 'K3SV_VAULT_CONFIG',
        location: expect.objectContaining({ file }),
      }),
    )
  })

  test('what is not UTF-8 elsewhere does no harm, as in Ansible', () => {
    const text = '[defaults]\n# caf\u00e9\ncow = \u00fc\nvault_identity = named\n'
    const file = folder.write('latin.cfg', Buffer.from(text, 'latin1'))
    expect(identityOf(folder.path, { ANSIBLE_CONFIG: file })).toBe('named')
  })

  test('a folder in its place is an error', () => {
    const { cwd } = project(undefined)
    mkdirSync(join(cwd, 'ansible.cfg'))
    expect(() => identityOf(cwd)).toThrow(expect.objectContaining({ code: 'K3SV_VAULT_CONFIG' }))
  })

  test('[DEFAULT] counts behind [defaults] and not alone', () => {
    const both = folder.write('both.cfg', '[DEFAULT]\nvault_identity=d\n[defaults]\nforks=1\n')
    const alone = folder.write('alone.cfg', '[DEFAULT]\nvault_identity=d\n')
    const over = folder.write(
      'over.cfg',
      '[defaults]\nvault_identity=o\n[DEFAULT]\nvault_identity=d\n',
    )
    expect(identityOf(folder.path, { ANSIBLE_CONFIG: over })).toBe('o')
    expect(identityOf(folder.path, { ANSIBLE_CONFIG: both })).toBe('d')
    expect(identityOf(folder.path, { ANSIBLE_CONFIG: alone })).toBe('default')
  })
})

describe('the settings', () => {
  test.each([
    ['relative to ansible.cfg', 'x/pw', (cwd: string) => join(cwd, 'x/pw')],
    ['with dots', '../pw', (cwd: string) => join(cwd, '..', 'pw')],
    ['with ~', '~/pw', (_: string, home: string) => join(home, 'pw')],
    ['with a variable', '$HOME/pw', (_: string, home: string) => join(home, 'pw')],
    ['with a braced variable', '${HOME}/pw', (_: string, home: string) => join(home, 'pw')],
    ['with an unset variable, left as it is', '$NOPE/pw', (cwd: string) => join(cwd, '$NOPE/pw')],
    ['with {{CWD}}', '{{CWD}}/pw', (cwd: string) => join(cwd, 'pw')],
    ['with the home of a user', `~${ME.username}/pw`, () => join(ME.homedir, 'pw')],
    ['with ~ that stands alone', '~', (_: string, home: string) => home],
    ['with ~ that is not in front', 'x~/pw', (cwd: string) => join(cwd, 'x~/pw')],
    [
      'with variables before and behind a brace',
      '$HOME/a}$HOME',
      (_: string, home: string) => join(home, `a}${home}`),
    ],
    ['with a brace that is not closed', '${HOME/pw', (cwd: string) => join(cwd, '${HOME/pw')],
    [
      'with a braced name of other letters',
      '${HO-ME}/pw',
      (cwd: string) => join(cwd, '${HO-ME}/pw'),
    ],
    ['with no name', '${}/$/pw', (cwd: string) => join(cwd, '${}/$/pw')],
    ['with an unknown user', '~nobody-here/pw', (cwd: string) => join(cwd, '~nobody-here/pw')],
    ['with quotes, which are part of it', '"pw"', (cwd: string) => join(cwd, '"pw"')],
    ['empty, which is the folder', '', (cwd: string) => cwd],
  ])('vault_password_file %s', (_, value, expected) => {
    const { cwd, home, read } = project(`vault_password_file = ${value}`)
    expect(read().passwordFile).toEqual({
      value: expected(cwd, home),
      origin: join(cwd, 'ansible.cfg'),
    })
  })

  test('a path in a variable is relative to the current folder, wherever ansible.cfg lies', () => {
    const { cwd, read } = project(undefined)
    const cfg = folder.write('far/ansible.cfg', '[defaults]\nvault_password_file = pw\n')
    expect(read({ ANSIBLE_CONFIG: cfg }).passwordFile?.value).toBe(join(folder.path, 'far/pw'))
    expect(read({ ANSIBLE_CONFIG: cfg, ANSIBLE_VAULT_PASSWORD_FILE: 'pw' }).passwordFile).toEqual({
      value: join(cwd, 'pw'),
      origin: 'ANSIBLE_VAULT_PASSWORD_FILE',
    })
  })

  test('an empty variable is set, and names the current folder', () => {
    const { cwd, read } = project('vault_password_file = pw')
    expect(read({ ANSIBLE_VAULT_PASSWORD_FILE: '' }).passwordFile?.value).toBe(cwd)
  })

  test.each([
    ['a@b, c@d', ['a@b', 'c@d']],
    ['a@b,\n  c@d', ['a@b', 'c@d']],
    ['"a@b" , \'c\'', ['a@b', 'c']],
    ['a@b,', ['a@b', '']],
    ['', ['']],
  ])('vault_identity_list %j is split at commas, stripped and unquoted', (value, expected) => {
    expect(project(`vault_identity_list = ${value}`).read().identityList?.value).toEqual(expected)
  })

  test.each([
    ['prod', 'prod', 'prod'],
    ['"prod"', 'prod', '"prod"'],
    ["'prod'", 'prod', "'prod'"],
    ['"prod\'', '"prod\'', '"prod\''],
    ['"prod\\"', '"prod\\"', '"prod\\"'],
    ['"', '"', '"'],
    ['level', 'level', 'level'],
    ['', '', ''],
  ])('vault_identity %j is unquoted in ansible.cfg alone', (value, inCfg, inEnvironment) => {
    expect(project(`vault_identity = ${value}`).read().identity).toBe(inCfg)
    expect(project('').read({ ANSIBLE_VAULT_IDENTITY: value }).identity).toBe(inEnvironment)
  })

  test('an empty vault_encrypt_identity is none', () => {
    expect(project('vault_encrypt_identity = p').read().encryptIdentity).toBe('p')
    const cfg = project('vault_encrypt_identity = p')
    expect(cfg.read({ ANSIBLE_VAULT_ENCRYPT_IDENTITY: '' }).encryptIdentity).toBeUndefined()
  })

  test.each([
    ['true', true],
    ['false', true],
    ['0', true],
    ['', false],
    ['""', false],
  ])('vault_id_match = %j is %p, for Ansible takes any word', (value, expected) => {
    expect(project(`vault_id_match = ${value}`).read().idMatch).toBe(expected)
  })

  test.each([
    ['True', true],
    [' yes ', true],
    ['1', true],
    ['t', true],
    ['no', false],
    ['2', false],
    ['', false],
  ])('ask_vault_pass %j is %p', (value, expected) => {
    const { read } = project('ask_vault_pass = yes')
    expect(read({ ANSIBLE_ASK_VAULT_PASS: value }).askPassword?.value ?? false).toBe(expected)
  })
})
