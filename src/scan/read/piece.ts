// Text within a file, and where it stands there. A reader that takes quotes off hands the rest on as another piece: a script in a
// string, a setting in that script.

/** A text, and the span of the file's text that it was read from. */
export interface Piece {
  readonly text: string
  /** Where it was read from, in the file's text. */
  readonly start: number
  readonly end: number
  /** Whether it is that very span, so that places in it are places in the file. */
  readonly isExact: boolean
}

/** Beyond this many characters places within a piece are not told apart. */
const LONGEST = 64 * 1024

/** No section of settings that people write is longer. */
const SECTION = 8000

/** Offsets of pieces in the text of one file. */
export class Places {
  readonly #text: string
  #lines: number[] | undefined
  /** Of the line that was asked for last. */
  #section: { readonly line: number; readonly name: string | undefined } = {
    line: 0,
    name: undefined,
  }

  constructor(text: string) {
    this.#text = text
  }

  /** The whole file as a piece. */
  whole(): Piece {
    return { text: this.#text, start: 0, end: this.#text.length, isExact: true }
  }

  /** Where the text that stands at `index` of the piece stands in the file: at the like occurrence of the same text. */
  find(piece: Piece, index: number, text: string): number {
    if (piece.isExact) return piece.start + index
    if (piece.end - piece.start > LONGEST || text === '') return piece.start
    const { start, end } = piece
    let place = this.#text.indexOf(text, start)
    for (
      let at = piece.text.indexOf(text);
      at >= 0 && at < index;
      at = piece.text.indexOf(text, at + 1)
    ) {
      const next = this.#text.indexOf(text, place + 1)
      if (next < 0 || next >= end) break
      place = next
    }
    return place < 0 || place >= end ? start : place
  }

  /** The line that an offset ends, as far as it. */
  lineTo(end: number): Piece {
    const start = this.#text.lastIndexOf('\n', end - 1) + 1
    return { text: this.#text.slice(start, end), start, end, isExact: true }
  }

  /** The lines behind an offset's line up to the next item of a list, then those before it, as many at most. */
  linesAround(offset: number, most: number): Piece[] {
    const own = this.#text.lastIndexOf('\n', offset - 1) + 1
    const behind: Piece[] = []
    for (
      let start = this.#lineBehind(own);
      start !== undefined && behind.length < most;
      start = this.#lineBehind(start)
    ) {
      const line = this.#lineAt(start)
      if (/^\s*- /.test(line.text)) break
      behind.push(line)
    }
    const before: Piece[] = []
    for (
      let start = own;
      start > 0 && before.length < most && !/^\s*- /.test(this.#lineAt(start).text);
    ) {
      start = this.#text.lastIndexOf('\n', start - 2) + 1
      before.push(this.#lineAt(start))
    }
    return [...behind, ...before]
  }

  #lineBehind(start: number): number | undefined {
    const newline = this.#text.indexOf('\n', start)
    return newline < 0 || newline + 1 >= this.#text.length ? undefined : newline + 1
  }

  #lineAt(start: number): Piece {
    const newline = this.#text.indexOf('\n', start)
    const end = newline < 0 ? this.#text.length : newline
    return { text: this.#text.slice(start, end), start, end, isExact: true }
  }

  /** The section of settings that an offset stands in: what is in `[…]` on a line above it. */
  sectionAt(offset: number): string | undefined {
    const { line } = this.position(offset)
    if (line !== this.#section.line) this.#section = { line, name: this.#findSection(offset) }
    return this.#section.name
  }

  #findSection(offset: number): string | undefined {
    const from = Math.max(0, offset - SECTION)
    const before = this.#text.slice(from, offset)
    return [...before.matchAll(/^\[{1,2}([^\]\n]{1,200})\]{1,2}[ \t]*$/gm)].at(-1)?.[1]
  }

  /** Line and column of an offset, both from 1. */
  position(offset: number): { readonly line: number; readonly column: number } {
    const lines = (this.#lines ??= lineStarts(this.#text))
    let [low, high] = [0, lines.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (lines[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - lines[low]! + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1)
  }
  return starts
}

/** A part of a piece: exact where the piece is. */
export function part(piece: Piece, from: number, to: number): Piece {
  const text = piece.text.slice(from, to)
  if (!piece.isExact) return { ...piece, text }
  return { text, start: piece.start + from, end: piece.start + to, isExact: true }
}

/** What a part reads as once its quotes and escapes are taken off. */
export function decoded(piece: Piece, from: number, to: number, text: string): Piece {
  const whole = part(piece, from, to)
  return whole.text === text ? whole : { ...whole, text, isExact: false }
}
