// What a shell offers at the cursor. yargs knows the commands, the options and their choices; which clusters there are only the
// configuration knows.
import type { Command, OptionSpec } from './command.js'
import { GLOBAL_OPTIONS } from './command.js'

/** The option by which the scripts of `completion` ask, followed by the program's name and the words up to the cursor. */
export const COMPLETION_OPTION = '--get-yargs-completions'

/** Positional arguments that name clusters. */
const CLUSTERS = ['cluster', 'clusters']

export interface CompletedCall {
  /** Everything behind {@link COMPLETION_OPTION}. */
  readonly words: readonly string[]
  /** The command that the words have come to. */
  readonly command: Command | undefined
}

/** Whether the word at the cursor can be the name of a cluster. */
export function expectsCluster({ words, command }: CompletedCall): boolean {
  const names = Object.keys(command?.positionals ?? {})
  if (command === undefined || !names.some((name) => CLUSTERS.includes(name))) return false
  const [current = '', previous = ''] = words.toReversed()
  return !current.startsWith('-') && !takesValue(previous, command)
}

function takesValue(word: string, command: Command): boolean {
  const specs: readonly (readonly [string, OptionSpec])[] = Object.entries({
    ...GLOBAL_OPTIONS,
    ...command.options,
  })
  return specs.some(
    ([name, { type, alias }]) =>
      type !== 'flag' && (word === `--${name}` || (alias !== undefined && word === `-${alias}`)),
  )
}
