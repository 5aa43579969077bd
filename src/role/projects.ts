// What only people read of a role. Apart from the profiles, so that Ansible's path does not load it.
import { EDNZ_PROJECT } from './ednz.js'
import { K3S_IO_PROJECT } from './k3s-io.js'
import { LABLABS_PROJECT } from './lablabs.js'
import { PYRATLABS_PROJECT } from './pyratlabs.js'
import { RKE2_ANSIBLE_PROJECT } from './rke2-ansible.js'
import { TIMOTHYSTEWART6_PROJECT } from './timothystewart6.js'
import type { Project, RoleId } from './profile.js'

/** The project behind each role profile. */
export const PROJECTS: Readonly<Record<RoleId, Project>> = {
  'k3s-io': K3S_IO_PROJECT,
  timothystewart6: TIMOTHYSTEWART6_PROJECT,
  pyratlabs: PYRATLABS_PROJECT,
  'rke2-ansible': RKE2_ANSIBLE_PROJECT,
  lablabs: LABLABS_PROJECT,
  ednz: EDNZ_PROJECT,
  custom: { title: 'the role of your own', url: '#a-role-of-your-own', ansibleCore: '2.15' },
}
