// Rotations of three real servers in which something dies that is not the controller, or in which there are two of them: K3s within its own
// `token rotate`, a server meanwhile, the plan of the user. In the end the same command always has done it, without a hand.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { describeWorld } from '../support/world/each-world.js'
import { note } from '../support/world/notes.js'
import { Controller } from '../support/world/rotation.js'
import type { Watcher } from '../support/world/rotation.js'
import { startThree, untilUp, write } from '../support/world/servers.js'
import { World } from '../support/world/world.js'

const TOKEN = 'RealHitchTokenP8sD4fG6hJ2kL9zX3cV5bN7mQ'
const SERVERS = [1, 2, 3]
/** The one that is rotated on: the last, through which nobody joins. */
const ROTATING = 3
const KILLER = '/root/kill-k3s.py'
const REQUEST = 'Have one server encrypt'
/** Runs of the same command that a hitch may cost. */
const MOST_RUNS = 4

describeWorld('three servers with hitches', ({ k3s, ansible }) => {
  let world: World
  let controller: Controller

  beforeAll(async () => {
    world = await World.start(k3s, 3)
    await startThree(world, TOKEN)
    controller = new Controller(world, ansible, { servers: SERVERS })
    controller.adopt(TOKEN)
    const script = readFileSync(join(import.meta.dirname, '../support/world/kill-k3s.py'), 'utf8')
    write(world, ROTATING, KILLER, script)
  }, 600_000)

  afterAll(async () => {
    await world?.stop()
    controller?.project.remove()
  })

  /** Gives the same command again until it ends well; how often it was given. */
  async function untilWell(watcher?: Watcher): Promise<number> {
    const { generation } = controller
    const outputs: string[] = []
    for (let runs = 1; runs <= MOST_RUNS; runs++) {
      const hasBegun = controller.phase !== 'idle'
      const run = await controller.play(
        hasBegun ? [] : ['--again'],
        runs === 1 ? watcher : undefined,
      )
      outputs.push(run.output)
      if (run.status !== 0) continue
      expect(controller.phase).toBe('idle')
      expect(controller.generation).toBe(generation + 1)
      const token = controller.token()
      for (const host of SERVERS) await untilUp(world, host, token)
      expect(controller.drift()).toEqual({ state: 'sound', findings: [] })
      return runs
    }
    throw new Error(outputs.join('\n======\n'))
  }

  test.each(['passwd', 'token', 'new-key', 'old-gone', 'saved'])(
    'K3s is killed within its rotation: %s',
    async (point) => {
      const lines = (): string => world.on(ROTATING, 'cat /root/killed').stdout
      const runs = await untilWell({
        onTask: (task) => {
          if (task.startsWith(REQUEST)) {
            world.must(
              ROTATING,
              `setsid python3 ${KILLER} ${point} >/root/killed 2>&1 </dev/null &`,
            )
            while (!lines().includes('watching')) world.on(ROTATING, 'sleep 0.1')
          }
          return undefined
        },
      })
      expect(lines()).toContain('killed')
      note(`K3s killed within its rotation, after ${point}: times that the command was given`, runs)
    },
    1_200_000,
  )

  test.each([
    ['one that joins through another', 2],
    ['the one that the others join through', 1],
  ])(
    'a server dies as the request is sent: %s',
    async (_, host) => {
      const runs = await untilWell({
        onTask: (task) => {
          if (task.startsWith(REQUEST)) world.on(host, 'kill -9 $(cat /run/k3s.pid)')
          return undefined
        },
      })
      note(`server ${host} killed at the request: times that the command was given`, runs)
    },
    1_200_000,
  )

  test('two controllers at once', async () => {
    const first = controller.play(['--again'])
    await new Promise((resolve) => setTimeout(resolve, 4000))
    const second = controller.play([])
    const statuses = (await Promise.all([first, second])).map(({ status }) => status)
    note('two controllers at once: how each ended', statuses.join(' and '))
    if (controller.phase !== 'idle') expect((await controller.play()).status).toBe(0)
    expect(controller.phase).toBe('idle')
    const token = controller.token()
    for (const host of SERVERS) await untilUp(world, host, token)
    expect(controller.drift()).toEqual({ state: 'sound', findings: [] })
  }, 1_200_000)

  test('a rotation that is staged is taken back', async () => {
    const before = controller.token()
    const { killedIn } = await controller.play(['--again'], {
      onTask: (task) => (task === 'Take a snapshot' ? 0 : undefined),
    })
    expect(killedIn).toBe('Take a snapshot')
    expect(controller.phase).toBe('staged')
    const { status, stdout, stderr } = controller.run([
      'rotate',
      'prod',
      '-i',
      'inventory.yml',
      '--abort',
    ])
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' })
    expect(controller.phase).toBe('idle')
    expect(controller.token()).toBe(before)
    for (const host of SERVERS)
      expect(world.must(host, 'ls -A /etc/rancher/k3s')).not.toContain('k3s_vars')
  }, 600_000)

  test('k3s-vars rotate does all of it with one command', () => {
    const before = controller.token()
    const { status, stdout, stderr } = controller.run([
      'rotate',
      'prod',
      '-i',
      'inventory.yml',
      '--yes',
      '--again',
    ])
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' })
    expect(controller.token()).not.toBe(before)
    expect(stdout + stderr).not.toContain(controller.token())
    expect(controller.drift()).toEqual({ state: 'sound', findings: [] })
  }, 900_000)
})
