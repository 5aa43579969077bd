import type { Target } from '../forms/files.js'
import type { Token } from './lexer.js'

/** What is made of the elements. */
export interface Handler {
  readonly comment: (token: Token) => void
  /** A string that is the value of a name; answers whether it is one of a token. */
  readonly bound: (names: readonly string[], token: Token) => boolean
  /** A string that a variable is made of, by a call or with others. */
  readonly local: (name: string, token: Token) => void
  /** A string in one statement with a name of a token; `isFallback`: what is taken if there is none. */
  readonly near: (name: string, token: Token, isFallback: boolean) => void
  /** A name and a value that stand side by side. */
  readonly pair: (name: string, token: Token) => void
  /** A string that is a vault password by the call that takes it. */
  readonly password: (token: Token) => void
  /** A value of a key `token` in a block that is written into K3s' configuration. */
  readonly setting: (token: Token) => void
  /** A variable that is handed over as token. */
  readonly use: (name: string) => void
  /** A variable that is given what another holds. */
  readonly given: (name: string, other: string) => void
  /** The arguments of a call or a list, in order: strings, words, and `undefined` for what is neither. */
  readonly arguments: (tokens: readonly (Token | string | undefined)[]) => void
  /** What is in a string: a script, a setting, a configuration file. */
  readonly content: (token: Token, target: Target | undefined) => void
}
