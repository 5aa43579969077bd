// The help of the program, of a group of commands and of a command, made from their declarations for a terminal's width. Only what
// cannot be broken (an example's word, a long path) is ever wider.
import { wordsOf } from './arguments.js'
import { GLOBAL_OPTIONS } from './command.js'
import type { Command, OptionSpec } from './command.js'
import { formatExamples, paragraph } from './help.js'

/** What help is asked about: a command, the word that several begin with, or neither: the program. */
export interface Topic {
  readonly command: Command | undefined
  readonly group: string | undefined
}

export interface HelpOptions {
  readonly commands: readonly Command[]
  /** One line for each word that several commands begin with. */
  readonly groups: Readonly<Record<string, string>>
  /** Columns. */
  readonly width: number
}

/** A term and what it means. */
type Row = readonly [term: string, meaning: string]

const TAGLINE = 'One strong K3s cluster token for Ansible: minted once, sealed, always the same.'

const STATUSES =
  'Exit status: 0 done, 1 internal error, 2 usage, 3 config, 4 token, 5 store, 6 vault, 7 cluster, 8 findings.'

/** Below the widest term that others stand in line with; the meaning of a longer one begins on the next line. */
const WIDEST_TERM = 26

/** @returns the text, without a line end */
export function helpText({ command, group }: Topic, options: HelpOptions): string {
  if (command !== undefined) return commandHelp(command, options.width)
  return group === undefined ? programHelp(options) : groupHelp(group, options)
}

function programHelp({ commands, groups, width }: HelpOptions): string {
  const alone = commands.filter((command) => !wordsOf(command).includes(' '))
  const rows: Row[] = [
    ...alone.map(({ usage, summary }): Row => [usage, summary]),
    ...Object.entries(groups).map(([group, summary]): Row => [`${group} ...`, summary]),
  ]
  return [
    'Usage: k3s-vars <command> [options]',
    paragraph(TAGLINE, width),
    section('Commands', rows, width),
    everywhere(width),
    paragraph(STATUSES, width),
    paragraph('k3s-vars <command> --help shows the options and examples of a command.', width),
  ].join('\n\n')
}

function groupHelp(group: string, { commands, groups, width }: HelpOptions): string {
  const rows = commands
    .filter((command) => wordsOf(command).startsWith(`${group} `))
    .map(({ usage, summary }): Row => [usage, summary])
  return [
    `Usage: k3s-vars ${group} <command> [options]`,
    paragraph(`${groups[group]!}.`, width),
    section('Commands', rows, width),
    everywhere(width),
    paragraph(
      `k3s-vars ${group} <command> --help shows the options and examples of a command.`,
      width,
    ),
  ].join('\n\n')
}

function commandHelp(command: Command, width: number): string {
  const { usage, summary, positionals = {}, options, examples } = command
  const operands = Object.entries(positionals).map(([name, { describe, choices }]): Row => [
    name,
    `${describe}${choicesOf(choices)}`,
  ])
  return [
    `Usage: k3s-vars ${usage} [options]`,
    paragraph(`${summary}.`, width),
    ...(operands.length === 0 ? [] : [section('Arguments', operands, width)]),
    section('Options', rowsOf(options), width),
    everywhere(width),
    formatExamples(examples, width),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function everywhere(width: number): string {
  return section(
    'Everywhere',
    [
      ...rowsOf(GLOBAL_OPTIONS),
      ['-h, --help', 'Show this help'],
      ['-V, --version', 'Show the version'],
    ],
    width,
  )
}

function rowsOf(options: Readonly<Record<string, OptionSpec>>): Row[] {
  return Object.entries(options).map(([name, spec]) => [
    termOf(name, spec),
    `${spec.describe}${choicesOf(spec.choices)}${notesOf(spec)}`,
  ])
}

/** `-i, --inventory SOURCE`. A flag that is on has `[no-]`, because what is typed is `--no-NAME`. */
export function termOf(name: string, { alias, value, isOnByDefault }: OptionSpec): string {
  const short = alias === undefined ? '    ' : `-${alias}, `
  const long = `--${isOnByDefault === true ? '[no-]' : ''}${name}`
  return `${short}${long}${value === undefined ? '' : ` ${value}`}`
}

/** What the type of an option adds to its description. */
export function notesOf({ type, isOnByDefault }: OptionSpec): string {
  if (isOnByDefault === true) return ' (on by default)'
  return type === 'list' ? ' (repeatable)' : ''
}

export function choicesOf(choices: readonly string[] | undefined): string {
  return choices === undefined
    ? ''
    : ` (${choices.length > 1 ? 'one of' : 'only'}: ${choices.join(', ')})`
}

/** Empty without rows. */
function section(title: string, rows: readonly Row[], width: number): string {
  if (rows.length === 0) return ''
  const lengths = rows.map(([term]) => term.length).filter((length) => length <= WIDEST_TERM)
  const column = 2 + Math.max(0, ...lengths) + 2
  const lines = rows.flatMap(([term, meaning]) => {
    const [first = '', ...rest] = paragraph(meaning, Math.max(20, width - column)).split('\n')
    const indented = rest.map((line) => ' '.repeat(column) + line)
    const isLong = term.length > column - 4
    return isLong
      ? [`  ${term}`, ' '.repeat(column) + first, ...indented]
      : [`  ${term.padEnd(column - 2)}${first}`, ...indented]
  })
  return [`${title}:`, ...lines].join('\n')
}
