// A project of each role's users, from `git clone` to a play that has the token: three commands, and nothing done to the files
// but what `k3s-vars init` says. Wherever a play would not have the token, `check` is red.
import { createHash } from 'node:crypto'
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Ansible } from '../support/ansible.js'
import { runCli } from '../support/cli.js'
import { describeNewestAnsible, IS_MATRIX } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const TREES = join(import.meta.dirname, '../projects')
const CHECKOUT = dirname(dirname(LAUNCHER))

/** One of those that are in `next` of `init --json`. */
interface NextItem {
  readonly about: string
  readonly text: string
  readonly place?: { readonly file?: string; readonly line?: number; readonly key?: string }
  readonly lines?: readonly (string | CfgLine)[]
  readonly commands?: readonly string[]
}

interface CfgLine {
  readonly section: string
  readonly key: string
  readonly value: string
  readonly instead?: string
}

interface InitAnswer {
  readonly role: string
  readonly way: string
  readonly steps: readonly { readonly action: string; readonly path: string }[]
  readonly found: readonly { readonly kind: string; readonly variable: string }[]
  readonly next: readonly NextItem[]
  readonly complete: boolean
}

/** What is true of one project. */
interface Case {
  readonly tree: string
  readonly role: string
  readonly hosts: number
  /** The options that `init` needs, because nobody can be asked. */
  readonly options?: readonly string[]
  readonly created: readonly string[]
  /** Each `kind variable`. */
  readonly found: readonly string[]
}

const MADE = ['k3s_vars.yml', '.vault_password']

const CASES: readonly Case[] = [
  { tree: 'k3s-io', role: 'k3s-io', hosts: 3, created: MADE, found: ['sample token'] },
  {
    tree: 'techno-tim',
    role: 'timothystewart6',
    hosts: 5,
    options: ['--vault-id', 'ops'],
    created: ['k3s_vars.yml'],
    found: ['sample k3s_token'],
  },
  { tree: 'rke2-basic', role: 'rke2-ansible', hosts: 2, created: MADE, found: [] },
  { tree: 'rke2-advanced', role: 'rke2-ansible', hosts: 2, created: MADE, found: [] },
  { tree: 'lablabs', role: 'lablabs', hosts: 5, created: ['ansible.cfg', ...MADE], found: [] },
  {
    tree: 'ednz',
    role: 'ednz',
    hosts: 5,
    created: ['ansible.cfg', ...MADE],
    found: ['template k3s_server_join_token', 'template k3s_server_join_token'],
  },
  { tree: 'pyratlabs', role: 'pyratlabs', hosts: 3, created: ['ansible.cfg', ...MADE], found: [] },
]

/** What somebody may do to a project that is set up, so that a play no longer has the token on every host. */
const BREAKS: readonly (readonly [string, (clone: Clone) => void])[] = [
  [
    'the plugin is no longer enabled',
    (clone) => clone.edit('ansible.cfg', (text) => text.replace(/^vars_plugins.*\n/gm, '')),
  ],
  [
    'the token is gone, which Git knows',
    ({ folder }) => rmSync(join(folder, 'k3s_tokens'), { recursive: true }),
  ],
  ['the configuration is gone', ({ folder }) => rmSync(join(folder, 'k3s_vars.yml'))],
  [
    'the groups have other names',
    (clone) =>
      clone.edit('k3s_vars.yml', (text) =>
        text.replace(/( {4}role: .*\n)/, '$1    groups: { cluster: nobody }\n'),
      ),
  ],
]

let project: Project
afterEach(() => project.remove())

/** A clone of the team's repository, with the package installed and the vault passwords that the team hands out. */
class Clone {
  readonly folder: string
  readonly #environment: NodeJS.ProcessEnv

  constructor(folder: string, environment: NodeJS.ProcessEnv) {
    this.folder = folder
    this.#environment = environment
  }

  static of(tree: string, { bin }: Ansible): Clone {
    project = new Project()
    for (const id of ['dev', 'ops']) project.write(`home/.vault/${id}`, `password of ${id}\n`)
    const origin = project.path('origin')
    cpSync(join(TREES, tree), origin, { recursive: true })
    renameSync(join(origin, 'dot-gitignore'), join(origin, '.gitignore'))
    const git = (...args: readonly string[]): void => {
      const { status, stderr } = project.run('git', ['-C', origin, ...args])
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    }
    git('init', '--quiet', '-b', 'main')
    // What the role's own .gitignore keeps out, a team that works together has in.
    git('add', '--force', '.')
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example']
    git(...who, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '-m', 'our clusters')
    const folder = project.path('clone')
    expect(project.run('git', ['clone', '--quiet', origin, folder]).status).toBe(0)
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(CHECKOUT, join(folder, 'node_modules/k3s-vars'))
    return new Clone(folder, { PATH: `${bin}${delimiter}${process.env['PATH']}` })
  }

