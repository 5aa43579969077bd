import type { ClusterConfig, Variables } from '../config/config.js'
import type { Side, TokenKind, TokenVariable } from '../role/profile.js'
import { variablesAt, variablesOf } from '../role/token-variables.js'
import { securePassword } from '../token/format.js'
import type { Secret } from '../secret.js'
import type { TokenPair } from '../token-pair.js'

/** Has the source answer the play of a rotation while that is under way: the id of the rotation. */
export const ROTATION_VARIABLE = 'K3S_VARS_ROTATION'

/**
 * A token as it is handed out: opened, or as Ansible Vault text that Ansible opens itself. Withheld is what the play of a rotation gets:
 * a variable that fails, with the reason, as soon as somebody uses it.
 */
export type EmittedToken =
  | { readonly form: 'plain'; readonly secret: Secret }
  | { readonly form: 'vaulted'; readonly text: string }
  | { readonly form: 'withheld' }

/** The tokens of a cluster as they are handed out. */
export interface EmittedTokens extends TokenPair<EmittedToken> {
  /** The CA that the cluster is known by, 64 hex digits; absent where none is, or not for certain. */
  readonly caHash?: string
}

/** A host of a cluster with the variables that the configuration gives it. */
export interface ClusterHost {
  readonly side: Exclude<Side, 'cluster'>
  readonly own: Variables
}

/** Variables by name; without a prototype, so that no name is special. */
export type VariableMap = Record<string, unknown>

/**
 * The variables of each side that carry tokens, in the shape that the cluster's role reads. Where agents have a token of
 * their own, the server token is on the servers' side only. A dictionary has the user's other keys from `vars`, too,
 * because Ansible replaces dictionaries as a whole.
 */
export function tokenVariables(
  cluster: ClusterConfig,
  tokens: EmittedTokens,
): Readonly<Record<Side, VariableMap>> {
  const variables = variablesOf(cluster.role, cluster.agentToken)
  const at = (side: Side): VariableMap => {
    const own = variables.filter((variable) => variable.side === side)
    const inherited = variablesAt(variables, side).filter(
      ({ name }) => side !== 'cluster' && own.some((one) => one.name === name && one.key),
    )
    const given = withKept(cluster, cluster.vars)
    const wanted = [...new Set([...inherited, ...own])]
    return setTokenVariables(wanted, valuesOf(cluster, tokens), given)
  }
  return { cluster: at('cluster'), server: at('server'), agent: at('agent') }
}

/**
 * What one host needs besides the variables of its groups: everything at level `host`; else only the dictionaries and
 * texts that it has of its own, and that would replace the groups' with the token in them.
 */
export function hostTokenVariables(
  cluster: ClusterConfig,
  tokens: EmittedTokens,
  host: ClusterHost,
): VariableMap {
  const variables = variablesOfHost(cluster, host)
  if (variables.length === 0) return newMap()
  const all = withKept(cluster, { ...cluster.vars, ...host.own })
  return setTokenVariables(variables, valuesOf(cluster, tokens), all)
}

/** The user's variables, with the key beside our token that the role would forget otherwise. */
function withKept({ role: { kept }, agentToken }: ClusterConfig, given: Variables): Variables {
  if (kept === undefined || !agentToken) return given
  const { key, from, to } = kept
  const own = dictionary(given[to])
  const source = from
    .map((name) => dictionary(given[name]))
    .findLast((one) => Object.hasOwn(one, key))
  if (source === undefined || Object.hasOwn(own, key)) return given
  return { ...given, [to]: { [key]: source[key], ...own } }
}

function dictionary(value: unknown): Variables {
  return typeof value === 'object' && value !== null ? (value as Variables) : {}
}

/** Whether a host has tokens among its own variables. */
export function needsTokens(cluster: ClusterConfig, host: ClusterHost): boolean {
  return variablesOfHost(cluster, host).length > 0
}

