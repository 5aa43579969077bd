import childProcess from 'node:child_process'
import crypto from 'node:crypto'
import fs, {
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import tty from 'node:tty'
import { inspect } from 'node:util'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { Secret } from '../../src/secret.js'
import { createVault, describeVault } from '../../src/vault/create.js'
import { parseEnvelope } from '../../src/vault/envelope.js'
import { makeFolder } from './folder.js'
import { environmentIn } from '../support/environment.js'

const folder = makeFolder()
const CLEAR = new Secret('a token')
/** The machine's own ansible.cfg is kept out by naming one that says nothing. */
const BARE = {
  PATH: process.env['PATH'],
  ANSIBLE_CONFIG: folder.write('bare.cfg', '[defaults]\n'),
}

/** A vault whose only configuration is these variables, without their prefix. */
function vaultOf(variables: Record<string, string>, prompt?: (id: string) => Secret<Buffer>) {
  const named = Object.entries(variables).map(([name, value]) => [`ANSIBLE_VAULT_${name}`, value])
  const environment = {
    variables: { ...BARE, ...(Object.fromEntries(named) as Record<string, string>) },
    cwd: folder.path,
    home: join(folder.path, 'home'),
  }
  return createVault({ environment, prompt })
}

const script = (name: string, body: string, mode = 0o700) =>
  folder.write(name, `#!/bin/sh\n${body}\n`, mode)

folder.write('one', 'first password\n')
folder.write('two', 'second password\n')
folder.write('empty', ' \n')
const ONE = vaultOf({ PASSWORD_FILE: 'one' })
const TWO = vaultOf({ IDENTITY_LIST: 'two@two' })

afterEach(() => {
  jest.restoreAllMocks()
})

describe('a password', () => {
  test.each([
    ['a file, without outer white space', () => folder.write('f1', ' \t\v\ffirst password \r\n\n')],
    ['a script', () => script('s1', "echo 'first password'")],
    [
      'a script that is executable for others alone',
      () => script('s2', "printf 'first password\\r\\n\\n'", 0o645),
    ],
    [
      'a client script, which is told the id default',
      () => script('any-client', '[ "$*" = "--vault-id default" ] && echo "first password"'),
    ],
    [
      'a file behind a link',
      () => {
        symlinkSync(join(folder.path, 'one'), join(folder.path, 'link'))
        return 'link'
      },
    ],
  ])('comes from %s', async (_, make) => {
    const sealed = await ONE.seal(CLEAR)
    expect(vaultOf({ PASSWORD_FILE: make() }).openSync(sealed).reveal()).toBe('a token')
  })

  test.each([
    ['a script keeps spaces at the ends', () => script('s3', "echo ' first password'")],
    ['a file keeps a BOM', () => folder.write('f3', '\ufefffirst password')],
    ['a file keeps inner lines', () => folder.write('f4', 'first password\nmore')],
  ])('%s, so it is another one', async (_, make) => {
    const sealed = await ONE.seal(CLEAR)
    expect(() => vaultOf({ PASSWORD_FILE: make() }).openSync(sealed)).toThrow(
      expect.objectContaining({ code: 'K3SV_VAULT_WRONG_PASSWORD' }),
    )
  })

  test('need not be UTF-8', async () => {
    const file = folder.write('bytes', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a]))
    const vault = vaultOf({ PASSWORD_FILE: file })
    expect(vault.openSync(await vault.seal(CLEAR)).reveal()).toBe('a token')
  })

  test('comes from a client script, which is asked for the label', async () => {
    script('keys-client.sh', '[ "$1" = --vault-id ] && echo "$2 password"')
    const vault = vaultOf({ IDENTITY_LIST: 'first@keys-client.sh' })
    const sealed = await vault.seal(CLEAR)
    expect(parseEnvelope(sealed).label).toBe('first')
    expect(ONE.openSync(sealed).reveal()).toBe('a token')
  })

  test('comes from a client script without a label, which is told nothing', async () => {
    script('bare-client', '[ $# = 0 ] && echo "first password"')
    const vault = vaultOf({ IDENTITY_LIST: 'bare-client' })
    expect(vault.openSync(await ONE.seal(CLEAR)).reveal()).toBe('a token')
  })

  test.each(['prompt', 'prompt_ask_vault_pass'])('comes from a person for id@%s', async (word) => {
    const asked: string[] = []
    const vault = vaultOf({ IDENTITY_LIST: `me@${word}` }, (id) => {
      asked.push(id)
      return new Secret(Buffer.from(' first password '))
    })
    expect(vault.openSync(await ONE.seal(CLEAR)).reveal()).toBe('a token')
    expect(vault.openSync(await ONE.seal(CLEAR)).reveal()).toBe('a token')
    expect(asked).toEqual(['me'])
  })

  test('comes from a file that is vault text of an earlier one', async () => {
    folder.write('nested', await ONE.seal(new Secret('second password\n')))
    const sealed = await TWO.seal(CLEAR)
    const vault = vaultOf({ IDENTITY_LIST: 'a@one, b@nested' })
    expect(vault.openSync(sealed).reveal()).toBe('a token')
    expect(() => vaultOf({ IDENTITY_LIST: 'b@nested, a@one' }).openSync(sealed)).toThrow(
      expect.objectContaining({ code: 'K3SV_VAULT_WRONG_PASSWORD' }),
    )
  })

  test('is split from its label at the first @', async () => {
    folder.write('a@b', 'first password')
    const vault = vaultOf({ IDENTITY_LIST: 'x@a@b' })
    expect(parseEnvelope(await vault.seal(CLEAR)).label).toBe('x')
  })

  test('is looked up at the first call, and once', async () => {
    const log = join(folder.path, 'log')
    const counting = script('counting', `echo x >> ${log}; echo 'first password'`)
    const vault = vaultOf({ PASSWORD_FILE: counting })
    expect(existsSync(log)).toBe(false)
    await vault.open(await vault.seal(CLEAR))
    expect(readFileSync(log, 'utf8')).toBe('x\n')
  })

  test('that failed is not looked up again', () => {
    const log = join(folder.path, 'log-2')
    const vault = vaultOf({ PASSWORD_FILE: script('failing', `echo x >> ${log}; exit 1`) })
    for (let round = 0; round < 2; round++) {
      expect(() => vault.openSync('$ANSIBLE_VAULT;1.1;AES256\n310a320a33')).toThrow()
    }
    expect(() => vault.openSync(SEALED_ONCE)).toThrow(
      expect.objectContaining({ code: 'K3SV_VAULT_SCRIPT' }),
    )
    expect(() => vault.openSync(SEALED_ONCE)).toThrow()
    expect(readFileSync(log, 'utf8')).toBe('x\n')
  })
})

