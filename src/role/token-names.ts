// The one list of the names that a token stands under: what `scan` looks for is what `vault encrypt --inline` seals. The
// variables of roles come from their profiles.
import { TOKEN_VARIABLES } from '../token-environment.js'
import { tokenNames } from './token-variables.js'

/** Environment variables of K3s and RKE2; `K3S_CLUSTER_SECRET` is K3s's former name (before v1.0). */
export const ENVIRONMENT_NAMES = [
  ...TOKEN_VARIABLES.server,
  ...TOKEN_VARIABLES.agent,
  'K3S_CLUSTER_SECRET',
] as const

export function isEnvironmentName(name: string): boolean {
  return ENVIRONMENT_NAMES.some((one) => one === name)
}

/** Keys of K3s's and RKE2's config.yaml. */
export const CONFIG_KEYS: ReadonlySet<string> = new Set(['token', 'agent-token'])

/** Names that other programs use as well: only the place tells that a K3s token is meant. */
const GENERIC = new Set(['token'])

/** A longer text is no name. */
const LONGEST = 100

const VARIABLES = new Set([
  ...tokenNames().flatMap(({ name, key }) => (key === undefined ? [name] : [])),
  'agent-token',
])
const IN_DICTIONARIES = new Set(
  tokenNames().flatMap(({ name, key }) => (key === undefined ? [] : [`${name}.${key}`])),
)

/** What people call a token that they make up a variable for: `vault_k3s_token`, `k3s-join-token`, `k3s_cluster_secret`. */
const OF_K3S = /k3s|rke2/i
const NAME = /^[\w.-]+$/
const TOKEN = /token$/i
const SECRET =
  /(?:k3s|rke2)[._-]?(?:cluster|server|agent|node|join|shared|bootstrap)?[._-]?secret$/i
/** What another program gives out, or checks, though it has to do with the cluster: `k3s_github_token`. */
const OF_OTHERS =
  /(?:git(?:hub|lab|ea)|gh|ghcr|hcloud|hetzner|cloudflare|cf|slack|grafana|hc[._-]?vault|registry|docker|aws|s3|digitalocean|do|linode|telegram|discord|argocd|flux|oauth|dashboard|bot|webhook|pat|service[._-]?account|sa|access|refresh|csrf|jwt|bearer|kube|proxmox|pve|use|has|no|with)[._-]token$/i

function isOfK3s(name: string): boolean {
  if (name.length >= LONGEST || !NAME.test(name)) return false
  const isToken = TOKEN.test(name) && OF_K3S.test(name) && !OF_OTHERS.test(name)
  return isToken || SECRET.test(name)
}

export type NameKind = 'specific' | 'generic' | 'other'

/**
 * Whether a variable of this name carries a K3s token: always, depending on where it stands, or never.
 * @param holder the name of the dictionary that it is a key of
 */
export function kindOfName(name: string, holder?: string): NameKind {
  if (holder !== undefined && IN_DICTIONARIES.has(`${holder}.${name}`)) return 'specific'
  if (GENERIC.has(name)) return 'generic'
  return VARIABLES.has(name) || isOfK3s(name) ? 'specific' : 'other'
}
