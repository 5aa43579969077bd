// Words of a command, read as a shell would and more kindly: a quote that is not closed is a sign like another, an expansion or
// a template is part of its word whatever stands in it. One pass, and what it looks ahead for it looks for at most once a line.

export interface Word {
  /** `substitution`: `<(…)` or `(…)`, its text being what is inside. */
  readonly kind: 'word' | 'operator' | 'substitution'
  /** With quotes and escapes taken off. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** How many characters of `text` stand before the first quote. */
  readonly bare: number
}

const OPERATORS = /^(?:&&|\|\||;;|<<<|<<-?|>>|>&|&>|[;&|<>])/
const BLANK = /[\s]/
/** Signs that mean nothing to a shell. */
const PLAIN = /[\w./:=@%+~^?*#!-]+/y
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}' }

/** The words of one line; comments are not told apart. */
export function readWords(text: string): Word[] {
  return new WordReader(text).read()
}

class WordReader {
  readonly #text: string
  #at = 0
  readonly #words: Word[] = []
  /** Quotes of which no further one is in the text. */
  readonly #missing = new Set<string>()

  constructor(text: string) {
    this.#text = text
  }

  read(): Word[] {
    const text = this.#text
    while (this.#at < text.length) {
      const character = text[this.#at]!
      if (BLANK.test(character)) this.#at++
      else if (!this.#readOperator()) this.#readWord()
    }
    return this.#words
  }

  #readOperator(): boolean {
    const start = this.#at
    // `<(…)`; `(…)` of fish and nu, and a shell of its own.
    const open = /[<>]/.test(this.#text[start]!) ? start + 1 : start
    if (this.#text[open] === '(' && (open > start || /[A-Za-z]/.test(this.#text[open + 1] ?? ''))) {
      const end = this.#balanced(open)
      if (end !== undefined) {
        const inside = this.#text.slice(open + 1, end - 1)
        this.#push('substitution', inside, start, end)
        return true
      }
    }
    const operator = OPERATORS.exec(this.#text.slice(start, start + 3))?.[0]
    if (operator === undefined) return false
    this.#push('operator', operator, start, start + operator.length)
    return true
  }

  #push(kind: Word['kind'], text: string, start: number, end: number): void {
    this.#words.push({ kind, text, start, end, bare: text.length })
    this.#at = end
  }

  #readWord(): void {
    const text = this.#text
    let start = this.#at
    // Lists in brackets: `["a", "b"]`.
    while (/[[({,]/.test(text[this.#at] ?? '') && /["'[({,]/.test(text[this.#at + 1] ?? '')) {
      this.#at = ++start
    }
    let [word, bare] = ['', undefined as number | undefined]
    while (this.#at < text.length) {
      const character = text[this.#at]!
      if (BLANK.test(character)) break
      const placeholder = character === '<' ? this.#placeholder() : undefined
      if (placeholder !== undefined) {
        word += placeholder
        continue
      }
      if (/[;&|<>]/.test(character) && word !== '' && this.#endsWord(character)) break
      // A list of words: `ARGS=(a b)`.
      if (character === '(' && word.endsWith('=')) {
        word += text[this.#at++]!
        break
      }
      const quoted = this.#quoted(character)
      if (quoted !== undefined) {
        bare ??= word.length
        word += quoted
        if (/[,\])}]/.test(text[this.#at] ?? '') && /^["']/.test(text[start]!)) break
        continue
      }
      word += this.#unquoted(character)
    }
    this.#words.push({ kind: 'word', text: word, start, end: this.#at, bare: bare ?? word.length })
    while (/[,\])}]/.test(text[this.#at] ?? '') && /^["']/.test(text[start]!)) this.#at++
    if (this.#at === start) this.#at++
  }

  /** `<token>`, which is read as a whole. */
  #placeholder(): string | undefined {
    const found = /^<[\w -]{1,60}>/.exec(this.#text.slice(this.#at, this.#at + 80))?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  /** `=>` and `&` in an address are part of a word. */
  #endsWord(character: string): boolean {
    if (character === '>')
      return this.#text[this.#at - 1] !== '=' && this.#text[this.#at - 1] !== '-'
    return true
  }

  #quoted(character: string): string | undefined {
    if (character !== '"' && character !== "'" && character !== '`') return undefined
    if (this.#missing.has(character)) return undefined
    const before = this.#text[this.#at - 1] ?? ''
    const after = this.#text[this.#at + 1] ?? ''
    if (character === "'" && /[a-z]/i.test(before) && /[a-z]/i.test(after)) return undefined
    const end = character === "'" ? this.#text.indexOf("'", this.#at + 1) : this.#closing(character)
    if (end < 0) {
      this.#missing.add(character)
      return undefined
    }
    const inside = this.#text.slice(this.#at + 1, end)
    this.#at = end + 1
    if (character === '`') return `\`${inside}\``
    return character === "'" ? inside : inside.replace(/\\(["\\$`])/g, '$1')
  }

  #closing(quote: string): number {
    const text = this.#text
    for (let at = this.#at + 1; at < text.length; at++) {
      if (text[at] === '\\') at++
      else if (text[at] === quote) return at
      else if (quote === '"' && text[at] === '$' && /[({]/.test(text[at + 1] ?? '')) {
        at = (this.#balanced(at + 1) ?? at + 1) - 1
      }
    }
    return -1
  }

  #unquoted(character: string): string {
    const { length } = this.#text
    const start = this.#at
    PLAIN.lastIndex = start
    if (PLAIN.test(this.#text)) {
      this.#at = PLAIN.lastIndex
      return this.#text.slice(start, this.#at)
    }
    if (character === '\\' && start + 1 < length) {
      this.#at += 2
      return this.#text[start + 1]!
    }
    const next = this.#text[start + 1]
    const opens =
      (character === '$' && (next === '(' || next === '{')) || (character === '{' && next === '{')
    const end = opens ? this.#balanced(start + (character === '$' ? 1 : 0)) : undefined
    this.#at = end ?? start + 1
    return this.#text.slice(start, this.#at)
  }

  /** The offset behind the bracket that closes the one at `start`; undefined: none does within reach. */
  #balanced(start: number): number | undefined {
    const text = this.#text
    const open = text[start]!
    const close = CLOSING[open]!
    let depth = 0
    for (let at = start; at < text.length && at < start + REACH; at++) {
      if (text[at] === '\\') at++
      else if (text[at] === open) depth++
      else if (text[at] === close && --depth === 0) return at + 1
    }
    return undefined
  }
}

/** A word without what is left around it of quotes, of a list, a call or a sentence. */
export function trimSigns(value: string): string {
  let text = value.replace(/^[\\"'`]{1,8}/, '').replace(/[\\"'`,;]{1,8}$/, '')
  for (const [open, close] of BRACKETS) {
    while (text.endsWith(close) && !text.includes(open))
      text = text.slice(0, -1).replace(/[\\"'`,;]{1,8}$/, '')
  }
  return text
}

const BRACKETS = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
] as const

/** No substitution is longer. */
const REACH = 1000
