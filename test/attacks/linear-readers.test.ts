// What is worked out of a text, beyond its patterns, takes no more than time that grows with it.
import { describe, expect, test } from '@jest/globals'
import { editValues, isStyleKept } from '../../src/ansible-files/vault-files/edit-values.js'
import { findTargets } from '../../src/ansible-files/vault-files/targets.js'
import { readYamlFile } from '../../src/ansible-files/vault-files/yaml-file.js'
import { readIniValues } from '../../src/ansible-files/vars-file/ini-values.js'
import { splitWords } from '../../src/ansible-files/vars-file/words.js'
import { compileGlob, compileName } from '../../src/files/glob.js'
import { printable, printableJson } from '../../src/printable.js'
import { inspectText } from '../../src/scan/inspect-text.js'
import { indexReferences } from '../../src/scan/scan-tree.js'
import { kindOfValue, looksRandom } from '../../src/scan/value.js'
import { expandPath } from '../../src/vault/expand-path.js'
import { parseIni } from '../../src/vault/ini.js'
import { environmentIn } from '../support/environment.js'
import { steepest } from './patterns/growth.js'

/** Pieces that a text is made of; `head` stands once before them. */
interface Made {
  readonly head?: string
  readonly piece: string
}

function textOf({ head = '', piece }: Made, length: number): string {
  const times = Math.ceil(length / piece.length)
  return head + Array.from({ length: times }, (_, at) => piece.replace('%', `${at}`)).join('')
}

const GROWTH = { textOf, mayExplode: true }
const PLACE = environmentIn('/work', { A: 'x' })
const VAULT = '$ANSIBLE_VAULT;1.1;AES256\n6162\n6364\n'

/** Every value sealed in place, without the cryptography. */
function sealAll(text: string): string {
  const file = readYamlFile('a.yml', text)
  const { values } = findTargets(file, () => true)
  for (const value of values) isStyleKept(file, value)
  return editValues(
    file,
    values.map((value) => ({ value, result: { vaultText: VAULT } })),
    'keep-style',
  )
}

function openAll(text: string): string {
  const file = readYamlFile('a.yml', text)
  const values = file.values.filter(({ isVault }) => isVault)
  return editValues(
    file,
    values.map((value) => ({ value, result: { text: 'x' } })),
    'keep-style',
  )
}

const scanned = (text: string): unknown => inspectText('group_vars/all.yml', text)

