// Asks a person for one of several answers, none of them a secret, until one is given that is taken.
import { UsageError } from '../errors.js'
import { printableLine } from '../printable.js'
import type { Io } from './io.js'
import { askOpenly, hasTerminal } from './prompt.js'

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
export function askFor(io: Io, what: string, { choices, first }: Question): string | undefined {
  if (!hasTerminal(io)) return undefined
  const hint = 'say it with an option instead; --help lists them'
  const among = choices === undefined ? '' : ` (${choices.join(', ')})`
  const byDefault = first === undefined ? '' : ` [${first}]`
  const question = `${printableLine(`${what}${among}${byDefault}`)}: `
  for (;;) {
    const typed = askOpenly(io, question, { what: `for ${what}`, hint })
    // The end of file, and no empty line.
    if (typed === '') {
      throw new UsageError('K3SV_USAGE_TERMINAL', `nobody answered the question: ${what}`, { hint })
    }
    const answer = typed.trim() || first
    if (answer !== undefined && (choices === undefined || choices.includes(answer))) return answer
  }
}
