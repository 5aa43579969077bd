import { formOfNames, isSpecific } from '../forms/names.js'
import { CONTENT_KEYS, PATH_KEYS, targetOf } from '../forms/files.js'
import type { Code } from './code.js'
import type { Language } from './language.js'
import type { Token } from './lexer.js'

/** What stands between two separators. */
export interface Element {
  /** Names, keys and indices before the sign that assigns; all words where there is none. */
  readonly head: string[]
  /** The name that is assigned to, with the blocks of the element itself. */
  key: string[] | undefined
  /** How many tokens stand behind the sign. */
  values: number
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
  readonly line: number
  readonly outer: Frame | undefined
  element: Element
  /** How many elements were before this one. */
  index: number
  /** A name of a token that was met in the statement. */
  subject: { readonly name: string; readonly index: number; readonly line: number } | undefined
  heldName: string | undefined
  heldValue: Token | undefined
  target: 'k3s' | 'other' | undefined
  /** Strings whose target the rest of the block may tell. */
  readonly contents: Token[]
  /** Literal arguments of the statement; only of the text itself and of blocks. */
  args: (Token | undefined)[]
}

const ASSIGN = /^(?:=|:|=>|:=|\?=|\+=|\|\|=|\?\?=|->|<-|~>)$/
const FALLBACK = /^(?:\|\||\?\?|\?:|or|else|unwrap_or|unwrap_or_else|\.unwrap_or|default|getOrDefault|orElse)$/
const FALLBACK_CALL = /(?:unwrap_or(?:_else)?|default|[oO]rElse|OrDefault|\.Or|\bor)$/
const TAKES_NAME = /env|set|put|define|flag|var|default|config|prop|option|string|arg/i
const NAME_KEYS = /^(?:name|key|variable|var|env|envvar|field|id)$/i
const VALUE_KEYS = /^(?:value|default|val|default_?value|string_?value|plain_?text)$/i
const MOST_ARGUMENTS = 200

export class ElementReader {
  readonly #tokens: readonly Token[]
  readonly #language: Language
  readonly #code: Code
  #frame: Frame = frameOf('', [], undefined, 0)
  #line = 0

  constructor(tokens: readonly Token[], language: Language, code: Code) {
    this.#tokens = tokens
    this.#language = language
    this.#code = code
  }

  read(): void {
    for (let at = 0; at < this.#tokens.length; at++) at = this.#readOne(at)
    while (this.#frame.outer !== undefined) this.#close()
    this.#endStatement()
    this.#flush(this.#frame)
  }

  /** @returns the index of the last token that was read */
  #readOne(at: number): number {
    const token = this.#tokens[at]!
    switch (token.type) {
      case 'comment':
        this.#code.comment(token)
        return at
      case 'newline':
        this.#line++
        this.#newline(at)
        return at
      case 'string':
        this.#string(token, at)
        return at
      case 'word':
        this.#word(token, at)
        return at
      case 'sign':
        return this.#sign(token, at)
    }
  }

  #newline(at: number): void {
    const { open } = this.#frame
    const next = this.#next(at)
    if (open === '(' || open === '[') return
    // A chain goes on: `.arg("…")`, `|| "…"`, and so does what a sign ends.
    if (next !== undefined && /^(?:\.|\?\.|\|\||\?\?|\?|:|\+|or|->|=>)$/.test(next.text)) return
    const last = this.#tokens[at - 1]
    if (last !== undefined && /^(?:=|:|=>|\+|\|\||\?\?|\\|or|,)$/.test(last.text)) return
    this.#endStatement()
  }

  #next(at: number): Token | undefined {
    let index = at + 1
    while (this.#tokens[index]?.type === 'newline' || this.#tokens[index]?.type === 'comment') index++
    return this.#tokens[index]
  }

