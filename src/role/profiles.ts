import { EDNZ } from './ednz.js'
import { K3S_IO } from './k3s-io.js'
import { LABLABS } from './lablabs.js'
import { PYRATLABS } from './pyratlabs.js'
import { RKE2_ANSIBLE } from './rke2-ansible.js'
import { TIMOTHYSTEWART6 } from './timothystewart6.js'
import type { KnownRole, RoleProfile } from './profile.js'

/** Every role profile that we bring, by its id. */
export const ROLE_PROFILES: Readonly<Record<KnownRole, RoleProfile>> = {
  'k3s-io': K3S_IO,
  timothystewart6: TIMOTHYSTEWART6,
  pyratlabs: PYRATLABS,
  'rke2-ansible': RKE2_ANSIBLE,
  lablabs: LABLABS,
  ednz: EDNZ,
}
