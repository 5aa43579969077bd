import { Secret } from '../secret.js'
import { HASH_SEPARATOR, SECURE_PREFIX } from './grammar.js'
import type { Credentials, Token } from './token.js'

/** The text of a token: the inverse of `parseToken`. */
export function formatToken({ format, caHash = '', credentials }: Token): Secret {
  if (format === 'short') return secretPart({ format, credentials })
  return new Secret(`${SECURE_PREFIX}${caHash}${HASH_SEPARATOR}${formatCredentials(credentials)}`)
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
