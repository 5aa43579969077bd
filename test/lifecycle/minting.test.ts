// When a token may be made: one test for each row of the table, with a real Git, real servers and the recorded K3s.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ServerHost } from '../../src/cluster/endpoints.js'
import type { ClusterConfig } from '../../src/config/config.js'
import { createLifecycle } from '../../src/lifecycle/create.js'
import { ensureTokens } from '../../src/lifecycle/mint.js'
import { askBeforeMinting } from '../../src/lifecycle/minting-questions.js'
import { decide, stopped } from '../../src/lifecycle/minting-decision.js'
import { MINTING_RULES } from '../../src/lifecycle/minting-rules.js'
import type { Answer, QuestionId, Way } from '../../src/lifecycle/minting-rules.js'
import type { K3sVarsError } from '../../src/errors.js'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import type { KnownRole } from '../../src/role/profile.js'
import { ALL_TOKEN_VARIABLES } from '../../src/token-environment.js'
import { environmentIn } from '../support/environment.js'
import { closedPort, listen, stopListening } from '../support/ports.js'
import type { Listener } from '../support/ports.js'
import { makeIdentity, RecordedK3s } from '../support/recorded-k3s.js'
import { cluster as clusterWith } from '../inventory/cluster.js'

const identity = makeIdentity()
let folder: string
let variables: Record<string, string | undefined>
let servers: readonly ServerHost[]
let k3s: RecordedK3s | undefined

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'k3s_vars-minting-')))
  writeFileSync(join(folder, 'k3s_vars.yml'), '')
  variables = { PATH: process.env['PATH'] }
  servers = []
})
afterEach(async () => {
  await stopListening()
  await k3s?.stop()
  k3s = undefined
  rmSync(folder, { recursive: true, force: true })
})

function clusterOf(changes: Partial<ClusterConfig> = {}): ClusterConfig {
  return clusterWith({
    mint: 'outside-ci',
    encrypt: 'never',
    store: { kind: 'file', folder: join(folder, 'k3s_tokens') },
    ...changes,
  })
}

const lifecycleOf = () =>
  createLifecycle({
    environment: environmentIn(folder, variables),
    config: { file: join(folder, 'k3s_vars.yml'), clusters: [] },
  })

const first = (cluster: ClusterConfig) => ensureTokens(lifecycleOf(), cluster, servers)

async function answersOf(cluster: ClusterConfig, way: Way): Promise<readonly Answer[]> {
  return askBeforeMinting(lifecycleOf(), cluster, { way, servers })
}

function git(...args: readonly string[]): void {
  execFileSync('git', ['-C', folder, ...args], {
    env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    stdio: 'ignore',
  })
}

const USER = ['-c', 'user.name=n', '-c', 'user.email=e@example.com']

/** A store that nobody has to reach here. */
const ELSEWHERE_STORE = {
  kind: 'openbao',
  base: '/',
  timeout: 1,
  mount: 'secret',
  path: 'k3s/{cluster}',
} as const

/** A server of these programs at the address, which `api_port` gives its port. */
function serverAt(port: number, changes: Partial<ClusterConfig> = {}): ClusterConfig {
  const s1 = { ansible_host: '127.0.0.1' }
  return clusterOf({
    probe: true,
    vars: { api_port: port },
    hosts: { server: { s1 }, agent: {} },
    ...changes,
  })
}

type Case = readonly [QuestionId, string, string, () => ClusterConfig | Promise<ClusterConfig>]

const listening =
  (kind: Listener): Case[3] =>
  async () =>
    serverAt(await listen(kind))

const living =
  (role: KnownRole): Case[3] =>
  async () => {
    k3s = await RecordedK3s.start({ serverToken: 'x', identity })
    return serverAt(k3s.port, { role: ROLE_PROFILES[role] })
  }

const inRepository =
  (...prepare: readonly (() => void)[]): Case[3] =>
  () => {
    git('init', '-q')
    for (const step of prepare) step()
    return clusterOf()
  }

const commitDocument = (): void => {
  mkdirSync(join(folder, 'k3s_tokens'))
  writeFileSync(join(folder, 'k3s_tokens', 'prod.yml'), 'x')
  git('add', '-f', 'k3s_tokens')
  git(...USER, 'commit', '-qm', 'token')
  rmSync(join(folder, 'k3s_tokens'), { recursive: true })
}

