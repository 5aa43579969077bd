// Asks for secrets on the terminal, as Ansible and sudo do: on /dev/tty, so that standard input and output stay free, without
// echo. The terminal gives every key at once, so that Ctrl-C can put it back in order before it ends the program.
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { UsageError } from '../errors.js'
import { pauseListening } from '../interrupt.js'
import { printable } from '../printable.js'
import { Secret } from '../secret.js'
import type { Prompt } from '../vault/passwords.js'
import type { Io } from './io.js'

const TERMINAL = '/dev/tty'
const MAX_BYTES = 4096
const KEYS = {
  interrupt: 0x03,
  end: 0x04,
  backspace: 0x08,
  newline: 0x0a,
  return: 0x0d,
  kill: 0x15,
  quit: 0x1c,
  delete: 0x7f,
} as const

/**
 * The prompt for vault passwords of this io; undefined where there is no terminal to ask on. Standard input may be a pipe that
 * brings something else: as with Ansible, the terminal itself is asked.
 */
export function promptOf(io: Io): Prompt | undefined {
  if (io.stderr.isTTY !== true) return undefined
  return (id) =>
    ask(`Vault password (${id}): `, {
      what: 'the vault password',
      hint: 'put the password into a file and name it in ansible.cfg or ANSIBLE_VAULT_PASSWORD_FILE',
    })
}

/**
 * What a person types or pastes as a token; undefined where there is no terminal to ask on.
 * @param what what is asked for, as in `the server token of prod`
 * @throws UsageError `K3SV_USAGE_TERMINAL`
 */
export function askForToken(io: Io, what: string): Secret | undefined {
  if (!hasTerminal(io)) return undefined
  const hint = 'put the token into a file of mode 0600 and use --file, or pipe it in'
  const bytes = ask(`${what[0]!.toUpperCase()}${what.slice(1)}, not shown: `, { what, hint })
  return new Secret(bytes.reveal().toString('utf8'))
}

/**
 * What a person answers to a question that is no secret.
 * @param question its lines; the answer is typed behind the last one
 * @throws UsageError `K3SV_USAGE_TERMINAL` where there is no terminal to ask on
 */
export function askOpenly(
  io: Io,
  question: readonly string[],
  { what, hint }: { readonly what: string; readonly hint: string },
): string {
  const unasked = (): UsageError =>
    new UsageError('K3SV_USAGE_TERMINAL', `there is no terminal to ask ${what} on`, { hint })
  if (!hasTerminal(io)) throw unasked()
  let terminal: number
  try {
    terminal = openSync(TERMINAL, 'r+')
  } catch {
    throw unasked()
  }
  const listenAgain = pauseListening()
  try {
    writeSync(terminal, question.map(printable).join('\n'))
    const typed = Buffer.alloc(MAX_BYTES)
    return typed.toString('utf8', 0, readSync(terminal, typed, 0, MAX_BYTES, null))
  } finally {
    listenAgain()
    closeSync(terminal)
  }
}

/** Whether there is one to ask a person on. */
export function hasTerminal({ stdin, stderr }: Io): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/** @throws UsageError `K3SV_USAGE_TERMINAL` where the terminal cannot be opened or its echo not be switched off */
function ask(
  question: string,
  { what, hint }: { readonly what: string; readonly hint: string },
): Secret<Buffer> {
  let terminal: number | undefined
  let line: Buffer | undefined
  const listenAgain = pauseListening()
  try {
    terminal = openSync(TERMINAL, 'r+')
    const restored = stty(terminal, '-g')
    try {
      stty(terminal, '-echo', '-icanon', '-isig', 'min', '1', 'time', '0')
      writeSync(terminal, printable(question))
      line = readLine(terminal)
    } finally {
      stty(terminal, restored)
      writeSync(terminal, '\n')
    }
  } catch {
    listenAgain()
    throw new UsageError('K3SV_USAGE_TERMINAL', `the terminal cannot be asked for ${what}`, {
      hint,
    })
  } finally {
    if (terminal !== undefined) closeSync(terminal)
  }
  if (line === undefined) process.kill(process.pid, 'SIGINT')
  listenAgain()
  if (line !== undefined) return new Secret(line)
  throw new UsageError('K3SV_USAGE_TERMINAL', `nobody answered the question for ${what}`, { hint })
}

function stty(terminal: number, ...settings: readonly string[]): string {
  return execFileSync('stty', settings, { stdio: [terminal, 'pipe', 'ignore'] })
    .toString()
    .trim()
}

/** What was typed, without the key that ended it; undefined where Ctrl-C did. */
function readLine(terminal: number): Buffer | undefined {
  const line = Buffer.alloc(MAX_BYTES)
  const typed = Buffer.alloc(MAX_BYTES)
  let length = 0
  for (;;) {
    const read = readSync(terminal, typed, 0, MAX_BYTES, null)
    if (read === 0) return Buffer.from(line.subarray(0, length))
    for (const key of typed.subarray(0, read)) {
      switch (key) {
        case KEYS.interrupt:
        case KEYS.quit:
          return undefined
        case KEYS.newline:
        case KEYS.return:
        case KEYS.end:
          return Buffer.from(line.subarray(0, length))
        case KEYS.backspace:
        case KEYS.delete:
          length = startOfLast(line, length)
          break
        case KEYS.kill:
          length = 0
          break
        default:
          if (length < MAX_BYTES) line[length++] = key
      }
    }
  }
}

/** Where the last character begins: the bytes that continue one in UTF-8 are 0b10xxxxxx. */
function startOfLast(line: Buffer, length: number): number {
  let start = Math.max(0, length - 1)
  while (start > 0 && (line[start]! & 0xc0) === 0x80) start--
  return start
}
