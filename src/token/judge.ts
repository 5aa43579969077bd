import { TokenError } from '../errors.js'
import type { RoleProfile, TokenKind } from '../role/profile.js'
import type { Secret } from '../secret.js'
import { HARMS } from './encodings.js'
import { RULES, SOUND_TOKEN } from './rules.js'
import type { Severity } from './rules.js'

export interface Finding {
  /** The rule's id, stable. */
  readonly rule: string
  readonly severity: Severity
  readonly reason: string
  readonly hint: string
  /** The file on the node that would break, where it is one. */
  readonly file?: string
}

export interface Purpose {
  readonly kind: TokenKind
  readonly role: RoleProfile
}

/** What is wrong with a token's secret part for its purpose; errors first. Holds nothing of the token. */
export function judgeToken(secret: Secret, { kind, role }: Purpose): readonly Finding[] {
  const text = secret.reveal()
  const general = RULES.filter((rule) => (rule.kind ?? kind) === kind && rule.matches(text)).map(
    ({ id, severity, reason, hint }): Finding => ({ rule: id, severity, reason, hint }),
  )
  // The server token reaches agents, too, unless they have their own; both are judged for all files.
  const onNodes = role.destinations.flatMap(({ encoding, file, when }) =>
    HARMS[encoding]
      .filter(({ matches }) => matches(text))
      .map(({ id, severity, reason }): Finding => ({
        rule: `${encoding}/${id}`,
        severity,
        reason: when === undefined ? reason : `${reason} (${when})`,
        hint: `${SOUND_TOKEN}; letters and digits survive everywhere`,
        file,
      })),
  )
  const all = [...general, ...onNodes]
  return [...all.filter(isError), ...all.filter((finding) => !isError(finding))]
}

/**
 * Refuses a token with an error among its findings.
 * @throws TokenError `K3SV_TOKEN_REFUSED` naming the rule, the reason and the file on the node
 */
export function refuseToken(findings: readonly Finding[]): void {
  const [first] = findings.filter(isError)
  if (first === undefined) return
  const where = first.file === undefined ? '' : ` in ${first.file}`
  throw new TokenError(
    'K3SV_TOKEN_REFUSED',
    `the token is refused by rule ${first.rule}${where}: ${first.reason}`,
    {
      hint: first.hint,
    },
  )
}

function isError({ severity }: Finding): boolean {
  return severity === 'error'
}
