// Finds out which names, blocks and calls the strings of a text stand in. frame.ts is what is open, held.ts what a block tells in
// the end, ahead.ts what is beside a token.
import {
  indexAhead,
  isCompared,
  isContinued,
  nameRightBefore,
  sectionAhead,
  symbolAhead,
} from './ahead.js'
import { CONFIG_KEYS } from '../../role/token-names.js'
import { formOfNames, isClusterName, isSpecific } from '../forms/names.js'
import { isTaken, takesOther, takesPassword } from './calls.js'
import {
  closeFrame,
  emptyElement,
  few,
  frameOf,
  keyOf,
  MOST_NAMES,
  openFrame,
  subjectOf,
} from './frame.js'
import type { Frame } from './frame.js'
import type { Handler } from './handler.js'
import { filled, flush, hold, keep, write } from './held.js'
import type { Language } from './language.js'
import type { Token } from './lexer.js'

const ASSIGN = /^(?:=|:|=>|:=|\?=|\+=|\|\|=|\?\?=|->|<-|~>)$/
const FALLBACK =
  /^(?:\|\||\?\?|\?:|or|else|unwrap_or|unwrap_or_else|\.unwrap_or|default|getOrDefault|orElse)$/
const MOST_ARGUMENTS = 200
const TOP = { outer: undefined, callee: undefined, line: 0 }

/** Finds out which names, blocks and calls the strings of a text stand in. */
export class ElementReader {
  readonly #tokens: readonly Token[]
  readonly #language: Language
  readonly #code: Handler
  #frame: Frame = frameOf('', [], TOP)
  #line = 0

  constructor(tokens: readonly Token[], language: Language, code: Handler) {
    this.#tokens = tokens
    this.#language = language
    this.#code = code
  }

