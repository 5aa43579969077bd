// What the Python plugins read: the inventory for the vars plugin, and each cluster's tokens by name for the lookup. It is
// for the plugins of the same version alone and no interface for anybody else.
import { HASH_SEPARATOR, SECURE_PREFIX, USERS } from '../token/grammar.js'
import type { TokenKind } from '../role/profile.js'
import type { Inventory, ClusterTokens } from './build.js'
import { buildInventory } from './build.js'
import { encodeToken } from './variables.js'
import type { EmittedToken } from './variables.js'

/** Raised with every change that an older or newer plugin would misread. */
const SCHEMA = 3

/** A token as the lookup gets it. */
interface Entry {
  /** In Ansible's JSON form, unsafe or vaulted. */
  readonly password: unknown
  /** The secure format is the first text, the CA hash, the second text and the password. */
  readonly secure: readonly [string, string]
}

interface ClusterEntry extends Readonly<Record<TokenKind, Entry>> {
  /** What the lookup answers where its caller does not say. */
  readonly form: 'short' | 'secure'
  /** Null where none is known, or not for certain. */
  readonly ca_hash: string | null
}

export interface PluginDocument {
  readonly schema: number
  readonly clusters: Readonly<Record<string, ClusterEntry>>
  /** Only in a document of all clusters: with a part of them, groups would have other names. */
  readonly inventory?: Inventory
}

/** Instead of a document: what has to be known of Ansible's own inventory before tokens are made. Nothing was made yet. */
export interface PluginWish {
  readonly schema: number
  readonly wants: {
    /** The groups whose hosts are wanted, each with those of these variables that it has. */
    readonly groups: readonly string[]
    readonly variables: readonly string[]
  }
}

export function buildWish(wants: PluginWish['wants']): PluginWish {
  return { schema: SCHEMA, wants }
}

/**
 * The document of some clusters. Where agents have no token of their own, theirs is the server token, because they join
 * with it.
 */
export function buildTokens(clusterTokens: readonly ClusterTokens[]): PluginDocument {
  const clusters = Object.create(null) as Record<string, ClusterEntry>
  for (const { cluster, tokens } of clusterTokens) {
    const server = entry(tokens.server, USERS.server)
    clusters[cluster.name] = {
      server,
      agent: tokens.agent ? entry(tokens.agent, USERS.agent) : server,
      form: cluster.form,
      ca_hash: tokens.caHash ?? null,
    }
  }
  return { schema: SCHEMA, clusters }
}

/** The document of all clusters. */
export function buildPluginDocument(clusterTokens: readonly ClusterTokens[]): PluginDocument {
  return { ...buildTokens(clusterTokens), inventory: buildInventory(clusterTokens) }
}

function entry(token: EmittedToken, user: string): Entry {
  return {
    password: encodeToken(token),
    secure: [SECURE_PREFIX, `${HASH_SEPARATOR}${user}:`],
  }
}
