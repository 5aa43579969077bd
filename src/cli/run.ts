// The command line. Begin here: this is one call, from its words to its exit status, and the only place that catches
// everything. commands.ts lists the commands, each a file in commands/; command.ts says what one is, parser.ts reads the
// words, context.ts opens what a command works with, answer.ts and report.ts are what it says.
import type { Environment } from '../environment.js'
import { EXIT_STATUS } from '../errors.js'
import { listen } from '../interrupt.js'
import { exitStatusOf } from '../format-error.js'
import { refuseSecrets, wordsOf } from './arguments.js'
import { COMMANDS, GROUPS } from './commands.js'
import { parse } from './parser.js'
import { Report } from './report.js'
import type { Io, Output } from './io.js'
import { Arguments } from './command.js'
import { openConfig } from './context.js'

declare const K3S_VARS_VERSION: string

/** Columns of help: those of the terminal, though longer lines are hard to read, and 80 in a pipe. */
const [PIPE_WIDTH, MAX_WIDTH] = [80, 100]

/** Before the arguments are understood, an error still has to come in the form that was asked for. */
export function reportOf(
  argv: readonly string[],
  stderr: Output,
  environment: Pick<Environment, 'variables'>,
): Report {
  return new Report(stderr, environment, {
    json: argv.includes('--json'),
    quiet: argv.includes('--quiet') || argv.includes('-q'),
  })
}

/**
 * Runs one command line and answers its exit status; nothing is thrown.
 * @param argv the arguments behind the program's name
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let report = reportOf(argv, io.stderr, io.environment)
  try {
    refuseSecrets(argv)
    const parsed = await parse(argv, {
      commands: COMMANDS,
      groups: GROUPS,
      version: K3S_VARS_VERSION,
      clusters: () => clusterNames(io, report),
      width: Math.min(io.stdout.columns || PIPE_WIDTH, MAX_WIDTH),
    })
    if (parsed.kind === 'text') {
      io.stdout.write(parsed.text.endsWith('\n') ? parsed.text : `${parsed.text}\n`)
      return EXIT_STATUS.done
    }
    const { command, input } = parsed
    report = new Report(io.stderr, io.environment, {
      json: input.has('json'),
      quiet: input.has('quiet'),
    })
    const stop = listen((signal) => report.interrupted(signal, command.interrupted))
    try {
      return await command.run({ name: wordsOf(command).replaceAll(' ', '-'), input, io, report })
    } finally {
      stop()
    }
  } catch (error) {
    report.error(error)
    return exitStatusOf(error)
  }
}

/** What a shell offers is no place for an error: without a configuration there is no name. */
function clusterNames(io: Io, report: Report): readonly string[] {
  try {
    return openConfig({ name: 'completion', input: new Arguments({}), io, report }).clusters.map(
      ({ name }) => name,
    )
  } catch {
    return []
  }
}
