// The one home of the token's constants. Source: K3s pkg/clientaccess/token.go and pkg/kubeadm.

/** Begins every secure token; a password must not begin with it. Case sensitive. */
export const SECURE_PREFIX = 'K10'

/** Stands between the CA hash and the credentials of a secure token. */
export const HASH_SEPARATOR = '::'

/** Characters of a CA hash: SHA-256 in hex. An empty one is read, too, and means that the CA is not checked. */
export const CA_HASH_LENGTH = 64

/** A CA hash as K3s writes it. Nodes that join compare it as text. */
export const CA_HASH_PATTERN = /^[0-9a-f]{64}$/

/** Characters of the id and the secret of a bootstrap token. */
export const BOOTSTRAP_ID_LENGTH = 6
export const BOOTSTRAP_SECRET_LENGTH = 16

/** The id alone, which is no secret. */
export const BOOTSTRAP_ID_PATTERN = /^[a-z0-9]{6}$/

/** A bootstrap token: `id.secret`. */
export const BOOTSTRAP_PATTERN = /^([a-z0-9]{6})\.([a-z0-9]{16})$/

/** The user names under which servers and agents present a password. */
export const USERS = { server: 'server', agent: 'node' } as const

/** Fewer characters than this are refused in every token. */
export const SHORTEST = 16

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'

/** Characters by class. */
export const CLASSES = { lower: LOWER, upper: UPPER, digit: DIGITS } as const

/** Names of the alphabets that a token can be generated from. */
export type AlphabetName = 'alphanumeric' | 'hex' | 'url-safe' | 'complex'

/** The characters of each alphabet; `complex` is filled up with symbols that the role carries. */
export const ALPHABETS: Readonly<Record<AlphabetName, string>> = {
  alphanumeric: UPPER + LOWER + DIGITS,
  hex: `${DIGITS}abcdef`,
  'url-safe': `${UPPER}${LOWER}${DIGITS}-_`,
  complex: UPPER + LOWER + DIGITS,
}

/** Why others could find a token by its fingerprint: it has fewer than 128 bits, or a person made it up. */
export const GUESSABLE = ['weak', 'made-up'] as const
export type Guessable = (typeof GUESSABLE)[number]
