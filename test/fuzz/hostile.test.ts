// Long texts, made so that anything that looks at them more than a few times over would take minutes; and a short run of the
// fuzzer that repeats exactly. The long run is `npm run fuzz`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { inspectText } from '../../src/scan/inspect-text.js'
import { expandHosts } from '../../src/config/host-range.js'
import { K3sVarsError } from '../../src/errors.js'
import { tokenVariables } from '../../src/inventory/variables.js'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import { Secret } from '../../src/secret.js'
import { parseDocument } from '../../src/document/text.js'
import { inspectToken } from '../../src/token/inspect.js'
import { parseEnvelope } from '../../src/vault/envelope.js'
import { expandPath } from '../../src/vault/expand-path.js'
import { parseIni } from '../../src/vault/ini.js'
import { parseTree } from '../../src/yaml/tree.js'
import { readYaml, YamlSyntaxError } from '../../src/yaml/read.js'
import { load } from '../config/folder.js'
import { environmentIn } from '../support/environment.js'

const MEGABYTE = 1_000_000
/** As long as a token file may be. */
const LONG_TOKEN = 65_536

/** Milliseconds of processor time. On an idle machine the slowest takes a fifth of it. */
const PATIENCE = 10_000

/** Two texts, a comma between them, as often as they fit. */
function filled(text: string, length = MEGABYTE): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length)
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n')
}

type Row = readonly [title: string, text: string]

const YAML: readonly Row[] = [
  ['brackets', filled('[')],
  ['braces', filled('{a: ')],
  ['dashes', filled('- ')],
  ['dashes that all end at once', `- a\n${filled('- ', 20_000)}\n- b\n`],
  ['question marks', filled('? ')],
  ['anchors', filled('&a ')],
  ['tags', filled('!a ')],
  ['one word', `a: ${filled('x')}`],
  ['words in quotes', `a: "${filled('x ')}"`],
  ['blanks within a word', `a: x${filled(' ')}y`],
  ['digits', `a: ${filled('9')}`],
  ['underscores within a number', `a: 1${filled('_')}x`],
  ['parts of a time', `a: 1${filled(':1')}x`],
  ['newlines within quotes', `a: "${filled('\n', 100_000)}"`],
  ['lines of a block', `a: |\n${filled('  x\n')}`],
  ['items of a flow list', `a: [${filled('b,', 200_000)}]`],
  ['comments', filled('#\n', 200_000)],
  ['carriage returns', filled('a: b\r', 100_000)],
  ['documents', filled('---\n', 100_000)],
  ['a hundred thousand keys', lines(100_000, (index) => `k${index}: 1`)],
  ['a long line behind an error', `a: b: ${filled('x')}`],
  ['a comment that is longer than all else', `a: 1 ${filled('#')}`],
  ['aliases of one mapping', `a: &a { b: 1 }\nc: [${filled('*a ,', 400_000)}*a ]`],
]

