// The names that a token stands under. Those of Ansible variables come from the role profiles.
import { TOKEN_VARIABLES } from '../environment.js'
import { ROLE_PROFILES } from '../role/profiles.js'
import { tokenNames } from '../role/token-variables.js'
import type { RoleProfile, TokenVariable } from '../role/profile.js'

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

/** Names in no profile that people give the variable behind one; longer ones are no names. */
const LONGEST = 100

const VARIABLES = new Set(
  tokenNames().flatMap(({ name, key }) => (key === undefined ? [name] : [])),
)
const IN_DICTIONARIES = new Set(
  tokenNames().flatMap(({ name, key }) => (key === undefined ? [] : [`${name}.${key}`])),
)

function isOfK3s(name: string): boolean {
  if (name.length >= LONGEST || !/^\w+token$/i.test(name)) return false
  return /k3s|rke2/i.test(name.slice(0, -'token'.length))
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

const THROUGH_NICE_YAML = new Set(
  Object.values(ROLE_PROFILES).flatMap((role) =>
    [...role.shared, ...role.separate]
      .filter(
        (variable) =>
          variable.referencedVariable === undefined && goesThroughNiceYaml(role, variable),
      )
      .map(({ name, key }) => key ?? name),
  ),
)

/**
 * Whether a value sealed inline under this name can reach a node as ciphertext: some role writes it with `to_nice_yaml`,
 * where ansible-core 2.19 leaves it sealed.
 */
export function breaksInline(name: string): boolean {
  return THROUGH_NICE_YAML.has(name)
}

function goesThroughNiceYaml(
  { destinations }: RoleProfile,
  { side, kind }: TokenVariable,
): boolean {
  return destinations.some(
    (one) =>
      one.encoding === 'to_nice_yaml' &&
      (side === 'cluster' || one.side === side) &&
      (one.kind ?? kind) === kind,
  )
}
