// ansible.cfg and the vault settings, against Ansible's own code: its ConfigManager, and Python's configparser with the
// options that Ansible gives it. One Python process answers for all cases of a version.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readAnsibleCfg } from '../../src/vault/ansible-cfg.js'
import { parseIni } from '../../src/vault/ini.js'
import { readSettings } from '../../src/vault/settings.js'
import { edits, mutate } from '../fuzz/mutate.js'
import { ANSIBLE_CFGS } from '../fuzz/samples.js'
import { isSince } from '../support/ansible.js'
import { describeEachAnsible } from '../support/each-ansible.js'
import { makeFolder } from '../vault/folder.js'
import { environmentIn } from '../support/environment.js'

const SAMPLE = { numRuns: 1500, seed: 20 }
const folder = makeFolder()

function askPython(python: string, program: string, cases: unknown): unknown[] {
  const { stdout, stderr } = spawnSync(python, ['-c', program], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as unknown[]
}

const PARSE = `
import configparser, json, sys
def parse(text):
    parser = configparser.ConfigParser(inline_comment_prefixes=(';',))
    try:
        parser.read_string(text)
    except configparser.Error:
        return None
    own = {name: dict(keys) for name, keys in parser._sections.items()}
    return {'DEFAULT': dict(parser._defaults), **own}
print(json.dumps([parse(text) for text in json.load(sys.stdin)]))
`

/** Ansible's own way from the bytes of a file to its values; what is not UTF-8 comes as U+FFFD, as we have it. */
const READ = `
import json, sys
from ansible.config.manager import ConfigManager
from ansible.errors import AnsibleError
manager = ConfigManager()
def shown(text):
    return text.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')
def read(path):
    try:
        manager._parse_config_file(path)
    except AnsibleError:
        return None
    parser = manager._parsers[path]
    if not parser.has_section('defaults'):
        return []
    return sorted([shown(key), shown(value)] for key, value in parser.items('defaults', raw=True))
print(json.dumps([read(path) for path in json.load(sys.stdin)]))
`

const SETTINGS = `
import functools, json, os, sys
from ansible.config.manager import ConfigManager
read = ConfigManager._read_config_yaml_file
definitions = functools.cache(lambda path: read(None, path))  # slow to parse, and the same for all cases
ConfigManager._read_config_yaml_file = lambda self, path: definitions(path)
NAMES = ['VAULT_IDENTITY_LIST', 'VAULT_PASSWORD_FILE', 'ASK_VAULT_PASS', 'VAULT_IDENTITY',
         'VAULT_ENCRYPT_IDENTITY', 'VAULT_ID_MATCH']
def settings(case):
    os.environ.clear()
    os.environ.update(case['environment'])
    os.chdir(case['cwd'])
    try:
        manager = ConfigManager()
    except Exception:
        return None
    return [manager._config_file, *[manager.get_config_value('DEFAULT_' + name) for name in NAMES]]
print(json.dumps([settings(case) for case in json.load(sys.stdin)]))
`

/** Lines that look like an ansible.cfg, put together at random. */
const iniText = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom('[defaults]', '[other]', '[DEFAULT]', ' [x]'), weight: 2 },
      {
        arbitrary: fc
          .tuple(
            fc.constantFrom('', '', ' ', '\t', '    '),
            fc.constantFrom('vault_identity', 'Forks', 'a', 'b b', 'c', '#d', ''),
            fc.constantFrom('=', ':', ' = ', ' : ', '= ', ''),
            fc.constantFrom(
              'x',
              '"x y"',
              'a ; b',
              'a;b',
              'a # b',
              ';',
              '%(home)s',
              'p=q',
              '',
              '\u2003é\x1c',
            ),
            fc.constantFrom('', '', ' ', '\r', ' ; c', '\t;c'),
          )
          .map((parts) => parts.join('')),
        weight: 6,
      },
      { arbitrary: fc.constantFrom('', '  ', '# c', '  ; c', '\r', '\ufeff', '  more'), weight: 2 },
    ),
    { maxLength: 9 },
  )
  .map((lines) => lines.join('\n'))

