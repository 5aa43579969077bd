import { Secret } from '../secret.js'
import type { TokenKind } from '../role/profile.js'
import { HASH_SEPARATOR, SECURE_PREFIX, USERS } from './grammar.js'
import type { Credentials, Token } from './token.js'

/** The text of a token: the inverse of `parseToken`. */
export function formatToken({ format, caHash = '', credentials }: Token): Secret {
  if (format === 'short') return secretPart({ format, credentials })
  return new Secret(`${SECURE_PREFIX}${caHash}${HASH_SEPARATOR}${formatCredentials(credentials)}`)
}

/**
 * The secure form of a cluster's own token, of which a server takes no other than this one whole.
 * @param caHash 64 hex digits
 */
export function securePassword(password: Secret, kind: TokenKind, caHash: string): Secret {
  const credentials = { type: 'password', user: USERS[kind], password } as const
  return formatToken({ format: 'secure', caHash, credentials })
}

/** What the cluster's secret is, without hash and user: the password, or `id.secret` of a bootstrap token. */
export function secretPart({ credentials }: Token): Secret {
  return credentials.type === 'password'
    ? credentials.password
    : new Secret(formatCredentials(credentials))
}

function formatCredentials(credentials: Credentials): string {
  return credentials.type === 'password'
    ? `${credentials.user}:${credentials.password.reveal()}`
    : `${credentials.id}.${credentials.secret.reveal()}`
}
