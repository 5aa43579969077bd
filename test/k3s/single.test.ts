// One real server with sqlite and an agent token of its own: both tokens are adopted, and found at every place.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { describeWorld } from '../support/world/each-world.js'
import { AGENT_FILE, startSingle, startWaitingAgent, write } from '../support/world/servers.js'
import { watchProcesses } from '../support/world/watch.js'
import { addressOf, World, WORLD_CFG } from '../support/world/world.js'

const TOKEN = 'RealSingleTokenL3kJ8hG5fD2sA9pO6iU4yT7rE'
const AGENT = 'RealSingleAgentTokenW1qA5zS8xE2dC6rF9vT3'

describeWorld('a single server with an agent token', ({ k3s, ansible }) => {
  let world: World
  let project: Project

  beforeAll(async () => {
    project = new Project({
      'k3s_vars.yml':
        'clusters: { edge: { agent_token: true, hosts: { server: [10.79.0.11], agent: [10.79.0.12] } } }\n',
      'ansible.cfg': `[defaults]\nvault_password_file = .vault_password\n${WORLD_CFG}`,
    })
    world = await World.start(k3s, 2)
    // A host that is yet to join.
    world.must(2, 'mkdir /kept; mv /etc/init.d/k3s /etc/systemd/system/k3s.service /kept')
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

  test('has both tokens adopted, and no process shows either of them', async () => {
    const control = watchProcesses(world, [TOKEN, AGENT])
    world.run('sleep', ['1'], { environment: { SHOWN: TOKEN } })
    expect((await control.stop()).seen).toEqual([TOKEN])
    const watch = watchProcesses(world, [TOKEN, AGENT])
    const { status, stdout, stderr } = run(['adopt', '-i', LAUNCHER])
    const { rounds, seen } = await watch.stop()
    expect(seen).toEqual([])
    expect(rounds).toBeGreaterThan(20)
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
    const { status, stdout, stderr } = run([
      'drift',
      '--wide',
      '--limit',
      addressOf(1),
      '-i',
      LAUNCHER,
    ])
    expect({ status, stderr, stdout: status === 0 ? '' : stdout }).toEqual({
      status: 0,
      stderr: '',
      stdout: '',
    })
    expect(stdout).toMatch(/server\/agent-token +agent +current \(1\)/)
    expect(stdout).toMatch(/memory +agent +current \(1\)/)
    expect(stdout).toMatch(/datastore \(sqlite\) +server +current \(1\)/)
  })

  test('has an agent whose token is told by its environment file, and whether it is that of agents', () => {
    world.must(2, 'mv /kept/k3s /etc/init.d; mv /kept/k3s.service /etc/systemd/system')
    startWaitingAgent(world, 2, AGENT)
    const drift = (): string =>
      run(['drift', '--wide', '--limit', addressOf(2), '-i', LAUNCHER]).stdout
    expect(drift()).toMatch(
      /sound +10.79.0.12 +agent +.*k3s-agent.service.env:1 \* +agent +current \(1\)/,
    )
    expect(drift()).toMatch(/environment of the process +agent +current \(1\)/)
    write(world, 2, AGENT_FILE, `K3S_TOKEN=${TOKEN}\n`)
    expect(drift()).toContain(
      `${AGENT_FILE}:1: K3s takes the server token in the place of the agent token`,
    )
    expect(drift()).toMatch(/environment of the process +agent +current \(1\)/)
  })
})