/** What people write with everything in it that breaks readers, as bytes that need not be UTF-8. */
const hostileBytes = fc
  .tuple(
    fc.constantFrom(...ANSIBLE_CFGS, '[defaults]\na = \u00e9\n# \u00fc\n'),
    edits([
      '[defaults]\n',
      '[DEFAULT]\n',
      '\n[a]\n',
      '\nA=',
      '\n b = ',
      '__proto__ = ',
      ' ;',
      '\n; ',
      '\x1c',
      '\u2003',
      '\u0130=',
    ]),
    fc.boolean(),
  )
  .map(([text, changes, isLatin]) =>
    Buffer.from(mutate(text, changes, 4096), isLatin ? 'latin1' : 'utf8'),
  )

const headed = fc
  .tuple(fc.constantFrom('[defaults]\n', '[defaults]\n', ''), iniText)
  .map((parts) => parts.join(''))

describeEachAnsible((installation) => {
  test('reads generated INI texts as we do', () => {
    const texts = fc.sample(headed, SAMPLE)
    const expected = askPython(installation.python, PARSE, texts)
    const actual = texts.map((text) => {
      try {
        const sections = [...parseIni(text, 'x')].map(([name, keys]) => [
          name,
          Object.fromEntries(keys),
        ])
        return { DEFAULT: {}, ...(Object.fromEntries(sections) as object) }
      } catch {
        return null
      }
    })
    expect(actual.map((result, at) => [texts[at], result])).toEqual(
      expected.map((result, at) => [texts[at], result]),
    )
    expect(expected.filter((result) => result !== null).length).toBeGreaterThan(SAMPLE.numRuns / 5)
  })

  test('reads the values that we read, or refuses as we do, from hostile bytes', () => {
    const texts = fc.sample(hostileBytes, { numRuns: 600, seed: 22 })
    const files = texts.map((bytes, at) =>
      folder.write(`${installation.version}/hostile-${at}.cfg`, bytes),
    )
    const expected = askPython(installation.python, READ, files)
    const actual = files.map((file) => {
      try {
        const variables = { ANSIBLE_CONFIG: file }
        const { sections } = readAnsibleCfg(environmentIn(folder.path, variables))
        return [...(sections.get('defaults') ?? [])].sort(byCodePoint)
      } catch (error) {
        expect(error).toMatchObject({ code: 'K3SV_VAULT_CONFIG' })
        return null
      }
    })
    const shown = texts.map((bytes) => bytes.toString('latin1'))
    expect(actual.map((result, at) => [shown[at], result])).toEqual(
      expected.map((result, at) => [shown[at], result]),
    )
    const filled = expected.filter((result) => result !== null && (result as []).length > 0)
    expect(filled.length).toBeGreaterThan(texts.length / 8)
  })

  test('has the settings that we have, in generated surroundings', () => {
    const cases = fc.sample(surroundings(isSince(installation, '2.19')), { numRuns: 400, seed: 21 })
    const worlds = cases.map((world, at) => build(`${installation.version}/${at}`, world))
    const expected = askPython(installation.python, SETTINGS, worlds)
    const actual = worlds.map(({ cwd, environment }) => {
      try {
        const found = readSettings(environmentIn(cwd, environment))
        return [
          found.cfg.file ?? null,
          found.identityList?.value ?? [],
          found.passwordFile?.value ?? null,
          found.askPassword?.value ?? false,
          found.identity,
          found.encryptIdentity ?? null,
          found.idMatch,
        ]
      } catch {
        return null
      }
    })
    expect(actual.map((result, at) => [worlds[at], result])).toEqual(
      expected.map((result, at) => [worlds[at], normalize(result as unknown[] | null)]),
    )
    expect(expected.filter((result) => result !== null).length).toBeGreaterThan(cases.length / 2)
  })
})

