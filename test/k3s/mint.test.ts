// No token is made beside a real K3s, and its own is adopted by hand. Elsewhere the same is tried with recorded answers
// (test/support/recorded-k3s.ts).
import { existsSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { describeWorld } from '../support/world/each-world.js'
import { startSingle } from '../support/world/servers.js'
import { addressOf, World } from '../support/world/world.js'

const TOKEN = 'RealTokenQ9mX4vB7nL1pD6sF3hJ5gZz8kW'
const ADDRESS = addressOf(1)
const HOSTS = `{ server: [${ADDRESS}] }`

describeWorld('a real K3s', ({ k3s, ansible }) => {
  let world: World
  let project: Project

  beforeAll(async () => {
    project = new Project({ 'k3s_vars.yml': `clusters: { home: { hosts: ${HOSTS} } }\n` })
    world = await World.start(k3s, 1)
    await startSingle(world, 1, TOKEN)
  }, 120_000)

  afterAll(async () => {
    await world?.stop()
    project?.remove()
  })

  beforeEach(() => rmSync(project.path('k3s_tokens'), { recursive: true, force: true }))

  const run = (args: readonly string[], input = ''): Outcome =>
    world.run(LAUNCHER, args, {
      cwd: project.folder,
      input,
      environment: { ...project.environment, PATH: process.env['PATH'] },
    })
  const ownToken = (): string => world.must(1, 'cat /var/lib/rancher/k3s/server/token')

  test.each([[['--list']], [['token', 'new', '--yes', '--assume-new']]])(
    'stops %j: no token is made beside it',
    (args) => {
      const { status, stdout, stderr } = run(args)
      expect({ status, stdout }).toEqual({ status: 7, stdout: '' })
      expect(stderr).toContain(`https://${ADDRESS}:6443`)
      expect(stderr).toContain('(K3SV_CLUSTER_ALIVE)')
      expect(existsSync(project.path('k3s_tokens'))).toBe(false)
    },
  )

  test('stops the vars plugin, which finds the server in an inventory of the user', () => {
    project.write('elsewhere/k3s_vars.yml', 'clusters: { home: {} }\n')
    project.write('elsewhere/.vault_password', 'x-marks-the-spot\n', 0o600)
    project.write(
      'elsewhere/ansible.cfg',
      `[defaults]\nvault_password_file = .vault_password\nvars_plugins = ${dirname(LAUNCHER)}/vars\n`,
    )
    project.write(
      'elsewhere/inventory.yml',
      `k3s_cluster: { children: { server: { hosts: { one: { ansible_host: ${ADDRESS} } } } } }\n`,
    )
    const { status, stderr } = world.run(
      `${ansible.bin}/ansible-inventory`,
      ['-i', 'inventory.yml', '--list'],
      { cwd: project.path('elsewhere'), environment: project.environment },
    )
    expect(status).not.toBe(0)
    expect(stderr.replace(/\s+/g, ' ')).toContain('(K3SV_CLUSTER_ALIVE)')
    expect(existsSync(project.path('elsewhere/k3s_tokens'))).toBe(false)
  })

  test('has its own token file adopted, its CA kept, and is found to agree', () => {
    expect(run(['token', 'import', 'home', '--stdin'], ownToken())).toMatchObject({ status: 0 })
    expect(run(['token', 'show', '--reveal']).stdout).toBe(`${TOKEN}\n`)
    expect(run(['--list']).stdout).toContain(TOKEN)
    const verified = run(['verify', 'home', '--json'])
    expect({ status: verified.status, stderr: verified.stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('has no token of another CA adopted, and none that it does not take', () => {
    const token = ownToken()
    const otherCa = token.replace(/^K10./, (head) => (head.endsWith('0') ? 'K101' : 'K100'))
    const otherPassword = token.replace(TOKEN, `${TOKEN}2`)
    for (const [brought, code] of [
      [otherCa, 'K3SV_CLUSTER_PIN'],
      [otherPassword, 'K3SV_CLUSTER_TOKEN'],
    ] as const) {
      const { status, stdout, stderr } = run(['token', 'import', 'home', '--stdin'], brought)
      expect({ status, stdout }).toEqual({ status: 7, stdout: '' })
      expect(stderr).toContain(`(${code})`)
      expect(existsSync(project.path('k3s_tokens'))).toBe(false)
    }
  })
})
