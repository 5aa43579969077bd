// Secure tokens that lost something on the way, or came with something around them.
import type { NotAToken } from './not-a-token.js'

const WHOLE_HINT = 'copy the line of server/token whole: K10<CA hash>::server:<password>'

/** A whole secure token. */
const SECURE = /K10[0-9a-f]{64}::\S/

export const DAMAGED: readonly NotAToken[] = [
  {
    id: 'not-a-token/lost-colon',
    lines: [/^K10[0-9a-f]{64}:(?!:)/i],
    looksLike: 'a secure token with one colon behind the CA hash where there should be two',
    hint: WHOLE_HINT,
  },
  {
    id: 'not-a-token/cut-off',
    lines: [/^(?:k10|10|0)?[0-9a-f]{64}::/, /^:{1,2}(?:server|node):\S/],
    looksLike: 'a secure token without its beginning',
    hint: WHOLE_HINT,
  },
  {
    id: 'not-a-token/base64',
    lines: [],
    whole: isEncodedToken,
    looksLike: 'the base64 of a secure token, as in a Secret of Kubernetes',
    hint: 'decode it: `base64 -d | k3s-vars token import CLUSTER --stdin`',
  },
  {
    id: 'not-a-token/surrounded',
    lines: [],
    whole: isSurrounded,
    looksLike: 'a secure token with other text around it',
    hint: 'bring the token alone, from K10 to the end of its line',
  },
]

function isEncodedToken(text: string): boolean {
  const encoded = text.trim()
  return /^SzEw[A-Za-z0-9+/]{88,}={0,2}$/.test(encoded)
    ? SECURE.test(Buffer.from(encoded, 'base64').toString('latin1'))
    : false
}

/** White space and a byte order mark have rules of their own. */
function isSurrounded(text: string): boolean {
  const start = text.search(SECURE)
  return start > 0 && text.slice(0, start).trim() !== ''
}
