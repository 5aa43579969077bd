// What a project is set up for: a configuration that is there says it, or flags, or what was found, or else a person.
import type { ClusterConfig, Config } from '../../config/config.js'
import { CONFIG_SCHEMA } from '../../config/schema.js'
import { K3sVarsError, UsageError } from '../../errors.js'
import type { Location } from '../../errors.js'
import { nameGroups } from '../../inventory/groups.js'
import { fitRole } from '../../role/recognize.js'
import type { InventoryView } from '../../role/recognize.js'
import type { Vault } from '../../vault/vault.js'
import type { Mapping } from '../../yaml/mapping.js'
import type { Call } from '../command.js'
import { among, askFor } from '../question.js'
import { wrap } from '../wrap.js'
import { declaredCluster } from './declared.js'
import { findTokens } from './found-tokens.js'
import type { FoundToken } from './found-tokens.js'
import type { SourcesLook } from './inventory.js'
import { findDictionaries } from './kept-variables.js'
import type { Dictionary } from './kept-variables.js'
import { namesPlugin } from './cfg-lines.js'
import { LAUNCHER } from './project.js'
import type { Project } from './project.js'
import { chooseRole } from './role-choice.js'
import type { RoleChoice } from './role-choice.js'

/** How the tokens reach a play: by the vars plugin for an inventory that is there, or by our inventory source. */
export const WAYS = ['plugin', 'source'] as const

export type Way = (typeof WAYS)[number]

export interface Choices extends RoleChoice {
  readonly cluster: string
  readonly way: Way
  /** Whether plays have an inventory source of ours. */
  readonly hasOurs: boolean
  readonly isLauncherWanted: boolean
  /** The vault id that seals the tokens; undefined: what `ansible-vault encrypt` would choose by itself. */
  readonly vaultId: string | undefined
  /** What the inventory has of the role's variables. */
  readonly found: readonly FoundToken[]
  readonly dictionaries: readonly Dictionary[]
  /** The dictionaries that the configuration takes over. */
  readonly vars: Mapping
  /** Sources that a play has only where they are named, or where a new ansible.cfg names them; absolute. */
  readonly sources: readonly string[]
}

/** @throws UsageError where something is open and nobody can be asked */
export async function choose(
  call: Call,
  project: Project,
  { look, vault }: { readonly look: SourcesLook; readonly vault: Vault },
): Promise<Choices> {
  const { inventory } = look
  const view = inventory?.hosts.view()
  const config = project.config instanceof K3sVarsError ? undefined : project.config
  const name = chooseCluster(call, config)
  const declared = config && { config, cluster: declaredCluster(call, config) }
  const role = declared === undefined ? chooseRole(call, view) : roleOf(declared, view)
  const members = inventory?.hosts.hostsOf(role.groups.cluster ?? role.role.groups.cluster)
  const found = inventory === undefined ? [] : await findTokens(inventory, role.role, vault)
  const dictionaries =
    inventory === undefined || members === undefined || members.size === 0
      ? []
      : await findDictionaries(inventory, role.role, { hosts: members, vault })
  const kept = dictionaries.flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, value]],
  )
  return {
    ...role,
    cluster: name,
    hasOurs: look.hasOurs,
    isLauncherWanted: call.input.has('launcher'),
    way: chooseWay(call, project, { config, look }),
    vaultId:
      declared === undefined
        ? chooseVaultId(call, project, { cluster: name, found })
        : declared.cluster.vaultId,
    found: found.map((one) => ({ ...one, place: shownPlace(one.place, project) })),
    dictionaries: dictionaries.map((one) => ({ ...one, place: shownPlace(one.place, project) })),
    vars: Object.fromEntries(kept) as Mapping,
    sources: inventory === undefined || isSettled(project, inventory) ? [] : inventory.sources,
  }
}

function shownPlace(place: Location | undefined, { shown }: Project): Location | undefined {
  return place?.file === undefined ? place : { ...place, file: shown(place.file) }
}