  /** Runs `k3s-vars`; a whole command line, or its words. */
  k3sVars(words: readonly string[] | string): Outcome {
    const args = typeof words === 'string' ? words.split(' ').slice(1) : words
    return runCli(project, args, { cwd: this.folder, environment: this.#environment })
  }

  init(...options: readonly string[]): InitAnswer {
    const outcome = this.k3sVars(['init', '--json', ...options])
    expect({ status: outcome.status, stderr: outcome.stderr }).toEqual({ status: 0, stderr: '' })
    return JSON.parse(outcome.stdout) as InitAnswer
  }

  check(): number | null {
    return this.k3sVars(['check']).status
  }

  /** A copy of everything that is there now. */
  copy(): Clone {
    const folder = project.path(`copy-${readdirSync(project.folder).length}`)
    cpSync(this.folder, folder, { recursive: true, verbatimSymlinks: true })
    return new Clone(folder, this.#environment)
  }

  /** The digest that each host ends with. */
  play(command: string): Readonly<Record<string, string>> {
    const [program = '', ...args] = command.split(' ')
    const options = { cwd: this.folder, environment: this.#environment }
    const { stdout } = project.run(program, args, options)
    const found = [...stdout.matchAll(/digest (\S+) ([0-9a-f]{64})/g)]
    return Object.fromEntries(found.map(([, host, digest]) => [host!, digest!]))
  }

  /** The digest of the token that is kept; undefined without one, or where it cannot be opened. */
  digest(): string | undefined {
    const { status, stdout } = this.k3sVars(['token', 'show', '--reveal'])
    return status === 0 ? createHash('sha256').update(stdout.trim()).digest('hex') : undefined
  }

  /** Runs the commands for Git that `init` names; what the commit says is up to the user. */
  commit(commands: readonly string[]): void {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example', '-c', 'commit.gpgsign=false']
    for (const command of commands) {
      const [program, ...args] = command.split(' ')
      expect(program).toBe('git')
      const words = args[0] === 'commit' ? [...who, 'commit', '--quiet', '-m', 'token'] : args
      expect(project.run('git', words, { cwd: this.folder })).toMatchObject({ status: 0 })
    }
  }

  edit(path: string, change: (text: string) => string): void {
    const file = join(this.folder, path)
    writeFileSync(file, change(readFileSync(file, 'utf8')))
  }
}

/** Does to the files what an item says, as somebody would who reads it. */
function follow(clone: Clone, { place, lines = [], text }: NextItem): void {
  for (const line of lines) {
    if (typeof line === 'string') clone.edit(place!.file!, (former) => `${former}${line}\n`)
    else clone.edit(place!.file!, (former) => withLine(former, line))
  }
  if (!text.startsWith('take ')) return
  clone.edit(place!.file!, (former) => {
    const all = former.split('\n')
    const [taken] = all.splice(place!.line! - 1, 1)
    expect(taken).toContain(`${place!.key!.split('.').at(-1)}:`)
    return all.join('\n')
  })
}

function withLine(cfg: string, { section, key, value, instead }: CfgLine): string {
  const line = `${key} = ${value}\n`
  if (instead !== undefined) return cfg.replace(new RegExp(`^${key}\\s*=.*\n`, 'm'), line)
  const head = `[${section}]\n`
  return cfg.includes(head) ? cfg.replace(head, head + line) : `${cfg}\n${head}${line}`
}

/** `check` is red wherever a play would not have the token on every host. What a play makes is made in a copy. */
function expectAgreement(clone: Clone, { play, hosts }: { play: string; hosts: number }): boolean {
  const isGreen = clone.check() === 0
  const copy = clone.copy()
  const digests = Object.values(copy.play(play))
  const token = copy.digest()
  const hasToken =
    token !== undefined && digests.length === hosts && digests.every((one) => one === token)
  expect({ hasToken, isGreen }).not.toEqual({ hasToken: false, isGreen: true })
  return hasToken
}

describeNewestAnsible((ansible) => {
  describe.each(CASES)('$tree', ({ tree, role, hosts, options = [], created, found }) => {
    test('from git clone to a play in three commands', () => {
      const clone = Clone.of(tree, ansible)
      expect(clone.check()).toBe(3)
      const before = readdirSync(clone.folder)

      const first = clone.init(...options)
      expect(first).toMatchObject({ role, way: 'plugin', complete: false })
      expect(first.found.map((one) => `${one.kind} ${one.variable}`)).toEqual(found)
      const paths = first.steps.flatMap(({ action, path }) => (action === 'create' ? [path] : []))
      expect(paths.sort()).toEqual([...created].sort())
      expect(readdirSync(clone.folder).sort()).toEqual([...before, ...created].sort())
      const play = first.next.flatMap(({ commands = [] }) => commands).at(-1)!
      expectAgreement(clone, { play, hosts })

      for (const item of first.next) follow(clone, item)
      const second = clone.init()
      expect(second.steps.every(({ action }) => action === 'keep')).toBe(true)
      expect(second.next.map(({ about }) => about)).toEqual(['token', 'git', 'team', 'play'])

      const [make] = second.next[0]!.commands!
      // What a person answers who knows that the cluster is new: no server can be reached.
      const made = clone.k3sVars(`${make!} --yes --assume-new`)
      expect({ status: made.status, stderr: made.stderr }).toMatchObject({ status: 0 })
      expect(clone.k3sVars(['check'])).toMatchObject({ status: 0 })
      const digests = clone.play(play)
      expect(Object.keys(digests)).toHaveLength(hosts)
      expect(new Set(Object.values(digests))).toEqual(new Set([clone.digest()]))

      clone.commit(clone.init().next.find(({ about }) => about === 'git')!.commands!)
      expect(clone.init()).toMatchObject({ next: [], complete: true })
      for (const [at, [what, breakIt]] of BREAKS.entries()) {
        // Each break is tried with one project or two, and in a matrix with all of them.
        const isItsBreak = at === CASES.findIndex((one) => one.tree === tree) % BREAKS.length
        if (!IS_MATRIX && !isItsBreak) continue
        const copy = clone.copy()
        breakIt(copy)
        expect([what, copy.check()]).not.toEqual([what, 0])
        expect([what, expectAgreement(copy, { play, hosts })]).toEqual([what, false])
      }
    })
  })
})
