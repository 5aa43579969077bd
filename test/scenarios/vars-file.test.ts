// What we read from files of variables is what PyYAML and Ansible read.
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readIniValues } from '../../src/ansible-files/vars-file/ini-values.js'
import { readYamlValues } from '../../src/ansible-files/vars-file/yaml-values.js'
import { findAnsible } from '../support/ansible.js'
import type { Ansible } from '../support/ansible.js'
import { Project } from '../support/project.js'
import { yamlText } from '../ansible-files/vars-file/yaml-text.js'

const COMPOSE = `
import json, sys, yaml
KINDS = {'str': 'string', 'int': 'number', 'float': 'number', 'bool': 'boolean', 'null': 'null', 'timestamp': 'date'}
def walk(node, path):
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value: yield from walk(value, path + [key.value])
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value): yield from walk(value, path + [index])
    else:
        kind = 'string' if node.tag in ('!vault', '!unsafe') else KINDS.get(node.tag.rpartition(':')[2], 'other')
        yield [path, node.value, kind]
def read(text):
    try: return [[*item] for root in yaml.compose_all(text, yaml.SafeLoader) if root for item in walk(root, [])]
    except yaml.YAMLError: return None
json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
`

const TEXTS = [
  'a: |\n  x',
  'a: |-\n  x',
  'a: |+\n  x',
  'a: >\n  x\n  y',
  'a: |\n  x\n     \nb: 1\n',
  'a: |\n  x\n \n\n# c\n',
  'a: >\n\n  x\n\n  y\n\n',
  'a: "x\n\n  y\\\n  z"\n',
  "a: 'x''y\n  z'\n",
  'a: x\n   y\n\n   z\n',
  'a: !!str 1\nb: ! 2\nc: !vault |\n  x\n',
  'a: &x 1\nb: *x\nc: &y\nd: *y\n',
  'a: {b, c: , d: "x"}\n',
  'a: [1, [2], {b: 3}, c: 4]\n',
  '? a\n: b\n? c\n',
  '\ufeffa: 1\n---\nb: 2\n...\n---\n- - x\n  - y\n',
  'a: 1\na: 2\n',
  'a:\r\n  - x\r\n  - |\r\n    y\r\n',
  'a: =\nb: 1:30\nc: 1e3\nd: 1.5e+3\ne: 0o7\nf: .5\ng: 2001-1-1 1:2:3\nh: Null\n',
  'a: "\\x41\\u00e9\\U0001F511\\_\\e"\n',
  'a: # c\n  b # d\n',
  'a:\n- b\n-\n  - c\n- d: e\n  f: g\n',
  '%YAML 1.1\n---\na: b\n',
  '--- !x\na: b\n',
  '--- |\n  x\n',
  "k: 'é\u00a0'\n",
]

const [oldest, newest] = [findAnsible()[0], findAnsible().at(-1)]
const withAnsible = newest === undefined ? describe.skip : describe

withAnsible('against the real programs', () => {
  test('YAML values are those that PyYAML reads', () => {
    const generated = fc.sample(yamlText(), { numRuns: 600, seed: 20 })
    expectAgreement([...TEXTS, ...generated])
  })

  test.each([oldest!, newest!])('INI values are those that Ansible $version reads', (ansible) => {
    expectIniAgreement(ansible)
  })
})

function expectAgreement(texts: readonly string[]): void {
  const { stdout, stderr } = spawnSync(newest!.python, ['-c', COMPOSE], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  expect(stderr).toBe('')
  const expected = JSON.parse(stdout) as unknown[]
  // What PyYAML refuses, Ansible never reads.
  expect(expected.filter((answer) => answer === null).length).toBeLessThan(texts.length / 20)
  for (const [index, text] of texts.entries()) {
    if (expected[index] === null) continue
    const values = readYamlValues(text)
    const read = written(values.map(({ path, text: value, type }) => [path, value, type]))
    expect({ text, read }).toEqual({ text, read: written(expected[index] as unknown[][]) })
  }
}

/** Without those that have no text: `{a, b: 1}`. */
function written(values: unknown[][]): unknown[][] {
  return values.filter(([, text, type]) => text !== '' || type !== 'null')
}

const INI = `
[servers]
h1 token=abc # c
h2 token="a b" port=12 x=abc#d
h3 token='"q"' y='a\\b' z=007
h4 e= t=True n=None f=1e3 s=a=b
[servers:vars]
one = two # three
quoted = "a # b"
number = 1_000
float = .5
octal = 0o17
seven = 07
word = none
`

function expectIniAgreement(ansible: Ansible): void {
  const project = new Project({ 'hosts.ini': INI })
  try {
    const program = `${ansible.bin}/ansible-inventory`
    const { stdout } = project.run(program, ['-i', 'hosts.ini', '--list', '--export'])
    const answer = JSON.parse(stdout) as {
      servers: { vars: Record<string, unknown> }
      _meta: { hostvars: Record<string, Record<string, unknown>> }
    }
    for (const { path, text, type, owner } of readIniValues(INI)) {
      const [name, key] = path as [string, string]
      const vars = owner === 'host' ? answer._meta.hostvars[name] : answer.servers.vars
      const value = vars?.[key]
      const kind = value === null ? 'null' : typeof value
      expect([path, kind]).toEqual([path, type])
      if (type === 'string') expect([path, value]).toEqual([path, text])
    }
  } finally {
    project.remove()
  }
}
