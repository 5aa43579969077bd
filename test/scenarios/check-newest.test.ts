// Whether `check` tells that a document is not the newest: from Git, from the cluster itself, and from its neighbours. The servers
// are TLS servers with the recorded answers of a real K3s.
import { copyFileSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { RecordedK3s } from '../support/recorded-k3s.js'

const TOKEN = 'vQ3xT7mZp9Lk2Ws8Rb5Ny4Hd6Jc1Gf0aUeXiOoEtBqA'
const FORMER = 'Q29ycmVjdEhvcnNlQmF0dGVyeVN0YXBsZUFnYWluMTIz'
const DOCUMENT = 'k3s_tokens/home.yml'

interface Finding {
  readonly rule: string
  readonly severity: string
  readonly message: string
  readonly hint?: string
}

let project: Project
let server: RecordedK3s | undefined
beforeEach(() => {
  project = new Project()
  configure(1)
})
afterEach(async () => {
  project.remove()
  const unrecorded = server?.unrecorded ?? []
  await server?.stop()
  server = undefined
  expect(unrecorded).toEqual([])
})

function configure(port: number, more = ''): void {
  project.write(
    'k3s_vars.yml',
    `clusters: { home: { vars: { api_port: ${port} }, hosts: { server: { s1: { ansible_host: 127.0.0.1 } } } }${more} }\n`,
  )
}

/** Without Ansible's programs, which have nothing to say here. */
async function cli(...args: readonly string[]): Promise<Outcome> {
  const outcome = await project.start(LAUNCHER, args, { environment: { PATH: bin() } })
  for (const secret of [TOKEN, FORMER]) {
    expect(outcome.stdout + outcome.stderr).not.toContain(secret)
  }
  return outcome
}

function bin(): string {
  const folder = project.path('bin')
  if (existsSync(folder)) return folder
  project.write('bin/.keep', '')
  const folders = [join(process.execPath, '..'), ...process.env['PATH']!.split(':')]
  for (const program of ['node', 'sh', 'readlink', 'git']) {
    const found = folders.map((one) => join(one, program)).find(existsSync)
    if (found !== undefined) symlinkSync(found, join(folder, program))
  }
  return folder
}

const RULES =
  /^(?:rolled-back|other-history|former-lost|unbound-again|shared-token|history-|server-token|other-ca)/

async function check(...args: readonly string[]): Promise<readonly Finding[]> {
  const { stdout, stderr } = await cli('check', '--json', ...args)
  expect(stderr).toBe('')
  const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] }
  return findings.filter(({ rule }) => RULES.test(rule))
}

const words = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ severity, rule }) => `${severity} ${rule}`)

async function keep(token: string, ...args: readonly string[]): Promise<void> {
  project.write('brought', `${token}\n`)
  const importing = ['token', 'import', 'home', '--offline', '--file', 'brought', ...args]
  const { status, stderr } = await cli(...importing)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
}

function git(...args: readonly string[]): string {
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgSign=false']
  const { status, stdout, stderr } = project.run('git', [...settings, ...args])
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) })
  return stdout.trim()
}

function commit(): string {
  git('add', 'k3s_tokens')
  git('commit', '--quiet', '--message', 'x')
  return git('rev-parse', '--short=12', 'HEAD')
}

