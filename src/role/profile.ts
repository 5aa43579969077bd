// What an Ansible role needs of a token: its variables, its groups, the files that it writes on a node. Begin here: this is what
// has to be known of a role. Each role has a file with its profile, profiles.ts has them all, custom.ts is the user's own,
// projects.ts says where they come from. Pure data.
import type { TokenPair } from '../token-pair.js'

/** The ids of the role profiles that we bring. */
export type KnownRole =
  'k3s-io' | 'timothystewart6' | 'pyratlabs' | 'rke2-ansible' | 'lablabs' | 'ednz'

/** The ids of the role profiles that a cluster can name; `custom` is described in the configuration itself. */
export type RoleId = KnownRole | 'custom'

/** Which hosts of a cluster: all, its servers, its agents. */
export type Side = 'cluster' | 'server' | 'agent'

/** Which of the cluster's tokens. */
export type TokenKind = keyof TokenPair<unknown>

/** How a role writes the token on a node, which decides what characters and shapes survive there. */
export const ENCODINGS = [
  'to_nice_yaml',
  'yaml-unquoted',
  'systemd-environment-file',
  'systemd-exec-start',
  'openrc-sourced-file',
  'install-script',
  'command-module',
  'doubled-percent',
  'shell',
  'cut-at-colons',
  'plain-file',
] as const

export type Encoding = (typeof ENCODINGS)[number]

/** A place where the token ends on a node. */
export interface Destination {
  readonly side: Exclude<Side, 'cluster'>
  /** The file on the node, or the command line that has the token in it. */
  readonly file: string
  readonly encoding: Encoding
  /** The only kind of token that gets there; absent: both, as far as they reach this side. */
  readonly kind?: TokenKind
  /** When it applies, if not always: `OpenRC hosts`. */
  readonly when?: string
  /** Whether K3s itself writes the file, in the secure form always, and the role only reads it. */
  readonly isOfK3s?: true
  /** `warn` where a token that breaks here is not wrong for everybody; absent: `error`. */
  readonly severity?: 'warn'
}

/**
 * A place that the role reads a token from: a variable; one `key` of a variable that holds a dictionary; or, with a
 * `referencedVariable`, one line of a variable that holds a YAML document as text. The user's other keys and lines are kept.
 */
export interface TokenVariable {
  readonly side: Side
  readonly name: string
  readonly key?: string
  /** The name of a variable that carries the token itself; the line of text only refers to it. */
  readonly referencedVariable?: string
  readonly kind: TokenKind
}

/** A variable without a secret that we set unless the user does. */
export interface Setting {
  readonly side: Side
  readonly name: string
  readonly value: string | boolean
  /** Set only where agents have a token of their own. */
  readonly isForSeparate?: true
}

/** The key, the dictionaries that a user may have set it in, the later the stronger, and the one that has our token. */
export interface KeptKey {
  readonly key: string
  readonly from: readonly string[]
  readonly to: string
}

/** What a role needs of us, as data: one file per role, no code. What only people read of a role stands in its `Project`. */
export interface RoleProfile {
  readonly id: RoleId
  /** The group names that the role's playbooks expect. */
  readonly groups: Readonly<Record<Side, string>>
  /** What is handed out when agents join with the server token. */
  readonly shared: readonly TokenVariable[]
  /** What is handed out when agents have a token of their own; none where {@link sharedOnly}. */
  readonly separate: readonly TokenVariable[]
  /** Why agents cannot have a token of their own with this role. */
  readonly sharedOnly?: string
  readonly settings: readonly Setting[]
  /** A key that the role reads from one dictionary alone, and that our token's presence there would make it forget. */
  readonly kept?: KeptKey
  /** `host` where the role's own files set the variable in `group_vars/all`, which wins over a script's groups. */
  readonly level?: 'host'
  readonly destinations: readonly Destination[]
}

/** What tells the inventories of a role apart, besides the names of its groups. */
export interface RoleSigns {
  /** Variables that no other role reads. */
  readonly variables: readonly string[]
  /** The variables in which a user tells the role that its groups have other names. */
  readonly groupNames?: Readonly<Partial<Record<Side, string>>>
  /** What makes a server of a host, for a role that does not ask for names of groups. */
  readonly serverMark?: { readonly name: string; readonly value: string | boolean }
}

/** What people want to know of a role. */
export interface Project {
  readonly title: string
  readonly url: string
  /** The oldest ansible-core that both the role and we support. */
  readonly ansibleCore: string
  /** With fewer servers the role does not read the token, and K3s makes one of its own. */
  readonly leastServers?: number
  /** A condition of the role that is the agent token itself, which ansible-core 2.19 and newer refuse. */
  readonly brokenCondition?: {
    readonly file: string
    /** The variable of the role that leaves the task out. */
    readonly skippedBy: string
  }
  /** Absent where nothing is known of the role's inventories. */
  readonly signs?: RoleSigns
  /** What to know before the first run. */
  readonly note?: string
}
