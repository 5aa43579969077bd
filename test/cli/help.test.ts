import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { asHelp, formatExamples } from '../../src/cli/help.js'
import { COMMANDS, GROUPS } from '../../src/cli/commands.js'
import { wordsOf } from '../../src/cli/arguments.js'
import { helpText } from '../../src/cli/help-text.js'

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
    const shown = text.split('\n').filter((part) => !/^ {2}# |^Examples:$/.test(part))
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

describe('the text of help', () => {
  const options = { commands: COMMANDS, groups: GROUPS }
  const topics = [
    ['the program', { command: undefined, group: undefined }],
    ...Object.keys(GROUPS).map((group) => [group, { command: undefined, group }] as const),
    ...COMMANDS.map((command) => [wordsOf(command), { command, group: undefined }] as const),
  ] as const

  test.each(topics)('of %s fits each width, but for words that cannot be broken', (_, topic) => {
    for (const width of [60, 80, 100]) {
      const lines = helpText(topic, { ...options, width }).split('\n')
      const wide = lines.filter((line) => line.length > width)
      // Such a line is one word, an option with its value or a term, and perhaps a backslash.
      expect(wide.filter((line) => !/^ +(?:# )?(?:--?\S+ )?\S+(?: \\)?$/.test(line))).toEqual([])
      if (width >= 80) expect(wide).toEqual([])
    }
  })

  test.each(topics)('of %s breaks no word', (_, topic) => {
    const words = (width: number): readonly string[] =>
      helpText(topic, { ...options, width }).split(/[\s\\#]+/)
    expect(words(60)).toEqual(words(1000))
  })

  test('names each option with its letter and value, and what is typed to switch one off', () => {
    const drift = COMMANDS.find((command) => wordsOf(command) === 'drift')
    const text = helpText({ command: drift, group: undefined }, { ...options, width: 80 })
    expect(text).toMatch(/^ {2}-i, --inventory SOURCE {2}\S.*$/m)
    expect(text).toMatch(/^ {6}--\[no-\]memory {2,}\S.*$/m)
  })
})
