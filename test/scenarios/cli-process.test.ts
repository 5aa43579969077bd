// The other scenarios run the command line within the test's own process. Here every command is run both ways on projects that
// are alike, and has to answer the same, byte for byte, and to leave the same files.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ANSWERS } from '../../src/build/answers/answers.js'
import { COMMANDS } from '../../src/cli/commands.js'
import { runCli } from '../support/cli.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome, RunOptions } from '../support/project.js'

const TOKEN = 'Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5'

interface Case extends RunOptions {
  /** Behind the words of the command. */
  readonly args?: readonly string[]
  readonly status?: number
}

/** An editor is always a process of its own: test/scenarios/vault-files-faults.test.ts. */
const WITHOUT_THREAD = ['vault edit']

/** By the words of the command; a token is in the store, and a file of variables is sealed. */
const CASES: Readonly<Record<string, Case>> = {
  init: { args: ['--dir', 'new', '--cluster', 'edge'] },
  status: {},
  'store copy': { args: ['home', '--to', 'elsewhere', '--keep'] },
  'store show': {},
  'store rekey': { args: ['home', '--new-vault-password-file', 'new_password'] },
  // There is no Ansible on its PATH.
  check: { environment: { PATH: process.env['PATH'], EMPTY: '' }, status: 8 },
  verify: { args: ['home'], status: 7 },
  adopt: {
    args: ['home', '--facts', '-'],
    input: '{"nonce": "n", "nodes": {"one": {"unreachable": true}}}',
    status: 7,
  },
  drift: {
    args: ['home', '--facts', '-', '--json'],
    input: '{"nonce": "n", "nodes": {"one": {"unreachable": true}}}',
    status: 7,
  },
  rotate: {
    args: ['home', '--facts', '-', '--json'],
    input: '{"nonce": "n", "nodes": {"one": {"unreachable": true}}}',
    status: 7,
  },
  'token for-snapshot': { args: ['snapshot-of-nobody'], status: 2 },
  scan: { args: ['--json'], status: 8 },
  'token new': { args: ['edge', '--yes'] },
  'token bind': { args: ['home'] },
  'token show': { args: ['home', '--reveal', '--json'] },
  'token inspect': { args: ['--role', 'k3s-io'], input: 'K10broken', status: 8 },
  'token import': {
    args: ['home', '--env', '--replace'],
    environment: { K3S_TOKEN: `${TOKEN}2` },
  },
  // Its token was brought from a cluster, which has a CA of its own.
  'ca new': { args: ['home'], status: 7 },
  'ca show': { args: ['home'], status: 5 },
  'bootstrap create': { args: ['home'], status: 2 },
  'bootstrap list': { args: ['home', '--kubeconfig', 'nowhere.yml'], status: 7 },
  'bootstrap delete': { args: ['home', 'abc123', '--kubeconfig', 'nowhere.yml'], status: 7 },
  'ca export': { args: ['home', '--reveal'], status: 5 },
  'vault encrypt': { args: ['--inline', 'open.yml'] },
  'vault decrypt': { args: ['sealed.yml'] },
  'vault rekey': { args: ['--new-vault-password-file', 'new_password', 'sealed.yml'] },
  'vault view': { args: ['sealed.yml'] },
  'extra-vars': { args: ['home', '--output', 'vars.json'] },
  'group-vars write': { args: ['home', '--check'], status: 8 },
  completion: { args: ['bash'] },
}