/** What was asked, the answer, how it comes about, and the cluster. */
const CASES: readonly Case[] = [
  ['environment', 'unset', 'only other variables are set', () => clusterOf()],
  ...ALL_TOKEN_VARIABLES.map((name): Case => [
    'environment',
    'set',
    `${name} is set`,
    () => {
      variables[name] = 'x'
      return clusterOf()
    },
  ]),
  ['configuration', 'outside-ci', 'CI is not set', () => clusterOf()],
  [
    'configuration',
    'outside-ci',
    'CI is false',
    () => {
      variables['CI'] = 'false'
      return clusterOf()
    },
  ],
  [
    'configuration',
    'in-ci',
    'CI is set',
    () => {
      variables['CI'] = 'true'
      return clusterOf()
    },
  ],
  [
    'configuration',
    'first-use',
    'CI is set and the configuration allows it',
    () => {
      variables['CI'] = '1'
      return clusterOf({ mint: 'first-use' })
    },
  ],
  ['configuration', 'never', 'minting is off', () => clusterOf({ mint: 'never' })],
  ['git', 'outside', 'there is no repository', () => clusterOf()],
  ['git', 'never', 'the repository is new', inRepository()],
  [
    'git',
    'ignored',
    'it is tracked on another branch, and ignored here',
    inRepository(commitDocument, () => {
      git('rm', '-q', '--cached', 'k3s_tokens/prod.yml')
      writeFileSync(join(folder, '.gitignore'), 'k3s_tokens\n')
    }),
  ],
  ['git', 'had', 'its folder was deleted', inRepository(commitDocument)],
  [
    'git',
    'incomplete',
    'the clone is shallow',
    inRepository(() => {
      git(...USER, 'commit', '-qm', 'first', '--allow-empty')
      git(...USER, 'commit', '-qm', 'second', '--allow-empty')
      git('clone', '-q', '--depth', '1', `file://${folder}`, join(folder, 'copy'))
      rmSync(join(folder, '.git'), { recursive: true })
      execFileSync('mv', [join(folder, 'copy', '.git'), join(folder, '.git')])
    }),
  ],
  [
    'git',
    'silent',
    'Git is missing',
    inRepository(() => {
      variables['PATH'] = '/nowhere'
    }),
  ],
  ['servers', 'not-asked', 'probe is false', () => serverAt(1, { probe: false })],
  ['servers', 'none-lives', 'the connection is refused', async () => serverAt(await closedPort())],
  ['servers', 'none-lives', 'a web server has no such path', listening(404)],
  ['servers', 'none-lives', 'a web server has a page there', listening('page')],
  ['servers', 'none-lives', 'a server speaks no TLS', listening('plain HTTP')],
  ['servers', 'lives', 'K3s answers', living('k3s-io')],
  ['servers', 'lives', 'RKE2 answers (rke2-ansible)', living('rke2-ansible')],
  ['servers', 'lives', 'RKE2 answers (lablabs)', living('lablabs')],
  [
    'servers',
    'lives',
    'K3s answers at the endpoint alone',
    async () => {
      k3s = await RecordedK3s.start({ serverToken: 'x', identity })
      return serverAt(await closedPort(), { endpoints: [k3s.url] })
    },
  ],
  [
    'servers',
    'lives',
    'K3s answers on this very machine',
    async () => {
      k3s = await RecordedK3s.start({ serverToken: 'x', identity })
      const hosts = { server: { s1: { ansible_connection: 'local' } }, agent: {} }
      return serverAt(k3s.port, { hosts })
    },
  ],
  [
    'servers',
    'lives',
    'K3s answers at a server of another inventory',
    async () => {
      k3s = await RecordedK3s.start({ serverToken: 'x', identity })
      servers = [{ name: 's1', variables: { ansible_host: '127.0.0.1', api_port: k3s.port } }]
      return clusterOf({ probe: true })
    },
  ],
  ['servers', 'unclear', 'nobody answers in time', listening('silence')],
  ['servers', 'unclear', 'the connection is ended', listening('hangs up')],
  ...[401, 403, 429, 500, 503].map((status): Case => [
    'servers',
    'unclear',
    `a server answers ${status}`,
    listening(status),
  ]),
  [
    'servers',
    'unclear',
    'K3s is starting',
    async () => {
      k3s = await RecordedK3s.start({ serverToken: 'x', identity, state: 'starting' })
      return serverAt(k3s.port)
    },
  ],
  [
    'servers',
    'unclear',
    'the name is unknown',
    () => serverAt(6443, { hosts: { server: { 'nobody.invalid': {} }, agent: {} } }),
  ],
  [
    'servers',
    'unclear',
    'the address is a template',
    async () =>
      serverAt(await closedPort(), {
        hosts: { server: { s1: { ansible_host: '{{ address }}' } }, agent: {} },
      }),
  ],
  [
    'servers',
    'unclear',
    'one of two refuses, the other is silent',
    async () => {
      const port = await listen('silence')
      return serverAt(await closedPort(), { endpoints: [`127.0.0.1:${port}`] })
    },
  ],
  ['servers', 'unknown', 'none is known', () => clusterOf({ probe: true })],
]

const isThere = (): boolean => readdirSync(folder).includes('k3s_tokens')