function variablesOfHost(
  { role, agentToken, level }: ClusterConfig,
  { side, own }: ClusterHost,
): readonly TokenVariable[] {
  const all = variablesAt(variablesOf(role, agentToken), side)
  if (level === 'host') return all
  const { kept } = role
  const hasKept = kept?.from.some((name) => Object.hasOwn(dictionary(own[name]), kept.key)) === true
  return all.filter(
    ({ name, key }) =>
      key !== undefined && (Object.hasOwn(own, name) || (hasKept && name === kept.to)),
  )
}

/** Settings that the role needs beside the tokens, for each side; the user's own value beats them. */
export function roleSettings(cluster: ClusterConfig, side: Side): VariableMap {
  const variables = newMap()
  for (const setting of cluster.role.settings) {
    if (setting.side !== side || Object.hasOwn(cluster.vars, setting.name)) continue
    if (setting.isForSeparate && !cluster.agentToken) continue
    variables[setting.name] = setting.value
  }
  return variables
}

export function newMap(): VariableMap {
  return Object.create(null) as VariableMap
}

/** What each kind of token is in Ansible's JSON form; of the agent's, absent where agents join with the server token. */
function valuesOf({ form }: ClusterConfig, tokens: EmittedTokens): TokenPair<unknown> {
  const { caHash, server, agent } = tokens
  const encode = (token: EmittedToken, kind: TokenKind): unknown =>
    encodeToken(form === 'secure' ? pinned(token, kind, caHash) : token)
  return { server: encode(server, 'server'), ...(agent && { agent: encode(agent, 'agent') }) }
}

/** The secure form of a token. */
function pinned(token: EmittedToken, kind: TokenKind, caHash: string | undefined): EmittedToken {
  if (token.form === 'withheld') return token
  if (token.form !== 'plain' || caHash === undefined) {
    throw new TypeError('the secure form needs an opened token and a known CA')
  }
  return { form: 'plain', secret: securePassword(token.secret, kind, caHash) }
}

function setTokenVariables(
  variables: readonly TokenVariable[],
  values: TokenPair<unknown>,
  given: Variables,
): VariableMap {
  const map = newMap()
  for (const { name, key, referencedVariable, kind } of variables) {
    const value = values[kind] ?? values.server
    const former = map[name] ?? (Object.hasOwn(given, name) ? given[name] : undefined)
    if (key === undefined) map[name] = value
    else if (referencedVariable === undefined)
      map[name] = { ...(former as VariableMap), [key]: value }
    else {
      map[referencedVariable] = value
      map[name] = appendReference(former, key, referencedVariable)
    }
  }
  return map
}

/** Our own text, and evaluated as we mean it: nothing of a token is in it. */
const WITHHELD =
  "{{ undef(hint='k3s_vars: K3SV_ROTATION_UNDER_WAY: no token is handed out while the cluster is being rotated') }}"

/** A token in Ansible's JSON form. Never a bare string: Ansible would evaluate Jinja in it and print it in errors. */
export function encodeToken(token: EmittedToken): unknown {
  if (token.form === 'withheld') return WITHHELD
  return token.form === 'plain'
    ? { __ansible_unsafe: token.secret.reveal() }
    : { __ansible_vault: token.text }
}

/**
 * The user's YAML text with one more line, whose value Ansible fills in. Joining with `~` makes ansible-core 2.19 open a
 * vaulted value (`| string` does not); JSON quotes whatever the token holds.
 */
function appendReference(text: unknown, key: string, referencedVariable: string): string {
  const head =
    typeof text === 'string' && text.trim() !== '' ? `${withoutFinalNewlines(text)}\n` : ''
  return `${head}${key}: {{ (${referencedVariable} ~ '') | to_json }}\n`
}

/** By hand: a pattern for newlines at the end tries each of those in the middle, too, and takes quadratic time. */
function withoutFinalNewlines(text: string): string {
  let end = text.length
  while (text[end - 1] === '\n') end--
  return text.slice(0, end)
}
