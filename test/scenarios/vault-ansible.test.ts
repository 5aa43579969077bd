// What we seal the real ansible-vault opens, and the other way round; and where it finds a password, so do we.
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, jest, test } from '@jest/globals'
import { Secret } from '../../src/secret.js'
import { createVault } from '../../src/vault/create.js'
import { parseEnvelope } from '../../src/vault/envelope.js'
import { isSince } from '../support/ansible.js'
import { describeEachAnsible, isForAll } from '../support/each-ansible.js'
import { makeFolder } from '../vault/folder.js'
import { environmentIn } from '../support/environment.js'

jest.setTimeout(60_000)

const folder = makeFolder()
const HOME = join(folder.path, 'home')
const TEXTS = [
  '',
  'x',
  'line\n',
  'ünïcode 🔑',
  '{{ 1 }}',
  'a'.repeat(15),
  'a'.repeat(16),
  'b'.repeat(70_000),
]

interface World {
  readonly cwd: string
  readonly environment: Record<string, string>
}

interface Outcome {
  readonly status: number | null
  readonly stdout: string
}

/** Runs without a terminal, so that a prompt fails. */
function run(program: string, args: string[], { cwd, environment }: World): Promise<Outcome> {
  const child = spawn(program, args, {
    cwd,
    env: { ...environment, PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (stdout += part))
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (status) => resolve({ status, stdout }))
  })
}

const vaultOf = ({ cwd, environment }: World) =>
  createVault({ environment: environmentIn(cwd, environment) })

let serial = 0

/** A project folder with these passwords, an ansible.cfg of these lines and these variables. */
function makeWorld(lines: readonly string[] = [], variables: Record<string, string> = {}): World {
  const name = `project-${++serial}`
  folder.write(join(name, 'ansible.cfg'), ['[defaults]', ...lines, ''].join('\n'))
  folder.write(join(name, 'one'), ' one password \n')
  folder.write(join(name, 'two'), 'two password')
  folder.write(join(name, 'spaced'), '#!/bin/sh\necho "one password "\n', 0o755)
  folder.write(join(name, 'script'), '#!/bin/sh\necho "one password"\n', 0o655)
  folder.write(join(name, 'keys-client.sh'), '#!/bin/sh\necho "$2 password"\n', 0o755)
  folder.write(join(name, 'unknown-client'), '#!/bin/sh\necho "one password"; exit 2\n', 0o755)
  folder.write(join(name, 'fails'), '#!/bin/sh\necho "one password"; exit 1\n', 0o755)
  folder.write(join(name, 'mistaken'), 'one password\n', 0o777)
  folder.write(join(name, 'as-shell'), 'echo one password\n', 0o777)
  folder.write(join(name, 'empty'), '\n \n')
  folder.write(join(name, 'nested'), nested)
  folder.write(join(name, 'sub/one-client/one'), 'one password')
  return { cwd: join(folder.path, name), environment: { HOME, ...variables } }
}

let nested = ''

beforeAll(async () => {
  folder.write('home/.vault_pass', 'one password')
  nested = await sealedBy('one', 'two password \n')
})

/** Text sealed with the password in `file`, under the id of that name; `default` has the password of `one`. */
async function sealedBy(id: 'one' | 'two' | 'default', text: string): Promise<string> {
  const source = id === 'default' ? 'default@one' : `${id}@${id}`
  return vaultOf(makeWorld([`vault_identity_list = ${source}`])).seal(new Secret(text))
}

interface Row {
  readonly title: string
  readonly lines?: readonly string[]
  readonly variables?: Record<string, string>
  /** The first version that does so; we follow the newest. */
  readonly since?: string
  readonly cwdMode?: number
  /** Try a text of each id, where the id matters; else one of `one`. */
  readonly all?: true
}

const list = (value: string): Pick<Row, 'lines'> => ({ lines: [`vault_identity_list = ${value}`] })
const file = (value: string): Pick<Row, 'lines'> => ({ lines: [`vault_password_file = ${value}`] })

