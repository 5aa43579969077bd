// The one home of the token's constants. Source: K3s pkg/clientaccess/token.go.

/** Begins every secure token; a password must not begin with it. Case sensitive. */
export const SECURE_PREFIX = 'K10'

/** Names of the alphabets that a token can be generated from. */
export type AlphabetName = 'alphanumeric' | 'hex' | 'url-safe' | 'complex'
