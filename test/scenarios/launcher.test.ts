import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { describeEachAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'

let project: Project
afterEach(() => project.remove())

const HOSTS = '"hosts":["server1","server2"]'

test('runs from any current folder with the configuration beside the link to it', () => {
  project = new Project()
  mkdirSync(project.path('plugins'))
  symlinkSync(LAUNCHER, project.path('plugins/k3s_vars'))
  const environment = { ANSIBLE_VAULT_PASSWORD_FILE: project.path('.vault_password') }
  const outcome = project.run(project.path('plugins/k3s_vars'), ['--list'], {
    cwd: '/',
    environment,
  })
  expect(outcome).toMatchObject({ status: 0, stderr: '' })
  expect(outcome.stdout).toContain(HOSTS)
})

test('follows a chain of absolute and relative links', () => {
  project = new Project()
  mkdirSync(project.path('a/b'), { recursive: true })
  symlinkSync(LAUNCHER, project.path('a/b/absolute'))
  symlinkSync('a/b/absolute', project.path('relative'))
  expect(project.run(project.path('relative'), ['--list'])).toMatchObject({ status: 0, stderr: '' })
})

test('runs from a link to its folder', () => {
  project = new Project()
  symlinkSync(dirname(LAUNCHER), project.path('plugins'))
  const outcome = project.run('plugins/k3s_vars', ['--list'])
  expect(outcome).toMatchObject({ status: 0, stderr: '' })
})

test('is found by name on PATH', () => {
  project = new Project()
  const PATH = `${dirname(LAUNCHER)}:${process.env['PATH']}`
  expect(project.run('k3s_vars', ['--list'], { environment: { PATH } }).stdout).toContain(HOSTS)
})

test('needs no standard input', () => {
  project = new Project()
  const outcome = project.run('/bin/sh', ['-c', `exec "${LAUNCHER}" --list <&-`])
  expect(outcome).toMatchObject({ status: 0, stderr: '' })
})

test('answers on a terminal, too', () => {
  project = new Project()
  if (!existsSync('/usr/bin/script')) throw new Error('this test needs util-linux script')
  const outcome = project.run('/usr/bin/script', ['-qec', `"${LAUNCHER}" --list`, '/dev/null'])
  expect(outcome.stdout).toContain(HOSTS)
})

test('says how to build it before it is built', () => {
  project = new Project()
  mkdirSync(project.path('checkout/plugins'), { recursive: true })
  const copy = join(project.path('checkout/plugins'), 'k3s_vars')
  cpSync(LAUNCHER, copy)
  const outcome = project.run(copy, ['--list'])
  expect(outcome).toMatchObject({ status: 1, stdout: '' })
  expect(outcome.stderr).toMatch(
    /^k3s_vars: .*not built yet.*\nhint: run 'npm ci && npm run build' in .*\n$/,
  )
})

test('says that Node.js is missing', () => {
  project = new Project()
  const outcome = project.run(LAUNCHER, ['--list'], { environment: { PATH: '/nowhere' } })
  expect(outcome).toMatchObject({ status: 1, stdout: '' })
  expect(outcome.stderr).toContain("'node' is not found")
})

test('writes a document of many megabytes to a slow reader whole', () => {
  project = new Project({
    'k3s_vars.yml':
      'clusters: { home: { probe: false, hosts: { server: ["s[1:20000]"] }, vars: { filler: "x" } } }\n',
  })
  const outcome = project.run('/bin/sh', ['-c', `"${LAUNCHER}" --list | (sleep 0.3; cat)`])
  const answer = JSON.parse(outcome.stdout) as { server: { hosts: string[] } }
  expect(answer.server.hosts).toHaveLength(20_000)
})

test.each([[['--list', 'more']], [['--host']]])('refuses the arguments %j', (args) => {
  project = new Project()
  const outcome = project.run(LAUNCHER, args)
  expect(outcome.status).toBe(2)
  expect(outcome.stdout).toBe('')
})

describeEachAnsible(({ bin }) => {
  /** What Ansible prints last before it gives up, in one line: versions break lines differently. */
  const lastWords = (launcher: string): string => {
    const args = ['-i', launcher, '--list']
    const { status, stderr } = project.run(`${bin}/ansible-inventory`, args)
    expect(status).not.toBe(0)
    const [, said = ''] =
      /([^]*)(?:ERROR!|\[ERROR\]:) Completely failed to parse/.exec(stderr) ?? []
    return said.replace(/\s+/g, ' ').trim()
  }
  const GUIDE =
    /got: the error to read is further up, in what k3s_vars says behind "script"; if it says nothing there, make this file executable(?: Origin: \S.*)?$/

  test('the last of what Ansible says of a failure leads to the error', () => {
    project = new Project({ 'k3s_vars.yml': 'clusters: { home: { rolle: x } }\n' })
    symlinkSync(dirname(dirname(LAUNCHER)), project.path('package'))
    mkdirSync(project.path('node_modules'))
    symlinkSync('../package', project.path('node_modules/k3s-vars'))
    expect(project.run(LAUNCHER, ['init']).status).toBe(0)
    for (const launcher of [LAUNCHER, project.path('plugins/k3s_vars')]) {
      const said = lastWords(launcher)
      expect(said).toMatch(GUIDE)
      expect(said).toMatch(/script.*k3s_vars: unknown key rolle .*hint: did you mean role\?/)
    }
    chmodSync(project.path('plugins/k3s_vars'), 0o644)
    expect(lastWords(project.path('plugins/k3s_vars'))).toMatch(GUIDE)
  })
})
