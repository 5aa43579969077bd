// The brackets that are open while code is read, and the element that stands in the innermost.
import { formOfNames, isSpecific } from '../forms/names.js'
import { isConfigPath } from '../forms/files.js'
import type { Setting } from './line.js'
import type { Token } from './lexer.js'

/** What stands between two separators. */
export interface Element {
  /** Names, keys and indices before the sign that assigns; all words where there is none. */
  readonly head: string[]
  /** The name that is assigned to, with the blocks of the element itself. */
  key: string[] | undefined
  /** How many tokens stand behind the sign. */
  values: number
  /** The word right before this token. */
  last: string | undefined
  /** The only word behind the sign. */
  word: string | undefined
  hasQuestion: boolean
  /** The last token was one that says what is taken if there is nothing. */
  isFallback: boolean
  hasLiteral: boolean
}

/** A bracket that is open, or the text as a whole. */
export interface Frame {
  readonly open: string
  readonly names: string[]
  /** What is called with the bracket; undefined: nothing, it is a tuple, a list or a block. */
  readonly callee: string | undefined
  readonly line: number
  readonly outer: Frame | undefined
  /** The block, or the text, whose statements its elements are part of. */
  readonly block: Frame | undefined
  element: Element
  /** How many elements were before this one. */
  index: number
  /** A name of a token that was met in the statement. */
  subject: { readonly name: string; readonly index: number; readonly line: number } | undefined
  heldName: string | undefined
  heldValue: Token | undefined
  target: Setting['target']
  /** The file of a token or a password that the statement speaks of; only of the text itself and of blocks. */
  written: 'token' | 'vault' | undefined
  /** Values of a key `token` that count if they are written into K3s' configuration. */
  readonly settings: Token[]
  /** Strings whose target the rest of the block may tell. */
  readonly contents: Token[]
  /** Literal arguments of the statement; only of the text itself and of blocks. */
  args: (Token | string | undefined)[]
}

/** Words of SQL behind which another name is compared. */
const COMPARES = /^(?:where|and|or|from|on|set|values|into)$/i

/** The names before a sign: the last that says that it is a token, or the last; with what leads to it. */
export function keyOf(head: readonly string[]): string[] {
  const from = head.findLastIndex((name) => COMPARES.test(name)) + 1
  const at = head.findLastIndex((name) => isSpecific(name))
  return head.slice(0, at < from ? head.length : at + 1).flatMap((name) => splitName(name))
}

/** How many names are kept. */
export const MOST_NAMES = 16

/** The first two, which say what a block is, and the last. */
export function few(names: string[]): string[] {
  return names.length <= MOST_NAMES ? names : [...names.slice(0, 2), ...names.slice(2 - MOST_NAMES)]
}

export function splitName(name: string): string[] {
  if (!name.includes('.') || isSpecific(name) || isConfigPath(name)) return [name]
  return name.split('.')
}

function isPair({ index, subject }: Frame): boolean {
  return index === 1 && subject?.index === 0
}

export function emptyElement(): Element {
  return {
    head: [],
    key: undefined,
    values: 0,
    word: undefined,
    last: undefined,
    hasQuestion: false,
    isFallback: false,
    hasLiteral: false,
  }
}

export function frameOf(
  open: string,
  names: string[],
  { outer, callee, line }: Pick<Frame, 'outer' | 'callee' | 'line'>,
): Frame {
  const empty = { subject: undefined, heldName: undefined, heldValue: undefined, target: undefined }
  const block = outer === undefined || open === '{' ? undefined : (outer.block ?? outer)
  return {
    open,
    names,
    callee,
    line,
    outer,
    block,
    element: emptyElement(),
    index: 0,
    ...empty,
    written: undefined,
    settings: [],
    contents: [],
    args: [],
  }
}

/** The frame of a bracket that opens in the element that stands in `outer`. */
export function openFrame(outer: Frame, open: string, line: number): Frame {
  const { element, names } = outer
  const { key, head, last } = element
  const callee = last === undefined ? [] : [last]
  const block = key === undefined ? head : [...key, ...callee.filter((one) => one !== key.at(-1))]
  const own = open === '(' ? callee : block
  const inner = few([...names, ...own.flatMap((name) => splitName(name))])
  const frame = frameOf(open, inner, { outer, callee: open === '(' ? last : undefined, line })
  if (open === '(' && key !== undefined && formOfNames([...names, ...key], false) !== undefined)
    frame.subject = { name: key.at(-1)!, index: -1, line }
  return frame
}

/** Hands what is known of a bracket that closes on to the one around it, which it answers. */
export function closeFrame({ open, subject, heldName, heldValue }: Frame, outer: Frame): Frame {
  if (open !== '{' && subject !== undefined) {
    // Among statements it belongs to the one that the bracket is part of.
    outer.subject ??= outer.open === '{' ? { ...subject, index: outer.index } : subject
  }
  if (open === '(' && outer.open === '(') outer.heldName ??= heldName
  // The options of a call: `new Variable(this, "k3s_token", { default: "…" })`.
  if (open === '{' && outer.open === '(' && heldName === undefined) outer.heldValue ??= heldValue
  const { element } = outer
  element.values++
  element.word = undefined
  element.last = undefined
  return outer
}

/** How far out of its brackets a value is looked for a name. */
const MOST_OUTER = 20
/** How many lines may be between a name and a value of one statement. */
const MOST_LINES = 3

/** The name of a token that a string's statement is about; `isBound`: the string is the value of another name. */
export function subjectOf(inner: Frame, line: number, isBound: boolean): Frame['subject'] {
  const { element, names, open } = inner
  if (element.key !== undefined) {
    const path = [...names, ...element.key]
    const name = path.at(-1)!
    // A file that is made on the spot: `tokenFile = writeText "token" "…"`.
    const named = /^token[-_]?file$/i.test(name) ? [...path.slice(0, -1), 'token'] : path
    if (formOfNames(named, false) !== undefined) return { name, index: 0, line }
    if (isBound && !element.hasQuestion && open !== '(') return undefined
  }
  let frame: Frame | undefined = inner
  for (let up = 0; frame !== undefined && up < MOST_OUTER; frame = frame.outer, up++) {
    const { subject } = frame
    if (subject !== undefined) {
      const isOne =
        frame.open === '(' || frame.open === '' || subject.index === frame.index || isPair(frame)
      return isOne && subject.line >= line - MOST_LINES ? subject : undefined
    }
    if (frame.open === '{' && frame.line !== line) return undefined
  }
  return undefined
}

/** The file that the texts of a block are written into, as far as the block, or one around it, tells. */
export function targetAround(frame: Frame): Frame['target'] {
  if (frame.names.some(isConfigPath)) return 'config'
  let one: Frame | undefined = frame
  for (let up = 0; one !== undefined && up < MOST_OUTER; one = one.outer, up++) {
    if (one.target !== undefined) return one.target
  }
  return undefined
}
