// Reads text of any sort by its lines: scripts, units, histories, inventories, documents, and what stands in strings. House rule
// of all readers: time is linear in the text. A pattern is sticky, anchored or bounded, and no line is looked at further than
// REACH around what could be a name.
import { part } from './piece.js'
import type { Piece } from './piece.js'
import { commandsIn } from './commands.js'
import { assignmentsIn } from './assignments.js'
import { readCalls, readCells, readExpansions } from './expansions.js'
import type { Gather } from './gather.js'
import type { Line, Setting } from './line.js'
import { readOptions } from './options.js'
import { heredocsIn } from './heredocs.js'
import { targetOf } from '../forms/files.js'
import { isSpecific } from '../forms/names.js'
import type { Target } from '../forms/files.js'
import { readPair } from './pairs.js'
import { readSentence, readSettings } from './settings.js'
import { readStored } from './stores.js'
import { readVaultPasswords } from './vault-passwords.js'
import { readWords } from './words.js'
import type { Word } from './words.js'
import { readFormatted, readWritten } from './written.js'

/** What a line must have to be looked at. */
export const ANCHOR =
  /token|(?:k3s|rke2)[\w.-]{0,40}secret|(?:cluster|shared|join)[-_.]?secret|vault[-_.]?(?:pass|pw|id|key|secret)|(?<![\w-])-t(?![\w-])/gi
