import { Secret } from '../secret.js'
import { draw } from './generate.js'
import type { RandomBytes } from './generate.js'
import { BOOTSTRAP_ID_LENGTH, BOOTSTRAP_SECRET_LENGTH, CLASSES } from './grammar.js'
import type { Credentials, Token } from './token.js'

export interface BootstrapToken extends Token {
  readonly credentials: Extract<Credentials, { type: 'bootstrap' }>
}

/** A new bootstrap token for `k3s token create`: joins agents only and expires; never a server's token. */
export function generateBootstrapToken(randomBytes: RandomBytes): BootstrapToken {
  const characters = CLASSES.lower + CLASSES.digit
  return {
    format: 'short',
    credentials: {
      type: 'bootstrap',
      id: draw(characters, BOOTSTRAP_ID_LENGTH, randomBytes),
      secret: new Secret(draw(characters, BOOTSTRAP_SECRET_LENGTH, randomBytes)),
    },
  }
}
