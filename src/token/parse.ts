import { TokenError } from '../errors.js'
import { Secret } from '../secret.js'
import { BOOTSTRAP_PATTERN, CA_HASH_LENGTH, HASH_SEPARATOR, SECURE_PREFIX } from './grammar.js'
import type { Credentials, Token } from './token.js'

/**
 * Reads a token exactly as K3s does (pkg/clientaccess/token.go, parseToken).
 * @throws TokenError `K3SV_TOKEN_EMPTY`, `K3SV_TOKEN_FORMAT`, `K3SV_TOKEN_CA_HASH`
 */
export function parseToken(text: string): Token {
  if (text === '')
    throw new TokenError('K3SV_TOKEN_EMPTY', 'the token is empty', {
      hint: 'see whether the place that it is taken from holds one',
    })
  if (!text.startsWith(SECURE_PREFIX)) return { format: 'short', credentials: readShort(text) }
  const rest = text.slice(SECURE_PREFIX.length)
  const [caHash, credentials] = splitOnce(rest, HASH_SEPARATOR) ?? ['', rest]
  // Go counts bytes.
  const length = Buffer.byteLength(caHash)
  if (length !== 0 && length !== CA_HASH_LENGTH) {
    throw new TokenError(
      'K3SV_TOKEN_CA_HASH',
      `the CA hash of the token has ${length} characters instead of ${CA_HASH_LENGTH}`,
      {
        hint: 'copy the whole token; a password that begins with K10 is misread as a secure token',
      },
    )
  }
  return { format: 'secure', caHash, credentials: readCredentials(credentials) }
}

function readShort(text: string): Credentials {
  return readBootstrap(text) ?? { type: 'password', user: '', password: new Secret(text) }
}

function readCredentials(text: string): Credentials {
  const bootstrap = readBootstrap(text)
  if (bootstrap) return bootstrap
  const [user, password] = splitOnce(text, ':') ?? ['', '']
  if (password === '') {
    throw new TokenError(
      'K3SV_TOKEN_FORMAT',
      'the token begins with K10, but no user and password follow',
      {
        hint: 'a secure token is K10<CA hash>::<user>:<password>; a password must not begin with K10',
      },
    )
  }
  return { type: 'password', user, password: new Secret(password) }
}

function readBootstrap(text: string): Credentials | undefined {
  const match = BOOTSTRAP_PATTERN.exec(text)
  return match ? { type: 'bootstrap', id: match[1]!, secret: new Secret(match[2]!) } : undefined
}

function splitOnce(text: string, separator: string): readonly [string, string] | undefined {
  const index = text.indexOf(separator)
  return index < 0 ? undefined : [text.slice(0, index), text.slice(index + separator.length)]
}
