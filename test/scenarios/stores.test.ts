// A store that several controllers share, with the real programs from the outside: an OpenBao, and projects of their own for each
// controller, as laptops, CI and AWX have them.
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../support/openbao.js'
import { makeRole } from '../support/openbao-role.js'
import type { Credentials } from '../support/openbao-role.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

let bao: OpenBao
let credentials: Credentials
let projects: Project[] = []
let places = 0

const CLUSTER = 'hosts: { server: [s1] }'

function config(path: string): string {
  return `defaults: { probe: false, store: { openbao: { path: "k3s/${path}/{cluster}", auth: approle } } }
clusters: { prod: { ${CLUSTER} } }
`
}

function controller(text: string): Project {
  const project = new Project({ 'k3s_vars.yml': text })
  projects.push(project)
  return project
}

const environment = (): NodeJS.ProcessEnv => ({ BAO_ADDR: bao.address, ...credentials })

const run = (
  project: Project,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Outcome> => project.start(LAUNCHER, args, { environment: { ...environment(), ...more } })

function tokenIn({ status, stdout, stderr }: Outcome): string {
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const { k3s_cluster: group } = JSON.parse(stdout) as {
    k3s_cluster: { vars: { token: { __ansible_unsafe: string } } }
  }
  return group.vars.token.__ansible_unsafe
}

if (findOpenBao() === undefined) {
  test.skip(NO_OPENBAO, () => undefined)
} else {
  beforeAll(async () => {
    bao = await OpenBao.start()
    credentials = makeRole(bao)
  })
  afterAll(() => bao.stop())
  afterEach(() => {
    for (const project of projects) project.remove()
    projects = []
  })

  test('three controllers start at once on an empty store: one token; a fourth without rights is told so', async () => {
    const text = config(String(++places))
    const [laptop, other, runner, guest] = [1, 2, 3, 4].map(() => controller(text))
    const outcomes = await Promise.all(
      [laptop!, other!, runner!].map((one) => run(one, ['--list'])),
    )
    expect(new Set(outcomes.map(tokenIn)).size).toBe(1)
    const refused = await run(guest!, ['--list'], { BAO_SECRET_ID: 'not-one' })
    expect(refused).toMatchObject({ status: 5, stdout: '' })
    expect(refused.stderr).toMatch(/OpenBao does not let us log in .*\(K3SV_STORE_DENIED\)\nhint: /)
    // The other faces see the same, and leave nothing in the project.
    const shown = await run(other!, ['token', 'show', '--reveal'])
    expect(shown.stdout).toContain(tokenIn(outcomes[0]!))
    expect((await run(runner!, ['status'])).stdout).toMatch(/prod +k3s-io +ok/)
    expect(bao.auditLog).not.toContain(tokenIn(outcomes[0]!))
  })

  test('a project moves from its folder to the server while plays run, and no play sees another token', async () => {
    const path = String(++places)
    const before = `defaults: { probe: false }\nclusters: { prod: { ${CLUSTER} } }\n`
    const old = controller(before)
    const token = tokenIn(await run(old, ['--list']))
    // Who has the new file too early makes no other token.
    const hasty = await (async () => {
      old.write('k3s_vars.yml', config(path))
      return run(old, ['--list']).finally(() => old.write('k3s_vars.yml', before))
    })()
    expect(hasty).toMatchObject({ status: 5, stdout: '' })
    expect(hasty.stderr).toMatch(/k3s_tokens beside k3s_vars\.yml has one.*\(K3SV_STORE_VANISHED\)/)
    let isMoving = true
    const play = async (): Promise<Outcome[]> => {
      const seen: Outcome[] = []
      while (isMoving) seen.push(await run(old, ['--list']))
      return seen
    }
    const plays = [play(), play()]
    const target = `{ openbao: { path: "k3s/${path}/{cluster}", auth: approle } }`
    const moved = await run(old, ['store', 'copy', '--to', target])
    expect(moved).toMatchObject({ status: 0, stderr: '' })
    isMoving = false
    const seen = [...(await Promise.all(plays)).flat(), await run(old, ['--list'])]
    for (const outcome of seen) {
      if (outcome.status === 0) expect(tokenIn(outcome)).toBe(token)
      else
        expect(outcome.stderr).toMatch(/was moved to openbao secret\/k3s\/.*\(K3SV_STORE_MOVED\)/)
    }
    expect(seen.at(-1)!.status).toBe(5)
    expect(readFileSync(old.path('k3s_tokens/prod.yml'), 'utf8')).toContain(
      `moved: "openbao secret/k3s/${path}/prod"`,
    )
    old.write('k3s_vars.yml', config(path))
    expect(tokenIn(await run(old, ['--list']))).toBe(token)
    expect(tokenIn(await run(controller(config(path)), ['--list']))).toBe(token)
    expect((await run(old, ['store', 'show'])).stdout).toMatch(/answers: +yes/)
  })

  test('another vault password, and a CA that was made here, in a folder and on the server', async () => {
    for (const text of [
      config(String(++places)),
      `defaults: { probe: false }\nclusters: { prod: { ${CLUSTER} } }\n`,
    ]) {
      const project = controller(text)
      const token = tokenIn(await run(project, ['--list']))
      expect(await run(project, ['ca', 'new', 'prod', '--assume-new'])).toMatchObject({ status: 0 })
      const shown = await run(project, ['ca', 'show'])
      project.write('.new_password', 'another vault password, longer than that\n')
      const rekey = ['store', 'rekey', '--new-vault-password-file', '.new_password']
      const first = await run(project, rekey)
      expect(first).toMatchObject({ status: 0, stdout: 'prod: rekeyed\n' })
      expect(first.stderr).toMatch(/Ansible does not have the new password yet/)
      expect(await run(project, ['--list'])).toMatchObject({ status: 6, stdout: '' })
      project.write('.vault_password', 'another vault password, longer than that\n')
      expect(tokenIn(await run(project, ['--list']))).toBe(token)
      expect(await run(project, ['ca', 'show'])).toEqual(shown)
      expect((await run(project, ['ca', 'export', 'prod', '--output', 'ca'])).status).toBe(0)
      expect(await run(project, rekey)).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^prod: unchanged/),
      })
    }
  })

  describe('where the store cannot answer', () => {
    test.each([
      ['sealed', /is sealed/],
      ['gone', /cannot answer/],
    ])(
      '%s: every command ends in time, with nothing on standard output and no secret anywhere',
      async (kind, message) => {
        const text = config(String(++places))
        const project = controller(text)
        const token = tokenIn(await run(project, ['--list']))
        if (kind === 'sealed') await bao.seal()
        const more = kind === 'gone' ? { BAO_ADDR: 'https://127.0.0.1:9' } : {}
        try {
          for (const args of [
            ['--list'],
            ['--host', 's1'],
            ['token', 'show', '--reveal'],
            ['extra-vars', '--output', 'x.json'],
          ]) {
            const begun = performance.now()
            const outcome = await run(project, args, more)
            // A host's variables hold no token, so no store is asked.
            if (args[0] === '--host') continue
            expect({ args, status: outcome.status, stdout: outcome.stdout }).toEqual({
              args,
              status: 5,
              stdout: '',
            })
            expect(outcome.stderr).toMatch(message)
            expect(outcome.stderr).toMatch(/\nhint: /)
            for (const secret of [token, credentials['BAO_SECRET_ID']!])
              expect(outcome.stderr).not.toContain(secret)
            expect(performance.now() - begun).toBeLessThan(15_000)
          }
        } finally {
          if (kind === 'sealed') await bao.unseal()
        }
        expect(tokenIn(await run(project, ['--list']))).toBe(token)
      },
    )
  })
}
