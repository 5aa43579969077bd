import { Writable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { UsageError } from '../../src/errors.js'
import { formatBar, hasColours, Report } from '../../src/cli/report.js'
import type { Output } from '../../src/cli/io.js'
import { environmentIn } from '../support/environment.js'

function capture(isTTY: boolean): { stream: Output; text: () => string } {
  let written = ''
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString()
      done()
    },
  })
  return { stream: Object.assign(stream, { isTTY }), text: () => written }
}

const ERROR = new UsageError('K3SV_USAGE', 'an argument is missing', { hint: 'add it' })

describe('errors', () => {
  test('are plain lines away from a terminal', () => {
    const { stream, text } = capture(false)
    new Report(stream, environmentIn('/'), { json: false, quiet: false }).error(ERROR)
    expect(text()).toBe('k3s_vars: an argument is missing (K3SV_USAGE)\nhint: add it\n')
  })

  test('are one JSON object where JSON was asked for', () => {
    const { stream, text } = capture(true)
    new Report(stream, environmentIn('/'), { json: true, quiet: true }).error(ERROR)
    expect(JSON.parse(text())).toEqual({
      schema: 'urn:k3s-vars:error:1',
      error: {
        code: 'K3SV_USAGE',
        message: 'an argument is missing',
        hint: 'add it',
        exitStatus: 2,
      },
    })
  })

  test('are coloured on a terminal', () => {
    const { stream, text } = capture(true)
    new Report(stream, environmentIn('/'), { json: false, quiet: false }).error(ERROR)
    expect(text()).toContain('\u001b[31m')
  })
})

describe('colours', () => {
  test.each([
    [true, {}, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, {}, false],
    [false, { CLICOLOR_FORCE: '1' }, true],
    [false, { CLICOLOR_FORCE: '0' }, false],
    [true, { CLICOLOR_FORCE: '1', NO_COLOR: '1' }, false],
  ])('on a terminal: %s, with %j: %s', (isTTY, variables, expected) => {
    expect(hasColours(capture(isTTY).stream, environmentIn('/', variables))).toBe(expected)
  })
})

describe('progress', () => {
  const steps = (isTTY: boolean, quiet: boolean, times: number[]): string => {
    const { stream, text } = capture(isTTY)
    const clock = [0, ...times]
    const report = new Report(stream, environmentIn('/'), { json: false, quiet })
    const progress = report.progress('checking', times.length, () => clock.shift()!)
    times.forEach(() => progress.step())
    progress.end()
    return text()
  }

  test('is a bar on a terminal once a second has passed, and is taken off at the end', () => {
    expect(steps(true, false, [500, 1500])).toBe(
      '\rchecking [##############################] 2/2\r\u001b[K',
    )
  })

  test.each([
    ['quick work', true, false, [10, 20]],
    ['a pipe', false, false, [5000]],
    ['quiet', true, true, [5000]],
  ])('is nothing for %s', (_case, isTTY, quiet, times) => {
    expect(steps(isTTY, quiet, times)).toBe('')
  })

  test('fills in proportion', () => {
    expect(formatBar('x', 1, 2)).toBe('x [###############               ] 1/2')
  })
})
