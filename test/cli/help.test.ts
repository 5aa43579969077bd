import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { asHelp, formatExamples } from '../../src/cli/help.js'
import { COMMANDS } from '../../src/cli/commands.js'

describe('what asks for help', () => {
  test.each([
    [[], ['--help']],
    [['token'], ['token', '--help']],
    [
      ['help', 'token', 'new'],
      ['token', 'new', '--help'],
    ],
    [['status'], ['status']],
    [
      ['token', '--json'],
      ['token', '--json'],
    ],
  ])('%j', (argv, words) => {
    expect(asHelp(argv, ['token', 'vault'])).toEqual(words)
  })
})

describe('examples', () => {
  const all = COMMANDS.flatMap(({ examples }) => examples)

  test.each(all)('%s is still the same line to a shell where it is folded', (example, meaning) => {
    const line = example.startsWith('$ ') ? example.slice(2) : `k3s-vars ${example}`
    const text = formatExamples([[example, meaning]], 40)
    const shown = text.split('\n').slice(2)
    expect(
      shown
        .join('\n')
        .replace(/ \\\n */g, ' ')
        .trim(),
    ).toBe(line)
    expect(() => execFileSync('bash', ['-n'], { input: shown.join('\n') })).not.toThrow()
  })

  test('fit the terminal where their words do', () => {
    const text = formatExamples([['token new a b c d e f g h i j', 'many words']], 20)
    expect(text).toBe(
      'Examples:\n  # many words\n  k3s-vars token \\\n    new a b c d e \\\n    f g h i j',
    )
  })

  test('are whole in wide terminals', () => {
    expect(formatExamples([['status', 'all']], 100)).toBe('Examples:\n  # all\n  k3s-vars status')
  })
})