/** A well-formed envelope that nothing opens. */
const SEALED_ONCE = `$ANSIBLE_VAULT;1.1;AES256\n${Buffer.from('61\n62\n63').toString('hex')}\n`

describe('a source that gives no password', () => {
  const PASSWORD_SOURCE = 'K3SV_VAULT_PASSWORD_SOURCE'
  const SCRIPT = 'K3SV_VAULT_SCRIPT'
  script('exits-3', 'echo canary; exit 3')
  script('exits-2-client', 'echo canary; echo canary >&2; exit 2')
  script('exits-2', 'exit 2')
  script('exits-3-client', 'exit 3')
  script('is-killed', 'kill -9 $$')
  script('silent', 'true')
  folder.write('no-interpreter', '#!/nowhere/canary\n', 0o700)
  folder.write('plain-with-x', 'echo canary > ran\n', 0o777)

  test.each([
    ['nothing at all', '', PASSWORD_SOURCE, /is a folder/],
    ['a missing file', 'missing', PASSWORD_SOURCE, /missing \(from ANSIBLE_VAULT_.*\) is missing/],
    ['an empty file', 'empty', PASSWORD_SOURCE, /is empty/],
    ['a script that fails', 'exits-3', SCRIPT, /failed with exit status 3$/],
    [
      'a client that does not know the id',
      'exits-2-client',
      SCRIPT,
      /no password for its vault id/,
    ],
    ['a script that prints nothing', 'silent', SCRIPT, /printed no password/],
    ['a plain script that ends like a client', 'exits-2', SCRIPT, /failed with exit status 2$/],
    ['a client that fails', 'exits-3-client', SCRIPT, /failed with exit status 3$/],
    ['a script that is killed', 'is-killed', SCRIPT, /was ended by SIGKILL$/],
    ['a script without its interpreter', 'no-interpreter', SCRIPT, /cannot be run: ENOENT/],
    ['a plain file with an execute bit', 'plain-with-x', SCRIPT, /it has no #! line/],
  ])('%s is an error that says so and shows no output', (_, file, code, message) => {
    const open = () => vaultOf({ PASSWORD_FILE: file }).openSync(SEALED_ONCE)
    expect(open).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
    expect(open).not.toThrow(/canary/)
  })

  test.each([
    [
      'missing',
      /put it there, mode 0600, or correct its path in ANSIBLE_VAULT_PASSWORD_FILE; .* `k3s-vars init`/,
    ],
    ['', /^name a file in ANSIBLE_VAULT_PASSWORD_FILE$/],
    ['empty', /^bring its content back, or correct ANSIBLE_VAULT_PASSWORD_FILE$/],
  ])('the file %j comes with what to do', (file, hint) => {
    expect(() => vaultOf({ PASSWORD_FILE: file }).openSync(SEALED_ONCE)).toThrow(
      expect.objectContaining({ code: PASSWORD_SOURCE, hint: expect.stringMatching(hint) }),
    )
  })

  test('a plain file with an execute bit is not run as commands', () => {
    expect(existsSync(join(folder.path, 'ran'))).toBe(false)
  })

  test('is passed over when another one answers, and told when nothing opens', async () => {
    const vault = vaultOf({ IDENTITY_LIST: 'a@missing, b@one' })
    expect(vault.openSync(await ONE.seal(CLEAR)).reveal()).toBe('a token')
    expect(() => vault.openSync(SEALED_ONCE)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('missing') }),
    )
  })

  test('is named with all the others when none answers, with the hint of the last', () => {
    const open = () => vaultOf({ IDENTITY_LIST: 'a@missing, b@exits-3' }).openSync(SEALED_ONCE)
    expect(open).toThrow(/missing \(.*\) is missing; .*exits-3 failed/)
    expect(open).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('take its execute bits away') }),
    )
  })

  test('is passed over where there is a terminal, too', async () => {
    const never = () => {
      throw new Error('asked')
    }
    const vault = vaultOf({ IDENTITY_LIST: 'a@missing, b@one' }, never)
    expect(vault.openSync(await ONE.seal(CLEAR)).reveal()).toBe('a token')
  })

  test('is not passed over for an internal error', () => {
    const internal = new RangeError()
    jest.spyOn(childProcess, 'spawnSync').mockImplementation(() => {
      throw internal
    })
    expect(() => vaultOf({ IDENTITY_LIST: 'a@silent, b@one' }).openSync(SEALED_ONCE)).toThrow(
      internal,
    )
  })

  test('is not passed over for an internal error while its vault text is opened', async () => {
    folder.write('nested-once', await ONE.seal(CLEAR))
    const internal = new RangeError()
    jest.spyOn(crypto, 'pbkdf2Sync').mockImplementationOnce(() => {
      throw internal
    })
    const vault = vaultOf({ IDENTITY_LIST: 'a@one, b@nested-once' })
    expect(() => vault.openSync(SEALED_ONCE)).toThrow(internal)
  })

  // Root may read everything, so that the refusal has to be a false one.
  test('may be a file that may not be read', () => {
    const unreadable = folder.write('not-for-us', 'first password')
    const { openSync } = fs
    jest.spyOn(fs, 'openSync').mockImplementation((path, ...rest) => {
      if (path === unreadable) throw Object.assign(new Error(), { code: 'EACCES' })
      return openSync(path, ...rest)
    })
    expect(() => vaultOf({ PASSWORD_FILE: 'not-for-us' }).openSync(SEALED_ONCE)).toThrow(
      /not-for-us \(.*\) cannot be read$/,
    )
  })

  test('is a prompt without a terminal', () => {
    expect(() => vaultOf({ IDENTITY_LIST: 'me@prompt' }).openSync(SEALED_ONCE)).toThrow(
      expect.objectContaining({
        code: 'K3SV_VAULT_NO_PASSWORD',
        message: expect.stringContaining('no terminal'),
        hint: expect.stringContaining('name a password file or script'),
      }),
    )
  })

  test('is passed over when it is a prompt without a terminal', async () => {
    const vault = vaultOf({ IDENTITY_LIST: 'me@prompt, b@one' })
    expect(vault.openSync(await ONE.seal(CLEAR)).reveal()).toBe('a token')
  })

  test('stops everything when it is a prompt that is answered with nothing', () => {
    const vault = vaultOf({ IDENTITY_LIST: 'a@one, me@prompt' }, () => new Secret(Buffer.from(' ')))
    expect(() => vault.openSync(SEALED_ONCE)).toThrow(
      expect.objectContaining({ code: PASSWORD_SOURCE }),
    )
  })

  test('is not there when nothing is configured', () => {
    expect(() => vaultOf({}).openSync(SEALED_ONCE)).toThrow(
      expect.objectContaining({
        code: 'K3SV_VAULT_NO_PASSWORD',
        hint: expect.stringContaining('set vault_password_file'),
      }),
    )
  })

  test('is not there when everybody can write the folder of ansible.cfg, which is told', () => {
    const cwd = join(folder.path, 'public')
    const file = folder.write('public/ansible.cfg', '[defaults]\nvault_password_file = pw\n')
    chmodSync(cwd, 0o1777)
    const vault = createVault({
      environment: environmentIn(cwd, { PATH: BARE.PATH, HOME: folder.path }),
    })
    expect(() => vault.openSync(SEALED_ONCE)).toThrow(
      expect.objectContaining({
        code: 'K3SV_VAULT_NO_PASSWORD',
        hint: expect.stringContaining(file),
      }),
    )
  })

  test('does not matter for a text that is damaged anyhow', () => {
    expect(() => vaultOf({}).openSync('$ANSIBLE_VAULT;1.1;AES256\nzz')).toThrow(
      expect.objectContaining({ code: 'K3SV_VAULT_FORMAT' }),
    )
  })

  test('may be a file whose vault text does not open', async () => {
    folder.write('foreign', await TWO.seal(CLEAR))
    const vault = vaultOf({ IDENTITY_LIST: 'a@foreign' })
    expect(() => vault.openSync(SEALED_ONCE)).toThrow(/no password comes before it/)
    expect(() => vaultOf({ IDENTITY_LIST: 'a@one, b@foreign' }).openSync(SEALED_ONCE)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('does not open') }),
    )
  })
})

