// While commands run, everybody on the machine can look at command lines, and the owner's other programs at environments and
// files. Each look must find neither token nor password. The control at the end shows that a look finds what is there.
import { mkdirSync, readdirSync } from 'node:fs'
import { platform } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findAnsible } from '../support/ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import { sample } from '../support/sampler.js'
import type { Sighting } from '../support/sampler.js'

const TOKEN = 'CanaryTokenQ7xV2mZ9kL4pR8wT3nB6yH1sD5fG0jc'
const PASSWORD = 'CanaryPasswordW4eK8zN2'
/** Slow enough to be seen. The password is in a variable of the script's own, which no other process has. */
const SCRIPT = `#!/bin/sh\nsleep 0.2\nread -r password <"$(dirname "$0")/secret"\necho "$password"\n`

const onLinux = platform() === 'linux' ? describe : describe.skip

onLinux('while a command runs', () => {
  let project: Project
  beforeEach(() => {
    project = new Project({ '.vault_password': SCRIPT, secret: `${PASSWORD}\n` })
    project.write('.vault_password', SCRIPT, 0o700)
    mkdirSync(project.path('tmp'))
  })
  afterEach(() => project.remove())

  function watch(args: readonly string[], input?: string): Promise<Sighting> {
    return sample(LAUNCHER, args, {
      cwd: project.folder,
      environment: {
        PATH: `${findAnsible().at(-1)?.bin ?? ''}:${process.env['PATH']}`,
        HOME: project.path('home'),
        TMPDIR: project.path('tmp'),
        LC_ALL: 'C.UTF-8',
        K3S_TOKEN: TOKEN,
        K3S_AGENT_TOKEN: `${TOKEN}OfAgents`,
      },
      markers: [TOKEN, PASSWORD],
      folders: [project.folder],
      ...(input === undefined ? {} : { input }),
    })
  }

  /** The password's own file, and the answer of `extra-vars` with the file that becomes it. */
  const ALLOWED = /^(?:secret|vars\.json|\.vars\.json\.[0-9a-f]{8}\.\d+\.[0-9a-f]{12}\.tmp)$/

  function expectNothingShown(seen: Sighting): void {
    for (const text of [...seen.commandLines, ...seen.childEnvironments, seen.stderr]) {
      expect(text).not.toContain(TOKEN)
      expect(text).not.toContain(PASSWORD)
    }
    expect([...seen.filesWithMarker].filter((file) => !ALLOWED.test(file))).toEqual([])
    expect(readdirSync(project.path('tmp'))).toEqual([])
  }

  test.each<[readonly string[], string]>([
    [['token', 'import', 'home', '--stdin'], TOKEN],
    [['token', 'import', 'home', '--env'], ''],
  ])('%j shows it to no other process and in no file', async (args, input) => {
    const seen = await watch(args, input)
    expect(seen.status).toBe(0)
    expect([...seen.commandLines].join('\n')).toContain('.vault_password')
    expect(seen.childEnvironments.size).toBeGreaterThan(0)
    expectNothingShown(seen)
  })

  test.each<[readonly string[], number]>([
    [['--list'], 0],
    [['token', 'show', '--reveal'], 0],
    [['token', 'import', 'home', '--env', '--replace'], 0],
    [['extra-vars', '--output', 'vars.json'], 0],
    // There is no Ansible on its PATH.
    [['check'], 8],
    [['status'], 0],
  ])('%j shows it to no other process and in no other file', async (args, status) => {
    expect((await watch(['token', 'import', 'home', '--stdin'], TOKEN)).status).toBe(0)
    const seen = await watch(args)
    expect({ status: seen.status, stderr: seen.stderr }).toEqual({ status, stderr: '' })
    expectNothingShown(seen)
  })

  test('no core may be dumped', async () => {
    const seen = await watch(['token', 'import', 'home', '--stdin'], TOKEN)
    const last = [...seen.coreLimits].at(-1)
    expect(last).toMatch(/^Max core file size +0 +0 +bytes/)
  })

  test('a look finds a marker that is there', async () => {
    const shell = `cp secret copy; sh -c 'sleep 0.3' '${TOKEN}'; rm copy`
    const seen = await sample('/bin/sh', ['-c', shell], {
      cwd: project.folder,
      environment: { PATH: process.env['PATH'], LEAKED: PASSWORD },
      markers: [PASSWORD],
      folders: [project.folder],
    })
    expect([...seen.commandLines].join('\n')).toContain(TOKEN)
    expect([...seen.childEnvironments].join('\n')).toContain(PASSWORD)
    expect([...seen.filesWithMarker].sort()).toEqual(['copy', 'secret'])
  })
})
