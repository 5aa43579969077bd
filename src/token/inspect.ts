import { K3sVarsError } from '../errors.js'
import type { ErrorCode } from '../errors.js'
import { isSplitForm, SPLIT_FORM } from './configured.js'
import { asFinding, findNotAToken } from './credible.js'
import { USERS } from './grammar.js'
import { secretPart } from './format.js'
import { lintToken } from './lint.js'
import type { Purpose, TokenFinding } from './lint.js'
import type { NotAToken } from './not-a-token.js'
import { parseToken } from './parse.js'
import { classesOf, estimateBits } from './strength.js'
import type { Token, TokenFormat } from './token.js'

/** What can be told of a token without showing it. */
export interface TokenReport {
  /** `password`: it does not say whose; `none`: it is something else, which the one finding names. */
  readonly kind: 'server' | 'agent' | 'bootstrap' | 'password' | 'unknown' | 'none'
  readonly format: TokenFormat | null
  readonly caPinned: boolean
  /** Characters of the secret part. */
  readonly length: number
  readonly classes: readonly string[]
  /** An estimate; see strength.ts. */
  readonly bits: number
  /** Why K3s cannot read it at all. */
  readonly problem: {
    readonly code: ErrorCode
    readonly message: string
    readonly hint: string
  } | null
  readonly findings: readonly TokenFinding[]
}

/** Reads a token, and says what speaks against it. Never throws for what the text is; holds nothing of it. */
export function inspectToken(text: string, purpose: Purpose): TokenReport {
  const other = findNotAToken(text)
  if (other !== undefined) return notAToken(text, other)
  try {
    const token = parseToken(text)
    const secret = secretPart(token)
    return {
      kind: kindOf(token),
      format: token.format,
      caPinned: (token.caHash ?? '') !== '',
      ...measure(secret.reveal()),
      problem: null,
      findings: [...(isSplitForm(text, token) ? [SPLIT_FORM] : []), ...lintToken(secret, purpose)],
    }
  } catch (error) {
    if (!(error instanceof K3sVarsError)) throw error
    const { code, message, hint } = error
    const problem = { code, message, hint }
    return {
      kind: 'unknown',
      format: null,
      caPinned: false,
      ...measure(text),
      problem,
      findings: [],
    }
  }
}

function notAToken(text: string, found: NotAToken): TokenReport {
  return {
    kind: 'none',
    format: null,
    caPinned: false,
    ...measure(text),
    problem: null,
    findings: [asFinding(found)],
  }
}

function kindOf({ credentials }: Token): TokenReport['kind'] {
  if (credentials.type === 'bootstrap') return 'bootstrap'
  if (credentials.user === USERS.server) return 'server'
  return credentials.user === USERS.agent ? 'agent' : 'password'
}

function measure(text: string): Pick<TokenReport, 'length' | 'classes' | 'bits'> {
  return { length: text.length, classes: classesOf(text), bits: estimateBits(text) }
}