/** Python's order of texts; UTF-8 has it, and UTF-16 not. */
function byCodePoint([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** What Ansible only tests for truth: an empty encrypt identity is none, and every word is a match. */
function normalize(result: unknown[] | null): unknown[] | null {
  return result && [...result.slice(0, 5), result[5] || null, Boolean(result[6])]
}

interface World {
  readonly cfgs: Record<string, string>
  readonly variables: Record<string, string>
  readonly cwdMode: number
}

const KEYS = {
  vault_password_file: [
    'pw',
    'x/../pw',
    '~/pw',
    '$HOME/pw',
    '${NOPE}/pw',
    '{{CWD}}/pw',
    '/a//b/./pw',
    '"pw"',
    '',
    '~root',
    '$',
    '~nobody-x/pw',
  ],
  vault_identity_list: ['a@b', 'a@b, c@d', "'a@b', c", 'a@b,', '', 'prompt', 'a@"b"', '"a@b\\"'],
  vault_identity: ['prod', '', 'a b', 'a;b', 'x@y'],
  vault_encrypt_identity: ['prod', ''],
  vault_id_match: ['true', 'false', '0', ''],
  ask_vault_pass: ['true', 'no', 'YES', '1', 'maybe', ''],
}

/** Until 2.19 a quoted word kept its quotes in ansible.cfg; we follow the newer versions. */
function surroundings(isUnquoting: boolean): fc.Arbitrary<World> {
  const quoted = isUnquoting ? ['"prod"', "'prod'", '"', '"a\\"', '""'] : []
  const setting = fc.constantFrom(...Object.keys(KEYS)).chain((key) => {
    const values = [...KEYS[key as keyof typeof KEYS]]
    if (['vault_identity', 'vault_encrypt_identity', 'vault_id_match'].includes(key))
      values.push(...quoted)
    return fc.constantFrom(...values).map((value) => [key, value] as const)
  })
  const settings = fc.uniqueArray(setting, { selector: ([key]) => key, maxLength: 4 })
  const cfg = settings.map((pairs) =>
    ['[defaults]', ...pairs.map(([key, value]) => `${key} = ${value}`), ''].join('\n'),
  )
  const places = fc.constantFrom(
    'cwd/ansible.cfg',
    'home/.ansible.cfg',
    'named/ansible.cfg',
    'named/my.ini',
    'named/my.conf',
  )
  return fc.record({
    cfgs: fc.dictionary(places, cfg, { minKeys: 1, maxKeys: 3 }),
    cwdMode: fc.constantFrom(0o755, 0o755, 0o755, 0o1777, 0o777),
    variables: fc
      .tuple(
        settings,
        fc.option(
          fc.constantFrom(
            'BASE/named',
            'BASE/named/my.ini',
            'BASE/named/my.conf',
            '../named',
            '~/.ansible.cfg',
            '/nowhere',
            '',
          ),
        ),
      )
      .map(([pairs, named]) => {
        const set = pairs.map(([key, value]) => [`ANSIBLE_${key.toUpperCase()}`, value])
        return {
          ...(Object.fromEntries(set) as Record<string, string>),
          ...(named === null ? {} : { ANSIBLE_CONFIG: named }),
        }
      }),
  })
}

function build(name: string, { cfgs, variables, cwdMode }: World) {
  const base = join(folder.path, name)
  for (const part of ['cwd', 'home', 'named']) mkdirSync(join(base, part), { recursive: true })
  for (const [path, text] of Object.entries(cfgs)) folder.write(join(name, path), text)
  chmodSync(join(base, 'cwd'), cwdMode)
  const environment: Record<string, string> = { HOME: join(base, 'home'), ...variables }
  if (environment['ANSIBLE_CONFIG']) {
    environment['ANSIBLE_CONFIG'] = environment['ANSIBLE_CONFIG'].replace('BASE', base)
  }
  return { cwd: join(base, 'cwd'), environment }
}
