// Runs a program on a terminal of its own (a pty, by Python's standard library) and types into it.
import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

const TERMINAL = `
import json, os, pty, select, subprocess, sys, termios, fcntl, time
program, typed, question = json.loads(sys.argv[1]), sys.argv[2].encode(), sys.argv[3].encode()
main, side = pty.openpty()
child = subprocess.Popen(program, stdin=side, stdout=side, stderr=side, start_new_session=True,
                         preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
shown, waiting, end = b'', True, time.time() + 60
while time.time() < end:
    if select.select([main], [], [], 0.05)[0]:
        shown += os.read(main, 65536)
    elif child.poll() is not None:
        break
    if waiting and question in shown:
        waiting = False
        os.write(main, typed)
echo = bool(termios.tcgetattr(side)[3] & termios.ECHO)
print(json.dumps({'status': child.poll(), 'shown': shown.decode(), 'echo': echo}))
`

export interface TerminalOutcome {
  /** Negative: the number of the signal that ended it; null: it runs on. */
  readonly status: number | null
  /** Everything that stood on the terminal. */
  readonly shown: string
  /** Whether the terminal shows what is typed, afterwards. */
  readonly echo: boolean
}

export interface TerminalOptions {
  readonly question: string
  /** What is typed once the question stands on the terminal. */
  readonly typed: string
  readonly cwd: string
  readonly environment: NodeJS.ProcessEnv
}

export function runOnTerminal(
  program: readonly string[],
  options: TerminalOptions,
): TerminalOutcome {
  const { cwd, environment: env } = options
  const args = argumentsOf(program, options)
  const { stdout, stderr } = spawnSync('python3', args, { cwd, env, encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as TerminalOutcome
}

/** As {@link runOnTerminal}, while servers of the test go on answering. */
export async function startOnTerminal(
  program: readonly string[],
  options: TerminalOptions,
): Promise<TerminalOutcome> {
  const { cwd, environment: env } = options
  const { stdout } = await promisify(execFile)('python3', argumentsOf(program, options), {
    cwd,
    env,
  })
  return JSON.parse(stdout) as TerminalOutcome
}

function argumentsOf(
  program: readonly string[],
  { typed, question }: TerminalOptions,
): readonly string[] {
  return ['-c', TERMINAL, JSON.stringify(program), typed, question]
}
