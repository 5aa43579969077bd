import type { Target } from '../forms/files.js'
import type { Token } from './lexer.js'

/** What is made of the elements. */
export interface Handler {
  readonly comment: (token: Token) => void
  /** A string that is the value of a name; answers whether it is one of a token. */
  readonly bound: (names: readonly string[], token: Token) => boolean
  /** A string in one statement with a name of a token; `isFallback`: what is taken if there is none. */
  readonly near: (name: string, token: Token, isFallback: boolean) => void
  /** A name and a value that stand side by side. */
  readonly pair: (name: string, token: Token) => void
  /** A string that is a vault password by the call that takes it. */
  readonly password: (token: Token) => void
  /** A variable that is handed over as token. */
  readonly use: (name: string) => void
  /** The literal arguments of a call or a list, in order; what is no literal is `undefined`. */
  readonly arguments: (tokens: readonly (Token | undefined)[]) => void
  /** What is in a string: a script, a setting, a configuration file. */
  readonly content: (token: Token, target: Target | undefined) => void
}
