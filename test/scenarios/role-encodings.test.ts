// What the programs on a node really make of a token, against what src/token/encodings.ts says they do: whatever is said to
// be carried arrives, and what is said to break does break.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Encoding } from '../../src/role/profile.js'
import { carries } from '../../src/token/encodings.js'
import { describeEachAnsible } from '../support/each-ansible.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-test-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function isOnPath(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined
}

/** Letters more often than others, so that enough texts are carried. */
const LETTERS = 'aZ0aZ0aZ0aZ0aZ0~:#*?[]{},!%^@=+-_./"\'\\$`&;|<>() '

/** Texts that no general rule refuses, of the characters that break things somewhere. */
function sample(count: number): readonly string[] {
  const texts = fc.sample(
    fc.string({ minLength: 2, maxLength: 12, unit: fc.constantFrom(...LETTERS) }),
    {
      numRuns: count,
      seed: 23,
    },
  )
  return [...new Set(texts)].filter((text) => text === text.trim() && text !== '')
}

function carried(encoding: Encoding, count: number): readonly string[] {
  const texts = sample(count).filter((text) => carries(encoding, text))
  expect(texts.length).toBeGreaterThan(15)
  return texts
}

describe.each(['dash', 'bash'])('a word of a command of %s', (shell) => {
  const runs = isOnPath(shell) ? test : test.skip
  /** What `printf` gets as its argument; one script each, as a broken one would end the others. */
  const argue = (text: string): string =>
    spawnSync(shell, ['-c', `printf '%s|' --token ${text}`], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: '/home/of-a-user' },
    }).stdout

  runs('arrives if it is said to', () => {
    for (const text of carried('shell', 120))
      expect([text, argue(text)]).toEqual([text, `--token|${text}|`])
  })

  runs.each([
    ...'$b `b ;b &b |b >b (b " \' \\b'.split(' ').map((end) => `abc${end}`),
    'a b',
    '~/abc',
    '#abc',
    'a{b,c}',
  ])('breaks as %j, as is said', (text) => {
    // dash knows no braces.
    const isBroken = argue(text) !== `--token|${text}|`
    expect(isBroken).toBe(!(shell === 'dash' && text.includes('{')))
    expect(carries('shell', text)).toBe(false)
  })

  runs('breaks as a pattern where a file fits', () => {
    writeFileSync(join(folder, 'abcd'), '')
    for (const text of ['ab*', 'abc?', 'ab[c]d']) {
      expect(argue(text)).toBe('--token|abcd|')
      expect(carries('shell', text)).toBe(false)
    }
    rmSync(join(folder, 'abcd'))
  })
})

const GENERATOR = '/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator'

/**
 * What systemd has of values in an environment file. Its own generator reads environment.d with the parser of
 * EnvironmentFile= and prints it for a shell; values with a dollar sign are left out, which it expands and units do not.
 */
function readBySystemd(values: readonly string[]): readonly string[] {
  mkdirSync(join(folder, 'environment.d'), { recursive: true })
  return values.map((value) => {
    writeFileSync(join(folder, 'environment.d/1.conf'), `K3S_TOKEN=${value}\n`)
    const env = { PATH: process.env['PATH'], XDG_CONFIG_HOME: folder }
    const { stdout } = spawnSync(GENERATOR, [], { encoding: 'utf8', env })
    const script = `unset K3S_TOKEN; ${stdout}\nprintf %s "$K3S_TOKEN"`
    return spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout
  })
}

describe('an environment file of systemd', () => {
  const runs = existsSync(GENERATOR) && isOnPath('bash') ? test : test.skip
  const without = (texts: readonly string[]): readonly string[] =>
    texts.filter((text) => !text.includes('$'))

  runs('carries whatever is said to be carried', () => {
    const texts = without(carried('systemd-environment-file', 60))
    expect(readBySystemd(texts)).toEqual(texts)
  })

  runs.each(['"abc"', "'abc'", '"abc', 'abc\\def', 'abc\\'])('breaks %j, as is said', (text) => {
    expect(readBySystemd([text])).not.toEqual([text])
    expect(carries('systemd-environment-file', text)).toBe(false)
  })

  /** create_env_file of install.sh, with each shell in the place of sh. */
  const install = (shell: string, text: string): string => {
    const sh = join(folder, 'bin/sh')
    mkdirSync(join(folder, 'bin'), { recursive: true })
    rmSync(sh, { force: true })
    const path = spawnSync('sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).stdout.trim()
    spawnSync('ln', ['-s', path, sh])
    const script = `sh -c export | while read x v; do echo $v; done | grep -E '^K3S_TOKEN='`
    const env = { PATH: `${folder}/bin:${process.env['PATH']}`, K3S_TOKEN: text }
    const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8', env, cwd: folder })
    return readBySystemd([stdout.trimEnd().slice('K3S_TOKEN='.length)])[0]!
  }

  const installs = runs === test && isOnPath('dash') ? test : test.skip
  installs('holds what is said to be carried, written by install.sh', () => {
    for (const text of without(carried('install-script', 30))) {
      for (const shell of ['dash', 'bash']) {
        expect([shell, text, install(shell, text)]).toEqual([shell, text, text])
      }
    }
  })

  installs.each([
    ['dash', 'abc\\def'],
    ['dash', 'abc  def'],
    ['bash', 'abc"def'],
  ])('where %s is the sh, install.sh breaks %j', (shell, text) => {
    expect(install(shell, text)).not.toBe(text)
    expect(carries('install-script', text)).toBe(false)
  })
})

describe('a unit of systemd', () => {
  const runs = isOnPath('systemd-analyze') ? test : test.skip
  const verify = (text: string): string => {
    const unit = join(folder, 'k3s-test.service')
    writeFileSync(unit, `[Service]\nExecStart=/bin/echo agent --token ${text} --x\n`)
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], {
      encoding: 'utf8',
    })
    return stderr
      .split('\n')
      .filter((line) => line.includes('k3s-test.service'))
      .join('\n')
  }

  runs('is sound with whatever is said to be carried', () => {
    for (const text of carried('systemd-exec-start', 50))
      expect([text, verify(text)]).toEqual([text, ''])
  })

  runs.each([
    ['abc%zdef', /specifier/],
    ['abc"def', /Unbalanced quoting/],
    ["abc'def", /Unbalanced quoting/],
    ['abc\\qdef', /escape/],
  ])('is refused or changed with %s', (text, complaint) => {
    expect(verify(text)).toMatch(complaint)
    expect(carries('systemd-exec-start', text)).toBe(false)
  })

  runs('is accepted with a percent sign that stands for something of the machine', () => {
    expect(verify('abc%bdef')).toBe('')
    expect(carries('systemd-exec-start', 'abc%bdef')).toBe(false)
  })
})

