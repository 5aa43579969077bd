// Where a role has its token inside a dictionary, what the user has in the same one: Ansible would replace it as a whole, so
// `init` takes it over into the configuration, which adds the token to it.
import type { Config } from '../../config/config.js'
import { K3sVarsError } from '../../errors.js'
import type { Location } from '../../errors.js'
import type { RoleProfile } from '../../role/profile.js'
import type { Vault } from '../../vault/vault.js'
import { isMapping } from '../../yaml/mapping.js'
import type { Mapping } from '../../yaml/mapping.js'
import { findWinner } from '../check/winner.js'
import type { ForeignInventory } from '../../ansible-play/foreign.js'

/** A dictionary of the user's beside the token. */
export interface Dictionary {
  readonly name: string
  /** The key of the token. */
  readonly key: string
  /** What every host of the cluster has in it, but for the token; undefined where hosts differ, or where some of it is sealed. */
  readonly value: Mapping | undefined
  /** The keys that any host has, but for the token's. */
  readonly keys: readonly string[]
  readonly place: Location | undefined
}

/** The dictionaries of the role that hosts of the inventory have already. */
export async function findDictionaries(
  inventory: ForeignInventory,
  role: RoleProfile,
  { hosts, vault }: { readonly hosts: ReadonlySet<string>; readonly vault: Vault },
): Promise<Dictionary[]> {
  const view = inventory.hosts.view()
  const found: Dictionary[] = []
  for (const { name, key, referencedVariable } of role.shared) {
    if (key === undefined || referencedVariable !== undefined) continue
    const values = [...hosts].map((host) => withoutKey(view.valueOf(host, name), key))
    const keys = [...new Set(values.flatMap((value) => Object.keys(value ?? {})))]
    if (keys.length === 0) continue
    const place = await placeOf(name, inventory, { host: [...hosts][0]!, vault })
    const texts = new Set(values.map((value) => JSON.stringify(value ?? {})))
    const isPlain = texts.size === 1 && !/"__ansible_(?:vault|unsafe)"/.test([...texts].join(''))
    // Without a line it may come out of a file that is sealed as a whole, and must not leave it.
    const isOpen = place?.line !== undefined
    found.push({ name, key, keys, place, value: isPlain && isOpen ? values[0] : undefined })
  }
  return found
}

function placeOf(
  name: string,
  inventory: ForeignInventory,
  { host, vault }: { readonly host: string; readonly vault: Vault },
): Promise<Location | undefined> {
  const variable = { name }
  const value = inventory.hosts.valueOf(host, variable)
  const groups = inventory.hosts.groupsOf(host)
  return findWinner({ ...inventory, host, groups, variable, value, vault })
}

function withoutKey(value: unknown, key: string): Mapping | undefined {
  if (!isMapping(value)) return undefined
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
}

/** The keys of the dictionary that no cluster of the configuration has among its `vars`, so that they would be lost. */
export function lostKeys(
  { name, keys }: Dictionary,
  config: Config | K3sVarsError | undefined,
): readonly string[] {
  if (config === undefined || config instanceof K3sVarsError) return keys
  const kept = config.clusters.flatMap(({ vars }) => {
    const value = vars[name]
    return isMapping(value) ? Object.keys(value) : []
  })
  return keys.filter((key) => !kept.includes(key))
}
