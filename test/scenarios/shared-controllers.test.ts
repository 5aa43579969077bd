// Two laptops and a CI runner that meet in a shared store, with the real programs: each in a folder of its own, its clock a day apart.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { shellBlocks } from '../support/doc-commands.js'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { Etcd, findEtcd, NO_ETCD } from '../support/etcd.js'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../support/openbao.js'
import { makeRole } from '../support/openbao-role.js'
import type { Credentials } from '../support/openbao-role.js'
import { closedPort } from '../support/ports.js'
import { LAUNCHER, PASSWORD, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { hasSshd, NO_SSHD, Sshd } from '../support/sshd.js'

/** A store as its users reach it. */
interface Shared {
  /** The mapping in `k3s_vars.yml`. */
  readonly store: string
  /** What a controller, and somebody without rights, has in the environment. */
  readonly variables: NodeJS.ProcessEnv
  readonly strangers: NodeJS.ProcessEnv
  /** Settings that reach nobody. */
  readonly nowhere: string
  /** All that the store keeps, as its operators can see it. */
  dump(): string
  /** As somebody deletes a document who should not. */
  lose(cluster: string): void
  close(): void | Promise<void>
}

/** Loaded into each controller's Node.js: its clock is so many milliseconds wrong. */
const WRONG_CLOCK = `
const skew = Number(process.env.TEST_CLOCK_SKEW)
const Real = Date
const now = Real.now.bind(Real)
globalThis.Date = class extends Real {
  constructor(...given) { given.length === 0 ? super(now() + skew) : super(...given) }
  static now() { return now() + skew }
}
`
const DAY = 86_400_000

let projects: Project[] = []
let shared: Shared

// The limits of time are wide: what is tried here is not how fast a busy machine is.

function controller(store = shared.store): Project {
  const project = new Project({
    'k3s_vars.yml': `clusters:\n  home:\n    probe: false\n    hosts: { server: [server1], agent: [agent1] }\n    store: ${store}\n`,
    'clock.cjs': WRONG_CLOCK,
  })
  projects.push(project)
  return project
}

function list(project: Project, skew = 0, variables = shared.variables): Promise<Outcome> {
  const environment = {
    ...variables,
    NODE_OPTIONS: `--require "${project.path('clock.cjs')}"`,
    TEST_CLOCK_SKEW: String(skew),
  }
  return project.start(LAUNCHER, ['--list'], { environment })
}

function tokenIn({ stdout }: Outcome): string {
  const [, token] = /"__ansible_unsafe":"([A-Za-z0-9]{43})"/.exec(stdout) ?? []
  return token ?? stdout
}

function describeShared(name: string, open: () => Promise<Shared>): void {
  describe(`controllers that share ${name}`, () => {
    beforeEach(async () => {
      shared = await open()
    })
    afterEach(async () => {
      await shared.close()
      for (const project of projects) project.remove()
      projects = []
    })

    test('three that start at once on an empty store, their clocks days apart, have one token', async () => {
      const started = await Promise.all([-DAY, 0, DAY].map((skew) => list(controller(), skew)))
      for (const outcome of started) expect(outcome).toMatchObject({ status: 0, stderr: '' })
      const tokens = new Set(started.map(tokenIn))
      expect(tokens.size).toBe(1)
      const [token] = tokens
      expect(token).toMatch(/^[A-Za-z0-9]{43}$/)
      // Later ones have it, too, and may replace it.
      expect(tokenIn(await list(controller(), 7 * DAY))).toBe(token)
      const kept = shared.dump()
      expect(kept).toContain('$ANSIBLE_VAULT;1.')
      for (const secret of [token!, PASSWORD]) expect(kept).not.toContain(secret)
    })

    test('one without rights, one that reaches nobody, and a deleted document are clear errors that tell no secret', async () => {
      const token = tokenIn(await list(controller()))
      const unreached = await list(controller(shared.nowhere))
      const stranger = await list(controller(), 0, shared.strangers)
      shared.lose('home')
      const lost = await list(controller())
      for (const [{ status, stdout, stderr }, code] of [
        [stranger, 'K3SV_STORE_DENIED'],
        [unreached, 'K3SV_STORE_UNAVAILABLE'],
        [lost, 'K3SV_STORE_VANISHED'],
      ] as const) {
        expect({ status, stdout }).toEqual({ status: 5, stdout: '' })
        expect(stderr).toContain(`(${code})`)
        expect(stderr).toContain('\nhint: ')
        for (const secret of [token, PASSWORD, 'pa55-canary']) expect(stderr).not.toContain(secret)
      }
    })

    test('a project moves there from its folder while plays run, and no play sees another token', async () => {
      const folder = controller('k3s_tokens')
      const token = tokenIn(await list(folder))
      let isMoving = true
      const play = async (): Promise<readonly Outcome[]> => {
        const seen: Outcome[] = []
        while (isMoving) seen.push(await list(folder))
        return seen
      }
      const plays = [play(), play()]
      const args = ['store', 'copy', '--to', shared.store]
      const moved = await folder.start(LAUNCHER, args, { environment: shared.variables })
      isMoving = false
      expect(moved).toMatchObject({ status: 0, stderr: '' })
      const seen = [...(await Promise.all(plays)).flat(), await list(folder)]
      for (const { status, stdout, stderr } of seen) {
        if (status === 0) expect(stdout).toContain(token)
        else expect(stderr).toContain('(K3SV_STORE_MOVED)')
      }
      expect(seen.at(-1)).toMatchObject({ status: 5, stdout: '' })
      expect(tokenIn(await list(controller()))).toBe(token)
    })

    describeNewestAnsible((ansible) => {
      test('Ansible has the token from the store', async () => {
        const project = controller()
        const token = tokenIn(await list(project))
        const play = await project.start(
          join(ansible.bin, 'ansible-inventory'),
          ['-i', LAUNCHER, '--host', 'server1'],
          { environment: shared.variables },
        )
        expect(play.status).toBe(0)
        expect(play.stdout).toContain(token)
      })
    })
  })
}

if (findOpenBao() === undefined) {
  test.skip(NO_OPENBAO, () => undefined)
} else {
  // It takes seconds to start: each test has a place of its own in the same one.
  let bao: OpenBao
  let credentials: Credentials
  let places = 0
  beforeAll(async () => {
    bao = await OpenBao.start()
    credentials = makeRole(bao)
  })
  afterAll(() => bao.stop())
  describeShared('OpenBao', async () => {
    const role = { ...credentials, BAO_ADDR: bao.address }
    const place = `k3s/${++places}`
    const nowhere = `https://127.0.0.1:${await closedPort()}`
    return {
      store: `{ openbao: { auth: approle, path: '${place}/{cluster}', timeout: 60 } }`,
      nowhere: `{ openbao: { address: '${nowhere}', auth: approle, timeout: 1 } }`,
      variables: role,
      strangers: { ...role, BAO_SECRET_ID: 'pa55-canary' },
      dump: () =>
        `${bao.run(`bao kv get -mount=secret -format=json ${place}/home`)}${bao.auditLog}`,
      lose: (cluster) => void bao.run(`bao kv delete -mount=secret ${place}/${cluster}`),
      close: () => undefined,
    }
  })
}

if (findEtcd() === undefined) {
  test.skip(NO_ETCD, () => undefined)
} else {
  describeShared('etcd', async () => {
    const etcd = await Etcd.start()
    for (const line of shellBlocks('stores-etcd.md')[0]!.trim().split('\n')) {
      const args = line.split(' ').slice(1)
      etcd.ctl(
        ...(args[1] === 'add' && args[0] === 'user'
          ? ['user', 'add', 'k3s_vars:pa55-canary']
          : args),
      )
    }
    etcd.ctl('user', 'add', 'stranger:pa55-canary')
    etcd.ctl('user', 'add', 'root:root')
    etcd.ctl('user', 'grant-role', 'root', 'root')
    etcd.ctl('auth', 'enable')
    const root = ['--user', 'root:root']
    const nowhere = `http://127.0.0.1:${await closedPort()}`
    return {
      store: `{ etcd: { endpoints: '${etcd.endpoints[0]!}', timeout: 60 } }`,
      nowhere: `{ etcd: { endpoints: '${nowhere}', timeout: 1 } }`,
      variables: { ETCDCTL_USER: 'k3s_vars', ETCDCTL_PASSWORD: 'pa55-canary' },
      strangers: { ETCDCTL_USER: 'stranger:pa55-canary' },
      dump: () => etcd.ctl(...root, 'get', '--prefix', ''),
      lose: (cluster) => void etcd.ctl(...root, 'del', `/k3s_vars/${cluster}`),
      close: () => etcd.stop(),
    }
  })
}

if (!hasSshd()) {
  test.skip(NO_SSHD, () => undefined)
} else {
  describeShared('a ref of a Git repository, over ssh', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-shared-git-'))
    const bare = join(folder, 'tokens.git')
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-C', bare, ...args], { encoding: 'utf8' })
    execFileSync('git', ['init', '--quiet', '--bare', bare])
    const sshd = await Sshd.start()
    return {
      store: `{ git: { remote: '${sshd.url(bare)}', timeout: 60 } }`,
      nowhere: `{ git: { remote: 'ssh://127.0.0.1:${await closedPort()}/x', timeout: 60 } }`,
      variables: sshd.variables('good'),
      strangers: sshd.variables('stranger'),
      dump: () =>
        git('cat-file', '--batch-all-objects', '--batch-check=%(objectname) %(objecttype)')
          .trim()
          .split('\n')
          .map((line) => line.split(' '))
          .map(([object, type]) => git('cat-file', type!, object!))
          .join('\n'),
      lose: () => void git('update-ref', '-d', 'refs/k3s_vars/tokens'),
      close: () => {
        sshd.stop()
        rmSync(folder, { recursive: true })
      },
    }
  })
}
