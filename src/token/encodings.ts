// What each way of writing a token to a node does to it, as data. Evidence: systemd env-file.c, dash, PyYAML, go-yaml.
import type { Encoding } from '../role/profile.js'
import type { Severity } from './rules.js'
import { isBareForPyYaml } from './yaml-types.js'

/** A shape that does not survive an encoding. */
export interface Harm {
  /** Part of the rule's id: `encoding/<id>`. */
  readonly id: string
  /** `warn` where only some hosts have such a file: it does not make the token wrong everywhere. */
  readonly severity: Severity
  readonly matches: (text: string) => boolean
  /** What the node sees instead. */
  readonly reason: string
}

/** What breaks in each encoding. */
export const HARMS: Readonly<Record<Encoding, readonly Harm[]>> = {
  to_nice_yaml: [
    {
      id: 'number',
      severity: 'error',
      matches: isBareForPyYaml,
      reason: 'PyYAML writes it without quotes and K3s reads a number',
    },
  ],
  'systemd-environment-file': [
    {
      id: 'quotes',
      severity: 'error',
      matches: (text) => /^['"]/.test(text),
      reason: 'systemd takes the quotes away, or reads on to the next one',
    },
    {
      id: 'backslash',
      severity: 'error',
      matches: (text) => text.includes('\\'),
      reason: 'systemd takes the backslash away',
    },
  ],
  'openrc-sourced-file': [
    {
      id: 'shell',
      severity: 'warn',
      // An assignment is not globbed, `#` inside a word is no comment, and `~` counts at the start and after a colon only.
      matches: (text) => /[$`\\\s;&|()<>'"]|(?:^|:)~/.test(text),
      reason: 'the file is sourced by a shell, which expands, splits or runs this',
    },
  ],
}

/** Whether the text passes an encoding unchanged. */
export function carries(encoding: Encoding, text: string): boolean {
  return !HARMS[encoding].some(({ matches }) => matches(text))
}
