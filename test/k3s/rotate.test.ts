// Rotations of three real servers by the real play, one after the other on one cluster: without a hitch, and then with every hitch that
// there is. What each came to is written down for the table in docs/real-k3s.md.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { describeWorld } from '../support/world/each-world.js'
import { startClient } from '../support/world/client.js'
import { killEverywhere } from '../support/world/kill-points.js'
import { Controller, filesWith, markersOf } from '../support/world/rotation.js'
import { note } from '../support/world/notes.js'
import { CONFIG, startThree, TOKEN_FILE, untilUp } from '../support/world/servers.js'
import { watchProcesses } from '../support/world/watch.js'
import { addressOf, World } from '../support/world/world.js'

const WEAK = 'changeme!'
const SERVERS = [1, 2, 3]
/** Where a killed module, or Ansible on either side, could have left something. */
const ON_NODES = ['/root/.ansible', '/tmp', '/var/tmp', '/dev/shm', '/run', '/var/log']
const MINUTES = Number(process.env['K3S_VARS_KILL_MINUTES'] ?? 60)

describeWorld('three servers', ({ k3s, ansible }) => {
  let world: World
  let controller: Controller

  beforeAll(async () => {
    world = await World.start(k3s, 3)
    await startThree(world, WEAK)
    controller = new Controller(world, ansible, { servers: SERVERS })
    controller.adopt(WEAK)
  }, 600_000)

  afterAll(async () => {
    await world?.stop()
    controller?.project.remove()
  })

  /** Idle, one key, all places equal, all servers ready, nothing beside; each place as its role writes it. */
  async function expectWell(): Promise<string> {
    expect(controller.phase).toBe('idle')
    const token = controller.token()
    for (const host of SERVERS) await untilUp(world, host, token)
    expect(controller.drift()).toEqual({ state: 'sound', findings: [] })
    expect(world.must(1, `cat ${CONFIG}`)).toBe(`token: ${token}\ncluster-init: true\n`)
    expect(world.must(2, `cat ${CONFIG}`)).toBe(
      `token: ${token}\nserver: https://${addressOf(1)}:6443\n`,
    )
    expect(world.must(3, `cat ${TOKEN_FILE}`)).toBe(`${token}\n`)
    for (const host of SERVERS)
      expect(
        world.must(host, 'ls -A /etc/rancher/k3s /etc/rancher/k3s/config.yaml.d'),
      ).not.toContain('k3s_vars')
    return token
  }

  /** Neither these tokens nor those that the nodes have now lie where a killed program has left them. */
  function expectNothingLeft(markers: readonly string[]): void {
    const now = world.on(
      1,
      `cat /etc/rancher/k3s/k3s_vars-rotation/*/token; sed -n 's/^token: //p' ${CONFIG}`,
    )
    const own = now.stdout
      .split('\n')
      .filter((token) => token !== '')
      .flatMap(markersOf)
    const all = [...markers, ...own]
    for (const host of SERVERS) expect(filesWith(world, host, all, ON_NODES)).toEqual([])
    expect(filesWith(world, 'controller', all, ['/run/w/tmp', '/run/w/cp'])).toEqual([])
  }

  test('a plan tells every step and changes nothing', async () => {
    const { status, stdout } = controller.run(['rotate', 'prod', '-i', 'inventory.yml', '--plan'])
    expect(status).toBe(0)
    expect(stdout).toContain(addressOf(1))
    const checked = await controller.play([], undefined, ['--check'])
    expect(checked.status).toBe(0)
    expect(controller.phase).toBe('idle')
    expect(controller.generation).toBe(1)
    expect(controller.token()).toBe(WEAK)
  }, 120_000)

  test('away from a weak token, and nobody sees either of them', async () => {
    const watch = watchProcesses(world, markersOf(WEAK))
    const run = await controller.play([], undefined, ['-vvvvv'])
    const { seen, rounds } = await watch.stop()
    expect({ status: run.status, output: run.status === 0 ? '' : run.output }).toEqual({
      status: 0,
      output: '',
    })
    const token = await expectWell()
    expect(token).not.toBe(WEAK)
    expect(controller.generation).toBe(2)
    expect({ seen, hasLooked: rounds > 20 }).toEqual({ seen: [], hasLooked: true })
    for (const marker of [...markersOf(token), WEAK]) expect(run.output).not.toContain(marker)
    expectNothingLeft(markersOf(token))
  }, 600_000)

  test('as it is seen by a client', async () => {
    const before = controller.token()
    const stop = await startClient(world, SERVERS)
    const run = await controller.play(['--again'])
    const { asked, servers, any } = await stop()
    expect({ status: run.status, output: run.status === 0 ? '' : run.output }).toEqual({
      status: 0,
      output: '',
    })
    const token = await expectWell()
    expect(token).not.toBe(before)
    // One server after the other, so that somebody always answers.
    expect(asked).toBeGreaterThan(300)
    expect(any).toBeLessThan(Math.min(...servers))
    for (const marker of [...markersOf(token), ...markersOf(before)])
      expect(run.output).not.toContain(marker)
    const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1)
    note('a rotation of three servers, seconds', run.seconds.toFixed(0))
    note('each server did not answer a client, at most, seconds', servers.map(seconds).join(', '))
    note('no server answered a client that asks every 0.1 s, at most, seconds', seconds(any))
  }, 600_000)

  test(
    'the controller is killed at every task, and within each',
    async () => {
      const markers = markersOf(controller.token())
      const { generation } = controller
      const sweep = await killEverywhere(controller, () => expectNothingLeft(markers), MINUTES)
      await expectWell()
      expect(controller.generation).toBeGreaterThan(generation)
      expect(sweep.kills.length).toBeGreaterThan(30)
      note('controller killed with all its children: kill points tried', sweep.kills.length)
      note('of these ended well by the same command', sweep.kills.length)
      note('by hand', 0)
      note('rotations meanwhile', sweep.rotations)
    },
    (MINUTES + 10) * 60_000,
  )
})
