// Every attack on a token document, and who notices it when: SECURITY's table is what comes out here. Each is tried as well on
// documents without binding, and shown to hand out what it wants to where nobody looks.
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { renderDocument } from '../../src/document/text.js'
import { runCli } from '../support/cli.js'
import type { Outcome } from '../support/project.js'
import { ATTACKS } from './document-attacks.js'
import type { Attack, Changes } from './document-attacks.js'
import { CLUSTERS, World } from './document-world.js'
import type { Documents, Name } from './document-world.js'

const SECURITY = resolve(import.meta.dirname, '../../SECURITY.md')
const [BEGIN, END] = ['<!-- attacks -->', '<!-- /attacks -->']
const HEAD = [
  'what',
  'if nobody looked',
  '`--list`',
  '`emit: vaulted`',
  '`check`',
  '`--list` without binding',
]

let world: World
let documents: Documents
let unbound: Documents
let head: string
let usual: ReadonlySet<string>
const truth = new Map<Name, readonly (string | undefined)[]>()

beforeAll(async () => {
  world = await World.make()
  documents = world.documents
  unbound = world.unbound
  head = world.git('rev-parse', 'HEAD')
  restore()
  usual = new Set(findings())
  for (const name of CLUSTERS) truth.set(name, (await world.openBlindly(name))!)
})
afterAll(() => world.remove())

/** Only what a check needs besides Ansible's programs, which would take a second each time. */
function path(): string {
  const bin = world.path('bin')
  if (existsSync(bin)) return bin
  world.write('bin/.keep', '')
  const folders = [...process.env['PATH']!.split(':'), join(process.execPath, '..')]
  for (const program of ['node', 'sh', 'git', 'readlink']) {
    const found = folders.map((folder) => join(folder, program)).find(existsSync)
    if (found !== undefined) symlinkSync(found, join(bin, program))
  }
  return bin
}

function cli(config: string, ...args: readonly string[]): Outcome {
  const environment = { PATH: path(), K3S_VARS_CONFIG: world.path(config) }
  return runCli(world, args, { environment })
}

/** Errors and warnings, as the table says them. */
function findings(): readonly string[] {
  const { stdout } = cli('k3s_vars.yml', 'check', '--json')
  const { findings: found } = JSON.parse(stdout) as {
    findings: readonly { rule: string; severity: string; cluster?: string }[]
  }
  return found
    .filter(({ severity }) => severity !== 'note')
    .map(({ rule, severity }) => (severity === 'error' ? `\`${rule}\`` : `warning \`${rule}\``))
}

function write(store: string, all: Documents, changes: Changes): void {
  for (const name of CLUSTERS) {
    const changed = changes[name] ?? all[name]
    world.write(
      `${store}/${name}.yml`,
      typeof changed === 'string' ? changed : renderDocument(changed),
    )
  }
}

function restore(): void {
  world.git('checkout', '--quiet', '--force', '-B', 'main', head)
  if (world.git('branch', '--list', 'other') !== '') world.git('branch', '--quiet', '-D', 'other')
  write('k3s_tokens', documents, {})
  write('unbound', unbound, {})
}

function commit(kind: NonNullable<Attack['git']>): void {
  if (kind === 'rewritten') world.git('checkout', '--quiet', '--orphan', 'other')
  world.git('add', 'k3s_tokens')
  world.git('commit', '--quiet', '-m', kind)
  if (kind === 'rewritten') world.git('branch', '--quiet', '-D', 'main')
}

/** What the inventory source says: `passes`, or the code of what it refuses. */
function listed({ status, stdout, stderr }: Outcome): string {
  if (status === 0) return 'passes'
  expect(stdout).toBe('')
  const code = /\((K3SV_\w+)\)/.exec(stderr)![1]!
  // One of the clusters is being rotated, so nothing is handed out; that is no sign that somebody noticed an attack.
  return code === 'K3SV_ROTATION_UNDER_WAY' ? 'passes' : `\`${code}\``
}

async function effectOf({ victim }: Attack): Promise<string> {
  const opened = await world.openBlindly(victim)
  if (opened === undefined) return 'none: it cannot be read'
  const isSame = opened.every((token, index) => token === truth.get(victim)![index])
  return isSame ? 'the same token' : 'another token'
}

interface Row {
  /** What it would come to. */
  readonly effect: string
  readonly list: string
  readonly vaulted: string
  readonly check: string
  readonly control: string
}

async function attempt(attack: Attack): Promise<Row> {
  write('k3s_tokens', documents, await attack.edit(documents, world))
  if (attack.git) commit(attack.git)
  const effect = await effectOf(attack)
  const list = listed(cli('k3s_vars.yml', '--list'))
  const vaulted = listed(cli('vaulted.yml', '--list'))
  const noticed = findings().filter((one) => !usual.has(one))
  restore()
  const check = noticed[0] ?? 'passes'
  if (attack.isAboutBinding) return { effect, list, vaulted, check, control: '' }
  write('unbound', unbound, await attack.edit(unbound, world))
  const control = listed(cli('unbound.yml', '--list'))
  restore()
  return { effect, list, vaulted, check, control }
}

const rows = new Map<Attack, Row>()

test('of the documents as they were written nothing is told, and check finds nothing', () => {
  for (const config of ['k3s_vars.yml', 'vaulted.yml', 'unbound.yml']) {
    expect(listed(cli(config, '--list'))).toBe('passes')
  }
  const known = [...usual].filter(
    (one) => !/vault|ANSIBLE|guessable|weak|launcher|sources?/i.test(one),
  )
  expect(known).toEqual([])
})

describe('an attack', () => {
  test.each(ATTACKS.map((attack) => [attack.what, attack] as const))('%s', async (_, attack) => {
    const row = await attempt(attack)
    rows.set(attack, row)
    // What is refused without reading more is refused with more, too.
    if (row.list !== 'passes') expect(row.check).not.toBe('passes')
  })
})

test('SECURITY tells of each who notices it', () => {
  const found = ATTACKS.map((attack) => cellsOf(attack, rows.get(attack)!))
  const text = readFileSync(SECURITY, 'utf8')
  const [before, rest] = text.split(BEGIN) as [string, string]
  const [table, after] = rest.split(END) as [string, string]
  if (process.env['K3S_VARS_RECORD'] === '1') {
    const lines = [HEAD, HEAD.map(() => '---'), ...found].map((cells) => `| ${cells.join(' | ')} |`)
    writeFileSync(SECURITY, `${before}${BEGIN}\n\n${lines.join('\n')}\n\n${END}${after}`)
    const prettier = resolve(SECURITY, '../node_modules/.bin/prettier')
    expect(
      world.run(prettier, ['--write', SECURITY], { cwd: resolve(SECURITY, '..') }).status,
    ).toBe(0)
  } else {
    const told = table
      .trim()
      .split('\n')
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
    expect(told.filter((_, index) => index !== 1)).toEqual([HEAD, ...found])
  }
})

function cellsOf(
  { what }: Attack,
  { effect, list, vaulted, check, control }: Row,
): readonly string[] {
  return [what, effect, list, vaulted, check, control === '' ? '-' : control]
}