const ROWS: readonly Row[] = [
  { title: 'nothing configured' },
  { title: 'a file', ...file('one') },
  { title: 'a file in the environment', variables: { ANSIBLE_VAULT_PASSWORD_FILE: 'one' } },
  { title: 'a file with ~', ...file('~/.vault_pass') },
  { title: 'a list with ~ and a label', ...list('one@~/.vault_pass') },
  { title: 'a list entry with {{CWD}}, which is not expanded there', ...list('{{CWD}}/one') },
  { title: 'a file with {{CWD}}', ...file('{{CWD}}/one') },
  { title: 'a missing file', ...file('missing') },
  { title: 'a missing file and a good one', ...list('a@missing, b@one') },
  { title: 'a folder', ...file('sub') },
  { title: 'an empty file', ...file('empty') },
  {
    title: 'an empty variable over a good setting',
    ...file('one'),
    variables: { ANSIBLE_VAULT_PASSWORD_FILE: '' },
  },
  {
    title: 'an empty list over a good list',
    ...list('one'),
    variables: { ANSIBLE_VAULT_IDENTITY_LIST: '' },
  },
  {
    title: 'a list in the environment over a list',
    ...list('two'),
    variables: { ANSIBLE_VAULT_IDENTITY_LIST: 'one' },
  },
  {
    title: 'a list and a file, which add up',
    all: true,
    lines: ['vault_identity_list = two', 'vault_password_file = one'],
  },
  { title: 'a script that is executable for others', ...file('script') },
  { title: 'a script that prints a space more', ...file('spaced') },
  { title: 'a script that fails', ...file('fails') },
  { title: 'a plain file with an execute bit', ...file('mistaken') },
  { title: 'a plain file of commands with an execute bit', ...file('as-shell') },
  { title: 'a client script with a label', ...list('one@keys-client.sh') },
  { title: 'a client script with another label', all: true, ...list('two@keys-client.sh') },
  {
    title: 'a client script as password file',
    lines: ['vault_password_file = keys-client.sh', 'vault_identity = one'],
  },
  { title: 'a client script that does not know', ...list('one@unknown-client') },
  { title: 'a folder named like a client script', ...file('sub/one-client/one') },
  { title: 'a file that an earlier password opens', all: true, ...list('x@one, y@nested') },
  { title: 'a file that no earlier password opens', ...list('y@nested, x@one') },
  { title: 'a file that nothing opens', ...list('y@nested') },
  { title: 'a prompt', ...list('one@prompt') },
  {
    title: 'ids that must match, and do',
    all: true,
    lines: ['vault_identity_list = one@one, two@two', 'vault_id_match = true'],
  },
  {
    title: 'ids that must match, and do not',
    all: true,
    lines: ['vault_identity_list = x@one, y@two', 'vault_id_match = true'],
  },
  {
    title: 'ids that must match, said with false',
    all: true,
    lines: ['vault_identity_list = x@one, y@two', 'vault_id_match = false'],
  },
  {
    title: 'ids that must match, and another default id',
    all: true,
    lines: ['vault_identity_list = x@one', 'vault_id_match = 1', 'vault_identity = x'],
  },
  {
    title: 'a quoted default id',
    all: true,
    lines: ['vault_identity_list = x@one', 'vault_id_match = 1', 'vault_identity = "x"'],
    since: '2.19',
  },
  {
    title: 'an empty default id',
    all: true,
    lines: ['vault_password_file = one', 'vault_identity ='],
  },
  {
    title: 'an empty default id, and a match',
    all: true,
    lines: ['vault_password_file = one', 'vault_identity =', 'vault_id_match = 1'],
  },
  {
    title: 'a default id with an @',
    all: true,
    lines: ['vault_password_file = one', 'vault_identity = a@b'],
  },
  { title: 'an ansible.cfg in a folder that everybody can write', ...file('one'), cwdMode: 0o777 },
  {
    title: 'an ansible.cfg with a key twice',
    lines: ['vault_password_file = one', 'vault_password_file = one'],
  },
  { title: 'a # behind the value', ...file('one # comment') },
  { title: 'a ; behind the value', ...file('one ; comment') },
]

