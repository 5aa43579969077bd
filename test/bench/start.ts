// What Ansible waits for at every start, and the first run that mints.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { findAnsible } from '../support/ansible.js'
import { PYTHON_INVENTORY } from './python-inventory.js'
import type { Comparison, Contestant, Suite } from './suite.js'
import { LAUNCHER, NODE } from './workshop.js'
import type { Workshop } from './workshop.js'

const FLOOR = "require('node:crypto').pbkdf2Sync('p', Buffer.alloc(32), 10000, 80, 'sha256')\n"

/** The same derivation to seal and another to see that it opens, a draw, and a file that is safely on the disk. */
const MINT_FLOOR = `const fs = require('node:fs')
const { pbkdf2Sync, randomBytes } = require('node:crypto')
for (let count = 0; count < 2; count++) pbkdf2Sync('p', randomBytes(32), 10000, 80, 'sha256')
const file = fs.openSync(process.argv[2] + '.new', 'wx', 0o600)
fs.writeSync(file, 'x'.repeat(1000))
fs.fsyncSync(file)
fs.linkSync(process.argv[2] + '.new', process.argv[2])
fs.unlinkSync(process.argv[2] + '.new')
const folder = fs.openSync(require('node:path').dirname(process.argv[2]))
fs.fsyncSync(folder)
`

/** A configuration of one cluster of twelve hosts. */
export const oneCluster = (emit: string, store: string): string => `clusters:
  bench:
    probe: false
    emit: ${emit}
    store: ${store}
    hosts:
      server: ["server[1:3]"]
      agent: ["agent[1:9]"]
`

const COMPARISONS: readonly Comparison[] = [
  {
    what: '`--list`, one secret opened, against its floor',
    contestant: 'list',
    against: 'floor',
    limit: 1.15,
  },
  {
    what: '`--list` with `emit: vaulted` against `node -e 0`',
    contestant: 'vaulted',
    against: 'node',
    limit: 1.3,
  },
  { what: '`--host` against `node -e 0`', contestant: 'host', against: 'node' },
  {
    what: "`--list` against a Python script that does the same with Ansible's vault library",
    contestant: 'list',
    against: 'python',
    limit: 0.25,
  },
  {
    what: '`--list` with `emit: vaulted` against the same script',
    contestant: 'vaulted',
    against: 'python',
    limit: 0.25,
  },
  {
    what: '`ansible-inventory --list` with this source against the same data as static YAML',
    contestant: 'inventory',
    against: 'static',
  },
  {
    what: 'first `--list`, which mints, against its floor',
    contestant: 'mint',
    against: 'mint floor',
  },
]

/** The start of one cluster's inventory source in all its forms. */
export function startSuite(shop: Workshop): Suite {
  const { environment } = shop
  const plain = shop.configured('plain.yml', oneCluster('plain', 'k3s_tokens'))
  const vaulted = shop.configured('vaulted.yml', oneCluster('vaulted', 'k3s_tokens'))
  const fresh = shop.configured('fresh.yml', oneCluster('plain', 'fresh_tokens'))
  const answer = shop.list(plain)
  const contestant = (name: string, program: string, args: readonly string[], env = environment) =>
    ({ name, program, arguments: args, environment: env }) satisfies Contestant
  const written = join(shop.folder, 'mint-floor-file')
  const contestants: Contestant[] = [
    contestant('node', NODE, ['-e', '0']),
    contestant('floor', NODE, [shop.write('floor.cjs', FLOOR)]),
    contestant('list', LAUNCHER, ['--list'], plain),
    contestant('vaulted', LAUNCHER, ['--list'], vaulted),
    contestant('host', LAUNCHER, ['--host', 'agent1'], plain),
    {
      ...contestant('mint floor', NODE, [shop.write('mint-floor.cjs', MINT_FLOOR), written]),
      before: () => rmSync(written, { force: true }),
    },
    {
      ...contestant('mint', LAUNCHER, ['--list'], fresh),
      before: () => rmSync(join(shop.folder, 'fresh_tokens'), { recursive: true, force: true }),
    },
    ...ofAnsible(shop, plain, answer),
  ]
  return {
    title: 'Start',
    floor:
      'Node, its crypto library and one PBKDF2 of 10,000 rounds, which the vault format demands',
    contestants,
    comparisons: COMPARISONS,
  }
}

function ofAnsible(shop: Workshop, plain: NodeJS.ProcessEnv, answer: string): Contestant[] {
  const ansible = findAnsible().at(-1)
  if (ansible === undefined) {
    process.stderr.write('no Ansible at hand: what is measured against it is left out\n')
    return []
  }
  const { environment } = shop
  const program = join(ansible.bin, 'ansible-inventory')
  const script = shop.write('inventory.py', PYTHON_INVENTORY)
  const fixed = shop.write('static.yml', asStaticYaml(ansible.python, answer))
  return [
    { name: 'python', program: ansible.python, arguments: [script, 'plain.yml'], environment },
    { name: 'inventory', program, arguments: ['-i', LAUNCHER, '--list'], environment: plain },
    { name: 'static', program, arguments: ['-i', fixed, '--list'], environment },
  ]
}

/** The same data in the form of a YAML inventory. */
function asStaticYaml(python: string, answer: string): string {
  const groups = JSON.parse(answer) as Record<
    string,
    { hosts?: string[]; vars?: { token: { __ansible_unsafe: string } } }
  >
  const hosts = (name: string): object =>
    Object.fromEntries((groups[name]?.hosts ?? []).map((host) => [host, null]))
  const tree = {
    k3s_cluster: {
      vars: { token: groups['k3s_cluster']?.vars?.token.__ansible_unsafe },
      children: { server: { hosts: hosts('server') }, agent: { hosts: hosts('agent') } },
    },
  }
  const dump = 'import json, sys, yaml; yaml.safe_dump(json.load(sys.stdin), sys.stdout)'
  return spawnSync(python, ['-c', dump], { input: JSON.stringify(tree), encoding: 'utf8' }).stdout
}
