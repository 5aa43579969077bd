// What Ansible's own programs say of a play, asked by the command line, while our source and plugin only rehearse.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { AnsiblePrograms } from '../../src/ansible-play/programs.js'
import { recognizeRoles } from '../../src/role/recognize.js'
import { formatRehearsal, newRehearsal, REHEARSAL_VARIABLE } from '../../src/token/rehearsal.js'
import { describeEachAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'

const INVENTORY = `k3s_cluster:
  children:
    server: { hosts: { s1: { rack: 7 } } }
    agent: { hosts: { a1: { token: their own } } }
  vars: { token: changeme!, api_endpoint: s1 }
`

let project: Project
beforeEach(() => {
  project = new Project({
    'k3s_vars.yml': 'clusters: { home: { agent_token: true } }\n',
    'inventory.yml': INVENTORY,
  })
})
afterEach(() => project.remove())

describeEachAnsible((ansible) => {
  const programs = (variables: NodeJS.ProcessEnv = {}): AnsiblePrograms => {
    const PATH = `${ansible.bin}:${process.env['PATH']}`
    const environment = {
      variables: { ...project.environment, PATH, ...variables },
      cwd: project.folder,
      home: undefined,
    }
    return new AnsiblePrograms({ environment, randomBytes, now: () => new Date() })
  }
  const play = (...sources: readonly string[]) => ({ sources, playbookDir: project.folder })

  test('our source says whose place it is, other values are told apart, and nothing is minted', async () => {
    const asked = programs()
    const inventory = await asked.inventory(play('inventory.yml', LAUNCHER))
    const said = (host: string): unknown => {
      const value = inventory.valueOf(host, { name: 'token' })
      return value.form === 'text' ? asked.rehearsed(value.text) : value.form
    }
    const config = project.path('k3s_vars.yml')
    expect(said('s1')).toEqual({ way: 'source', cluster: 'home', kind: 'server', config })
    expect(said('a1')).toBeUndefined()
    expect(recognizeRoles(inventory.view())).toMatchObject([{ role: 'k3s-io' }])
    expect(inventory.view().valueOf('s1', 'rack')).toBe(7)
    expect(existsSync(project.path('k3s_tokens'))).toBe(false)
  })

  test('what all others say is told apart from what we say', async () => {
    project.write(
      'k3s_vars.yml',
      'clusters: { home: { hosts: { server: [h1] }, vars: { rack: 9 } } }\n',
    )
    const others = await programs().inventoryOfOthers(play('inventory.yml', LAUNCHER))
    expect([...others.hostsOf('server')].sort()).toEqual(['h1', 's1'])
    const said = (host: string, name: string): unknown => others.view().valueOf(host, name)
    expect([said('h1', 'token'), said('s1', 'token')]).toEqual(['changeme!', 'changeme!'])
    expect([said('h1', 'rack'), said('h1', 'k3s_server_config_mode')]).toEqual([
      undefined,
      undefined,
    ])
  })

  test('the vars plugin rehearses as well', async () => {
    const asked = programs({
      ANSIBLE_VARS_PLUGINS: `${dirname(LAUNCHER)}/vars`,
      ANSIBLE_VARS_ENABLED: 'host_group_vars,k3s_vars',
    })
    const inventory = await asked.inventory(play('inventory.yml'))
    const value = inventory.valueOf('s1', { name: 'token' })
    expect(value.form === 'text' && asked.rehearsed(value.text)).toMatchObject({ way: 'plugin' })
    expect((await asked.settings()).varsPlugins).toEqual({
      value: ['host_group_vars', 'k3s_vars'],
      origin: 'ANSIBLE_VARS_ENABLED',
    })
    expect(existsSync(project.path('k3s_tokens'))).toBe(false)
  })

  test('the settings are those of ansible.cfg, the environment and the defaults', async () => {
    project.write('ansible.cfg', '[defaults]\ninventory = inventory.yml\nroles_path = parts\n')
    const { sources, anyUnparsedIsFailed, varsPlugins, rolesPath, allowBrokenConditionals } =
      await programs({ ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: '1' }).settings()
    const cfg = project.path('ansible.cfg')
    expect(sources).toEqual({ value: [project.path('inventory.yml')], origin: cfg })
    expect(rolesPath).toEqual({ value: [project.path('parts')], origin: cfg })
    expect(anyUnparsedIsFailed).toEqual({
      value: true,
      origin: 'ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED',
    })
    expect(varsPlugins).toEqual({ value: ['host_group_vars'], origin: undefined })
    expect(allowBrokenConditionals.value).toBe(false)
  })

  test('a source that cannot be read is an error, also where a play would go on', async () => {
    project.write('ansible.cfg', '[defaults]\n')
    project.write('broken.yml', 'all: [\n')
    await expect(programs().inventory(play('inventory.yml', 'broken.yml'))).rejects.toThrow(
      expect.objectContaining({ code: 'K3SV_CLUSTER_ANSIBLE' }),
    )
  })

  test('a rehearsal that was left behind stops a play', () => {
    const past = newRehearsal(randomBytes, new Date(Date.now() - 3_600_000))
    const environment = { [REHEARSAL_VARIABLE]: formatRehearsal(past) }
    const args = ['-i', 'inventory.yml', '-i', LAUNCHER, '--list']
    const { status, stdout } = project.run(`${ansible.bin}/ansible-inventory`, args, {
      environment,
    })
    expect([status === 0, stdout]).toEqual([false, ''])
  })
})
