// What each way of writing a token to a node does to it, as data. Line breaks, control characters and outer white space are
// refused everywhere by rules.ts; here they stand only where the file itself takes them away.
import type { Encoding } from '../role/profile.js'
import { trimAsK3s } from './white-space.js'
import { isBareForPyYaml, isGoNumber, isYamlWord } from '../yaml-types.js'

/** A shape that does not survive an encoding. */
export interface Harm {
  /** Part of the rule's id: `encoding/<id>`. */
  readonly id: string
  readonly matches: (text: string) => boolean
  /** Why it breaks. */
  readonly reason: string
  /** What the node sees instead. */
  readonly sees: string
}

function has(pattern: RegExp): Harm['matches'] {
  return (text) => pattern.test(text)
}

const UNQUOTED = 'the text without its quotes'
const PART = 'a part of the text, or nothing'

/** A word of a shell's command line: an assignment differs in what it does with globs, braces and tildes. */
const SHELL_WORD: readonly Harm[] = [
  {
    id: 'expansion',
    matches: has(/[$`]/),
    reason: 'the shell expands what follows a dollar sign and runs what stands in backticks',
    sees: 'what that comes to, often nothing',
  },
  { id: 'blank', matches: has(/\s/), reason: 'a blank ends the value', sees: PART },
  {
    id: 'operator',
    matches: has(/[;&|()<>]/),
    reason: 'one of ; & | ( ) < > ends the value, and what follows can be run as a command',
    sees: PART,
  },
  { id: 'quotes', matches: has(/['"]/), reason: 'the shell takes quotes away', sees: UNQUOTED },
  {
    id: 'backslash',
    matches: has(/\\/),
    reason: 'the shell takes a backslash away',
    sees: 'the text without it',
  },
]

/** What breaks in each encoding. */
export const HARMS: Readonly<Record<Encoding, readonly Harm[]>> = {
  // PyYAML quotes what YAML 1.1 takes for another type; go-yaml, which K3s reads with, knows more numbers.
  to_nice_yaml: [
    {
      id: 'number',
      matches: isBareForPyYaml,
      reason: 'PyYAML writes it without quotes and K3s reads a number',
      sees: 'that number, written another way',
    },
    {
      id: 'word',
      matches: has(/^[yn]$/i),
      reason: 'PyYAML writes it without quotes and K3s reads a truth value',
      sees: 'true or false',
    },
  ],
  // A Jinja template with `token: {{ … }}`; go-yaml resolve.go, scannerc.go.
  'yaml-unquoted': [
    {
      id: 'number',
      matches: isGoNumber,
      reason: 'the role writes it without quotes and K3s reads a number',
      sees: 'that number, written another way',
    },
    {
      id: 'word',
      matches: isYamlWord,
      reason: 'the role writes it without quotes and YAML has a meaning for this word',
      sees: 'true, false or nothing',
    },
    {
      id: 'first-character',
      matches: has(/^(?:[#*&!@`%[\]{}|>'",]|[-?:](?:\s|$))/),
      reason: 'the role writes it without quotes and YAML has a meaning for its first character',
      sees: 'another text, nothing, or a file that it cannot read',
    },
    {
      id: 'comment',
      matches: has(/\s#/),
      reason: 'the role writes it without quotes and a blank with # begins a comment',
      sees: 'the text up to there',
    },
    {
      id: 'mapping',
      matches: has(/:(?:\s|$)/),
      reason: 'the role writes it without quotes and a colon before a blank or the end makes a key',
      sees: 'a file that it cannot read',
    },
  ],
  // systemd src/basic/env-file.c
  'systemd-environment-file': [
    {
      id: 'quotes',
      matches: has(/^['"]/),
      reason: 'systemd takes a quote at the beginning for the begin of a quoted text',
      sees: UNQUOTED,
    },
    {
      id: 'backslash',
      matches: has(/\\/),
      reason: 'systemd takes the backslash for an escape',
      sees: 'the text without it',
    },
  ],
  // systemd.service(5), "Command lines"; systemd.unit(5), "Specifiers"
  'systemd-exec-start': [
    {
      id: 'percent',
      matches: has(/%/),
      reason: 'systemd replaces a percent sign with what follows, or refuses the unit',
      sees: 'something of the machine, such as its boot id, or no unit at all',
    },
    {
      id: 'dollar',
      matches: has(/\$/),
      reason: 'systemd replaces $NAME and ${NAME}, and $$ by one dollar sign',
      sees: 'the text without it',
    },
    {
      id: 'blank',
      matches: has(/\s/),
      reason: 'a blank ends the argument',
      sees: 'the text up to the blank',
    },
    {
      id: 'quotes',
      matches: has(/['"]/),
      reason: 'systemd takes quotes away, and refuses a unit where one is left alone',
      sees: UNQUOTED,
    },
    {
      id: 'backslash',
      matches: has(/\\/),
      reason: 'systemd takes the backslash for an escape',
      sees: 'the text without it',
    },
  ],
  // An assignment is not globbed, `#` inside a word is no comment, and `~` counts at the start and after a colon only.
  'openrc-sourced-file': [
    ...SHELL_WORD,
    {
      id: 'tilde',
      matches: has(/(?:^|:)~/),
      reason: 'the shell takes ~ for a home folder',
      sees: 'the path of that folder',
    },
  ],
  // K3s install.sh, create_env_file: sh -c export | while read x v; do echo $v; done
  'install-script': [
    {
      id: 'backslash',
      matches: has(/\\/),
      reason: 'where dash is the sh, the loop of install.sh reads a backslash as an escape',
      sees: 'the text without it',
    },
    {
      id: 'blanks',
      matches: has(/\s\s|[^\S ]/),
      reason: 'the loop of install.sh turns blanks in a row into one',
      sees: 'the text with one blank there',
    },
    {
      id: 'quotes',
      matches: has(/"/),
      reason:
        'where bash is the sh, it escapes the quote, and the loop of install.sh drops the escape',
      sees: UNQUOTED,
    },
  ],
  // Ansible's command module: shlex, then variables and home folders; systemd-run hands $ on to be expanded again.
  'command-module': [
    {
      id: 'blank',
      matches: has(/\s/),
      reason: 'the command module splits at blanks',
      sees: 'the text up to the blank',
    },
    {
      id: 'quotes',
      matches: has(/['"]/),
      reason: 'the command module takes quotes away, and fails where one is left alone',
      sees: UNQUOTED,
    },
    {
      id: 'backslash',
      matches: has(/\\/),
      reason: 'the command module takes the backslash for an escape',
      sees: 'the text without it',
    },
    {
      id: 'dollar',
      matches: has(/\$/),
      reason: 'the command module, and systemd after it, replace $NAME and ${NAME}',
      sees: 'what the variable holds, or the text without it',
    },
    {
      id: 'tilde',
      matches: has(/^~/),
      reason: 'the command module takes ~ for a home folder',
      sees: 'the path of that folder',
    },
  ],
  // A template with replace('%', '%%') whose text is no unit of systemd.
  'doubled-percent': [
    {
      id: 'percent',
      matches: has(/%/),
      reason: 'the role doubles a percent sign, and nothing takes the second one away',
      sees: 'the text with two of them',
    },
  ],
  shell: [
    ...SHELL_WORD,
    {
      id: 'pattern',
      matches: has(/[*?[{]/),
      reason: 'the shell replaces * ? [ and { by the names of files that fit, or by several words',
      sees: 'another text, where something fits',
    },
    {
      id: 'first-character',
      matches: has(/^[~#]/),
      reason: 'the shell takes ~ for a home folder, and # for a comment',
      sees: 'a path, or nothing',
    },
  ],
  'cut-at-colons': [
    {
      id: 'colon',
      matches: has(/:/),
      reason: 'the role cuts the file at colons',
      sees: 'the text up to the first colon',
    },
  ],
  'plain-file': [
    {
      id: 'white-space',
      matches: (text) => text !== trimAsK3s(text),
      reason: 'K3s cuts off white space around the token in a file',
      sees: 'the text without it',
    },
  ],
}

/** Whether the text passes an encoding unchanged. */
export function carries(encoding: Encoding, text: string): boolean {
  return !HARMS[encoding].some(({ matches }) => matches(text))
}
