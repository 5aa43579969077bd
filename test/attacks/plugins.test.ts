// What a program in the place of ours could answer to the Python plugins, and what a password script behind it could write: the
// plugins' own code, in the Python of the newest ansible-core, gives one of our errors, quotes nothing, and waits no longer than
// it was told to.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'

jest.setTimeout(60_000)

const CANARY = 'CanaryQ7xV2mZ9kL4pR8w'
const UTILS = join(import.meta.dirname, '../../plugins/plugin_utils')

/** Asks a program for the tokens of a cluster, as the lookup does. */
const ASK = `
import json, sys
sys.path.insert(0, sys.argv[1])
import k3s_vars_program as plugin
from ansible.parsing.dataloader import DataLoader
executable, cluster, timeout, many = sys.argv[2], sys.argv[3], float(sys.argv[4]), int(sys.argv[5])
options = {'executable': executable, 'config': None, 'timeout': timeout}
hosts = lambda groups, variables: {'servers': {'n%d' % at: {'ansible_host': 'x' * 200} for at in range(many)}}
try:
    answer = plugin.Program(DataLoader(), options.get, hosts).tokens_of(cluster)
    print(json.dumps({'kinds': sorted(key for key in answer if key in ('server', 'agent'))}))
except plugin.ProgramError as error:
    print(json.dumps({'error': str(error)}))
`

interface Said {
  readonly error?: string
  readonly kinds?: readonly string[]
}