describeEachAnsible((installation) => {
  // Older versions are tried where they are known to differ, and where several passwords could.
  const rows = ROWS.filter(
    ({ since, all }) =>
      isSince(installation, since ?? '0') && (isForAll(installation) || since !== undefined || all),
  )

  test.each(rows)('opens what we open: $title', async ({ lines, variables, cwdMode, all }) => {
    const world = makeWorld(lines, variables)
    const sealed = await Promise.all(
      (all ? (['one', 'two', 'default'] as const) : (['one'] as const)).map(async (id) => {
        const text = await sealedBy(id, `by ${id}\n`)
        writeFileSync(join(world.cwd, `sealed-${id}`), text)
        return { name: `sealed-${id}`, text }
      }),
    )
    if (cwdMode !== undefined) chmodSync(world.cwd, cwdMode)
    const results = await Promise.all(
      sealed.map(async ({ name, text }) => {
        const { status, stdout } = await run(installation.vault, ['view', name], world)
        return { ansible: status === 0 ? stdout : undefined, ours: openOrNot(world, text) }
      }),
    )
    expect(results.map(({ ours }) => ours)).toEqual(results.map(({ ansible }) => ansible))
  })

  test.each<Row>([
    { title: 'one password', ...list('one@one') },
    { title: 'a password file', ...file('one') },
    { title: 'two passwords', ...list('one@one, two@two') },
    { title: 'two passwords, one of them broken', ...list('one@missing, two@two') },
    {
      title: 'two passwords and a chosen one',
      lines: ['vault_identity_list = one@one, two@two', 'vault_encrypt_identity = two'],
    },
    {
      title: 'a chosen one without password',
      lines: ['vault_identity_list = one@one', 'vault_encrypt_identity = x'],
    },
    {
      title: 'a default id of another name',
      lines: ['vault_password_file = one', 'vault_identity = x'],
    },
  ])('seals with the id that we seal with: $title', async ({ lines, variables }) => {
    const world = makeWorld(lines, variables)
    writeFileSync(join(world.cwd, 'clear'), 'x')
    const { status, stdout } = await run(
      installation.vault,
      ['encrypt', '--output', '-', 'clear'],
      world,
    )
    const ours = await vaultOf(world)
      .seal(new Secret('x'))
      .catch(() => undefined)
    expect(ours?.split('\n')[0]).toBe(status === 0 ? stdout.split('\n')[0] : undefined)
    if (ours !== undefined) expect(vaultOf(world).openSync(stdout).reveal()).toBe('x')
  })

  test('opens what we seal, and we open what it seals', async () => {
    const world = makeWorld(['vault_identity_list = one@one'])
    mkdirSync(join(world.cwd, 'texts'))
    const names = TEXTS.map((_, at) => join('texts', String(at)))
    for (const [at, text] of TEXTS.entries()) {
      writeFileSync(join(world.cwd, names[at]!), await vaultOf(world).seal(new Secret(text)))
    }
    const read = () => names.map((name) => readFileSync(join(world.cwd, name), 'utf8'))
    expect((await run(installation.vault, ['decrypt', ...names], world)).status).toBe(0)
    expect(read()).toEqual(TEXTS)
    expect((await run(installation.vault, ['encrypt', ...names], world)).status).toBe(0)
    expect(read().map((text) => vaultOf(world).openSync(text).reveal())).toEqual(TEXTS)
    expect(read().map((text) => parseEnvelope(text).label)).toEqual(TEXTS.map(() => 'one'))
  })
})

function openOrNot(world: World, sealed: string): string | undefined {
  try {
    return vaultOf(world).openSync(sealed).reveal()
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^K3SV_VAULT_/) })
    return undefined
  }
}
