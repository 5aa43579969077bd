// Tokens that a project has already, among the variables of its inventory. Each is named by its place and its kind; a value is
// never shown.
import type { HostValue, HostVariables, VariablePath } from '../../ansible-play/host-variables.js'
import type { Location } from '../../errors.js'
import { K3sVarsError } from '../../errors.js'
import type { RoleProfile, TokenKind } from '../../role/profile.js'
import { isSampleToken } from '../../token/samples.js'
import { parseEnvelope } from '../../vault/envelope.js'
import type { Vault } from '../../vault/vault.js'
import { findWinner, isSame } from '../check/winner.js'
import type { InventoryLook } from './inventory.js'

/**
 * What a value is: `sample`, which everybody knows; `template`, which only a play can evaluate; `other`, a number or the like.
 */
export type FoundKind = 'sample' | 'plain' | 'vaulted' | 'template' | 'other'

/** What stands in a variable that the role takes a token from. */
export interface FoundToken {
  /** `token`, or `cluster_rke2_config.token`. */
  readonly variable: string
  readonly token: TokenKind
  readonly kind: FoundKind
  /** The vault id that sealed it; absent: not vaulted, or without an id. */
  readonly vaultId?: string
  /** Undefined where it cannot be told. */
  readonly place: Location | undefined
  readonly hosts: readonly string[]
}

interface Group {
  readonly path: VariablePath
  readonly token: TokenKind
  readonly value: HostValue
  readonly hosts: string[]
}

/** Every value that hosts have for the role's tokens, each once, in the order of the role's variables. */
export async function findTokens(
  inventory: InventoryLook,
  role: RoleProfile,
  vault: Vault,
): Promise<FoundToken[]> {
  const found: FoundToken[] = []
  for (const { path, token, value, hosts } of groupValues(inventory.hosts, role)) {
    const host = hosts[0]!
    const groups = inventory.hosts.groupsOf(host)
    const place = await findWinner({ ...inventory, host, groups, variable: path, value, vault })
    const variable = path.key === undefined ? path.name : `${path.name}.${path.key}`
    found.push({ variable, token, ...describe(value, host, inventory.hosts), place, hosts })
  }
  return found
}

function groupValues(hosts: HostVariables, role: RoleProfile): Group[] {
  const groups: Group[] = []
  for (const { path, token } of tokenPaths(role)) {
    for (const host of hosts.hostsOf('all')) {
      const value = hosts.valueOf(host, path)
      if (value.form === 'absent') continue
      const known = groups.find((group) => group.path === path && isSame(group.value, value))
      if (known === undefined) groups.push({ path, token, value, hosts: [host] })
      else known.hosts.push(host)
    }
  }
  return groups
}

/** Each place that the role reads a token from, agents' own among them, once. */
function tokenPaths(
  role: RoleProfile,
): { readonly path: VariablePath; readonly token: TokenKind }[] {
  const paths = new Map<string, { readonly path: VariablePath; readonly token: TokenKind }>()
  for (const { name, key, referencedVariable: carrier, kind } of [
    ...role.shared,
    ...role.separate,
  ]) {
    const path =
      carrier === undefined ? { name, ...(key !== undefined && { key }) } : { name: carrier }
    const label = `${path.name}.${key ?? ''}`
    if (!paths.has(label)) paths.set(label, { path, token: kind })
  }
  return [...paths.values()]
}

/** As deep as anybody refers from one variable to another. */
const MOST_STEPS = 5
const REFERENCE = /^\s*\{\{-?\s*([A-Za-z_]\w*)\s*-?\}\}\s*$/

/** A template that is the name of a variable alone is followed. */
function describe(
  value: HostValue,
  host: string,
  hosts: HostVariables,
  steps = MOST_STEPS,
): Pick<FoundToken, 'kind' | 'vaultId'> {
  if (value.form === 'sealed') return { kind: 'vaulted', ...idOf(value.text) }
  if (value.form !== 'text') return { kind: 'other' }
  const text = value.text.reveal()
  const name = REFERENCE.exec(text)?.[1]
  const next = name === undefined ? undefined : hosts.valueOf(host, { name })
  if (next !== undefined && next.form !== 'absent' && steps > 0) {
    return describe(next, host, hosts, steps - 1)
  }
  if (/\{[{%#]/.test(text)) return { kind: 'template' }
  return { kind: isSampleToken(text) ? 'sample' : 'plain' }
}

function idOf(sealed: string): { readonly vaultId?: string } {
  try {
    const { label } = parseEnvelope(sealed)
    return label === undefined || label === '' ? {} : { vaultId: label }
  } catch (error) {
    if (error instanceof K3sVarsError) return {}
    throw error
  }
}
