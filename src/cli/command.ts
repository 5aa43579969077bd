import type { Report } from './report.js'
import type { Io } from './io.js'

/** An option or positional argument of a command, as help shows it. */
export interface OptionSpec {
  readonly type: 'text' | 'flag' | 'list'
  readonly describe: string
  /** What stands for the value in the help text; absent for flags. */
  readonly value?: string
  readonly alias?: string
  readonly choices?: readonly string[]
  /** Options that make no sense beside this one. */
  readonly excludes?: readonly string[]
  /** Switched on unless `--no-NAME` is given. */
  readonly isOnByDefault?: boolean
}

/** A command: what help says of it and what it does. */
export interface Command {
  /** Its words and positional arguments in yargs's notation: `token show [cluster]`. */
  readonly usage: string
  readonly summary: string
  readonly positionals?: Readonly<Record<string, OptionSpec>>
  readonly options: Readonly<Record<string, OptionSpec>>
  /** Command line without the program's name, or a whole one behind `$ `, and what it does. */
  readonly examples: readonly (readonly [string, string])[]
  /** What holds when a signal ends it, and how to go on: one line, lower case; absent: what was done is whole. */
  readonly interrupted?: string
  /**
   * Does the work and answers the exit status.
   * @throws K3sVarsError
   */
  readonly run: (call: Call) => Promise<number>
}

/** One call of a command. */
export interface Call {
  /** The command's words: `token-show`. */
  readonly name: string
  readonly input: Arguments
  readonly io: Io
  readonly report: Report
}

/** The options and arguments of a call, by their long names. */
export class Arguments {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values
  }

  /** The text given, or undefined without one. */
  text(name: string): string | undefined {
    const value = this.#values[name]
    return typeof value === 'string' ? value : undefined
  }

  /** Whether the flag is on. */
  has(name: string): boolean {
    return this.#values[name] === true
  }

  /** All texts given, in their order; empty without one. */
  list(name: string): readonly string[] {
    const value = this.#values[name]
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  }
}

/** The options that every command has. */
export const GLOBAL_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  config: { type: 'text', value: 'FILE', describe: 'The k3s_vars.yml to use' },
  json: { type: 'flag', describe: 'Print the result, and errors, as JSON' },
  quiet: {
    type: 'flag',
    alias: 'q',
    describe: 'Print errors only: no report, no warnings, no progress',
  },
}
