import { K3S_IO } from './k3s-io.js'
import type { RoleId, RoleProfile } from './profile.js'

/** Every role profile by its id. */
export const ROLE_PROFILES: Readonly<Record<RoleId, RoleProfile>> = {
  'k3s-io': K3S_IO,
}
