import type { Project, RoleProfile } from './profile.js'

export const LABLABS_PROJECT: Project = {
  title: 'lablabs/ansible-role-rke2',
  url: 'https://github.com/lablabs/ansible-role-rke2',
  ansibleCore: '2.15',
  signs: {
    variables: [
      'rke2_token',
      'rke2_agent_token',
      'rke2_type',
      'rke2_version',
      'rke2_ha_mode',
      'rke2_api_ip',
      'rke2_server_options',
      'rke2_agent_options',
      'rke2_airgap_mode',
    ],
    groupNames: {
      cluster: 'rke2_cluster_group_name',
      server: 'rke2_servers_group_name',
      agent: 'rke2_agents_group_name',
    },
  },
}

export const LABLABS: RoleProfile = {
  id: 'lablabs',
  groups: { cluster: 'k8s_cluster', server: 'masters', agent: 'workers' },
  shared: [{ side: 'cluster', name: 'rke2_token', kind: 'server' }],
  // README.md, "RKE2 agent token": both on servers, and the agent's as rke2_token on workers.
  separate: [
    { side: 'server', name: 'rke2_token', kind: 'server' },
    { side: 'server', name: 'rke2_agent_token', kind: 'agent' },
    { side: 'agent', name: 'rke2_token', kind: 'agent' },
  ],
  settings: [],
  destinations: [
    // templates/config.yaml.j2
    { side: 'server', file: '/etc/rancher/rke2/config.yaml', encoding: 'yaml-unquoted' },
    { side: 'agent', file: '/etc/rancher/rke2/config.yaml', encoding: 'yaml-unquoted' },
    // tasks/first_server.yml
    {
      side: 'server',
      kind: 'server',
      file: 'the shell command of an etcd restore',
      encoding: 'shell',
      when: 'etcd restores',
      severity: 'warn',
    },
  ],
}
