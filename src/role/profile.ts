/** The ids of the role profiles that a cluster can name. */
export type RoleId = 'k3s-io'

/** Which hosts of a cluster: all, its servers, its agents. */
export type Side = 'cluster' | 'server' | 'agent'

/** Which of the cluster's tokens. */
export type TokenKind = 'server' | 'agent'

/** How a role writes the token on a node, which decides what characters and shapes survive there. */
export type Encoding = 'to_nice_yaml' | 'systemd-environment-file' | 'openrc-sourced-file'

/** A place where the token ends on a node. */
export interface Destination {
  readonly side: Exclude<Side, 'cluster'>
  /** The file on the node. */
  readonly file: string
  readonly encoding: Encoding
  /** When it applies, if not always: `OpenRC hosts`. */
  readonly when?: string
  /** The source of this fact: role, file, version. */
  readonly source: string
}

/** A variable that the role reads. Its value is a token of ours. */
export interface TokenVariable {
  readonly side: Side
  readonly name: string
  readonly kind: TokenKind
}

/**
 * What a role needs to know of us and we of it, as data: one file per role, no code.
 */
export interface RoleProfile {
  readonly id: RoleId
  readonly title: string
  readonly url: string
  /** The oldest ansible-core that the role supports. */
  readonly ansibleCore: string
  /** The group names that the role's playbooks expect. */
  readonly groups: Readonly<Record<Side, string>>
  /** What is handed out when agents join with the server token. */
  readonly shared: readonly TokenVariable[]
  /** What is handed out when agents have a token of their own. */
  readonly separate: readonly TokenVariable[]
  /**
   * With a separate agent token: a line of YAML text that has to be added to a variable that holds a YAML document as a
   * string, because that is the only way in. The user's own text of that variable is kept in front of it.
   */
  readonly separateText?: {
    readonly side: Side
    readonly variable: string
    readonly key: string
    readonly kind: TokenKind
    /** The name of the variable that carries the token itself; the text only refers to it. */
    readonly carrier: string
  }
  /** Plain variables that we set for safety unless the user sets them. */
  readonly defaults: readonly {
    readonly side: Side
    readonly name: string
    readonly value: string
  }[]
  readonly destinations: readonly Destination[]
}
