// Shows an answer again and again. On a terminal it stays in its place; elsewhere it is written only when it has changed, so that a
// log has what happened and nothing else.
import { setTimeout as pause } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { printableJson } from '../printable.js'
import { renderLines } from './answer.js'
import type { Line } from './answer.js'
import type { Call } from './command.js'
import { schemaId } from './schema-id.js'

export interface Shown {
  readonly document: object
  readonly lines: readonly Line[]
  /** Whether there is nothing more to wait for. */
  readonly isOver: boolean
  readonly status: number
}

const EVERY_MILLISECONDS = 1000

/**
 * Looks until it is over; with `--json` each change is a document on a line of its own.
 * @param form as for `answer`
 * @returns the status of the last look
 */
export async function watch(
  call: Call,
  look: () => Promise<Shown>,
  form?: string,
): Promise<number> {
  const { name, input, io } = call
  const screen = new Screen(call)
  const schema = schemaId(form === undefined ? name : `${name}-${form}`)
  let former: string | undefined
  for (;;) {
    const { document, lines, isOver, status } = await look()
    const text = input.has('json')
      ? `${printableJson({ schema, ...document })}\n`
      : renderLines(call, lines)
    if (text !== former && !input.has('quiet')) screen.show(text)
    if (isOver) return status
    former = text
    await pause(
      io.patience === undefined ? EVERY_MILLISECONDS : Math.min(io.patience, EVERY_MILLISECONDS),
    )
  }
}

/** What stands in the place of what was shown before. */
class Screen {
  readonly #call: Call
  #height = 0

  constructor(call: Call) {
    this.#call = call
  }

  show(text: string): void {
    const { io, input } = this.#call
    const isInPlace = io.stdout.isTTY === true && !input.has('json')
    // Up to where it began, and away with all below.
    const back = isInPlace && this.#height > 0 ? `\u001b[${this.#height}A\u001b[J` : ''
    const gap = !isInPlace && !input.has('json') && this.#height > 0 ? '\n' : ''
    io.stdout.write(`${back}${gap}${text}`)
    this.#height = heightOf(text, io.stdout.columns ?? Number.POSITIVE_INFINITY)
  }
}

/** Lines of the terminal that a text takes. */
function heightOf(text: string, columns: number): number {
  const lines = stripVTControlCharacters(text).split('\n').slice(0, -1)
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0)
}
