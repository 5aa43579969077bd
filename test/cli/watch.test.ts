import { PassThrough } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { Arguments } from '../../src/cli/command.js'
import type { Call } from '../../src/cli/command.js'
import { Report } from '../../src/cli/report.js'
import { watch } from '../../src/cli/watch.js'
import type { Shown } from '../../src/cli/watch.js'
import { environmentIn } from '../support/environment.js'

/** What stands on standard output after looks that find these lines, the last of which ends it. */
async function shownOf(
  looks: readonly (readonly string[])[],
  {
    isTTY = false,
    variables = {},
    ...flags
  }: { isTTY?: boolean; variables?: NodeJS.ProcessEnv; json?: boolean; quiet?: boolean } = {},
): Promise<{ readonly text: string; readonly status: number }> {
  const stdout = Object.assign(new PassThrough(), { isTTY, columns: 20 })
  const chunks: string[] = []
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString()))
  const environment = { ...environmentIn('/'), variables }
  const io = {
    stdin: new PassThrough(),
    stdout,
    stderr: new PassThrough(),
    environment,
    launcher: undefined,
    patience: 1,
    now: () => new Date(0),
    randomBytes: (size: number) => Buffer.alloc(size),
  }
  const report = new Report(io.stderr, environment, { json: false, quiet: false })
  const call: Call = { name: 'status', input: new Arguments(flags), io, report }
  let seen = 0
  const look = (): Promise<Shown> => {
    const lines = looks[seen++]!
    return Promise.resolve({
      document: { lines },
      lines,
      isOver: seen === looks.length,
      status: seen,
    })
  }
  const status = await watch(call, look)
  return { text: chunks.join(''), status }
}

describe('what is watched', () => {
  test('is written where it has changed, and not again where it has not', async () => {
    const { text, status } = await shownOf([['one'], ['one'], ['two'], ['two'], ['three']])
    expect(text).toBe('one\n\ntwo\n\nthree\n')
    expect(status).toBe(5)
  })

  test('stays in its place on a terminal, however many lines a line takes', async () => {
    const long = 'x'.repeat(41)
    const { text } = await shownOf([['one', long], ['two']], {
      isTTY: true,
      variables: { TERM: 'dumb' },
    })
    expect(text).toBe(`one\n${long}\n\u001b[4A\u001b[Jtwo\n`)
  })

  test('is a document on a line of its own as JSON', async () => {
    const { text } = await shownOf([['one'], ['one'], ['two']], { isTTY: true, json: true })
    const documents = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    const schema = 'urn:k3s-vars:status:1'
    expect(documents).toEqual([
      { schema, lines: ['one'] },
      { schema, lines: ['two'] },
    ])
  })

  test('is waited for in silence with --quiet', async () => {
    expect(await shownOf([['one'], ['two']], { quiet: true })).toEqual({ text: '', status: 2 })
  })
})

describe('colours', () => {
  const LINES = ['error: bad', 'warning: so so', '√ sound  a', 'no meaning']
  test.each([
    ['on a terminal', { isTTY: true, variables: {} }, true],
    ['in a pipe', { variables: {} }, false],
    ['in a pipe that asks for them', { variables: { CLICOLOR_FORCE: '1' } }, true],
    ['with NO_COLOR', { isTTY: true, variables: { NO_COLOR: '1', CLICOLOR_FORCE: '1' } }, false],
    ['on a dumb terminal', { isTTY: true, variables: { TERM: 'dumb' } }, false],
  ])('%s', async (_where, options, isColoured) => {
    const { text } = await shownOf([LINES], options)
    const [red, yellow, green] = [31, 33, 32].map((code) => `\u001b[${code}m`)
    expect(text).toBe(
      isColoured
        ? `${red}error:\u001b[39m bad\n${yellow}warning:\u001b[39m so so\n${green}√ sound\u001b[39m  a\nno meaning\n`
        : `${LINES.join('\n')}\n`,
    )
  })
})
