// Tokens that a project has already, among the variables of its inventory. Each is named by its place and its kind; a value is
// never shown.
import type { HostValue, HostVariables, VariablePath } from '../../ansible-play/host-variables.js'
import { isTemplate, referenceIn, traceReferences } from '../../ansible-play/references.js'
import type { Location } from '../../errors.js'
import { K3sVarsError } from '../../errors.js'
import type { RoleProfile, TokenKind } from '../../role/profile.js'
import { isSampleToken } from '../../token/samples.js'
import { isVaultText, parseEnvelope } from '../../vault/envelope.js'
import type { Vault } from '../../vault/vault.js'
import { findWinner, isSame } from '../check/winner.js'
import { readIfThere } from '../files.js'
import type { ForeignInventory } from '../../ansible-play/foreign.js'

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

/** Hosts that have one value for the same reason, as far as their groups tell. */
interface Group {
  readonly path: VariablePath
  readonly token: TokenKind
  readonly value: HostValue
  /** The groups of the hosts, the nearest first. */
  readonly groups: readonly string[]
  readonly hosts: string[]
}

/** Every value that hosts have for the role's tokens, once for each place, in the order of the role's variables. */
export async function findTokens(
  inventory: ForeignInventory,
  role: RoleProfile,
  vault: Vault,
): Promise<FoundToken[]> {
  const found = new Map<string, FoundToken>()
  const paths = tokenPaths(role)
  for (const { path, token, value, groups, hosts } of groupValues(inventory.hosts, paths)) {
    const host = hosts[0]!
    const isOfRole = (name: string): boolean =>
      paths.some((one) => one.path.key === undefined && one.path.name === name)
    const end = traceReferences(inventory.hosts, host, value, isOfRole)
    // The role's own way to say that agents join with the server token.
    const reference = referenceIn(end.value)
    if (reference !== undefined && isOfRole(reference)) continue
    const search = { ...inventory, host, groups, vault }
    const place = await findWinner({ ...search, variable: path, value })
    const own = end.variable === undefined ? path : { name: end.variable }
    const source =
      end.variable === undefined
        ? place
        : await findWinner({ ...search, variable: own, value: end.value })
    const known = describe(end.value, source?.file)
    const variable = path.key === undefined ? path.name : `${path.name}.${path.key}`
    const key = JSON.stringify([variable, known, place?.file, place?.line])
    const others = found.get(key)?.hosts ?? []
    found.set(key, { variable, token, ...known, place, hosts: [...others, ...hosts] })
  }
  return [...found.values()]
}

function groupValues(hosts: HostVariables, paths: readonly TokenPath[]): Group[] {
  const all: Group[] = []
  for (const { path, token } of paths) {
    for (const host of hosts.hostsOf('all')) {
      const value = hosts.valueOf(host, path)
      if (value.form === 'absent') continue
      const groups = hosts.groupsOf(host)
      const known = all.find(
        (one) =>
          one.path === path && one.groups.join() === groups.join() && isSame(one.value, value),
      )
      if (known === undefined) all.push({ path, token, value, groups, hosts: [host] })
      else known.hosts.push(host)
    }
  }
  return all
}

interface TokenPath {
  readonly path: VariablePath
  readonly token: TokenKind
}

/** Each place that the role reads a token from, agents' own among them, once. */
function tokenPaths(role: RoleProfile): TokenPath[] {
  const paths = new Map<string, TokenPath>()
  for (const { name, key, referencedVariable, kind } of [...role.shared, ...role.separate]) {
    const path =
      referencedVariable === undefined
        ? { name, ...(key !== undefined && { key }) }
        : { name: referencedVariable }
    const label = `${path.name}.${key ?? ''}`
    if (!paths.has(label)) paths.set(label, { path, token: kind })
  }
  return [...paths.values()]
}

/** @param file where the value stands: Ansible shows what is in a file that is sealed as a whole as if it were not */
function describe(
  value: HostValue,
  file: string | undefined,
): Pick<FoundToken, 'kind' | 'vaultId'> {
  if (value.form === 'sealed') return { kind: 'vaulted', ...idOf(value.text) }
  if (value.form !== 'text') return { kind: 'other' }
  const text = value.text.reveal()
  if (isTemplate(text)) return { kind: 'template' }
  if (isSampleToken(text)) return { kind: 'sample' }
  const whole = file === undefined ? undefined : readIfThere(file)
  return whole !== undefined && isVaultText(whole)
    ? { kind: 'vaulted', ...idOf(whole) }
    : { kind: 'plain' }
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