  read(): void {
    for (let at = 0; at < this.#tokens.length; at++) at = this.#readOne(at)
    while (this.#frame.outer !== undefined) this.#close()
    this.#endStatement()
    flush(this.#frame, this.#code)
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
    if (open === '(' || open === '[' || isContinued(this.#tokens, at)) return
    this.#endStatement()
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
      if (!/^[.!&]$|^\?\.$/.test(text)) element.last = undefined
      element.isFallback = FALLBACK.test(text) || (text === ':' && element.hasQuestion)
      if (element.key !== undefined && !/^[.&*!$]$/.test(text)) element.values++
    }
    return at
  }

  /** `[a.b]` or `[[a]]` of TOML: all that follows stands in it. */
  #section(at: number): number | undefined {
    const before = this.#tokens[at - 1]
    const isAlone = before === undefined || before.type === 'newline'
    if (this.#language.hasSections !== true || !isAlone || this.#frame.outer !== undefined)
      return undefined
    const { names, end } = sectionAhead(this.#tokens, at)
    this.#endStatement()
    flush(this.#frame, this.#code)
    this.#frame = frameOf('', names, { ...TOP, line: this.#line })
    return end
  }

  #index(at: number): number | undefined {
    const symbol = symbolAhead(this.#tokens, at)
    if (symbol !== undefined) {
      this.#name(symbol)
      return at + 3
    }
    const name = indexAhead(this.#tokens, at, (text) => ASSIGN.test(text))
    if (name === undefined) return undefined
    this.#name(name)
    return at + 2
  }

  #name(text: string): void {
    const { element } = this.#frame
    if (element.key === undefined && element.head.length < MOST_NAMES) element.head.push(text)
    if (!isSpecific(text)) return
    this.#frame.subject = { name: text, index: this.#frame.index, line: this.#line }
  }

  #word({ text }: Token, at: number): void {
    const { element } = this.#frame
    if (text === 'to' && this.#tokens[at - 1]?.type === 'string') {
      this.#assign('=>')
      return
    }
    this.#name(text)
    element.isFallback = FALLBACK.test(text)
    element.last = text
    if (element.key === undefined) return
    element.values++
    element.word = element.values === 1 ? text : undefined
  }

  #assign(sign: string): void {
    const { element } = this.#frame
    const { key, head } = element
    if (key === undefined ? head.length === 0 : element.word === undefined && element.values > 0)
      return
    const last =
      key === undefined ? head : [...key, ...(element.word === undefined ? [] : [element.word])]
    if (key !== undefined && sign === '=>' && element.word !== undefined) {
      // The title of a resource: all that follows in its block stands under it.
      this.#frame.names.splice(0, Infinity, ...few([...this.#frame.names, ...key]))
      element.key = [element.word]
    } else if (key !== undefined && sign !== ':' && isSpecific(key.at(-1) ?? '')) {
      // A type between the name and the sign.
    } else element.key = few(keyOf(last))
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
    const before = nameRightBefore(this.#tokens, at)
    if (
      isKey ||
      (element.key === undefined && isSpecific(token.text) && !isCompared(this.#tokens, at))
    ) {
      this.#name(token.text)
      if (frame.open === '(' && isSpecific(token.text)) frame.heldName ??= token.text
    } else if (before !== undefined) this.#code.bound([...frame.names, before], token)
    else if (element.key !== undefined && element.values === 0) {
      hold(frame, element.key.at(-1) ?? '', token)
      if (!this.#code.bound(names, token)) this.#offer(token, true)
      if (CONFIG_KEYS.has(element.key.at(-1) ?? '')) frame.settings.push(token)
    } else this.#offer(token, false)
    const isLabel = frame.open === '' || (frame.open === '{' && /^[A-Za-z_]/.test(token.text))
    if (element.key === undefined && !isKey && isLabel && element.head.length < MOST_NAMES)
      element.head.push(token.text)
    element.values++
    element.isFallback = false
    keep(frame, names, token, this.#code)
    write(frame, token, this.#code)
    if (takesPassword(frame)) this.#code.password(token)
    // The name of a resource: `Secret("k3s", { token: … })`.
    if (frame.open === '(' && frame.index === 0 && isClusterName(token.text))
      frame.names.push(token.text)
    frame.subject ??= filled(frame, token, this.#line)
  }

  /** A string that is no value of a name of its own, offered to the token that the statement is about. */
  #offer(token: Token, isBound: boolean): void {
    const { element } = this.#frame
    const subject = subjectOf(this.#frame, this.#line, isBound)
    if (subject === undefined && !isBound && element.key !== undefined)
      this.#code.local(element.key.at(-1) ?? '', token)
    if (subject === undefined || takesOther(this.#frame)) return
    const isFallback = element.isFallback || isTaken(this.#frame, subject, token)
    this.#code.near(subject.name, token, isFallback)
  }

  #remember(token: Token | string | undefined): void {
    const frame = this.#frame.block ?? this.#frame
    if (frame.args.length < MOST_ARGUMENTS) frame.args.push(token)
  }

  #open(open: string): void {
    this.#frame = openFrame(this.#frame, open, this.#line)
  }

  #close(): void {
    const frame = this.#frame
    if (frame.outer === undefined) return
    if (frame.open === '{') this.#endStatement()
    else this.#endElement()
    flush(frame, this.#code)
    this.#frame = closeFrame(frame, frame.outer)
  }

  #endElement(): void {
    const { element, names } = this.#frame
    const { key, word, values, head, hasLiteral } = element
    // Nix: what is inherited has the name of a variable.
    if (head[0] === 'inherit') for (const name of head.slice(1)) this.#inherit(name)
    const isWord = head.length === 1 && values === 0
    if (!hasLiteral && key === undefined) this.#remember(isWord ? head[0] : undefined)
    if (key !== undefined && word !== undefined && values === 1) {
      if (formOfNames([...names, ...key], false) !== undefined) this.#code.use(word)
      else this.#code.given(key.at(-1) ?? '', word)
    }
    this.#frame.element = emptyElement()
    this.#frame.index++
  }

  #inherit(name: string): void {
    const own = name.replace(/File$/, '')
    if (formOfNames([...this.#frame.names, own], false) !== undefined) this.#code.use(name)
  }

  #endStatement(): void {
    this.#endElement()
    this.#code.arguments(this.#frame.args)
    this.#frame.args = []
    this.#frame.subject = undefined
    this.#frame.written = undefined
  }
}
