// What the shells offer at the cursor: in the real ones, with the key pressed.
import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { LAUNCHER, Project } from '../support/project.js'
import { runOnTerminal } from '../support/terminal.js'

let project: Project
beforeEach(() => {
  project = new Project({ 'k3s_vars.yml': 'clusters: { production: {}, dev: {} }\n' })
})
afterEach(() => project.remove())

/** The words that are offered behind `k3s-vars WORDS…`. */
function complete(...words: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = runCli(project, [
    '--get-yargs-completions',
    'k3s-vars',
    ...words,
  ])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout.trim().split('\n')
}

test('commands and options are offered', () => {
  expect(complete('')).toEqual(expect.arrayContaining(['init', 'status', 'token']))
  expect(complete('token', '')).toEqual(expect.arrayContaining(['new', 'show', 'import']))
  expect(complete('token', 'show', '--')).toContain('--reveal')
  expect(complete('token', 'show', '--')).not.toContain('--q')
  expect(complete('token', 'show', '--kind', '')).toEqual(['server', 'agent'])
})

test('clusters are offered where one is meant, and nothing where there is no configuration', () => {
  expect(complete('token', 'show', '')).toEqual(['production', 'dev'])
  expect(complete('check', 'dev', '')).toEqual(['production', 'dev'])
  expect(complete('token', 'show', '--generation', '')).not.toContain('dev')
  expect(complete('token', 'show', '-')).not.toContain('dev')
  expect(complete('scan', '')).not.toContain('dev')
  project.write('k3s_vars.yml', 'clusters: [\n')
  expect(complete('token', 'show', '')).not.toContain('dev')
})

interface Shell {
  readonly name: string
  /** The file that it reads when it starts, and what stands in it in front of the script. */
  readonly file: string
  readonly head: string
  readonly args: readonly string[]
}

const SHELLS: readonly Shell[] = [
  { name: 'bash', file: 'rc', head: "PS1='READY '\n", args: ['--rcfile', 'rc', '-i'] },
  {
    name: 'zsh',
    file: '.zshrc',
    head: "PROMPT='READY '\nautoload -U compinit && compinit -u -D\n",
    args: ['-i'],
  },
  {
    name: 'fish',
    file: 'config/fish/config.fish',
    head: "function fish_prompt; printf 'READY '; end\nset -U fish_greeting\n",
    args: ['-i'],
  },
]

describe.each(SHELLS)('$name', ({ name, file, head, args }) => {
  const isHere = spawnSync(name, ['--version']).status === 0
  const tried = isHere ? test : test.skip

  tried.each(['k3s-vars', 'k3s_vars'])('completes the name of a cluster behind %s', (program) => {
    const script = runCli(project, ['completion', name])
    expect(script).toMatchObject({ status: 0, stderr: '' })
    project.write(file, head + script.stdout)
    project.write('bin/.keep', '')
    symlinkSync(LAUNCHER, project.path(`bin/${program}`))
    const { shown } = runOnTerminal([name, ...args], {
      question: 'READY',
      typed: `${program} token show prod\tx\rexit\r`,
      cwd: project.folder,
      environment: {
        ...project.environment,
        PATH: `${project.path('bin')}:${process.env['PATH']}`,
        TERM: 'dumb',
        ZDOTDIR: project.folder,
        XDG_CONFIG_HOME: project.path('config'),
      },
    })
    expect(shown).toMatch(/token show production\W+x/)
  })
})
