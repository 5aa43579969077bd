// Texts within a text: here-documents of scripts, each with the file that it is written into.
import { targetOf } from '../forms/files.js'
import type { Target } from '../forms/files.js'
import { readWords } from './words.js'

export interface Heredoc {
  /** Of the lines between the one that opens it and the one that closes it. */
  readonly start: number
  readonly end: number
  readonly target: Target | undefined
}

const OPENING = /<<[-~]?[ \t]{0,8}\\?["']?([A-Za-z_]\w{0,60})["']?/g
const MOST = 2000

/** The here-documents of a text, in order; one within another is part of the outer. */
export function heredocsIn(text: string): Heredoc[] {
  if (!text.includes('<<')) return []
  const found: Heredoc[] = []
  const opening = new RegExp(OPENING)
  const missing = new Set<string>()
  for (
    let match = opening.exec(text);
    match !== null && found.length < MOST;
    match = opening.exec(text)
  ) {
    const start = text.indexOf('\n', match.index) + 1
    if (start === 0) break
    const end = missing.has(match[1]!) ? undefined : closing(text, start, match[1]!)
    if (end === undefined) {
      missing.add(match[1]!)
      continue
    }
    found.push({ start, end, target: targetIn(lineBefore(text, match.index, start)) })
    opening.lastIndex = end
  }
  return found
}

/** The line that opens it, as much of it as people write. */
function lineBefore(text: string, at: number, end: number): string {
  const before = text.slice(Math.max(0, at - 300), at)
  return before.slice(before.lastIndexOf('\n') + 1) + text.slice(at, Math.min(end, at + 300))
}

/** Where the line that closes it begins; looked for by its word, which then stands alone. */
function closing(text: string, start: number, word: string): number | undefined {
  for (let at = text.indexOf(word, start), tries = 0; at >= 0 && tries < 100; tries++) {
    const line = text.lastIndexOf('\n', at) + 1
    const isAlone =
      /^[ \t]*$/.test(text.slice(line, at)) &&
      !/^[\w=]/.test(text.slice(at + word.length, at + word.length + 1))
    if (isAlone && line >= start) return line
    at = text.indexOf(word, at + 1)
  }
  return undefined
}

/** The first file that the line names: behind `>`, as an argument of `tee`, or of Dockerfile's `COPY`. */
function targetIn(line: string): Target | undefined {
  const words = readWords(line)
  const output = words.findIndex(({ kind, text }) => kind === 'operator' && /^>>?$/.test(text))
  if (output >= 0 && !words[output + 1]?.text.startsWith('/dev/'))
    return targetOf(words[output + 1]?.text)
  const tee = words.findIndex(({ text }) => text === 'tee' || text === 'COPY' || text === 'ADD')
  if (tee < 0) return undefined
  const file = words.slice(tee + 1).find(({ kind, text }) => kind === 'word' && /[/.]/.test(text))
  return targetOf(file?.text)
}
