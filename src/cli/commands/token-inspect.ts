import { EXIT_STATUS, UsageError } from '../../errors.js'
import { SEVERITY_WORDS } from '../../finding.js'
import { ROLE_PROFILES } from '../../role/profiles.js'
import type { KnownRole } from '../../role/profile.js'
import { explainFinding } from '../../token/lint.js'
import type { TokenFinding } from '../../token/lint.js'
import { inspectToken } from '../../token/inspect.js'
import type { TokenReport } from '../../token/inspect.js'
import { answer, formatFields } from '../answer.js'
import type { Call, Command } from '../command.js'
import { readTokenFile, readTokenInput } from '../secret-input.js'

export const TOKEN_INSPECT: Command = {
  usage: 'token inspect [file]',
  summary: 'Show what kind of token it is and where it would break; never prints it',
  positionals: {
    file: {
      type: 'text',
      describe: 'A file that holds the token; - or nothing for standard input',
    },
  },
  options: {
    stdin: { type: 'flag', describe: 'Read it from standard input, as without a file' },
    role: {
      type: 'text',
      value: 'ROLE',
      choices: Object.keys(ROLE_PROFILES),
      describe: 'The role that would read it; k3s-io if absent',
    },
    kind: {
      type: 'text',
      value: 'KIND',
      choices: ['server', 'agent'],
      describe: 'What it would be used as; server if absent',
    },
  },
  examples: [
    ['token inspect server-token', 'what a file holds'],
    ['token inspect --stdin --kind agent < agent-token', 'from standard input'],
    ['token inspect', 'what you paste; it is not shown'],
  ],
  interrupted: 'nothing was changed; run it again',
  run: tokenInspect,
}

async function tokenInspect(call: Call): Promise<number> {
  const { input, io } = call
  const file = input.text('file')
  if (file !== undefined && file !== '-' && input.has('stdin')) {
    throw new UsageError('K3SV_USAGE', '--stdin and a file exclude each other', {
      hint: 'leave out --stdin to look at the file',
    })
  }
  const source =
    file === undefined || file === '-'
      ? await readTokenInput(io, 'the token')
      : readTokenFile(file, 'the argument', io)
  const role = (input.text('role') ?? 'k3s-io') as KnownRole
  const kind = input.text('kind') === 'agent' ? 'agent' : 'server'
  const report = inspectToken(source.text.reveal(), { kind, role: ROLE_PROFILES[role] })
  answer(
    call,
    { ...report, findings: report.findings.map(showFinding), finalNewline: source.isTrimmed },
    formatReport(report, source.isTrimmed),
  )
  const isBad =
    report.problem !== null || report.findings.some(({ severity }) => severity === 'error')
  return isBad ? EXIT_STATUS.findings : EXIT_STATUS.done
}

const KINDS: Readonly<Record<TokenReport['kind'], string>> = {
  server: 'server token',
  agent: 'agent token',
  bootstrap: 'bootstrap token',
  password: 'password, for servers or agents',
  unknown: 'none that K3s can read',
  none: 'no token',
}

/** The lines that tell of a token. */
export function formatReport(report: TokenReport, isTrimmed: boolean): string[] {
  const { kind, format, caPinned, length, classes, bits, problem, findings } = report
  return [
    ...formatFields([
      ['kind', KINDS[kind]],
      ['format', format === null ? '-' : `${format}${caPinned ? ', pins the CA' : ''}`],
      [
        'length',
        `${length} characters of the secret${classes.length === 0 ? '' : `: ${classes.join(', ')}`}`,
      ],
      ['strength', `${bits} bits at most`],
      ...(isTrimmed ? [['final newline', 'one, taken off'] as const] : []),
    ]),
    ...(problem === null
      ? []
      : [`error: ${problem.message} (${problem.code})`, ...hintLine(problem.hint)]),
    ...findings.flatMap(formatTokenFinding),
    ...(problem === null && findings.length === 0 ? ['nothing is wrong with it'] : []),
  ]
}

/** As JSON shows it. */
function showFinding({ rule, severity, message, ...rest }: TokenFinding): object {
  return { rule, severity, reason: message, ...rest }
}

function formatTokenFinding(finding: TokenFinding): string[] {
  const { severity, file, rule, hint } = finding
  const where = file === undefined ? '' : ` [${file}]`
  return [
    `${SEVERITY_WORDS[severity]}: ${explainFinding(finding)}${where} (${rule})`,
    ...hintLine(hint),
  ]
}

function hintLine(hint: string | undefined): string[] {
  return hint === undefined ? [] : [`  hint: ${hint}`]
}
