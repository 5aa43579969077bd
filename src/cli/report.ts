// The only place that writes to standard error.
import { styleText } from 'node:util'
import type { Environment } from '../environment.js'
import { describeError, formatError } from '../format-error.js'
import type { Signal } from '../interrupt.js'
import { printable, printableJson, printableLine } from '../printable.js'
import type { Output } from './io.js'
import { schemaId } from './schema-id.js'
import { fitTerminal } from './terminal-line.js'

export interface ReportOptions {
  /** Errors as one JSON object each. */
  readonly json: boolean
  /** Neither warnings nor progress. */
  readonly quiet: boolean
}

/** What holds for every command. */
const WHOLE = 'what was done is whole; run it again to go on'

type Variables = Pick<Environment, 'variables'>

const BAR_WIDTH = 30
/** A bar for work that is done at once would only flicker. */
const BAR_AFTER_MILLISECONDS = 1000

/** Tells the user what is not the answer: errors, warnings and progress. */
export class Report {
  readonly #stream: Output
  readonly #environment: Variables
  readonly #options: ReportOptions
  /** What goes on, as far as it counts. */
  #work: { readonly label: string; readonly done: number; readonly total: number } | undefined

  constructor(stream: Output, environment: Variables, options: ReportOptions) {
    this.#stream = stream
    this.#environment = environment
    this.#options = options
  }

  /**
   * Shows an error with its place, code and hint.
   * @param about as in {@link describeError}
   */
  error(error: unknown, about?: string): void {
    if (this.#options.json) {
      this.#stream.write(
        `${printableJson({ schema: schemaId('error'), error: describeError(error, about) })}\n`,
      )
      return
    }
    const [line = '', ...hints] = formatError(error, about)
    const show = (colour: 'red' | 'cyan', text: string): boolean =>
      this.#stream.write(`${this.#paint(colour, fitTerminal(text, this.#stream))}\n`)
    show('red', line)
    for (const hint of hints) show('cyan', hint)
  }

  /** Shows one line that the user should know besides the answer; `text` is ours and holds no input. */
  warn(text: string): void {
    if (this.#options.quiet || this.#options.json) return
    this.#stream.write(
      `${this.#paint('yellow', fitTerminal(printable(`k3s_vars: warning: ${text}`), this.#stream))}\n`,
    )
  }

  /**
   * Says in one line what a signal that ends the program has left, and how to go on.
   * @param left what the command says of that
   */
  interrupted(signal: Signal, left = WHOLE): void {
    const { label, done, total } = this.#work ?? {}
    if (this.#options.json) {
      const told = { signal, ...this.#work, message: left }
      this.#stream.write(`${printableJson({ schema: schemaId('interrupted'), ...told })}\n`)
      return
    }
    const during = label === undefined ? '' : ` while ${label}, ${done} of ${total} done`
    // Behind what the terminal shows of a key, or of a bar.
    const line = `k3s_vars: interrupted${during}: ${left}`
    this.#stream.write(`${this.#stream.isTTY === true ? '\n' : ''}${this.#paint('yellow', line)}\n`)
  }

  /** Shows what a person has to know before a question. */
  note(lines: readonly string[]): void {
    this.#stream.write(`${lines.map(printable).join('\n')}\n`)
  }

  /**
   * A counter for work of `total` steps. It shows a bar on a terminal, once the work has taken a second.
   * @param now milliseconds
   */
  progress(label: string, total: number, now: () => number): Progress {
    const isShown = this.#stream.isTTY === true && !this.#options.quiet && !this.#options.json
    const begun = now()
    let done = 0
    let isDrawn = false
    this.#work = { label, done, total }
    return {
      step: (amount = 1) => {
        done += amount
        this.#work = { label, done: Math.floor(done + 1e-6), total }
        if (!isShown || now() - begun < BAR_AFTER_MILLISECONDS) return
        isDrawn = true
        this.#stream.write(`\r${formatBar(label, done, total)}`)
      },
      end: () => {
        this.#work = undefined
        if (isDrawn) this.#stream.write('\r\u001b[K')
      },
    }
  }

  /**
   * One line about work that goes on: it changes on a terminal; elsewhere each text is a line, once. Nothing with `--quiet` and
   * `--json`.
   */
  running(): Running {
    const { quiet, json } = this.#options
    const isTerminal = this.#stream.isTTY === true
    let last = ''
    return {
      show: (text) => {
        if (quiet || json || text === last) return
        last = text
        this.#stream.write(
          isTerminal ? `\r\u001b[K${printableLine(text)}` : `${printableLine(text)}\n`,
        )
      },
      end: () => {
        if (isTerminal && last !== '') this.#stream.write('\r\u001b[K')
      },
    }
  }

  #paint(colour: 'red' | 'cyan' | 'yellow', text: string): string {
    return hasColours(this.#stream, this.#environment)
      ? styleText(colour, text, { validateStream: false })
      : text
  }
}

/** Work that goes on, told in one line. */
export interface Running {
  show(text: string): void
  /** Takes the line off the terminal. */
  end(): void
}

export interface Progress {
  /** One step is done, or a part of one. */
  step(amount?: number): void
  /** Takes the bar off the terminal. */
  end(): void
}

/**
 * Whether a stream gets colours: a terminal that is not a dumb one, or any stream where `CLICOLOR_FORCE` asks for them
 * (https://bixense.com/clicolors); never with `NO_COLOR` (https://no-color.org).
 */
export function hasColours(stream: Output, { variables }: Variables): boolean {
  const { NO_COLOR, CLICOLOR_FORCE, TERM } = variables
  if (NO_COLOR) return false
  if (CLICOLOR_FORCE && CLICOLOR_FORCE !== '0') return true
  return stream.isTTY === true && TERM !== 'dumb'
}

/** `label [####      ] 4/10`. */
export function formatBar(label: string, done: number, total: number): string {
  const filled = total === 0 ? BAR_WIDTH : Math.round((Math.min(done, total) / total) * BAR_WIDTH)
  return `${label} [${'#'.repeat(filled).padEnd(BAR_WIDTH)}] ${Math.floor(done + 1e-6)}/${total}`
}