describe('what Git has', () => {
  beforeEach(async () => {
    git('init', '--quiet', '--initial-branch', 'main', '.')
    await keep(FORMER)
    commit()
  })

  test('is the document: nothing is said, and as little after a change', async () => {
    expect(await check()).toEqual([])
    await keep(TOKEN, '--replace')
    expect(await check()).toEqual([])
  })

  test('is newer here: the document was rolled back', async () => {
    copyFileSync(project.path(DOCUMENT), project.path('older'))
    await keep(TOKEN, '--replace')
    const newest = commit()
    copyFileSync(project.path('older'), project.path(DOCUMENT))
    const [finding, ...more] = await check()
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      rule: 'rolled-back',
      severity: 'error',
      message: `it was rolled back: this is generation 1, and commit ${newest} (checked out) has generation 2`,
      hint: expect.stringContaining(`git show ${newest}`),
    })
    expect((await cli('check')).status).toBe(8)
  })

  test('is newer in another branch, and that is said by name', async () => {
    git('checkout', '--quiet', '-b', 'feature')
    await keep(TOKEN, '--replace')
    const newest = commit()
    git('checkout', '--quiet', 'main')
    const [finding] = await check()
    expect(finding).toMatchObject({ rule: 'rolled-back', severity: 'error' })
    expect(finding!.message).toContain(`commit ${newest} (another branch) has generation 2`)
    git('merge', '--quiet', 'feature')
    expect(await check()).toEqual([])
  })

  test('was taken back by a commit: a warning, which may have been meant', async () => {
    await keep(TOKEN, '--replace')
    commit()
    git('revert', '--no-edit', 'HEAD')
    expect(words(await check())).toEqual(['warn rolled-back'])
  })

  test('is another token: two were imported apart', async () => {
    git('checkout', '--quiet', '-b', 'feature')
    await keep(TOKEN, '--replace')
    commit()
    git('checkout', '--quiet', 'main')
    await keep(`${TOKEN}2`, '--replace')
    expect(words(await check())).toEqual(['error other-history'])
  })

  test('is only a part of it: a note', async () => {
    await keep(TOKEN, '--replace')
    commit()
    const clone = project.path('clone')
    git('clone', '--quiet', '--depth', '1', `file://${project.folder}`, clone)
    for (const name of ['k3s_vars.yml', 'ansible.cfg', '.vault_password'])
      copyFileSync(project.path(name), join(clone, name))
    const { stdout } = await project.start(LAUNCHER, ['check', '--json'], {
      cwd: clone,
      environment: { PATH: bin() },
    })
    const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] }
    expect(words(findings.filter(({ rule }) => RULES.test(rule)))).toEqual([
      'note history-incomplete',
    ])
  })
})

describe('the cluster itself', () => {
  async function living(): Promise<RecordedK3s> {
    server = await RecordedK3s.start({ serverToken: TOKEN })
    configure(server.port)
    await keep(`K10${server.identity.caHash}::server:${FORMER}`)
    return server
  }

  test('has another token than the document, which was rolled back', async () => {
    const k3s = await living()
    copyFileSync(project.path(DOCUMENT), project.path('older'))
    await keep(`K10${k3s.identity.caHash}::server:${TOKEN}`, '--replace')
    expect(await check()).toEqual([])
    copyFileSync(project.path('older'), project.path(DOCUMENT))
    const [finding] = await check()
    expect(finding).toMatchObject({
      rule: 'server-token-refused',
      severity: 'error',
      message: `https://127.0.0.1:${k3s.port}: it has another server token than any that is kept here`,
    })
  })

  test.each([
    ['--offline', ['--offline']],
    ['probe: false', []],
  ])('is left alone with %s', async (_, args) => {
    const k3s = await living()
    const asked = k3s.requests.length
    if (args.length === 0) {
      const text = readFileSync(project.path('k3s_vars.yml'), 'utf8')
      writeFileSync(project.path('k3s_vars.yml'), text.replace('home: {', 'home: { probe: false,'))
    }
    expect(await check(...args)).toEqual([])
    expect(k3s.requests.length).toBe(asked)
  })

  test('is not asked without a known CA, and one that is down is no finding', async () => {
    await keep(TOKEN)
    server = await RecordedK3s.start({ serverToken: FORMER })
    configure(server.port)
    expect(await check()).toEqual([])
    expect(server.requests).toEqual([])
    await keep(`K10${server.identity.caHash}::server:${TOKEN}`)
    configure(1)
    expect(await check()).toEqual([])
  })
})

test('two clusters with one token: an error, also where the token has no fingerprint', async () => {
  configure(1, ', other: {}, third: {}')
  for (const token of [TOKEN, 'MyClusterTokenForProduction2024x']) {
    project.write('brought', `${token}\n`)
    for (const name of ['home', 'other']) {
      const args = ['token', 'import', name, '--offline', '--replace', '--file', 'brought']
      expect((await cli(...args)).status).toBe(0)
    }
    const [finding, ...more] = await check()
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      rule: 'shared-token',
      severity: 'error',
      message: expect.stringContaining('its server token is also the server token of cluster home'),
    })
  }
})
