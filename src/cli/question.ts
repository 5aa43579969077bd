// Asks a person for something that is no secret: on /dev/tty, with echo, so that standard input and output stay free.
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { UsageError } from '../errors.js'
import { printableLine } from '../printable.js'
import type { Io } from './io.js'

const TERMINAL = '/dev/tty'
const MOST_BYTES = 4096

export interface Question {
  /** The answers that are taken; absent: any. */
  readonly choices?: readonly string[]
  /** What Return alone answers; absent: something has to be typed. */
  readonly first?: string | undefined
}

/**
 * The answer to `what`, asked until it is one that is taken; undefined where there is no terminal to ask on.
 * @throws UsageError `K3SV_USAGE_TERMINAL` where nobody answers
 */
export function askFor(
  { stdin, stderr }: Io,
  what: string,
  { choices, first }: Question,
): string | undefined {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return undefined
  const among = choices === undefined ? '' : ` (${choices.join(', ')})`
  const byDefault = first === undefined ? '' : ` [${first}]`
  const question = `${printableLine(`${what}${among}${byDefault}`)}: `
  for (;;) {
    const answer = readAnswer(question, what) || first
    if (answer !== undefined && (choices === undefined || choices.includes(answer))) return answer
  }
}

function readAnswer(question: string, what: string): string {
  let terminal: number | undefined
  try {
    terminal = openSync(TERMINAL, 'r+')
    writeSync(terminal, question)
    const line = Buffer.alloc(MOST_BYTES)
    const length = readSync(terminal, line, 0, MOST_BYTES, null)
    // The end of file, and no empty line.
    if (length > 0) return line.subarray(0, length).toString().trim()
  } catch {
    // Told as one that nobody answered.
  } finally {
    if (terminal !== undefined) closeSync(terminal)
  }
  throw new UsageError('K3SV_USAGE_TERMINAL', `nobody answered the question: ${what}`, {
    hint: 'say it with an option instead; --help lists them',
  })
}