interface Recorded {
  readonly vectors: readonly (readonly [text: string, read: string | null])[]
}

const GO_YAML = (
  JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../vectors/go-yaml.json'), 'utf8'),
  ) as Recorded
).vectors

describe('a value without quotes in a config.yaml that K3s reads (recorded from go-yaml)', () => {
  test('arrives wherever that is said', () => {
    const wrong = GO_YAML.filter(([text, read]) => carries('yaml-unquoted', text) && read !== text)
    expect(wrong).toEqual([])
    expect(GO_YAML.filter(([text]) => carries('yaml-unquoted', text)).length).toBeGreaterThan(200)
  })

  test('is said to break wherever it does, and hardly anywhere else', () => {
    const broken = GO_YAML.filter(([text, read]) => read !== text)
    expect(broken.filter(([text]) => carries('yaml-unquoted', text))).toEqual([])
    // A number such as 7 is a number for go-yaml, too, but looks the same again.
    const unharmed = GO_YAML.filter(
      ([text, read]) => read === text && !carries('yaml-unquoted', text),
    )
    expect(unharmed.length).toBeLessThan(broken.length / 3)
  })
})

/** Every text as an argument of a program that Ansible's command module runs; null where it fails. */
const RUN = `
import json, sys
from ansible.module_utils import basic
basic._ANSIBLE_ARGS = b'{"ANSIBLE_MODULE_ARGS": {}}'
basic._ANSIBLE_PROFILE = 'legacy'
module = basic.AnsibleModule(argument_spec={})
module.fail_json = lambda **_: (_ for _ in ()).throw(ValueError())
def run(text):
    try:
        return module.run_command('printf %s| --token ' + text)[1]
    except ValueError:
        return None
print(json.dumps([run(text) for text in json.load(sys.stdin)]))
`

/** What is dumped by to_nice_yaml's own dumper without quotes. */
const DUMP = `
import json, sys, yaml
from ansible.parsing.yaml.dumper import AnsibleDumper
def dump(text):
    return yaml.dump({'token': text}, Dumper=AnsibleDumper, indent=4, allow_unicode=True, default_flow_style=False)
print(json.dumps([dump(text) for text in json.load(sys.stdin)]))
`

describeEachAnsible(({ python }) => {
  const ask = <T>(program: string, texts: readonly string[]): readonly T[] => {
    const { stdout, stderr } = spawnSync(python, ['-c', program], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: '/home/of-a-user', SET: 'x', LC_ALL: 'C.UTF-8' },
    })
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout) as T[]
  }

  test('the command module hands on whatever is said to be carried', () => {
    const texts = carried('command-module', 300)
    expect(ask(RUN, texts)).toEqual(texts.map((text) => `--token|${text}|`))
  })

  test.each(['abc def', 'abc"def', "abc'def", 'abc\\def', '~/abc', 'abc$SET', 'abc${SET}d'])(
    'the command module breaks %s, as is said',
    (text) => {
      expect(ask(RUN, [text])).not.toEqual([`--token|${text}|`])
      expect(carries('command-module', text)).toBe(false)
    },
  )

  test('to_nice_yaml leaves bare nothing that K3s reads as something else, or it is said', () => {
    const texts = GO_YAML.map(([text]) => text)
    const dumped = ask<string>(DUMP, texts)
    const wrong = GO_YAML.filter(
      ([text, read], index) => dumped[index] === `token: ${text}\n` && read !== text,
    )
    expect(wrong.length).toBeGreaterThan(5)
    expect(wrong.filter(([text]) => carries('to_nice_yaml', text))).toEqual([])
  })
})
