// What the hosts of a cluster should end with. Every finding about hosts begins with it.
import type { HostVariables, HostValue, VariablePath } from '../../ansible-play/host-variables.js'
import type { AnsiblePrograms } from '../../ansible-play/programs.js'
import type { ClusterConfig } from '../../config/config.js'
import { K3sVarsError } from '../../errors.js'
import type { GroupNames } from '../../inventory/groups.js'
import type { Side, TokenKind } from '../../role/profile.js'
import { sidesOf } from '../../role/sides.js'
import type { JoiningSides } from '../../role/sides.js'
import { variablesAt, variablesOf } from '../../role/token-variables.js'
import type { Secret } from '../../secret.js'
import { securePassword } from '../../token/format.js'
import type { Vault } from '../../vault/vault.js'
import type { TokenOrigin } from './cluster-findings.js'

/** A cluster with what its hosts should end with. */
export interface Expectation {
  readonly cluster: ClusterConfig
  readonly groups: GroupNames
  /** As far as they could be opened. */
  readonly tokens: Readonly<Partial<Record<TokenKind, Secret>>>
  readonly origin: TokenOrigin
  /** The CA that may stand in front of the tokens; absent where it is not known for certain. */
  readonly caHash?: string | undefined
}

export type JoiningSide = Exclude<Side, 'cluster'>

/** A variable of a role, with the token that it must be. */
export interface ExpectedVariable {
  readonly variable: VariablePath
  readonly kind: TokenKind
  /** Undefined where there is none yet, or where it could not be opened. */
  readonly token: Secret | undefined
  /** The same with the CA in front of it; undefined where either is not known. */
  readonly secure: Secret | undefined
}

/** The variables that a role reads on one side. */
export function expectedVariables(
  { cluster, tokens, caHash }: Expectation,
  side: JoiningSide,
): ExpectedVariable[] {
  return variablesAt(variablesOf(cluster.role, cluster.agentToken), side).map(
    ({ name, key, referencedVariable, kind }) => {
      const token = tokens[kind]
      const secure =
        token === undefined || caHash === undefined
          ? undefined
          : securePassword(token, kind, caHash)
      const expected = { kind, token, secure }
      if (referencedVariable !== undefined) {
        return { variable: { name: referencedVariable }, ...expected }
      }
      return { variable: { name, ...(key !== undefined && { key }) }, ...expected }
    },
  )
}

/** The hosts of each side: those that the configuration lists, or else those that the inventory has there. */
export function hostsBySide({ cluster, groups }: Expectation, hosts: HostVariables): JoiningSides {
  if (cluster.hosts !== undefined) {
    return { server: Object.keys(cluster.hosts.server), agent: Object.keys(cluster.hosts.agent) }
  }
  return sidesOf(cluster.role.id, groups, hosts.view())
}

interface Means {
  readonly vault: Vault
  readonly programs: AnsiblePrograms
}

/** Whether a value is what we would hand out there, or, from wherever it comes, the token itself, or a lookup of ours. */
export async function isOurValue(
  value: HostValue,
  { cluster, kind, token, secure }: ExpectedVariable & { readonly cluster: ClusterConfig },
  { vault, programs }: Means,
): Promise<boolean> {
  if (value.form === 'text') {
    const rehearsed = programs.rehearsed(value.text)
    if (rehearsed !== undefined)
      return rehearsed.cluster === cluster.name && rehearsed.kind === kind
    return isOurLookup(value.text) || isToken(value.text)
  }
  if (value.form !== 'sealed' || token === undefined) return false
  try {
    return isToken(await vault.open(value.text))
  } catch (error) {
    if (error instanceof K3sVarsError) return false
    throw error
  }

  function isToken(text: Secret): boolean {
    return [token, secure].some((one) => one?.equals(text))
  }
}

/** Whether a text asks the lookup plugin for the value. */
export function isOurLookup(text: Secret): boolean {
  const [, ...templates] = text.reveal().split('{{')
  return /\b(?:lookup|query|q)\s*\(\s*['"](?:k3s_vars\.token\.)?k3s_token['"]/.test(
    templates.join(''),
  )
}

/** Whether a text is a template, which only a play can evaluate. */
export function isTemplate(text: Secret): boolean {
  return /\{\{|\{%/.test(text.reveal())
}

const SHOWN_HOSTS = 5

export function listNames(names: readonly string[]): string {
  const more = names.length > SHOWN_HOSTS ? ` and ${names.length - SHOWN_HOSTS} more` : ''
  return names.slice(0, SHOWN_HOSTS).join(', ') + more
}