describe('a script', () => {
  test('does not see the token variables, and sees the others', () => {
    const seen = join(folder.path, 'seen')
    const show = script('show', `env > ${seen}; echo x`)
    const variables = {
      ...BARE,
      ANSIBLE_VAULT_PASSWORD_FILE: show,
      K3S_TOKEN: 'canary',
      K3S_AGENT_TOKEN: 'canary',
      RKE2_TOKEN: 'canary',
      RKE2_AGENT_TOKEN: 'canary',
      OTHER: 'yes',
    }
    const vault = createVault({ environment: environmentIn(folder.path, variables) })
    expect(() => vault.openSync(SEALED_ONCE)).toThrow()
    expect(readFileSync(seen, 'utf8')).toContain('OTHER=yes')
    expect(readFileSync(seen, 'utf8')).not.toContain('canary')
  })

  test.each([
    ['a terminal', true, 'inherit'],
    ['a pipe, which may be ours to read', false, 'ignore'],
  ])('behind %s (%p) gets the stdin %p', (_, isTerminal, expected) => {
    jest.spyOn(tty, 'isatty').mockReturnValue(isTerminal)
    const spawned = jest.spyOn(childProcess, 'spawnSync')
    const vault = vaultOf({ PASSWORD_FILE: script('says-x', 'echo x') })
    expect(() => vault.openSync(SEALED_ONCE)).toThrow()
    expect(spawned.mock.calls[0]?.[2]).toMatchObject({ stdio: [expected, 'pipe', 'inherit'] })
  })

  test('runs in the current folder', () => {
    const seen = join(folder.path, 'seen-folder')
    expect(() =>
      vaultOf({ PASSWORD_FILE: script('where', `pwd > ${seen}; echo x`) }).openSync(SEALED_ONCE),
    ).toThrow()
    expect(readFileSync(seen, 'utf8')).toBe(`${folder.path}\n`)
  })

  // Root may read everything, so that the refusal has to be a false one.
  test('that may be run and not read is run, for only the kernel needs to know it', async () => {
    const unreadable = script('unreadable', "echo 'first password'")
    const sealed = await ONE.seal(CLEAR)
    const { openSync } = fs
    jest.spyOn(fs, 'openSync').mockImplementation((path, ...rest) => {
      if (path === unreadable) throw Object.assign(new Error(), { code: 'EACCES' })
      return openSync(path, ...rest)
    })
    expect(vaultOf({ PASSWORD_FILE: 'unreadable' }).openSync(sealed).reveal()).toBe('a token')
  })

  test('that was looked at is closed again', () => {
    const opened = jest.spyOn(fs, 'openSync')
    const closed = jest.spyOn(fs, 'closeSync')
    const looked = script('closed', 'echo x')
    expect(() => vaultOf({ PASSWORD_FILE: looked }).openSync(SEALED_ONCE)).toThrow()
    const at = opened.mock.calls.findIndex(([path]) => path === looked)
    const since = opened.mock.invocationCallOrder[at]!
    const later = closed.mock.calls.filter(
      (_, call) => closed.mock.invocationCallOrder[call]! > since,
    )
    expect(later).toContainEqual([opened.mock.results[at]!.value])
  })

  test('that is a client has its stderr dropped, as in Ansible', () => {
    const spawned = jest.spyOn(childProcess, 'spawnSync')
    script('quiet-client', 'echo x')
    expect(() => vaultOf({ PASSWORD_FILE: 'quiet-client' }).openSync(SEALED_ONCE)).toThrow()
    expect(spawned.mock.calls[0]?.[2]?.stdio?.[2]).toBe('ignore')
  })
})

