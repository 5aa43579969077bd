// Asks for a vault password on the terminal, as Ansible does: on /dev/tty, so that standard input stays free, without echo.
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { UsageError } from '../errors.js'
import { Secret } from '../secret.js'
import type { Prompt } from '../vault/passwords.js'
import type { Io } from './io.js'

const TERMINAL = '/dev/tty'
const NEWLINE = 0x0a
const MAX_BYTES = 4096

/** The prompt of this io; undefined where there is no terminal to ask on. */
export function promptOf({ stdin, stderr }: Io): Prompt | undefined {
  return stdin.isTTY === true && stderr.isTTY === true ? ask : undefined
}

/** @throws UsageError `K3SV_USAGE_TERMINAL` where the terminal cannot be opened or its echo not be switched off */
function ask(id: string): Secret<Buffer> {
  let terminal: number | undefined
  try {
    terminal = openSync(TERMINAL, 'r+')
    const restored = stty(terminal, '-g')
    try {
      stty(terminal, '-echo')
      writeSync(terminal, `Vault password (${id}): `)
      return new Secret(readLine(terminal))
    } finally {
      stty(terminal, restored)
      writeSync(terminal, '\n')
    }
  } catch {
    throw new UsageError(
      'K3SV_USAGE_TERMINAL',
      'the terminal cannot be asked for the vault password',
      {
        hint: 'put the password into a file and name it in ansible.cfg or ANSIBLE_VAULT_PASSWORD_FILE',
      },
    )
  } finally {
    if (terminal !== undefined) closeSync(terminal)
  }
}

function stty(terminal: number, setting: string): string {
  return execFileSync('stty', [setting], { stdio: [terminal, 'pipe', 'ignore'] })
    .toString()
    .trim()
}

/** A terminal hands out a line at a time, without its end of line here. */
function readLine(terminal: number): Buffer {
  const line = Buffer.alloc(MAX_BYTES)
  let length = 0
  for (
    let read = -1;
    read !== 0 && length < MAX_BYTES && line[length - 1] !== NEWLINE;
    length += read
  ) {
    read = readSync(terminal, line, length, MAX_BYTES - length, null)
  }
  return Buffer.from(line.subarray(0, line[length - 1] === NEWLINE ? length - 1 : length))
}
