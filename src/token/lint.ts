import { TokenError } from '../errors.js'
import type { Location } from '../errors.js'
import type { Destination, RoleProfile, TokenKind } from '../role/profile.js'
import type { Secret } from '../secret.js'
import { HARMS } from './encodings.js'
import { securePassword } from './format.js'
import { ROTATION, RULES, SOUND_TOKEN } from './rules.js'
import type { Rule } from './rules.js'
import type { Finding, Severity } from '../finding.js'

/** What is wrong with a token; the message is the reason. */
export interface TokenFinding extends Finding {
  readonly severity: Exclude<Severity, 'note'>
  /** What the node sees instead of the token, where it is one file that breaks. */
  readonly sees?: string
  readonly hint: string
  /** The file on the node that would break, where it is one. */
  readonly file?: string
}

export interface Purpose {
  readonly kind: TokenKind
  readonly role: RoleProfile
  /** Whether agents have a token of their own; the server token then stays on servers. */
  readonly isSeparate?: boolean
  /** Whether a token that can be guessed is a warning only, because the cluster has it. */
  readonly isInUse?: boolean
  /** The CA that stands in front of the token where it is handed out; absent: none does. */
  readonly caHash?: string | undefined
}

const HARMLESS = /^(?!K10)[A-Za-z][A-Za-z0-9]{15,}$/

/** What is wrong with a token's secret part for its purpose; errors first. Holds nothing of the token. */
export function lintToken(secret: Secret, purpose: Purpose): readonly TokenFinding[] {
  const text = secret.reveal()
  const matching = RULES.filter((rule) => rule.matches(text))
  // What everybody knows is short and weak as well, and there is one thing to do about all of it.
  const plainest = matching.find(({ isWeakness }) => isWeakness)
  const told = matching.filter((rule) => !purpose.isInUse || !rule.isWeakness || rule === plainest)
  const general = told.map((rule): TokenFinding => {
    if (rule.isWeakness && purpose.isInUse) return weakness(rule)
    const { id, severity, reason, hint } = rule
    return { rule: id, severity, message: reason, hint }
  })
  const { role, kind, caHash } = purpose
  const handedOut = caHash === undefined ? text : securePassword(secret, kind, caHash).reveal()
  const onNodes = role.destinations
    .filter((destination) => reaches(destination, purpose))
    .flatMap((destination) => findingsAt(destination, { text, handedOut }))
  // A file that servers and agents have alike is one finding.
  const all = new Map([...general, ...onNodes].map((one) => [`${one.rule} ${one.file}`, one]))
  const findings = [...all.values()]
  return [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))]
}

/**
 * Whether no rule can refuse the token in use, whatever the role: letters and digits survive everywhere. Told without asking
 * every rule, which takes a start longer than all else about a token.
 */
export function isHarmless(secret: Secret): boolean {
  return HARMLESS.test(secret.reveal())
}

/** The plainest reason why the token can be guessed; undefined for one that cannot, as far as can be seen. */
export function findWeakness(secret: Secret): TokenFinding | undefined {
  const rule = RULES.find(({ isWeakness, matches }) => isWeakness && matches(secret.reveal()))
  return rule && weakness(rule)
}

/** What a rule says of a token that cannot be had otherwise. */
function weakness({ id, reason }: Rule): TokenFinding {
  return { rule: id, severity: 'warn', message: reason, hint: ROTATION }
}

/** Servers have to know the agent token, too; the server token gets to agents unless they have their own. */
function reaches(destination: Destination, { kind, isSeparate = false }: Purpose): boolean {
  if (destination.kind !== undefined && destination.kind !== kind) return false
  return destination.side === 'server' || kind === 'agent' || !isSeparate
}

interface Texts {
  readonly text: string
  /** With the CA in front of it, where it is handed out so. */
  readonly handedOut: string
}

function findingsAt(destination: Destination, { text, handedOut }: Texts): TokenFinding[] {
  const { encoding, file, when, severity = 'error', isOfK3s } = destination
  return HARMS[encoding]
    .filter(({ matches }) => matches(isOfK3s ? text : handedOut))
    .map(({ id, reason, sees, matches }) => ({
      rule: `${encoding}/${id}`,
      severity,
      message: when === undefined ? reason : `${reason} (${when})`,
      sees,
      hint: matches(text)
        ? `${SOUND_TOKEN}; letters and digits survive everywhere`
        : 'the secure form does not survive there: use form: short',
      file,
    }))
}

/** Whether the role cuts what it is handed out at colons, which the secure form has. */
export function cutsAtColons({ destinations }: RoleProfile): boolean {
  return destinations.some(({ encoding, isOfK3s }) => encoding === 'cut-at-colons' && !isOfK3s)
}

/** What breaks and what the node sees instead, in one line. */
export function explainFinding({ message, sees }: TokenFinding): string {
  return sees === undefined ? message : `${message}; the node would see ${sees}`
}

/**
 * Refuses a token with an error among its findings.
 * @param location whose token it is
 * @throws TokenError `K3SV_TOKEN_REFUSED` naming the rule, the reason and the file on the node
 */
export function refuseToken(findings: readonly TokenFinding[], location?: Location): void {
  const [first] = findings.filter(isError)
  if (first === undefined) return
  const where = first.file === undefined ? '' : ` in ${first.file}`
  throw new TokenError(
    'K3SV_TOKEN_REFUSED',
    `the token is refused by rule ${first.rule}${where}: ${explainFinding(first)}`,
    { location, hint: first.hint },
  )
}

function isError({ severity }: TokenFinding): boolean {
  return severity === 'error'
}
