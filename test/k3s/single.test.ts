// One real server with sqlite and an agent token of its own: both tokens are adopted, and found at every place.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { describeWorld } from '../support/world/each-world.js'
import { startSingle } from '../support/world/servers.js'
import { World, WORLD_CFG } from '../support/world/world.js'

const TOKEN = 'RealSingleTokenL3kJ8hG5fD2sA9pO6iU4yT7rE'
const AGENT = 'RealSingleAgentTokenW1qA5zS8xE2dC6rF9vT3'

describeWorld('a single server with an agent token', ({ k3s, ansible }) => {
  let world: World
  let project: Project

  beforeAll(async () => {
    project = new Project({
      'k3s_vars.yml':
        'clusters: { edge: { agent_token: true, hosts: { server: [10.79.0.11] } } }\n',
      'ansible.cfg': `[defaults]\nvault_password_file = .vault_password\n${WORLD_CFG}`,
    })
    world = await World.start(k3s, 1)
    await startSingle(world, 1, TOKEN, `agent-token: ${AGENT}\n`)
  }, 180_000)

  afterAll(async () => {
    await world?.stop()
    project?.remove()
  })

  const run = (args: readonly string[]): Outcome =>
    world.run(LAUNCHER, args, {
      cwd: project.folder,
      environment: {
        ...project.environment,
        PATH: `${ansible.bin}:${process.env['PATH']}`,
        TMPDIR: '/run/w/tmp',
      },
    })

  test('has both tokens adopted', () => {
    const { status, stdout, stderr } = run(['adopt', '-i', LAUNCHER])
    expect({ status, stderr, stdout: status === 0 ? '' : stdout }).toEqual({
      status: 0,
      stderr: '',
      stdout: '',
    })
    expect(stdout).not.toContain(TOKEN)
    expect(stdout).not.toContain(AGENT)
    expect(run(['token', 'show', '--reveal']).stdout).toBe(`${TOKEN}\n`)
    expect(run(['token', 'show', '--kind', 'agent', '--reveal']).stdout).toBe(`${AGENT}\n`)
  })

  test('is sound in its files, its memory and its datastore', () => {
    const { status, stdout, stderr } = run(['drift', '--wide', '-i', LAUNCHER])
    expect({ status, stderr, stdout: status === 0 ? '' : stdout }).toEqual({
      status: 0,
      stderr: '',
      stdout: '',
    })
    expect(stdout).toMatch(/server\/agent-token +agent +current \(1\)/)
    expect(stdout).toMatch(/memory +agent +current \(1\)/)
    expect(stdout).toMatch(/datastore \(sqlite\) +server +current \(1\)/)
  })
})
