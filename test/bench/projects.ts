import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findAnsible } from '../support/ansible.js'

/** One command that is timed. */
export interface Contestant {
  readonly name: string
  readonly program: string
  readonly arguments: readonly string[]
  readonly environment: NodeJS.ProcessEnv
}

const LAUNCHER = realpathSync(join(import.meta.dirname, '../../plugins/k3s_vars'))

/** What a Python inventory script does for the same answer, with the libraries that Ansible brings. */
const PYTHON_SCRIPT = `
import json, os, yaml
from ansible.parsing.vault import VaultLib, VaultSecret
folder = os.path.dirname(os.path.abspath(__file__))
class Loader(yaml.SafeLoader): pass
Loader.add_constructor('!vault', lambda loader, node: loader.construct_scalar(node))
with open(os.path.join(folder, 'plain.yml')) as f: config = yaml.load(f, Loader)
with open(os.path.join(folder, 'k3s_tokens/bench.yml')) as f: document = yaml.load(f, Loader)
with open(os.path.join(folder, 'password'), 'rb') as f: secret = VaultSecret(f.read().strip())
token = VaultLib([('default', secret)]).decrypt(document['current']['server']).decode()
hosts = config['clusters']['bench']['hosts']
print(json.dumps({
    'k3s_cluster': {'children': ['server', 'agent'], 'vars': {'token': {'__ansible_unsafe': token}}},
    'server': {'hosts': hosts['server']}, 'agent': {'hosts': hosts['agent']}, '_meta': {'hostvars': {}},
}))
`

const CONFIG = (emit: string): string => `clusters:
  bench:
    role: k3s-io
    probe: false
    emit: ${emit}
    hosts:
      server: ["server[1:3]"]
      agent: ["agent[1:9]"]
`

/** Makes a folder with everything that is timed, with the token minted. */
export function makeBenchProjects(): {
  readonly folder: string
  readonly contestants: readonly Contestant[]
} {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-bench-'))
  const home = join(folder, 'home')
  mkdirSync(home)
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: home,
    LC_ALL: 'C.UTF-8',
    ANSIBLE_VAULT_PASSWORD_FILE: join(folder, 'password'),
  }
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  write('password', 'bench password\n')
  const plain = { ...environment, K3S_VARS_CONFIG: write('plain.yml', CONFIG('plain')) }
  const vaulted = { ...environment, K3S_VARS_CONFIG: write('vaulted.yml', CONFIG('vaulted')) }
  const floor = write(
    'floor.cjs',
    "require('node:crypto').pbkdf2Sync('p', Buffer.alloc(32), 10000, 80, 'sha256')\n",
  )
  const answer = execFileSync(LAUNCHER, ['--list'], { env: plain, cwd: folder, encoding: 'utf8' })
  const node = process.execPath
  const contestants: Contestant[] = [
    { name: 'node', program: node, arguments: ['-e', '0'], environment },
    { name: 'floor', program: node, arguments: [floor], environment },
    { name: 'list', program: LAUNCHER, arguments: ['--list'], environment: plain },
    { name: 'vaulted', program: LAUNCHER, arguments: ['--list'], environment: vaulted },
  ]
  const ansible = findAnsible().at(-1)
  if (ansible === undefined) {
    process.stderr.write('no Ansible at hand: what is measured against it is left out\n')
    return { folder, contestants }
  }
  const inventory = join(ansible.bin, 'ansible-inventory')
  const { python } = ansible
  const fixed = write('static.yml', asStaticYaml(folder, python, answer))
  contestants.push(
    {
      name: 'python',
      program: python,
      arguments: [write('inventory.py', PYTHON_SCRIPT)],
      environment,
    },
    {
      name: 'inventory',
      program: inventory,
      arguments: ['-i', LAUNCHER, '--list'],
      environment: plain,
    },
    { name: 'static', program: inventory, arguments: ['-i', fixed, '--list'], environment },
  )
  return { folder, contestants }
}

/** The same data in the form of a YAML inventory. */
function asStaticYaml(folder: string, python: string, answer: string): string {
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
  const { stdout } = spawnSync(
    python,
    ['-c', 'import json, sys, yaml; yaml.safe_dump(json.load(sys.stdin), sys.stdout)'],
    {
      cwd: folder,
      input: JSON.stringify(tree),
      encoding: 'utf8',
    },
  )
  return stdout
}
