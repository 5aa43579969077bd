// A manual page for the program and one for each command, in section 1, from the very declarations that help is made from.
// roff(7), man(7): a line that begins with a dot is a request, a backslash begins an escape, and a bare hyphen is no minus.
import { wordsOf } from '../cli/arguments.js'
import { GLOBAL_OPTIONS } from '../cli/command.js'
import type { Command, OptionSpec } from '../cli/command.js'
import { COMMANDS } from '../cli/commands.js'
import { foldCommand } from '../cli/help.js'
import { choicesOf, notesOf } from '../cli/help-text.js'

const PROGRAM = 'k3s-vars'
/** A page has 78 columns of text on a terminal of 80, and an example is indented by 14. */
const EXAMPLE_WIDTH = 64
const TAGLINE =
  'one strong K3s cluster token for Ansible: minted once, sealed, the same on every run'

const STATUSES: readonly (readonly [string, string])[] = [
  ['0', 'Done.'],
  ['1', 'An internal error.'],
  ['2', 'The command line is wrong.'],
  ['3', 'The configuration is wrong.'],
  ['4', 'The token was refused.'],
  ['5', 'The store.'],
  ['6', 'Ansible Vault.'],
  ['7', 'The cluster.'],
  ['8', 'Something was found.'],
]

const VARIABLES: readonly (readonly [string, string])[] = [
  [
    'K3S_VARS_CONFIG',
    'The configuration to use; without it that of the current folder, or beside the program.',
  ],
  ['NO_COLOR', 'No colours, whatever the terminal is.'],
]

/** @returns file name → text */
export function manPages(version: string): ReadonlyMap<string, string> {
  const pages = COMMANDS.map(
    (command) => [`${pageOf(command)}.1`, commandPage(command, version)] as const,
  )
  return new Map([[`${PROGRAM}.1`, programPage(version)], ...pages])
}

function pageOf(command: Command): string {
  return `${PROGRAM}-${wordsOf(command).replaceAll(' ', '-')}`
}

function programPage(version: string): string {
  return [
    head(PROGRAM, version),
    section('NAME', `${text(PROGRAM)} \\- ${text(TAGLINE)}`),
    section('SYNOPSIS', `${bold(PROGRAM)} ${italic('COMMAND')} [${italic('OPTION')}...]`),
    section('COMMANDS', items(COMMANDS.map((one) => [bold(one.usage), text(`${one.summary}.`)]))),
    section('OPTIONS', items(describeAll(GLOBAL_OPTIONS))),
    section('ENVIRONMENT', items(VARIABLES.map(([name, meaning]) => [bold(name), text(meaning)]))),
    section(
      'EXIT STATUS',
      items(STATUSES.map(([status, meaning]) => [bold(status), text(meaning)])),
    ),
    section('SEE ALSO', COMMANDS.map((one) => reference(pageOf(one))).join(',\n')),
  ].join('\n')
}

function commandPage(command: Command, version: string): string {
  const { usage, summary, positionals = {}, options, examples } = command
  const name = pageOf(command)
  const operands = Object.entries(positionals).map(
    ([operand, { describe, choices }]) =>
      [italic(operand), text(`${describe}${choicesOf(choices)}.`)] as const,
  )
  return [
    head(name, version),
    section('NAME', `${text(name)} \\- ${text(lowerFirst(summary))}`),
    section('SYNOPSIS', `${bold(`${PROGRAM} ${usage}`)} [${italic('OPTION')}...]`),
    ...(operands.length === 0 ? [] : [section('OPERANDS', items(operands))]),
    section('OPTIONS', items([...describeAll(options), ...describeAll(GLOBAL_OPTIONS)])),
    section('EXAMPLES', examples.map(asExample).join('\n')),
    section('EXIT STATUS', text(`As ${PROGRAM}(1) has them.`)),
    section('SEE ALSO', reference(PROGRAM)),
  ].join('\n')
}

function head(name: string, version: string): string {
  // Words are not broken, and gaps not stretched: what is shown is to be found again with a search.
  return `.TH "${text(name.toUpperCase())}" 1 "" "${text(`${PROGRAM} ${version}`)}"\n.nh\n.ad l`
}

function section(title: string, body: string): string {
  return `.SH ${title}\n${body}`
}

/** Terms, each with what it means below. */
function items(all: readonly (readonly [string, string])[]): string {
  return all.map(([term, meaning]) => `.TP\n${term}\n${meaning}`).join('\n')
}

function describeAll(options: Readonly<Record<string, OptionSpec>>): (readonly [string, string])[] {
  return Object.entries(options).map(([name, spec]) => {
    const { alias, value, describe, choices, isOnByDefault } = spec
    const long = bold(`--${isOnByDefault === true ? '[no-]' : ''}${name}`)
    const term = [...(alias === undefined ? [] : [bold(`-${alias}`)]), long].join(', ')
    return [
      value === undefined ? term : `${term} ${italic(value)}`,
      text(`${describe}${choicesOf(choices)}${notesOf(spec)}.`),
    ]
  })
}

function asExample([example, meaning]: Command['examples'][number]): string {
  const line = example.startsWith('$ ') ? example.slice(2) : `${PROGRAM} ${example}`
  const folded = foldCommand(line, EXAMPLE_WIDTH)
    .split('\n')
    .map((part) => text(part.slice(2)))
  return `.PP\n${text(`${upperFirst(meaning)}:`)}\n.PP\n.nf\n.RS\n${folded.join('\n')}\n.RE\n.fi`
}

function reference(name: string): string {
  return `.BR ${text(name)} (1)`
}

function bold(words: string): string {
  return `\\fB${text(words)}\\fR`
}

function italic(words: string): string {
  return `\\fI${text(words)}\\fR`
}

/** Text that says itself, at the beginning of a line, too. */
function text(plain: string): string {
  return plain
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&')
}

function lowerFirst(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words[0]!.toLowerCase() + words.slice(1) : words
}

function upperFirst(words: string): string {
  return /^[a-z]/.test(words) && !words.startsWith('k3s')
    ? words[0]!.toUpperCase() + words.slice(1)
    : words
}