  #sign({ text }: Token, at: number): number {
    const { element } = this.#frame
    if (text === '[' || text === '{') {
      const section = text === '[' ? this.#section(at) : undefined
      if (section !== undefined) return section
      const index = this.#index(at)
      if (index !== undefined) return index
    }
    if (/^[([{]$/.test(text)) this.#open(text)
    else if (/^[)\]}]$/.test(text)) this.#close()
    else if (text === ',') this.#endElement()
    else if (text === ';') this.#endStatement()
    else if (text === '?') element.hasQuestion = true
    else if (ASSIGN.test(text) && !(text === ':' && element.hasQuestion)) this.#assign(text)
    else {
      element.isFallback = FALLBACK.test(text) || (text === ':' && element.hasQuestion)
      if (element.key !== undefined && !/^[.&*!$]$/.test(text)) element.values++
    }
    return at
  }

  /** `[a.b]` or `[[a]]` of TOML: all that follows stands in it. */
  #section(at: number): number | undefined {
    const before = this.#tokens[at - 1]
    const isAlone = before === undefined || before.type === 'newline'
    if (this.#language.hasSections !== true || !isAlone || this.#frame.outer !== undefined) return undefined
    const names: string[] = []
    let index = at + 1
    for (; index < this.#tokens.length && this.#tokens[index]!.type !== 'newline'; index++) {
      const { type, text } = this.#tokens[index]!
      if (type === 'word' || type === 'string') names.push(...text.split('.'))
    }
    this.#endStatement()
    this.#flush(this.#frame)
    this.#frame = frameOf('', names, undefined, this.#line)
    return index
  }

  /** `["name"]` and `{NAME}` behind a name, which are part of it. */
  #index(at: number): number | undefined {
    const [inside, close, behind] = this.#tokens.slice(at + 1, at + 4)
    if (inside === undefined || (inside.type !== 'string' && inside.type !== 'word')) return undefined
    const { text } = this.#tokens[at]!
    const isClosed = close?.text === (text === '[' ? ']' : '}')
    const isName = text === '[' ? inside.type === 'string' : ASSIGN.test(behind?.text ?? '')
    if (!isClosed || !isName) return undefined
    const isList = this.#tokens[at - 1]?.type === 'sign' && !ASSIGN.test(behind?.text ?? '') && !/^[\])]$/.test(this.#tokens[at - 1]!.text)
    if (isList) return undefined
    this.#name(inside.text)
    return at + 2
  }

  #name(text: string): void {
    const { element } = this.#frame
    if (element.key === undefined) element.head.push(text)
    if (isSpecific(text)) this.#subject(text)
  }

  #subject(name: string): void {
    this.#frame.subject = { name, index: this.#frame.index, line: this.#line }
  }

  #word({ text }: Token, at: number): void {
    const { element } = this.#frame
    if (text === 'to' && this.#tokens[at - 1]?.type === 'string') {
      this.#assign('=>')
      return
    }
    this.#name(text)
    element.isFallback = FALLBACK.test(text)
    if (element.key === undefined) return
    element.values++
    element.word = element.values === 1 ? text : undefined
  }

  #assign(sign: string): void {
    const { element } = this.#frame
    const { key, head } = element
    if (key !== undefined && element.word === undefined && element.values > 0) return
    const last = key === undefined ? head : [...key, ...(element.word === undefined ? [] : [element.word])]
    if (key !== undefined && sign === '=>' && element.word !== undefined) {
      // The title of a resource: all that follows in its block stands under it.
      this.#frame.names.push(...key)
      element.key = [element.word]
    } else if (key !== undefined && sign !== ':' && isSpecific(key.at(-1) ?? '')) {
      // A type between the name and the sign.
    } else element.key = keyOf(last)
    element.values = 0
    element.word = undefined
    element.isFallback = false
  }

  #string(token: Token, at: number): void {
    const frame = this.#frame
    const { element } = frame
    this.#remember(token)
    element.hasLiteral = true
    const isKey = element.key === undefined && ASSIGN.test(this.#tokens[at + 1]?.text ?? '')
    const names = element.key === undefined ? [] : [...frame.names, ...element.key]
    if (isKey || (element.key === undefined && isSpecific(token.text))) {
      this.#name(token.text)
      if (frame.open === '(' && isSpecific(token.text)) frame.heldName ??= token.text
    } else if (element.key !== undefined && element.values === 0) {
      this.#hold(element.key.at(-1) ?? '', token)
      if (!this.#code.bound(names, token)) this.#offer(token, true)
    } else this.#offer(token, false)
    if (element.key === undefined && !isKey && frame.open === '' ) element.head.push(token.text)
    else if (element.key === undefined && !isKey && /^[A-Za-z_]/.test(token.text) && frame.open === '{') element.head.push(token.text)
    element.values++
    element.isFallback = false
    this.#keep(token, names)
  }

  /** A string that is no value of a name of its own, offered to the token that the statement is about. */
  #offer(token: Token, isBound: boolean): void {
    const { element } = this.#frame
    const subject = this.#subjectHere(isBound)
    if (subject === undefined) return
    const isLater = this.#frame.open === '(' && subject.index < this.#frame.index && subject.line >= this.#frame.line
    const isTaken = isLater && TAKES_NAME.test(this.#frame.names.at(-1) ?? '') && token.text.length >= 8
    const isInCall = this.#frame.open !== '' && FALLBACK_CALL.test(this.#frame.names.at(-1) ?? '')
    this.#code.near(subject.name, token, element.isFallback || isTaken || isInCall)
  }

  #subjectHere(isBound: boolean): Frame['subject'] {
    const { element, names } = this.#frame
    if (element.key !== undefined) {
      const path = [...names, ...element.key]
      if (formOfNames(path, false) !== undefined) return { name: path.at(-1)!, index: 0, line: this.#line }
      if (isBound && !element.hasQuestion && !this.#isInCall()) return undefined
    }
    for (let frame: Frame | undefined = this.#frame; frame !== undefined; frame = frame.outer) {
      if (frame.subject !== undefined) {
        const isNear = frame.open === '(' || frame.open === '' || frame.subject.index === frame.index || isPair(frame)
        return isNear && frame.subject.line >= this.#line - 3 ? frame.subject : undefined
      }
      if (frame.open === '{' && frame.line !== this.#line) return undefined
    }
    return undefined
  }

  #isInCall(): boolean {
    return this.#frame.open === '('
  }

  #hold(key: string, token: Token): void {
    const frame = this.#frame
    if (PATH_KEYS.has(key)) frame.target = targetFor(token.text) ?? frame.target
    if (NAME_KEYS.test(key) && isSpecific(token.text)) frame.heldName = token.text
    if (VALUE_KEYS.test(key)) frame.heldValue = token
  }

  /** Where its content is read: at once, or when the block has told which file it is. */
  #keep(token: Token, names: readonly string[]): void {
    if (CONTENT_KEYS.has(names.at(-1) ?? '') && this.#frame.outer !== undefined) {
      this.#frame.contents.push(token)
      return
    }
    this.#code.content(token, names.some((name) => targetOf(name) === 'config') ? 'k3s' : undefined)
  }

  #remember(token: Token | undefined): void {
    let frame = this.#frame
    while (frame.outer !== undefined && frame.open !== '{') frame = frame.outer
    if (frame.args.length < MOST_ARGUMENTS) frame.args.push(token)
  }

  #open(open: string): void {
    const { element, names } = this.#frame
    const callee = element.key === undefined ? element.head : element.word === undefined ? [] : [element.word]
    const own =
      open === '('
        ? callee.slice(-1)
        : element.key === undefined
          ? element.head
          : [...element.key, ...callee.filter((word) => word !== element.key?.at(-1))]
    this.#frame = frameOf(open, [...names, ...own.flatMap((name) => splitName(name))], this.#frame, this.#line)
  }

  #close(): void {
    const frame = this.#frame
    if (frame.outer === undefined) return
    if (frame.open === '{') this.#endStatement()
    else this.#endElement()
    this.#flush(frame)
    const { outer } = frame
    if (frame.open !== '{') outer.subject ??= frame.subject
    this.#frame = outer
    if (frame.open === '(' && outer.open === '(') outer.heldName ??= frame.heldName
    outer.element.values++
    outer.element.word = undefined
  }

  #flush(frame: Frame): void {
    if (frame.heldName !== undefined && frame.heldValue !== undefined) this.#code.pair(frame.heldName, frame.heldValue)
    let target: Frame['target']
    for (let one: Frame | undefined = frame; one !== undefined && target === undefined; one = one.outer) target = one.target
    if (frame.names.some((name) => targetOf(name) === 'config')) target = 'k3s'
    for (const token of frame.contents) this.#code.content(token, target)
  }

  #endElement(): void {
    const { element, names } = this.#frame
    if (!element.hasLiteral && element.key === undefined) this.#remember(undefined)
    const { key, word, values } = element
    if (key !== undefined && word !== undefined && values === 1 && formOfNames([...names, ...key], false) !== undefined) {
      this.#code.use(word)
    }
    this.#frame.element = emptyElement()
    this.#frame.index++
  }

  #endStatement(): void {
    this.#endElement()
    this.#code.arguments(this.#frame.args)
    this.#frame.args = []
    this.#frame.subject = undefined
  }
}

/** The names before a sign: the last that says that it is a token, or the last; with what leads to it. */
function keyOf(head: readonly string[]): string[] {
  const at = head.findLastIndex((name) => isSpecific(name))
  return (at < 0 ? head : head.slice(0, at + 1)).flatMap((name) => splitName(name))
}

function splitName(name: string): string[] {
  return isSpecific(name) || targetOf(name) === 'config' ? [name] : name.split('.')
}

function targetFor(path: string): Frame['target'] {
  const target = targetOf(path)
  return target === 'config' ? 'k3s' : target === undefined ? undefined : 'other'
}

function isPair({ index, subject }: Frame): boolean {
  return index === 1 && subject?.index === 0
}

function emptyElement(): Element {
  return { head: [], key: undefined, values: 0, word: undefined, hasQuestion: false, isFallback: false, hasLiteral: false }
}

function frameOf(open: string, names: string[], outer: Frame | undefined, line: number): Frame {
  const empty = { subject: undefined, heldName: undefined, heldValue: undefined, target: undefined }
  return { open, names, line, outer, element: emptyElement(), index: 0, ...empty, contents: [], args: [] }
}