/** Whether plays have the inventory's sources without further ado, also when a new ansible.cfg is there. */
function isSettled(
  { cfg }: Project,
  { isConfigured }: NonNullable<SourcesLook['inventory']>,
): boolean {
  return isConfigured && cfg.hidden === undefined
}

function roleOf(
  { config: { clusters }, cluster }: { readonly config: Config; readonly cluster: ClusterConfig },
  view: InventoryView | undefined,
): RoleChoice {
  const { role } = cluster
  const isKnown = view !== undefined && role.id !== 'custom'
  const fit = isKnown ? fitRole(role.id, view) : undefined
  return { role, fit, groups: nameGroups(clusters)[clusters.indexOf(cluster)]! }
}

/** The plugin fails hard and wins over the inventory's own value, so an inventory gets that. */
function chooseWay(
  { input }: Call,
  { cfg, exists }: Project,
  { config, look }: { readonly config: Config | undefined; readonly look: SourcesLook },
): Way {
  const named = WAYS.find((way) => way === input.text('way'))
  if (named !== undefined) return named
  const hasHosts = config?.clusters.some(({ hosts }) => hosts !== undefined) === true
  if (look.hasOurs || hasHosts) return 'source'
  if (look.inventory !== undefined || namesPlugin(cfg.sections)) return 'plugin'
  // A configuration without hosts is for an inventory that is somewhere.
  return config !== undefined && !exists(LAUNCHER) ? 'plugin' : 'source'
}

const CLUSTER_NAME = new RegExp(CONFIG_SCHEMA.properties.clusters.propertyNames.pattern)
const FIRST_CLUSTER = 'prod'

/** @throws UsageError for a name that no cluster can have */
function chooseCluster({ input, io }: Call, config: Config | undefined): string {
  const name =
    input.text('cluster') ??
    config?.clusters[0]!.name ??
    askFor(io, 'A name for the cluster', { first: FIRST_CLUSTER, refuse: refuseName }) ??
    FIRST_CLUSTER
  if (refuseName(name) === undefined) return name
  throw new UsageError('K3SV_USAGE', 'the value of --cluster cannot be the name of a cluster', {
    hint: `${NAMING}; all, ungrouped and digits alone are taken`,
  })
}

const NAMING = 'use lower-case letters and digits, with dashes and underscores between them'

function refuseName(name: string): string | undefined {
  return CLUSTER_NAME.test(name) ? undefined : NAMING
}

/** @throws UsageError for one without a password, and where there are several and nobody can be asked */
function chooseVaultId(
  { input, io }: Call,
  { vault }: Project,
  { cluster, found }: { readonly cluster: string; readonly found: readonly FoundToken[] },
): string | undefined {
  const ids = [...new Set(vault.sources.map(({ id }) => id))]
  const named = input.text('vault-id')
  if (named !== undefined) {
    if (ids.includes(named)) return named
    throw noSuchId(ids)
  }
  if (ids.length < 2 || vault.encryptIdentity !== undefined) return undefined
  // What sealed the token that is there seals the next one.
  const likely = [...found.map(({ vaultId }) => vaultId), cluster].find(
    (id) => id !== undefined && ids.includes(id),
  )
  const asked = askFor(io, 'The vault id that seals the tokens', {
    about: wrap(`There are passwords for several vault ids: ${ids.join(', ')}.`),
    first: likely,
    refuse: among(ids),
  })
  const chosen = asked ?? likely
  if (chosen !== undefined) return chosen
  throw new UsageError('K3SV_USAGE', `several vault ids could seal: ${ids.join(', ')}`, {
    hint: `name one: --vault-id ${ids[0]}`,
  })
}

function noSuchId(ids: readonly string[]): UsageError {
  const there = ids.length === 0 ? 'none' : ids.join(', ')
  return new UsageError(
    'K3SV_USAGE',
    `the vault id of --vault-id has no password here; there are passwords for: ${there}`,
    { hint: 'add it to vault_identity_list in ansible.cfg, as ID@FILE, or name another one' },
  )
}
