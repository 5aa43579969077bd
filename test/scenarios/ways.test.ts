// Servers and agents must read the same token, whatever way it takes. ansible-core 2.19 broke that for vaulted values, and no
// error says so: this tries every way on every version, and fails where reality differs from the table, for better or worse.
import { join, resolve } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { describeEachAnsible } from '../support/each-ansible.js'
import { messagesOf } from '../support/messages.js'
import { LAUNCHER, Project } from '../support/project.js'
import { EMITS, expectedArrivals, WAYS } from '../support/ways.js'
import type { Arrival, Arrivals, Emit, Way } from '../support/ways.js'

const PLUGINS = resolve(LAUNCHER, '..')

/** A cluster and its only host, for a way. */
const nameOf = (way: Way, emit: Emit): string => `${emit}_${way.replace(' ', '_')}`

const SOURCE_CONFIG = `clusters:
${EMITS.map(
  (
    emit,
  ) => `  ${nameOf('group', emit)}: { emit: ${emit}, hosts: { server: [${nameOf('group', emit)}_1] } }
  ${nameOf('host', emit)}: { emit: ${emit}, level: host, hosts: { server: [${nameOf('host', emit)}_1] } }
`,
).join('')}defaults: { probe: false }
`

const PLUGIN_CONFIG = `clusters:
${EMITS.flatMap((emit) =>
  (['vars plugin', 'lookup', 'extra vars'] as const).map(
    (way) => `  ${nameOf(way, emit)}: { emit: ${emit} }\n`,
  ),
).join('')}defaults: { probe: false }
`

/** A host for each way that does not bring its own. */
const INVENTORY = `all:
  vars: { ansible_connection: local, ansible_python_interpreter: "{{ ansible_playbook_python }}" }
  children:
${EMITS.map(
  (emit) => `    ${nameOf('vars plugin', emit)}: { hosts: { ${nameOf('vars plugin', emit)}_1: } }
    ${nameOf('lookup', emit)}_only:
      hosts: { ${nameOf('lookup', emit)}_1: }
      vars: { token: "{{ lookup('k3s_token', '${nameOf('lookup', emit)}') }}" }
    ${nameOf('extra vars', emit)}_only: { hosts: { ${nameOf('extra vars', emit)}_1: } }
`,
).join('')}`

const ANSIBLE_CFG = `[defaults]
vault_password_file = .vault_password
vars_plugins = ${join(PLUGINS, 'vars')}
lookup_plugins = ${join(PLUGINS, 'lookup')}
[inventory]
any_unparsed_is_failed = true
[k3s_vars]
config = plugins.yml
`

/** What the roles' tasks write into files, shown instead: a file for each would take minutes. */
const SITE = `- hosts: all
  gather_facts: false
  tasks:
    - vars: { config: { token: "{{ token }}" } }
      debug: { msg: "{{ inventory_hostname }}|>{{ config | to_nice_yaml }}|>{{ {'token': token} | to_nice_yaml }}|>K3S_TOKEN={{ token }}" }
`

let project: Project
afterEach(() => project.remove())

/** The tokens by cluster, opened, whatever the configurations say of handing them out. */
function tokens(): ReadonlyMap<string, string> {
  const names = WAYS.flatMap((way) => EMITS.map((emit) => nameOf(way, emit)))
  const clusters = names.map((name) => `  ${name}: { probe: false, mint: never }\n`).join('')
  project.write('reveal.yml', `clusters:\n${clusters}`)
  const environment = { K3S_VARS_CONFIG: 'reveal.yml' }
  const { stdout } = project.run(LAUNCHER, ['--plugins'], { environment })
  const answer = JSON.parse(stdout) as {
    clusters: Record<string, { server: { password: { __ansible_unsafe: string } } }>
  }
  return new Map(
    names.map((name) => [name, answer.clusters[name]!.server.password.__ansible_unsafe]),
  )
}

function arrived(text: string, token: string, expected: string): Arrival {
  if (text === expected) return 'token'
  // Without a piece of the token, it is not a third thing that only looks like one of the two.
  if (text.includes('$ANSIBLE_VAULT') && !text.includes(token)) return 'ciphertext'
  throw new Error('neither the token nor its ciphertext arrived')
}

describeEachAnsible((ansible) => {
  /** What the tasks of each host made, by the name of its cluster. */
  const play = (...args: string[]): ReadonlyMap<string, readonly string[]> => {
    const outcome = project.run(join(ansible.bin, 'ansible-playbook'), [
      ...['-i', 'inventory.yml', '-i', LAUNCHER, 'site.yml'],
      ...args,
    ])
    expect(outcome.status).toBe(0)
    const rows = messagesOf(outcome.stdout).map((message) => message.split('|>'))
    return new Map(rows.map(([host = '', ...texts]) => [host.replace(/_1$/, ''), texts]))
  }

  const extraVars = (emit: Emit): ReturnType<typeof play> => {
    const name = nameOf('extra vars', emit)
    const environment = { K3S_VARS_CONFIG: 'plugins.yml' }
    const args = ['extra-vars', name, '--output', `${emit}.json`]
    expect(project.run(LAUNCHER, args, { environment }).status).toBe(0)
    return play('--limit', `${name}_1`, '-e', `@${emit}.json`)
  }

  test('the token arrives as the table says, by every way', () => {
    project = new Project({
      'ansible.cfg': ANSIBLE_CFG,
      'k3s_vars.yml': SOURCE_CONFIG,
      'plugins.yml': PLUGIN_CONFIG,
      'inventory.yml': INVENTORY,
      'site.yml': SITE,
    })
    const made = new Map([
      ...play('--limit', 'all:!plain_extra_vars_1:!vaulted_extra_vars_1'),
      ...EMITS.flatMap((emit) => [...extraVars(emit)]),
    ])
    const known = tokens()
    const arrivals = (way: Way, emit: Emit): Arrivals => {
      const [config, inline, environment] = made.get(nameOf(way, emit))!
      const token = known.get(nameOf(way, emit))!
      return {
        config: arrived(config!, token, `token: ${token}\n`),
        inline: arrived(inline!, token, `token: ${token}\n`),
        environment: arrived(environment!, token, `K3S_TOKEN=${token}`),
      }
    }
    const cases = WAYS.flatMap((way) => EMITS.map((emit) => ({ way, emit })))
    expect(cases.map((one) => ({ ...one, ...arrivals(one.way, one.emit) }))).toEqual(
      cases.map((one) => ({ ...one, ...expectedArrivals(ansible.version, one.way, one.emit) })),
    )
  })
})
