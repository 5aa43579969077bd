// A whole tree is encrypted, rekeyed and decrypted, and the real Ansible programs agree at each step.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { findAnsible } from '../support/ansible.js'
import type { Ansible } from '../support/ansible.js'
import { runCli } from '../support/cli.js'
import { Project } from '../support/project.js'
import type { Outcome, RunOptions } from '../support/project.js'
import {
  ENVIRONMENTS,
  messyTree,
  SECRET_KEYS,
  wholeFiles,
} from '../ansible-files/vault-files/messy-tree.js'

jest.setTimeout(240_000)

const IDS = ENVIRONMENTS.map((name) => `${name}@.pass/${name}`).join(', ')
const KEYS = SECRET_KEYS.flatMap((key) => ['-k', key])
const TREE = ['group_vars', 'host_vars', 'inventories', 'manifests', 'notes', 'playbooks', 'roles']

let project: Project
beforeEach(() => {
  project = new Project({ 'ansible.cfg': `[defaults]\nvault_identity_list = ${IDS}\n` })
  for (const name of [...ENVIRONMENTS, 'new']) project.write(`.pass/${name}`, `${name} password\n`)
  for (const [path, text] of messyTree()) project.write(path, text, 0o640)
})
afterEach(() => project.remove())

function vault(args: readonly string[], options?: RunOptions): Outcome {
  return runCli(project, ['vault', ...args], options)
}

function expectDone(args: readonly string[]): string {
  const { status, stdout, stderr } = vault(args)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

/** Path → bytes of every file of the tree. */
function snapshot(): ReadonlyMap<string, string> {
  const entries = TREE.flatMap((top) =>
    readdirSync(project.path(top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  return new Map(entries.sort().map((file) => [file, readFileSync(file, 'latin1')]))
}

/** What Ansible's own reader makes of every YAML file, all vault text opened with the passwords of ansible.cfg. */
const LOAD = `
import json, os, sys
from ansible.parsing.dataloader import DataLoader
from ansible.cli import CLI
from ansible import constants as C
loader = DataLoader()
loader.set_vault_secrets(CLI.setup_vault_secrets(loader, vault_ids=sys.argv[1].split(',')))
def plain(value):
    if isinstance(value, dict): return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list): return [plain(item) for item in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)
answer = {}
for path in json.load(sys.stdin):
    try: answer[path] = plain(loader.load_from_file(path))
    except Exception as error: answer[path] = 'refused: ' + type(error).__name__
json.dump(answer, sys.stdout)
`

function loadedBy(ansible: Ansible, ids: readonly string[]): unknown {
  const paths = [...messyTree().keys()].filter((path) => !/^(?:notes|manifests)/.test(path))
  const given = ids.map((id) => `${id}@.pass/${id}`).join(',')
  const { stdout, stderr } = project.run(ansible.python, ['-c', LOAD, given], {
    input: JSON.stringify(paths),
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

/** The tree of groups and hosts with their variables, which Ansible shows decrypted; those within others it does not. */
function graphOf(ansible: Ansible, ids: readonly string[]): string {
  const { stdout, stderr, status } = project.run(
    join(ansible.bin, 'ansible-inventory'),
    ['-i', 'inventories', '--playbook-dir', '.', '--graph', '--vars'],
    {
      environment: {
        ANSIBLE_VAULT_IDENTITY_LIST: ids.map((id) => `${id}@.pass/${id}`).join(','),
      },
    },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout.replace(/^.*= [{[].*\n/gm, '')
}

const installed = findAnsible()
const versions = [...new Set([installed[0], installed.at(-1)])].filter((one) => one !== undefined)
const withAnsible =
  versions.length > 0
    ? describe.each(versions)
    : describe.skip.each([{ version: 'none' } as Ansible])

withAnsible('the messy tree, with ansible-core $version', (ansible) => {
  const agree = (
    expected: { readonly loaded: unknown; readonly graph: string },
    ids: readonly string[],
  ): void => {
    expect(loadedBy(ansible, ids)).toEqual(expected.loaded)
    expect(graphOf(ansible, ids)).toBe(expected.graph)
  }

  test('comes back byte by byte, and reads the same at each step', () => {
    const original = snapshot()
    expect(original.size).toBe(60)
    const expected = {
      loaded: loadedBy(ansible, ENVIRONMENTS),
      graph: graphOf(ansible, ENVIRONMENTS),
    }
    expect(expected.graph).toContain('DEVq7Xv2mZ9kL4pR8wT3nB6yH1s')

    for (const name of ENVIRONMENTS) {
      expectDone(['encrypt', '--encrypt-vault-id', name, ...wholeFiles(name)])
      const mine = ['--include', `**/${name}*`, '--include', `**/${name}*/**`]
      expectDone(['encrypt', '--vault-id', name, ...KEYS, ...mine, ...TREE])
    }
    const sealed = snapshot()
    const open = [...sealed].filter(([, text]) => /q7Xv2mZ9kL4pR8wT3nB6yH1s/.test(text))
    expect(open).toEqual([])
    agree(expected, ENVIRONMENTS)
    expectOpensWith(ansible, 'dev')

    expectDone(['rekey', '--new-vault-id', 'prod', '--only-vault-id', 'dev', ...TREE])
    expect([...snapshot().values()].join('')).not.toContain('AES256;dev')
    agree(expected, ['stage', 'prod', 'edge'])
    expect(vault(['rekey', '--new-vault-id', 'new@.pass/new', ...TREE]).status).toBe(0)
    agree(expected, ['new'])
    expectOpensWith(ansible, 'new')

    expectDone(['decrypt', '--vault-id', 'new@.pass/new', ...TREE])
    expect(snapshot()).toEqual(original)
  })

  test('opens here what the real ansible-vault has encrypted', () => {
    const real = join(ansible.bin, 'ansible-vault')
    const run = (args: readonly string[], input = ''): string => {
      const { status, stdout, stderr } = project.run(real, args, { input })
      if (status !== 0) throw new Error(stderr)
      return stdout
    }
    const original = snapshot()
    run(['encrypt', '--encrypt-vault-id', 'stage', ...ENVIRONMENTS.flatMap(wholeFiles)])
    const value = run(
      ['encrypt_string', '--encrypt-vault-id', 'edge', '--stdin-name', 'token'],
      'hand-made\n',
    )
    project.write('group_vars/hand.yml', `# by hand\n${value}`)
    expect(vault(['view', '-k', 'token', 'group_vars/hand.yml']).stdout).toBe('hand-made\n\n')
    expectDone(['rekey', '--new-vault-id', 'dev', 'group_vars', 'notes'])
    expectDone(['decrypt', 'group_vars', 'notes'])
    expect(readFileSync(project.path('group_vars/hand.yml'), 'utf8')).toBe(
      '# by hand\ntoken: "hand-made\\n"\n',
    )
    project.run('rm', ['group_vars/hand.yml'])
    expect(snapshot()).toEqual(original)
  })
})

function expectOpensWith(ansible: Ansible, id: string): void {
  const { status, stdout, stderr } = project.run(join(ansible.bin, 'ansible-vault'), [
    'view',
    '--vault-id',
    `${id}@.pass/${id}`,
    'notes/dev.md',
  ])
  expect({ status, stderr }).toMatchObject({ status: 0 })
  expect(stdout.trim()).toBe(messyTree().get('notes/dev.md')!.trim())
}
