// What a process meets at its edges: standard output that takes nothing, and a current folder that is gone. Each is told in
// one line with a status, on every Node at hand; a reader that has seen enough is no fault.
import { describe, expect, test } from '@jest/globals'
import { findNodes } from '../support/nodes.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const FULL =
  /^k3s_vars: the answer cannot be written to standard output \(ENOSPC\) \(K3SV_USAGE_OUTPUT\)\nhint: [^\n]+\n$/
const GONE = /^k3s_vars: the current folder does not exist any more \(K3SV_USAGE\)\nhint: [^\n]+\n$/

describe.each(findNodes())('Node $version', ({ node }) => {
  /** Runs a line of sh in which `"$@"` is the call. */
  function inShell(line: string, ...args: readonly string[]): Outcome {
    const project = new Project({ 'open.yml': 'k3s_token: Zq7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc\n' })
    try {
      const environment = { K3S_VARS_NODE: node }
      return project.run('sh', ['-c', line, 'sh', LAUNCHER, ...args], { environment })
    } finally {
      project.remove()
    }
  }

  test.each([['--list'], ['--host', 'server1'], ['status'], ['status', '--help'], ['--version']])(
    '%s %s: a full disk behind standard output is told',
    (...args) => {
      const { status, stderr } = inShell('"$@" >/dev/full', ...args)
      expect(stderr).toMatch(FULL)
      expect(status).toBe(2)
    },
  )

  test('as JSON, too', () => {
    const { status, stderr } = inShell('"$@" >/dev/full', 'status', '--json')
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'K3SV_USAGE_OUTPUT' } })
    expect(status).toBe(2)
  })

  test.each([
    [['--list'], 0],
    [['status'], 0],
    [['scan'], 8],
  ])('%j: a reader that has seen enough is no fault', (args, expected) => {
    // The reader is gone before the first byte is written.
    const line =
      '{ "$@"; echo $? >status; } | true; until [ -s status ]; do sleep 0.1; done; cat status'
    const { stdout, stderr } = inShell(line, ...args)
    expect([stdout, stderr]).toEqual([`${expected}\n`, ''])
  })

  test.each([
    [['--list', 'too many'], 2],
    [['status', 'nowhere'], 3],
  ])('%j: an error that cannot be told keeps its status', (args, expected) => {
    expect(inShell('"$@" 2>/dev/full', ...args)).toMatchObject({ status: expected, stdout: '' })
  })

  test.each([['--list'], ['--host', 'server1'], ['status'], ['vault', 'view', 'x']])(
    '%s %s: a current folder that is gone is told',
    (...args) => {
      const { status, stdout, stderr } = inShell(
        'mkdir gone; cd gone; rmdir ../gone; "$@"',
        ...args,
      )
      // Some shells have a line of their own to say about it.
      expect(stderr.replace(/^sh: [^\n]*getcwd[^\n]*\n/gm, '')).toMatch(GONE)
      expect([status, stdout]).toEqual([2, ''])
    },
  )
})
