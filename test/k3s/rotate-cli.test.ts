// `k3s-vars rotate` itself on three real servers: it has the play do it, says what was done, and where each node is.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { describeWorld } from '../support/world/each-world.js'
import { Controller } from '../support/world/rotation.js'
import { startThree, untilUp } from '../support/world/servers.js'
import { World } from '../support/world/world.js'

const SERVERS = [1, 2, 3]
const FIRST = 'FirstTokenOfThreeServersQ9mX4vB7nL1p'

describeWorld('the command line', ({ k3s, ansible }) => {
  let world: World
  let controller: Controller

  const rotate = (...args: readonly string[]) =>
    controller.run(['rotate', 'prod', '-i', 'inventory.yml', ...args])

  beforeAll(async () => {
    world = await World.start(k3s, 3)
    await startThree(world, FIRST)
    controller = new Controller(world, ansible, { servers: SERVERS })
    controller.adopt(FIRST)
  }, 600_000)

  afterAll(async () => {
    await world?.stop()
    controller?.project.remove()
  })

  test('asks nobody where nobody is, and has changed nothing then', () => {
    const { status, stderr } = rotate()
    expect([status, controller.phase]).toEqual([2, 'idle'])
    expect(stderr).toContain('K3SV_USAGE_TERMINAL')
  }, 120_000)

  test('rotates, says each step once, and where every node is', async () => {
    const { status, stdout, stderr } = rotate('--yes')
    expect([status, stdout.trim().split('\n').length]).toEqual([0, 1])
    expect(stdout).toContain('prod: rotated to generation 2')
    expect(stderr.match(/key the datastore anew/g)).toHaveLength(1)
    expect(stderr).toContain('[files 3/3, processes 0/3]')
    const token = controller.token()
    expect(token).not.toBe(FIRST)
    for (const secret of [token, FIRST]) expect(stdout + stderr).not.toContain(secret)
    for (const host of SERVERS) await untilUp(world, host, token)
    const told = rotate('--status', '--json')
    expect(told.status).toBe(0)
    const { clusters } = JSON.parse(told.stdout) as {
      clusters: { phase: string; nodes: { state: string }[] }[]
    }
    expect(clusters[0]).toMatchObject({ phase: 'idle', generation: 2, next: null })
    expect(clusters[0]!.nodes.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok'])
  }, 600_000)

  test('does nothing right after that, and takes nothing back that is not there', () => {
    const again = rotate('--yes')
    expect([again.status, controller.generation]).toEqual([0, 2])
    expect(again.stdout).toContain('nothing to do (once more: --again)')
    const aborted = rotate('--abort')
    expect([aborted.status, aborted.stdout]).toEqual([0, 'prod: no rotation is under way\n'])
  }, 120_000)

  test('stops before anything is done where a server is down, and says which', () => {
    world.must(3, 'service k3s stop')
    const { status, stdout } = rotate('--yes', '--again')
    expect([status, controller.phase]).toEqual([8, 'idle'])
    expect(stdout).toContain('10.79.0.')
    expect(stdout).toContain('(not-running)')
  }, 120_000)
})
