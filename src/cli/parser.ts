// The one user of yargs. yargs parses; what it says of a wrong command line is never shown, because it repeats what was typed.
import yargs from 'yargs'
import type { Argv, Options } from 'yargs'
import { UsageError } from '../errors.js'
import {
  checkExclusions,
  helpHint,
  optionNames,
  unknownArgument,
  wordsOf,
  refuseUnknownLetters,
} from './arguments.js'
import { Arguments, GLOBAL_OPTIONS } from './command.js'
import type { Command, OptionSpec } from './command.js'
import { COMPLETION_OPTION, expectsCluster } from './completions.js'
import { hideDash, restoreDash } from './dash.js'
import { asHelp } from './help.js'
import { helpText } from './help-text.js'

/** What a command line asks for: a command, or a text (help, the version, completions). */
export type Parsed =
  | { readonly kind: 'command'; readonly command: Command; readonly input: Arguments }
  | { readonly kind: 'text'; readonly text: string }

export interface ParserOptions {
  readonly commands: readonly Command[]
  /** One line for each word that several commands begin with: `token` → `Make, show and adopt tokens`. */
  readonly groups: Readonly<Record<string, string>>
  readonly version: string
  /** The names of all clusters, for a shell's completion; asked for that alone. */
  readonly clusters: () => readonly string[]
  /** Columns of the terminal that help is made for. */
  readonly width: number
}

type Values = Readonly<Record<string, unknown>>

/**
 * Parses the arguments behind the program's name.
 * @throws UsageError `K3SV_USAGE`, without a word of what was typed
 */
export async function parse(argv: readonly string[], options: ParserOptions): Promise<Parsed> {
  const words = [...asHelp(argv, Object.keys(options.groups))]
  let reached: Command | undefined
  let chosen: { command: Command; values: Values } | undefined
  const parser = createParser(options)
  for (const [group, members] of grouped(options.commands)) {
    const declare = (scope: Argv): Argv =>
      members.reduce(
        (parent, command) =>
          parent.command(
            command.usage.slice(group.length).trimStart(),
            command.summary,
            (builder) => {
              reached = command
              return declareCommand(builder, command)
            },
            (values) => {
              chosen = { command, values }
            },
          ),
        scope,
      )
    if (group === '') declare(parser)
    else
      parser.command(group, options.groups[group] ?? '', (scope) => declare(scope).demandCommand(1))
  }
  if (!words.includes(COMPLETION_OPTION)) refuseUnknownLetters(words, options.commands)
  const text = await runParser(parser, hideDash(words), (message) =>
    refusal(message, { argv: words, command: reached, commands: options.commands }),
  )
  if (words[0] === COMPLETION_OPTION) {
    const isAsked = expectsCluster({ words: words.slice(1), command: reached })
    const clusters = isAsked ? options.clusters() : []
    return { kind: 'text', text: clusters.length > 0 ? clusters.join('\n') : withoutLetters(text) }
  }
  if (text !== '' || chosen === undefined) {
    const isHelp = words.some((word) => word === '--help' || word === '-h')
    if (!isHelp) return { kind: 'text', text }
    const group = words.find((word) => word in options.groups)
    return { kind: 'text', text: helpText({ command: reached, group }, options) }
  }
  return {
    kind: 'command',
    command: chosen.command,
    input: readValues(chosen.command, restoreDash(chosen.values)),
  }
}

function createParser({ version }: ParserOptions): Argv {
  return yargs()
    .scriptName('k3s-vars')
    .parserConfiguration({
      'boolean-negation': true,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .options(mapOptions(GLOBAL_OPTIONS))
    .strict()
    .demandCommand(1)
    .version(version)
    .alias('version', 'V')
    .help('help', 'Show help')
    .alias('help', 'h')
    .exitProcess(false)
    .showHelpOnFail(false)
    .locale('en')
}

/** Commands by the word that they share; those of one word stand under ''. */
function grouped(commands: readonly Command[]): Map<string, Command[]> {
  const groups = new Map<string, Command[]>()
  for (const command of commands) {
    const [first, ...rest] = wordsOf(command).split(' ')
    const group = rest.length === 0 ? '' : first!
    groups.set(group, [...(groups.get(group) ?? []), command])
  }
  return groups
}

function declareCommand(builder: Argv, command: Command): Argv {
  const { positionals = {}, options } = command
  const declared = Object.entries(positionals).reduce(
    (parent, [name, spec]) =>
      parent.positional(name, {
        type: 'string',
        describe: spec.describe,
        array: spec.type === 'list',
        ...(spec.choices === undefined ? {} : { choices: spec.choices }),
      }),
    builder,
  )
  return declared.options(mapOptions(options))
}

function mapOptions(specs: Readonly<Record<string, OptionSpec>>): Record<string, Options> {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, mapOption(spec)]))
}

