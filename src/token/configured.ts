// A token as a cluster has it, or as K3s wrote it down. K3s reads more forms than it takes whole: of the others a server keeps
// one part as the key of its datastore and expects another from the servers that join (measured on K3s v1.36.3).
import { TokenError } from '../errors.js'
import type { TokenKind } from '../role/profile.js'
import type { Secret } from '../secret.js'
import { secretPart } from './format.js'
import { CA_HASH_PATTERN, HASH_SEPARATOR, USERS } from './grammar.js'
import type { TokenFinding } from './lint.js'
import { parseToken } from './parse.js'
import type { Token } from './token.js'

/** What a cluster is keyed with, and the CA that its text names. */
export interface ConfiguredToken {
  readonly secret: Secret
  /** 64 hex digits; absent where the text names no CA. */
  readonly caHash?: string
}

/** Applies to a whole text, not to its secret part. */
export const SPLIT_FORM: TokenFinding = {
  rule: 'split-form',
  severity: 'error',
  message:
    'it begins with K10, but is not of the form K10<CA hash>::<user>:<password> with user server or node; with such a token K3s keys the cluster with a part of it and lets no server join',
  hint: "bring the server's own server/token, as K3s wrote it; a cluster that was started with this text needs a rotation: `k3s token rotate`",
}

/**
 * Takes apart what a cluster was given as its token of a kind, or what K3s wrote into `server/token` or `agent-token`.
 * @param name how the text was given, for messages: `--file`
 * @throws TokenError as `parseToken`; `K3SV_TOKEN_REFUSED` for the token of the other kind and for a form that K3s does not
 * take whole; `K3SV_TOKEN_CA_HASH` for a hash that is no SHA-256 in lower-case hex
 */
export function takeApart(text: string, kind: TokenKind, name: string): ConfiguredToken {
  const token = parseToken(text)
  const { credentials, caHash = '' } = token
  // A bootstrap token is refused by its rule, which says why.
  if (token.format === 'short' || credentials.type === 'bootstrap')
    return { secret: secretPart(token) }
  if (isSplitForm(text, token)) {
    throw new TokenError(
      'K3SV_TOKEN_REFUSED',
      `what ${name} holds is refused by rule ${SPLIT_FORM.rule}: ${SPLIT_FORM.message}`,
      { hint: SPLIT_FORM.hint },
    )
  }
  if (credentials.user !== USERS[kind]) throw ofOtherKind(kind, name)
  if (caHash === '') return { secret: secretPart(token) }
  if (CA_HASH_PATTERN.test(caHash)) return { secret: secretPart(token), caHash }
  throw new TokenError(
    'K3SV_TOKEN_CA_HASH',
    `the CA hash of what ${name} holds has other characters than 0-9 and a-f`,
    { hint: 'K3s writes hex digits in lower case: copy the token as it stands in server/token' },
  )
}

/** Whether K3s reads the text, but takes it apart: neither servers nor agents could have it as their token. */
export function isSplitForm(text: string, { format, credentials }: Token): boolean {
  if (format === 'short' || credentials.type === 'bootstrap') return false
  const isKnownUser = credentials.user === USERS.server || credentials.user === USERS.agent
  return !isKnownUser || !text.includes(HASH_SEPARATOR)
}

function ofOtherKind(kind: TokenKind, name: string): TokenError {
  return new TokenError(
    'K3SV_TOKEN_REFUSED',
    `what ${name} holds is not the ${kind} token of a cluster`,
    { hint: OTHER_KIND_HINTS[kind] },
  )
}

const OTHER_KIND_HINTS: Readonly<Record<TokenKind, string>> = {
  server: 'copy /var/lib/rancher/k3s/server/token; an agent token belongs to --agent-file',
  agent:
    'copy /var/lib/rancher/k3s/server/agent-token; where there is none, agents join with the server token',
}
