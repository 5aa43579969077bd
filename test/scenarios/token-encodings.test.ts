// What shells and PyYAML really make of a token, against what src/token/encodings.ts says they do.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { K3S_IO } from '../../src/role/k3s-io.js'
import { carries } from '../../src/token/encodings.js'
import { generateToken, symbolsFor } from '../../src/token/generate.js'
import { isBareForPyYaml, readsAsOtherType } from '../../src/yaml-types.js'
import { describeEachAnsible } from '../support/each-ansible.js'

const GENERATED = (['alphanumeric', 'hex', 'url-safe', 'complex'] as const).flatMap((alphabet) =>
  Array.from({ length: 100 }, (_, index) =>
    generateToken(
      { alphabet, length: 16 + (index % 48), symbols: symbolsFor(K3S_IO) },
      randomBytes,
    ).reveal(),
  ),
)

function isOnPath(program: string): boolean {
  return spawnSync(program, ['-c', ':']).error === undefined
}

describe.each(['dash', 'bash'])('a file sourced by %s', (shell) => {
  const runs = isOnPath(shell) ? test : test.skip
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'k3s_vars-test-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** What the shell has in K3S_TOKEN after each file, as install.sh's OpenRC service sources it. */
  function source(values: readonly string[]): string[] {
    values.forEach((value, index) => {
      writeFileSync(join(folder, `${index}.env`), `K3S_TOKEN=${value}\n`)
    })
    const script = `i=0; while [ $i -lt ${values.length} ]; do
      ( set -o allexport; . ./$i.env; printf %s "$K3S_TOKEN" ); printf '\\0'; i=$((i+1)); done`
    const { stdout } = spawnSync(shell, ['-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: '/home/of-a-user', LC_ALL: 'C.UTF-8' },
    })
    return stdout.split('\0').slice(0, -1)
  }

  runs('carries every generated token', () => {
    expect(source(GENERATED)).toEqual(GENERATED)
  })

  runs('carries whatever is said to be carried', () => {
    const texts = fc
      .sample(fc.string({ minLength: 1, unit: fc.constantFrom(...'aZ0~:#*?[]{},!%^@=+-_./"$ ') }), {
        numRuns: 2000,
        seed: 7,
      })
      .filter((text) => carries('openrc-sourced-file', text))
    expect(texts.length).toBeGreaterThan(100)
    expect(source(texts)).toEqual(texts)
  })

  const broken = [...'$`\\ ;&|()<>\'"'].map((one) => `abc${one}def`)

  runs.each([...broken, '~/abc', 'abc:~/def', 'a$(echo b)c', 'a\tb', 'a\nb'])(
    'breaks %j',
    (text) => {
      expect(carries('openrc-sourced-file', text)).toBe(false)
      expect(source([text])).not.toEqual([text])
    },
  )
})

// For each text: whether it is dumped without quotes, whether it comes back, and what it is when written bare.
const ASK = `
import json, sys, yaml
resolver = yaml.SafeLoader('')
def ask(text):
    dumped = yaml.safe_dump({'token': text}, width=100000)
    tag = resolver.resolve(yaml.ScalarNode, text, (True, False))
    return {
        'bare': dumped == 'token: ' + text + chr(10),
        'back': yaml.safe_load(dumped)['token'] == text,
        'string': tag == 'tag:yaml.org,2002:str',
    }
print(json.dumps([ask(text) for text in json.load(sys.stdin)]))
`

interface Answer {
  readonly bare: boolean
  readonly back: boolean
  readonly string: boolean
}

describeEachAnsible(({ python }) => {
  function ask(texts: readonly string[]): Answer[] {
    const { stdout, stderr } = spawnSync(python, ['-c', ASK], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout) as Answer[]
  }

  test('PyYAML has every generated token as a string, and back again', () => {
    const wrong = ask(GENERATED).filter(({ back, string }) => !back || !string)
    expect(wrong).toEqual([])
    expect(GENERATED.filter(isBareForPyYaml)).toEqual([])
  })

  test.each([
    '12345678901234e5',
    '1e+10',
    '1.5e10',
    '.5e10',
    '12e3_',
    '0o17',
    '0X1F',
    '0B101',
    '0123456789',
  ])('PyYAML leaves %s without quotes, which Go reads as a number', (text) => {
    expect(isBareForPyYaml(text)).toBe(true)
    expect(ask([text])).toEqual([{ bare: true, back: true, string: true }])
  })

  test.each(['1234567890', '01234567', '0x1f', '0b101', '1.5e+10', '1_000', '1.5', '.inf', 'yes'])(
    'PyYAML quotes %s, so it stays a string',
    (text) => {
      expect(isBareForPyYaml(text)).toBe(false)
      expect(readsAsOtherType(text)).toBe(true)
      expect(ask([text])).toEqual([{ bare: false, back: true, string: false }])
    },
  )

  test('PyYAML agrees on what is bare and what is another type, for texts like numbers', () => {
    const number = fc.string({
      minLength: 1,
      maxLength: 8,
      unit: fc.constantFrom(...'00011178899eeExXoObB_+-.:f'),
    })
    const texts = fc.sample(number, { numRuns: 8_000, seed: 11 })
    const answers = ask(texts)
    const of = (pick: (answer: Answer, text: string) => boolean): string[] =>
      texts.filter((text, index) => pick(answers[index]!, text))
    expect(of(({ bare }, text) => isBareForPyYaml(text) && !bare)).toEqual([])
    expect(of(({ string }, text) => !string && !readsAsOtherType(text))).toEqual([])
    expect(of(({ string }, text) => !string && isBareForPyYaml(text))).toEqual([])
    expect(texts.filter(isBareForPyYaml).length).toBeGreaterThan(50)
  })
})