describe('opening', () => {
  test.each([
    ['with one password', 'PASSWORD_FILE', 'one'],
    ['with the right label behind others', 'IDENTITY_LIST', 'a@two, b@two, default@one'],
  ])('%s derives one key', async (_, name, value) => {
    const sealed = await ONE.seal(CLEAR)
    const derive = jest.spyOn(crypto, 'pbkdf2Sync')
    expect(
      vaultOf({ [name]: value })
        .openSync(sealed)
        .reveal(),
    ).toBe('a token')
    expect(derive).toHaveBeenCalledTimes(1)
  })

  test('tries every password, whatever the label', async () => {
    const vault = vaultOf({ IDENTITY_LIST: 'x@one, y@two' })
    const sealed = await TWO.seal(CLEAR)
    expect(vault.openSync(sealed).reveal()).toBe('a token')
    expect((await vault.open(sealed)).reveal()).toBe('a token')
  })

  test('names the label and the ids that were tried', async () => {
    const vault = vaultOf({ IDENTITY_LIST: 'x@one, y@one' })
    const sealed = await TWO.seal(CLEAR)
    const place = { file: 'k3s_tokens/prod.yml' }
    const expected = {
      code: 'K3SV_VAULT_WRONG_PASSWORD',
      location: place,
      hint: expect.stringContaining('name the password that sealed it'),
      message: expect.stringMatching(
        /^no password opens the text of vault id two, or it is damaged; tried: x \(\/.*one\), y \(\/.*one\)$/,
      ),
    }
    expect(() => vault.openSync(sealed, place)).toThrow(expect.objectContaining(expected))
    await expect(vault.open(sealed, place)).rejects.toMatchObject(expected)
  })

  test('tries and names a password once that goes by the label', async () => {
    const sealed = await TWO.seal(CLEAR)
    const derive = jest.spyOn(crypto, 'pbkdf2Sync')
    expect(() => vaultOf({ IDENTITY_LIST: 'two@one' }).openSync(sealed)).toThrow(
      /tried: two \([^,]*\)$/,
    )
    expect(derive).toHaveBeenCalledTimes(1)
  })

  test.each([
    ['control characters', '\x1b[2Jcanary'],
    ['more than 100 characters', `canary${'x'.repeat(95)}`],
  ])('shows no label of %s', (_, label) => {
    const strange = SEALED_ONCE.replace('AES256', `AES256;${label}`)
    expect(() => ONE.openSync(strange)).toThrow(/of an unusual vault id/)
    expect(() => ONE.openSync(strange)).not.toThrow(/canary/)
  })

  test.each([
    ['a label of 100 characters', `;${'x'.repeat(100)}`, `of vault id ${'x'.repeat(100)},`],
    ['a label of one', ';x', 'of vault id x,'],
    ['no label', '', 'without a vault id,'],
    ['an empty label', ';', 'without a vault id,'],
  ])('names %s', (_, label, expected) => {
    const text = SEALED_ONCE.replace('AES256', `AES256${label}`)
    expect(() => ONE.openSync(text)).toThrow(expected)
  })

  test('with vault_id_match tries the label alone', async () => {
    const sealed = await TWO.seal(CLEAR)
    const match = { ID_MATCH: 'yes' }
    expect(
      vaultOf({ ...match, IDENTITY_LIST: 'two@two' })
        .openSync(sealed)
        .reveal(),
    ).toBe('a token')
    expect(() => vaultOf({ ...match, IDENTITY_LIST: 'x@two' }).openSync(sealed)).toThrow(
      expect.objectContaining({ code: 'K3SV_VAULT_ID' }),
    )
  })

  test('with vault_id_match takes a text without label for one of vault_identity', async () => {
    const sealed = await ONE.seal(CLEAR)
    const match = { ID_MATCH: 'yes', IDENTITY_LIST: 'main@one' }
    expect(
      vaultOf({ ...match, IDENTITY: 'main' })
        .openSync(sealed)
        .reveal(),
    ).toBe('a token')
    expect(() => vaultOf(match).openSync(sealed)).toThrow(
      expect.objectContaining({ code: 'K3SV_VAULT_ID' }),
    )
  })

  test('never tries a password of the empty id on a text of the empty id, as Ansible', async () => {
    const vault = vaultOf({ PASSWORD_FILE: 'one', IDENTITY: '' })
    const sealed = await ONE.seal(CLEAR)
    for (const text of [sealed, sealed.replace('AES256', 'AES256;')]) {
      expect(() => vault.openSync(text)).toThrow(expect.objectContaining({ code: 'K3SV_VAULT_ID' }))
    }
    expect(vault.openSync(sealed.replace('AES256', 'AES256;x')).reveal()).toBe('a token')
  })

  test('says where a text stands that vault_id_match keeps shut, and what gave no password', async () => {
    const place = { file: 'k3s_tokens/prod.yml' }
    const vault = vaultOf({ ID_MATCH: 'yes', IDENTITY_LIST: 'x@two, two@missing' })
    await expect(vault.open(await TWO.seal(CLEAR), place)).rejects.toMatchObject({
      code: 'K3SV_VAULT_ID',
      location: place,
      hint: expect.stringContaining('is missing'),
    })
  })

  test('leaves no secret on the vault, its errors or its result when they are printed', async () => {
    const sealed = await ONE.seal(new Secret('canary'))
    const opened = ONE.openSync(sealed)
    expect(inspect([ONE, opened], { depth: 9, showHidden: true })).not.toMatch(/canary|first pass/)
  })
})

