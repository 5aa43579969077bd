// The jobs of examples/ci, step by step, as a runner would run them: what is not installed by them there is at hand here.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { runCli } from '../support/cli.js'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { LAUNCHER, PASSWORD, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const EXAMPLES = join(import.meta.dirname, '../../examples/ci')
const read = (name: string): unknown => parse(readFileSync(join(EXAMPLES, name), 'utf8'))

/** What only installs programs is not for a machine that has them. */
const INSTALLS = /^(?:npm|pipx|apt-get) /

let project: Project
beforeEach(() => {
  project = new Project({
    'k3s_vars.yml':
      'clusters: { home: { hosts: { server: [server1], agent: [agent1] }, probe: false, mint: first-use } }\n',
    'bin/npx': '#!/bin/sh\nshift\nexec "$LAUNCHER" "$@"\n',
    'ansible.cfg': `[defaults]\nvault_password_file = .vault_password\ninventory = ${LAUNCHER}\n[inventory]\nany_unparsed_is_failed = True\n`,
  })
  execFileSync('chmod', ['755', project.path('bin/npx')])
  const made = runCli(project, ['token', 'new', 'home', '--yes', '--assume-new'])
  expect(made).toMatchObject({ status: 0, stderr: '' })
  // The runner has no password but the one that the job is given.
  rmSync(project.path('.vault_password'))
})
afterEach(() => project.remove())

function step(script: string, variables: NodeJS.ProcessEnv, bin: string): Outcome {
  const commands = script
    .split('\n')
    .filter((line) => !INSTALLS.test(line))
    .join('\n')
  const PATH = [project.path('bin'), bin, process.env['PATH']].join(delimiter)
  return project.run('bash', ['-eo', 'pipefail', '-c', commands], {
    environment: { CI: 'true', LAUNCHER, PATH, ...variables },
  })
}

interface Workflow {
  readonly jobs: {
    readonly check: {
      readonly steps: readonly {
        readonly run?: string
        readonly env?: Readonly<Record<string, string>>
      }[]
    }
  }
}

interface Pipeline {
  readonly 'cluster-token': {
    readonly script: readonly string[]
    readonly variables: Readonly<Record<string, string>>
    readonly artifacts: { readonly reports: { readonly codequality: string } }
  }
}

function spoil(): void {
  project.write('group_vars/all.yml', '# settings\ntoken: anothertokenofsomebodyelse\n')
}

describeNewestAnsible(({ bin }) => {
  describe('GitHub Actions', () => {
    const { steps } = (read('github.yml') as Workflow).jobs.check

    /** Every step; those behind a failure are run only where they say so, which is the summary. */
    function runJob(): { outcomes: readonly Outcome[]; summary: string } {
      const GITHUB_STEP_SUMMARY = project.write('summary.md', '')
      const outcomes = steps.flatMap(({ run, env }) => {
        if (run === undefined) return []
        const secrets = env && { VAULT_PASSWORD: PASSWORD }
        return [
          step(run, { GITHUB_STEP_SUMMARY, GITHUB_WORKSPACE: project.folder, ...secrets }, bin),
        ]
      })
      return { outcomes, summary: readFileSync(GITHUB_STEP_SUMMARY, 'utf8') }
    }

    test('a sound project passes, with the password in a file of its own', () => {
      const { outcomes, summary } = runJob()
      expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 0))
      expect(statSync(project.path('.vault_password')).mode & 0o777).toBe(0o600)
      expect(summary).toBe('### k3s-vars check: 1 cluster checked: no findings\n')
    })

    test('a value that wins is annotated at its line, and stands in the summary', () => {
      spoil()
      const { outcomes, summary } = runJob()
      const found = outcomes.find(({ stdout }) => stdout.startsWith('::'))!
      expect(found.status).toBe(8)
      expect(found.stdout).toMatch(
        /^::error file=group_vars\/all\.yml,line=2,title=k3s-vars%3A host-with-other-token::home: /,
      )
      expect(summary).toMatch(/^\| error \| home \| .* \| group\\_vars\/all\.yml:2/m)
      for (const text of [summary, ...outcomes.map(({ stdout, stderr }) => stdout + stderr)]) {
        expect(text).not.toContain(PASSWORD)
        expect(text).not.toContain('anothertokenofsomebodyelse')
      }
    })
  })

  describe('GitLab CI', () => {
    const { script, variables, artifacts } = (read('gitlab.yml') as Pipeline)['cluster-token']

    test('a value that wins stands in the report that the job hands over', () => {
      spoil()
      expect(variables['ANSIBLE_VAULT_PASSWORD_FILE']).toBe('$VAULT_PASSWORD')
      const ANSIBLE_VAULT_PASSWORD_FILE = project.write('secret', `${PASSWORD}\n`)
      const CI_PROJECT_DIR = project.folder
      const outcomes = script.map((line) =>
        step(line, { ANSIBLE_VAULT_PASSWORD_FILE, CI_PROJECT_DIR }, bin),
      )
      expect(outcomes.at(-1)!.status).toBe(8)
      const report = readFileSync(project.path(artifacts.reports.codequality), 'utf8')
      expect(JSON.parse(report)).toMatchObject([
        {
          check_name: 'host-with-other-token',
          severity: 'critical',
          location: { path: 'group_vars/all.yml', lines: { begin: 2 } },
        },
      ])
    })
  })
})