const wordsOf = (usage: string): string => usage.replace(/ *[<[].*$/, '')

let projects: readonly Project[]
beforeEach(() => {
  projects = [makeProject(), makeProject()]
})
afterEach(() => {
  for (const project of projects) project.remove()
})

function makeProject(): Project {
  const project = new Project({
    'k3s_vars.yml': 'clusters: { home: { probe: false }, edge: { probe: false } }\n',
    new_password: 'another password\n',
    'open.yml': `# a comment\ntoken: ${TOKEN}\n`,
    'sealed.yml': `token: ${TOKEN}\n`,
  })
  const setUp = [
    ['token', 'import', 'home', '--stdin'],
    ['vault', 'encrypt', 'sealed.yml'],
  ]
  for (const args of setUp) expect(runCli(project, args, { input: TOKEN }).status).toBe(0)
  return project
}

/** Runs the arguments in a process and in the thread, and answers what each came to. */
function bothWays(args: readonly string[], options: RunOptions): readonly [unknown, unknown] {
  const [one, other] = projects as [Project, Project]
  return [
    shownOf(one, one.run(LAUNCHER, args, options)),
    shownOf(other, runCli(other, args, options)),
  ]
}

/** Answer and files, without what is made by chance or of the project's own place. */
function shownOf(project: Project, { status, stdout, stderr }: Outcome): unknown {
  const plain = (text: string): string =>
    text
      .replaceAll(project.folder, '(folder)')
      .replace(/(fingerprint "?)[0-9a-f]{12}/g, '$1(fingerprint)')
      .replace(/"[A-Za-z][A-Za-z0-9]{42}"/g, '"(minted)"')
  const files = readdirSync(project.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => {
      const text = readFileSync(file, 'utf8')
      // Sealed twice, a text is never the same.
      const shown = /ANSIBLE_VAULT|vault_password$/.test(text + file) ? '(sealed)' : plain(text)
      return [plain(file), statSync(file).mode, shown]
    })
    .sort()
  return { status, stdout: plain(stdout), stderr: plain(stderr), files }
}

test('there is a case for every command', () => {
  const words = COMMANDS.map(({ usage }) => wordsOf(usage))
  expect([...Object.keys(CASES), ...WITHOUT_THREAD].sort()).toEqual(words.sort())
})

test.each(Object.entries(CASES))('%s', (words, { args = [], status = 0, ...options }) => {
  const [process, thread] = bothWays([...words.split(' '), ...args], options)
  expect(process).toMatchObject({ status })
  expect(thread).toEqual(process)
})

describe('with --json', () => {
  const reporting = Object.keys(CASES).filter((words) => !/^(?:extra-vars|completion)/.test(words))

  test.each(reporting)('%s answers in a published form', (words) => {
    const { args = [], input = '', environment = {} } = CASES[words]!
    const all = [...words.split(' '), ...args.filter((word) => word !== '--json'), '--json']
    // What runs a call in a test holds the answer to the schema that it names.
    const { stdout, stderr } = runCli(projects[0]!, all, { input, environment })
    const { schema } = JSON.parse(stdout === '' ? stderr : stdout) as { schema: string }
    const own = `urn:k3s-vars:${words.replaceAll(' ', '-')}`
    expect(schema).toMatch(
      new RegExp(`^(?:${stdout === '' ? 'urn:k3s-vars:error' : own}(?:-[a-z]+)?):1$`),
    )
  })

  test('every command that reports has a published form, and no other name has', () => {
    const known = [...reporting, ...WITHOUT_THREAD].map((words) => words.replaceAll(' ', '-'))
    const published = [...ANSWERS.keys()]
    expect(known.filter((name) => !published.includes(name))).toEqual([])
    const base = (name: string): string =>
      name.replace(/-(?:reveal|bootstrap|baseline|compare|status|fleet)$/, '')
    expect(
      published.filter(
        (name) => !/^(?:error|interrupted)$/.test(name) && !known.includes(base(name)),
      ),
    ).toEqual([])
  })
})

test.each([
  ['--list', ['--list'], 0],
  ['--plugins', ['--plugins'], 0],
  ['--host', ['--host', 'nobody'], 0],
  ['--host without a name', ['--host'], 2],
  ['help', ['help'], 0],
  ['the version', ['--version'], 0],
  ['an unknown command', ['statsu'], 2],
  ['an error as JSON', ['status', '--config', 'nowhere.yml', '--json'], 3],
  ['completions', ['--get-yargs-completions', 'k3s-vars', 'token', ''], 0],
  ['input that is refused', ['token', 'import', 'edge', '--stdin'], 4],
])('%s', (_, args, status) => {
  const input = args[0] === '--plugins' ? '{"clusters": ["home"]}' : 'K10abc'
  const [process, thread] = bothWays(args, { input })
  expect(process).toMatchObject({ status })
  expect(thread).toEqual(process)
})

test('letters of the patterns that are not ASCII are there in what is built', () => {
  const { stdout } = projects[0]!.run(LAUNCHER, ['token', 'inspect'], { input: 'パスワード：' })
  expect(stdout).toContain('(not-a-token/prompt)')
})