function mapOption(spec: OptionSpec): Options {
  const common: Options = {
    describe: spec.describe,
    ...(spec.alias === undefined ? {} : { alias: spec.alias }),
    ...(spec.choices === undefined ? {} : { choices: spec.choices }),
  }
  switch (spec.type) {
    case 'flag':
      return { ...common, type: 'boolean', ...(spec.isOnByDefault ? { default: true } : {}) }
    case 'list':
      return { ...common, type: 'string', array: true, requiresArg: true }
    case 'text':
      return { ...common, type: 'string', requiresArg: true }
  }
}

/** Answers the text that yargs would have printed; empty where a command was found. */
async function runParser(
  parser: Argv,
  argv: readonly string[],
  refuse: (message: string) => UsageError,
): Promise<string> {
  let text = ''
  leaveOutSpareHelp(parser)
  await parser
    .fail((message, error) => {
      throw (error as Error | undefined) instanceof UsageError ? error : refuse(message ?? '')
    })
    .parseAsync(argv, {}, (error, _values, output) => {
      if (error) throw error
      text = output
    })
  return text
}

/**
 * yargs writes out the help of each command that it finds, in case that the command fails and wants to show it. Ours do not, and it
 * takes as long as parsing.
 */
function leaveOutSpareHelp(parser: Argv): void {
  const { getInternalMethods } = parser as Argv & YargsInternals
  getInternalMethods.call(parser).getUsageInstance().cacheHelpMessage = () => undefined
}

interface YargsInternals {
  readonly getInternalMethods: () => {
    readonly getUsageInstance: () => { cacheHelpMessage: () => void }
  }
}

interface RefusedCall {
  readonly argv: readonly string[]
  readonly command: Command | undefined
  readonly commands: readonly Command[]
}

/** Our words for what yargs refuses, told from the beginning of its message. */
function refusal(message: string, { argv, command, commands }: RefusedCall): UsageError {
  const hint = helpHint(command)
  if (message.startsWith('Invalid values')) {
    const name = /Argument: ([a-z-]+),/.exec(message)?.[1] ?? ''
    const option = command?.options[name]
    const choices = (option ?? command?.positionals?.[name])?.choices ?? []
    const subject = option === undefined ? `the argument ${name}` : `the value of --${name}`
    return new UsageError('K3SV_USAGE', `${subject} must be ${choices.join(' or ')}`, { hint })
  }
  if (message.startsWith('Not enough arguments following')) {
    const name = optionNames(command).find((option) => message.endsWith(`: ${option}`))
    return new UsageError('K3SV_USAGE', `--${name ?? 'the option'} needs a value`, { hint })
  }
  if (message.startsWith('Not enough non-option arguments') || message.startsWith('Missing')) {
    const missing = command === undefined ? 'a command is missing' : 'an argument is missing'
    return new UsageError('K3SV_USAGE', missing, { hint })
  }
  return unknownArgument(argv, command, commands)
}

/** yargs offers the letter of `-q` as `--q`, too. */
function withoutLetters(completions: string): string {
  return completions.replace(/^--\w(?:[:\t].*)?\n/gm, '')
}

/** @throws UsageError where one option is given twice, or two that exclude each other */
function readValues(command: Command, values: Values): Arguments {
  const specs = { ...GLOBAL_OPTIONS, ...command.options }
  for (const [name, { type }] of Object.entries(specs)) {
    if (type === 'list' || !Array.isArray(values[name])) continue
    throw new UsageError('K3SV_USAGE', `--${name} is given twice`, { hint: 'keep one of them' })
  }
  checkExclusions(command, (name) => values[name] !== undefined && values[name] !== false)
  return new Arguments(values)
}
