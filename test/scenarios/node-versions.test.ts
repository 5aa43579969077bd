// The launcher with every Node.js at hand. The code cache beside the bundle was made by one of them only; the others pass
// over it.
import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findNodes, findOldNodes } from '../support/nodes.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const ROOT = join(import.meta.dirname, '../..')
const SETUP = join(ROOT, 'src/build/setup.sh')

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

describe.each(findNodes())('Node.js $version', ({ node }) => {
  const run = (args: readonly string[], input?: string): Outcome =>
    project.run(LAUNCHER, args, {
      environment: { K3S_VARS_NODE: node },
      ...(input === undefined ? {} : { input }),
    })

  test('mints once and answers the same token ever after', () => {
    const first = run(['--list'])
    expect(first).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(first.stdout)).toMatchObject({
      k3s_cluster: { vars: { token: { __ansible_unsafe: expect.stringMatching(/^\w{43}$/) } } },
    })
    expect(run(['--list'])).toEqual(first)
    expect(run(['--host', 'agent1']).stdout).toBe('{"rack":7}\n')
  })

  test('runs the command line: mint, show, replace, status, check', () => {
    expect(run(['token', 'new', 'home', '--yes'])).toMatchObject({ status: 0, stderr: '' })
    const minted = run(['token', 'show', '--reveal']).stdout
    const adopted = 'AnotherTokenOfTheSameClusterAnotherToken12345'
    expect(run(['token', 'import', 'home', '--stdin', '--replace'], adopted).status).toBe(0)
    expect(run(['token', 'show', '--reveal']).stdout).toBe(`${adopted}\n`)
    expect(minted).not.toContain(adopted)
    expect(run(['status', '--json'])).toMatchObject({ status: 0, stderr: '' })
    expect(run(['--version'])).toMatchObject({ status: 0, stderr: '' })
  })

  test('fails with the same code and status', () => {
    run(['--list'])
    rmSync(project.path('.vault_password'))
    const outcome = run(['--list'])
    expect(outcome).toMatchObject({ status: 6, stdout: '' })
    expect(outcome.stderr).toContain('(K3SV_VAULT_PASSWORD_SOURCE)')
  })
})

const TOO_OLD = /^[^\n]*Node\.js 20\.19, or 22\.3 or newer\b[^\n]*\bv?(\d+\.\d+\.\d+)\b[^\n]*\n/

describe.each(findOldNodes())(
  'Node.js $version, which lacks what is needed',
  ({ node, version }) => {
    test.each([[['--list']], [['status']], [['vault', 'encrypt', '.']], [['--version']]])(
      'is refused in one line by %p',
      (args) => {
        const outcome = project.run(LAUNCHER, args, { environment: { K3S_VARS_NODE: node } })
        expect(outcome).toMatchObject({ status: 1, stdout: '' })
        expect(TOO_OLD.exec(outcome.stderr)?.[1]).toBe(version)
        expect(outcome.stderr.trim().split('\n')).toHaveLength(2)
      },
    )

    test('is refused by examples/run and test/run before anything is made', () => {
      const outcome = project.run('/bin/sh', ['-c', `. '${SETUP}'; require_node; echo went on`], {
        environment: { PATH: `${dirname(node)}:/usr/bin:/bin` },
      })
      expect(outcome).toMatchObject({ status: 1, stdout: '' })
      expect(TOO_OLD.exec(outcome.stderr)?.[1]).toBe(version)
    })
  },
)

test('the oldest versions that are supported stand in package.json', () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    engines: { node: string }
  }
  expect(engines.node).toBe('^20.19.0 || >=22.3.0')
})
