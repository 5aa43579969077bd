/** Tokens that stand in the samples and defaults of known roles, so that everybody knows them. */
const SAMPLES = new Set([
  'defaultSecret12345', // lablabs/ansible-role-rke2, defaults
  'MySuperSecureToken', // jon-stumpf/k3s-ansible, playbook/group_vars/all.yml
  'changeme!', // k3s-io/k3s-ansible, inventory-sample.yml
  'some-SUPER-DEDEUPER-secret-password', // timothystewart6/k3s-ansible, inventory/sample
  'my-shared-secret', // RKE2 documentation, high availability
  'mytoken',
  'K3S_TOKEN',
  'SECRET',
  'token',
])

/** Whether everybody knows this token from a sample: one of the list, or of the sort `CHANGEME!CHANGEME!`. */
export function isSampleToken(text: string): boolean {
  return SAMPLES.has(text) || /^(?:change[-_ ]?me!?[-_ ]?)+$/i.test(text)
}
