// What is wrong with a command line is told without repeating it: a token typed in the wrong place must not end in a log.
import { nearestWord } from '../config/nearest-word.js'
import { UsageError } from '../errors.js'
import type { Command } from './command.js'
import { GLOBAL_OPTIONS } from './command.js'

/** Options that people try a secret with; it would stand in the list of processes and in the shell's history. */
const SECRET_OPTION = /^--?(?:no-)?(?:[a-z]+-)?(?:token|secret|password|passphrase|pass)(?:=|$)/i

/**
 * Refuses options that would carry a secret.
 * @throws UsageError `K3SV_USAGE`
 */
export function refuseSecrets(argv: readonly string[]): void {
  if (!argv.some((argument) => SECRET_OPTION.test(argument))) return
  throw new UsageError('K3SV_USAGE', 'a secret is never given as an argument', {
    hint: 'everybody can see the arguments of a process: use --file, --stdin or --env, and change this secret',
  })
}

/** `-x`, `-vvv`: no secret is a letter. */
const ONE_LETTER = /^-([A-Za-z])\1*$/

/** What people know from other programs, Ansible's above all; none of it could be a secret. */
const FAMILIAR = (
  'all ask-become-pass ask-vault-pass become check color debug diff dry-run extra-vars file force forks format inventory limit ' +
  'list no-color output private-key recursive user vault-id verbose yes'
).split(' ')

/** Short options that every command has, besides those of {@link GLOBAL_OPTIONS}. */
const EVERYWHERE = ['h', 'V']

/**
 * Refuses a word behind one dash whose letters are not all options: help and version would else answer to any that has an h or
 * a V in it, and what was typed may be a token.
 * @throws UsageError `K3SV_USAGE`
 */
export function refuseUnknownLetters(argv: readonly string[], commands: readonly Command[]): void {
  const specs = commands.flatMap(({ options }) => Object.values(options))
  const aliases = [...specs, ...Object.values(GLOBAL_OPTIONS)].flatMap(({ alias }) => alias ?? [])
  const known = new Set([...aliases, ...EVERYWHERE])
  const end = argv.indexOf('--')
  const words = end < 0 ? argv : argv.slice(0, end)
  const wrong = words.findIndex(
    (word) => /^-[A-Za-z]{2}/.test(word) && [...word.slice(1)].some((letter) => !known.has(letter)),
  )
  if (wrong < 0) return
  const what = ONE_LETTER.test(words[wrong]!) ? words[wrong]! : `argument ${wrong + 1}`
  throw new UsageError('K3SV_USAGE', `${what} is not an option of this command`, {
    hint: helpHint(undefined),
  })
}

/** Whether it is a letter behind a dash that is no option of the command. */
function isUnknownLetter(argument: string, command: Command | undefined): boolean {
  if (!/^-[A-Za-z]$/.test(argument)) return false
  const specs = [...Object.values(command?.options ?? {}), ...Object.values(GLOBAL_OPTIONS)]
  return ![...EVERYWHERE, ...specs.map(({ alias }) => alias)].includes(argument[1])
}

/** The names of a command's options, the global ones included. */
export function optionNames(command: Command | undefined): string[] {
  return [...Object.keys(command?.options ?? {}), ...Object.keys(GLOBAL_OPTIONS), 'help', 'version']
}

/**
 * The error for a command line that has something in it that the command does not know.
 * @param argv what was given
 * @param command the command that was recognised, if any
 * @param commands all of them, for a suggestion
 */
export function unknownArgument(
  argv: readonly string[],
  command: Command | undefined,
  commands: readonly Command[],
): UsageError {
  const words = commands.map(wordsOf)
  const names = optionNames(command)
  const isKnown = (name: string): boolean => names.includes(name.replace(/^no-/, ''))
  const option = argv.findIndex((argument) => {
    const name = /^--([^=]+)/.exec(argument)?.[1]
    return name === undefined ? isUnknownLetter(argument, command) : !isKnown(name)
  })
  if (option !== -1) {
    const given = argv[option]!.split('=')[0]!
    const name = given.replace(/^--(?:no-)?/, '')
    const near = nearestWord(name, names)
    const others = commands.filter(({ options }) => name in options).map(wordsOf)
    // A word like one of ours is a slip of the finger, and some are known from elsewhere; any other could be a secret.
    const isOurs = near !== undefined || others.length > 0 || FAMILIAR.includes(name)
    const isHarmless = ONE_LETTER.test(given) || (isOurs && /^--[a-z][a-z-]{0,23}$/.test(given))
    const what = isHarmless ? given : `argument ${option + 1}`
    const elsewhere =
      others.length === 0 ? '' : `that is for k3s-vars ${others.slice(0, 3).join(', ')}; `
    return new UsageError('K3SV_USAGE', `${what} is not an option of this command`, {
      hint: near === undefined ? elsewhere + helpHint(command) : `did you mean --${near}?`,
    })
  }
  if (command !== undefined) {
    return new UsageError('K3SV_USAGE', `${wordsOf(command)} does not take so many arguments`, {
      hint: helpHint(command),
    })
  }
  const given = argv.filter((argument) => !argument.startsWith('-')).slice(0, 2)
  const near = nearestWord(given.join(' '), words) ?? nearestWord(given[0] ?? '', words)
  return new UsageError('K3SV_USAGE', 'there is no such command', {
    hint: near === undefined ? helpHint(command) : `did you mean k3s-vars ${near}?`,
  })
}

/** The words of a command without its arguments: `token show`. */
export function wordsOf(command: Command): string {
  return command.usage.replace(/ ?[[<].*/, '')
}

/** Where to read on. */
export function helpHint(command: Command | undefined): string {
  return command === undefined
    ? 'k3s-vars help lists the commands'
    : `k3s-vars ${wordsOf(command)} --help shows what it takes`
}

/**
 * Refuses options that make no sense together.
 * @throws UsageError `K3SV_USAGE`
 */
export function checkExclusions(command: Command, isGiven: (name: string) => boolean): void {
  for (const [name, { excludes = [] }] of Object.entries(command.options)) {
    const other = isGiven(name) ? excludes.find(isGiven) : undefined
    if (other === undefined) continue
    throw new UsageError('K3SV_USAGE', `--${name} and --${other} exclude each other`, {
      hint: `leave out --${other}, or ${helpHint(command)}`,
    })
  }
}