function spent(body: () => unknown): number {
  const begun = process.cpuUsage()
  try {
    body()
  } catch (error) {
    if (!(error instanceof K3sVarsError) && !(error instanceof YamlSyntaxError)) throw error
  }
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

describe('a megabyte of YAML', () => {
  test.each(YAML)('as %s is read or refused in bounded time', (_, text) => {
    expect(spent(() => readYaml(text))).toBeLessThan(PATIENCE)
    expect(spent(() => parseTree(text.slice(0, 200_000)))).toBeLessThan(PATIENCE)
  })

  test('is no token document, and the error says where', () => {
    const text = `${filled('#\n', 200_000)}schema: 1\nkey: ${filled('x', 500_000)}`
    expect(spent(() => parseDocument(text, { cluster: 'a', file: 'f' }))).toBeLessThan(PATIENCE)
  })
})

describe('a long configuration', () => {
  test.each<Row>([
    [
      'an unknown key behind all others',
      `clusters: { a: { vars: { ${filled('x,', 200_000)} }, y: 1 } }`,
    ],
    [
      'ten thousand clusters',
      `clusters:\n${lines(10_000, (n) => `  c${n}: { hosts: { server: [h${n}] } }`)}`,
    ],
    ['a cluster name of a megabyte', `clusters: { ${filled('a', 500_000)}A: }`],
    [
      'a name of a host as long as a text',
      `clusters: { a: { hosts: { server: ["${filled('h', 500_000)}"] } } }`,
    ],
  ])('with %s is read or refused in bounded time', (_, text) => {
    expect(spent(() => load(text))).toBeLessThan(PATIENCE)
  })

  test.each([
    ['brackets', filled('[', 900)],
    ['ranges', filled('[1:2]', 1000)],
    ['colons', `[${filled(':', 900)}]`],
    ['digits', `[0:${filled('9', 900)}]`],
  ])('with a host pattern of %s is refused in bounded time', (_, pattern) => {
    expect(spent(() => expandHosts(pattern))).toBeLessThan(PATIENCE)
  })
})

describe('a megabyte to be scanned', () => {
  test.each<Row>([
    ['names of the variable', filled('K3S_TOKEN ')],
    ['assignments', filled('K3S_TOKEN=')],
    ['options', filled('--token ')],
    ['blanks behind a name', `K3S_TOKEN${filled(' ')}=x`],
    ['keys', filled('token: ')],
    ['quotes', `K3S_TOKEN=${filled('"')}`],
    ['braces', filled('{{ token ')],
    ['prefixes', filled('K10')],
    ['colons', `K10${filled('::')}`],
    ['one word', `token=${filled('x')}`],
    ['the mark of an exception', filled('k3s-vars: allow a,')],
    ['commas of an exception', `# k3s-vars: allow ${filled('a, ')}`],
    ['backslashes', filled('k3s server \\\n --token \\\n', 200_000)],
    ['names of k3s', filled('k3s')],
  ])('of %s takes bounded time', (_, text) => {
    for (const path of ['deploy.sh', 'inventory/hosts', '.bash_history']) {
      expect(spent(() => inspectText(path, text))).toBeLessThan(PATIENCE)
    }
  })
})

test.each<Row>([
  ['semicolons', `[defaults]\na=${filled(' ;')}`],
  ['semicolons in a word', `[defaults]\na=${filled('x;')}`],
  ['blanks', `[defaults]\na=${filled(' ')}x`],
  ['brackets', filled('[')],
  ['continuations', `[defaults]\na=1\n${filled(' x\n')}`],
])('ansible.cfg of a megabyte of %s takes bounded time', (_, text) => {
  expect(spent(() => parseIni(text, 'ansible.cfg'))).toBeLessThan(PATIENCE)
})

test.each<Row>([
  ['open braces', filled('${')],
  ['closed braces', filled('${a}')],
  ['dollars', filled('$')],
  ['names', filled('$a')],
])('a path of a megabyte of %s takes bounded time', (_, text) => {
  const environment = environmentIn('/', { a: 'b', HOME: '/' })
  expect(spent(() => expandPath(text, '/', environment))).toBeLessThan(PATIENCE)
})

test.each<Row>([
  ['hex digits', `$ANSIBLE_VAULT;1.1;AES256\n${filled('30')}`],
  ['newlines', `$ANSIBLE_VAULT;1.1;AES256${filled('\n')}`],
  ['fields', `$ANSIBLE_VAULT${filled(';')}`],
  ['blanks', `$ANSIBLE_VAULT;${filled(' ')};AES256`],
  ['parts', `$ANSIBLE_VAULT;1.1;AES256\n${filled('0a')}`],
])('vault text of a megabyte of %s takes bounded time', (_, text) => {
  expect(spent(() => parseEnvelope(text))).toBeLessThan(PATIENCE)
})

const HALF = filled('a', LONG_TOKEN / 2)

describe('a long token', () => {
  test.each<Row>([
    ['one letter', filled('a', LONG_TOKEN)],
    ['a letter between others', `${HALF}b${HALF}`],
    ['a letter behind others', `${HALF}${HALF}b`],
    ['lines of base64', filled(`${'A'.repeat(64)}\n`, LONG_TOKEN)],
    ['newlines behind a line of base64', `${'A'.repeat(64)}${filled('\n', LONG_TOKEN)}x`],
    ['blanks', `${filled(' ', LONG_TOKEN)}x`],
    ['parts of a time', `1${filled(':1', LONG_TOKEN)}`],
    ['underscores', `1${filled('_', LONG_TOKEN)}e`],
    ['a sample', `${filled('changeme-', LONG_TOKEN)}x`],
    ['a sample without its end', filled('change', LONG_TOKEN)],
    ['halves of surrogate pairs', filled('\ud800', LONG_TOKEN)],
    ['colons behind a prefix', `K10${filled(':', LONG_TOKEN)}`],
  ])('of %s is judged for every role in bounded time', (_, text) => {
    for (const role of Object.values(ROLE_PROFILES)) {
      expect(spent(() => inspectToken(text, { kind: 'server', role }))).toBeLessThan(700)
    }
  })
})

test('newlines before the end of server_config_yaml take bounded time', () => {
  const [cluster] = load(
    `clusters: { a: { agent_token: true, vars: { server_config_yaml: "x${filled('\\n', 400_000)}y" } } }`,
  ).clusters
  const token = { form: 'plain', secret: new Secret('x') } as const
  const variables = () => tokenVariables(cluster!, { server: token, agent: token })
  expect(spent(variables)).toBeLessThan(PATIENCE)
})

describe('the fuzzer', () => {
  const short = fuzz('--inputs', '20', '--patience', '60000')
  // Its control waits for a loop most of the time, and can do that beside all others.
  const control = fuzz('--inputs', '20', '--target', 'control', '--patience', '5000')

  test('finds nothing in a short run', async () => {
    const { status, stdout, stderr } = await short
    expect(`${stdout}${stderr}${status}`).not.toMatch(/kept as|Error/)
    expect(stdout.match(/^[a-z. ]+? +\d+ +\d+ +\d+ +0$/gim)).toHaveLength(15)
    expect(status).toBe(0)
  }, 300_000)

  test('finds each kind of fault in a program that has them all', async () => {
    const { status, stdout } = await control
    for (const kind of ['broken promise', 'foreign error', 'secret shown', 'hang', 'memory']) {
      expect(stdout).toContain(`\n  ${kind}: `)
    }
    expect(status).toBe(1)
  }, 120_000)
})

interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Started at once, while the tests above use this process. */
function fuzz(...options: readonly string[]): Promise<Outcome> {
  const args = ['--import', 'tsx', 'test/fuzz/fuzz.ts', ...options]
  const child = spawn(process.execPath, args, { cwd: join(__dirname, '../..') })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (part: string) => (stdout += part))
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part))
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (status) => resolve({ status, stdout, stderr }))
  })
}
