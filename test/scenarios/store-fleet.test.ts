// A fleet in a store that lies elsewhere: whatever looks at all of it asks once, not once for each cluster.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const NAMES = Array.from({ length: 8 }, (_, index) => `edge-${index}`)

let folder: string
let project: Project

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-fleet-git-'))
  execFileSync('git', ['init', '--quiet', '--bare', folder])
  const clusters = NAMES.map(
    // Addresses of this machine, at which nobody listens.
    (name, index) => `  ${name}: { hosts: { server: [127.0.1.${index + 1}] } }\n`,
  )
  project = new Project({
    'k3s_vars.yml': `defaults: { probe: false, store: { git: { remote: '${folder}', timeout: 60 } } }\nclusters:\n${clusters.join('')}`,
  })
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()
  const script = `#!/bin/sh\nprintf '%s ' "$@" >>'${project.path('asked')}'; echo >>'${project.path('asked')}'\nexec ${git} "$@"\n`
  project.write('spies/git', script, 0o700)
  expect(cli(['--list'])).toMatchObject({ status: 0, stderr: '' })
})
afterAll(() => {
  project.remove()
  rmSync(folder, { recursive: true })
})

function cli(args: readonly string[]): Outcome {
  project.write('asked', '')
  const environment = { PATH: `${project.path('spies')}:${process.env['PATH']}` }
  return runCli(project, args, { environment })
}

test.each([
  [['--list'], 0],
  [['status'], 0],
  [['check'], 8],
  [['verify'], 7],
  [['group-vars', 'write'], 0],
  [['rotate', '--all', '--older-than', '90d', '--plan'], 0],
])('%j looks at the remote once', (args, status) => {
  const outcome = cli(args)
  expect({ args, ...outcome }).toMatchObject({ args, status })
  const asked = readFileSync(project.path('asked'), 'utf8').split('\n')
  expect(asked.filter((line) => line.includes(' ls-remote '))).toHaveLength(1)
})