const covered = new Set<string>()
const rows = Object.entries(MINTING_RULES).flatMap(([question, { answers }]) =>
  Object.entries(answers).map(([answer, { verdict }]) => ({ question, answer, verdict })),
)
const verdictOf = (question: string, answer: string) =>
  rows.find((row) => row.question === question && row.answer === answer)!.verdict

describe('at first use', () => {
  test.each(CASES)('%s: %s, since %s', async (question, answer, _, make) => {
    covered.add(`${question} ${answer}`)
    const cluster = await make()
    const answers = await answersOf(cluster, 'first-use')
    expect(answers.find((one) => one.question === question)?.answer).toBe(answer)
    if (verdictOf(question, answer) === 'yes') {
      if (question !== 'git' || answer !== 'ignored') {
        expect((await first(cluster)).minted).toBe(true)
      }
      return
    }
    const error = await first(cluster).then(
      () => undefined,
      (thrown: K3sVarsError) => thrown,
    )
    const expected = stopped(cluster, answers.at(-1)!, 'first-use')
    expect(error).toMatchObject({ code: expected.code, message: expected.message })
    expect(error!.hint).toMatch(/k3s-vars token (?:new|import) prod/)
    expect(isThere()).toBe(false)
    expect(k3s?.passwords ?? []).toEqual([])
  })

  test('a document that is there is handed out, whatever the others would say', async () => {
    const { document } = await first(clusterOf())
    variables['CI'] = '1'
    const again = await first(clusterOf({ probe: true, mint: 'never' }))
    expect(again).toEqual({ document, minted: false })
  })
})

describe('on demand', () => {
  test.each(CASES.filter(([question]) => question !== 'configuration'))(
    '%s: %s, since %s',
    async (question, answer, _, make) => {
      const answers = await answersOf(await make(), 'on-demand')
      expect(answers.map((one) => one.question)).toEqual(['environment', 'git', 'servers'])
      expect(answers.find((one) => one.question === question)?.answer).toBe(answer)
      const verdict = verdictOf(question, answer)
      const kinds = [false, true].map((assumeNew) => decide(answers, { assumeNew }))
      expect(kinds).toEqual(
        {
          yes: [
            { kind: 'mint', origin: 'minted' },
            { kind: 'mint', origin: 'minted' },
          ],
          doubt: [
            expect.objectContaining({ kind: 'stop' }),
            { kind: 'mint', origin: 'assumed-new' },
          ],
          no: [
            expect.objectContaining({ kind: 'stop' }),
            expect.objectContaining({ kind: 'stop' }),
          ],
        }[verdict],
      )
    },
  )

  test('nobody can vouch for a new cluster where K3s answers, whatever else is in doubt', () => {
    const answers: Answer[] = [
      { question: 'git', answer: 'had' },
      { question: 'servers', answer: 'lives', detail: 'https://10.0.0.11:6443' },
    ]
    const decision = decide(answers, { assumeNew: true })
    expect(decision).toMatchObject({ kind: 'stop', because: { answer: 'lives' } })
  })
})

test.each([
  ['nothing lies in the usual folder', () => git('init', '-q'), 'elsewhere', 'yes'],
  ['a document lies there', () => leaveDocument(), 'folder', 'doubt'],
  ['Git had one there', commitDocument, 'folder', 'doubt'],
])('before a store elsewhere gets a token: %s', (_, prepare, answer, verdict) => {
  git('init', '-q')
  prepare()
  const store = { ...ELSEWHERE_STORE, base: folder }
  expect(lifecycleOf().historyOf(clusterOf({ store }))).toBe(answer)
  expect(verdictOf('git', answer)).toBe(verdict)
})

test('in a CI job with a store elsewhere nothing is minted, but nothing would be lost', async () => {
  variables['CI'] = 'true'
  const cluster = clusterOf({ store: { ...ELSEWHERE_STORE, base: folder } })
  const answers = await askBeforeMinting(lifecycleOf(), cluster, { way: 'first-use' })
  expect(answers.at(-1)).toEqual({ question: 'configuration', answer: 'in-ci-elsewhere' })
  const { message, hint } = stopped(cluster, answers.at(-1)!, 'first-use')
  expect(message).not.toContain('lost')
  expect(hint).toContain('`k3s-vars token new prod` once where you work')
})

function leaveDocument(): void {
  mkdirSync(join(folder, 'k3s_tokens'))
  writeFileSync(join(folder, 'k3s_tokens', 'prod.yml'), 'x')
}

/** The store's answers have a test of their own above, the project's with the command line. */
const ELSEWHERE = ['store', 'project']
afterAll(() => {
  // What lies in the usual folder beside a store elsewhere is asked of below.
  covered.add('git folder').add('git elsewhere').add('configuration in-ci-elsewhere')
  const wanted = rows.filter(({ question }) => !ELSEWHERE.includes(question))
  expect(wanted.map(({ question, answer }) => `${question} ${answer}`).sort()).toEqual(
    [...covered].sort(),
  )
})
