// Whether a text that was brought as a token can be one at all. The rules of rules.ts say what is wrong with a token; these say
// that it is none.
import { TokenError } from '../errors.js'
import type { Secret } from '../secret.js'
import { DAMAGED } from './damaged.js'
import type { TokenFinding } from './lint.js'
import { OUTPUTS, STAND_INS } from './not-a-token.js'
import type { NotAToken } from './not-a-token.js'
import { isSealedText, isWrappedBase64 } from './rules.js'

const SEVERAL_LINES: NotAToken = {
  id: 'not-a-token/several-lines',
  lines: [],
  // Those two have rules of their own, which say more.
  whole: (text) => linesOf(text).length > 1 && !isWrappedBase64(text) && !isSealedText(text),
  looksLike: 'a text of several lines, and a token is one line',
  hint: 'bring the line of the token alone: `tail -n 1`, if it is the last one',
}

/** Every rule, in the order in which they are asked. */
export const CREDIBILITY_RULES: readonly NotAToken[] = [
  ...OUTPUTS,
  SEVERAL_LINES,
  ...STAND_INS,
  ...DAMAGED,
]

/** What K3s itself writes: whatever the password is, the cluster has it. */
const WRITTEN_BY_K3S = /^K10[0-9a-f]{64}::(?:server|node):/

/** What a terminal adds to a text that passes it: colours, and the modes of the input line. */
// eslint-disable-next-line no-control-regex -- these begin with the control character ESC
const TERMINAL_SEQUENCE = /\u001b\[[0-9;?]{0,20}[A-Za-z]/g

/** The rule that knows what the text is instead of a token; undefined for what may be one. Holds nothing of the text. */
export function findNotAToken(text: string): NotAToken | undefined {
  const lines = linesOf(text)
  if (lines.length === 1 && WRITTEN_BY_K3S.test(lines[0]!)) return undefined
  return CREDIBILITY_RULES.find(
    ({ lines: patterns, whole }) =>
      patterns.some((pattern) => lines.some((line) => pattern.test(line))) ||
      whole?.(text) === true,
  )
}

/** The finding about a secret in use that looks like something else; empty for any other. */
export function lintCredibility(secret: Secret): readonly TokenFinding[] {
  const found = findNotAToken(secret.reveal())
  return found === undefined ? [] : [asFinding(found)]
}

/** What a report says of a text that is no token. */
export function asFinding({ id, looksLike, hint }: NotAToken): TokenFinding {
  return { rule: id, severity: 'error', message: `it looks like ${looksLike}`, hint }
}

/**
 * Refuses a text that is no token.
 * @param name how the text was given, for the message: `--file`
 * @throws TokenError `K3SV_TOKEN_REFUSED` naming the rule
 */
export function refuseNotAToken(text: string, name: string): void {
  const found = findNotAToken(text)
  if (found === undefined) return
  throw new TokenError(
    'K3SV_TOKEN_REFUSED',
    `what ${name} holds is no token by rule ${found.id}: it looks like ${found.looksLike}`,
    { hint: found.hint },
  )
}

function linesOf(text: string): readonly string[] {
  return text
    .replace(TERMINAL_SEQUENCE, '')
    .split(/\r\n|[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
