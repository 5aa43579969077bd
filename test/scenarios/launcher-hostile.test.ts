// The real launcher with arguments and in places that a shell, Node or a program in a hurry would stumble over. What main.ts
// makes of far more arguments, without a process for each, is a target of the fuzzer.
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { EXIT_STATUS } from '../../src/errors.js'
import { CANARY } from '../fuzz/examine.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const CONFIG = `clusters:
  home: { encrypt: never, probe: false, hosts: { server: [s1, constructor], agent: [a1] } }
  lab: { encrypt: never, probe: false, vars: { __proto__: x }, hosts: { server: [s2] } }
`
const KNOWN = ['--list', '--host', '--plugins', '--host=s1', '--host=', 'home', 'lab', 's1', 'a1']

/** Each would make the file `pwned`, or print, or be lost, wherever it is not taken as it is. */
const HOSTILE = [
  ...[
    '',
    ' ',
    '\n',
    'a b',
    '"',
    "'",
    '\\',
    '\\c',
    '%s%n',
    '*',
    '?',
    '[a-z]*',
    '~',
    '!!',
    '#',
    '\u0001',
  ],
  ...['$(touch pwned)', '`touch pwned`', '; touch pwned', '&& touch pwned', '\ntouch pwned\n'],
  ...[
    '> pwned',
    '2>pwned',
    '| tee pwned',
    '"; touch pwned; "',
    "'; touch pwned; '",
    '${IFS}',
    '$0',
    '$@',
  ],
  ...[
    '-',
    '--',
    '-e',
    '-p',
    '-n',
    '--eval=require("fs").writeFileSync("pwned","")',
    '-r./evil.cjs',
  ],
  ...['--inspect', '--version', '--help', '--cpu-prof', '--heapsnapshot-signal=SIGUSR1', '--json'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '--__proto__=x',
    '--host=__proto__',
    '--host=constructor',
  ],
  ...['../../etc/passwd', '/dev/stdin', 'é😀', '\u202e\u2028\ufeff', 'x'.repeat(100_000), CANARY],
]
const SHOWN = 33

/** NUL cannot stand in an argument, nor half of a surrogate pair in UTF-8. */
const word = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...KNOWN) },
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...HOSTILE), fc.constantFrom(...HOSTILE))
      .map((two) => two.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'binary', maxLength: 12 })
      .map((text) => text.replaceAll('\0', '').toWellFormed()),
  },
)
const question = fc.constantFrom('--list', '--host', '--plugins')
const words = fc.oneof(
  fc.tuple(question, fc.array(word, { maxLength: 3 })).map(([first, rest]) => [first, ...rest]),
  fc.tuple(question, fc.array(word, { maxLength: 1 })).map(([first, rest]) => [first, ...rest]),
  fc.array(word, { maxLength: 4 }),
)

let project: Project
let token: string
let before: unknown

beforeAll(() => {
  project = new Project({ 'k3s_vars.yml': CONFIG })
  mkdirSync(project.path('plugins'))
  symlinkSync(LAUNCHER, project.path('plugins/k3s_vars'))
  mkdirSync(project.path('$(touch pwned) "a\' *'))
  symlinkSync('../plugins/k3s_vars', project.path('$(touch pwned) "a\' */k3s\nvars'))
  const { stdout } = project.run(LAUNCHER, ['--plugins'], { input: '{"clusters": ["home"]}' })
  token = /"([A-Za-z][A-Za-z0-9]{42})"/.exec(stdout)![1]!
  expect(project.run(LAUNCHER, ['--list']).status).toBe(0)
  before = snapshot()
})

afterAll(() => {
  expect(snapshot()).toEqual(before)
  project.remove()
})

/** Every file of the project, and beside it, with what it holds; links are not followed. */
function snapshot(): unknown {
  return readdirSync(dirname(project.folder), { recursive: true, withFileTypes: true })
    .map((entry) => [join(entry.parentPath, entry.name), entry.isFile()] as const)
    .map(([path, isFile]) => [path, isFile ? readFileSync(path, 'latin1') : ''])
    .sort()
}

function requireManners({ status, stdout, stderr }: Outcome, args: readonly string[]): void {
  const [first = ''] = args
  expect(Object.values(EXIT_STATUS)).toContain(status)
  expect(status).not.toBe(EXIT_STATUS.internal)
  expect(stderr).toMatch(/^(?:k3s_vars: [^\p{Cc}]+ \(K3SV_[A-Z_]+\)\nhint: [^\p{Cc}]+\n)?$/u)
  expect(stderr === '').toBe(status === 0)
  expect(stdout === '').toBe(status !== 0)
  if (status === 0 && /^--(?:list$|host$|host=|plugins$)/.test(first)) {
    expect(stdout).toMatch(/^\{.*\}\n$/)
    expect(JSON.parse(stdout)).toBeInstanceOf(Object)
  }
  const isAsked = first === '--list' || first === '--plugins'
  expect(stdout.includes(token)).toBe(isAsked && status === 0)
  expect(stderr).not.toContain(token)
  for (let at = 0; at + SHOWN <= CANARY.length; at++) {
    expect(stdout + stderr).not.toContain(CANARY.slice(at, at + SHOWN))
  }
}

test('hostile arguments are refused or answered, and nothing else happens', () => {
  const launchers = [
    LAUNCHER,
    project.path('plugins/k3s_vars'),
    project.path('$(touch pwned) "a\' */k3s\nvars'),
  ]
  const drawn = fc.sample(words, { seed: 5, numRuns: 100 })
  const statuses = new Set<number | null>()
  for (const [index, args] of drawn.entries()) {
    const outcome = project.run(launchers[index % launchers.length]!, args)
    try {
      requireManners(outcome, args)
    } catch (error) {
      throw new Error(JSON.stringify(args).slice(0, 300), { cause: error })
    }
    statuses.add(outcome.status)
  }
  expect([...statuses].sort()).toEqual([0, 2])
})

test.each([
  ['--list twice', ['--list', '--list'], 2],
  ['no host', ['--host'], 2],
  ['an empty host', ['--host='], 0],
  ['an empty word as host', ['--host', ''], 0],
  ['the prototype as host', ['--host', '__proto__'], 0],
  ['a host of the name of a method', ['--host=constructor'], 0],
  ['clusters that belong on standard input', ['--plugins', 'home', 'none'], 2],
  ['the prototype as cluster', ['--plugins', '__proto__'], 2],
  ['an empty word as cluster', ['--plugins', ''], 2],
  [
    'a megabyte of arguments',
    ['--plugins', ...Array.from({ length: 10 }, () => 'x'.repeat(100_000))],
    2,
  ],
  ['ten thousand arguments', ['--plugins', ...Array.from({ length: 10_000 }, () => 'home')], 2],
])('%s', (_, args, status) => {
  const outcome = project.run(LAUNCHER, args)
  requireManners(outcome, args)
  expect(outcome.status).toBe(status)
  if (args[0]!.startsWith('--host') && status === 0) expect(outcome.stdout).toBe('{}\n')
})

test.each([
  ['no question, which is one about all', '', 0],
  ['half of one', '{"clusters": ["ho', 2],
  ['another shape', '[1, {"clusters": 3}]', 2],
  ['the prototype as cluster', '{"clusters": ["__proto__"]}', 3],
  ['an empty word as cluster', '{"clusters": [""]}', 3],
  ['a name with line ends and escapes', '{"clusters": ["a\\nb\\u001b[2K\\u202e"]}', 3],
  ['a megabyte as cluster', `{"clusters": ["${'x'.repeat(1_000_000)}"]}`, 3],
])('%s on standard input of the plugins', (_, input, status) => {
  const outcome = project.run(LAUNCHER, ['--plugins'], { input })
  requireManners(outcome, ['--plugins'])
  expect(outcome.status).toBe(status)
})

test.each([
  ['as a host', ['--host', '\\377\\376'], 0],
  ['behind --host=', ['--host=\\300\\200$(touch pwned)'], 0],
  ['as a cluster', ['--plugins', '\\355\\240\\200'], 2],
  ['as a command', ['\\200'], 2],
])('bytes that are no UTF-8 %s', (_, args, status) => {
  const call = `exec "$0" ${args.map((bytes) => `"$(printf '%b' '${bytes.replaceAll('\\', '\\0')}')"`).join(' ')}`
  const outcome = project.run('/bin/sh', ['-c', call, LAUNCHER])
  requireManners(outcome, args)
  expect(outcome.status).toBe(status)
})

describe.each([
  'a b',
  'a\nb',
  'ends in a newline\n',
  `it's "quoted"`,
  '$(touch pwned)',
  '`touch pwned`',
  '$HOME',
  '*',
  '-n',
  '--eval',
  'back\\slash\\c',
  '%s%n #?:;',
  'ü\u202e',
])('in a folder named %j, the launcher', (name) => {
  let folder: string
  let launcher: string
  beforeAll(() => {
    folder = join(project.path('home'), name)
    launcher = join(folder, name, 'k3s_vars')
    mkdirSync(dirname(launcher), { recursive: true })
    cpSync(LAUNCHER, launcher)
  })
  afterAll(() => {
    before = snapshot()
  })

  test('says where it is not built yet, in two lines', () => {
    const { status, stdout, stderr } = project.run(launcher, ['--list'])
    const shownFolder = dirname(launcher).replaceAll('\n', '?')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toBe(
      `k3s_vars: the program is not built yet: there is no ${shownFolder}/../dist/start.cjs (K3SV_FAULT)\n` +
        `hint: run 'npm ci && npm run build' in ${shownFolder}/..\n`,
    )
  })

  test('runs by its path, by links to it and to its folder, and by a link of such a name', () => {
    symlinkSync(join(dirname(LAUNCHER), '../dist'), join(folder, 'dist'))
    const links = project.path(`home/links of ${name}`)
    mkdirSync(links)
    symlinkSync(launcher, join(links, 'absolute'))
    symlinkSync(join('..', name, name, 'k3s_vars'), join(links, name))
    symlinkSync(name, join(links, 'to the link'))
    symlinkSync(dirname(launcher), join(links, 'plugins'))
    for (const path of [
      launcher,
      ...['absolute', name, 'to the link', 'plugins/k3s_vars'].map((one) => join(links, one)),
    ]) {
      const outcome = project.run(path, ['--host', 's1'])
      expect({ path, ...outcome }).toEqual({ path, status: 0, stdout: '{}\n', stderr: '' })
    }
  })
})