const READERS: readonly (readonly [string, (text: string) => unknown, readonly Made[]])[] = [
  [
    'references in a scan',
    (text) => indexReferences(inspectText('group_vars/all.yml', text).references),
    [
      { piece: `k3s_token_%: "${'{{a}}'.repeat(190)}"\n` },
      { piece: 'k3s_token_%: "{{ a% }}"\n' },
      { head: 'k3s_token: "', piece: '{{a%}}' },
    ],
  ],
  [
    'allow comments',
    (text) => {
      const { hits, isAllowed } = inspectText('a.sh', text)
      return hits.filter(isAllowed)
    },
    [
      { piece: '# k3s-vars: allow plain-token, a\n' },
      { head: 'x # k3s-vars: allow a', piece: ', a' },
      { head: '# k3s-vars: allow ', piece: 'a-' },
      { piece: '# k3s-vars: allow ' },
      { piece: 'K3S_TOKEN=changeme # k3s-vars: allow sample-token\n' },
    ],
  ],
  [
    'a scan of one line',
    (text) => inspectText('a.sh', `k3s\n${text}\n`),
    ['K3S_TOKEN=', '${K3S_TOKEN:-', '--token ', 'K10', '-e token=', '{{ ', '"'].map((piece) => ({
      piece,
    })),
  ],
  [
    'a scan of YAML',
    scanned,
    [
      { piece: 'token: changeme\n' },
      { piece: '- {token: "a"}\n' },
      { piece: 'token: &a% x\n' },
      { piece: 'a: [[' },
      { piece: 'token: |\n  x\n' },
    ],
  ],
  [
    'INI inventories',
    readIniValues,
    [
      { head: '[a:vars]\nx=', piece: '1' },
      { head: '[a:vars]\nx=', piece: '1_' },
      { head: '[a:vars]\nx=', piece: '0' },
      { head: '[a:vars]\nx=1.', piece: '1' },
      { piece: '[a:vars]\nx=1\n' },
      { head: '[a]\nhost ', piece: 'x%=1 ' },
      { head: '[a]\nhost x=', piece: "'a'" },
      { head: '[a]\n', piece: '\\ ' },
    ],
  ],
  [
    'ansible.cfg',
    (text) => parseIni(text, 'a.cfg'),
    [
      { head: '[a]\n', piece: 'x% = 1\n' },
      { head: '[a]\nx = 1\n', piece: ' y\n' },
      { head: '[a]\nx = ', piece: ' ;' },
      { piece: '[a%]\n' },
      { head: '[a]\nx =', piece: '\n' },
    ],
  ],
  [
    'sealing every value of a file',
    sealAll,
    [
      { piece: 'a%: "b"\n' },
      { piece: 'a%: "b" # c\n' },
      { piece: 'a%: b\n' },
      { head: 'a: [x', piece: ', "y"' },
      { piece: 'a%: |\n  b\n' },
      { piece: '- "a"\n' },
    ],
  ],
  [
    'opening every value of a file',
    openAll,
    [
      { piece: 'a%: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n' },
      { piece: 'a%: !vault "$ANSIBLE_VAULT" # k3s-vars: "..."\n' },
      { head: 'a: [x', piece: ', !vault "$ANSIBLE_VAULT"' },
      { head: 'a: !vault x # k3s-vars: -', piece: ' ' },
      { head: 'a: !vault x # k3s-vars: -', piece: ', -' },
    ],
  ],
  ['words of a shell', (text) => splitWords(text, 'comments'), [{ piece: "'a'" }, { piece: 'a ' }]],
  [
    'globs, by their own length',
    (text) => compileGlob(text)('a/b'),
    [{ piece: '[' }, { piece: '/' }, { piece: '[a]' }, { piece: '[]' }, { piece: '**/' }],
  ],
  ['names, by the pattern', (text) => compileName(text)('abc'), [{ piece: '*' }, { piece: 'a*' }]],
  [
    'paths of Ansible',
    (text) => expandPath(text, '/work', PLACE),
    ['$', '${', '${A}', '$A', '${A', '$}', '../'].map((piece) => ({ piece })),
  ],
  ['what is printed', printable, [{ piece: '\u202e' }, { piece: '\n' }, { piece: 'a' }]],
  ['what is printed as JSON', (text) => printableJson([text]), [{ piece: '\u{e0001}' }]],
  [
    'a value that may be a token',
    (text) => [kindOfValue(text), looksRandom(text)],
    ['a', 'aB1', 'a-', '/a', '<', '${', 'K10', ' '].map((piece) => ({ piece })),
  ],
]

describe('time grows with the text', () => {
  test.each(READERS)('of %s', (_, use, families) => {
    expect(steepest(quiet(use), families, GROWTH)).toBeUndefined()
  })

  // By a clock that takes what is said, since a busy machine blurs a square.
  test.each([
    ['what grows in a straight line is not steep', 1, false],
    ['nor what grows a little faster', 1.4, false],
    ['a square is', 2, true],
    ['and a cube', 3, true],
  ])('%s', (_, power, isSteep) => {
    const timeOf = (__: unknown, text: string): number => 2 * (text.length / 4096) ** power
    const found = steepest(() => undefined, [{ piece: 'a' }], { ...GROWTH, timeOf })
    expect(found !== undefined).toBe(isSteep)
  })
})

/** What is refused has been read all the same. */
function quiet(use: (text: string) => unknown): (text: string) => void {
  return (text) => {
    try {
      use(text)
    } catch {
      // Only the time matters here.
    }
  }
}
