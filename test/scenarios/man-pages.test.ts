// The manual pages that the build makes, read by the program that shows them.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { wordsOf } from '../../src/cli/arguments.js'
import { COMMANDS } from '../../src/cli/commands.js'

const FOLDER = join(import.meta.dirname, '../../dist/man')
const pages = readdirSync(FOLDER).sort()

test('there is one for the program and for each command', () => {
  const names = COMMANDS.map((command) => `k3s-vars-${wordsOf(command).replaceAll(' ', '-')}.1`)
  expect(pages).toEqual(['k3s-vars.1', ...names].sort())
})

const hasMan = spawnSync('man', ['--version']).status === 0
const describeMan = hasMan ? describe : describe.skip
describeMan('man', () => {
  const show = (page: string): { text: string; complaints: string } => {
    const { stdout, stderr } = spawnSync('man', ['--warnings', '-l', join(FOLDER, page)], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], MANWIDTH: '80', MANPAGER: 'cat', LC_ALL: 'C.UTF-8' },
    })
    // Overstruck letters are how a terminal gets bold ones.
    // eslint-disable-next-line no-control-regex -- the backspace is what is looked for
    return { text: stdout.replace(/.\u0008/gu, ''), complaints: stderr }
  }

  test.each(pages)('%s is shown without a complaint', (page) => {
    const { text, complaints } = show(page)
    expect(complaints).toBe('')
    for (const title of ['NAME', 'SYNOPSIS', 'OPTIONS', 'EXIT STATUS', 'SEE ALSO']) {
      expect(text).toContain(`\n${title}\n`)
    }
  })

  test.each(COMMANDS.map((command) => [wordsOf(command), command] as const))(
    '%s has every option and every example as they are typed',
    (words, { options, examples }) => {
      const { text } = show(`k3s-vars-${words.replaceAll(' ', '-')}.1`)
      for (const [name, { isOnByDefault }] of Object.entries(options)) {
        expect(text).toContain(`--${isOnByDefault === true ? '[no-]' : ''}${name}`)
      }
      // A long one goes on behind a backslash, as a shell takes it.
      const joined = text.replace(/ \\\n +/g, ' ')
      for (const [example] of examples) expect(joined).toContain(example.replace(/^\$ /, ''))
    },
  )
})

test('package.json says where they are', () => {
  const { directories } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
  ) as { directories: unknown }
  expect(directories).toEqual({ man: 'dist/man' })
})
