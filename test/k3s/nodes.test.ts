// Three real servers whose nodes are looked at by real Ansible: first as they should be, then each with something wrong.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { describeWorld } from '../support/world/each-world.js'
import { startProxy } from '../support/world/proxy.js'
import type { ProxyMode } from '../support/world/proxy.js'
import { CONFIG, startThree, TOKEN_FILE, untilUp, write } from '../support/world/servers.js'
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
      'inventory.yml':
        'k3s_cluster: { children: { server: { hosts: { 10.79.0.11: , 10.79.0.12: , 10.79.0.13: } } } }\n',
      'k3s_vars.yml': 'clusters: { prod: { hosts: { server: ["10.79.0.[11:13]"] } } }\n',
      'ansible.cfg': `[defaults]\nvault_password_file = .vault_password\n${WORLD_CFG}`,
    })
    mkdirSync(project.path('kept'))
    world = await World.start(k3s, 3)
    await startThree(world, TOKEN)
  }, 300_000)

  afterAll(async () => {
    await world?.stop()
    project?.remove()
  })

  const execute = (
    program: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    input = '',
  ): Outcome =>
    world.run(program, args, {
      cwd: project.folder,
      input,
      environment: {
        ...project.environment,
        PATH: `${ansible.bin}:${process.env['PATH']}`,
        TMPDIR: '/run/w/tmp',
        ...environment,
      },
    })
  const run = (args: readonly string[], input = ''): Outcome => execute(LAUNCHER, args, {}, input)

  const drift = (...more: readonly string[]): Outcome =>
    run(['drift', 'prod', '-i', LAUNCHER, ...more])

  /** The token neither as it is nor in base64, wherever it stands in there. */
  function expectSilent(texts: readonly string[]): void {
    const encoded = [0, 1, 2].map((offset) => {
      const text = Buffer.from(' '.repeat(offset) + TOKEN).toString('base64')
      return text.slice(4, -4)
    })
    for (const marker of [TOKEN, ...encoded])
      expect(texts.filter((text) => text.includes(marker))).toEqual([])
  }

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

  test('are not adopted from while they disagree, and nothing is kept', () => {
    const before = world.must(2, `cat ${CONFIG}`)
    world.must(2, `sed -i s/${TOKEN}/${OTHER}/ ${CONFIG}`)
    const { status, stdout, stderr } = run(['adopt', 'prod', '-i', LAUNCHER])
    write(world, 2, CONFIG, before)
    expect({ status, stderr }).toEqual({ status: 8, stderr: '' })
    expect(stdout).toContain(
      `prod: ${addressOf(2)}: ${CONFIG}:1: K3s takes another token than the one in server/token of ${addressOf(1)} from there at its next start`,
    )
    expectSilent([stdout])
    expect(existsSync(project.path('k3s_tokens'))).toBe(false)
  })

  test('are adopted from by the play, without a token in any output, log or cache', () => {
    const plugins = resolve(LAUNCHER, '..')
    const { status, stdout, stderr } = execute(
      'ansible-playbook',
      [
        ...['-vvvvv', '-i', 'inventory.yml', resolve(plugins, '../playbooks/adopt.yml')],
        ...['-e', 'k3s_vars_cluster=prod'],
      ],
      {
        ANSIBLE_LIBRARY: join(plugins, 'modules'),
        ANSIBLE_MODULE_UTILS: join(plugins, 'module_utils'),
        ANSIBLE_LOG_PATH: project.path('kept/log'),
        ANSIBLE_CACHE_PLUGIN: 'jsonfile',
        ANSIBLE_CACHE_PLUGIN_CONNECTION: project.path('kept/facts'),
        ANSIBLE_CALLBACKS_ENABLED: 'tree',
        ANSIBLE_CALLBACK_TREE_DIR: project.path('kept/tree'),
      },
    )
    expect({ status, stdout: status === 0 ? '' : stdout, stderr }).toMatchObject({
      status: 0,
      stdout: '',
    })
    expect(stdout).toContain('prod: adopted; generation 1')
    const kept = readdirSync(project.path('kept'), { recursive: true, encoding: 'utf8' })
      .map((name) => project.path(join('kept', name)))
      .filter((file) => statSync(file).isFile())
    expect(kept.length).toBeGreaterThan(1)
    const texts = kept.map((file) => readFileSync(file, 'utf8'))
    expect(texts.join('').length).toBeGreaterThan(10_000)
    expectSilent([stdout, stderr, ...texts])
    expect(world.must(1, 'ls -A /root/.ansible/tmp 2>/dev/null || true')).toBe('')
    expect(run(['token', 'show', 'prod', '--reveal']).stdout).toBe(`${TOKEN}\n`)
    const again = run(['adopt', 'prod', '-i', LAUNCHER])
    expect(again).toMatchObject({ status: 0, stderr: '' })
    expect(again.stdout).toContain('prod: unchanged: this is the token already')
  })

  test('are sound then, and verify agrees', () => {
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

  test('an edited config.yaml, a file that was left behind, a server that is down: each by node and place', async () => {
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
    await untilUp(world, 3, TOKEN)
  })

  test.each<[ProxyMode, string, readonly string[]]>([
    ['pass', 'foreign-certificate', ['/cacerts']],
    ['own-ca', 'other-ca', ['/cacerts']],
    ['cut', 'no-answer', ['/cacerts']],
    ['slow', 'no-answer', ['/cacerts']],
  ])('a proxy in the way (%s) gets no password', async (mode, rule, paths) => {
    const proxy = await startProxy(world, addressOf(1), mode)
    try {
      project.write(
        'other/k3s_vars.yml',
        `clusters: { prod: { store: ../k3s_tokens, endpoint: "${proxy.url}" } }\n`,
      )
      const { status, stdout } = run(['verify', '--json', '--config', 'other/k3s_vars.yml'])
      expect(stdout).toContain(`"${rule}"`)
      expect(status).toBe(rule === 'no-answer' ? 7 : 8)
      await new Promise((resolve) => setTimeout(resolve, 200))
      expect(proxy.arrivals.map(({ path }) => path)).toEqual(paths)
      expect(proxy.arrivals.filter(({ hasPassword }) => hasPassword)).toEqual([])
    } finally {
      await proxy.stop()
    }
  })

  test('a rotation that nobody told of: who was not restarted, and what each is keyed with', async () => {
    write(world, 2, '/root/new', JSON.stringify({ newToken: OTHER }))
    world.must(
      2,
      `curl -sf --cacert /var/lib/rancher/k3s/server/tls/server-ca.crt --config - -X PUT --data-binary @/root/new https://127.0.0.1:6443/v1-k3s/token`,
      `user = "server:${TOKEN}"\n`,
    )
    const [first, second, third] = [1, 2, 3].map(addressOf)
    const rules = found()
    for (const address of [first, second, third])
      expect(rules).toContain(`${address} datastore-other datastore (etcd)`)
    expect(rules).toContain(`${second} written-other /var/lib/rancher/k3s/server/token`)
    expect(rules.filter((rule) => rule.startsWith(`${first} written`))).toEqual([])

    // Brought home, the document says who has which: only the second server has written the new one, and nobody runs with it.
    expect(
      run(['token', 'import', 'prod', '--stdin', '--replace', '--offline'], OTHER),
    ).toMatchObject({ status: 0 })
    const after = found()
    for (const [address, place] of [
      [first, `${CONFIG}:1`],
      [second, `${CONFIG}:1`],
      [third, TOKEN_FILE],
    ] as const) {
      expect(after).toContain(`${address} source-former ${place}`)
      expect(after).toContain(`${address} memory-former memory`)
    }
    expect(after).toContain(`${third} written-former /var/lib/rancher/k3s/server/token`)
    expect(after.filter((rule) => rule.includes('datastore'))).toEqual([])

    // The role writes the new token and restarts, but for one server, which is restarted with the former one and cannot work.
    for (const host of [1, 2]) world.must(host, `sed -i s/${TOKEN}/${OTHER}/ ${CONFIG}`)
    for (const host of [1, 2]) {
      world.must(host, 'service k3s restart')
      await untilUp(world, host, OTHER)
    }
    world.must(
      3,
      'service k3s restart; for _ in $(seq 60); do service k3s status >/dev/null || break; sleep 0.5; done',
    )
    const restarted = found()
    expect(restarted.filter((rule) => !rule.startsWith(third!))).toEqual([])
    expect(restarted).toContain(`${third} source-former ${TOKEN_FILE}`)
    expect(restarted).toContain(`${third} not-running`)
    expect(drift().stdout).not.toContain(OTHER)
  }, 240_000)
})
