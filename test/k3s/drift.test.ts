// Three real servers whose nodes are looked at by real Ansible: first as they should be, then each with something wrong.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { describeWorld } from '../support/world/each-world.js'
import { CONFIG, startThree, TOKEN_FILE, write } from '../support/world/servers.js'
import { addressOf, World, WORLD_CFG } from '../support/world/world.js'

const TOKEN = 'RealDriftTokenQ9mX4vB7nL1pD6sF3hJ5gZz8kW'
const OTHER = 'SomebodyWroteThisB4kR9tY2wQ7eU1iO6pA3sD8'
const ENVIRONMENT_FILE = '/etc/systemd/system/k3s.service.env'

interface Said {
  readonly state: string
  readonly nodes: readonly {
    readonly name: string
    readonly state: string
    readonly findings: readonly { readonly rule: string; readonly on?: string }[]
  }[]
}

describeWorld('the nodes of three servers', ({ k3s, ansible }) => {
  let world: World
  let project: Project

  beforeAll(async () => {
    project = new Project({
      'k3s_vars.yml': 'clusters: { prod: { hosts: { server: ["10.79.0.[11:13]"] } } }\n',
      'ansible.cfg': `[defaults]\nvault_password_file = .vault_password\n${WORLD_CFG}`,
    })
    world = await World.start(k3s, 3)
    await startThree(world, TOKEN)
    const line = world.must(1, 'cat /var/lib/rancher/k3s/server/token')
    expect(run(['token', 'import', 'prod', '--stdin'], line)).toMatchObject({ status: 0 })
  }, 300_000)

  afterAll(async () => {
    await world?.stop()
    project?.remove()
  })

  const run = (args: readonly string[], input = ''): Outcome =>
    world.run(LAUNCHER, args, {
      cwd: project.folder,
      input,
      environment: {
        ...project.environment,
        PATH: `${ansible.bin}:${process.env['PATH']}`,
        TMPDIR: '/run/w/tmp',
      },
    })

  const drift = (...more: readonly string[]): Outcome =>
    run(['drift', 'prod', '-i', LAUNCHER, ...more])

  /** What was found, as `NODE RULE PLACE`. */
  function found(): readonly string[] {
    const { stdout, stderr, status } = drift('--json')
    expect(stderr).toBe('')
    expect(stdout).not.toContain(TOKEN)
    const said = JSON.parse(stdout) as Said
    expect(status).toBe({ sound: 0, unknown: 7, wrong: 8 }[said.state])
    return said.nodes
      .flatMap(({ name, findings }) =>
        findings.map(({ rule, on }) => `${name} ${rule}${on === undefined ? '' : ` ${on}`}`),
      )
      .sort()
  }

  test('are sound, and verify agrees', () => {
    const { status, stdout, stderr } = drift()
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('prod: generation 1, idle; 3 nodes: 3 sound')
    expect(stdout.match(/^√ sound/gm)).toHaveLength(3)
    expect(run(['verify', 'prod'])).toMatchObject({ status: 0, stderr: '' })
    const wide = drift('--wide', '--limit', addressOf(3)).stdout
    expect(wide).toContain(`${TOKEN_FILE} *`)
    expect(wide).toMatch(/memory +server +current \(1\)/)
    expect(wide).toMatch(/datastore \(etcd\) +server +current \(1\)/)
  })

  test('an edited config.yaml, a file that was left behind, a server that is down: each by node and place', () => {
    const before = world.must(2, `cat ${CONFIG}`)
    world.must(2, `sed -i s/${TOKEN}/${OTHER}/ ${CONFIG}`)
    write(world, 1, ENVIRONMENT_FILE, `K3S_TOKEN=${OTHER}\n`)
    world.must(3, 'service k3s stop')
    const [first, second, third] = [1, 2, 3].map(addressOf)
    expect(found()).toEqual([
      `${first} sources-disagree ${ENVIRONMENT_FILE}:1`,
      `${second} source-other ${CONFIG}:1`,
      `${third} not-running`,
    ])
    world.must(3, 'service k3s start')
    world.must(1, `rm ${ENVIRONMENT_FILE}`)
    write(world, 2, CONFIG, before)
  })
})
