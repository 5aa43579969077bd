import type { Project, RoleProfile } from './profile.js'

export const RKE2_ANSIBLE_PROJECT: Project = {
  title: 'ranchergovernment/rke2-ansible',
  url: 'https://github.com/ranchergovernment/rke2-ansible',
  ansibleCore: '2.16',
  signs: {
    variables: [
      'cluster_rke2_config',
      'group_rke2_config',
      'host_rke2_config',
      'rke2_install_version',
      'rke2_install_local_tarball_path',
      'rke2_images_local_tarball_path',
      'rke2_manifest_config_directory',
      'rke2_audit_policy_config_file_path',
      'rke2_pod_security_admission_config_file_path',
    ],
  },
  note: 'Ansible replaces dictionaries as a whole, so your other keys of the same one belong under `vars` or `hosts` of k3s_vars.yml; without an agent token `config.yaml` ends with the secure form of the token, `K10…`, which the role reads from its first server; `data-dir` is handed out beside a separate agent token',
}

export const RKE2_ANSIBLE: RoleProfile = {
  id: 'rke2-ansible',
  groups: { cluster: 'rke2_cluster', server: 'rke2_servers', agent: 'rke2_agents' },
  shared: [{ side: 'cluster', name: 'cluster_rke2_config', key: 'token', kind: 'server' }],
  // roles/rke2/tasks/save_generated_token.yml puts the first server's node-token into host_rke2_config, which beats the
  // other two dictionaries, unless there is a token in it already. node-token is a link to the server token, always.
  separate: [
    { side: 'server', name: 'host_rke2_config', key: 'token', kind: 'server' },
    { side: 'server', name: 'host_rke2_config', key: 'agent-token', kind: 'agent' },
    { side: 'agent', name: 'host_rke2_config', key: 'token', kind: 'agent' },
  ],
  settings: [],
  // roles/rke2/tasks/check_datadir.yml takes the folder from the last of the three dictionaries that has anything in it.
  kept: {
    key: 'data-dir',
    from: ['cluster_rke2_config', 'group_rke2_config'],
    to: 'host_rke2_config',
  },
  destinations: [
    // roles/rke2/tasks/config.yml, through blockinfile, whose markers are comments
    { side: 'server', file: '/etc/rancher/rke2/config.yaml', encoding: 'to_nice_yaml' },
    { side: 'agent', file: '/etc/rancher/rke2/config.yaml', encoding: 'to_nice_yaml' },
  ],
}
