import type { Word } from './words.js'

/** A simple command of a line. */
export interface Command {
  /** Its words, the program first but for assignments and `sudo`. */
  readonly words: readonly Word[]
  /** All words of its pipeline before it: `curl … |`. */
  readonly before: readonly Word[]
  /** What its output goes to: `> FILE`, `| tee FILE`. */
  readonly output: string | undefined
  /** The words that the command after it in its pipeline has. */
  readonly next: readonly Word[]
}

const SEPARATORS = new Set([';', '&', '&&', '||', ';;', '|', '>&', '&>'])

/** The simple commands of a line. */
export function commandsIn(words: readonly Word[]): Command[] {
  const runs = split(words)
  return runs.map((run, index) => {
    const next = run.isPiped ? (runs[index + 1]?.words ?? []) : []
    return {
      words: run.words,
      before: piped(runs, index),
      output: outputOf(run.words) ?? (isTee(next) ? teeTarget(next) : outputOf(next)),
      next,
    }
  })
}

interface Run {
  readonly words: readonly Word[]
  /** Whether its output goes to the next. */
  readonly isPiped: boolean
}

function split(words: readonly Word[]): Run[] {
  const runs: Run[] = []
  let run: Word[] = []
  for (const word of words) {
    if (word.kind === 'operator' && SEPARATORS.has(word.text)) {
      runs.push({ words: run, isPiped: word.text === '|' })
      run = []
    } else run.push(word)
  }
  return [...runs, { words: run, isPiped: false }]
}

/** What a pipeline before a command can be looked through for. */
const MOST_PIPED = 4

function piped(runs: readonly Run[], index: number): Word[] {
  const before: Word[] = []
  for (let at = index - 1; at >= 0 && at >= index - MOST_PIPED && runs[at]!.isPiped; at--) {
    before.unshift(...runs[at]!.words)
  }
  return before
}

/** The file of `> FILE` or `>> FILE`. */
function outputOf(words: readonly Word[]): string | undefined {
  const at = words.findIndex(({ kind, text }) => kind === 'operator' && /^>>?$/.test(text))
  return at < 0 ? undefined : words[at + 1]?.text
}

function isTee(words: readonly Word[]): boolean {
  return words.slice(0, 4).some(({ text }) => /^(?:\/usr\/bin\/)?tee$/.test(text))
}

function teeTarget(words: readonly Word[]): string | undefined {
  const at = words.findIndex(({ text }) => /tee$/.test(text))
  return words.slice(at + 1).find(({ kind, text }) => kind === 'word' && !text.startsWith('-'))
    ?.text
}
