// Asks a person a question that is no secret, until an answer is given that is taken.
import { UsageError } from '../errors.js'
import { printableLine } from '../printable.js'
import type { Io } from './io.js'
import { askOpenly, hasTerminal } from './prompt.js'
import { wrap } from './wrap.js'

export interface Question {
  /** What is to be known before; each is a line, and shown once. */
  readonly about?: readonly string[]
  /** What Return alone answers; absent: something has to be typed. */
  readonly first?: string | undefined
  /** Why an answer is not taken, in a few words; undefined: it is. */
  readonly refuse: (answer: string) => string | undefined
}

/** Takes one of these answers, and no other. */
export function among(choices: readonly string[]): Question['refuse'] {
  return (answer) => (choices.includes(answer) ? undefined : 'it is none of these')
}

/**
 * The answer to `what`, asked until it is one that is taken; undefined where there is no terminal to ask on.
 * @throws UsageError `K3SV_USAGE_TERMINAL` where nobody answers
 */
export function askFor(
  io: Io,
  what: string,
  { about = [], first, refuse }: Question,
): string | undefined {
  if (!hasTerminal(io)) return undefined
  const hint = 'say it with an option instead; --help lists them'
  const question = `${what}${first === undefined ? '' : ` [${first}]`}: `
  let before = about
  for (;;) {
    const lines = [...before, question].map(printableLine)
    const typed = askOpenly(io, lines, { what: `for ${what}`, hint })
    // The end of file, and no empty line.
    if (typed === '') {
      throw new UsageError('K3SV_USAGE_TERMINAL', `nobody answered the question: ${what}`, { hint })
    }
    const answer = typed.trim() || first
    const problem = answer === undefined ? undefined : refuse(answer)
    if (answer !== undefined && problem === undefined) return answer
    before = problem === undefined ? [] : wrap(problem, '  ')
  }
}
