// Which variables cannot be sealed inline, told by the role profiles.
import { ROLE_PROFILES } from '../role/profiles.js'
import type { RoleProfile, TokenVariable } from '../role/profile.js'

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