describeNewestAnsible(({ python }) => {
  let project: Project
  beforeAll(() => {
    project = new Project()
  })
  afterAll(() => project.remove())

  function ask(executable: string, { timeout = 20, cluster = 'home', hosts = 0 } = {}): Said {
    const args = ['-c', ASK, UTILS, executable, cluster, String(timeout), String(hosts)]
    const { stdout, stderr } = project.run(python, args)
    expect(stderr).not.toMatch(/Traceback|Error/)
    return JSON.parse(stdout) as Said
  }

  let serial = 0
  /** A program of sh in our place. */
  function program(body: string): string {
    return project.write(`bin/program${serial++}`, `#!/bin/sh\n${body}\n`, 0o700)
  }

  const deep = `head -c 200000 /dev/zero | tr '\\0' '['`
  const whole = `{"schema": 3, "clusters": {"home": {"form": "short", "ca_hash": null, "server": {"password": "${CANARY}", "secure": ["a", "b"]}, "agent": {"password": "x", "secure": ["a", "b"]}}}}`

  test('control: an answer that is whole is taken, and so is that of our own program', () => {
    expect(ask(program(`cat >/dev/null; echo '${whole}'`))).toEqual({ kinds: ['agent', 'server'] })
    expect(ask(LAUNCHER)).toEqual({ kinds: ['agent', 'server'] })
  })

  test.each<[string, string]>([
    ['nothing', 'cat >/dev/null'],
    ['bytes that are no text', `printf '\\377\\376{}'`],
    ['nesting without end', deep],
    [
      'a number without end',
      `printf '{"schema": 1'; head -c 10000 /dev/zero | tr '\\0' '1'; echo '}'`,
    ],
    ['the first half', `echo '${whole.slice(0, 120)}'`],
    ['all but the last character', `echo '${whole.slice(0, -1)}'`],
    ['two answers', `echo '${whole}${whole}'`],
    ['another cluster alone', `echo '${whole.replace('"home"', '"dev"')}'`],
    ['another form of a CA', `echo '${whole.replace('null', '"abc"')}'`],
    ['a kind without its parts', `echo '${whole.replace('["a", "b"]', '["a"]')}'`],
    ['a list in the place of all', `echo '[${whole}]'`],
    [
      'the wish to be asked again, for ever',
      `echo '{"schema": 3, "wants": {"groups": [], "variables": []}}'`,
    ],
    ['a zero byte behind it', `printf '%s\\0' '${whole}'`],
  ])('%s is no answer, and nothing of it is quoted', (_, body) => {
    const { error } = ask(program(body))
    expect(error).toMatch(
      /^k3s_vars: the program answered something that is no whole document \(K3SV_FAULT\)\nhint: /,
    )
    expect(error).not.toContain(CANARY)
  })

  test.each<[string, string, RegExp]>([
    [
      'an answer before an error',
      `echo '${whole}'; exit 6`,
      /ended with status 6 and gave no reason/,
    ],
    ['a death by a signal', `echo '${whole}'; kill -9 $$`, /ended with status -9/],
    ['an answer of another version', `echo '${whole.replace('3', '4')}'`, /of another version/],
    ['no number for the version', 'echo \'{"schema": NaN}\'', /of another version/],
    ['lines of a script', `echo '${CANARY}' >&2; exit 6`, /gave no reason/],
    ['an error without an end', `yes '${CANARY}' | head -c 3000000 >&2; exit 6`, /gave no reason/],
  ])('%s: our own error, and nothing of it', (_, body, words) => {
    const { error } = ask(program(body))
    expect(error).toMatch(words)
    expect(error).not.toContain(CANARY)
  })

  test('a line that looks like ours steers no terminal', () => {
    const forged = `printf 'k3s_vars: \\033[31mred\\302\\233\\342\\200\\256x\\rhidden (K3SV_FAULT)\\nhint: \\007\\n::error::x\\n' >&2; exit 6`
    expect(ask(program(forged)).error).toBe('k3s_vars: \\x1b[31mred\\x9b\\x202ex\nhint: \\x07')
  })

  test('a program that does not read what it is asked is no fault of the plugin', () => {
    const wants = '{"schema": 3, "wants": {"groups": ["g"], "variables": []}}'
    const body = `if [ -e asked ]; then exec <&-; echo '${whole}'; else cat >asked; echo '${wants}'; fi`
    expect(ask(program(body), { hosts: 20_000 })).toEqual({ kinds: ['agent', 'server'] })
  })

  describe('nothing waits for ever', () => {
    test.each<[string, string]>([
      ['on one that says nothing', 'exec sleep 30'],
      ['on one that says a little at a time', 'while :; do echo " "; sleep 0.2; done'],
      ['on what it leaves behind, with its streams', `sleep 30 & echo '${whole}'`],
    ])('%s', (_, body) => {
      const started = performance.now()
      const { error } = ask(program(body), { timeout: 1 })
      expect(performance.now() - started).toBeLessThan(20_000)
      expect(error).toMatch(
        /^k3s_vars: the program gave no answer within 1 seconds \(K3SV_FAULT\)\nhint: /,
      )
      expect(error).not.toContain(CANARY)
    })
  })

  test('what is no program is told by its path, and that steers nothing', () => {
    mkdirSync(project.path('folder'))
    project.write('text', 'no program', 0o700)
    for (const path of ['folder', 'text', 'missing\u001b[31m\n::error::x']) {
      const { error } = ask(project.path(path))
      expect(error).toMatch(/^k3s_vars: cannot run [^\n]+/)
      expect(error).not.toContain('\u001b')
    }
  })

  test('a token in the place of a name stands in no argument, and in no error', () => {
    const traced = project.run('strace', [
      ...['-f', '-e', 'trace=execve', '-s', '4096', '-o', project.path('trace')],
      ...[python, '-c', ASK, UTILS, LAUNCHER, 'home', '20', '0'],
    ])
    expect(traced.status).toBe(0)
    const { error } = ask(LAUNCHER, { cluster: CANARY })
    expect(error).toContain('(K3SV_CONFIG_UNKNOWN_CLUSTER)')
    expect(error).not.toContain(CANARY)
    const lines = project.run('grep', ['-c', '"--plugins"', project.path('trace')])
    expect(Number(lines.stdout)).toBeGreaterThan(0)
    // The name of the cluster stands behind --plugins in none of them.
    expect(project.run('grep', ['-E', '"--plugins", "[^"]', project.path('trace')]).stdout).toBe('')
  })
})
