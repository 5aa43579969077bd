import type { Project, RoleProfile } from './profile.js'

export const PYRATLABS_PROJECT: Project = {
  title: 'PyratLabs/ansible-role-k3s',
  url: 'https://github.com/PyratLabs/ansible-role-k3s',
  ansibleCore: '2.15',
  signs: {
    variables: [
      'k3s_control_node',
      'k3s_control_token',
      'k3s_release_version',
      'k3s_build_cluster',
      'k3s_etcd_datastore',
      'k3s_use_experimental',
      'k3s_registration_address',
      'k3s_become',
    ],
    serverMark: { name: 'k3s_control_node', value: true },
  },
  brokenCondition: {
    file: 'tasks/pre_checks_experimental_variables.yml',
    skippedBy: 'k3s_skip_validation',
  },
  note: 'a separate agent token is experimental for the role, so `k3s_use_experimental` is set with it; ansible-core 2.19 and newer refuse a condition of the role then, unless `k3s_skip_validation` is true under `vars`',
}

export const PYRATLABS: RoleProfile = {
  id: 'pyratlabs',
  // The role asks for no group names; the sides are told apart by k3s_control_node.
  groups: { cluster: 'k3s_cluster', server: 'k3s_server', agent: 'k3s_agent' },
  shared: [{ side: 'cluster', name: 'k3s_control_token', kind: 'server' }],
  separate: [
    { side: 'server', name: 'k3s_control_token', kind: 'server' },
    { side: 'server', name: 'k3s_server', key: 'agent-token', kind: 'agent' },
    { side: 'agent', name: 'k3s_control_token', kind: 'agent' },
  ],
  settings: [
    { side: 'server', name: 'k3s_control_node', value: true },
    // vars/main.yml, k3s_experimental_config: without it the role refuses agent-token.
    { side: 'server', name: 'k3s_use_experimental', value: true, isForSeparate: true },
  ],
  destinations: [
    // tasks/ensure_cluster.yml, templates/cluster-token.j2
    {
      side: 'server',
      kind: 'server',
      file: '/etc/rancher/k3s/cluster-token',
      encoding: 'plain-file',
    },
    { side: 'agent', file: '/etc/rancher/k3s/cluster-token', encoding: 'plain-file' },
    // templates/config.yaml.j2
    {
      side: 'server',
      kind: 'agent',
      file: '/etc/rancher/k3s/config.yaml',
      encoding: 'to_nice_yaml',
    },
  ],
}
