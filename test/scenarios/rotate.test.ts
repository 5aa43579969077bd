// `rotate` round by round, as the play asks for it, against a model of K3s that has the very tokens: what is decided, what the document
// says after each round, and what leaves when, in stores of every kind. Real K3s and the real play are tried in test/k3s/rotate.test.ts.
import { execFileSync } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ModelCluster } from '../lifecycle/rotation/model.js'
import type { ModelServer, Text } from '../lifecycle/rotation/model.js'
import { idle, obey } from '../lifecycle/rotation/obey.js'
import type { NodeStep } from '../../src/lifecycle/rotation/situation.js'
import { runCli } from '../support/cli.js'
import { Etcd, findEtcd, NO_ETCD } from '../support/etcd.js'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../support/openbao.js'
import { makeRole } from '../support/openbao-role.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome, RunOptions } from '../support/project.js'

const CONFIG = `clusters:
  home:
    probe: false
    hosts: { server: [l1, l2, l3], agent: [a1] }
`
const NONCE = 'beef'.repeat(16)
const SHAPE = {
  servers: [{ name: 'l1' }, { name: 'l2', join: 'l1' }, { name: 'l3', join: 'l1' }],
  agents: 1,
}

type Fields = Readonly<Record<string, unknown>>

/** What a round answers, as far as it is looked at. */
interface Told {
  readonly decision: string
  readonly phase: string
  readonly rotation: string | null
  readonly memo: unknown
  readonly lines?: readonly string[]
  readonly stop: { readonly name: string }
  readonly plan: readonly { readonly step: string }[]
  readonly step: Omit<NodeStep, 'perHost'> & { readonly per_host: NodeStep['perHost'] }
}

let project: Project
/** What a store elsewhere needs. */
let variables: NodeJS.ProcessEnv = {}
const cli = (args: readonly string[], input = ''): Outcome =>
  runCli(project, args, { input, environment: variables })
const launch = (args: readonly string[], { environment, ...options }: RunOptions = {}): Outcome =>
  project.run(LAUNCHER, args, { ...options, environment: { ...variables, ...environment } })

/** A cluster whose nodes have the tokens of the document. */
class World {
  readonly cluster = new ModelCluster(SHAPE)
  readonly former = cli(['token', 'show', '--reveal']).stdout.trim()
  next = 'not drawn yet'
  rotation = ''
  memo: unknown = null
  last: unknown = null
  readonly lines: string[] = []
  /** `step why` of each that was done. */
  readonly steps: string[] = []

  secret(text: Text): string {
    return { OLD: this.former, NEW: this.next, NEW2: 'StrangeTokenOfSomebodyElse4f7G2hJ9kL1' }[text]
  }

