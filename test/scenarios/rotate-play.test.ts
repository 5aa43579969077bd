// The play of a rotation by every ansible-core at hand: it looks, asks, obeys step by step and decides nothing, whatever a step came to.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Ansible } from '../support/ansible.js'
import { describeEachAnsible, isForAll } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'

const PLUGINS = resolve(LAUNCHER, '..')
const NEW = 'NewTokenOfTheClusterW8'
/** In every answer, and handed back as it is; it looks like what Ansible evaluates. */
const MEMO = { tried: [{ step: 'wait', outcomes: { one: 'done' } }], odd: '{{ 1 + 1 }}' }

/** Stands in for the program, which would want a cluster: keeps each question, and gives the next answer. */
const PROGRAM = `#!/bin/sh
case "$*" in
  *--hand-over*) printf '{"schema":1,"server":{"old":"x","new":"${NEW}"},"agent":null}'; exit ;;
esac
n=$(ls asked | wc -l)
cat >"asked/$n"
printf '%s\\n' "$*" >"arguments.$n"
cat "answer.$n"
exit "$(cat "status.$n" 2>/dev/null || echo 0)"
`

interface Question {
  readonly nonce: string
  readonly nodes: Readonly<Record<string, { readonly program?: string }>>
  readonly last: unknown
  readonly memo: unknown
}

describeEachAnsible((ansible: Ansible) => {
  let project: Project

  beforeEach(() => {
    project = new Project({
      'asked/.keep': '',
      'ansible.cfg': '[defaults]\n',
      'inventory.yml':
        'k3s_cluster: { hosts: { one: , two: }, vars: { ansible_connection: local, ansible_python_interpreter: /usr/bin/python3 } }\n',
    })
    project.write('program', PROGRAM, 0o700)
  })
  afterEach(() => project.remove())

  /** Answers of the program, one a round; the last with its status. */
  function rotate(answers: readonly object[], status = 0, flags: readonly string[] = []) {
    answers.forEach((answer, index) => {
      const whole = {
        schema: 1,
        cluster: 'prod',
        rotation: 'r1',
        phase: 'staged',
        lines: ['said'],
        memo: MEMO,
      }
      project.write(`answer.${index}`, JSON.stringify({ ...whole, ...answer }))
    })
    project.write(`status.${answers.length - 1}`, `${status}\n`)
    const variables = {
      k3s_vars_cluster: 'prod',
      k3s_vars_program: project.path('program'),
      k3s_vars_project: project.folder,
      k3s_vars_answer_file: project.path('told'),
      k3s_vars_rotate_options: ['--no-snapshot'],
    }
    const args = ['-i', 'inventory.yml', '-e', JSON.stringify(variables), ...flags]
    const outcome = project.run(
      'ansible-playbook',
      [...args, join(PLUGINS, '../playbooks/rotate.yml')],
      {
        environment: {
          PATH: `${ansible.bin}:${process.env['PATH']}`,
          ANSIBLE_LIBRARY: join(PLUGINS, 'modules'),
          ANSIBLE_MODULE_UTILS: join(PLUGINS, 'module_utils'),
          ANSIBLE_ACTION_PLUGINS: join(PLUGINS, 'action'),
          TMPDIR: project.path('home'),
        },
      },
    )
    const asked = readdirSync(project.path('asked'))
      .filter((name) => name !== '.keep')
      .map((name) => JSON.parse(readFileSync(project.path(`asked/${name}`), 'utf8')) as Question)
    return { ...outcome, asked }
  }

  test('does step by step what it is told, and tells what each came to', () => {
    const { status, stdout, asked } = rotate([
      {
        decision: 'step',
        step: { name: 'wait', hosts: ['localhost'], per_host: { localhost: { seconds: 0 } } },
      },
      {
        decision: 'step',
        step: {
          name: 'switch',
          hosts: ['two'],
          per_host: {
            two: {
              rotation: 'r1',
              to: 'new',
              places: [
                {
                  place: 'config',
                  path: '/nowhere.yaml',
                  option: 'token',
                  token: 'server',
                  style: null,
                  prefix: '',
                },
              ],
            },
          },
        },
      },
      { decision: 'done' },
    ])
    expect({ status, stdout: status === 0 ? '' : stdout }).toEqual({ status: 0, stdout: '' })
    expect(asked.map(({ nodes }) => Object.keys(nodes))).toEqual(Array(3).fill(['one', 'two']))
    expect(new Set(asked.map(({ nonce }) => nonce)).size).toBe(1)
    expect(asked[0]!.nodes['one']!.program).toBeDefined()
    expect([null, '']).toContain(asked[0]!.last)
    expect(asked.slice(1).map(({ memo }) => memo)).toEqual([MEMO, MEMO])
    // A step that fails on a host is told, and ends nothing.
    expect(asked[2]!.last).toMatchObject({
      step: 'switch',
      results: { two: { failed: true } },
    })
    expect(readFileSync(project.path('arguments.0'), 'utf8')).toBe(
      'rotate prod --facts - --json --no-snapshot\n',
    )
    const told = JSON.parse(readFileSync(project.path('told'), 'utf8')) as {
      statuses: number[]
      outputs: string[]
    }
    expect(told.statuses).toEqual([0])
    expect(JSON.parse(told.outputs[0]!)).toMatchObject({ decision: 'done' })
  }, 60_000)

  const once = isForAll(ansible) ? test : test.skip
  once(
    'ends where it is told to stop, and shows the plan in check mode',
    () => {
      const stopped = rotate([{ decision: 'stop', lines: ['prod: it does not run'] }], 7)
      expect(stopped.status).toBe(2)
      expect(stopped.stdout).toContain('prod: it does not run')
      expect(JSON.parse(readFileSync(project.path('told'), 'utf8'))).toMatchObject({
        statuses: [7],
      })
      const planned = rotate([{}, { decision: 'plan', lines: ['1. this'] }], 0, ['--check'])
      expect(planned.status).toBe(0)
      expect(planned.stdout).toContain('1. this')
      expect(readFileSync(project.path('arguments.1'), 'utf8')).toContain(' --plan ')
    },
    60_000,
  )

  once('refuses to be debugged, since that prints what connections carry', () => {
    const { status, stdout } = project.run(
      'ansible-playbook',
      ['-i', 'inventory.yml', join(PLUGINS, '../playbooks/rotate.yml')],
      {
        environment: {
          PATH: `${ansible.bin}:${process.env['PATH']}`,
          ANSIBLE_DEBUG: '1',
          ANSIBLE_LIBRARY: join(PLUGINS, 'modules'),
        },
      },
    )
    expect(status).toBe(2)
    expect(stdout).toContain('ANSIBLE_DEBUG prints what a connection carries')
  })
})
