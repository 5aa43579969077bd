import { describe, expect, test } from '@jest/globals'
import { PassThrough } from 'node:stream'
import { fitTerminal } from '../../src/cli/terminal-line.js'

const terminal = (columns: number) => Object.assign(new PassThrough(), { isTTY: true, columns })

describe('a long sentence', () => {
  const hint = '  hint: new cluster: have one minted with `k3s-vars token new`; else adopt it'

  test('is broken between words on a terminal, and a command stays whole', () => {
    expect(fitTerminal(hint, terminal(50))).toBe(
      '  hint: new cluster: have one minted with\n    `k3s-vars token new`; else adopt it',
    )
  })

  test.each([20, 40, 60, 80])('says the same words in %i columns', (columns) => {
    const text = fitTerminal(hint, terminal(columns))
    expect(text.replaceAll(/\n {4}/g, ' ')).toBe(hint)
  })

  test('stays one line in a pipe, and on a terminal of unknown width', () => {
    expect(fitTerminal(hint, new PassThrough())).toBe(hint)
    expect(fitTerminal(hint, terminal(0))).toBe(hint)
  })

  test.each(['CLUSTER  ROLE  STATE  GENERATION', 'prod     k3s-io  a b c d e f g h i j k'])(
    'is none where %s is a row of a table',
    (row) => {
      expect(fitTerminal(row, terminal(10))).toBe(row)
    },
  )
})
