// Reads code, HCL, Nix, TOML and the like by their tokens: which name a text is given to, which blocks are around it, what stands
// beside it in a call or a list, and what is in strings and comments. It knows no grammar; an element is what commas, semicolons
// and line ends part.
import type { Target } from '../forms/files.js'
import { cleanName, isSpecific } from '../forms/names.js'
import { ElementReader } from './elements.js'
import type { Handler } from './handler.js'
import type { Gather, Met } from './gather.js'
import { readTokens } from './lexer.js'
import type { Token } from './lexer.js'
import type { Language } from './language.js'
import { optionsOf } from './options.js'
import type { Argument } from './options.js'
import { decoded, part } from './piece.js'
import type { Piece } from './piece.js'
import { readContent, readText } from './text.js'

/** Gathers what stands in a text of the language. */
export function readCode(piece: Piece, language: Language, gather: Gather): void {
  const tokens = readTokens(piece.text, language)
  const code = new Code(piece, gather)
  new ElementReader(tokens, language, code).read()
  code.finish()
}

/** A literal value under a name that says nothing by itself. */
interface Local {
  readonly name: string
  readonly met: Met
}

/** What stands behind a name and is no variable: `k3s_token: &str`. */
const TYPE =
  /^(?:&?(?:static )?str|string|text|char|byte|bytes|int|bool|boolean|object|any|unknown|option|optional|null|nil|none|undefined|true|false|secret_?str(?:ing)?|var|let|const|return|self|this)$/i
const MOST_LOCALS = 5000

class Code implements Handler {
  readonly #piece: Piece
  readonly #gather: Gather
  readonly #locals: Local[] = []
  /** A name and the variable that it was given, in the order of the text. */
  readonly #given: [name: string, other: string][] = []

  constructor(piece: Piece, gather: Gather) {
    this.#piece = piece
    this.#gather = gather
  }

  comment({ start, end }: Token): void {
    readText(part(this.#piece, start, end), { isComment: true }, this.#gather)
  }

  bound(names: readonly string[], token: Token): boolean {
    const form = this.#gather.formOf(names)
    const met = this.#met(token)
    if (form === undefined) {
      const name = names.at(-1) ?? ''
      if (this.#locals.length < MOST_LOCALS && token.text.length <= 1100)
        this.#locals.push({ name, met })
      return false
    }
    this.#gather.add(form, names.slice(-6).join('.'), met)
    return true
  }

  local(name: string, token: Token): void {
    if (this.#locals.length < MOST_LOCALS && token.text.length <= 1100)
      this.#locals.push({ name, met: { ...this.#met(token), isGuess: true } })
  }

  near(name: string, token: Token, isFallback: boolean): void {
    if (isSpecific(token.text)) return
    this.#gather.add(isFallback ? 'default' : 'near', cleanName(name), {
      ...this.#met(token),
      isGuess: !isFallback,
    })
  }

  pair(name: string, token: Token): void {
    this.#gather.add('pair', cleanName(name), this.#met(token))
  }

  password(token: Token): void {
    if (this.#gather.traits.mentionsAnsible) this.#gather.add('vault-handed', '', this.#met(token))
  }

  setting(token: Token): void {
    this.#gather.add('config-key', 'token', this.#met(token))
  }

  use(name: string): void {
    if (!TYPE.test(name)) this.#gather.uses.add(ownName(name))
  }

  given(name: string, other: string): void {
    if (this.#given.length < MOST_LOCALS) this.#given.push([name, other])
  }

  arguments(tokens: readonly (Token | string | undefined)[]): void {
    const words = tokens.map((token): Argument => ({
      text: typeof token === 'string' ? `$${token}` : (token?.text ?? '$'),
    }))
    if (!words.some(({ text }) => text.startsWith('-'))) return
    for (const { form, option, index, text } of optionsOf(
      words,
      [],
      this.#gather.traits.mentionsK3s,
    )) {
      const token = tokens[index]
      if (typeof token === 'string') this.use(token)
      if (token === undefined || typeof token === 'string' || /\s/.test(text)) continue
      // What the variable of the environment is called: `add_argument("--k3s-token", default=getenv("K3S_TOKEN"))`.
      if (isSpecific(text)) continue
      const met = this.#met(token)
      this.#gather.add(form, option, { ...met, text, at: token.text.lastIndexOf(text) })
    }
  }

  content(token: Token, target: Target | undefined): void {
    readContent(this.#inside(token), target, this.#gather)
  }

  /** Tells the variables that were handed to K3s by name. */
  finish(): void {
    const { uses } = this.#gather
    if (uses.size === 0) return
    for (const [name, other] of this.#given.toReversed()) {
      if (uses.has(ownName(name))) uses.add(ownName(other))
    }
    for (const { name, met } of this.#locals) {
      const clean = ownName(name)
      if (uses.has(clean) && !isSpecific(met.text)) this.#gather.add('named-by-use', clean, met)
    }
  }

  #met(token: Token): Met {
    return { text: token.text.trim(), piece: this.#inside(token), at: token.text.search(/\S|$/) }
  }

  #inside({ inner, start, end, text }: Token): Piece {
    return decoded(this.#piece, inner?.[0] ?? start, inner?.[1] ?? end, text)
  }
}

/** The name itself, without what it is part of. */
function ownName(name: string): string {
  return cleanName(name).replace(/^.*\./, '')
}
