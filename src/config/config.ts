// The configuration, k3s_vars.yml. Begin here: this is what the program works with, every default filled in. schema.ts is the
// one declaration of every option, locate.ts finds the file, load.ts reads it with its includes, constraints.ts holds it to
// what no schema can say. The other files are its parts: hosts, host ranges, the role.
import type { Location } from '../errors.js'
import type { RoleProfile, Side } from '../role/profile.js'
import type { StoreSpec } from '../store-spec.js'
import type { AlphabetName } from '../token/grammar.js'

/** Variables as Ansible reads them; values are what YAML gives, vault text and unsafe text in Ansible's JSON form. */
export type Variables = Readonly<Record<string, unknown>>

/** Host name → the host's own variables, in the order of the file. */
export type Hosts = Readonly<Record<string, Variables>>

/** One cluster with every default filled in. */
export interface ClusterConfig {
  readonly name: string
  /** The role that reads the variables. */
  readonly role: RoleProfile
  /** Absent: the hosts come from another inventory source, and only group variables are handed out. */
  readonly hosts?: { readonly server: Hosts; readonly agent: Hosts }
  /** Group names that replace the role's own. */
  readonly groups: Readonly<Partial<Record<Side, string>>>
  readonly vars: Variables
  /** Whether agents get a token of their own. */
  readonly agentToken: boolean
  /** The vault id that seals this cluster's tokens; absent: what `ansible-vault encrypt` would choose. */
  readonly vaultId?: string
  readonly emit: 'plain' | 'vaulted'
  /** Whether the hash of the CA stands in front of a token that is handed out. */
  readonly form: 'short' | 'secure'
  readonly level: 'group' | 'host'
  readonly mint: 'outside-ci' | 'first-use' | 'never'
  /** Whether minting first asks the servers if K3s already runs there. */
  readonly probe: boolean
  /** Where servers answer, besides at the hosts: `https://HOST:PORT`, each part but the host optional. */
  readonly endpoints: readonly string[]
  readonly encrypt: 'always' | 'never'
  readonly token: { readonly length: number; readonly alphabet: AlphabetName }
  /** Where the token documents are kept. */
  readonly store: StoreSpec
  /** Where the cluster is declared. */
  readonly location: Location
}

export interface Config {
  /** Absolute path of `k3s_vars.yml`. */
  readonly file: string
  /** At least one, in the order of the files, names unique. */
  readonly clusters: readonly ClusterConfig[]
}