/** A name that is given what a variable holds: the most of what scripts do with a token, and no finding. */
const HANDED_ON = /token=[\\"']{0,4}\$\{?([A-Za-z_]\w{0,60})\}?(?![\w:-])/iy
const REACH = 1200
/** As many lines are joined as commands have arguments. */
const MOST_JOINED = 100
const DEEPEST = 4

/** Gathers what stands in a piece: in its lines, and in its here-documents, whose targets tell more of theirs. */
export function readText(piece: Piece, setting: Setting, gather: Gather): void {
  let from = 0
  for (const { start, end, target } of heredocsIn(piece.text)) {
    readLines(part(piece, from, start), setting, gather)
    const body = part(piece, start, end)
    if (isWhole(target)) addFirstLine(body, target, setting, gather)
    else readLines(body, { ...setting, isConfig: true, target: target ?? setting.target }, gather)
    from = end
  }
  readLines(from === 0 ? piece : part(piece, from, piece.text.length), setting, gather)
}

const COMMAND =
  /^[ \t]{0,80}(?:& )?(?:sudo )?(?:[\w.~$-]{0,80}[\\/])*(?:k3s|rke2|k3d|k3sup|autok3s)(?:\.exe)?[ \t].{1,2000}$/gim

/** Gathers what stands in the lines of a language, as PowerShell's, that are commands of K3s. */
export function readCommands(piece: Piece, gather: Gather): void {
  for (const { 0: line, index } of piece.text.matchAll(COMMAND)) {
    readText(part(piece, index, index + line.length), { isComment: false }, gather)
  }
}

/** Gathers what a file is given as its content. */
export function readContent(piece: Piece, target: Target | undefined, gather: Gather): void {
  const setting = { isComment: false, target, isConfig: true, depth: 1 }
  if (isWhole(target)) addFirstLine(piece, target, setting, gather)
  else if (/[\s=:%]/.test(piece.text)) readText(piece, setting, gather)
}

function isWhole(target: Target | undefined): target is 'vault' | 'token' {
  return target === 'vault' || target === 'token'
}

/** A text that is a password or a token as a whole. */
function addFirstLine(
  body: Piece,
  target: 'vault' | 'token',
  setting: Setting,
  gather: Gather,
): void {
  const text = body.text.trim().split('\n')[0]!
  const form = target === 'vault' ? 'vault-written' : 'token-file'
  gather.add(form, '', {
    text,
    piece: body,
    at: body.text.indexOf(text),
    isComment: setting.isComment,
  })
}

function readLines(piece: Piece, setting: Setting, gather: Gather): void {
  const { text } = piece
  const anchor = new RegExp(ANCHOR)
  for (let match = anchor.exec(text); match !== null; match = anchor.exec(text)) {
    const behind = handedOn(text, match.index, gather)
    if (behind !== undefined) {
      anchor.lastIndex = behind
      continue
    }
    const { start, end } = logicalLine(text, match.index)
    readLine(text, start, end, { piece, setting, gather })
    anchor.lastIndex = Math.max(end, match.index + 1)
  }
}

/** The offset behind `NAME=$OTHER`, which is noted where the name is one of a token; undefined for anything else. */
function handedOn(text: string, at: number, gather: Gather): number | undefined {
  HANDED_ON.lastIndex = at
  const other = HANDED_ON.exec(text)?.[1]
  const name = /[A-Za-z_][\w.]{0,100}$/.exec(text.slice(Math.max(0, at - 60), at))?.[0]
  if (other === undefined || name === undefined) return undefined
  if (isSpecific(`${name}token`)) gather.uses.add(other)
  return HANDED_ON.lastIndex
}

interface Whole {
  readonly piece: Piece
  readonly setting: Setting
  readonly gather: Gather
}

function readLine(text: string, start: number, end: number, whole: Whole): void {
  const { piece, setting, gather } = whole
  const joined = text.slice(start, end).replace(CONTINUED, (match) => ' '.repeat(match.length))
  const line = { ...part(piece, start, end), text: joined }
  for (const [from, to] of stretches(joined)) {
    const stretch = from === 0 && to === joined.length ? line : part(line, from, to)
    readStretch({
      ...setting,
      piece: stretch,
      gather,
      isComment: setting.isComment || isComment(joined),
      readInner(inner, known) {
        readNested(this, inner, known)
      },
    })
  }
}

const CONTINUED = /[\\^][ \t]{0,8}\r?\n/g
const COMMENT = /^\s{0,200}(?:#(?!!|cloud-config)|\/\/|;|--\s|REM\s|::|<!--|\*\s)/i

function isComment(line: string): boolean {
  return COMMENT.test(line)
}

/** The parts of a line that are read; all of one that is not a bundle's. */
function stretches(line: string): [number, number][] {
  if (line.length <= 2 * REACH) return [[0, line.length]]
  const anchor = new RegExp(ANCHOR)
  const parts: [number, number][] = []
  for (let match = anchor.exec(line); match !== null; match = anchor.exec(line)) {
    const to = Math.min(line.length, match.index + REACH)
    parts.push([Math.max(0, match.index - REACH / 4), to])
    anchor.lastIndex = Math.max(to - REACH / 4, match.index + 1)
  }
  return parts
}

function logicalLine(text: string, at: number): { start: number; end: number } {
  let start = text.lastIndexOf('\n', at - 1) + 1
  for (let count = 0; count < MOST_JOINED && start > 0 && isContinued(text, start - 1); count++) {
    start = text.lastIndexOf('\n', start - 2) + 1
  }
  let end = lineEnd(text, at)
  for (let count = 0; count < MOST_JOINED && end < text.length && isContinued(text, end); count++) {
    end = lineEnd(text, end + 1)
  }
  return { start, end }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** Whether the line that ends at `newline` goes on. */
function isContinued(text: string, newline: number): boolean {
  let at = newline - 1
  while (at >= 0 && /[ \t\r]/.test(text[at]!)) at--
  const last = text[at]
  if (last === '\\') return true
  // As batch files do it.
  return last === '^' && at === newline - 1 && /\s/.test(text[at - 1] ?? '')
}

/** The words of a line; those of a command that the kernel's audit has written down are named `a0="…" a1="…"`. */
function wordsOf(text: string): readonly Word[] {
  const words = readWords(text)
  if (!text.startsWith('type=EXECVE ')) return words
  return words
    .filter((word) => /^a\d{1,4}=/.test(word.text))
    .map((word) => ({ ...word, text: word.text.slice(word.text.indexOf('=') + 1) }))
}

function readStretch(given: Line): void {
  const words = wordsOf(given.piece.text)
  const commands = commandsIn(words)
  const output = commands.find((command) => command.output !== undefined)?.output
  const line = { ...given, target: targetOf(output) ?? given.target }
  assignmentsIn(line, words)
  readSettings(line)
  readSentence(line)
  readExpansions(line)
  readCalls(line)
  readCells(line)
  readPair(line)
  for (const command of commands) {
    readOptions(line, command)
    readWritten(line, command)
    readFormatted(line, command)
    readStored(line, command)
    readVaultPasswords(line, command)
  }
}

/** Reads an inner text, as often as people nest them. */
function readNested(line: Line, inner: Piece, setting: Partial<Setting>): void {
  const depth = (line.depth ?? 0) + 1
  const known = new RegExp(ANCHOR).test(inner.text)
  if (depth > DEEPEST || !known) return
  const { isComment, target, isConfig = false, isExtraVars = false, isOfK3s = false } = line
  // What `printf` and `echo -e` take for a line end.
  const text = inner.text.replace(/(?<!\\)\\[nrt]/g, (mark) =>
    (mark === '\\n' ? '\n' : ' ').padEnd(2, ' '),
  )
  readText(
    { ...inner, text },
    { isComment, target, isConfig, isExtraVars, isOfK3s, ...setting, depth },
    line.gather,
  )
}
