// Bootstrap tokens through an API that gives recorded answers; test/k3s/bootstrap.test.ts has the real one.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { describeEachAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome, RunOptions } from '../support/project.js'
import { RecordedApi } from '../support/recorded-api.js'

const TOKEN = 'Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5'
const BEARER = 'CanaryBearerQ7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc'

let project: Project
let api: RecordedApi
let url: string

beforeEach(async () => {
  api = new RecordedApi(BEARER)
  url = await api.start()
  project = new Project({ 'k3s_vars.yml': 'clusters: { home: { probe: false } }\n' })
  project.write('server', `K10${api.identity.caHash}::server:${TOKEN}`)
  const imported = ['token', 'import', 'home', '--file', 'server', '--offline']
  expect(await run(imported)).toMatchObject({ status: 0 })
  kubeconfig(`token: ${BEARER}`)
})
afterEach(async () => {
  await api.stop()
  project.remove()
})

async function run(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const outcome = await project.start(LAUNCHER, args, options)
  expect(outcome.stdout + outcome.stderr).not.toContain(BEARER)
  return outcome
}

function bootstrap(...args: string[]): Promise<Outcome> {
  return run(['bootstrap', ...args], { environment: { KUBECONFIG: project.path('kube.yml') } })
}

function kubeconfig(user: string, cluster = ''): void {
  const ca = Buffer.from(api.identity.ca).toString('base64')
  project.write(
    'kube.yml',
    `apiVersion: v1
kind: Config
current-context: home
contexts: [{ name: home, context: { cluster: c, user: u } }]
clusters: [{ name: c, cluster: { server: "${url}", certificate-authority-data: ${ca}${cluster} } }]
users: [{ name: u, user: { ${user} } }]
`,
  )
}

const PAIR = /([a-z0-9]{6})\.([a-z0-9]{16})/

/** The data of the only Secret, in the clear. */
function secret(): Record<string, string> {
  expect(api.secrets).toHaveLength(1)
  const { data } = api.secrets[0] as unknown as { data: Record<string, string> }
  return Object.fromEntries(
    Object.entries(data).map(([key, text]) => [key, Buffer.from(text, 'base64').toString()]),
  )
}

describe('create', () => {
  test('makes the Secret, and prints the token once, with the CA in front', async () => {
    const before = Date.now()
    const made = await bootstrap(
      'create',
      'home',
      '--ttl',
      '30m',
      '--description',
      'why',
      '--reveal',
    )
    expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 0, stderr: '' })
    const [, id, hidden] = PAIR.exec(made.stdout)!
    expect(made.stdout).toBe(`K10${api.identity.caHash}::${id}.${hidden}\n`)
    const { expiration, description, ...data } = secret()
    expect(data).toEqual({
      'token-id': id,
      'token-secret': hidden,
      'usage-bootstrap-authentication': 'true',
      'usage-bootstrap-signing': 'true',
      'auth-extra-groups': 'system:bootstrappers:k3s:default-node-token',
    })
    expect(description).toMatch(/^k3s-vars: .+@.+: why$/)
    const minutes = (Date.parse(expiration!) - before) / 60_000
    expect(minutes).toBeGreaterThan(29)
    expect(minutes).toBeLessThan(31)
  })

  test('writes it to a file that is ours alone, and tells no secret', async () => {
    const made = await bootstrap('create', 'home', '--output', 'join', '--json')
    expect(made.status).toBe(0)
    const text = readFileSync(project.path('join'), 'utf8')
    expect(statSync(project.path('join')).mode & 0o777).toBe(0o600)
    const [, id, hidden] = PAIR.exec(text)!
    expect(JSON.parse(made.stdout)).toMatchObject({ cluster: 'home', id, secure: true })
    expect(made.stdout).not.toContain(hidden)
  })

  test('leaves nothing in the cluster that could not be handed over', async () => {
    const made = await bootstrap('create', 'home', '--output', 'no-such-folder/join')
    expect(made).toMatchObject({ status: 2, stdout: '' })
    expect(api.secrets).toEqual([])
  })

  test('asks nobody without a place for it, or for a strange time', async () => {
    for (const args of [
      [],
      ['--reveal', '--ttl', '0'],
      ['--reveal', '--ttl', '59s'],
      ['--reveal', '--ttl', '31d'],
      ['--reveal', '--ttl', '1h30m'],
    ]) {
      expect(await bootstrap('create', 'home', ...args)).toMatchObject({ status: 2, stdout: '' })
    }
    expect(api.requests).toEqual([])
  })

  test('sends no credential to an API that has another CA than the cluster', async () => {
    project.write('server', `K10${'0123456789abcdef'.repeat(4)}::server:${TOKEN}`)
    const replaced = ['token', 'import', 'home', '--file', 'server', '--offline', '--replace']
    expect(await run(replaced)).toMatchObject({ status: 0, stderr: '' })
    const made = await bootstrap('create', 'home', '--reveal')
    expect(made).toMatchObject({ status: 7, stdout: '' })
    expect(made.stderr).toContain('(K3SV_CLUSTER_PIN)')
    expect(api.requests).toEqual([['GET', '/cacerts', undefined]])
  })

  test('gives the token alone where no CA is known, and says so', async () => {
    project.write('k3s_vars.yml', 'clusters: { bare: { probe: false } }\n')
    expect(await run(['token', 'new', 'bare', '--yes'])).toMatchObject({ status: 0 })
    const made = await bootstrap('create', 'bare', '--reveal')
    expect(made.status).toBe(0)
    expect(made.stdout).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}\n$/)
    expect(made.stderr).toContain('k3s-vars verify bare --pin')
  })
})

