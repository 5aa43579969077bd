// Rotations of single servers, with sqlite and with etcd, whose agents have a token of their own: each kind, in the places and forms in
// which roles keep them; a way back; and what a snapshot from before needs.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { describeWorld } from '../support/world/each-world.js'
import { Controller } from '../support/world/rotation.js'
import {
  AGENT_FILE,
  CONFIG,
  startSingle,
  startWaitingAgent,
  untilUp,
} from '../support/world/servers.js'
import { World } from '../support/world/world.js'

const TOKEN = 'RealSingleTokenL3kJ8hG5fD2sA9pO6iU4yT7rE'
const AGENT = 'RealSingleAgentTokenW1qA5zS8xE2dC6rF9vT3'

describeWorld('single servers whose agents have a token of their own', ({ k3s, ansible }) => {
  let world: World
  let sqlite: Controller
  let etcd: Controller

  beforeAll(async () => {
    world = await World.start(k3s, 3)
    await startSingle(world, 1, TOKEN, `agent-token: "${AGENT}"\n`)
    await startSingle(world, 2, TOKEN, `agent-token: ${AGENT}\ncluster-init: true\n`)
    startWaitingAgent(world, 3, AGENT)
    sqlite = new Controller(world, ansible, { servers: [1], agents: [3] }, ', agent_token: true')
    etcd = new Controller(world, ansible, { servers: [2] }, ', agent_token: true')
    sqlite.adopt(TOKEN, AGENT)
    // With the CA in front of it, which is known from then on.
    etcd.adopt(world.must(2, 'cat /var/lib/rancher/k3s/server/token'), AGENT)
  }, 600_000)

  afterAll(async () => {
    await world?.stop()
    for (const controller of [sqlite, etcd]) controller?.project.remove()
  })

  const rotate = async (controller: Controller, ...options: string[]): Promise<void> => {
    const { status, output } = await controller.play(['--again', ...options])
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' })
    expect(controller.phase).toBe('idle')
    expect(controller.drift().findings).toEqual([])
  }
  const pair = (controller: Controller): readonly string[] => [
    controller.token('server'),
    controller.token('agent'),
  ]

  test('sqlite and an agent: the server token alone', async () => {
    await rotate(sqlite)
    const [server, agent] = pair(sqlite)
    expect(server).not.toBe(TOKEN)
    expect(agent).toBe(AGENT)
    expect(world.must(1, `cat ${CONFIG}`)).toBe(`token: ${server}\nagent-token: "${AGENT}"\n`)
    expect(world.must(1, 'ls /var/lib/rancher/k3s/server/db/snapshots')).toContain('prod-1-')
  }, 600_000)

  test('sqlite and an agent: the agent token alone, which the next restart survives', async () => {
    const [before] = pair(sqlite)
    await rotate(sqlite, '--agent')
    const [server, agent] = pair(sqlite)
    expect(server).toBe(before)
    expect(agent).not.toBe(AGENT)
    expect(world.must(1, `cat ${CONFIG}`)).toBe(`token: ${server}\nagent-token: "${agent}"\n`)
    expect(world.must(3, `head -n 1 ${AGENT_FILE}`)).toBe(`K3S_TOKEN='${agent}'\n`)
    world.must(1, 'service k3s restart')
    await untilUp(world, 1, server!)
    expect(sqlite.drift().findings).toEqual([])
  }, 600_000)

  test('etcd: into the secure form', async () => {
    await rotate(etcd, '--to-form', 'secure')
    const [server] = pair(etcd)
    const lines = world.must(2, `cat ${CONFIG}`).split('\n')
    expect(lines[0]).toMatch(new RegExp(`^token: K10[0-9a-f]{64}::server:${server}$`))
    expect(lines[1]).toMatch(new RegExp(`^agent-token: K10[0-9a-f]{64}::node:${AGENT}$`))
    expect(lines.slice(2)).toEqual(['cluster-init: true', ''])
  }, 600_000)

  test('etcd: a snapshot from before is restored with the token of its generation', async () => {
    const [server] = pair(etcd)
    const folder = '/var/lib/rancher/k3s/server/db/snapshots'
    const name = world
      .must(2, `ls ${folder}`)
      .split('\n')
      .find((one) => one.startsWith('prod-1-'))
    expect(name).toBeDefined()
    const before = etcd.run(['token', 'show', 'prod', '--reveal', '--generation', '1']).stdout
    expect(before).toBe(`${TOKEN}\n`)
    world.must(2, 'service k3s stop')
    world.must(2, 'umask 077; cat >/run/token', before)
    const said = world.on(
      2,
      `timeout 120 k3s server --cluster-reset --cluster-reset-restore-path=${folder}/${name} --token-file /run/token 2>&1; rm /run/token`,
    ).stdout
    expect(said).toContain('restart without --cluster-reset flag now')
    world.must(2, `sed -i 's/^token: .*/token: ${TOKEN}/' ${CONFIG}`)
    world.must(2, 'service k3s start')
    await untilUp(world, 2, TOKEN)
    expect(etcd.drift().findings).not.toEqual([])
    const back = etcd.run(['token', 'import', 'prod', '--stdin', '--replace', '--offline'], TOKEN)
    expect(back.status).toBe(0)
    expect(etcd.drift().findings).toEqual([])
    expect(server).not.toBe(TOKEN)
  }, 600_000)

  test('etcd: both at once, which the next restart survives', async () => {
    const before = pair(etcd)
    await rotate(etcd, '--both')
    const after = pair(etcd)
    for (const token of after) expect(before).not.toContain(token)
    // Each in the form in which it stood there.
    const [first, second] = world.must(2, `cat ${CONFIG}`).split('\n')
    expect(first).toBe(`token: ${after[0]}`)
    expect(second).toMatch(new RegExp(`^agent-token: K10[0-9a-f]{64}::node:${after[1]}$`))
    world.must(2, 'service k3s restart')
    await untilUp(world, 2, after[0]!)
    expect(etcd.drift().findings).toEqual([])
  }, 600_000)
})