  #code(text: Text | undefined): Fields {
    if (text === undefined) return { state: 'absent', reason: 'absent' }
    const code = createHmac('sha256', NONCE)
      .update(`token\0${this.secret(text)}`)
      .digest('hex')
    return { state: 'present', form: 'short', code }
  }

  #key(text: Text): string {
    const name = createHash('sha256').update(this.secret(text)).digest('hex').slice(0, 12)
    return createHmac('sha256', NONCE).update(`key\0${name}`).digest('hex')
  }

  facts(): Fields {
    const servers = this.cluster.servers.map((one) => [one.name, this.#server(one)] as const)
    const agents = this.cluster.agents.map((one) => [
      one.name,
      {
        ...this.#node('agent', one.source, one.changed, one.side),
        process: one.isRunning ? { pid: 3, started: 3, since: one.started } : {},
        datastore: { kind: 'none', state: 'absent', keys: [], members: [] },
      },
    ])
    return Object.fromEntries([...servers, ...agents]) as Fields
  }

  #node(kind: 'server' | 'agent', source: Text, changed: number, side: boolean): Fields {
    const place = { place: 'config', path: '/etc/rancher/k3s/config.yaml', line: 1, changed }
    return {
      program: 'k3s',
      kind,
      service: { name: kind === 'server' ? 'k3s' : 'k3s-agent' },
      data_dir: '/var/lib/rancher/k3s',
      join: '',
      places: [
        { ...place, option: 'token', token: kind, wins: true, read: true, ...this.#code(source) },
      ],
      faults: [],
      conflicts: [],
      ca: '',
      version: 'v1.36.3+k3s1',
      side: side ? [{ rotation: this.rotation, option: 'token', ...this.#code('NEW') }] : [],
      snapshots: { folder: '/s', writable: true, names: this.cluster.snapshots },
    }
  }

  #server(one: ModelServer): Fields {
    const isRunning = this.cluster.isRunning(one)
    const known = [one.source, one.passwd, one.written]
    const node = this.#node('server', one.source, 0, one.side)
    const both = (place: string, told: Fields): Fields[] =>
      ['server', 'agent'].map((token) => ({ place, token, ...told }))
    return {
      ...node,
      process: isRunning ? { pid: one.pid, started: one.started } : {},
      join: one.join === undefined ? '' : `https://${one.join}:6443`,
      places: [
        ...(node['places'] as Fields[]),
        { place: 'server/token', token: 'server', ...this.#code(one.written) },
        ...both('cred/passwd', this.#code(one.passwd)),
        ...(isRunning
          ? both(
              'memory',
              known.includes(one.memory) ? this.#code(one.memory) : { state: 'refused' },
            )
          : []),
      ],
      gate: { status: isRunning ? 200 : null },
      datastore: isRunning
        ? {
            kind: 'etcd',
            state: 'read',
            keys: this.cluster.keys.map((key) => this.#key(key)),
            members: [],
          }
        : { kind: 'etcd', state: 'unreadable', reason: 'stopped', keys: [], members: [] },
    }
  }

  /** One round; its decision. */
  round(...options: string[]): {
    status: number | null
    told: Told
    stderr: string
  } {
    const text = { nonce: NONCE, nodes: this.facts(), last: this.last, memo: this.memo }
    const { status, stdout, stderr } = cli(
      ['rotate', 'home', '--facts', '-', '--json', ...options],
      JSON.stringify(text),
    )
    const told = (stdout === '' ? {} : JSON.parse(stdout)) as Told
    this.memo = told.memo
    this.lines.push(...(told.lines ?? []))
    return { status, told, stderr }
  }

  /** Takes the new token as the action plugin does, and does a step. */
  obey(told: Told): void {
    this.rotation = told.rotation!
    const handed = cli(['rotate', 'home', '--hand-over', '--rotation', this.rotation])
    const { server } = JSON.parse(handed.stdout) as { server: { old: string; new: string } }
    expect(server.old).toBe(this.former)
    this.next = server.new
    const { per_host: perHost, ...step } = told.step
    const outcomes: Record<string, string> = {}
    const document = { ...idle(), phase: 'rotated' as const }
    const doing = obey(
      this.cluster,
      { ...step, perHost },
      { outcomes, document, kill: () => undefined },
    )
    while (doing.next().done !== true);
    this.steps.push(`${step.name} ${step.why}`)
    const results = Object.entries(outcomes).map(([host, outcome]) => [host, { outcome }])
    this.last = { step: step.name, results: Object.fromEntries(results) as unknown }
  }
}

beforeAll(() => {
  project = new Project({ 'k3s_vars.yml': CONFIG })
  expect(project.run(LAUNCHER, ['--list']).status).toBe(0)
})
afterAll(() => project.remove())

const EVERY = ['--list', '--plugins'] as const

/** Where the tokens are; the folder last, since what follows goes on with it. */
const STORES = {
  Git: openGit,
  ...(findEtcd() !== undefined && { etcd: openEtcd }),
  ...(findOpenBao() !== undefined && { OpenBao: openBao }),
  'a folder': () => Promise.resolve(undefined),
}
for (const [name, why] of [
  ['etcd', NO_ETCD],
  ['OpenBao', NO_OPENBAO],
] as const)
  if (!(name in STORES)) test.skip(`a rotation with tokens in ${name}: ${why}`, () => undefined)

describe.each(Object.entries(STORES))(
  'a rotation, round by round, with tokens in %s',
  (_, open) => {
    let world: World
    let shared: Shared | undefined
    let usual: Project

    beforeAll(async () => {
      usual = project
      shared = await open()
      if (shared !== undefined) {
        variables = shared.variables
        project = new Project({ 'k3s_vars.yml': `${CONFIG}    store: ${shared.store}\n` })
        expect(launch(['--list'])).toMatchObject({ status: 0, stderr: '' })
      }
      world = new World()
    })
    afterAll(async () => {
      if (shared === undefined) return
      expect(existsSync(project.path('k3s_tokens'))).toBe(false)
      project.remove()
      project = usual
      variables = {}
      await shared.close()
    })

    test('its plan changes nothing, and says every step', () => {
      const before = cli(['status', '--json']).stdout
      const { status, told } = world.round('--plan')
      expect([status, told.decision, told.rotation]).toEqual([0, 'plan', null])
      expect(told.plan.map(({ step }) => step)).toEqual([
        'stage',
        'side-files',
        'snapshot',
        'rotating',
        'rotate',
        'rotated',
        'switch',
        'restart',
        'restart-agents',
        'snapshot',
        'cleanup',
        'commit',
      ])
      expect(cli(['status', '--json']).stdout).toBe(before)
      world.memo = null
    })

    test('what is wrong is told before anything is done', () => {
      const wrong = new World()
      wrong.cluster.kill(wrong.cluster.server('l2'))
      const { status, told } = wrong.round()
      expect([status, told.decision, told.phase]).toEqual([7, 'stop', 'idle'])
      expect(told.stop).toMatchObject({ name: 'not-running', node: 'l2' })
    })

    test('first the new token is laid beside; then everybody still gets the current one', () => {
      const { told } = world.round()
      expect([told.decision, told.phase, told.step.name]).toEqual(['step', 'staged', 'side-files'])
      expect(told.step.hosts).toEqual(['l1', 'l2', 'l3', 'a1'])
      for (const word of EVERY) expect(launch([word]).stdout).toContain(world.former)
      const text = JSON.stringify(told)
      world.obey(told)
      expect(text).not.toContain(world.former)
      expect(text).not.toContain(world.next)
      const { stdout } = cli(['rotate', '--status'])
      expect(stdout).toMatch(/^home {2}generation 1 → 2 {2}staged {2}0m {2}by .+@/)
    })

    test('from the mark on nobody gets a token, but the command that goes on', () => {
      world.obey(world.round().told)
      const { told } = world.round()
      expect([told.phase, told.step.name, told.step.hosts]).toEqual(['rotating', 'rotate', ['l3']])
      for (const word of EVERY) {
        const { status, stdout, stderr } = launch([word])
        expect([status, stdout]).toEqual([7, ''])
        expect(stderr).toContain('K3SV_ROTATION_UNDER_WAY')
        expect(stderr).toContain('go on with it: k3s-vars rotate home')
      }
      for (const args of [
        ['extra-vars', 'home'],
        ['group-vars', 'write'],
      ]) {
        const { status, stdout, stderr } = cli(args)
        expect([status, stdout, stderr.includes('K3SV_ROTATION_UNDER_WAY')]).toEqual([7, '', true])
      }
      world.obey(told)
    })

    test('its own play, told by its id, gets hosts and no token', () => {
      const environment = { K3S_VARS_ROTATION: world.rotation }
      const { status, stdout } = launch(['--list'], { environment })
      expect(status).toBe(0)
      expect(stdout).toContain('"l1"')
      expect(stdout).toContain('undef(hint=')
      for (const secret of [world.former, world.next]) expect(stdout).not.toContain(secret)
      const lookup = launch(['--plugins'], {
        environment,
        input: '{"clusters": ["home"]}',
      })
      expect([lookup.status, lookup.stdout]).toEqual([7, ''])
      const other = launch(['--list'], { environment: { K3S_VARS_ROTATION: 'other' } })
      expect([other.status, other.stdout]).toEqual([7, ''])
    })

    test('it cannot be taken back any more', () => {
      const { status, told } = world.round('--abort')
      expect([status, told.stop.name]).toEqual([8, 'forward-only'])
      expect(cli(['rotate', 'home', '--abort']).status).toBe(7)
    })

    test('then it goes through to its end, and every node has the new token', () => {
      for (let rounds = 0; rounds < 20; rounds++) {
        const { status, told } = world.round()
        expect(status).toBe(0)
        if (told.decision === 'done') break
        world.obey(told)
      }
      expect(world.steps).toEqual([
        'side-files lay',
        'snapshot before',
        'rotate rotate',
        'switch new',
        'restart restart',
        'restart-agents restart',
        'snapshot after',
        'cleanup clean',
      ])
      expect(world.lines.at(-1)).toContain('rotated to generation 2')
      expect(cli(['token', 'show', '--reveal']).stdout).toBe(`${world.next}\n`)
      expect(cli(['token', 'show', '--reveal', '--generation', '1']).stdout).toBe(
        `${world.former}\n`,
      )
      expect(launch(['--list']).stdout).toContain(world.next)
      const text = JSON.stringify(world.lines)
      for (const secret of [world.former, world.next]) expect(text).not.toContain(secret)
    })

    test('the same command right after that does nothing, until it is told again', () => {
      const later = new World()
      expect(later.round().told).toMatchObject({
        decision: 'done',
        outcome: 'nothing',
        phase: 'idle',
      })
      expect(later.round('--again').told).toMatchObject({ decision: 'step', phase: 'staged' })
      const aborted = cli(['rotate', 'home', '--abort', '--json'])
      expect(JSON.parse(aborted.stdout)).toMatchObject({ outcome: 'aborted' })
      expect(cli(['rotate', '--status']).stdout).toBe('home  generation 2  idle\n')
    })
  },
)

interface Shared {
  readonly store: string
  readonly variables: NodeJS.ProcessEnv
  close(): void | Promise<void>
}

function openGit(): Promise<Shared> {
  const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-rotated-git-'))
  execFileSync('git', ['init', '--quiet', '--bare', folder])
  return Promise.resolve({
    store: `{ git: { remote: '${folder}', timeout: 60 } }`,
    variables: {},
    close: () => rmSync(folder, { recursive: true }),
  })
}

async function openEtcd(): Promise<Shared> {
  const etcd = await Etcd.start()
  return {
    store: `{ etcd: { endpoints: '${etcd.endpoints[0]!}', timeout: 60 } }`,
    variables: {},
    close: () => etcd.stop(),
  }
}

async function openBao(): Promise<Shared> {
  const bao = await OpenBao.start()
  return {
    store: '{ openbao: { auth: approle, timeout: 60 } }',
    variables: { ...makeRole(bao), BAO_ADDR: bao.address },
    close: () => bao.stop(),
  }
}

describe('what is refused', () => {
  test.each([
    [['rotate', 'home', '--hand-over'], 2],
    [['rotate', 'home', '--hand-over', '--rotation', 'r1'], 5],
    [['rotate', 'home', '--facts', 'file'], 2],
    [['rotate', 'home', '--all'], 2],
    [['rotate', '--all', '--older-than', '3 months', '--plan'], 2],
    [['rotate', 'home', '--agent', '--both'], 2],
  ])('%j with status %i', (args, status) => {
    expect(cli(args)).toMatchObject({ status, stdout: '' })
  })

  test('an agent token that the cluster does not have', () => {
    const world = new World()
    const { status, stderr } = world.round('--agent', '--again')
    expect([status, stderr.includes('there is no agent token to rotate')]).toEqual([3, true])
  })

  test('what is no round', () => {
    const { status, stdout } = cli(
      ['rotate', 'home', '--facts', '-'],
      '{"nonce": "x", "nodes": {}, "memo": 7}',
    )
    expect([status, stdout]).toEqual([2, ''])
  })
})
