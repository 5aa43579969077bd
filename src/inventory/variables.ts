import type { ClusterConfig } from '../config/config.js'
import { ROLE_PROFILES } from '../role/profiles.js'
import type { Side, TokenKind } from '../role/profile.js'
import type { Secret } from '../secret.js'

/** A token as it is handed out: opened, or as Ansible Vault text that Ansible opens itself. */
export type HandedToken =
  | { readonly form: 'plain'; readonly secret: Secret }
  | { readonly form: 'vaulted'; readonly text: string }

/** The tokens of a cluster as they are handed out. */
export interface HandedTokens {
  readonly server: HandedToken
  /** Absent where agents join with the server token. */
  readonly agent?: HandedToken
}

/** Variables by name; without a prototype, so that no name is special. */
export type VariableMap = Record<string, unknown>

/**
 * The variables of each side that carry tokens, in the shape that the cluster's role reads. Where agents have a token of
 * their own, the server token is on the servers' side only.
 */
export function tokenVariables(
  cluster: ClusterConfig,
  tokens: HandedTokens,
): Readonly<Record<Side, VariableMap>> {
  const role = ROLE_PROFILES[cluster.role]
  const sides = { cluster: newMap(), server: newMap(), agent: newMap() }
  const valueOf = (kind: TokenKind): unknown => encodeToken(tokens[kind] ?? tokens.server)
  for (const { side, name, kind } of tokens.agent ? role.separate : role.shared) {
    sides[side][name] = valueOf(kind)
  }
  if (tokens.agent && role.separateText) {
    const { side, variable, key, kind, carrier } = role.separateText
    sides[side][carrier] = valueOf(kind)
    sides[side][variable] = appendReference(cluster.vars[variable], key, carrier)
  }
  return sides
}

/** Settings that protect the token on the node, for each side; the user's own value beats them. */
export function protectiveVariables(cluster: ClusterConfig, side: Side): VariableMap {
  const variables = newMap()
  for (const setting of ROLE_PROFILES[cluster.role].defaults) {
    if (setting.side === side) variables[setting.name] = setting.value
  }
  return variables
}

export function newMap(): VariableMap {
  return Object.create(null) as VariableMap
}

/** A token in Ansible's JSON form. Never a bare string: Ansible would evaluate Jinja in it and print it in errors. */
export function encodeToken(token: HandedToken): unknown {
  return token.form === 'plain'
    ? { __ansible_unsafe: token.secret.reveal() }
    : { __ansible_vault: token.text }
}

/**
 * The user's YAML text with one more line, whose value Ansible fills in. Joining with `~` makes ansible-core 2.19 open a
 * vaulted value (`| string` does not); JSON quotes whatever the token holds.
 */
function appendReference(text: unknown, key: string, carrier: string): string {
  const head =
    typeof text === 'string' && text.trim() !== '' ? `${withoutFinalNewlines(text)}\n` : ''
  return `${head}${key}: {{ (${carrier} ~ '') | to_json }}\n`
}

/** By hand: a pattern for newlines at the end tries each of those in the middle, too, and takes quadratic time. */
function withoutFinalNewlines(text: string): string {
  let end = text.length
  while (text[end - 1] === '\n') end--
  return text.slice(0, end)
}
