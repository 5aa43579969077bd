// What a token is, as K3s and RKE2 read it. Begin here: this is a token taken apart. grammar.ts has its constants, parse.ts and
// format.ts lead in and out, generate.ts makes one, lint.ts says what is wrong with one (rules.ts, encodings.ts), credible.ts
// what is none at all, inspect.ts tells of one without showing it. Pure, and without files.
import type { Secret } from '../secret.js'

/** `short` is the password or bootstrap pair alone; `secure` carries the CA hash in front (`K10<hash>::…`). */
export type TokenFormat = 'short' | 'secure'

export type Credentials =
  /** `user` is empty where the token leaves it open. */
  | { readonly type: 'password'; readonly user: string; readonly password: Secret }
  | { readonly type: 'bootstrap'; readonly id: string; readonly secret: Secret }

/** A token as K3s reads it. */
export interface Token {
  readonly format: TokenFormat
  /** 64 characters, or empty for a secure token that does not pin the CA; absent in a short token. */
  readonly caHash?: string
  readonly credentials: Credentials
}