test('list shows who made what until when, and delete takes it away', async () => {
  const { stdout } = await bootstrap('create', 'home', '--reveal')
  const [, id, hidden] = PAIR.exec(stdout)!
  for (const form of [[], ['--json']]) {
    const listed = await bootstrap('list', 'home', ...form)
    expect({ status: listed.status, stderr: listed.stderr }).toEqual({ status: 0, stderr: '' })
    expect(listed.stdout).toContain(id)
    expect(listed.stdout).not.toContain(hidden)
  }
  const withSecret = await bootstrap('delete', 'home', `${id}.${hidden}`)
  expect(withSecret.status).toBe(2)
  expect(withSecret.stderr).not.toContain(hidden)
  expect(await bootstrap('delete', 'home', id!)).toMatchObject({
    status: 0,
    stdout: `deleted ${id}\n`,
  })
  expect((await bootstrap('list', 'home')).stdout).toBe('no bootstrap tokens\n')
  const again = await bootstrap('delete', 'home', id!)
  expect(again).toMatchObject({ status: 7, stdout: '' })
  expect(again.stderr).toContain('no bootstrap token of this id')
})

test.each([401, 403, 500, 503])('an API that answers %d is told in words', async (status) => {
  api.refusal = status
  const { status: ended, stdout, stderr } = await bootstrap('list', 'home')
  expect({ ended, stdout }).toEqual({ ended: 7, stdout: '' })
  expect(stderr).toContain('(K3SV_CLUSTER_API)')
})