describe('sealing', () => {
  const PRINTABLE = 'use printable ASCII'

  test('without a choice takes the only password', async () => {
    expect(parseEnvelope(await ONE.seal(CLEAR)).label).toBeUndefined()
    expect(parseEnvelope(await TWO.seal(CLEAR)).label).toBe('two')
  })

  test('takes vault_encrypt_identity, and the id that is asked for before it', async () => {
    const vault = vaultOf({ IDENTITY_LIST: 'a@one, b@two', ENCRYPT_IDENTITY: 'b' })
    const sealed = await vault.seal(CLEAR)
    expect(parseEnvelope(sealed).label).toBe('b')
    expect(TWO.openSync(sealed).reveal()).toBe('a token')
    expect(parseEnvelope(await vault.seal(CLEAR, 'a')).label).toBe('a')
  })

  test('takes the first of several passwords with one id', async () => {
    const vault = vaultOf({ IDENTITY_LIST: 'a@one, a@two' })
    expect(ONE.openSync(await vault.seal(CLEAR, 'a')).reveal()).toBe('a token')
  })

  test('takes the password of an id with vault_id_match, whatever vault_identity says', async () => {
    const vault = vaultOf({ ID_MATCH: '1', IDENTITY: 'x', IDENTITY_LIST: 'a@one' })
    const sealed = await vault.seal(CLEAR, 'a')
    expect(vault.openSync(sealed).reveal()).toBe('a token')
  })

  test('writes format 1.1 for the id default', async () => {
    expect(await ONE.seal(CLEAR, 'default')).toMatch(/^\$ANSIBLE_VAULT;1\.1;AES256\n/)
  })

  test.each([
    [
      'several passwords and no choice',
      { IDENTITY_LIST: 'a@one, b@two' },
      undefined,
      'set vault_id',
    ],
    ['an id without password', { IDENTITY_LIST: 'a@one' }, 'b', 'add b@FILE'],
    [
      'an id whose password is missing, and says so',
      { IDENTITY_LIST: 'a@one, b@missing' },
      'b',
      'is missing',
    ],
    [
      'a vault_encrypt_identity without password',
      { PASSWORD_FILE: 'one', ENCRYPT_IDENTITY: 'x' },
      undefined,
      'add x@FILE',
    ],
    ['the only id when it is not ASCII', { IDENTITY_LIST: 'ä@one' }, undefined, PRINTABLE],
    [
      'an empty vault_identity, for Ansible could not open the text',
      { PASSWORD_FILE: 'one', IDENTITY: '' },
      undefined,
      PRINTABLE,
    ],
    [
      'the id default when vault_id_match would look for another one',
      { IDENTITY_LIST: 'default@one', IDENTITY: 'x', ID_MATCH: '1' },
      undefined,
      'an id of its own',
    ],
    ['an id with a semicolon', { IDENTITY_LIST: 'a;b@one' }, 'a;b', PRINTABLE],
    ['an id with a line end', { IDENTITY_LIST: 'a@one' }, 'a\nb', PRINTABLE],
    ['an id that is not ASCII', { IDENTITY_LIST: 'ä@one' }, 'ä', PRINTABLE],
    ['an id that reading would strip', { IDENTITY_LIST: 'a@one' }, ' a', PRINTABLE],
    ['an empty id', { IDENTITY_LIST: 'a@one' }, '', PRINTABLE],
  ])('refuses %s', async (_, variables: Record<string, string>, id, hint) => {
    await expect(vaultOf(variables).seal(CLEAR, id)).rejects.toMatchObject({
      code: 'K3SV_VAULT_ID',
      hint: expect.stringContaining(hint),
    })
  })
})

