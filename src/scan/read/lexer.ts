// The tolerant lexer: strings, comments, words and signs of any language of the table, in one pass. What it does not know is a sign.
import type { Language } from './language.js'

export interface Token {
  readonly type: 'word' | 'string' | 'sign' | 'newline' | 'comment'
  /** Of a string what it reads as: without its quotes and escapes. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** Of a string what is within its quotes. */
  readonly inner?: readonly [start: number, end: number]
}

const WORD =
  /[A-Za-z_$@][\w$]*(?:(?:\.|::|->|\?\.|-(?=[A-Za-z]))[A-Za-z_$@][\w$]*|:(?=K3S_|RKE2_)[A-Z]\w*)*/y
const NUMBER = /[0-9][\w.]*/y
const SIGN =
  /\?\?=|\|\|=|===|!==|<<=|\.\.\.|=>|->|:=|\?=|\+=|~>|==|!=|<=|>=|=~|<-|\|\||\?\?|\?:|::|&&|<>|\.\.|[^\w\s]/y
const PATTERN = /\/(?![*/])(?:[^\\/\n[]|\\.|\[(?:[^\]\\\n]|\\.){0,60}\]){1,120}\/[a-z]{0,9}/y
/** No string that people keep a token in is longer; what is longer is skipped. */
const LONGEST = 200_000

/** All tokens of a text. */
export function readTokens(text: string, language: Language): Token[] {
  return new Lexer(text, language).read()
}

class Lexer {
  readonly #text: string
  readonly #language: Language
  readonly #tokens: Token[] = []
  /** What does not occur any more in the rest of the text. */
  readonly #missing = new Set<string>()
  #at = 0
  /** Here-documents that were opened on this line. */
  #open: { readonly word: string; readonly index: number }[] = []

  constructor(text: string, language: Language) {
    this.#text = text
    this.#language = language
  }

  read(): Token[] {
    while (this.#at < this.#text.length) this.#readOne()
    return this.#tokens
  }

  #readOne(): void {
    const code = this.#text.charCodeAt(this.#at)
    if (code === 10) this.#newline()
    else if (code === 32 || code === 9 || code === 13) this.#at++
    else if (!this.#comment() && !this.#heredoc() && !this.#string() && !this.#pattern())
      this.#plain(code)
  }

  #push(type: Token['type'], end: number): void {
    const start = this.#at
    this.#tokens.push({ type, text: this.#text.slice(start, end), start, end })
    this.#at = end
  }

  #newline(): void {
    this.#push('newline', this.#at + 1)
    for (const { word, index } of this.#open) this.#document(word, index)
    this.#open = []
  }

