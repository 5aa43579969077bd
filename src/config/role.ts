import { customProfile } from '../role/custom.js'
import type { CustomRole } from '../role/custom.js'
import { ROLE_PROFILES } from '../role/profiles.js'
import type { RoleId, RoleProfile } from '../role/profile.js'
import { variablesAt } from '../role/token-variables.js'
import type { RawOptions } from './document.js'
import type { Refuse } from './constraints.js'

/** The profile of the role that a cluster names, or that it describes itself. */
export function readRole(raw: RawOptions, refuse: Refuse): RoleProfile {
  const id = (raw['role'] ?? 'k3s-io') as RoleId
  const custom = raw['custom'] as CustomRole | undefined
  if (id !== 'custom') {
    if (custom === undefined) return ROLE_PROFILES[id]
    return refuse(
      ['custom'],
      `custom describes a role of your own, and the role is ${id}`,
      'use role: custom, or remove `custom`',
    )
  }
  if (custom === undefined) {
    return refuse(
      ['role'],
      'role custom is not described',
      'name its variables: `custom: { variables: { cluster: { my_token: server } } }`',
    )
  }
  const role = customProfile(custom)
  if (variablesAt(role.shared, 'server').length > 0) return role
  return refuse(
    ['custom', 'variables'],
    'no variable hands the server token to servers',
    'name one under `cluster` or `server`, such as `cluster: { my_token: server }`',
  )
}
