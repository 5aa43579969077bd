// What Ansible calls, with hostile arguments. The launcher in front of it is tried in test/scenarios/launcher-hostile.test.ts.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret } from '../../src/secret.js'
import { main } from '../../src/source/main.js'
import { renderDocument } from '../../src/document/text.js'
import { firstDocument } from '../../src/document/transitions.js'
import { CANARY, hold } from './examine.js'
import type { Target } from './examine.js'
import { CALLS } from './samples.js'
import { environmentIn } from '../support/environment.js'

const CONFIG = `clusters:
  home: { encrypt: never, probe: false, hosts: { server: [s1, constructor], agent: [a1] } }
  lab: { encrypt: never, probe: false, level: host, hosts: { server: [s2, __proto__] } }
`
const MARK = { writeId: '1'.padStart(32, '0'), now: new Date('2026-11-24T10:00:00Z') }
const STORED = { fingerprint: null, server: { form: 'plain', secret: new Secret(CANARY) } } as const

/** Hosts of a cluster that hands its token out by host. */
const OWN_TOKEN = ['s2', '__proto__']

function setUp(folder: string): void {
  if (existsSync(join(folder, 'k3s_vars.yml'))) return
  mkdirSync(join(folder, 'k3s_tokens'), { mode: 0o700 })
  for (const name of ['home', 'lab']) {
    const text = renderDocument(firstDocument(name, STORED, MARK))
    writeFileSync(join(folder, `k3s_tokens/${name}.yml`), text, { mode: 0o600 })
  }
  writeFileSync(join(folder, 'k3s_vars.yml'), CONFIG)
}

function snapshot(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => [join(entry.parentPath, entry.name), entry.isFile()] as const)
    .map(([path, isFile]) => `${path}: ${isFile ? readFileSync(path, 'utf8') : ''}`)
    .sort()
    .join('\n')
}

/** The token is the answer to these alone. */
function isAskedFor([first = '', second]: readonly string[]): boolean {
  const host = first === '--host' ? second : first.slice('--host='.length)
  return first === '--list' || first === '--plugins' || OWN_TOKEN.includes(host ?? '')
}

/** One argument a line. */
export const inventoryCall: Target = {
  name: 'inventory call',
  samples: CALLS,
  words: [
    '--list',
    '--host',
    '--host=',
    '--plugins',
    '\n--list',
    '\n--plugins',
    '\nhome',
    '\nlab',
    '\ns1',
    '\ns2',
    '\n',
    '=',
    '\n--json',
    '$(touch pwned)',
    CANARY,
  ],
  async run(text, folder) {
    setUp(folder)
    const before = snapshot(folder)
    const args = text.split('\n')
    const written: [number, string][] = []
    const launcher = join(folder, 'plugins/k3s_vars')
    const variables = { K3S_VARS_CONFIG: join(folder, 'k3s_vars.yml'), HOME: folder }
    const call = { arguments: args, launcher, environment: environmentIn(folder, variables) }
    const status = await main(call, (...one) => written.push(one))
    const [[descriptor, answer] = [], ...more] = written
    hold('it answers or refuses at once', answer !== undefined && more.length === 0)
    hold('no internal error', [0, 2, 3].includes(status))
    hold('no argument writes a file', snapshot(folder) === before)
    hold('the answer is on standard output, an error is not', descriptor === (status === 0 ? 1 : 2))
    if (status !== 0) {
      hold('an error is a line and a hint', /^k3s_vars: .+\nhint: .+\n$/.test(answer))
      return answer
    }
    const document: unknown = JSON.parse(answer)
    hold('the answer is an object on a line', typeof document === 'object' && /^.+\n$/.test(answer))
    return isAskedFor(args) ? '' : answer
  },
}
