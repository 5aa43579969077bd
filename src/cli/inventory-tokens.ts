// The tokens that a project has already, in the variables of its inventory, to be adopted.
import { askWithoutOurs, foreignSources } from '../ansible-play/foreign.js'
import type { ForeignInventory } from '../ansible-play/foreign.js'
import type { HostValue, VariablePath } from '../ansible-play/host-variables.js'
import { followReferences, isTemplate } from '../ansible-play/references.js'
import { absoluteSources } from '../ansible-play/sources.js'
import type { ClusterConfig, Config } from '../config/config.js'
import { formatLocation, TokenError } from '../errors.js'
import type { Location } from '../errors.js'
import { nameGroups } from '../inventory/groups.js'
import type { GroupNames } from '../inventory/groups.js'
import type { TokenKind, TokenVariable } from '../role/profile.js'
import { variablesOf } from '../role/token-variables.js'
import type { Secret } from '../secret.js'
import { TOKEN_KINDS } from '../token-pair.js'
import { createVault } from '../vault/create.js'
import type { Vault } from '../vault/vault.js'
import { findWinner, isSame } from './check/winner.js'
import type { Call } from './command.js'
import { promptOf } from './prompt.js'

export interface InventoryToken {
  readonly kind: TokenKind
  /** `token`, or `cluster_rke2_config.token`. */
  readonly variable: string
  readonly text: Secret
}

/**
 * The one value that the hosts of the cluster have for each of its tokens.
 * @throws TokenError `K3SV_TOKEN_SOURCE` where there is none, where hosts differ, and for a template; VaultError for a vaulted
 * one that does not open; ClusterError `K3SV_CLUSTER_ANSIBLE`
 */
export async function readInventoryTokens(
  { input, io }: Call,
  config: Config,
  cluster: ClusterConfig,
): Promise<readonly InventoryToken[]> {
  const { environment } = io
  const named = absoluteSources(input.list('inventory'), environment.cwd)
  const { sources, settings } = await foreignSources(io, named)
  if (sources.length === 0) throw noInventory()
  const question = { sources, playbookDir: environment.cwd }
  const inventory = await askWithoutOurs(io, question, settings)
  const vault = createVault({ environment, prompt: promptOf(io) })
  const groups = nameGroups(config.clusters)[config.clusters.indexOf(cluster)]!
  const reader = new Reader(inventory, groups, vault)
  const found: InventoryToken[] = []
  for (const kind of TOKEN_KINDS) {
    const token = await reader.read(cluster, kind)
    // Agents that have the server token have none of their own.
    if (token !== undefined && !found.some((one) => one.text.equals(token.text))) found.push(token)
  }
  if (found.some(({ kind }) => kind === 'server')) return found
  throw noToken(cluster, groups)
}

interface Found extends InventoryToken {
  readonly host: string
  readonly path: VariablePath
  /** As the host has it. */
  readonly value: HostValue
}

class Reader {
  readonly #inventory: ForeignInventory
  readonly #groups: GroupNames
  readonly #vault: Vault

  constructor(inventory: ForeignInventory, groups: GroupNames, vault: Vault) {
    this.#inventory = inventory
    this.#groups = groups
    this.#vault = vault
  }

  async read(
    { role, agentToken }: ClusterConfig,
    kind: TokenKind,
  ): Promise<InventoryToken | undefined> {
    const { hosts } = this.#inventory
    let found: Found | undefined
    for (const { side, ...variable } of variablesOf(role, agentToken)) {
      if (variable.kind !== kind) continue
      const path = pathOf(variable)
      for (const host of hosts.hostsOf(this.#groups[side])) {
        const value = followReferences(hosts, host, hosts.valueOf(host, path))
        if (value.form === 'absent' || (found && isSame(found.value, value))) continue
        const text = await this.#textOf(value, host, path)
        if (found !== undefined && !found.text.equals(text)) throw await this.#differ(found, host)
        found ??= { kind, variable: labelOf(path), text, host, path, value }
      }
    }
    return found
  }

  async #textOf(value: HostValue, host: string, path: VariablePath): Promise<Secret> {
    if (value.form === 'text' && !isTemplate(value.text.reveal())) return value.text
    const place = await this.#placeOf(host, path)
    if (value.form === 'sealed') return this.#vault.open(value.text, place)
    throw notText(labelOf(path), value, place)
  }

  async #differ({ host, path, variable }: Found, other: string): Promise<TokenError> {
    const [first, second] = [await this.#placeOf(host, path), await this.#placeOf(other, path)]
    const where =
      first === undefined ? '' : `, unlike in ${formatLocation({ ...first, key: undefined })}`
    return new TokenError(
      'K3SV_TOKEN_SOURCE',
      `hosts of the cluster have different values for ${variable}: ${other} has another one than ${host}${where}`,
      {
        location: second,
        hint: "find out which one the cluster has, best from a server's own server/token, and bring that",
      },
    )
  }

  #placeOf(host: string, variable: VariablePath): Promise<Location | undefined> {
    const { hosts } = this.#inventory
    const value = hosts.valueOf(host, variable)
    const groups = hosts.groupsOf(host)
    return findWinner({ ...this.#inventory, host, groups, variable, value, vault: this.#vault })
  }
}

/** Where the role reads the token itself: the text that only refers to another variable has none. */
function pathOf({ name, key, referencedVariable }: Omit<TokenVariable, 'side'>): VariablePath {
  if (referencedVariable !== undefined) return { name: referencedVariable }
  return { name, ...(key !== undefined && { key }) }
}

function labelOf({ name, key }: VariablePath): string {
  return key === undefined ? name : `${name}.${key}`
}

function noInventory(): TokenError {
  return new TokenError('K3SV_TOKEN_SOURCE', 'there is no inventory to take a token from', {
    hint: 'name it with -i, or in ansible.cfg; our own source gives no token that could be adopted',
  })
}

function noToken({ name, role, agentToken }: ClusterConfig, { cluster }: GroupNames): TokenError {
  const variables = [...new Set(variablesOf(role, agentToken).map((one) => labelOf(pathOf(one))))]
  return new TokenError(
    'K3SV_TOKEN_SOURCE',
    `no host of the group ${cluster} has a value for ${variables.join(' or ')}`,
    {
      hint: `a cluster that runs: bring a server's own server/token; a new one: k3s-vars token new ${name}`,
    },
  )
}

function notText(variable: string, value: HostValue, place: Location | undefined): TokenError {
  const what = value.form === 'text' ? 'a template, whose value only a play can tell' : 'no text'
  return new TokenError('K3SV_TOKEN_SOURCE', `${variable} of the inventory is ${what}`, {
    location: place,
    hint: "bring the token itself: from a server's own server/token, or from where the template takes it",
  })
}