describe('the kubeconfig', () => {
  const credential = (apiVersion: string, status: object): string =>
    JSON.stringify({ apiVersion, kind: 'ExecCredential', status })
  const V1 = 'client.authentication.k8s.io/v1'

  test('may have an exec plugin, which gets its own variables and none of the tokens', async () => {
    project.write('answer', credential(V1, { token: BEARER }))
    project.write(
      'plugin',
      `#!/bin/sh\nenv >'${project.path('environment')}'\ncat '${project.path('answer')}'\n`,
      0o700,
    )
    kubeconfig(
      `exec: { apiVersion: ${V1}, command: ./plugin, interactiveMode: Never, provideClusterInfo: true, env: [{ name: MINE, value: x }] }`,
    )
    const environment = { KUBECONFIG: project.path('kube.yml'), K3S_TOKEN: TOKEN, OTHER: 'y' }
    const listed = await run(['bootstrap', 'list', 'home'], { environment })
    expect(listed).toMatchObject({ status: 0, stderr: '' })
    const seen = readFileSync(project.path('environment'), 'utf8')
    expect(seen).toContain('MINE=x\n')
    expect(seen).toContain('OTHER=y\n')
    expect(seen).not.toContain(TOKEN)
    const info = JSON.parse(/^KUBERNETES_EXEC_INFO=(.*)$/m.exec(seen)![1]!) as unknown
    expect(info).toMatchObject({
      apiVersion: V1,
      spec: { interactive: false, cluster: { server: url } },
    })
  })

  test.each([
    [
      'of another version',
      `echo '${credential('client.authentication.k8s.io/v1beta1', { token: BEARER })}'`,
      V1,
    ],
    ['that answers no JSON', `echo '${BEARER}'`, V1],
    ['that fails', `echo '${BEARER}'; exit 3`, V1],
    ['of a version that is gone', 'true', 'client.authentication.k8s.io/v1alpha1'],
  ])('with an exec plugin %s: nothing of its answer is told', async (_, script, version) => {
    project.write('plugin', `#!/bin/sh\n${script}\n`, 0o700)
    kubeconfig(`exec: { apiVersion: ${version}, command: ./plugin, interactiveMode: Never }`)
    const listed = await bootstrap('list', 'home')
    expect(listed).toMatchObject({ status: 7, stdout: '' })
    expect(listed.stderr).toContain('(K3SV_CLUSTER_KUBECONFIG)')
  })

  test.each<readonly [string, string, string]>([
    ['a server that is not checked', `token: ${BEARER}`, ', insecure-skip-tls-verify: true'],
    ['a proxy', `token: ${BEARER}`, ', proxy-url: "http://127.0.0.1:1"'],
    ['somebody else to act as', `token: ${BEARER}, as: root`, ''],
    ['no credential', '', ''],
    ['a certificate without its key', 'client-certificate-data: eA==', ''],
    [
      'a key that is none',
      `client-certificate-data: eA==, client-key-data: ${Buffer.from(BEARER).toString('base64')}`,
      '',
    ],
    ['a token that no header can carry', `token: "${BEARER}\\n"`, ''],
  ])('with %s is refused', async (_, user, cluster) => {
    kubeconfig(user, cluster)
    const listed = await bootstrap('list', 'home')
    expect(listed).toMatchObject({ status: 7, stdout: '' })
    expect(listed.stderr).toContain('(K3SV_CLUSTER_KUBECONFIG)')
    expect(api.requests).toEqual([])
  })

  test('that cannot be read, is no YAML, lacks the context, or is not there, is told by its place', async () => {
    project.write('broken.yml', `users: [${BEARER}\n\t:`)
    for (const [args, word] of [
      [['--kubeconfig', 'broken.yml'], 'not valid YAML'],
      [['--kubeconfig', 'nowhere.yml'], 'there is no kubeconfig'],
      [['--context', 'nowhere'], 'has no context'],
    ] as const) {
      const listed = await bootstrap('list', 'home', ...args)
      expect(listed).toMatchObject({ status: 7, stdout: '' })
      expect(listed.stderr).toContain(word)
    }
  })

  test('may be several files, of which the first that has a name counts', async () => {
    project.write('first.yml', 'users: [{ name: u, user: { token: other } }]\n')
    const environment = {
      KUBECONFIG: `${project.path('first.yml')}:${project.path('absent.yml')}:${project.path('kube.yml')}`,
    }
    const listed = await run(['bootstrap', 'list', 'home'], { environment })
    expect(listed).toMatchObject({ status: 7 })
    expect(api.requests.at(-1)![2]).toBe('Bearer other')
  })

  test('may name files beside itself', async () => {
    project.write('kube/ca.crt', api.identity.ca)
    project.write('kube/token', `${BEARER}\n`)
    project.write(
      'kube/config',
      `current-context: home
contexts: [{ name: home, context: { cluster: c, user: u } }]
clusters: [{ name: c, cluster: { server: "${url}/", certificate-authority: ca.crt } }]
users: [{ name: u, user: { tokenFile: token, token: other } }]
`,
    )
    expect(await bootstrap('list', 'home', '--kubeconfig', 'kube/config')).toMatchObject({
      status: 0,
    })
  })
})

describeEachAnsible((ansible) => {
  test('the play of the page makes one for all agents of a run, and shows it nowhere', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/bootstrap.md'), 'utf8')
    const [, play] = /^## In a play$[^]*?^```yaml\n([^]*?)^```$/m.exec(page)!
    const shown = `    - ansible.builtin.copy: { content: "{{ token }}", dest: "{{ inventory_hostname }}.token" }\n      no_log: true\n`
    project.write(
      'site.yml',
      play!.replace('prod', 'home').replace('k3s-vars ', `${LAUNCHER} `) + shown,
    )
    project.write(
      'hosts.yml',
      'agent: { hosts: { a1: , a2: }, vars: { ansible_connection: local, token: other, ansible_python_interpreter: "{{ ansible_playbook_python }}" } }\n',
    )
    const { status, stdout, stderr } = await project.start(
      join(ansible.bin, 'ansible-playbook'),
      ['-i', 'hosts.yml', 'site.yml', '-vvv', '--diff'],
      { environment: { KUBECONFIG: project.path('kube.yml') } },
    )
    expect({ status, tail: stdout.slice(-300) }).toMatchObject({ status: 0 })
    const { 'token-id': id, 'token-secret': hidden } = secret()
    for (const host of ['a1', 'a2']) {
      const text = readFileSync(project.path(`${host}.token`), 'utf8')
      expect(text).toBe(`K10${api.identity.caHash}::${id}.${hidden}`)
    }
    expect(stdout + stderr).not.toContain(hidden)
  })
})