describe('describeVault', () => {
  test('tells every source and what is wrong with it, without running or reading it', () => {
    const ran = join(folder.path, 'described')
    script('d-script', `touch ${ran}; echo x`)
    mkdirSync(join(folder.path, 'd-folder'))
    script('d-client.py', `touch ${ran}`)
    chmodSync(join(folder.path, 'd-script'), 0o755)
    const { sources, ...rest } = describeVault({
      variables: {
        ...BARE,
        ANSIBLE_VAULT_IDENTITY_LIST:
          'a@one, b@missing, c@prompt, d@d-script, e@d-client.py, f@d-folder',
        ANSIBLE_VAULT_ENCRYPT_IDENTITY: 'a',
        ANSIBLE_ASK_VAULT_PASS: 'yes',
      },
      cwd: folder.path,
      home: undefined,
    })
    expect(sources.map(({ id, kind, problem }) => [id, kind, problem && 'wrong'])).toEqual([
      ['a', 'file', undefined],
      ['b', undefined, 'wrong'],
      ['c', 'prompt', undefined],
      ['d', 'script', undefined],
      ['e', 'client script', undefined],
      ['f', undefined, 'wrong'],
      ['default', 'prompt', undefined],
    ])
    expect(rest).toEqual({
      cfgFile: BARE.ANSIBLE_CONFIG,
      ignoredCfgFile: undefined,
      encryptIdentity: 'a',
      idMatch: false,
    })
    expect(existsSync(ran)).toBe(false)
  })
  test.each([
    ['x-client', 'client script'],
    ['x-client.py', 'client script'],
    ['x-client.', 'client script'],
    ['x.d/any-client.sh', 'client script'],
    ['x-client.d/any', 'script'],
    ['x-client.tar.gz', 'script'],
    ['x-client-2', 'script'],
    ['client', 'script'],
  ])('takes an executable %s for a %s', (name, expected) => {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true })
    script(name, 'echo x')
    const { sources } = describeVault({
      variables: { ...BARE, ANSIBLE_VAULT_PASSWORD_FILE: name },
      cwd: folder.path,
      home: undefined,
    })
    expect(sources.map(({ kind }) => kind)).toEqual([expected])
    rmSync(join(folder.path, name.split('/')[0]!), { recursive: true })
  })

  // Root may do everything, so that the refusals have to be false ones.
  test('tells which file may not be read and which script may not be run', () => {
    script('d-run', 'echo x')
    const denied = new Map([
      [join(folder.path, 'two'), constants.R_OK],
      [join(folder.path, 'd-run'), constants.X_OK],
    ])
    const { accessSync } = fs
    jest.spyOn(fs, 'accessSync').mockImplementation((path, mode) => {
      if (denied.get(path as string) === mode) throw Object.assign(new Error(), { code: 'EACCES' })
      accessSync(path, mode)
    })
    const { sources } = describeVault({
      variables: { ...BARE, ANSIBLE_VAULT_IDENTITY_LIST: 'a@one, b@two, c@d-run, d@prompt' },
      cwd: folder.path,
      home: undefined,
    })
    expect(sources.map(({ kind, problem }) => [kind, problem])).toEqual([
      ['file', undefined],
      ['file', expect.stringMatching(/two \(from .*\) may not be read by this user$/)],
      ['script', expect.stringMatching(/d-run \(from .*\) may not be run by this user$/)],
      ['prompt', undefined],
    ])
  })
})
