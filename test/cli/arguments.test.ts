import { describe, expect, test } from '@jest/globals'
import type { UsageError } from '../../src/errors.js'
import { checkExclusions, refuseSecrets, unknownArgument } from '../../src/cli/arguments.js'
import type { Command } from '../../src/cli/command.js'

const COMMAND: Command = {
  usage: 'token show [cluster]',
  summary: '',
  options: {
    reveal: { type: 'flag', describe: '', excludes: ['format'] },
    format: { type: 'text', describe: '' },
  },
  examples: [],
  run: () => Promise.resolve(0),
}
const COMMANDS = ['init', 'status', 'check', 'token show', 'token new'].map((usage) => ({
  ...COMMAND,
  usage,
  options: usage === 'check' ? { offline: { type: 'flag' as const, describe: '' } } : {},
}))
const CANARY = 'canary8f3a'

function codeOf(action: () => void): string {
  try {
    action()
    return 'nothing thrown'
  } catch (error) {
    return (error as UsageError).code
  }
}

describe('a secret as an argument', () => {
  test.each([
    ['--token', [`--token`, CANARY]],
    ['--token=', [`--token=${CANARY}`]],
    ['--agent-token=', [`--agent-token=${CANARY}`]],
    ['--vault-password=', [`--vault-password=${CANARY}`]],
    ['--TOKEN=', [`--TOKEN=${CANARY}`]],
    ['-token', ['-token', CANARY]],
  ])('%s is refused without the secret', (_option, argv) => {
    expect(codeOf(() => refuseSecrets(argv))).toBe('K3SV_USAGE')
    expect(() => refuseSecrets(argv)).not.toThrow(CANARY)
  })

  test.each([
    ['the command token', ['token', 'show']],
    ['an option that names a file', ['token', 'import', 'prod', '--agent-file', 'token']],
  ])('%s is none', (_case, argv) => {
    expect(() => refuseSecrets(argv)).not.toThrow()
  })
})

describe('an unknown argument', () => {
  test.each([
    ['a mistyped option', ['token', 'show', '--revael'], COMMAND, 'did you mean --reveal?'],
    ['a mistyped global option', ['token', 'show', '--jsom'], COMMAND, 'did you mean --json?'],
    [
      'an option like none',
      ['token', 'show', `--${CANARY}`],
      COMMAND,
      'k3s-vars token show --help shows what it takes',
    ],
    ['a mistyped command', ['chekc'], undefined, 'did you mean k3s-vars check?'],
    ['a mistyped second word', ['token', 'shwo'], undefined, 'did you mean k3s-vars token show?'],
    ['a word like no command', [CANARY], undefined, 'k3s-vars help lists the commands'],
    [
      'one argument too many',
      ['token', 'show', 'prod', CANARY],
      COMMAND,
      'k3s-vars token show --help shows what it takes',
    ],
  ])('%s is told with a way on, and not repeated', (_case, argv, command, hint) => {
    const error = unknownArgument(argv, command, COMMANDS)
    expect(error.code).toBe('K3SV_USAGE')
    expect(error.hint).toBe(hint)
    expect(error.message).not.toContain(CANARY)
  })
})

describe('what is harmless is named', () => {
  test.each([
    ['a letter', ['-x'], '-x'],
    ['an option of another command', ['--offline'], '--offline'],
    ['what Ansible has', ['--vault-id=prod'], '--vault-id'],
    ['a slip of the finger', ['--revael'], '--revael'],
    ['and nothing else', [`--${CANARY}`], 'argument 1'],
    ['nor words in a row', ['--correct-horse-battery'], 'argument 1'],
  ])('%s', (_what, argv, named) => {
    const { message, hint } = unknownArgument(argv, COMMAND, COMMANDS)
    expect(message).toBe(`${named} is not an option of this command`)
    if (argv[0] === '--offline') {
      expect(hint).toBe(
        'that is for k3s-vars check; k3s-vars token show --help shows what it takes',
      )
    }
  })
})

describe('options that exclude each other', () => {
  test('are refused by name', () => {
    expect(codeOf(() => checkExclusions(COMMAND, () => true))).toBe('K3SV_USAGE')
    expect(() => checkExclusions(COMMAND, () => true)).toThrow(
      '--reveal and --format exclude each other',
    )
  })

  test('one of them alone is fine', () => {
    expect(() => checkExclusions(COMMAND, (name) => name === 'format')).not.toThrow()
  })
})
