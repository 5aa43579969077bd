import { ROLE_PROFILES } from './profiles.js'
import type { RoleProfile, Side, TokenVariable } from './profile.js'

/** What the role reads tokens from; `isSeparate`: agents have a token of their own. */
export function variablesOf(role: RoleProfile, isSeparate: boolean): readonly TokenVariable[] {
  return isSeparate ? role.separate : role.shared
}

/** What one side reads, the variables of the whole cluster among it. */
export function variablesAt(
  variables: readonly TokenVariable[],
  side: Side,
): readonly TokenVariable[] {
  return variables.filter((variable) => variable.side === side || variable.side === 'cluster')
}

/** Where a value of one of our profiles can be a token. */
export interface TokenName {
  readonly name: string
  /** Absent: the value itself; else the token is one key of the dictionary or YAML text in it. */
  readonly key?: string
}

/** Every variable name of every profile that carries a token, each once, in the order of the profiles. */
export function tokenNames(): readonly TokenName[] {
  const names = new Map<string, TokenName>()
  for (const { shared, separate } of Object.values(ROLE_PROFILES)) {
    for (const { name, key, referencedVariable: carrier } of [...shared, ...separate]) {
      names.set(`${name}.${key ?? ''}`, { name, ...(key !== undefined && { key }) })
      if (carrier !== undefined) names.set(`${carrier}.`, { name: carrier })
    }
  }
  return [...names.values()]
}