  #plain(code: number): void {
    const isDigit = code >= 48 && code <= 57
    const end = this.#match(isDigit ? NUMBER : WORD) ?? this.#match(SIGN) ?? this.#at + 1
    const isWord =
      /[\w$@]/.test(this.#text[this.#at]!) &&
      end - this.#at > 0 &&
      !/^[$@]$/.test(this.#text.slice(this.#at, end))
    this.#push(isWord ? 'word' : 'sign', end)
  }

  #match(pattern: RegExp): number | undefined {
    pattern.lastIndex = this.#at
    return pattern.test(this.#text) ? pattern.lastIndex : undefined
  }

  #comment(): boolean {
    for (const [open, close] of this.#language.blocks) {
      if (!this.#text.startsWith(open, this.#at)) continue
      const end = this.#find(close, this.#at + open.length)
      this.#push('comment', end < 0 ? this.#text.length : end + close.length)
      return true
    }
    if (!this.#language.comments.some((open) => this.#text.startsWith(open, this.#at))) return false
    if (this.#text.startsWith('#{', this.#at)) return false
    const end = this.#text.indexOf('\n', this.#at)
    this.#push('comment', end < 0 ? this.#text.length : end)
    return true
  }

  #find(what: string, from: number): number {
    if (this.#missing.has(what)) return -1
    const at = this.#text.indexOf(what, from)
    if (at < 0) this.#missing.add(what)
    return at
  }

  #heredoc(): boolean {
    const { heredoc } = this.#language
    if (heredoc === undefined) return false
    heredoc.lastIndex = this.#at
    const word = heredoc.exec(this.#text)?.[2]
    if (word === undefined) return false
    this.#push('string', heredoc.lastIndex)
    this.#open.push({ word, index: this.#tokens.length - 1 })
    return true
  }

  /** Fills the string that stands for a here-document, and goes on behind it. */
  #document(word: string, index: number): void {
    const start = this.#at
    const mark = `<<${word}`
    for (
      let at = this.#missing.has(mark) ? -1 : this.#text.indexOf(word, start);
      at >= 0;
      at = this.#text.indexOf(word, at + 1)
    ) {
      const line = this.#text.lastIndexOf('\n', at) + 1
      const before = this.#text.slice(line, at)
      if (line < start || before.length > 200 || !/^\s*(?:\|\s?-?\s?)?$/.test(before)) continue
      const token = this.#tokens[index]!
      this.#tokens[index] = { ...token, text: this.#text.slice(start, line), inner: [start, line] }
      this.#at = at + word.length
      return
    }
    this.#missing.add(mark)
    this.#tokens[index] = { ...this.#tokens[index]!, type: 'sign' }
  }

  #string(): boolean {
    for (const quote of this.#language.quotes) {
      if (!this.#text.startsWith(quote.open, this.#at)) continue
      const start = this.#at + quote.open.length
      const end = this.#stringEnd(quote, start)
      if (end === undefined || end - start > LONGEST) continue
      const raw = this.#text.slice(start, end)
      const before = this.#tokens.at(-1)
      // The prefix of a string: `f"…"`, `$"…"`, `r"…"`.
      const isPrefixed =
        before?.type === 'word' && before.end === this.#at && before.text.length <= 2
      const text = decode(raw, isPrefixed && /r/i.test(before.text) ? 'none' : quote.escape)
      if (isPrefixed) this.#tokens.pop()
      this.#tokens.push({
        type: 'string',
        text,
        start: this.#at,
        end: end + quote.close.length,
        inner: [start, end],
      })
      this.#at = end + quote.close.length
      return true
    }
    return false
  }

  #stringEnd(
    { open, close, escape, isLine }: Language['quotes'][number],
    start: number,
  ): number | undefined {
    const text = this.#text
    if (this.#missing.has(close + open)) return undefined
    let limit = text.length
    if (isLine === true) limit = lineEnd(text, start)
    for (let at = start; at < limit && at - start <= LONGEST; at++) {
      const character = text[at]
      if (
        (escape === 'backslash' && character === '\\') ||
        (escape === 'grave' && character === '`')
      )
        at++
      else if (open === '`' && character === '$' && text[at + 1] === '{') at = this.#hole(at + 1)
      else if (text.startsWith(close, at)) {
        const isDoubled =
          (escape === 'doubled' || escape === 'grave') && text.startsWith(close, at + close.length)
        const isEscaped = escape === 'nix' && /['$\\]/.test(text[at + 2] ?? '')
        if (!isDoubled && !isEscaped) return at
        at += isDoubled ? close.length : 2
      }
    }
    if (isLine !== true && limit - start <= LONGEST) this.#missing.add(close + open)
    return undefined
  }

  /** Where the `}` stands that closes the hole of a template. */
  #hole(start: number): number {
    let depth = 0
    for (let at = start; at < this.#text.length && at < start + 2000; at++) {
      if (this.#text[at] === '{') depth++
      else if (this.#text[at] === '}' && --depth === 0) return at
    }
    return start
  }

  #pattern(): boolean {
    if (this.#language.hasPatterns !== true || this.#text[this.#at] !== '/') return false
    const before = this.#tokens.at(-1)
    if (
      before !== undefined &&
      !(before.type === 'newline' || /^[=(,:[!&|?{};]|\|\||&&|=>$|^return$/.test(before.text))
    )
      return false
    const end = this.#match(PATTERN)
    if (end === undefined) return false
    this.#push('sign', end)
    return true
  }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' }

function decode(raw: string, escape: string): string {
  if (escape === 'backslash' && raw.includes('\\')) {
    return raw.replace(/\\([\s\S])/g, (_all, one: string) => ESCAPES[one] ?? one)
  }
  if (escape === 'grave')
    return raw.replace(/`([\s\S])/g, (_all, one: string) => ESCAPES[one] ?? one).replace(/""/g, '"')
  if (escape === 'doubled') return raw.replace(/(["'])\1/g, '$1')
  return raw
}
